import { ONE } from '../shape/dimension.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import { isScalar, matrix } from '../shape/shape.ts';
import type { CallExpr, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { exprKey } from '../syntax/map-expr.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { type Draft, forget, introduce, lookUp, type Scope } from './scope.ts';

/**
 * "Each `$r_j$` is a function from `$\mathbb R^n$` to `$\mathbb R$`", counted by `\sum_{j=1}^m r_j(x)` or listed as `r(x) = (r_1(x), \dots, r_m(x))^\top`: r is any function to
 * `\mathbb R^m`, and `r_j(x)` is an entry of its value. Where nothing tells how many there are nothing is known of them.
 */
export function takeStackedFunctions(collected: Collected): Collected {
  const { scope, equations } = collected;
  const members = openMembers(scope);
  if (members.size === 0) return collected;
  const listed = new Set(equations.filter((equation) => isList(equation, members)));
  const counts = new Map([...equations.flatMap((equation) => summedIn(equation, members)), ...[...listed].flatMap(countListed)]);
  for (const [letter, member] of members) stack(scope, letter, member, counts.get(letter));
  return { ...collected, equations: equations.filter((equation) => !listed.has(equation)) };
}

/** The open functions of numbers with a letter below, by the letter that they are called. */
function openMembers({ drafts }: Scope): ReadonlyMap<string, Draft> {
  const found = [...drafts.values()].flatMap((draft): readonly (readonly [string, Draft])[] => {
    const letter = /^(.*)_\p{Ll}$/u.exec(draft.key)?.[1];
    const isOpen = draft.from?.length === 1 && draft.declared !== null && isScalar(draft.declared) && draft.definedAt === null;
    return letter !== undefined && isOpen ? [[letter, draft]] : [];
  });
  return new Map(found);
}

/** Puts the function of all in the place of the one with a letter below. */
function stack(scope: Scope, letter: string, member: Draft, count: Expr | undefined): void {
  const { section, since, span, text } = member;
  forget(scope, member.key, section, since);
  const dim = count === undefined ? null : dimensionOf(count);
  if (count === undefined || dim === null || !isDimension(dim) || lookUp(scope, letter, section, since) !== undefined) return;
  for (const name of dim.names) if (!scope.dimensions.has(name)) scope.dimensions.set(name, count.span);
  const { from, declaredAt } = member;
  const whole = introduce(scope, letter, section, 0, span);
  Object.assign(whole, { role: 'function', from, declared: matrix(dim, ONE), declaredAt, text: text.slice(0, text.indexOf('_')) });
}

/** To what a sum over members counts them from 1. */
function summedIn({ statement: { sides } }: PlacedEquation, members: ReadonlyMap<string, Draft>): readonly (readonly [string, Expr])[] {
  return sides.flatMap(withinExpr).flatMap((one): readonly (readonly [string, Expr])[] => {
    const isCounting = one.kind === 'binder' && one.binder === 'sum' && one.from?.kind === 'number' && one.from.value === 1;
    const { to } = one.kind === 'binder' ? one : { to: null };
    if (!isCounting || to === null) return [];
    return withinExpr(one.body).flatMap((part) => {
      const key = part.kind === 'postfix' && part.mark.kind === 'sub' ? symbolKey(part.base) : null;
      const isMember = key !== null && one.names.some(({ name }) => members.get(key)?.key === `${key}_${name}`);
      return isMember ? [[key, to]] : [];
    });
  });
}

function isList(equation: PlacedEquation, members: ReadonlyMap<string, Draft>): boolean {
  return members.has(listIn(equation)?.key ?? '');
}

function countListed(equation: PlacedEquation): readonly (readonly [string, Expr])[] {
  const list = listIn(equation);
  return list === null ? [] : [[list.key, list.count]];
}

interface List {
  readonly key: string;
  /** What stands below the last of them. */
  readonly count: Expr;
}

/** What `r(x) = (r_1(x), r_2(x), \dots, r_m(x))^\top` lists. */
function listIn({ statement: { sides, relations } }: PlacedEquation): List | null {
  const [whole, listed, ...more] = sides;
  if (whole?.kind !== 'call' || listed === undefined || more.length > 0 || !/^:?=$/.test(relations[0] ?? '')) return null;
  const isTurned = listed.kind === 'postfix' && (listed.mark.kind === 'transpose' || listed.mark.kind === 'prime');
  const list = isTurned ? listed.base : listed;
  const entries = list.kind === 'matrix' ? list.rows.flat() : [];
  const key = symbolKey(whole.head);
  const [first, last] = [memberIn(entries[0], whole), memberIn(entries.at(-1), whole)];
  const hasDots = entries.some((entry) => entry.kind === 'hole' && entry.parts.length === 0);
  return key !== null && hasDots && first?.kind === 'number' && first.value === 1 && last !== null ? { key, count: last } : null;
}

/** The j of `r_j(x)`, beside `r(x)`. */
function memberIn(entry: Expr | undefined, whole: CallExpr): Expr | null {
  if (entry?.kind !== 'call' || entry.head.kind !== 'postfix' || entry.head.mark.kind !== 'sub') return null;
  const [index, ...more] = entry.head.mark.items;
  const isOwn = symbolKey(entry.head.base) === symbolKey(whole.head) && entry.args.map(exprKey).join() === whole.args.map(exprKey).join();
  return isOwn && more.length === 0 ? (index ?? null) : null;
}
