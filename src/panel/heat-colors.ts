/** A colour as red, green, blue and opacity, 0 to 255. */
export type Color = readonly [number, number, number, number];

/** The colours of the shares −1 … 1 in equal steps, `LEVELS` on each side of zero. */
export interface HeatColors {
  readonly colors: readonly Color[];
  /** Of what is not a number. */
  readonly none: Color;
}

export const LEVELS = 100;

/**
 * Asks the style sheet for the colours of cells, so that a canvas and a table agree in every theme: cells that are not
 * seen are given each share, and their computed backgrounds are painted and read.
 */
export function heatColors(): HeatColors {
  const shades = Array.from({ length: 2 * LEVELS + 1 }, (_, at) =>
    probe(at < LEVELS ? 'cell-negative' : 'cell-positive', Math.abs(at - LEVELS) / LEVELS),
  );
  const holder = document.createElement('div');
  holder.append(...shades, probe('cell-none', 0));
  document.body.append(holder);
  const painted = paint([...holder.children].map((cell) => getComputedStyle(cell).backgroundColor));
  holder.remove();
  const colors = Array.from({ length: painted.length / 4 }, (_, at) => [...painted.subarray(4 * at, 4 * at + 4)] as unknown as Color);
  return { colors: colors.slice(0, -1), none: colors.at(-1) ?? [128, 128, 128, 255] };
}

function probe(sign: string, share: number): HTMLElement {
  const cell = document.createElement('span');
  cell.className = `cell cell-probe ${sign}`;
  cell.style.setProperty('--share', String(share));
  return cell;
}

/** The pixels that CSS colours paint, four bytes each. */
function paint(colors: readonly string[]): Uint8ClampedArray {
  const canvas = document.createElement('canvas');
  canvas.width = colors.length;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return new Uint8ClampedArray(4 * colors.length).fill(128);
  colors.forEach((css, at) => {
    context.fillStyle = css;
    context.fillRect(at, 0, 1, 1);
  });
  return context.getImageData(0, 0, colors.length, 1).data;
}
