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
 * Asks the style sheet for the colours of cells, so that a canvas and a table agree in every theme:
 * a cell that is not seen is given each share and its computed background is read.
 */
export function heatColors(): HeatColors {
  const probe = document.createElement('span');
  probe.className = 'cell cell-probe';
  document.body.append(probe);
  const read = pixelReader();
  const shade = (sign: string, share: number): Color => {
    probe.className = `cell cell-probe ${sign}`;
    probe.style.setProperty('--share', String(share));
    return read(getComputedStyle(probe).backgroundColor);
  };
  const colors = Array.from({ length: 2 * LEVELS + 1 }, (_, at) =>
    shade(at < LEVELS ? 'cell-negative' : 'cell-positive', Math.abs(at - LEVELS) / LEVELS),
  );
  const none = shade('cell-none', 0);
  probe.remove();
  return { colors, none };
}

/** Reads any CSS colour as the pixel that it paints. */
function pixelReader(): (css: string) => Color {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (css) => {
    if (context === null) return [128, 128, 128, 255];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, opacity = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, opacity];
  };
}
