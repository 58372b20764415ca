import type { Surface } from '../check/check-document.ts';
import type { FoundEdit } from '../check/checked-document.ts';
import { GREEK } from '../syntax/name.ts';
import { regionAt } from './region.ts';

/** The signs of plain notation that a keyboard lacks, by the words that are typed for them behind a backslash. */
export const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(GREEK),
  ['nabla', '∇'],
  ['grad', '∇'],
  ['partial', '∂'],
  ['pd', '∂'],
  ['x', '×'],
  ['times', '×'],
  ['cdot', '·'],
  ['odot', '⊙'],
  ['oslash', '⊘'],
  ['otimes', '⊗'],
  ['ox', '⊗'],
  ['circ', '∘'],
  ['top', "'"],
  ['T', "'"],
  ['prime', "'"],
  ['R', 'ℝ'],
  ['in', '∈'],
  ['to', '→'],
  ['r', '→'],
  ['sum', 'Σ'],
  ['prod', '∏'],
  ['sqrt', '√'],
  ['le', '≤'],
  ['ge', '≥'],
  ['ne', '≠'],
  ['approx', '≈'],
  ['propto', '∝'],
  ['equiv', '≡'],
  ['sim', '~'],
  ['langle', '⟨'],
  ['rangle', '⟩'],
  ['<', '⟨'],
  ['>', '⟩'],
  ['dots', '…'],
  ['succ', '≻'],
  ['succeq', '⪰'],
  ['dagger', '†'],
  ['pm', '±'],
]);

/** What ends an abbreviation when it is typed behind it. */
export const ABBREVIATION_ENDS: readonly string[] = [' ', '\n', ..."_^'+-*/=()[],;:.|\\"];

/**
 * The edit that puts the sign of an abbreviation in its place, as soon as `typed` ends it; `offset` is behind
 * `typed`. Null where nothing is abbreviated.
 */
export function expandAbbreviation(text: string, surface: Surface, offset: number, typed: string): FoundEdit | null {
  const end = typed === '\n' ? lineEndAbove(text, offset) : offset - typed.length;
  const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  const word = /\\([A-Za-z]+|[<>])$/.exec(line)?.[1];
  const sign = word === undefined ? undefined : ABBREVIATIONS.get(word);
  if (word === undefined || sign === undefined || line.includes('//') || regionAt(text, surface, end) !== 'statement') return null;
  return { span: { start: end - word.length - 1, end }, newText: sign };
}

/** After Enter the cursor stands on a new line, perhaps an indented one. */
function lineEndAbove(text: string, offset: number): number {
  const newline = text.lastIndexOf('\n', offset - 1);
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}
