import type { MatrixShape } from '../shape/shape.ts';
import type { Value } from './algebra/value.ts';

/**
 * How an operator changes with its operands:
 * - `constant`: not at all, wherever it has a derivative
 * - `means`: it is short for an expression of other operators
 * - `entrywise`: a function of one number at every entry, with its derivative
 * - `pullback`: given the cotangent of the value, that of an operand; null where it has no form in matrices
 * - `none`: there is no rule, and why
 */
export type Differential =
  | { readonly kind: 'constant' }
  | { readonly kind: 'means'; readonly means: (args: readonly Value[], shape: MatrixShape) => Value }
  | { readonly kind: 'entrywise'; readonly derivative: (x: Value, value: Value) => Value }
  | { readonly kind: 'pullback'; readonly pull: Pullback }
  | { readonly kind: 'none'; readonly reason: string };

/** What a cotangent is pulled back through: the operand at a place of an operator with this value. */
export interface Pulled {
  readonly cotangent: Value;
  readonly at: number;
  readonly args: readonly Value[];
  readonly value: Value;
}

export type Pullback = (pulled: Pulled) => Value | null;

export const CONSTANT: Differential = { kind: 'constant' };

export function means(expression: (args: readonly Value[], shape: MatrixShape) => Value): Differential {
  return { kind: 'means', means: expression };
}

export function derivative(of: (x: Value, value: Value) => Value): Differential {
  return { kind: 'entrywise', derivative: of };
}

export function pullback(pull: Pullback): Differential {
  return { kind: 'pullback', pull };
}

/** The pullback of an operator with one operand. */
export function pullbackOne(pull: (cotangent: Value, x: Value, value: Value) => Value | null): Differential {
  return { kind: 'pullback', pull: ({ cotangent, args, value }) => pull(cotangent, args[0] as Value, value) };
}

export function none(reason: string): Differential {
  return { kind: 'none', reason };
}
