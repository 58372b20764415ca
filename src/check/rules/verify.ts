import type { Span } from '../../base/span.ts';
import type { Worst } from '../../numeric/verdict.ts';
import type { MatrixReport } from '../../protocol/report.ts';
import type { Found, FoundRelated } from '../checked-document.ts';
import { type Examined, MISFIT, UNREAD } from '../claims.ts';
import { quoted, type RuleContext } from '../words.ts';
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

function refuted(context: RuleContext, { equation, verdict, claim }: Examined): Found {
  const at = verdict.steps.findIndex((step) => step.status === 'refuted');
  const step = equation.sides[at + 1] ?? equation.sides[0];
  const worst = verdict.steps[at]?.worst;
  const first = equation.sides[0];
  const shown = numberBeside(worst === undefined ? [] : [worst.claimed, worst.numeric]);
  const where =
    worst === undefined
      ? ''
      : ` ${claim.method === 'directions' ? 'Along one direction ' : entryOf(worst)}it gives ${shown(worst.claimed)}, ${equation.kind === 'identity' ? 'the left side gives' : 'the definitions give'} ${shown(worst.numeric)}.`;
  const compared =
    step === undefined || first === undefined ? 'This step is wrong.' : `${quoted(context, step)} is not ${quoted(context, first)}.`;
  return {
    code: 'verify/refuted',
    severity: 'error',
    message: `${compared}${where}`,
    span: step?.span ?? claim.span,
    related: related(claim, step?.span ?? claim.span),
    fixes: [],
  };
}

/** `At entry (2, 1): ` of a matrix, `At entry 2: ` of a vector. */
function entryOf({ row, col, size }: Worst): string {
  if (size.rows * size.cols === 1) return 'At a random point ';
  if (size.cols === 1 || size.rows === 1) return `At entry ${Math.max(row, col) + 1} `;
  return `At entry (${row + 1}, ${col + 1}) `;
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
