import type { Span } from '../base/span.ts';
import type { MatrixTerm, SymbolId, Term } from '../ops/term.ts';
import { walk } from '../ops/term.ts';
import { isScalar, SCALAR } from '../shape/shape.ts';
import type { DerivativeExpr, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { isNumberOp } from './among-numbers.ts';
import { isBoldLetter } from './bold-convention.ts';
import { type Context, symbolTerm } from './context.ts';
import type { Draft } from './scope.ts';

/** How many rows and columns of entries a side writes out. */
export interface Listed {
  readonly rows: number;
  readonly columns: number;
}

/** What a side lists that is a column, a row or a matrix of entries; null where it is no list, or one of numbers at a point. */
function listedEntries(side: Expr): Listed | null {
  if (side.kind === 'postfix' && (side.mark.kind === 'transpose' || side.mark.kind === 'prime')) {
    const listed = listedEntries(side.base);
    return listed === null ? null : { rows: listed.columns, columns: listed.rows };
  }
  if (side.kind !== 'matrix' || !withinExpr(side).some(({ kind }) => kind === 'name')) return null;
  return { rows: side.rows.length, columns: side.rows[0]?.length ?? 0 };
}

/** What the first of some sides lists that is a list. */
export function listedIn(sides: readonly Expr[]): Listed | null {
  return sides.map(listedEntries).find((listed) => listed !== null) ?? null;
}

/** Whether entries are as many as letters: a Jacobian has a column for each, a gradient is a column or a row of them. */
function lists({ rows, columns }: Listed, letters: number, form: DerivativeExpr['form']): boolean {
  return form === 'jacobian' ? columns === letters : (rows > 1 ? rows : columns) === letters;
}

/**
 * `∇f`, `J_f` or `H_f` of a function of several letters, `f(x, y) = x² y + y³`, as a column, a row or a square of the derivatives by each: where a
 * chain begins with it and another side lists as many. Null where it does not.
 */
export function byEachVariable(context: Context, of: Term, form: DerivativeExpr['form'], order: number, span: Span): MatrixTerm | null {
  const letters = lettersOf(context, of);
  if (letters.length < 2 || context.listed == null || !lists(context.listed, letters.length, form)) return null;
  takeForNumbers(context, letters, of);
  const by = (...ids: readonly SymbolId[]): Term => {
    const wrt = ids.map((id, at) => ({ term: symbolTerm(id, span), transposed: at > 0 }));
    return { kind: 'derivative', form: form === 'jacobian' ? 'jacobian' : ids.length > 1 ? 'derivative' : 'gradient', of, wrt, span };
  };
  if (order === 2) return { kind: 'matrix', rows: letters.map((one) => letters.map((other) => by(one, other))), span };
  return { kind: 'matrix', rows: form === 'jacobian' ? [letters.map((id) => by(id))] : letters.map((id) => [by(id)]), span };
}

function lettersOf({ scope: { drafts } }: Context, of: Term): readonly SymbolId[] {
  if (of.kind === 'call')
    return of.args.every((arg) => arg.kind === 'symbol') ? of.args.map((arg) => (arg as Term & { kind: 'symbol' }).id) : [];
  const draft = of.kind === 'symbol' ? drafts.get(of.id) : undefined;
  return draft?.open ?? draft?.params ?? [];
}

/** Letters that nothing declares are numbers where the function is made of nothing but numbers. `x_1` may be an entry of an x elsewhere. */
function takeForNumbers({ scope: { drafts } }: Context, letters: readonly SymbolId[], of: Term): void {
  const found = letters.map((id) => drafts.get(id) as Draft);
  const body = of.kind === 'symbol' ? drafts.get(of.id)?.definition?.body : undefined;
  const parts = body === undefined ? [] : [...walk(body)];
  const isOfNumbers = parts.every((part) => {
    if (part.kind === 'symbol') {
      const declared = drafts.get(part.id)?.declared;
      return letters.includes(part.id) || (declared != null && isScalar(declared));
    }
    return part.kind !== 'apply' || part.op !== 'transpose';
  });
  const isBare = ({ key, declared, definition }: Draft) => !key.includes('_') && declared === null && definition === null;
  if (body !== undefined && isOfNumbers && found.every(isBare)) for (const draft of found) draft.declared = SCALAR;
}

/** Letters that nothing declares are numbers where each of a list of functions asks nothing of any letter that one does not ask of numbers. */
function takeListForNumbers({ scope: { drafts } }: Context, functions: readonly Term[], variables: readonly Term[]): void {
  const bodies = functions.map((one) => (one.kind === 'symbol' ? drafts.get(one.id)?.definition?.body : undefined));
  const mayBeNumber = ({ declared, family }: Draft) => family === null && (declared === null || isScalar(declared));
  const isOfNumbers = (part: Term) =>
    part.kind === 'symbol'
      ? mayBeNumber(drafts.get(part.id) as Draft)
      : part.kind === 'number' || (part.kind === 'apply' && isNumberOp(part.op));
  if (!bodies.every((body) => body !== undefined && walk(body).every(isOfNumbers))) return;
  for (const variable of variables) {
    const draft = variable.kind === 'symbol' ? drafts.get(variable.id) : undefined;
    if (draft?.declared === null && draft.definition === null && !isBoldLetter(draft)) draft.declared = SCALAR;
  }
}

/** `\partial(x, y) / \partial(r, \theta)`: a row for each of the first, of the derivatives by each of the others. Null where they are no lists. */
export function ofListByList(context: Context, of: Term, by: Term, span: Span): MatrixTerm | null {
  const [functions, variables] = [entriesOf(of), entriesOf(by)];
  if (functions === null || variables === null) return null;
  takeListForNumbers(context, functions, variables);
  const derivative = (one: Term, term: Term): Term => ({
    kind: 'derivative',
    form: 'derivative',
    of: one,
    wrt: [{ term, transposed: false }],
    span,
  });
  return { kind: 'matrix', rows: functions.map((one) => variables.map((variable) => derivative(one, variable))), span };
}

/**
 * `\partial F/\partial(x, u)`, where the chain goes on with a written matrix: a column for each of the variables, as a Jacobian has them, or
 * a row for each where it has so many rows only. Null where no list says by what, or no other side lists as many.
 */
export function byListed({ listed, scope }: Context, of: Term, by: Term, span: Span): MatrixTerm | null {
  const variables = entriesOf(by);
  const isDefined = (term: Term) => term.kind === 'symbol' && scope.drafts.get(term.id)?.definedAt != null;
  if (variables === null || listed == null || variables.some(isDefined)) return null;
  const derivative = (form: 'jacobian' | 'gradient', term: Term): Term => ({
    kind: 'derivative',
    form,
    of,
    wrt: [{ term, transposed: false }],
    span,
  });
  if (listed.columns === variables.length) return { kind: 'matrix', rows: [variables.map((one) => derivative('jacobian', one))], span };
  return listed.rows === variables.length ? { kind: 'matrix', rows: variables.map((one) => [derivative('gradient', one)]), span } : null;
}

function entriesOf(list: Term): readonly Term[] | null {
  const [row, ...more] = list.kind === 'matrix' && list.isList === true ? list.rows : [];
  return row === undefined || more.length > 0 || row.length < 2 || row.some(({ kind }) => kind !== 'symbol' && kind !== 'entry')
    ? null
    : row;
}

/** The entries of a list `(2 x y, x^2)` one below the other, as the gradient is. */
export function asColumn(side: Term): Term {
  return side.kind === 'matrix' && side.isList === true && side.rows.length === 1
    ? { ...side, rows: (side.rows[0] ?? []).map((entry) => [entry]) }
    : side;
}
