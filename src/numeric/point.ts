import type { NamedMatrixReport } from '../protocol/report.ts';
import type { Variable } from './frame.ts';
import type { Program } from './program.ts';

/** A point with more numbers is not kept: nobody reads it, and every claim would carry it. */
const MOST_NUMBERS = 4096;

/** What the variables, and the directions they move in, are where a program was last computed; null where that is too much to keep. */
export function pointOf({ compiler: { variables, directions, derivation } }: Program): readonly NamedMatrixReport[] | null {
  const drawn = [...variables.values()];
  const moved = [...directions].map(([id, { tensor }]) => ({
    name: `d${derivation.symbols.get(id)?.text ?? id}`,
    rows: tensor.rows,
    cols: tensor.cols,
    data: tensor.data,
  }));
  const numbers = [...drawn.map(({ slot }) => slot.tensor), ...moved].reduce((sum, { data }) => sum + data.length, 0);
  return numbers > MOST_NUMBERS ? null : [...drawn.flatMap(membersOf), ...moved.map((one) => ({ ...one, data: [...one.data] }))];
}

/** Each member of a family is a matrix of its own. */
function membersOf({
  info,
  slot: {
    tensor: { data, rows, cols },
  },
  members,
}: Variable): readonly NamedMatrixReport[] {
  const each = rows / members;
  return Array.from({ length: members }, (_, at) => ({
    name: members === 1 ? info.text : `${info.text}_${at + 1}`,
    rows: each,
    cols,
    data: [...data.subarray(at * each * cols, (at + 1) * each * cols)],
  }));
}
