import type { MatrixTerm } from '../ops/term.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { compile } from './compile.ts';
import { afterwards } from './dual.ts';
import { type Compiler, emit, newSlot, type Place, type Slot } from './frame.ts';
import { Unverifiable } from './unverifiable.ts';

/** A matrix of entries or of blocks. A literal zero fills its place, whatever size that has. */
export function compileMatrix(compiler: Compiler, term: MatrixTerm, place: Place): Slot {
  const blocks = term.rows.map((row) => row.map((entry) => compile(compiler, entry, place)));
  const width = Math.max(...blocks.map((row) => row.length));
  if (blocks.some((row) => row.length !== width)) throw new Unverifiable('the rows of a matrix in it are not equally long');
  const heights = blocks.map((row) => extent(row, (tensor) => tensor.rows));
  const widths = Array.from({ length: width }, (_, col) =>
    extent(
      blocks.map((row) => row[col] as Slot),
      (tensor) => tensor.cols,
    ),
  );
  const out = newSlot({ rows: sum(heights), cols: sum(widths) });
  blocks.forEach((row, i) =>
    row.forEach((block, j) => {
      const [top, left, tall, wide] = [sum(heights.slice(0, i)), sum(widths.slice(0, j)), heights[i] as number, widths[j] as number];
      const copy = copier(out.tensor, block.tensor, block.anyShape, top, left, tall, wide);
      emit(
        place.frame,
        tall * wide,
        copy,
        afterwards(copy, ({ dual }) => copier(dual(out.tensor).tangent, dual(block.tensor).tangent, block.anyShape, top, left, tall, wide)),
      );
    }),
  );
  return out;
}

/** How tall a row of blocks or how wide a column of them is. */
function extent(blocks: readonly Slot[], of: (tensor: Tensor) => number): number {
  const sizes = blocks.filter((block) => !block.anyShape).map((block) => of(block.tensor));
  const [size = 1] = sizes;
  if (sizes.some((other) => other !== size)) throw new Unverifiable('the blocks of a matrix in it do not fit');
  return size;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function copier(out: Tensor, tensor: Tensor, anyShape: boolean, top: number, left: number, rows: number, cols: number): () => void {
  return () => {
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++)
        out.data[(top + row) * out.cols + left + col] = tensor.data[anyShape ? 0 : row * cols + col] as number;
    }
  };
}
