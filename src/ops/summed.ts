/** How a number is made of a sum over the entries of its operands, such as a norm of that of their squares. */
export interface Summed {
  readonly sumOf: (value: number) => number;
  readonly valueOf: (sum: number) => number;
}

export const PLAIN_SUM: Summed = { sumOf: (value) => value, valueOf: (sum) => sum };

/** The root of a sum of squares; what rounding leaves below zero is zero. */
export const ROOT_OF_SQUARES: Summed = { sumOf: (value) => value * value, valueOf: (sum) => Math.sqrt(Math.max(sum, 0)) };
