import type { ApplyTerm, Term } from '../ops/term.ts';
import { constantOf, isOpen } from '../shape/dimension.ts';
import { isScalar, isWide, type MatrixShape, matrix, SCALAR, type Shape } from '../shape/shape.ts';
import { rewind, unify, unifyShapes } from '../shape/unify.ts';
import { contract } from './contract.ts';
import { type Inference, known, open, report } from './inference.ts';
import { formOf } from './layout-shapes.ts';

/** Whether a shape is that of a scalar; `open` where an unknown leaves it undecided. */
function scalarness(shape: Shape): 'yes' | 'no' | 'open' {
  if (shape.kind === 'tensor') return 'no';
  if (isScalar(shape)) return 'yes';
  return isWide(shape.rows) || isWide(shape.cols) ? 'no' : 'open';
}

const WIDE_CONSTANTS: ReadonlySet<string> = new Set(['ones', 'identity', 'basis']);

/** `\mathbf 1`, `I`, `e_i`, what is taken to be a column or a matrix, and what is made of them are no scalars, though their size may not be known yet. */
function isNoScalar(inference: Inference, term: Term): boolean {
  if (term.kind === 'symbol')
    return inference.noScalars.has(term.id) || isWideByItself(inference.derivation.symbols.get(term.id)?.definition?.body);
  if (term.kind === 'binder') return term.binder === 'sum' && isNoScalar(inference, term.body);
  if (term.kind !== 'apply') return false;
  const isWideOne = (arg: Term | undefined) => arg !== undefined && isNoScalar(inference, arg);
  switch (term.op) {
    case 'transpose':
    case 'diag':
    case 'neg':
    case 'inverse':
      return isWideOne(term.args[0]);
    case 'add':
    case 'sub':
      return term.args.some(isWideOne);
    case 'mul': {
      const unscaled = term.args.filter((arg) => !isNumber(inference, arg));
      return unscaled.some(isWideOne) && (unscaled.length === 1 || isOuterProduct(inference, unscaled));
    }
    default:
      return WIDE_CONSTANTS.has(term.op);
  }
}

/** `e_k e_l'`: a column times a row, neither of them a number. */
function isOuterProduct(inference: Inference, factors: readonly Term[]): boolean {
  const shapes = factors.map((one) => inference.shapes.get(one)).map((shape) => (shape === undefined ? shape : known(inference, shape)));
  const [column, row] = shapes;
  if (factors.length !== 2 || column?.kind !== 'matrix' || row?.kind !== 'matrix') return false;
  return constantOf(column.cols) === 1 && constantOf(row.rows) === 1 && factors.every((one) => isNoScalar(inference, one));
}

/** `2`, and `\lambda^2` where that is known to be a scalar. */
function isNumber(inference: Inference, term: Term): boolean {
  if (term.kind === 'number') return true;
  const shape = inference.shapes.get(term);
  return shape !== undefined && scalarness(known(inference, shape)) === 'yes';
}

/** `I + A`, `diag(c)`: whatever the letters in it are. */
function isWideByItself(term: Term | undefined): boolean {
  if (term?.kind !== 'apply') return false;
  return term.op === 'identity' || term.op === 'diag' || ((term.op === 'add' || term.op === 'sub') && term.args.some(isWideByItself));
}

/**
 * The shape of a product of two or more factors: scalars scale, the others are multiplied from the
 * left. Null while a factor may still turn out to be a scalar.
 */
export function inferProduct(inference: Inference, term: ApplyTerm, shapes: readonly Shape[], expected: Shape | null): Shape | null {
  // Whatever it turns out to be, scaled it has its own shape.
  const unscaled = shapes.filter((shape) => scalarness(shape) !== 'yes');
  if (unscaled.length === 1) return unscaled[0] as Shape;
  const undecided = shapes.flatMap((shape, at) =>
    scalarness(shape) === 'open' && !isNoScalar(inference, term.args[at] as Term) ? [at] : [],
  );
  if (undecided.length > 0 && !isNoScale(inference, term, shapes, undecided, expected)) return null;
  let result: Shape = shapes[0] as Shape;
  for (let at = 1; at < shapes.length; at++) {
    const next = known(inference, shapes[at] as Shape);
    const joined = isOneByOne(inference, result, next, term.args[at] as Term) ? null : join(inference, known(inference, result), next);
    if (joined !== null) {
      result = joined;
      continue;
    }
    const run = scalarRun(inference, shapes, at);
    if (run === 0) return misfit(inference, term, at, [known(inference, result), next]);
    at += run - 1;
  }
  return known(inference, result);
}

