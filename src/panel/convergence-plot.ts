import UPlot from 'uplot';
import type { ConvergenceReport, CurveReport } from '../protocol/report.ts';
import { METHOD_WORDS } from './convergence-words.ts';

/** An error of zero has no logarithm; it is drawn here, below the precision of the machine. */
const FLOOR = 1e-17;

const HEIGHT = 260;

/** Curves differ in more than color. */
const DASHES: Readonly<Record<CurveReport['method'], number[]>> = { central: [], richardson: [6, 4], complex: [2, 2] };

/** Draws the errors over the steps, both by their logarithms, as wide as the element; the answer takes the drawing away. */
export function drawConvergence(element: HTMLElement, { curves, dual, tolerance }: ConvergenceReport): () => void {
  const colors = colorsOf(element);
  const steps = [...(curves[0]?.points ?? [])].map(({ step }) => step).reverse();
  const errors = curves.map(({ points }) => [...points].reverse().map(({ error }) => (Number.isFinite(error) ? Math.max(error, FLOOR) : null)));
  const axis = (label: string): UPlot.Axis => ({ label, labelSize: 20, labelFont: colors.font, font: colors.font, stroke: colors.text, grid: { stroke: colors.line, width: 1, filter: powers }, ticks: { stroke: colors.line, width: 1, filter: powers }, filter: powers, values: (_, splits) => splits.map(power) });
  const plot = new UPlot({
    width: widthOf(element), height: HEIGHT,
    scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
    axes: [axis('step, relative to the size of the variable'), { ...axis('relative error'), size: 56 }],
    series: [
      { label: 'Step', value: (_, value) => shown(value) },
      ...curves.map(({ method }): UPlot.Series => ({ label: METHOD_WORDS[method], stroke: colors.curves[method], width: 2, dash: DASHES[method], points: { show: false }, value: (_, value) => shown(value) })),
      ...(dual === null ? [] : [{ label: 'Dual numbers', stroke: colors.text, width: 1.5, dash: [10, 3, 2, 3], points: { show: false }, value: (_: UPlot, value: number) => shown(value) }]),
      { label: 'Tolerance', stroke: colors.text, width: 1, dash: [2, 3], points: { show: false }, value: (_, value) => shown(value) },
    ],
    cursor: { drag: { x: false, y: false } },
  }, [steps, ...errors, ...(dual === null ? [] : [steps.map(() => Math.max(dual, FLOOR))]), steps.map(() => tolerance)], element);
  const resized = new ResizeObserver(() => plot.setSize({ width: widthOf(element), height: HEIGHT }));
  resized.observe(element);
  return () => {
    resized.disconnect();
    plot.destroy();
  };
}

function widthOf(element: HTMLElement): number {
  return Math.max(240, Math.min(element.clientWidth, 720));
}

interface Colors {
  readonly text: string;
  readonly line: string;
  readonly font: string;
  readonly curves: Readonly<Record<CurveReport['method'], string>>;
}

function colorsOf(element: HTMLElement): Colors {
  const style = getComputedStyle(element);
  const named = (name: string) => style.getPropertyValue(name).trim() || style.color;
  return { text: style.color, line: named('--plot-line'), font: `12px ${style.fontFamily}`, curves: { central: named('--plot-central'), richardson: named('--plot-richardson'), complex: named('--plot-complex') } };
}

/** Lines stand at the powers of ten that are named. */
function powers(_: UPlot, splits: number[]): (number | null)[] {
  return splits.map((value) => (power(value) === '' ? null : value));
}

/** `1e-6` on an axis, every other power where they stand close; nothing between powers of ten. */
function power(value: number | null): string {
  const exponent = value === null ? Number.NaN : Math.log10(value);
  const whole = Math.round(exponent);
  return Math.abs(exponent - whole) < 1e-9 && whole % 2 === 0 ? `1e${whole}`.replace('1e0', '1') : '';
}

function shown(value: number | null): string {
  return value === null ? '–' : value.toExponential(1);
}
