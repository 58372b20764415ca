import type { MatrixTerm, Term } from '../ops/term.ts';
import type { Size } from '../tensor/product-plan.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { compile, shapeInContext } from './compile.ts';
import { afterwards } from './dual.ts';
import { type Compiler, emit, newSlot, type Place, type Slot } from './frame.ts';
import { Unverifiable } from './unverifiable.ts';

/** A block, and the size that what stands around it gives a zero. */
interface Block extends Slot {
  readonly inContext: Size | null;
}

/** A matrix of entries or of blocks. A literal zero fills its place, whatever size that has. */
export function compileMatrix(compiler: Compiler, term: MatrixTerm, place: Place): Slot {
  const blocks = term.rows.map((row) => row.map((entry) => blockOf(compiler, entry, place)));
  const width = Math.max(...blocks.map((row) => row.length));
  if (blocks.some((row) => row.length !== width)) throw new Unverifiable('the rows of a matrix in it are not equally long');
  const heights = blocks.map((row) => extent(row, (size) => size.rows));
  const widths = Array.from({ length: width }, (_, col) =>
    extent(
      blocks.map((row) => row[col] as Block),
      (size) => size.cols,
    ),
  );
  const [tops, lefts] = [startsOf(heights), startsOf(widths)];
  const out = newSlot({ rows: tops.at(-1) as number, cols: lefts.at(-1) as number });
  blocks.forEach((row, i) =>
    row.forEach((block, j) => {
      const [top, left, tall, wide] = [tops[i] as number, lefts[j] as number, heights[i] as number, widths[j] as number];
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

function blockOf(compiler: Compiler, entry: Term, place: Place): Block {
  const slot = compile(compiler, entry, place);
  return { ...slot, inContext: slot.anyShape ? shapeInContext(compiler, entry) : null };
}

/** How tall a row of blocks or how wide a column of them is; of zeros alone what stands around them says so. */
function extent(blocks: readonly Block[], of: (size: Size) => number): number {
  const sizes = blocks.filter((block) => !block.anyShape).map((block) => of(block.tensor));
  const [size = Math.max(1, ...blocks.map(({ inContext }) => (inContext === null ? 1 : of(inContext))))] = sizes;
  if (sizes.some((other) => other !== size)) throw new Unverifiable('the blocks of a matrix in it do not fit');
  return size;
}

/** Where each begins that stands behind the ones before it, and where the last one ends. */
function startsOf(sizes: readonly number[]): readonly number[] {
  const starts = [0];
  for (const size of sizes) starts.push((starts.at(-1) as number) + size);
  return starts;
}

function copier(out: Tensor, tensor: Tensor, anyShape: boolean, top: number, left: number, rows: number, cols: number): () => void {
  return () => {
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++)
        out.data[(top + row) * out.cols + left + col] = tensor.data[anyShape ? 0 : row * cols + col] as number;
    }
  };
}
