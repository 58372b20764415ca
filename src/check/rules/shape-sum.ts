import type { Equation } from '../../derivation/derivation.ts';
import type { ShapeProblem } from '../../derivation/problem.ts';
import { type ApplyTerm, type Term, walk } from '../../ops/term.ts';
import { ONE, showDim } from '../../shape/dimension.ts';
import { isScalar, type MatrixShape, type Shape, showShape } from '../../shape/shape.ts';
import type { Found, FoundFix } from '../checked-document.ts';
import { fits, type NeededShape, neededShape } from '../needed-shape.ts';
import { inWords, origins, quoted, type RuleContext } from '../words.ts';

type SumProblem = ShapeProblem & { readonly kind: 'sum' | 'broadcast' };

const NAMES: Readonly<Record<string, string>> = {
  add: 'a sum',
  sub: 'a difference',
  plusMinus: 'a sum',
  hadamard: 'an entrywise product',
  hadamardDiv: 'an entrywise quotient',
  compose: 'an entrywise product',
  inner: 'an inner product',
};

/** `shape/sum`, `shape/broadcast`: the operands differ. The range is the operand that stands out. */
export function shapeSum(context: RuleContext, problem: SumProblem, equation: Equation | null): Found {
  const { left, right, shapes, term } = problem;
  const blamed = standsOut(context, problem, equation);
  const what = term.kind === 'apply' ? (NAMES[term.op] ?? 'this') : 'this';
  const alike = showShape(shapes[0]) === showShape(shapes[1]);
  const compared = alike
    ? `${quoted(context, left)} and ${quoted(context, right)} are both ${inWords(shapes[0])}`
    : `${quoted(context, left)} is ${inWords(shapes[0])} and ${quoted(context, right)} is ${inWords(shapes[1])}`;
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
function onesFor({ notation, text, say }: RuleContext, { left, right, shapes }: SumProblem): readonly FoundFix[] {
  const [number, shape] = left.kind === 'number' ? [left, shapes[1]] : [right, shapes[0]];
  if (number.kind !== 'number' || shape.kind !== 'matrix' || shape.rows.key === shape.cols.key) return [];
  const ones = notation === 'latex' ? onesInLatex(shape) : onesInPlain(shape);
  const newText = number.value === 1 ? ones : `${text.slice(number.span.start, number.span.end)} ${ones}`;
  const title = say('Replace `{0}` by `{1}`', text.slice(number.span.start, number.span.end), newText);
  return [{ title, edits: [{ span: number.span, newText }] }];
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

/** The operand that does not fit what stands around the sum, where the other one does. */
function unneeded(needed: NeededShape, { left, right, shapes: [a, b] }: SumProblem): Term | null {
  const [fitsLeft, fitsRight] = [a, b].map((shape) => shape.kind === 'matrix' && fits(needed, shape));
  return fitsLeft === fitsRight ? null : fitsLeft ? right : left;
}

/** The operand whose shape fewer of the terms of the whole sum have; a number beside something larger; or else the right one. */
function standsOut({ inferred: { shapes } }: RuleContext, problem: SumProblem, equation: Equation | null): Term {
  const {
    left,
    right,
    shapes: [a, b],
    term,
  } = problem;
  const terms = equation === null ? [] : termsBeside(equation, term);
  const votes = (shape: Shape) => terms.filter((one) => showShape(shapes.ofTerm(one)) === showShape(shape)).length;
  const [forLeft, forRight] = [votes(a), votes(b)];
  if (forLeft !== forRight) return forLeft < forRight ? left : right;
  const misfit = equation === null ? null : unneeded(neededShape(shapes, equation, term), problem);
  if (misfit !== null) return misfit;
  return isScalar(a) && !isScalar(b) ? left : right;
}

/** The terms of the largest sum around a sum, and where that is a side of its own the equation's first side. */
function termsBeside({ sides }: Equation, sum: Term): readonly Term[] {
  for (const [at, side] of sides.entries()) {
    const around = [...walk(side)].find((one) => isAdditive(one) && addends(one).some((inner) => inner === sum));
    if (around !== undefined)
      return [...addends(around).filter((one) => !isAdditive(one)), ...(around === side && at > 0 ? sides.slice(0, 1) : [])];
  }
  return [];
}

/** A sum with everything that is added in it, the sums within included. */
function addends(term: Term): readonly Term[] {
  return isAdditive(term) ? [term, ...term.args.flatMap(addends)] : [term];
}

/** What joins operands of one shape. */
const ADDITIVE: ReadonlySet<string> = new Set(['add', 'sub', 'neg', 'hadamard', 'compose', 'hadamardDiv']);

function isAdditive(term: Term): term is ApplyTerm {
  return term.kind === 'apply' && ADDITIVE.has(term.op);
}
