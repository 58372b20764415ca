import type { Expr } from '../syntax/ast.ts';
import { functionNamed } from '../syntax/notation.ts';
import { baseKey, plusKey, symbolKey } from '../syntax/symbol-key.ts';
import type { PlacedEquation } from './collected.ts';
import { isNumber } from './define-entries.ts';
import { DERIVATIVE_FUNCTIONS } from './elaborate-call.ts';
import { OPERATORS } from './elaborate-derivative.ts';
import { someIn } from './find-in.ts';
import { isPrimed } from './primed-names.ts';
import { isRateOf } from './rates.ts';
import type { Seen } from './role.ts';
import { isVector, lookUp, lookUpAround, type Scope } from './scope.ts';
/** The key a left side may define; null for derivatives, differentials, entries, functions of the table. */
export function definableKey(scope: Scope, equation: PlacedEquation, head: Expr, seen: Seen): string | null {
  const { section, item } = equation;
  const key = symbolKey(head) ?? nextValueKey(scope, head, section, item);
  if (key === null || (isPrimed(head) && !seen.primed.has(key))) return null;
  if (isOperatorBelow(scope, equation, head, seen) || isRate(scope, key, section, item)) return null;
  const found = lookUp(scope, key, section, item);
  if (found !== undefined) return found.role === 'index' ? null : key;
  if (key.length > 1 && (functionNamed(key) !== undefined || DERIVATIVE_FUNCTIONS.has(key) || key === 'rm:d')) return null;
  return isDifferentialName(scope, key, section, item) || isEntry(scope, head, equation) ? null : key;
}

/** `\dot x` of an x that depends on time is its derivative, of which an equation says how x moves. */
function isRate(scope: Scope, key: string, section: number, item: number): boolean {
  const moving = key.startsWith('dot:') ? lookUp(scope, key.slice('dot:'.length), section, item) : undefined;
  return moving !== undefined && isRateOf(scope, moving);
}

/** `J_f`, `H_f` of a function f: its Jacobian and its Hessian, which an equation makes a claim about. */
function isOperatorBelow(scope: Scope, { section, item }: PlacedEquation, head: Expr, { called }: Seen): boolean {
  if (head.kind !== 'postfix' || head.mark.kind !== 'sub' || head.mark.items.length !== 1 || head.base.kind !== 'name') return false;
  const key = OPERATORS.has(head.base.name) ? symbolKey(head.mark.items[0] as Expr) : null;
  const below = key === null ? undefined : lookUp(scope, key, section, item);
  const isFunction = below !== undefined && (below.from !== null || (below.definedAt !== null && called().has(below.key)));
  return isFunction && lookUp(scope, head.base.name, section, item) === undefined;
}

/** `z^+` of a declared vector z, and `P^+` of a matrix that is symmetric and has an inverse, whose pseudo-inverse nobody takes. */
function nextValueKey(scope: Scope, head: Expr, section: number, item: number): string | null {
  const key = plusKey(head);
  const draft = key === null ? undefined : lookUp(scope, key.base, section, item);
  return key !== null && draft !== undefined && (isVector(draft) || draft.properties.includes('spd')) ? key.whole : null;
}

/** `dQ` where `Q` is known and `dQ` is not. */
export function isDifferentialName(scope: Scope, key: string, section: number, item: number): boolean {
  return (
    /^d./u.test(key) &&
    !key.includes(':') &&
    lookUp(scope, key, section, item) === undefined &&
    lookUp(scope, key.slice(1), section, item) !== undefined
  );
}

/** `x_i` where `x` itself is known: an entry of it, or a member. Of what is only defined, where the letter counts on the other side too. */
function isEntry(scope: Scope, head: Expr, { statement, section, item }: PlacedEquation): boolean {
  if (head.kind !== 'postfix' || head.mark.kind !== 'sub') return false;
  const base = baseKey(head);
  const known = base === null ? undefined : lookUpAround(scope, base, section, item);
  const letters = head.mark.items.flatMap((one) => (one.kind === 'name' ? [one.name] : []));
  if (letters.length > 0 && letters.every((name) => isNumber(scope, name, section, item))) return false;
  if (letters.length === head.mark.items.length && letters.every((name) => lookUp(scope, name, section, item)?.role === 'index'))
    return true;
  if (known?.declared != null) return letters.length > 0;
  return (
    known?.definedAt != null && letters.length > 0 && letters.every((name) => statement.sides.slice(1).some((side) => countsIn(side, name)))
  );
}

/** Whether a letter stands below another. */
function countsIn(expr: Expr, letter: string): boolean {
  const isBelow = (one: Expr) =>
    one.kind === 'postfix' && one.mark.kind === 'sub' && one.mark.items.some((item) => item.kind === 'name' && item.name.includes(letter));
  return someIn(expr, isBelow);
}
