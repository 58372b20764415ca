import type { CallExpr, DerivativeExpr, Expr, NameExpr, PostfixExpr } from '../syntax/ast.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { someIn } from './find-in.ts';
import { familyKey, isVector, lookUp, type Scope } from './scope.ts';

/** Functions that are counted, `r_i(x) = a_i^\top x - b_i`: of each letter the arguments of its definition, and what the members are called. */
type Members = ReadonlyMap<string, Member>;

interface Member {
  readonly params: readonly NameExpr[];
  readonly name: string;
  /** `k(x) \in \mathbb R^n`, of which nothing is said but its entries. */
  readonly isWhole: boolean;
}

/**
 * `r_i(x) = a_i^\top x - b_i` defines the entries of an r that depends on x through its definition, as any `r_i = …` does: at the x
 * of the definition `r_i(x)` is `r_i`, and its gradient is by x. At other arguments it stays what it is.
 */
export function takeMemberFunctions(collected: Collected): Collected {
  const wholes = new Set(
    collected.equations.flatMap(({ statement: { sides } }) => (sides.length < 2 ? [] : (headKey(sides[0] as Expr) ?? []))),
  );
  const members: Members = new Map(collected.equations.flatMap((equation) => definedIn(collected, equation, wholes)));
  if (members.size === 0) return collected;
  const equations = collected.equations.map((equation) => {
    const { statement } = equation;
    return { ...equation, statement: { ...statement, sides: statement.sides.map((side) => withoutArguments(side, members)) } };
  });
  return { ...collected, equations };
}

/** Beside `f(w) = \frac1n \sum_i f_i(w)` the `f_i` are of another letter than f. */
const MEMBERS = '⁎';

function definedIn(
  { scope }: Collected,
  { statement, section, item }: PlacedEquation,
  wholes: ReadonlySet<string>,
): readonly (readonly [string, Member])[] {
  const [left, ...others] = statement.sides;
  const member = left?.kind === 'call' ? memberNamed(left) : null;
  if (left?.kind !== 'call' || member === null || others.length === 0 || statement.relations[0] === '∈') return [];
  const { key, letters } = member;
  const params = left.args.filter((arg): arg is NameExpr => arg.kind === 'name');
  const isKnown = (one: string) => lookUp(scope, one, section, item) !== undefined;
  const isCounted = letters.every((letter) => others.some((side) => standsBelow(side, letter)));
  if (params.length < left.args.length || isKnown(familyKey(key)) || isKnown(symbolKey(left.head) ?? '') || !isCounted) return [];
  const isWhole = !wholes.has(key) && takeOpenColumn(scope, key, params, section, item);
  return [[key, { params, isWhole, name: !isWhole && (isKnown(key) || wholes.has(key)) ? key + MEMBERS : key }]];
}

/** Whether k is a column that depends on the same letters in a way that was left open; from here on its entries say how. */
function takeOpenColumn(scope: Scope, key: string, params: readonly NameExpr[], section: number, item: number): boolean {
  const draft = lookUp(scope, key, section, item);
  const at = scope.openArguments.findIndex((one) => one.draft === draft);
  const args = scope.openArguments[at]?.args ?? [];
  const isSame = args.length === params.length && args.every((arg, place) => symbolKey(arg) === params[place]?.name);
  if (draft === undefined || at < 0 || !isSame || !isVector(draft) || draft.family !== null) return false;
  scope.openArguments.splice(at, 1);
  return true;
}

/** The r and the i of `r_i(x)`. */
function memberNamed({ head }: CallExpr): { readonly key: string; readonly letters: readonly string[] } | null {
  if (head.kind !== 'postfix' || head.mark.kind !== 'sub' || head.base.kind !== 'name') return null;
  const { items } = head.mark;
  const letters = items.flatMap((one) => (one.kind === 'name' && /^\p{Ll}$/u.test(one.name) ? [one.name] : []));
  return letters.length === items.length && letters.length > 0 ? { key: head.base.name, letters } : null;
}

function standsBelow(side: Expr, letter: string): boolean {
  const isBelow = ({ mark }: PostfixExpr) => mark.kind === 'sub' && mark.items.some((item) => item.kind === 'name' && item.name === letter);
  return someIn(side, (one) => one.kind === 'postfix' && isBelow(one));
}

function withoutArguments(expr: Expr, members: Members): Expr {
  const part = (one: Expr) => withoutArguments(one, members);
  if (expr.kind === 'derivative' && expr.wrt.length === 0) return byArgument(expr, members) ?? mapParts(expr, part);
  if (expr.kind === 'call') return atItsArguments(expr, members) ?? wholeAtArguments(expr, members) ?? mapParts(expr, part);
  return memberOf(expr, members)?.member ?? mapParts(expr, part);
}

/** The k of `k(x)`, where `k_i(x) = …` says what its entries are. */
function wholeAtArguments({ head, args, span }: CallExpr, members: Members): Expr | null {
  const found = head.kind === 'name' ? members.get(head.name) : undefined;
  const isSame =
    found?.isWhole === true && args.length === found.params.length && args.every((arg, at) => symbolKey(arg) === found.params[at]?.name);
  return isSame ? { ...head, span } : null;
}

function atItsArguments(call: CallExpr, members: Members): Expr | null {
  const found = memberOf(call.head, members);
  const params = found?.params ?? [];
  const isSame = params.length === call.args.length && call.args.every((arg, at) => symbolKey(arg) === params[at]?.name);
  return found !== null && isSame ? { ...found.member, span: call.span } : null;
}

/** `r_i` under the name of the members, and the arguments of their definition. */
function memberOf(head: Expr, members: Members): { readonly member: PostfixExpr; readonly params: readonly NameExpr[] } | null {
  if (head.kind !== 'postfix' || head.mark.kind !== 'sub' || head.base.kind !== 'name') return null;
  const found = members.get(head.base.name);
  return found === undefined ? null : { member: { ...head, base: { ...head.base, name: found.name } }, params: found.params };
}

/** `∇ r_i(x)`, `∇ r_i` by x. */
function byArgument(derivative: DerivativeExpr, members: Members): Expr | null {
  const { of, order } = derivative;
  const head = of.kind === 'call' ? (atItsArguments(of, members) === null ? null : of.head) : of;
  const found = head === null ? null : memberOf(head, members);
  const [param, ...more] = found?.params ?? [];
  if (found === null || param === undefined || more.length > 0) return null;
  const by = { expr: { ...param, span: of.span }, transposed: false };
  return { ...derivative, of: { ...found.member, span: of.span }, wrt: Array.from({ length: order }, () => by) };
}
