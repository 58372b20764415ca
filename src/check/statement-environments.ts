import type { Span } from '../base/span.ts';

const BOUNDARY = /\\(begin|end)\{((?:def|dfn|thm|theorem|lem|prop|cor|ex|eg|rem|rmk|problem|question|frame|slide|aside|note)[a-z]*)\*?\}/g;

/** The definition, lemma, exercise or slide of a LaTeX text that an offset stands in, the innermost one. Null outside of them. */
export function statementAt(text: string, offset: number): Span | null {
  const open: number[] = [];
  for (const { 1: side, 0: whole, index } of text.matchAll(BOUNDARY)) {
    const start = side === 'begin' ? open.push(index) && null : (open.pop() ?? null);
    if (start !== null && start <= offset && offset < index + whole.length) return { start, end: index + whole.length };
  }
  return null;
}
