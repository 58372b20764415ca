import { readFileSync } from 'node:fs';
import type { Layout } from '../../src/protocol/report.ts';

/** A row of a table: what is differentiated, by what, with what given, and what comes out. */
export interface Row {
  readonly heading: string;
  readonly expression: string;
  readonly wrt: string;
  readonly given: string;
  readonly expected: string;
  /** What the books print, where the table is one of theirs. */
  readonly published?: string;
}

/** The rows of the tables of a Markdown file; in a cell `\|` is a bar and `;` parts statements. */
export function rowsOf(file: string): readonly Row[] {
  let heading = '';
  return readFileSync(file, 'utf8').split('\n').flatMap((line) => {
    if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '');
    const cells = line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim().replace(/^`|`$/g, '').replaceAll('\\|', '|'));
    const [expression, wrt, given, expected, published] = cells;
    if (expression === undefined || wrt === undefined || given === undefined || expected === undefined) return [];
    return expression === 'expression' || /^-+$/.test(expression) ? [] : [{ heading, expression, wrt, given, expected, ...(published ? { published } : {}) }];
  });
}

const LAYOUTS: readonly Layout[] = ['denominator', 'numerator', 'mixed'];

/** The heading names the layout, where it is not that of the gradient as a column. */
export function layoutOf({ heading }: Row): Layout {
  return LAYOUTS.find((layout) => heading.includes(layout)) ?? 'denominator';
}
