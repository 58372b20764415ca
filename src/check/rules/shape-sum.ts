import type { ShapeProblem } from '../../derivation/problem.ts';
import { ONE, showDim } from '../../shape/dimension.ts';
import { type MatrixShape, isScalar } from '../../shape/shape.ts';
import type { Found, FoundFix } from '../checked-document.ts';
import { type RuleContext, inWords, origins, quoted } from '../words.ts';

type SumProblem = ShapeProblem & { readonly kind: 'sum' | 'broadcast' };

const NAMES: Readonly<Record<string, string>> = { add: 'a sum', sub: 'a difference', hadamard: 'an entrywise product', hadamardDiv: 'an entrywise quotient', compose: 'an entrywise product', inner: 'an inner product' };

/** `shape/sum`, `shape/broadcast`: the operands differ. The range is the operand that stands out. */
export function shapeSum(context: RuleContext, problem: SumProblem): Found {
  const { left, right, shapes, term } = problem;
  const blamed = isScalar(shapes[0]) && !isScalar(shapes[1]) ? left : right;
  const what = term.kind === 'apply' ? (NAMES[term.op] ?? 'this') : 'this';
  const compared = `${quoted(context, left)} is ${inWords(shapes[0])} and ${quoted(context, right)} is ${inWords(shapes[1])}`;
  const broadcast = problem.kind === 'broadcast';
  return {
    code: broadcast ? 'shape/broadcast' : 'shape/sum',
    severity: broadcast ? 'information' : 'error',
    message: broadcast ? `Read entry by entry: ${compared}.` : `The operands of ${what} must have one shape, but ${compared}.`,
    span: blamed.span,
    related: origins(context, [left, right]),
    fixes: broadcast ? [] : onesFor(context, problem),
  };
}

/** `ones(n) - z` for `1 - z`, which is what a number beside a vector stands for; beside a square matrix it may be the identity. */
function onesFor({ notation, text }: RuleContext, { left, right, shapes }: SumProblem): readonly FoundFix[] {
  const [number, shape] = left.kind === 'number' ? [left, shapes[1]] : [right, shapes[0]];
  if (number.kind !== 'number' || shape.kind !== 'matrix' || shape.rows.key === shape.cols.key) return [];
  const ones = notation === 'latex' ? onesInLatex(shape) : onesInPlain(shape);
  const newText = number.value === 1 ? ones : `${text.slice(number.span.start, number.span.end)} ${ones}`;
  return [{ title: `Replace \`${text.slice(number.span.start, number.span.end)}\` by \`${newText}\``, edits: [{ span: number.span, newText }] }];
}

function onesInPlain(shape: MatrixShape): string {
  return isColumn(shape) ? `ones(${showDim(shape.rows)})` : `ones(${showDim(shape.rows)}, ${showDim(shape.cols)})`;
}

function onesInLatex(shape: MatrixShape): string {
  return isColumn(shape) ? '\\mathbf 1' : `\\mathbf 1_{${showDim(shape.rows)} \\times ${showDim(shape.cols)}}`;
}

function isColumn({ cols }: MatrixShape): boolean {
  return cols.key === ONE.key;
}