/**
 * Whether the one factor that is undecided cannot be a scalar, since the others do not fit without it, or would
 * give another shape than the product must have.
 */
function isNoScale(
  inference: Inference,
  term: ApplyTerm,
  shapes: readonly Shape[],
  [at, ...more]: readonly number[],
  expected: Shape | null,
): boolean {
  if (at === undefined || more.length > 0 || !isMadeOfSymbols(term.args[at] as Term)) return false;
  const mark = inference.unifier.trail.length;
  const others = shapes.filter((_, other) => other !== at);
  const without = others.reduce<Shape | null>(
    (left, right) => (left === null ? null : join(inference, known(inference, left), known(inference, right))),
    SCALAR,
  );
  const fits = without !== null && (expected === null || unifyShapes(inference.unifier, without, expected));
  rewind(inference.unifier, mark);
  return !fits;
}

/** A letter, its transpose and the like; what was not understood, or waits itself, decides nothing. */
function isMadeOfSymbols(term: Term): boolean {
  return term.kind === 'symbol' || (term.kind === 'apply' && term.args.length > 0 && term.args.every(isMadeOfSymbols));
}

/** Whether a `\mathbf 1` or an `I` that stands behind a column would have to be a number to fit. */
function isOneByOne(inference: Inference, left: Shape, right: Shape, term: Term): boolean {
  const before = known(inference, left);
  if (before.kind === 'tensor' || right.kind === 'tensor' || !isOpen(right.rows) || term.kind !== 'apply' || !WIDE_CONSTANTS.has(term.op))
    return false;
  return scalarness(before) === 'no' && constantOf(before.cols) === 1;
}

function misfit(inference: Inference, term: ApplyTerm, at: number, shapes: readonly [Shape, Shape]): Shape {
  report(inference, { kind: 'product', term, left: term.args.slice(0, at), right: term.args[at] as Term, shapes });
  return open(inference);
}

/** The product of two shapes, or null where their inner dimensions differ. */
function join(inference: Inference, left: Shape, right: Shape): Shape | null {
  if (scalarness(left) === 'yes') return right;
  if (scalarness(right) === 'yes') return left;
  if (left.kind === 'tensor' || right.kind === 'tensor') {
    // Texts that broadcast also write such a product in the order of another layout: the axes that meet are the same.
    return contract(inference.unifier, left, right) ?? (inference.broadcast ? contract(inference.unifier, right, left) : null);
  }
  return unify(inference.unifier, left.cols, right.rows) ? matrix(left.rows, right.cols) : null;
}

/** How many factors from `at` on make a scalar among themselves: `x' x` in `W x' x`. */
function scalarRun(inference: Inference, shapes: readonly Shape[], at: number): number {
  let result: Shape | null = shapes[at] as Shape;
  for (let length = 1; result !== null && at + length <= shapes.length; length++) {
    if (length > 1 && scalarness(result) === 'yes') return length;
    const next: Shape | undefined = shapes[at + length];
    const fits: boolean =
      result.kind === 'matrix' &&
      next?.kind === 'matrix' &&
      known(inference, next).kind === 'matrix' &&
      innerEqual(inference, result, next);
    result = fits && next !== undefined ? join(inference, result, next) : null;
  }
  return 0;
}

function innerEqual(inference: Inference, left: MatrixShape, right: MatrixShape): boolean {
  const a = known(inference, left) as MatrixShape;
  const b = known(inference, right) as MatrixShape;
  return a.cols.key === b.rows.key && !isOpen(a.cols);
}

/** `x · y`: of two columns the inner product, otherwise a product. */
export function inferDot(inference: Inference, term: ApplyTerm, shapes: readonly Shape[], expected: Shape | null): Shape | null {
  const [a, b] = shapes as readonly [Shape, Shape];
  const columns = a.kind === 'matrix' && b.kind === 'matrix' && formOf(a) === 'column' && formOf(b) === 'column';
  if (!columns) return inferProduct(inference, term, shapes, expected);
  if (unify(inference.unifier, a.rows, b.rows)) return matrix(a.cols, b.cols);
  return misfit(inference, term, 1, [a, b]);
}
