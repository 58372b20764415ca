import type { Surface } from '../check/check-document.ts';

/** What is written at a place: statements in plain notation, or formulas in LaTeX. */
export type Region = 'statement' | 'mathematics';

/** Whether statements or formulas are written at an offset; null in prose. */
export function regionAt(text: string, surface: Surface, offset: number): Region | null {
  if (surface === 'plain') return 'statement';
  if (surface === 'latex')
    return /^[^\n]*%+\s*chainrule:[^\n]*$/.test(lineBefore(text, offset)) ? 'statement' : mathematicsAt(text, offset);
  return isInComment(text, offset) || isInFence(text, offset) ? 'statement' : mathematicsAt(text, offset);
}

/** The line of an offset up to it. */
export function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function isInComment(text: string, offset: number): boolean {
  const open = text.lastIndexOf('<!--', offset);
  return open >= 0 && text.lastIndexOf('-->', offset - 1) < open && /^<!--\s*chainrule:/.test(text.slice(open, offset));
}

function isInFence(text: string, offset: number): boolean {
  const fences = [...text.slice(0, offset).matchAll(/^[ \t]*(?:`{3,}|~{3,})(.*)$/gm)];
  return fences.length % 2 === 1 && /^\s*\{?\.?(?:deriv|chainrule)\b/.test(fences.at(-1)?.[1] ?? '');
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
