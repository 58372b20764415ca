import { isLetter } from '../../base/characters.ts';
import type { Span } from '../../base/span.ts';
import { CHARACTERS } from '../latex-symbols.ts';
import { functionNamed } from '../notation.ts';
import { type Raw, rawText } from '../tex-tokens.ts';
import { emit, type Lexer, nextText, spanOf, textAt } from './lexer.ts';

/** A run of letters: a word, or letters that stand alone. */
export function lexLetters(lexer: Lexer, at: number, to: number): number {
  let next = at + 1;
  while (next < to && continuesWord(lexer, next)) next++;
  const first = textAt(lexer, at) as string;
  if (next === at + 1 && first < '\u3040') {
    emitLetter(lexer, first, spanOf(lexer, at, next));
    return next;
  }
  const word = rawText(lexer.raws, at, next);
  if (/[\u3040-\u9fff\uac00-\ud7af]/.test(word)) emit(lexer, 'text', word, spanOf(lexer, at, next));
  else if (!lexWord(lexer, word, at, next))
    for (let one = at; one < next; one++) emitLetter(lexer, textAt(lexer, one) as string, spanOf(lexer, one, one + 1));
  return next;
}

function continuesWord(lexer: Lexer, at: number): boolean {
  const raw = lexer.raws[at] as Raw;
  if (!isLetterHere(raw.text)) return false;
  const before = lexer.raws[at - 1] as Raw;
  // Within the body of a macro all letters stand at its call.
  return before.end === raw.start || (before.start === raw.start && before.end === raw.end);
}

/** Whether a token of TeX is a letter that stands for itself: some, such as `ℝ` or `ᵀ`, are signs. */
export function isLetterHere(text: string): boolean {
  return isLetter(text) && (text < '\u0080' || !CHARACTERS.has(text));
}

/** A run of letters that is one name: a function in any dress, an upright word, or a word of four letters. */
function lexWord(lexer: Lexer, word: string, at: number, next: number): boolean {
  if (word.length < 2) return false;
  const span = spanOf(lexer, at, next);
  if (/^arg(min|max)$/.test(word)) emit(lexer, 'command', 'argmin', span);
  else if (isFunctionHere(lexer, word, next)) emitFunction(lexer, word, next, span);
  else if (isUpright(lexer.style)) emitUpright(lexer, word, at, next);
  else if (lexer.scripts > 0 && isLabelWord(word)) emit(lexer, 'text', word, span);
  else if (word.length >= 4 && /[a-z]{3}/.test(word)) emit(lexer, 'name', styled(lexer.style, word), span);
  else return false;
  return true;
}

function isUpright(style: string): boolean {
  return style === 'rm' || style === 'tt' || style === 'sf';
}

/** The function a word names, in small letters where only they are known. */
export function knownFunction(word: string): string | undefined {
  if (functionNamed(word) !== undefined) return word;
  const small = word.toLowerCase();
  return word.length > 2 && functionNamed(small) !== undefined ? small : undefined;
}

/** Short words are functions only before brackets, as `tr(A)`; otherwise they are a product of letters. */
function isFunctionHere(lexer: Lexer, word: string, next: number): boolean {
  if (knownFunction(word) === undefined) return false;
  if (lexer.style !== '' || word.length >= 4) return true;
  return /^(?:[([]|\\left|\\[bB]igg?l?|\\mathbf)$/.test(nextText(lexer, next) ?? '');
}

/** `\max` with something under it only binds; without, it is a function. */
export function emitFunction(lexer: Lexer, word: string, next: number, span: Span): void {
  const name = knownFunction(word) as string;
  const binds = (name === 'max' || name === 'min') && nextText(lexer, next) === '_' && lexer.scripts === 0;
  emit(lexer, binds ? 'command' : 'name', binds ? 'optimum' : name, span);
}

/** An upright word is one name; an upright `d` before one letter is a differential. */
function emitUpright(lexer: Lexer, word: string, at: number, next: number): void {
  if (lexer.style === 'rm' && /^d[A-Za-zα-ω]$/.test(word)) {
    emit(lexer, 'name', 'rm:d', spanOf(lexer, at, at + 1));
    emit(lexer, 'name', word.charAt(1), spanOf(lexer, at + 1, next));
    return;
  }
  emit(lexer, lexer.scripts > 0 ? 'text' : 'name', word, spanOf(lexer, at, next));
}

const LABEL_WORDS: ReadonlySet<string> = new Set(
  'old new out max min opt ref obs est avg reg cur tot net hid inp err res fro tar img enc dec gt CE MSE LS ML MAP ref rec gen real fake'.split(
    ' ',
  ),
);

function isLabelWord(word: string): boolean {
  return LABEL_WORDS.has(word) || (word.length >= 4 && /[a-z]{3}/.test(word));
}

/** One letter in the style that holds. */
export function emitLetter(lexer: Lexer, letter: string, span: Span): void {
  emit(lexer, 'name', styled(lexer.style, letter), span);
}

/** The style goes next to the letter, so that `\mathbf{\hat x}` and `\hat{\mathbf x}` are one name. */
export function styled(style: string, key: string): string {
  if (style === '') return key;
  const split = key.lastIndexOf(':') + 1;
  return `${key.slice(0, split)}${style}:${key.slice(split)}`;
}
