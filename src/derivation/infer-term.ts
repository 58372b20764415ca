import { OPS } from '../ops/table.ts';
import type { ApplyTerm, BinderTerm, CallTerm, DifferentialTerm, Term } from '../ops/term.ts';
import { isScalar, type MatrixShape, matrix, SCALAR, type Shape, showShape } from '../shape/shape.ts';
import { unifyShapes } from '../shape/unify.ts';
import { inferBlocks } from './infer-blocks.ts';
import { inferDerivative } from './infer-derivative.ts';
import { inferEntry, inferStack, rangeOfBinder } from './infer-index.ts';
import { inferSignature } from './infer-signature.ts';
import { SPECIAL_RULES } from './infer-special.ts';
import { because, defer, type Inference, known, open, report, setShape, symbolInfo, symbolShape } from './inference.ts';
import { formOf } from './layout-shapes.ts';

/** The shape of a term and, on the way, of every term below it. Problems are recorded, none is thrown. */
export function inferTerm(inference: Inference, term: Term): Shape {
  const found = inference.shapes.get(term);
  return found === undefined
    ? setShape(
        inference,
        term,
        because(inference, term.span, () => shapeOfTerm(inference, term)),
      )
    : known(inference, found);
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
      return inferDifferential(inference, term);
    case 'binder':
      return inferBinder(inference, term);
    case 'matrix':
      return inferBlocks(inference, term);
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
      return defer(inference, term, (expected) => {
        const special = SPECIAL_RULES[term.op];
        return special === undefined
          ? open(inference)
          : special(
              inference,
              term,
              term.args.map((arg) => inferTerm(inference, arg)),
              expected,
            );
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
  if (term.order > 0) return derivativeOfCall(info.declared ?? known(inference, symbolShape(inference, info.id)), shapes);
  return info.from !== null ? (info.declared as MatrixShape) : known(inference, symbolShape(inference, info.id));
}

/** `sigma : R -> R` works entry by entry. */
export function isEntrywise(from: readonly MatrixShape[], to: MatrixShape | null): boolean {
  return from.length === 1 && isScalar(from[0] as MatrixShape) && to !== null && isScalar(to);
}

function checkArgument(inference: Inference, term: CallTerm, at: number, param: Shape): void {
  const arg = term.args[at];
  if (arg === undefined) return;
  const shape = inferTerm(inference, arg);
  if (unifyShapes(inference.unifier, shape, param)) return;
  report(inference, { kind: 'argument', term, arg, needs: `an argument of ${showShape(known(inference, param))}`, shape });
}

/** `f'(x)`: of a scalar function of the shape of its argument, by a scalar of the shape of its value, otherwise the Jacobian. */
function derivativeOfCall(value: Shape, shapes: readonly Shape[]): Shape {
  const [arg = SCALAR] = shapes;
  if (value.kind === 'tensor' || arg.kind === 'tensor' || isScalar(value) || formOf(value) === 'open') return arg;
  return isScalar(arg) ? value : matrix(value.rows, arg.rows);
}

// ---- sums and matrices

/** `D F(X)[H]` needs a direction of the shape of X. */
function inferDifferential(inference: Inference, term: DifferentialTerm): Shape {
  const { of, along } = term;
  if (along === undefined) return inferTerm(inference, of);
  const variable = symbolShape(inference, along.by);
  const direction = inferTerm(inference, along.direction);
  if (!unifyShapes(inference.unifier, variable, direction))
    report(inference, {
      kind: 'argument',
      term,
      arg: along.direction,
      needs: `a direction of shape ${showShape(known(inference, variable))}`,
      shape: direction,
    });
  return inferTerm(inference, of);
}

function inferBinder(inference: Inference, term: BinderTerm): Shape {
  if (term.binder !== 'stack') rangeOfBinder(inference, term);
  if (term.comparison !== null) for (const side of [term.comparison.left, term.comparison.right]) inferTerm(inference, side);
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
