import type { Span } from '../../base/span.ts';
import type { Equation } from '../../derivation/derivation.ts';
import type { Worst } from '../../numeric/verdict.ts';
import type { Term } from '../../ops/term.ts';
import type { EntriesReport, MatrixReport } from '../../protocol/report.ts';
import type { Found, FoundRelated } from '../checked-document.ts';
import { type Examined, MISFIT, UNREAD } from '../claims.ts';
import { isClaimedInWords, quoted, type RuleContext } from '../words.ts';
import { memberWithoutIndex } from './index-range.ts';

/** `verify/refuted` on the first step that is wrong, `verify/inconclusive` on a claim that could not be checked. */
export function verification(context: RuleContext, examined: Examined): Found | null {
  switch (examined.claim.status) {
    case 'verified':
      return null;
    case 'refuted':
      return refuted(context, examined);
    case 'inconclusive':
      return memberWithoutIndex(context, examined.equation) ?? inconclusive(examined);
  }
}

function refuted(context: RuleContext, examined: Examined): Found {
  const { equation, verdict, claim } = examined;
  const at = verdict.steps.findIndex((step) => step.status === 'refuted');
  const step = equation.sides[at + 1] ?? equation.sides[0];
  const first = equation.sides[0];
  const found = step === undefined || first === undefined ? null : { step, claimed: claimedIn(context, equation, first) };
  const cell = step === undefined ? null : onlyWrongCell(step, verdict.steps[at]?.entries, equation.settings.tolerance);
  const span = cell?.term.span ?? step?.span ?? claim.span;
  return {
    code: 'verify/refuted',
    severity: 'error',
    message: `${found === null ? 'This step is wrong.' : compared(context, found, cell)}${differing(examined, at, cell)}`,
    span,
    related: related(claim, step?.span ?? claim.span),
    fixes: [],
  };
}

/** `2 A x` is not `∇f`; of a matrix that is written out and wrong in one place: `-cos(y)` is not entry 2 of `∇f`. */
function compared(context: RuleContext, { step, claimed }: { readonly step: Term; readonly claimed: string }, cell: Cell | null): string {
  const entry = cell === null ? '' : `${nameOfEntry(cell)} of `;
  return `${quoted(context, cell?.term ?? step)} is not ${entry}${claimed}.`;
}

/** The numbers at the worst entry. */
function differing({ equation, verdict, claim }: Examined, at: number, cell: Cell | null): string {
  const worst = verdict.steps[at]?.worst;
  if (worst === undefined) return '';
  const shown = numberBeside([worst.claimed, worst.numeric]);
  const where = claim.method === 'directions' ? 'Along one direction it' : cell === null ? `${entryOf(worst)}it` : 'It';
  const right = equation.kind === 'identity' ? 'the left side gives' : 'the definitions give';
  return ` ${where} gives ${shown(worst.claimed)}, ${right} ${shown(worst.numeric)}.`;
}

/** An entry of a matrix that is written out, and which it is. */
interface Cell {
  readonly term: Term;
  readonly row: number;
  readonly col: number;
  readonly size: Worst['size'];
}

/** Where a matrix is written out entry by entry, the only one that is wrong. */
function onlyWrongCell(step: Term, entries: EntriesReport | undefined, tolerance: number): Cell | null {
  if (step.kind !== 'matrix' || entries === undefined || entries.rows * entries.cols < 2) return null;
  const { rows, cols, claimed, numeric } = entries;
  if (step.rows.length !== rows || step.rows.some((row) => row.length !== cols)) return null;
  const scale = [...claimed, ...numeric].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const wrong = claimed.flatMap((value, at) => (Math.abs(value - (numeric[at] as number)) > tolerance * scale ? [at] : []));
  const [only, ...more] = wrong;
  if (only === undefined || more.length > 0) return null;
  const [row, col] = [Math.floor(only / cols), only % cols];
  const term = step.rows[row]?.[col];
  return term === undefined ? null : { term, row, col, size: { rows, cols } };
}

function claimedIn(context: RuleContext, equation: Equation, first: Term): string {
  const words = context.text.slice(first.span.start, first.span.end).replace(/\s+/g, ' ');
  return isClaimedInWords(equation) && /^\p{L}/u.test(words) ? `the ${words}` : quoted(context, first);
}

function entryOf(worst: Worst): string {
  return worst.size.rows * worst.size.cols === 1 ? 'At a random point ' : `At ${nameOfEntry(worst)} `;
}

/** `entry (2, 1)` of a matrix, `entry 2` of a vector. */
function nameOfEntry({ row, col, size }: Pick<Worst, 'row' | 'col' | 'size'>): string {
  return size.cols === 1 || size.rows === 1 ? `entry ${Math.max(row, col) + 1}` : `entry (${row + 1}, ${col + 1})`;
}

/** The point at which it can be followed by hand that the step is wrong. */
function related({ counterexample }: Examined['claim'], span: Span): readonly FoundRelated[] {
  if (counterexample === undefined) return [];
  const { values, claimed, numeric } = counterexample;
  const point = values.map((value) => `${value.name} = ${matrixText(value, numberBeside(value.data))}`).join(', ');
  const number = numberBeside([...claimed.data, ...numeric.data]);
  const shown = (value: MatrixReport) => matrixText(value, number);
  return point.length > LONGEST
    ? []
    : [{ message: `by hand: at ${point} it gives ${shown(claimed)}, the definitions give ${shown(numeric)}`, span }];
}

/** A point longer than this is not followed by hand. */
const LONGEST = 120;

function matrixText({ rows, cols, data }: MatrixReport, number: (value: number) => string): string {
  if (data.length === 1) return number(data[0] as number);
  return `[${Array.from({ length: rows }, (_, i) =>
    data
      .slice(i * cols, (i + 1) * cols)
      .map(number)
      .join(' '),
  ).join('; ')}]`;
}

/** What rounding leaves of a zero, as a part of the largest number beside it. */
const NEGLIGIBLE = 1e-12;

/** Writes one of some numbers; where it is nothing beside the largest of them, or beside 1 where that is larger than usual, as zero. */
function numberBeside(numbers: readonly number[]): (value: number) => string {
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const least = NEGLIGIBLE * Math.min(Math.max(largest, Number.MIN_VALUE), 1);
  return (value) => Number((Math.abs(value) < least ? 0 : value).toPrecision(5)).toString();
}

/** What `name/undeclared` and the rules of shapes say anyway is not said twice. */
function inconclusive({ claim }: Examined): Found | null {
  if (claim.reason === MISFIT || claim.reason === UNREAD || claim.reason?.endsWith(' is not declared')) return null;
  return {
    code: 'verify/inconclusive',
    severity: 'hint',
    message: `This claim could not be verified: ${claim.reason ?? 'no reason is known'}.`,
    span: claim.span,
    related: [],
    fixes: [],
  };
}
