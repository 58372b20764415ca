import type { BinderExpr, Expr, Mark } from '../syntax/ast.ts';
import { mapParts } from '../syntax/map-expr.ts';

/** The letter of an index and what is added to it; without a letter the number itself. */
export interface Index {
  readonly letter: string | null;
  readonly offset: number;
}

/**
 * An expression at one index: with a number in the place of the letter, below, above in brackets, and as a factor; parts that are names as a whole
 * stay as they are.
 */
export function exprAt(expr: Expr, letter: string, value: number, isName: (part: Expr) => boolean = () => false): Expr {
  if (isName(expr)) return expr;
  if (expr.kind === 'name' && expr.name === letter) return { kind: 'number', value, span: expr.span };
  if (expr.kind === 'binder' && expr.names.some(({ name }) => name === letter)) return boundsAt(expr, letter, value, isName);
  const mapped = mapParts(expr, (part) => exprAt(part, letter, value, isName));
  if (mapped.kind === 'postfix') return { ...mapped, mark: markAt(mapped.mark, letter, value) };
  if (mapped.kind !== 'apply' || (mapped.op !== 'add' && mapped.op !== 'sub')) return mapped;
  const [left, right] = mapped.args;
  if (left?.kind !== 'number' || right?.kind !== 'number' || mapped.args.length !== 2) return mapped;
  return { kind: 'number', value: mapped.op === 'add' ? left.value + right.value : left.value - right.value, span: mapped.span };
}

/** In a sum over the letter itself only its bounds are outside. */
function boundsAt(sum: BinderExpr, letter: string, value: number, isName: (part: Expr) => boolean): BinderExpr {
  const at = (bound: Expr | null) => bound && exprAt(bound, letter, value, isName);
  return { ...sum, from: at(sum.from), to: at(sum.to) };
}

function markAt(mark: Mark, letter: string, value: number): Mark {
  if (mark.kind !== 'label' || !mark.above) return mark;
  const index = indexAbove(mark.text);
  return index?.letter === letter ? { ...mark, text: `(${value + index.offset})` } : mark;
}

const ABOVE = /^\(\s*(?:(?<number>\d+)|(?<letter>\p{L})\s*(?<sign>[+-])?\s*(?<by>\d+)?)\s*\)$/u;

/** The index that a label above has in its brackets: the l - 1 of `^{(l-1)}`. */
export function indexAbove(text: string): Index | null {
  const { number, letter, sign, by } = ABOVE.exec(text)?.groups ?? {};
  if (number !== undefined) return { letter: null, offset: Number(number) };
  if (letter === undefined || (sign === undefined) !== (by === undefined)) return null;
  return { letter, offset: (sign === '-' ? -1 : 1) * Number(by ?? 0) };
}
