import type { Span } from '../base/span.ts';
import type { Built } from '../derivation/build.ts';
import type { Expr, ShapeExpr, Statement } from '../syntax/ast.ts';
import { partsOf } from '../syntax/depth.ts';
import type { SourceDocument } from '../syntax/document.ts';
import { letterOf } from '../syntax/name.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Occurrence } from './derivation-view.ts';

/** Every place where a dimension stands in a shape, a range, or a statement of its size; the first of each declares it. */
export function dimensionPlaces(document: SourceDocument, built: Built, text: string): readonly Occurrence[] {
  const statements = document.items.flatMap((item) => (item.kind === 'statement' ? [item.statement] : []));
  const equations = new Set(built.derivation.equations.map(({ span }) => span.start));
  const places = [
    ...statements.flatMap((statement) => [
      ...statedIn(statement, equations).flatMap((expr) => namedIn(expr, built)),
      ...sizedIn(statement, built, text),
    ]),
    ...[...built.notes.map(({ note }) => note), ...built.memberships.values()]
      .flatMap(({ dims }) => dims)
      .flatMap((expr) => namedIn(expr, built)),
  ].filter(({ name, span }) => isSpelledOut(text, span, name));
  const ordered = places.sort((a, b) => a.span.start - b.span.start);
  return ordered.map(
    ({ id, span }): Occurrence => ({ id, span, role: ordered.find((one) => one.id === id)?.span === span ? 'declaration' : 'use' }),
  );
}

interface Place {
  readonly id: string;
  readonly name: string;
  readonly span: Span;
}

/** The dimensions a statement writes down; `n = 784` and `m = n` are about dimensions where they are no equations of the derivation. */
function statedIn(statement: Statement, equations: ReadonlySet<number>): readonly Expr[] {
  const dimsOf = (shapes: readonly ShapeExpr[]) => shapes.flatMap(({ dims }) => dims);
  switch (statement.kind) {
    case 'declaration':
      return statement.shape === null ? [] : statement.shape.dims;
    case 'function':
      return dimsOf([...statement.from, statement.to]);
    case 'open':
      return statement.shape?.dims ?? [];
    case 'index':
      return [statement.from, statement.to];
    case 'stack':
      return [statement.members.last];
    case 'shapeLine':
      return dimsOf(statement.sides.flat(2));
    case 'equation':
      return equations.has(statement.span.start) ? [] : statement.sides;
    case 'announced':
    case 'called':
    case 'directive':
      return [];
  }
}

function namedIn(expr: Expr, built: Built): readonly Place[] {
  const key = symbolKey(expr);
  const id = `dim:${key ?? ''}`;
  if (key !== null && built.derivation.symbols.has(id)) return [{ id, name: key, span: expr.span }];
  return partsOf(expr).flatMap((part) => namedIn(part, built));
}

/** `size n = 784`. */
function sizedIn(statement: Statement, built: Built, text: string): readonly Place[] {
  if (statement.kind !== 'directive' || statement.name !== 'size') return [];
  const name = statement.args[0] ?? '';
  const at = text.indexOf(name, statement.span.start + 'size'.length);
  const isThere = name !== '' && at >= 0 && at < statement.span.end && built.derivation.symbols.has(`dim:${name}`);
  return isThere ? [{ id: `dim:${name}`, name, span: { start: at, end: at + name.length } }] : [];
}

/** A name that came out of a macro has the macro's call as its place, which is no place of the name. */
function isSpelledOut(text: string, { start, end }: Span, name: string): boolean {
  const written = text.slice(start, end);
  return !written.startsWith('\\') || letterOf(written.slice(1)) === name;
}
