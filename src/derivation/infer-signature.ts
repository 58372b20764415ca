import type { Pattern, ShapeRule } from '../ops/op.ts';
import type { ApplyTerm } from '../ops/term.ts';
import { constant, type Dim, times } from '../shape/dimension.ts';
import { type MatrixShape, matrix, type Shape } from '../shape/shape.ts';
import { freshDim, unifyShapes } from '../shape/unify.ts';
import { inferTerm } from './infer-term.ts';
import { type Inference, known, open, report } from './inference.ts';

/** The shape an operator with a signature gives: its letters are unknowns that the operands solve. */
export function inferSignature(inference: Inference, term: ApplyTerm, { params, result }: ShapeRule & { kind: 'signature' }): Shape {
  const letters = new Map<string, Dim>();
  for (const [at, param] of params.entries()) {
    const arg = term.args[at];
    if (arg === undefined) return open(inference);
    const shape = inferTerm(inference, arg);
    if (unifyShapes(inference.unifier, shape, instantiate(inference, param, letters))) continue;
    report(inference, { kind: 'argument', term, arg, needs: needOf(param), shape });
    return open(inference);
  }
  return known(inference, instantiate(inference, result, letters));
}

function instantiate(inference: Inference, { rows, cols }: Pattern, letters: Map<string, Dim>): MatrixShape {
  return matrix(dimensionOf(inference, rows, letters), dimensionOf(inference, cols, letters));
}

/** A digit, a letter, or a product of letters. */
function dimensionOf(inference: Inference, pattern: string, letters: Map<string, Dim>): Dim {
  if (/^\d$/.test(pattern)) return constant(Number(pattern));
  return [...pattern].map((letter) => letterDim(inference, letter, letters)).reduce(times);
}

function letterDim(inference: Inference, letter: string, letters: Map<string, Dim>): Dim {
  const existing = letters.get(letter);
  if (existing !== undefined) return existing;
  const fresh = freshDim(inference.unifier);
  letters.set(letter, fresh);
  return fresh;
}

/** What a parameter asks for, in words. */
function needOf({ rows, cols }: Pattern): string {
  if (rows === '1' && cols === '1') return 'a scalar';
  if (/^\d$/.test(rows) && cols === '1') return `a column of length ${rows}`;
  if (cols === '1') return 'a column vector';
  if (rows === '1') return 'a row vector';
  return rows === cols ? 'a square matrix' : 'a matrix';
}
