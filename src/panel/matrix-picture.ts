import { type Color, type HeatColors, LEVELS } from './heat-colors.ts';
import { type Matrix, type Place, shareOf } from './matrix.ts';

/** Size of an entry on the page. */
export interface CellSize {
  readonly width: number;
  readonly height: number;
}

/** Some rows and columns of a matrix, from a first entry on. */
export interface Part extends Place {
  readonly rows: number;
  readonly cols: number;
}

/** What of a scrolled element is seen, in pixels of the page. */
export type Window = Pick<HTMLElement, 'scrollLeft' | 'scrollTop' | 'clientWidth' | 'clientHeight'>;

/** The entries that are seen, those at the edges in part. */
export function visiblePart({ rows, cols }: Pick<Matrix, 'rows' | 'cols'>, cell: CellSize, seen: Window): Part {
  const [row, col] = [Math.floor(seen.scrollTop / cell.height), Math.floor(seen.scrollLeft / cell.width)];
  const [below, right] = [
    Math.ceil((seen.scrollTop + seen.clientHeight) / cell.height),
    Math.ceil((seen.scrollLeft + seen.clientWidth) / cell.width),
  ];
  return { row, col, rows: Math.max(0, Math.min(rows, below) - row), cols: Math.max(0, Math.min(cols, right) - col) };
}

/** Four bytes an entry of the part, row by row. */
export function partPixels(matrix: Matrix, part: Part, scale: number, { colors, none }: HeatColors): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * part.rows * part.cols);
  for (let row = 0; row < part.rows; row++)
    for (let col = 0; col < part.cols; col++) {
      const value = matrix.values[(part.row + row) * matrix.cols + part.col + col] ?? Number.NaN;
      pixels.set(colorOf(shareOf(value, scale), colors) ?? none, 4 * (row * part.cols + col));
    }
  return pixels;
}

function colorOf(share: number | null, colors: readonly Color[]): Color | undefined {
  return share === null ? undefined : colors[LEVELS + Math.round(share * LEVELS)];
}

export interface Drawing {
  readonly matrix: Matrix;
  readonly scale: number;
  readonly colors: HeatColors;
  readonly cell: CellSize;
  /** Index of the entry to outline, −1 for none. */
  readonly marked: number;
  readonly place: Place | null;
}

/** Draws the entries that lie in the frame, whatever the size of the matrix; the canvas is as large as the frame and moves with it. */
export function drawVisible(canvas: HTMLCanvasElement, frame: HTMLElement, drawing: Drawing): void {
  const context = fitCanvas(canvas, frame);
  if (context === null) return;
  const { matrix, cell, marked, place } = drawing;
  const [left, top] = [frame.scrollLeft, frame.scrollTop];
  const part = visiblePart(matrix, cell, frame);
  context.imageSmoothingEnabled = false;
  context.drawImage(
    pictureOf(drawing, part),
    part.col * cell.width - left,
    part.row * cell.height - top,
    part.cols * cell.width,
    part.rows * cell.height,
  );
  context.strokeStyle = getComputedStyle(frame).color;
  const outline = (row: number, col: number, width: number) => {
    context.lineWidth = width;
    context.strokeRect(col * cell.width - left, row * cell.height - top, cell.width, cell.height);
  };
  if (marked >= 0) outline(Math.floor(marked / matrix.cols), marked % matrix.cols, 2);
  if (place !== null) outline(place.row, place.col, 1);
}

/** A part with one pixel an entry, to be enlarged. */
function pictureOf({ matrix, scale, colors }: Drawing, part: Part): HTMLCanvasElement {
  const picture = document.createElement('canvas');
  picture.width = Math.max(1, part.cols);
  picture.height = Math.max(1, part.rows);
  if (part.rows * part.cols > 0)
    picture.getContext('2d')?.putImageData(new ImageData(partPixels(matrix, part, scale, colors), part.cols, part.rows), 0, 0);
  return picture;
}

/** A canvas counts pixels of the screen, the page its own. */
function fitCanvas(canvas: HTMLCanvasElement, { clientWidth, clientHeight }: HTMLElement): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(clientWidth * ratio);
  canvas.height = Math.round(clientHeight * ratio);
  canvas.style.width = `${clientWidth}px`;
  canvas.style.height = `${clientHeight}px`;
  const context = canvas.getContext('2d');
  context?.scale(ratio, ratio);
  return context;
}
