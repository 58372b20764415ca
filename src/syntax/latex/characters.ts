import { isDigit } from '../../base/characters.ts';
import { CHARACTERS, type Meaning } from '../latex-symbols.ts';
import { functionNamed } from '../notation.ts';
import { LOWERED, RAISED, scriptParts } from '../script-signs.ts';
import { rawText } from '../tex-tokens.ts';
import type { TokenKind } from '../token.ts';
import { emit, emitNumber, type Lexer, spanOf, textAt } from './lexer.ts';
import { lexNested } from './nested.ts';

/** A `}` too many. */
export function unbalanced(lexer: Lexer, at: number): number {
  lexer.problems.push({ message: '`}` closes nothing.', span: spanOf(lexer, at, at + 1) });
  return at + 1;
}

const PAIRS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  [':=', ['relation', ':=']],
  ['=:', ['relation', '=:']],
  ['<=', ['relation', '≤']],
  ['>=', ['relation', '≥']],
  ['==', ['relation', '=']],
  // Entrywise, as Julia and MATLAB write it.
  ['.*', ['operator', '⊙']],
  ['./', ['operator', '⊘']],
]);

const PAIRED: ReadonlySet<string> = new Set([...PAIRS.keys()].map((pair) => pair.charAt(0)));

const ENTITIES: readonly (readonly [string, string])[] = [
  ['lt;', '<'],
  ['gt;', '>'],
  ['amp;', '&'],
];

/** One character that is neither letter, digit, brace nor mark. */
export function lexCharacter(lexer: Lexer, at: number, to: number): number {
  const text = textAt(lexer, at) as string;
  if (text === '.' && textAt(lexer, at + 1) === '.' && at + 1 < to) return lexDots(lexer, at, to);
  const pair = at + 1 < to && PAIRED.has(text) ? PAIRS.get(text + (textAt(lexer, at + 1) ?? '')) : undefined;
  if (pair !== undefined) {
    emit(lexer, pair[0], pair[1], spanOf(lexer, at, at + 2));
    return at + 2;
  }
  if (text === '"' && isAfterName(lexer)) {
    emit(lexer, 'prime', "''", spanOf(lexer, at, at + 1));
    return at + 1;
  }
  if (text === '<') return lexAngles(lexer, at, to) ?? lexSign(lexer, at);
  if (text === '`') return lexInlineCode(lexer, at, to);
  if (text === '&') return lexAmpersand(lexer, at, to);
  if (text === '.' && at + 1 < to && isMultiplied(lexer, at)) {
    emit(lexer, 'operator', '·', spanOf(lexer, at, at + 1));
    return at + 1;
  }
  if (text === '.' && isBroadcast(lexer, at)) return at + 1;
  return lexScriptRun(lexer, at, to) ?? lexSign(lexer, at);
}

/** `x²`, `h₁`: a raised or lowered run is the mark and its content at once. */
function lexScriptRun(lexer: Lexer, at: number, to: number): number | null {
  const first = textAt(lexer, at) as string;
  const signs = first < '\u0080' ? undefined : [RAISED, LOWERED].find((all) => all.has(first));
  if (signs === undefined || CHARACTERS.has(first)) return null;
  let end = at;
  while (end < to && signs.has(textAt(lexer, end) as string)) end++;
  const span = spanOf(lexer, at, end);
  const run = Array.from({ length: end - at }, (_, ahead) => textAt(lexer, at + ahead)).join('');
  emit(lexer, signs === RAISED ? 'sup' : 'sub', signs === RAISED ? '^' : '_', span);
  emit(lexer, 'group', '{', span);
  for (const { kind, text } of scriptParts(run, signs)) {
    if (kind === 'number') emitNumber(lexer, text, span);
    else emit(lexer, kind, text, span);
  }
  emit(lexer, 'ungroup', '}', span);
  return end;
}

function lexSign(lexer: Lexer, at: number): number {
  const text = textAt(lexer, at) as string;
  const meaning = CHARACTERS.get(text) ?? (text === '$' || text === '#' ? undefined : (['unknown', text] as const));
  if (meaning !== undefined) emit(lexer, meaning[0], meaning[1], spanOf(lexer, at, at + 1));
  return at + 1;
}

/** `<A u, v>`, `<\psi|\phi>`: where an operand has to stand, what has a comma or a bar before it closes is an inner product. */
function lexAngles(lexer: Lexer, at: number, to: number): number | null {
  const before = lexer.tokens.at(-1)?.kind;
  if (before === 'name' || before === 'number' || before === 'close' || before === 'ungroup' || before === 'prime') return null;
  const close = angleEnd(lexer, at + 1, to);
  if (close === null) return null;
  emit(lexer, 'open', '⟨', spanOf(lexer, at, at + 1));
  lexNested(lexer, at + 1, close);
  emit(lexer, 'close', '⟩', spanOf(lexer, close, close + 1));
  return close + 1;
}

