import type { Span } from '../base/span.ts';

/**
 * A token as TeX sees it, before any meaning: a control sequence with its backslash, a brace, blanks
 * (one token, a space), or one character. `#1` stands for a parameter in the body of a macro.
 */
export interface Raw {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const RAW = /\\(?:[A-Za-z@]+|[\s\S]|$)|%[^\n]*\n?|\s+|#[1-9]|[^\\\s]/uy;

/** The TeX tokens between two offsets; comments are skipped. Total, and linear in the length. */
export function texTokens(text: string, span: Span): Raw[] {
  const raws: Raw[] = [];
  for (let at = span.start; at < span.end; ) {
    RAW.lastIndex = at;
    const found = RAW.exec(text)?.[0] ?? text.charAt(at);
    const end = Math.min(at + Math.max(found.length, 1), span.end);
    if (!found.startsWith('%')) raws.push({ text: spelled(found, end - at), start: at, end });
    at = end;
  }
  return raws;
}

/** All blanks are one; what the end of the range cuts off is not there. */
function spelled(found: string, width: number): string {
  return found.trim() === '' && !found.startsWith('\\') ? ' ' : found.slice(0, width);
}

export function isControlWord(raw: Raw): boolean {
  return raw.text.length > 1 && raw.text.startsWith('\\') && /[A-Za-z@]/.test(raw.text.charAt(1));
}

/** The number of the first token from `at` on that is no blank. */
export function skipBlanks(raws: readonly Raw[], at: number): number {
  let next = at;
  while (raws[next]?.text === ' ') next++;
  return next;
}

/** The number of the `}` that closes the `{` at `at`, or the number of tokens where none does. */
export function closingBrace(raws: readonly Raw[], at: number): number {
  for (let next = at, depth = 0; next < raws.length; next++) {
    if (raws[next]?.text === '{') depth++;
    else if (raws[next]?.text === '}' && --depth === 0) return next;
  }
  return raws.length;
}

/** The text of tokens, as it was or might have been written. */
export function rawText(raws: readonly Raw[]): string {
  let text = '';
  for (const raw of raws) text += raw.text;
  return text;
}
