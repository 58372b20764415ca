import type { NamedMatrixReport } from '../protocol/report.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Program } from './program.ts';

/** A point with more numbers is not kept: nobody reads it, and every claim would carry it. */
const MOST_NUMBERS = 4096;

/** What a symbol, or the direction that one moves in, is at a point; a family stacks its members. */
interface Drawn {
  readonly name: string;
  readonly members: number;
  readonly value: Tensor;
}

/** What all symbols are at a point. Many points are seen and one of them is told of. */
export type Point = readonly Drawn[];

/** What the variables, and the directions they move in, are where a program was last computed; null where that is too much to keep. */
export function pointOf({ compiler: { variables, directions, derivation } }: Program): Point | null {
  const drawn = Array.from(variables.values(), ({ info, members, slot }) => ({ name: info.text, members, value: slot.tensor }));
  const moved = Array.from(directions, ([id, { tensor }]) => ({
    name: `d${derivation.symbols.get(id)?.text ?? id}`,
    members: 1,
    value: tensor,
  }));
  const all = [...drawn, ...moved];
  const numbers = all.reduce((sum, { value }) => sum + value.data.length, 0);
  return numbers > MOST_NUMBERS ? null : all.map((one) => ({ ...one, value: { ...one.value, data: one.value.data.slice() } }));
}

/** A point for those who read it. */
export function pointReport(point: Point): readonly NamedMatrixReport[] {
  return point.flatMap(membersOf);
}

/** Each member of a family is a matrix of its own. */
function membersOf({ name, members, value: { data, rows, cols } }: Drawn): readonly NamedMatrixReport[] {
  const each = rows / members;
  return Array.from({ length: members }, (_, at) => ({
    name: members === 1 ? name : `${name}_${at + 1}`,
    rows: each,
    cols,
    data: [...data.subarray(at * each * cols, (at + 1) * each * cols)],
  }));
}
