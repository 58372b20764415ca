import { isDigit } from '../../base/characters.ts';
import type { Span } from '../../base/span.ts';
import { isDisplayEnvironment } from '../latex-symbols.ts';

/** A stretch of mathematics with its delimiters. */
export interface Delimited {
  /** Without the delimiters. */
  readonly inside: Span;
  readonly end: number;
  readonly displayed: boolean;
  /** False where the closing delimiter is missing. */
  readonly closed: boolean;
}

/** Finds where a string, or what a global expression matches, occurs next, in time that is linear over all of a document's questions. */
export type Finder = (needle: string | RegExp, from: number) => number;

/** One finder serves the reading of one text. */
export function finderIn(text: string): Finder {
  const last = new Map<string | RegExp, { readonly from: number; readonly found: number }>();
  return (needle, from) => {
    const known = last.get(needle);
    if (known !== undefined && known.from <= from && (known.found < 0 || known.found >= from)) return known.found;
    const found = typeof needle === 'string' ? text.indexOf(needle, from) : indexOfMatch(text, needle, from);
    last.set(needle, { from, found });
    return found;
  };
}

function indexOfMatch(text: string, expression: RegExp, from: number): number {
  expression.lastIndex = from;
  return expression.exec(text)?.index ?? -1;
}

/** No formula is longer than this; an opening delimiter without a partner nearby opens nothing. */
const LONGEST = 30_000;

/** What begins at an offset is decided by no more of the text than this: a formula, and the one behind it. */
export const FARTHEST = 2 * LONGEST + 5000;

/** The mathematics that begins at `at` and ends before `end`; null where none does. */
export function mathematicsAt(text: string, at: number, end: number, find: Finder): Delimited | null {
  const code = text.charCodeAt(at);
  if (code === 36) return dollarsAt(text, at, end, find);
  if (code === 92) return isKramdown(text, at) ? between(at + 3, '$$', end, find, false) : commandAt(text, at, end, find);
  if (code === 60) return scriptAt(text, at, end, find);
  return code === 123 && text.startsWith('{math}`', at) ? between(at + 7, '`', end, find, false) : null;
}

function between(from: number, close: string, end: number, find: Finder, displayed: boolean): Delimited | null {
  const to = find(close, from);
  if (to < 0 || to + close.length > end || to - from > LONGEST) return null;
  return { inside: { start: from, end: to }, end: to + close.length, displayed, closed: true };
}

/** `\$$x$$`: kramdown escapes the first dollar of a formula that begins a line, so that it stands in the line. */
function isKramdown(text: string, at: number): boolean {
  return text.startsWith('\\$$', at) && text.charCodeAt(at + 3) !== 36 && text.charCodeAt(at - 1) !== 92;
}

function dollarsAt(text: string, at: number, end: number, find: Finder): Delimited | null {
  if (text.startsWith('$$', at)) return doubleDollars(text, at, end, find);
  if (text.startsWith('$`', at)) return between(at + 2, '`$', end, find, false);
  return singleDollars(text, at, end, find);
}

function doubleDollars(text: string, at: number, end: number, find: Finder): Delimited | null {
  const found = between(at + 2, '$$', end, find, true);
  return found === null || text.slice(found.inside.start, found.inside.end).trim() === '' ? null : found;
}

/** The next dollar that is not escaped; -1 where there is none before `end`. */
function nextDollar(text: string, from: number, end: number, find: Finder): number {
  let to = find('$', from);
  while (to > 0 && to < end && isEscaped(text, to)) to = find('$', to + 1);
  return to < end && to - from <= LONGEST ? to : -1;
}

export function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 92) slashes++;
  return slashes % 2 === 1;
}

/** `$x$`; a sum of money is none: `$5 and $6`, `$20/$30`. */
function singleDollars(text: string, at: number, end: number, find: Finder): Delimited | null {
  const to = nextDollar(text, at + 1, end, find);
  if (to < 0 || to === at + 1) return null;
  const inside = text.slice(at + 1, to);
  const spacedOpen = inside.trimStart() !== inside;
  const spacedClose = inside.trimEnd() !== inside;
  if (isDigit(text.charAt(to + 1)) || isMoney(inside)) return null;
  if ((spacedOpen || spacedClose) && !(isClearlyMathematics(inside) && (spacedOpen === spacedClose || inside.includes('\\')))) return null;
  return { inside: { start: at + 1, end: to }, end: to + 1, displayed: false, closed: true };
}

function isMoney(inside: string): boolean {
  return /^\d[\d.,]*(?:[kKMB]|\s+[a-zA-Z]{2,})/.test(inside) && !inside.includes('\\') && !/[=^_]/.test(inside);
}

