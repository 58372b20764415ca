import type { BinderExpr, NameExpr } from './ast.ts';

/** The letters that a sum may bind: the j of `Σ_{i≠j}` is one of them, unless it is given outside. */
export function countingLetters({ names, comparison }: BinderExpr): readonly NameExpr[] {
  const other = comparison?.right;
  return other?.kind !== 'name' || names.some(({ name }) => name === other.name) ? names : [...names, other];
}
