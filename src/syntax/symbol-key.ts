import type { Expr, Mark } from './ast.ts';
import { unstyled } from './name.ts';

/**
 * The key of the symbol an expression spells as a whole, its subscripts and labels included: `W_1`,
 * `z^(2)`, `x_in`, `u^*`; null where it is no name.
 */
export function symbolKey(expr: Expr): string | null {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind !== 'postfix') return null;
  const base = symbolKey(expr.base);
  const suffix = base === null ? null : markKey(expr.mark);
  return base === null || suffix === null ? null : base + suffix;
}

/** The key of a symbol, or of the function that is applied. */
export function headKey(expr: Expr): string | null {
  return symbolKey(expr.kind === 'call' ? expr.head : expr);
}

function markKey(mark: Mark): string | null {
  switch (mark.kind) {
    case 'sub': {
      if (mark.items.length === 1) return indexKey(mark.items[0] as Expr);
      const items = mark.items.map(itemKey);
      return items.includes(null) ? null : `_${items.join(',')}`;
    }
    case 'label':
      return (mark.above ? '^' : '_') + mark.text;
    case 'prime':
      return "'".repeat(mark.count);
    case 'power':
      return powerKey(mark.exponent);
    default:
      return null;
  }
}

/** What one index adds, as most symbols have no more. */
function indexKey(item: Expr): string | null {
  const key = itemKey(item);
  return key === null ? null : `_${key}`;
}

/** A superscript that may be a name: a letter, or a letter and a number: `W^l`, `x^{k+1}`. */
function powerKey(exponent: Expr): string | null {
  const key = itemKey(exponent);
  return key === null || exponent.kind === 'number' ? null : `^${key}`;
}

function itemKey(item: Expr): string | null {
  if (item.kind === 'number') return String(item.value);
  if (item.kind === 'apply' && (item.op === 'add' || item.op === 'sub')) {
    const [left, right] = item.args.map(itemKey);
    return left == null || right == null ? null : `${left}${item.op === 'add' ? '+' : '-'}${right}`;
  }
  const key = symbolKey(item);
  return key === null ? null : unstyled(key);
}

/**
 * The key that stands for all of `W^{(1)}`, `W^{(2)}`, …, and what stands in the brackets of this one; null of what has no
 * bracketed label above.
 */
export function labelledKey(expr: Expr): { readonly all: string; readonly label: string } | null {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'label' || !expr.mark.above) return null;
  const base = symbolKey(expr.base);
  const [, open, label, close] = /^([([])(.+)([)\]])$/u.exec(expr.mark.text) ?? [];
  return base === null || label === undefined ? null : { all: `${base}^${open}${close}`, label };
}

/** The key of `z^+`, which is the next value of a vector z and the pseudo-inverse of a matrix; null of anything else. */
export function plusKey(expr: Expr): { readonly base: string; readonly whole: string } | null {
  const base = expr.kind === 'postfix' && expr.mark.kind === 'pseudoInverse' ? symbolKey(expr.base) : null;
  return base === null ? null : { base, whole: `${base}^+` };
}

/** The key of `p` in `p_k`, where `k` is all that stands below; null of anything else. */
export function unsubscripted(expr: Expr, letter: string): string | null {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'sub' || expr.mark.items.length !== 1) return null;
  const [item] = expr.mark.items;
  return item?.kind === 'name' && item.name === letter ? symbolKey(expr.base) : null;
}

/** The letter under all marks. */
export function baseKey(expr: Expr): string | null {
  if (expr.kind === 'postfix') return baseKey(expr.base);
  return expr.kind === 'name' ? expr.name : null;
}
