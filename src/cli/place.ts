import type { Range } from '../protocol/report.ts';

/** Anything in a report that says where it stands. */
export interface Placed {
  readonly range: Range;
  readonly cell?: number;
}

/** `notes.md:14:5`, in a notebook `notes.ipynb:cell 3:1:5`: counted from 1, as people and terminals do. */
export function placeOf(path: string, { range, cell }: Placed): string {
  const inside = cell === undefined ? '' : `:cell ${cell + 1}`;
  return `${path}${inside}:${range.start.line + 1}:${range.start.character + 1}`;
}
