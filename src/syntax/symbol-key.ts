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

function markKey(mark: Mark): string | null {
  switch (mark.kind) {
    case 'sub': {
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

/** The letter under all marks. */
export function baseKey(expr: Expr): string | null {
  if (expr.kind === 'postfix') return baseKey(expr.base);
  return expr.kind === 'name' ? expr.name : null;
}

