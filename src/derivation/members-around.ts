import type { ApplyExpr, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { familyKey, isVector, keepMembers, lookUpAround, lookUpHere, type Scope } from './scope.ts';

/**
 * "At a new point `$x \in \mathbb R^d$`" in a section below `x_1, \dots, x_n \in \mathbb R^d`: where a formula there compares x with x_i, as `x - x_i` and `x^\top x_i` do,
 * x_i is one of those, and no entry of x.
 */
export function takeMembersAround(collected: Collected): Collected {
  for (const equation of collected.equations) for (const key of comparedLetters(equation)) setApart(collected.scope, key, equation);
  return collected;
}

function setApart(scope: Scope, key: string, { section, item }: PlacedEquation): void {
  const here = lookUpHere(scope, key, section, item);
  const parent = scope.sections[section]?.parent ?? null;
  const family = parent === null ? undefined : lookUpAround(scope, key, parent, item);
  if (here?.declared == null || here.family !== null || !isVector(here) || family?.family == null || family.declared === null) return;
  const isAlike = family.declared.rows.key === here.declared.rows.key && family.declared.cols.key === here.declared.cols.key;
  if (isAlike && lookUpAround(scope, familyKey(key), section, item) === undefined) keepMembers(scope, family);
}

/** The x of `x - x_i`, `x_i - x`, `x^\top x_i`, `x_i^\top x`. */
function comparedLetters({ statement: { sides } }: PlacedEquation): readonly string[] {
  return sides.flatMap((side) => withinExpr(side)).flatMap((expr) => (expr.kind === 'apply' ? compared(expr) : []));
}

function compared({ op, args }: ApplyExpr): readonly string[] {
  if (op !== 'sub' && op !== 'add' && op !== 'mul') return [];
  return args.slice(1).flatMap((right, at) => {
    const left = args[at] as Expr;
    if (op === 'mul') return isTransposed(left) ? letterOfBoth(left.base, right) : [];
    return letterOfBoth(left, right);
  });
}

function isTransposed(expr: Expr): expr is Expr & { readonly kind: 'postfix' } {
  return expr.kind === 'postfix' && (expr.mark.kind === 'transpose' || (expr.mark.kind === 'prime' && expr.mark.count === 1));
}

/** The letter that one side is and the other is a member of. */
function letterOfBoth(left: Expr, right: Expr): readonly string[] {
  const [whole, member] = left.kind === 'name' ? [left, right] : [right, left];
  const isMember = member.kind === 'postfix' && member.mark.kind === 'sub' && member.mark.items.length === 1 && member.base.kind === 'name';
  return whole.kind === 'name' && isMember && member.base.name === whole.name ? [whole.name] : [];
}
