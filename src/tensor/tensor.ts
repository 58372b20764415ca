/** A dense matrix of numbers, row by row. */
export interface Tensor {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

export function tensor(rows: number, cols: number, values?: ArrayLike<number>): Tensor {
  return { rows, cols, data: values === undefined ? new Float64Array(rows * cols) : Float64Array.from(values) };
}
