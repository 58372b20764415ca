import type { Span } from '../base/span.ts';
import type { Surface } from '../check/check-document.ts';

/** A file that a LaTeX document reads, where it is named. */
export interface InputLink {
  readonly span: Span;
  readonly path: string;
}

const INPUT = /\\(?:input|include|subfile)\s*\{([^{}\n]+)\}/g;

/** The files that a LaTeX document reads; a comment names none. */
export function inputLinks(text: string, surface: Surface): readonly InputLink[] {
  if (surface !== 'latex') return [];
  return [...text.matchAll(INPUT)].flatMap((found) => {
    if (isCommented(text, found.index)) return [];
    const written = found[1] as string;
    const path = written.trim();
    const start = found.index + found[0].lastIndexOf(written) + written.indexOf(path);
    return [{ path, span: { start, end: start + path.length } }];
  });
}

function isCommented(text: string, offset: number): boolean {
  return /(?:^|[^\\])%/.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
}