function isClearlyMathematics(inside: string): boolean {
  return /[\\^_=<>+]/.test(inside) || inside.trim().length <= 3;
}

function commandAt(text: string, at: number, end: number, find: Finder): Delimited | null {
  for (const [open, close, displayed] of PAIRS) {
    if (!text.startsWith(open, at)) continue;
    const found = between(at + open.length, close, end, find, displayed);
    return found !== null && (open !== '\\[' || isClearlyMathematics(text.slice(found.inside.start, found.inside.end))) ? found : null;
  }
  return text.startsWith('\\begin{', at) ? environmentAt(text, at, end, find) : null;
}

const PAIRS: readonly (readonly [open: string, close: string, displayed: boolean])[] = [
  ['\\\\(', '\\\\)', false],
  ['\\\\[', '\\\\]', true],
  ['\\(', '\\)', false],
  ['\\[', '\\]', true],
];

/** `\begin{align} … \end{align}` without delimiters; its inside keeps the environment. */
function environmentAt(text: string, at: number, end: number, find: Finder): Delimited | null {
  const name = /^\\begin\{([A-Za-z]+\*?)\}/.exec(text.slice(at, at + 40))?.[1];
  if (name === undefined || !isDisplayEnvironment(name)) return null;
  const found = between(at, `\\end{${name}}`, end, find, true);
  return found === null ? null : { ...found, inside: { start: at, end: found.end } };
}

