import type { Span } from '../base/span.ts';
import { factorsOf, termsOf } from '../derivation/shape-line.ts';
import type { Term } from '../ops/term.ts';
import { isScalar, showShape } from '../shape/shape.ts';
import type { EquationStatement } from '../syntax/ast.ts';
import type { DerivationView } from './derivation-view.ts';
import { formattedEdit } from './format.ts';
import type { Refactoring } from './refactoring.ts';

/** A line of the shapes of every factor, below the equation in plain notation around an offset. */
export function insertShapeLine(view: DerivationView, offset: number): Refactoring | null {
  const statement = equationAt(view, offset);
  const sides = statement === null ? null : sidesOf(view, statement);
  if (statement === null || sides === null) return null;
  const shapes = sides.map((side) => sideShape(view, side, sides));
  const lines = wholeLines(view.text, statement.span);
  if (shapes.includes(null) || lines === null) return null;
  const newline = view.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /^[ \t]*/.exec(view.text.slice(lines.start, statement.span.start))?.[0] ?? '';
  const end = view.text[lines.end - 1] === '\r' ? lines.end - 1 : lines.end;
  const inserted = { span: { start: end, end }, newText: `${newline}${indent}${shapes.join(' = ')}` };
  const edit = formattedEdit(view.text, statement.span, [inserted]);
  return { title: view.say('Insert a line with the shapes'), edits: [edit], proof: 'shapes' };
}

/** The equation around an offset, if it is in plain notation and has no shape line yet. */
function equationAt({ document, text }: DerivationView, offset: number): EquationStatement | null {
  const statements = document.items.flatMap((item) => (item.kind === 'statement' ? [item] : []));
  const at = statements.findIndex(({ statement, origin }) => {
    const lines = wholeLines(text, statement.span);
    return origin === 'plain' && statement.kind === 'equation' && lines !== null && lines.start <= offset && offset <= lines.end;
  });
  const found = statements[at]?.statement;
  return found?.kind === 'equation' && statements[at + 1]?.statement.kind !== 'shapeLine' ? found : null;
}

/** The lines a statement stands on; null where something else stands on them. */
function wholeLines(text: string, { start, end }: Span): Span | null {
  const lines = { start: text.lastIndexOf('\n', start - 1) + 1, end: text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end) };
  const isAlone = text.slice(lines.start, start).trim() === '' && /^\s*(?:\/\/.*)?$/.test(text.slice(end, lines.end));
  return isAlone ? lines : null;
}

/** A definition and the claim that follows it in one statement share a side. */
function sidesOf({ built }: DerivationView, { span, sides }: EquationStatement): readonly Term[] | null {
  const equations = built.derivation.equations.filter((equation) => span.start <= equation.span.start && equation.span.end <= span.end);
  const byStart = new Map(equations.flatMap((equation) => equation.sides.map((side) => [side.span.start, side] as const)));
  return byStart.size === sides.length ? [...byStart.values()] : null;
}

/** Factors with blanks between them, terms with a plus; null where a shape is open, or no matrix has it. */
function sideShape(view: DerivationView, side: Term, sides: readonly Term[]): string | null {
  if (side.kind === 'number' && side.value === 0) return sides[0] === undefined || sides[0] === side ? null : shapeOf(view, sides[0]);
  const terms = termsOf(side).map((term) =>
    factorsOf(term).filter(
      (factor, _, all) => all.every((one) => isScalar(view.shapes.ofTerm(one))) || !isScalar(view.shapes.ofTerm(factor)),
    ),
  );
  const shapes = terms.map((factors) => factors.map((factor) => shapeOf(view, factor)));
  if (shapes.some((factors) => factors.includes(null))) return null;
  return shapes.map((factors) => (factors.every((shape) => shape === '1×1') ? '1×1' : factors.join(' '))).join(' + ');
}

function shapeOf({ shapes }: DerivationView, term: Term): string | null {
  const shape = shapes.ofTerm(term);
  const text = showShape(shape);
  return shape.kind === 'tensor' || text.includes('?') ? null : text;
}
