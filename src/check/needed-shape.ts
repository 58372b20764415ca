import type { Equation, ShapeTable } from '../derivation/derivation.ts';
import { parentIn } from '../ops/rewrite.ts';
import { OPS } from '../ops/table.ts';
import type { ApplyTerm, Term } from '../ops/term.ts';
import { type Dim, isOpen } from '../shape/dimension.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';

/** How many rows and columns what stands around a term asks of it, as far as that is decided. */
export interface NeededShape {
  readonly rows: Dim | null;
  readonly cols: Dim | null;
}

const NOTHING: NeededShape = { rows: null, cols: null };

/** What the neighbours in a product, the other operand of a sum, or the other side of the equation ask of a term. */
export function neededShape(shapes: ShapeTable, { sides }: Pick<Equation, 'sides'>, term: Term): NeededShape {
  for (const [at, side] of sides.entries()) {
    if (side === term) return ofSide(shapes, sides[at === 0 ? 1 : 0]);
    const parent = parentIn(side, term);
    if (parent !== null) return askedBy(shapes, sides, parent, term);
  }
  return NOTHING;
}

export function fits({ rows, cols }: NeededShape, shape: MatrixShape): boolean {
  return (rows === null || rows.key === shape.rows.key) && (cols === null || cols.key === shape.cols.key);
}

function askedBy(shapes: ShapeTable, sides: readonly Term[], parent: Term, child: Term): NeededShape {
  const above = () => neededShape(shapes, { sides }, parent);
  if (parent.kind !== 'apply') return NOTHING;
  if (parent.op === 'mul') return byNeighbours(shapes, parent, child) ?? above();
  if (parent.op === 'transpose') return turned(above());
  if (parent.op === 'neg') return above();
  if (ALIKE.has(parent.op))
    return ofSide(
      shapes,
      parent.args.find((arg) => arg !== child),
    );
  return OPS[parent.op].shape.kind === 'entrywise' ? above() : NOTHING;
}

const ALIKE: ReadonlySet<string> = new Set(['add', 'sub', 'hadamard', 'hadamardDiv', 'compose']);

/** Null where all other factors are numbers, so that the product has the shape of the term. */
function byNeighbours(shapes: ShapeTable, { args }: ApplyTerm, child: Term): NeededShape | null {
  const wide = args.filter((arg) => arg === child || !isScalar(shapes.ofTerm(arg)));
  if (wide.length === 1) return null;
  const at = wide.indexOf(child);
  const [left, right] = [ofSide(shapes, wide[at - 1]), ofSide(shapes, wide[at + 1])];
  return { rows: left.cols, cols: right.rows };
}

function ofSide(shapes: ShapeTable, term: Term | undefined): NeededShape {
  const shape = term === undefined ? undefined : shapes.ofTerm(term);
  if (shape?.kind !== 'matrix') return NOTHING;
  return { rows: isOpen(shape.rows) ? null : shape.rows, cols: isOpen(shape.cols) ? null : shape.cols };
}

function turned({ rows, cols }: NeededShape): NeededShape {
  return { rows: cols, cols: rows };
}