const SCRIPT = /^<script\s+type=["']math\/tex(?:;\s*mode=(display))?[^>]*>/;

function scriptAt(text: string, at: number, end: number, find: Finder): Delimited | null {
  const open = SCRIPT.exec(text.slice(at, at + 80));
  return open === null ? null : between(at + open[0].length, '</script>', end, find, open[1] !== undefined);
}

/** All mathematics in a stretch of text that no other rule has cut up. */
export function mathematicsIn(text: string, span: Span, find: Finder): (Delimited & { readonly start: number })[] {
  const found: (Delimited & { readonly start: number })[] = [];
  const candidates = /[$\\<]/g;
  candidates.lastIndex = span.start;
  for (let next = candidates.exec(text); next !== null && next.index < span.end; next = candidates.exec(text)) {
    const one = isEscaped(text, next.index) ? null : mathematicsAt(text, next.index, span.end, find);
    if (one !== null) found.push({ ...one, start: next.index });
    const escapes = one === null && next[0] === '\\' && text.charAt(next.index + 1) === '\\' ? 2 : 1;
    candidates.lastIndex = one?.end ?? next.index + escapes;
  }
  return found;
}

// ---- displays over several lines

const BREAK = /\n[ \t>]*(?:\r?\n|#{1,6}[ \t]+\S|```|~~~|<!--)/y;
const BREAKS = new RegExp(BREAK, 'g');

/**
 * The display that opens on the line between two offsets and ends on a later one; null where none
 * does. One that is never closed ends where its paragraph does, so that it swallows nothing else.
 */
export function displayOpening(text: string, from: number, lineEnd: number, find: Finder): (Delimited & { readonly start: number }) | null {
  const line = text.slice(from, lineEnd);
  if (line.startsWith(':::')) return directiveAt(text, from, line);
  if (!line.includes('$$') && !line.includes('\\[') && !line.includes('\\begin{')) return null;
  for (let at = from; at < lineEnd; ) {
    const code = text.charCodeAt(at);
    if (code === 96) at = codeSpanEnd(text, at, lineEnd);
    else if (code !== 36 && code !== 92) at++;
    else {
      const within = mathematicsAt(text, at, lineEnd, find);
      const display = within === null ? multilineAt(text, at, from, lineEnd, find) : null;
      if (display !== null) return { ...display, start: at };
      at = within?.end ?? at + (code === 92 ? 2 : text.startsWith('$$', at) ? 2 : 1);
    }
  }
  return null;
}

/** MyST's `:::{math}`, with its options, up to a line of as many colons. */
function directiveAt(text: string, at: number, line: string): (Delimited & { readonly start: number }) | null {
  const colons = /^(:{3,})[ \t]*\{math\}[ \t]*\r?$/.exec(line)?.[1];
  if (colons === undefined) return null;
  const from = at + line.length + 1;
  const close = new RegExp(`\\n[ \\t>]*(${colons})[ \\t]*\\r?(?:\\n|$)`).exec(text.slice(from - 1, from + LONGEST));
  if (close === null) return null;
  const end = from - 1 + close.index;
  const inside = withoutOptions(text, { start: Math.min(from, end), end });
  return { start: at, inside, end: end + close[0].indexOf(colons) + colons.length, displayed: true, closed: true };
}

/** Options of a MyST directive stand on lines of their own at its top: `:label: eq1`. */
export function withoutOptions(text: string, inside: Span): Span {
  const options = /^(?:[ \t>]*(?::[\w-]+:[^\n]*|---)\r?\n)+/.exec(text.slice(inside.start, inside.end));
  return options === null ? inside : { start: Math.min(inside.start + options[0].length, inside.end), end: inside.end };
}

function codeSpanEnd(text: string, at: number, lineEnd: number): number {
  let ticks = at;
  while (text.charCodeAt(ticks) === 96) ticks++;
  const close = text.indexOf(text.slice(at, ticks), ticks);
  return close < 0 || close >= lineEnd ? ticks : close + (ticks - at);
}

function multilineAt(text: string, at: number, lineStart: number, lineEnd: number, find: Finder): Delimited | null {
  const opening = multilineDelimiter(text, at);
  if (opening === null) return null;
  const { open, close, environment } = opening;
  const end = find(close, at + open.length);
  const reachable =
    end >= 0 && end - at <= LONGEST && !isCutOff(text, at + open.length, end) && !opensAnother(text, at + open.length, end, opening, find);
  if (reachable) {
    const inside = environment ? { start: at, end: end + close.length } : { start: at + open.length, end };
    return { inside, end: end + close.length, displayed: true, closed: true };
  }
  const own = text.slice(lineStart, at).trim() === '' || text.slice(at + open.length, lineEnd).trim() === '';
  return own ? unclosed(text, at, opening, find) : null;
}

interface Delimiters {
  readonly open: string;
  readonly close: string;
  readonly environment: boolean;
}

function multilineDelimiter(text: string, at: number): Delimiters | null {
  if (text.startsWith('$$', at)) return { open: '$$', close: '$$', environment: false };
  if (text.startsWith('\\\\[', at)) return { open: '\\\\[', close: '\\\\]', environment: false };
  if (text.startsWith('\\[', at)) return { open: '\\[', close: '\\]', environment: false };
  const name = /^\\begin\{([A-Za-z]+\*?)\}/.exec(text.slice(at, at + 40))?.[1];
  if (name === undefined || !isDisplayEnvironment(name)) return null;
  return { open: `\\begin{${name}}`, close: `\\end{${name}}`, environment: true };
}

/** Whether prose, a heading or a fence stands between the delimiters, so that they are not a pair. */
function isCutOff(text: string, from: number, to: number): boolean {
  for (let newline = text.indexOf('\n', from); newline >= 0 && newline < to; newline = text.indexOf('\n', newline + 1)) {
    BREAK.lastIndex = newline;
    const found = BREAK.exec(text)?.[0];
    if (found === undefined) continue;
    if (!/^\n[ \t>]*\r?\n$/.test(found)) return true;
    if (isProse(text.slice(newline, Math.min(to, newline + 2000)).replace(/\\(?:text|mbox|textrm|mathrm)\s*\{[^}]*\}/g, ''))) return true;
  }
  return false;
}

/**
 * Whether the delimiter at `to` opens a display of its own: a blank line stands before it, and what
 * follows it is a display. Of an environment, whether another one like it begins first.
 */
function opensAnother(text: string, from: number, to: number, { open, close }: Delimiters, find: Finder): boolean {
  const blank = blankOutside(text.slice(from, to));
  if (blank < 0) return false;
  if (open !== close) {
    const again = find(open, from + blank);
    return again >= 0 && again < to;
  }
  const next = find(close, to + close.length);
  const following = next < 0 || next - to > LONGEST ? '' : text.slice(to + close.length, next);
  return following.trim() !== '' && !/\n[ \t>]*\r?\n/.test(following) && !isProse(following);
}

/** Where the first blank line stands that is not within an environment; -1 where there is none. */
function blankOutside(inside: string): number {
  const marks = /\n[ \t>]*(?=\r?\n)|\\begin\b|\\end\b/g;
  let depth = 0;
  for (let mark = marks.exec(inside); mark !== null; mark = marks.exec(inside)) {
    if (mark[0] === '\\begin') depth++;
    else if (mark[0] === '\\end') depth--;
    else if (depth <= 0) return mark.index;
  }
  return -1;
}

/** Three plain words in a row are no mathematics. */
function isProse(text: string): boolean {
  return /(?:^|[\s(])[A-Za-z][a-z]+,?\s+[a-z]{2,},?\s+[a-z]{2,}/.test(text);
}

function unclosed(text: string, at: number, { open, environment }: Delimiters, find: Finder): Delimited | null {
  const from = at + open.length;
  const end = find(BREAKS, from);
  const stop = end < 0 ? text.length : end;
  if (stop - at > LONGEST || text.slice(from, stop).trim() === '') return null;
  return { inside: { start: environment ? at : from, end: stop }, end: stop, displayed: true, closed: false };
}
