import { equal, ONE } from '../shape/dimension.ts';
import type { MatrixShape } from '../shape/shape.ts';
import type { CallExpr, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { functionNamed } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { PlacedEquation, Walk } from './collected.ts';
import { type Draft, introduceLike, isAround, lookUp } from './scope.ts';

/**
 * `A(p)` of a declared matrix and a declared column that it cannot be multiplied with: A depends on p in a way that is left open, in this section and those below it. A matrix
 * of an earlier section beside this one stays there what it was.
 */
export function openAppliedMatrices(walk: Walk): void {
  for (const equation of walk.equations)
    if (equation.origin !== 'plain')
      for (const side of equation.statement.sides)
        for (const part of withinExpr(side)) if (part.kind === 'call' && part.args.length === 1) openApplied(walk, equation, part);
}

function openApplied(walk: Walk, { section, item }: PlacedEquation, { head, args, span }: CallExpr): void {
  const { scope, text } = walk;
  const key = head.kind === 'name' && functionNamed(head.name) === undefined ? head.name : null;
  const matrix = key === null ? undefined : lookUp(scope, key, section, item);
  const argument = lookUp(scope, symbolKey(args[0] as Expr) ?? '', section, item);
  if (key === null || matrix?.declared == null || argument?.declared == null || !isFree(matrix) || !isFree(argument)) return;
  if (!isMatrix(matrix.declared) || !isColumn(argument.declared) || equal(matrix.declared.cols, argument.declared.rows)) return;
  if (scope.openArguments.some(({ draft }) => draft === matrix)) return;
  const isHere = matrix.section === section || isAround(scope, matrix.section, section);
  const draft = isHere ? matrix : introduceLike(scope, matrix, { section, item, span: head.span, text });
  draft.declaredAt ??= span;
  scope.openArguments.push({ draft, args, section, item });
}

function isFree({ role, definedAt, family, from, open }: Draft): boolean {
  return role === 'variable' && definedAt === null && family === null && from === null && open === null;
}

function isMatrix({ rows, cols }: MatrixShape): boolean {
  return rows.key !== ONE.key && cols.key !== ONE.key;
}

function isColumn({ rows, cols }: MatrixShape): boolean {
  return rows.key !== ONE.key && cols.key === ONE.key;
}
