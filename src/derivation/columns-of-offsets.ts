import { type Dim, namesIn, ONE } from '../shape/dimension.ts';
import { matrix } from '../shape/shape.ts';
import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { noteDimension, type Walk } from './collected.ts';
import { bareLetters } from './count-members.ts';
import { familyKey, introduce, lookUp } from './scope.ts';

/**
 * `\sum_{j=1}^H f(c_j + w_j^\top v)` and then `c + W^\top v`, of a c that nothing declares: c is the column of the numbers `c_j`. That
 * they are numbers is told by the inner products they are added to.
 */
export function declareColumnsOfOffsets(walk: Walk, summed: ReadonlyMap<string, Dim>): void {
  if (summed.size === 0) return;
  const bare = bareLetters(walk);
  for (const [place, count] of summed) {
    const section = Number(place.slice(0, place.indexOf(':')));
    const key = place.slice(place.indexOf(':') + 1);
    const isKnown = [key, familyKey(key)].some((one) => lookUp(walk.scope, one, section, walk.item) !== undefined);
    if (isKnown || !bare.has(place) || isDefined(walk, key)) continue;
    const members = membersOf(walk, section, key);
    const [first] = members;
    if (first === undefined || !members.every(({ isOffset }) => isOffset)) continue;
    for (const name of namesIn(count)) noteDimension(walk, name, first.member.span);
    const draft = introduce(walk.scope, key, section, 0, first.member.span);
    Object.assign(draft, { declared: matrix(count, ONE), text: walk.text.slice(first.letter.span.start, first.letter.span.end) });
  }
}

function isDefined({ equations }: Walk, key: string): boolean {
  return equations.some(({ statement: { sides } }) => sides[0] !== undefined && symbolKey(sides[0]) === key);
}

interface Member {
  readonly member: Expr;
  readonly letter: Expr;
  /** Whether it is added to an inner product. */
  readonly isOffset: boolean;
}

function membersOf({ equations }: Walk, section: number, key: string): readonly Member[] {
  const sides = equations.filter((one) => one.section === section).flatMap(({ statement }) => statement.sides);
  const all = sides.flatMap((side) => [...withinExpr(side)]);
  const offsets = new Set(all.flatMap(offsetsIn));
  return all.flatMap((member) => {
    const isMember = member.kind === 'postfix' && member.mark.kind === 'sub' && symbolKey(member.base) === key;
    return isMember ? [{ member, letter: member.base, isOffset: offsets.has(member) }] : [];
  });
}

/** The terms of a sum of which another one is an inner product. */
function offsetsIn(sum: Expr): readonly Expr[] {
  if (sum.kind !== 'apply' || (sum.op !== 'add' && sum.op !== 'sub')) return [];
  return sum.args.filter((_, at) => sum.args.some((other, place) => place !== at && isInner(other)));
}

/** `a_i^\top x`, `\langle a_i, x \rangle`. */
function isInner(expr: Expr): boolean {
  if (expr.kind !== 'apply') return false;
  const [left] = expr.args;
  return expr.op === 'inner' || (expr.op === 'mul' && left?.kind === 'postfix' && left.mark.kind === 'transpose');
}
