import type { Expr, Members } from './ast.ts';
import { baseKey, symbolKey } from './symbol-key.ts';

/** The members that a list names: `x_i`; `x_1^\top, \dots, x_n^\top`, all of one letter. Null where it names something else. */
export function membersIn(listed: readonly Expr[]): Members | null {
  const named = listed.filter((one) => !isDots(one)).map(upright);
  const last = named.at(-1);
  if (last === undefined || named.some(({ expr }) => !isNumbered(expr) || baseKey(expr) !== baseKey(last.expr))) return null;
  const counted = listed.length > 1;
  return named.every(({ transposed }) => transposed === last.transposed) && (!counted || beginsAtOne(named[0]?.expr as Expr))
    ? { last: last.expr, counted, transposed: last.transposed }
    : null;
}

function isDots(expr: Expr): boolean {
  return expr.kind === 'hole' && expr.parts.length === 0;
}

function upright(expr: Expr): { readonly expr: Expr; readonly transposed: boolean } {
  const isTransposed = expr.kind === 'postfix' && (expr.mark.kind === 'transpose' || (expr.mark.kind === 'prime' && expr.mark.count === 1));
  return isTransposed ? { expr: expr.base, transposed: true } : { expr, transposed: false };
}

/** `x_i`, `x_1`, `x^{(i)}`. */
function isNumbered(expr: Expr): boolean {
  if (expr.kind !== 'postfix' || symbolKey(expr.base) === null) return false;
  return expr.mark.kind === 'sub' ? expr.mark.items.length === 1 : expr.mark.kind === 'label' && expr.mark.above;
}

function beginsAtOne(expr: Expr): boolean {
  if (expr.kind !== 'postfix') return false;
  const [item] = expr.mark.kind === 'sub' ? expr.mark.items : [];
  return expr.mark.kind === 'label' ? /^.1.$/.test(expr.mark.text) : item?.kind === 'number' && item.value === 1;
}
