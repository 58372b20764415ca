import UPlot from 'uplot';
import type { Say } from '../base/say.ts';
import type { ConvergenceReport, CurveReport } from '../protocol/report.ts';
import { bestStep, METHOD_WORDS } from './convergence-words.ts';

/** An error of zero has no logarithm; it is drawn here, below the precision of the machine. */
const FLOOR = 1e-17;

const HEIGHT = 280;

/** One line of the plot over all steps. */
interface Curve {
  readonly label: string;
  readonly errors: readonly (number | null)[];
  readonly stroke: string;
  readonly width: number;
  readonly dash: number[];
}

/** Draws the errors over the steps, both by their logarithms, as wide as the element; the answer takes the drawing away. */
export function drawConvergence(element: HTMLElement, convergence: ConvergenceReport, say: Say): () => void {
  const colors = colorsOf(element);
  const steps = [...new Set(convergence.curves.flatMap(({ points }) => points.map(({ step }) => step)))].sort((one, other) => one - other);
  const curves = [...measuredCurves(say, convergence, steps, colors), ...levelCurves(say, convergence, steps, colors)];
  const axis = axisIn(colors);
  const plot = new UPlot(
    {
      width: widthOf(element),
      height: HEIGHT,
      scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
      axes: [axis(say('step, relative to the size of the variable')), { ...axis(say('relative error')), size: 56 }],
      series: [
        { label: say('Step'), value: (_, value) => shown(value) },
        ...curves.map(
          ({ label, stroke, width, dash }): UPlot.Series => ({
            label,
            stroke,
            width,
            dash,
            points: { show: false },
            spanGaps: true,
            value: (_, value) => shown(value),
          }),
        ),
      ],
      legend: {
        markers: {
          width: 2,
          stroke: (_, at) => curves[at - 1]?.stroke ?? 'transparent',
          dash: (_, at) => borderOf(curves[at - 1]?.dash ?? []),
        },
      },
      cursor: { drag: { x: false, y: false } },
      hooks: { drawClear: [(drawn) => drawRegions(say, drawn, regionsOf(convergence.curves), colors)] },
    },
    [steps, ...curves.map(({ errors }) => [...errors])],
    element,
  );
  const resized = new ResizeObserver(() => plot.setSize({ width: widthOf(element), height: HEIGHT }));
  resized.observe(element);
  return () => {
    resized.disconnect();
    plot.destroy();
  };
}

/** The line of the legend that looks most like a dash: a border has three looks, and short strokes are dots. */
function borderOf([stroke]: readonly number[]): 'solid' | 'dotted' | 'dashed' {
  return stroke === undefined ? 'solid' : stroke < 5 ? 'dotted' : 'dashed';
}

const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 4], [10, 3, 2, 3], [14, 4]];

function measuredCurves(
  say: Say,
  { curves }: ConvergenceReport,
  steps: readonly number[],
  { curves: strokes, text }: Colors,
): readonly Curve[] {
  return curves.map(({ method, points }, at) => {
    const errors = new Map(points.map(({ step, error }) => [step, error]));
    const drawn = (error = Number.NaN) => (Number.isFinite(error) ? Math.max(error, FLOOR) : null);
    return {
      label: say(METHOD_WORDS[method]),
      errors: steps.map((step) => drawn(errors.get(step))),
      stroke: strokes[at % strokes.length] ?? text,
      width: 2,
      dash: [...(DASHES[at % DASHES.length] ?? [])],
    };
  });
}

/** What depends on no step: dual numbers, and the tolerance. */
function levelCurves(say: Say, { dual, tolerance }: ConvergenceReport, steps: readonly number[], { text }: Colors): readonly Curve[] {
  const level = (label: string, height: number, dash: number[]): Curve => ({
    label,
    errors: steps.map(() => Math.max(height, FLOOR)),
    stroke: text,
    width: 1,
    dash,
  });
  return [...(dual === null ? [] : [level(say('Dual numbers'), dual, [10, 3, 2, 3])]), level(say('Tolerance'), tolerance, [2, 3])];
}

// ---- what rules where

/** The step between rounding and truncation, by the curve that is named first; null where there is no such border. */
function regionsOf([first]: readonly CurveReport[]): number | null {
  return first === undefined ? null : bestStep(first);
}

/** Shades the side on which rounding rules, and names both. */
function drawRegions(say: Say, plot: UPlot, border: number | null, { region, text, font }: Colors): void {
  if (border === null) return;
  const {
    ctx: context,
    bbox: { left, top, width, height },
  } = plot;
  const at = Math.max(left, Math.min(left + width, plot.valToPos(border, 'x', true)));
  const pad = 6 * window.devicePixelRatio;
  context.save();
  context.fillStyle = region;
  context.fillRect(left, top, at - left, height);
  context.fillStyle = text;
  context.font = font.replace(/^\d+/, String(12 * window.devicePixelRatio));
  context.textBaseline = 'top';
  for (const [name, end, align] of [
    [say('← round-off'), at - pad, 'right'],
    [say('truncation →'), at + pad, 'left'],
  ] as const) {
    const room = align === 'right' ? at - left : left + width - at;
    if (context.measureText(name).width + 2 * pad > room) continue;
    context.textAlign = align;
    context.fillText(name, end, top + pad);
  }
  context.restore();
}

// ---- looks

function widthOf(element: HTMLElement): number {
  return Math.max(240, Math.min(element.clientWidth, 720));
}

interface Colors {
  readonly text: string;
  readonly line: string;
  readonly region: string;
  readonly font: string;
  readonly curves: readonly string[];
}

function colorsOf(element: HTMLElement): Colors {
  const style = getComputedStyle(element);
  const named = (name: string) => style.getPropertyValue(name).trim() || style.color;
  return {
    text: style.color,
    line: named('--plot-line'),
    region: named('--plot-region'),
    font: `12px ${style.fontFamily}`,
    curves: [1, 2, 3, 4].map((at) => named(`--plot-${at}`)),
  };
}

function axisIn({ font, text, line }: Colors): (label: string) => UPlot.Axis {
  const grid = { stroke: line, width: 1, filter: powers };
  return (label) => ({
    label,
    labelSize: 20,
    labelFont: font,
    font,
    stroke: text,
    grid,
    ticks: grid,
    filter: powers,
    values: (_, splits) => splits.map((value) => power(value, 2)),
  });
}

/** Pixels that the name of a power takes, with the room around it. */
const ROOM = { x: 46, y: 20 } as const;

/** Lines stand at the powers of ten that are named: at every other one, and fewer where they would stand too close. */
function powers(plot: UPlot, splits: number[], axis: number): (number | null)[] {
  const [scale, along] = axis === 0 ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const { min = 1, max = 1 } = plot.scales[scale] ?? {};
  const room = plot.bbox[along] / window.devicePixelRatio;
  const decades = Math.log10((max ?? 1) / (min ?? 1));
  const apart = Math.max(1, Math.ceil((decades / 2) * (ROOM[scale] / Math.max(room, 1))));
  return splits.map((value) => (power(value, 2 * apart) === '' ? null : value));
}

/** `1e-6` on an axis at the powers that are so far apart; nothing between them. */
function power(value: number | null, apart: number): string {
  const exponent = value === null ? Number.NaN : Math.log10(value);
  const whole = Math.round(exponent);
  return Math.abs(exponent - whole) < 1e-9 && whole % apart === 0 ? `1e${whole}`.replace('1e0', '1') : '';
}

function shown(value: number | null): string {
  return value === null ? '' : value.toExponential(1);
}
