import type { Expr, Statement } from '../syntax/ast.ts';
import type { Item } from '../syntax/document.ts';
import { functionNamed } from '../syntax/notation.ts';

/**
 * Whether nothing occurs that texts have habits of writing: no marks below letters or above them but powers and transposes, no sums, lists, names
 * under braces, functions of their own, and nothing defined. Then there is nothing to be rewritten before roles are given, and the passes that
 * would look for it are not made: declarations, and derivatives of products, sums and known functions of what they declare.
 */
export function isPlainText(items: readonly Item[]): boolean {
  return items.every((item) => item.kind === 'statement' && item.origin === 'plain' && isPlainStatement(item.statement));
}

function isPlainStatement(statement: Statement): boolean {
  if (statement.kind === 'declaration') return statement.shape !== null && statement.names.every(isPlainName);
  if (statement.kind !== 'equation' || statement.continues || statement.membership !== null) return false;
  const { sides, relations } = statement;
  return sides[0]?.kind === 'derivative' && relations.length === 1 && relations[0] === '=' && sides.every(isPlain);
}

/** Letters with a meaning of their own beside others: differences, variances, the `1` that stands for ones. */
const WITH_HABITS = /[Δδσ:]|^\d/u;

function isPlainName(expr: Expr): boolean {
  return expr.kind === 'name' && !WITH_HABITS.test(expr.name);
}

function isPlain(expr: Expr): boolean {
  switch (expr.kind) {
    case 'number':
      return true;
    case 'name':
      return isPlainName(expr);
    case 'apply':
      return expr.args.every(isPlain);
    case 'call':
      return expr.head.kind === 'name' && functionNamed(expr.head.name) !== undefined && expr.args.every(isPlain);
    case 'postfix':
      return isPlainMark(expr.mark) && isPlain(expr.base);
    case 'derivative':
      return expr.wrt.length > 0 && expr.wrt.every((one) => isPlainName(one.expr)) && isPlain(expr.of);
    default:
      return false;
  }
}

function isPlainMark(mark: (Expr & { readonly kind: 'postfix' })['mark']): boolean {
  if (mark.kind === 'power') return mark.exponent.kind === 'number' || isPlain(mark.exponent);
  return mark.kind === 'transpose' || mark.kind === 'prime' || mark.kind === 'inverse' || mark.kind === 'inverseTranspose';
}
