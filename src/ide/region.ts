import type { Surface } from '../check/check-document.ts';
import { isStatementAt } from '../check/statement-places.ts';

/** What is written at a place: statements in plain notation, or formulas in LaTeX. */
export type Region = 'statement' | 'mathematics';

/** Whether statements or formulas are written at an offset; null in prose. */
export function regionAt(text: string, surface: Surface, offset: number): Region | null {
  if (surface === 'plain') return 'statement';
  return isStatementAt(text, surface === 'latex' ? 'latex' : 'markdown', offset) ? 'statement' : mathematicsAt(text, offset);
}

/** No formula that is being typed is longer. */
const NEARBY = 4000;

function mathematicsAt(text: string, offset: number): Region | null {
  const before = text.slice(Math.max(0, offset - NEARBY), offset);
  const paragraph = before.slice(Math.max(before.lastIndexOf('\n\n'), 0));
  const dollars = paragraph.replace(/\\\$/g, '').match(/\$\$?/g) ?? [];
  if (dollars.length % 2 === 1) return 'mathematics';
  const marks = [
    ...before.matchAll(/\\(begin|end)\{(?:equation|align|aligned|alignat|gather|multline|split|eqnarray|flalign|dmath)\*?\}|\\([[\]()])/g),
  ];
  const last = marks.at(-1);
  return last?.[1] === 'begin' || last?.[2] === '[' || last?.[2] === '(' ? 'mathematics' : null;
}