function angleEnd(lexer: Lexer, from: number, to: number): number | null {
  let parted = false;
  for (let at = from, depth = 0; at < to; at++) {
    const text = textAt(lexer, at) as string;
    if (text === '{' || text === '(') depth++;
    if ((text === '}' || text === ')') && depth-- === 0) return null;
    if (depth > 0) continue;
    if (text === '>') return parted ? at : null;
    if (/^(?:[<=&$]|\\\\|\\[lg]eq?)$/.test(text)) return null;
    parted ||= text === ',' || text === '|';
  }
  return null;
}

/** `z"`: a sign of inches is two primes. */
function isAfterName(lexer: Lexer): boolean {
  const before = lexer.tokens.at(-1);
  return !lexer.spaced && (before?.kind === 'name' || before?.kind === 'close' || before?.kind === 'ungroup');
}

/** `` `r nrow(X)` ``: what a program puts there when the text is rendered, of which nothing is known. */
function lexInlineCode(lexer: Lexer, at: number, to: number): number {
  let end = at + 1;
  while (end < to && textAt(lexer, end) !== '`') end++;
  const isClosed = end < to && end > at + 1;
  const span = spanOf(lexer, at, isClosed ? end + 1 : at + 1);
  emit(lexer, isClosed ? 'name' : 'unknown', isClosed ? `code@${span.start}` : '`', span);
  return isClosed ? end + 1 : at + 1;
}

/** `\sin.(x)` is Julia's way to say entry by entry. */
function isBroadcast(lexer: Lexer, at: number): boolean {
  const before = lexer.tokens.at(-1);
  return before?.kind === 'name' && functionNamed(before.text) !== undefined && textAt(lexer, at + 1) === '(';
}

/** `u.n`: a point between two operands, without a blank on either side, is their product. */
function isMultiplied(lexer: Lexer, at: number): boolean {
  const before = lexer.tokens.at(-1);
  const ends = before !== undefined && !lexer.spaced && (before.kind === 'name' || before.kind === 'ungroup' || before.kind === 'close');
  return ends && /^(?:\p{L}|\{|\\(?:mathbf|boldsymbol|bm|vec|hat|nabla))$/u.test(textAt(lexer, at + 1) ?? '');
}

function lexDots(lexer: Lexer, at: number, to: number): number {
  let next = at + 2;
  while (next < to && textAt(lexer, next) === '.') next++;
  emit(lexer, 'dots', '…', spanOf(lexer, at, next));
  return next;
}

/** A column mark, or an HTML entity that a Markdown text needed: `&lt;`. */
function lexAmpersand(lexer: Lexer, at: number, to: number): number {
  for (const [rest, character] of ENTITIES) {
    if (at + rest.length < to && rawText(lexer.raws, at + 1, at + 1 + rest.length) === rest) {
      const meaning = CHARACTERS.get(character) as readonly [TokenKind, string];
      emit(lexer, meaning[0], meaning[1], spanOf(lexer, at, at + 1 + rest.length));
      return at + 1 + rest.length;
    }
  }
  emit(lexer, 'separator', '&', spanOf(lexer, at, at + 1));
  return at + 1;
}

/** `'`, `''`. */
export function lexPrimes(lexer: Lexer, at: number, to: number): number {
  let next = at + 1;
  while (next < to && textAt(lexer, next) === "'") next++;
  emit(lexer, 'prime', "'".repeat(next - at), spanOf(lexer, at, next));
  return next;
}

/** `|`; two of them next to each other are a norm's bar, unless they end and begin absolute values. */
export function lexBar(lexer: Lexer, at: number, to: number): number {
  const doubled = at + 1 < to && textAt(lexer, at + 1) === '|' && !lexer.barOpen;
  if (!doubled) lexer.barOpen = !lexer.barOpen;
  emit(lexer, 'bar', doubled ? '‖' : '|', spanOf(lexer, at, doubled ? at + 2 : at + 1));
  return doubled ? at + 2 : at + 1;
}

/** Digits with at most a point between them; a bold 1 is the vector of ones. */
export function lexNumber(lexer: Lexer, at: number, to: number): number {
  let next = at + 1;
  while (next < to && continuesNumber(lexer, next)) next++;
  const digits = next === at + 1 ? (textAt(lexer, at) as string) : rawText(lexer.raws, at, next);
  const span = spanOf(lexer, at, next);
  const constant = (digits === '0' || digits === '1') && (lexer.style === 'bold' || lexer.style === 'bb');
  if (constant) emit(lexer, 'name', `${lexer.style}:${digits}`, span);
  else emitNumber(lexer, digits, span);
  return next;
}

function continuesNumber(lexer: Lexer, at: number): boolean {
  const text = textAt(lexer, at) as string;
  return isDigit(text) || (text === '.' && /^(?:[0-9+\-)}]|\\times|\\cdot)$/.test(textAt(lexer, at + 1) ?? ''));
}
