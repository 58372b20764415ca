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

const HASH = 35;
const PERCENT = 37;
const BACKSLASH = 92;

/** Tokens, and the control sequences that occur among them. */
export interface TexTokens {
  readonly raws: readonly Raw[];
  /** As often as they occur. */
  readonly commands: readonly string[];
}

/** The TeX tokens between two offsets; comments are skipped. Total, and linear in the length. */
export function texTokens(text: string, span: Span): TexTokens {
  const raws: Raw[] = [];
  const commands: string[] = [];
  for (let at = span.start; at < span.end; ) {
    const code = text.charCodeAt(at);
    if (isAlone(code)) {
      raws.push({ text: text.charAt(at), start: at, end: ++at });
      continue;
    }
    const blank = isBlank(code);
    // What the end of the range cuts off is not there.
    const end = Math.min(blank ? blanksEnd(text, at + 1) : tokenEnd(text, at, code), span.end);
    // All blanks are one.
    const token = blank ? ' ' : text.slice(at, end);
    if (code !== PERCENT) raws.push({ text: token, start: at, end });
    if (code === BACKSLASH) commands.push(token);
    at = end;
  }
  return { raws, commands };
}

/** Whether a character is always a token by itself, as most are. */
function isAlone(code: number): boolean {
  return code > PERCENT && code < 127 && code !== BACKSLASH;
}

function tokenEnd(text: string, at: number, code: number): number {
  if (code === BACKSLASH) return isWordCode(text.charCodeAt(at + 1)) ? wordEnd(text, at + 2) : characterEnd(text, at + 1);
  if (code === PERCENT) return lineEnd(text, at);
  if (code === HASH && /[1-9]/.test(text.charAt(at + 1))) return at + 2;
  return characterEnd(text, at);
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (isWordCode(text.charCodeAt(end))) end++;
  return end;
}

function blanksEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && isBlank(text.charCodeAt(end))) end++;
  return end;
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

/** Behind the character at an offset: two code units where it is a surrogate pair. */
function characterEnd(text: string, at: number): number {
  return text.charCodeAt(at) < 0xd800 || (text.codePointAt(at) ?? 0) <= 0xffff ? at + 1 : at + 2;
}

/** What may go on in a control word: letters and `@`. */
function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 64 && code <= 90);
}

function isBlank(code: number): boolean {
  return code <= 32 ? code === 32 || (code >= 9 && code <= 13) : code >= 128 && /\s/.test(String.fromCharCode(code));
}

/** The control sequences among tokens. */
export function commandsIn(raws: readonly Raw[]): readonly string[] {
  return raws.flatMap(({ text }) => (text.length > 1 && text.charCodeAt(0) === BACKSLASH ? [text] : []));
}

export function isControlWord(raw: Raw): boolean {
  return raw.text.charCodeAt(0) === BACKSLASH && isWordCode(raw.text.charCodeAt(1));
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

/** The text of tokens from one number up to, and without, another, as it was or might have been written. */
export function rawText(raws: readonly Raw[], from = 0, to = raws.length): string {
  let text = '';
  for (let at = from; at < to; at++) text += raws[at]?.text ?? '';
  return text;
}
