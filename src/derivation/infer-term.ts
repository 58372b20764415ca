import { OPS } from '../ops/table.ts';
import type { ApplyTerm, BinderTerm, CallTerm, MatrixTerm, Term } from '../ops/term.ts';
import { plus } from '../shape/dimension.ts';
import { type MatrixShape, SCALAR, type Shape, isScalar, matrix } from '../shape/shape.ts';
import { freshDim, unify, unifyShapes } from '../shape/unify.ts';
import { inferDerivative } from './infer-derivative.ts';
import { inferEntry, inferStack, rangeOfBinder } from './infer-index.ts';
import { inferSignature } from './infer-signature.ts';
import { SPECIAL_RULES } from './infer-special.ts';
import { type Inference, defer, known, open, report, setShape, symbolInfo, symbolShape } from './inference.ts';
import { formOf } from './layout-shapes.ts';

/** The shape of a term and, on the way, of every term below it. Problems are recorded, none is thrown. */
export function inferTerm(inference: Inference, term: Term): Shape {
  const found = inference.shapes.get(term);
  return found === undefined ? setShape(inference, term, shapeOfTerm(inference, term)) : known(inference, found);
}

function shapeOfTerm(inference: Inference, term: Term): Shape {
  switch (term.kind) {
    case 'number':
      // Zero has every shape.
      return term.value === 0 ? open(inference) : SCALAR;
    case 'symbol':
      return known(inference, symbolShape(inference, term.id));
    case 'apply':
      return inferApply(inference, term);
    case 'call':
      return inferCall(inference, term);
    case 'entry':
      return inferEntry(inference, term);
    case 'derivative':
      return inferDerivative(inference, term);
    case 'differential':
      return inferTerm(inference, term.of);
    case 'binder':
      return inferBinder(inference, term);
    case 'matrix':
      return inferMatrix(inference, term);
    case 'hole':
      for (const part of term.parts) inferTerm(inference, part);
      return open(inference);
  }
}

function inferApply(inference: Inference, term: ApplyTerm): Shape {
  for (const arg of term.args) inferTerm(inference, arg);
  const rule = OPS[term.op].shape;
  switch (rule.kind) {
    case 'entrywise':
      return inferTerm(inference, term.args[0] as Term);
    case 'signature':
      return inferSignature(inference, term, rule);
    case 'special':
      return defer(inference, term, () => {
        const special = SPECIAL_RULES[term.op];
        return special === undefined ? open(inference) : special(inference, term, term.args.map((arg) => inferTerm(inference, arg)));
      });
  }
}

// ---- functions of the document

function inferCall(inference: Inference, term: CallTerm): Shape {
  const shapes = term.args.map((arg) => inferTerm(inference, arg));
  if (term.callee.kind === 'op') return shapes[0] ?? open(inference);
  const info = symbolInfo(inference, term.callee.id);
  const params = info.from ?? (info.open ?? info.definition?.params ?? []).map((id) => symbolShape(inference, id));
  if (info.from !== null && isEntrywise(info.from, info.declared)) return shapes[0] ?? open(inference);
  params.forEach((param, at) => checkArgument(inference, term, at, param));
  if (term.order > 0) return derivativeOfCall(info.declared, shapes);
  return info.from !== null ? (info.declared as MatrixShape) : known(inference, symbolShape(inference, info.id));
}

/** `sigma : R -> R` works entry by entry. */
function isEntrywise(from: readonly MatrixShape[], to: MatrixShape | null): boolean {
  return from.length === 1 && isScalar(from[0] as MatrixShape) && to !== null && isScalar(to);
}

function checkArgument(inference: Inference, term: CallTerm, at: number, param: Shape): void {
  const arg = term.args[at];
  if (arg === undefined) return;
  const shape = inferTerm(inference, arg);
  if (unifyShapes(inference.unifier, shape, param)) return;
  report(inference, { kind: 'argument', term, arg, needs: 'its declared argument', shape });
}

/** `f'(x)`: of a scalar function of the shape of its argument, otherwise the Jacobian. */
function derivativeOfCall(value: MatrixShape | null, shapes: readonly Shape[]): Shape {
  const [arg = SCALAR] = shapes;
  if (value === null || isScalar(value) || arg.kind === 'tensor') return arg;
  return matrix(value.rows, arg.rows);
}

// ---- sums and matrices

function inferBinder(inference: Inference, term: BinderTerm): Shape {
  if (term.binder !== 'stack') rangeOfBinder(inference, term);
  const body = inferTerm(inference, term.body);
  switch (term.binder) {
    case 'stack':
      return inferStack(inference, term, body);
    case 'argmin':
      return open(inference);
    default:
      return body;
  }
}

/** Entries, or blocks whose heights agree along a row and whose widths add up alike. */
function inferMatrix(inference: Inference, term: MatrixTerm): Shape {
  const hasHoles = term.rows.some((row) => row.some((entry) => entry.kind === 'hole'));
  for (const entry of term.rows.flat()) inferTerm(inference, entry);
  if (hasHoles) return open(inference);
  return defer(inference, term, () => blocks(inference, term));
}

function blocks(inference: Inference, term: MatrixTerm): Shape | null {
  const shapes = term.rows.map((row) => row.map((entry) => inferTerm(inference, entry)));
  if (shapes.flat().some((shape) => shape.kind === 'tensor' || formOf(shape) === 'open')) return null;
  const rows = (shapes as MatrixShape[][]).map((row) => rowOfBlocks(inference, term, row));
  const width = rows[0]?.cols ?? freshDim(inference.unifier);
  rows.forEach((row, at) => {
    if (!unify(inference.unifier, width, row.cols)) blockProblem(inference, term, at, 0, row);
  });
  return matrix(rows.map((row) => row.rows).reduce(plus), width);
}

function rowOfBlocks(inference: Inference, term: MatrixTerm, row: readonly MatrixShape[]): MatrixShape {
  const [first, ...rest] = row as readonly [MatrixShape, ...MatrixShape[]];
  rest.forEach((block, at) => {
    if (!unify(inference.unifier, first.rows, block.rows)) blockProblem(inference, term, 0, at + 1, block);
  });
  return matrix(first.rows, row.map((block) => block.cols).reduce(plus));
}

function blockProblem(inference: Inference, term: MatrixTerm, row: number, column: number, shape: Shape): void {
  const arg = (term.rows[row]?.[column] ?? term) as Term;
  report(inference, { kind: 'argument', term, arg, needs: 'a block that fits the others', shape });
}
