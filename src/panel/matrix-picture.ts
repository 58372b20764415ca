import { type Color, type HeatColors, LEVELS } from './heat-colors.ts';
import { type Matrix, shareOf } from './matrix.ts';

/** A matrix as a picture with one pixel an entry; what is seen of it is enlarged when it is drawn. */
export function matrixPicture(matrix: Matrix, scale: number, colors: HeatColors): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, matrix.cols);
  canvas.height = Math.max(1, matrix.rows);
  canvas.getContext('2d')?.putImageData(new ImageData(matrixPixels(matrix, scale, colors), canvas.width, canvas.height), 0, 0);
  return canvas;
}

/** Four bytes an entry, row by row. */
export function matrixPixels({ rows, cols, values }: Matrix, scale: number, { colors, none }: HeatColors): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * Math.max(1, rows) * Math.max(1, cols));
  values.forEach((value, at) => {
    pixels.set(colorOf(shareOf(value, scale), colors) ?? none, 4 * at);
  });
  return pixels;
}

function colorOf(share: number | null, colors: readonly Color[]): Color | undefined {
  return share === null ? undefined : colors[LEVELS + Math.round(share * LEVELS)];
}

/** Size of an entry on the page. */
export interface CellSize {
  readonly width: number;
  readonly height: number;
}

interface Drawing {
  readonly cell: CellSize;
  readonly cols: number;
  /** Index of the entry to outline, −1 for none. */
  readonly marked: number;
  readonly place: { readonly row: number; readonly col: number } | null;
}

/** Draws what of the picture lies in the frame; the canvas is as large as the frame and moves with it. */
export function drawVisible(
  canvas: HTMLCanvasElement,
  frame: HTMLElement,
  picture: HTMLCanvasElement,
  { cell, cols, marked, place }: Drawing,
): void {
  const context = fitCanvas(canvas, frame);
  if (context === null) return;
  const [left, top] = [frame.scrollLeft, frame.scrollTop];
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, -left, -top, picture.width * cell.width, picture.height * cell.height);
  context.strokeStyle = getComputedStyle(frame).color;
  const outline = (row: number, col: number, width: number) => {
    context.lineWidth = width;
    context.strokeRect(col * cell.width - left, row * cell.height - top, cell.width, cell.height);
  };
  if (marked >= 0) outline(Math.floor(marked / cols), marked % cols, 2);
  if (place !== null) outline(place.row, place.col, 1);
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
