import type { Among } from '../ops/term.ts';
import type { BinderExpr, NameExpr } from '../syntax/ast.ts';
import { countingLetters } from '../syntax/counting-letters.ts';
import { withinExpr } from '../syntax/depth.ts';
import { type Context, indexNamed } from './context.ts';
import { lettersBelow } from './free-indices.ts';

/** The comparison below the sign of a sum, where all in it counts; null for one with anything else, such as a label `j ≠ y`. */
export function comparedIn(context: Context, expr: BinderExpr): BinderExpr['comparison'] {
  const { comparison } = expr;
  if (comparison === null || !isCounting(expr)) return null;
  const counted = [...expr.names, ...(comparison.right.kind === 'name' ? [comparison.right] : [])].map(({ name }) => name);
  const counts = ({ name }: NameExpr) =>
    indexNamed(context, name) !== undefined ||
    context.scope.dimensions.has(name) ||
    expr.names.some((own) => own.name === name) ||
    (counted.includes(name) && lettersBelow(context, expr.body).includes(name));
  return withinExpr(comparison.right).every((part) => part.kind !== 'name' || counts(part)) ? comparison : null;
}

/** The letters that a sum binds: `Σ_{j≠i}` not the i that is given outside, and `Σ_{i≠j}` both where none is. */
export function lettersBound(context: Context, expr: BinderExpr, comparison: BinderExpr['comparison']): readonly NameExpr[] {
  const isSize = ({ name }: NameExpr) => context.scope.dimensions.has(name) && indexNamed(context, name) === undefined;
  const letters =
    comparison === null ? expr.names : countingLetters(expr).filter((letter) => expr.names.includes(letter) || !isSize(letter));
  const own = comparison === null ? letters : letters.filter(({ name }) => !context.bound.has(name));
  return own.length === 0 ? letters : own;
}

/** A condition on the indices of a sum that only the text can tell, and whether an index outside has a part in it. */
export function amongOf({ bound }: Context, expr: BinderExpr, comparison: BinderExpr['comparison']): { readonly among?: Among } {
  const condition = lettersOf(expr.among) ?? (expr.comparison !== null && comparison === null ? conditionOf(expr.comparison) : undefined);
  if (condition === undefined || !isCounting(expr)) return {};
  return { among: { condition, isOfOuter: condition.split(' ').some((word) => bound.has(word)) } };
}

/** A condition without the signs that lower and raise what is in it. */
function lettersOf(among: string | undefined): string | undefined {
  return among
    ?.split(/[\s_^{}]+/u)
    .join(' ')
    .trim();
}

/** As it is written of its only letter: `≠ y`. */
export function conditionOf({ relation, right }: Pick<NonNullable<BinderExpr['comparison']>, 'relation' | 'right'>): string {
  return [
    relation,
    ...withinExpr(right).flatMap((part) => (part.kind === 'name' ? [part.name] : part.kind === 'number' ? [String(part.value)] : [])),
  ].join(' ');
}

export function isCounting({ binder }: BinderExpr): boolean {
  return binder === 'sum' || binder === 'product';
}
