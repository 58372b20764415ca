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
  const where =
    worst === undefined
      ? ''
      : ` ${claim.method === 'directions' ? 'Along one direction ' : entryOf(worst)}it gives ${number(worst.claimed)}, ${equation.kind === 'identity' ? 'the left side gives' : 'the definitions give'} ${number(worst.numeric)}.`;
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
  const point = values.map((value) => `${value.name} = ${matrixText(value)}`).join(', ');
  return point.length > LONGEST
    ? []
    : [{ message: `by hand: at ${point} it gives ${matrixText(claimed)}, the definitions give ${matrixText(numeric)}`, span }];
}

/** A point longer than this is not followed by hand. */
const LONGEST = 120;

function matrixText({ rows, cols, data }: MatrixReport): string {
  if (data.length === 1) return number(data[0] as number);
  return `[${Array.from({ length: rows }, (_, i) =>
    data
      .slice(i * cols, (i + 1) * cols)
      .map(number)
      .join(' '),
  ).join('; ')}]`;
}

function number(value: number): string {
  return Number((Math.abs(value) < 1e-12 ? 0 : value).toPrecision(5)).toString();
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
