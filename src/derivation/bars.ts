import type { Term } from '../ops/term.ts';
import { ONE } from '../shape/dimension.ts';
import type { ApplyExpr, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Context } from './context.ts';
import { roughShape } from './rough-shape.ts';

// What bars around a column mean: its length in physics, the magnitudes of its entries where those are multiplied or summed.

/** `\operatorname{sign}(\mathbf x) \odot |\mathbf x|`, `\mathbf 1^\top |\mathbf x|`: magnitudes of entries. */
export function takesEntries({ op, args }: ApplyExpr): boolean {
  const isBars = (arg: Expr | undefined) => arg?.kind === 'apply' && arg.op === 'bars';
  if (op === 'hadamard' || op === 'hadamardDiv') return args.some(isBars);
  const isRow = (arg: Expr) => arg.kind === 'postfix' && arg.mark.kind === 'transpose';
  return op === 'mul' && args.some((arg, at) => isRow(arg) && isBars(args[at + 1]));
}

/** `|\mathbf r|`, `|\vec r - \vec r'|`: bars around arrows are what physics writes for their length. */
export function isLength(context: Context, { args: [inside] }: ApplyExpr, term: Term | undefined): boolean {
  if (context.origin === 'plain' || context.barsOfEntries === true || inside === undefined || term === undefined) return false;
  const names = withinExpr(inside).flatMap((one) => (one.kind === 'name' ? [one.name] : []));
  const shape = roughShape(context.scope, term);
  const isArrow = (name: string) => /(?:bold|vec):\p{Ll}$/u.test(name);
  return names.length > 0 && names.every(isArrow) && shape !== null && shape.cols.key === ONE.key && shape.rows.key !== ONE.key;
}
