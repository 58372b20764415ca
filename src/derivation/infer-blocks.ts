import type { MatrixTerm, Term } from '../ops/term.ts';
import { constant, type Dim, isOpen, plus } from '../shape/dimension.ts';
import { type MatrixShape, matrix, type Shape } from '../shape/shape.ts';
import { freshDim, unify } from '../shape/unify.ts';
import { inferTerm } from './infer-term.ts';
import { defer, type Inference, known, open, report } from './inference.ts';

/** A block of a matrix, or an entry, with its shape. */
interface Block {
  readonly term: Term;
  readonly shape: MatrixShape;
}

/** Entries, or blocks whose heights agree along a row and whose widths add up alike. A dot of `\cdots` leaves it open. */
export function inferBlocks(inference: Inference, term: MatrixTerm): Shape {
  const hasHoles = term.rows.some((row) => row.some((entry) => entry.kind === 'hole'));
  for (const entry of term.rows.flat()) inferTerm(inference, entry);
  return hasHoles ? open(inference) : defer(inference, term, () => blocks(inference, term));
}

function blocks(inference: Inference, term: MatrixTerm): Shape | null {
  const rows: Block[][] = [];
  for (const row of term.rows) {
    const found = row.map((entry) => blockOf(inference, entry));
    if (found.includes(null)) return null;
    rows.push(found as Block[]);
  }
  const wrong = tooHigh(inference, rows) ?? tooWide(inference, rows);
  if (wrong !== null) return term.isList === true ? open(inference) : misfit(inference, term, wrong);
  const sizes = rows.map((row) => row.map(({ shape }) => shape));
  const height = sizes.map(([first]) => first?.rows ?? freshDim(inference.unifier)).reduce(plus, constant(0));
  return matrix(height, widthOf(sizes[0] ?? []));
}

/** A block, the neighbour that it should agree with, and in what. */
interface Misfit {
  readonly block: Block;
  readonly neighbour: Block;
  readonly along: 'rows' | 'cols';
}

/** Null while a derivative in it waits, which may yet have more than two axes. */
function blockOf(inference: Inference, term: Term): Block | null {
  const shape = inferTerm(inference, term);
  if (shape.kind === 'tensor' || (term.kind === 'derivative' && isOpen(shape.rows))) return null;
  return { term, shape };
}

/** Blocks beside one another are equally high. */
function tooHigh(inference: Inference, rows: readonly (readonly Block[])[]): Misfit | null {
  for (const [first, ...rest] of rows) {
    const block = first && rest.find(({ shape }) => !unify(inference.unifier, first.shape.rows, shape.rows));
    if (first !== undefined && block !== undefined) return { block, neighbour: first, along: 'rows' };
  }
  return null;
}

/** Rows of blocks are equally wide. Where all have as many blocks, one whose width is open is as wide as those above and below it. */
function tooWide(inference: Inference, [first, ...rest]: readonly (readonly Block[])[]): Misfit | null {
  for (const row of rest) {
    if (first === undefined || row.length === 0) continue;
    if (row.length === first.length) alignColumns(inference, first, row);
    const [above, here] = [first, row].map((blocks) => widthOf(blocks.map(({ shape }) => shape))) as [Dim, Dim];
    if (unify(inference.unifier, above, here)) continue;
    const at = Math.max(
      0,
      row.findIndex((block, column) => !sameWidth(inference, block, first[column])),
    );
    return { block: row[at] as Block, neighbour: first[Math.min(at, first.length - 1)] as Block, along: 'cols' };
  }
  return null;
}

function widthOf(row: readonly MatrixShape[]): Dim {
  return row.map(({ cols }) => cols).reduce(plus, constant(0));
}

function alignColumns(inference: Inference, above: readonly Block[], below: readonly Block[]): void {
  below.forEach((block, at) => {
    const other = above[at] as Block;
    const isUnknown = [block, other].some(({ shape }) => isOpen((known(inference, shape) as MatrixShape).cols));
    if (isUnknown) unify(inference.unifier, other.shape.cols, block.shape.cols);
  });
}

function sameWidth(inference: Inference, block: Block, other: Block | undefined): boolean {
  return (
    other !== undefined &&
    (known(inference, block.shape) as MatrixShape).cols.key === (known(inference, other.shape) as MatrixShape).cols.key
  );
}

function misfit(inference: Inference, term: MatrixTerm, { block, neighbour, along }: Misfit): MatrixShape {
  const shapes = [block, neighbour].map(({ shape }) => known(inference, shape)) as [MatrixShape, MatrixShape];
  report(inference, { kind: 'block', term, arg: block.term, neighbour: neighbour.term, along, shapes });
  return open(inference);
}
