import type { Span } from '../base/span.ts';

const MARKS = /\\begin\{([A-Za-z]+\*?)\}|\\end\{([A-Za-z]+\*?)\}|\\\[|\\\]|(?<!\\)\$\$|^[ \t]*(?:`{3,}|~{3,})/gm;

/** What a mark opens, and what it closes; two dollars do either. */
interface Mark {
  readonly opens: string | null;
  readonly closes: string | null;
}

function markOf([text, begins, ends]: RegExpMatchArray): Mark {
  if (begins !== undefined) return { opens: begins, closes: null };
  if (ends !== undefined) return { opens: null, closes: ends };
  if (text === '\\[') return { opens: '[', closes: null };
  if (text === '\\]') return { opens: null, closes: '[' };
  const either = text.trim()[0] === '$' ? '$' : 'fence';
  return { opens: either, closes: either };
}

/** Environments, displays and fences from their first mark to their last; what stands in a fence is no LaTeX, and what never closes is none. */
export function environmentSpans(text: string): readonly Span[] {
  const open: { readonly name: string; readonly start: number }[] = [];
  const found: Span[] = [];
  for (const match of text.matchAll(MARKS)) {
    const { opens, closes } = markOf(match);
    if (open.at(-1)?.name === 'fence' && closes !== 'fence') continue;
    const at = closes === null ? -1 : open.findLastIndex(({ name }) => name === closes);
    const [begun] = at < 0 ? [] : open.splice(at);
    if (begun !== undefined) found.push({ start: begun.start, end: match.index + match[0].length });
    else if (opens !== null) open.push({ name: opens, start: match.index + (/^[ \t]*/.exec(match[0])?.[0].length ?? 0) });
  }
  return found;
}
