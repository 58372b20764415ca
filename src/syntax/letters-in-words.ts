import type { Span } from '../base/span.ts';
import type { Expr, Statement } from './ast.ts';
import { lexLatex } from './lex-latex.ts';
import { movedToken } from './move.ts';
import { GREEK } from './name.ts';
import { MEASURES } from './prose-phrase.ts';
import type { Word } from './prose-words.ts';
import { sizeTupleAt } from './size-tuples.ts';
import type { Token } from './token.ts';

/** The letters that formulas of a text have: what stands for itself in words, too. */
export function lettersIn(formulas: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const formula of formulas) {
    const said = formula.replace(/\\(?:text|textrm|mbox|mathrm|operatorname\*?|begin|end|label|tag)\s*\{[^{}]*\}/gu, ' ');
    for (const one of said.match(/\\[A-Za-z]+|\p{L}/gu) ?? []) found.add(one.startsWith('\\') ? (GREEK[one.slice(1)] ?? '') : one);
  }
  found.delete('');
  return found;
}

/** Whether words may have a letter by itself. */
export function hasLetters(words: string): boolean {
  return MAY_BE_ALONE.test(words) && ALONE.test(words);
}

const ALONE = /(?<![\p{L}\d_'’.-])(?![aI]\b)\p{L}(?![\p{L}\d_'’])/u;

/** In a fraction of the time: such a letter of English, or any character beyond ASCII but those that mark mathematics. */
const MAY_BE_ALONE = /(?<![\w'.-])[b-zA-HJ-Z](?![\w'])|[\u0080-\udfff\uf900-\uffff]/;

/** `mu` in code, which formulas write `\mu`. */
function isGreekName(code: string): boolean {
  return Object.hasOwn(GREEK, code);
}

/** Whether code between words is a letter or a size: `X`, `n x p`, `(n, d)`. */
export function isCodeOfLetters(code: string): boolean {
  return (
    SPACE.exec(code)?.[0] === code ||
    NAMED_SIZE.test(code) ||
    /^\s*\(?\s*(?:\p{L}|\d+)(?:\s*(?:[x×*,]|by)\s*(?:\p{L}|\d+))*\s*,?\s*\)?\s*$/u.test(code)
  );
}

/** `(batch, d_in)`, `(n_features,)`. */
const NAMED_SIZE = /^\(\s*(?:[A-Za-z]\w*|\d+)\s*,\s*(?:[A-Za-z]\w*|\d+)?\s*\)$/u;

/**
 * The words of a paragraph with letters that are no formulas read as if they were: "A is m×n", "x has length n", "an n-dimensional vector x". What
 * stands in a size counts, and what formulas of the text have; "a" and "A" only where they cannot be articles.
 */
export function withLetters(words: readonly Word[], text: string, start: number, known: ReadonlySet<string>): readonly Word[] {
  const read: Word[] = [];
  let setEnd = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    // Words of what was read as the set that it is.
    if (word.span.start < setEnd) continue;
    const letters = mayHaveLetters(word) ? lettersAt(words, at, text, start, known) : null;
    if (letters === null) read.push(word);
    else read.push(...letters);
    if (letters?.length === 1) setEnd = (letters[0] as Word).span.end;
  }
  return joinSizes(read);
}

/** One letter, `mxn`, "n-dimensional", "m-vector", or what begins `(batch, d_in)`: other words have no letter by itself. */
function mayHaveLetters({ kind, text, span }: Word): boolean {
  const length = span.end - span.start;
  return kind === 'word' ? length === 1 || length === 3 || text.charAt(1) === '-' : text === '(';
}

/** The formulas and words that a word is; null where it is one word like others. */
function lettersAt(words: readonly Word[], at: number, text: string, start: number, known: ReadonlySet<string>): readonly Word[] | null {
  const word = words[at] as Word;
  const { span } = word;
  const place = span.start - start;
  const written = text.slice(place, span.end - start);
  if (written === '(') {
    const tuple = sizeTupleAt(text, place, start);
    return tuple === null ? null : [mathOf(tuple.tokens, { start: span.start, end: span.start + tuple.length })];
  }
  const set = written === 'R' || written === 'ℝ' ? SPACE.exec(text.slice(place, place + LONGEST_SPACE))?.[0] : undefined;
  if (set !== undefined) return [spaceOf(set, span.start)];
  if (written.length === 1 && word.text === written.toLowerCase()) {
    if (isTimes(words, at)) return [times(span)];
    return isLetter({ words, at, text, place, known }) ? [formulaOf([tokenOf(written, span)])] : null;
  }
  if (isGreekName(written) && text.charAt(place - 1) === '`' && text.charAt(place + written.length) === '`')
    return known.has(GREEK[written] as string) ? [formulaOf([tokenOf(GREEK[written] as string, span)])] : null;
  const part = (from: number, to: number): Span => ({ start: span.start + from, end: span.start + to });
  const [, letter, noun] = /^(\p{L})-(dimensional|dim|vectors?)$/u.exec(written) ?? [];
  if (letter !== undefined)
    return [formulaOf([tokenOf(letter, part(0, 1))]), { kind: 'word', text: noun as string, span: part(2, written.length) }];
  const [, rows, cols] = ENGLISH.has(written) ? [] : (SIZE.exec(written) ?? []);
  if (rows === undefined || cols === undefined) return null;
  return [formulaOf([tokenOf(rows, part(0, 1))]), times(part(1, 2)), formulaOf([tokenOf(cols, part(2, 3))])];
}

/** `R^3`, `R^n`, `R^{m×n}`, `ℝ^(n x p)` as they are typed. */
const SPACE = /^[Rℝ]\^(?:\p{L}(?!\p{L})|\d+|\{[^{}\n]*\}|\([^()\n]*\))/u;
const LONGEST_SPACE = 30;

function spaceOf(typed: string, start: number): Word {
  const set = typed.replace(/\^\(([^()]*)\)$/u, '^{$1}').replace(/(?<=[\s\w]\s)x(?=\s[\s\w])/gu, '×');
  const { tokens } = lexLatex(set, { start: 0, end: set.length }, new Map());
  return mathOf(
    tokens.map((token) => movedToken(token, start)),
    { start, end: start + typed.length },
  );
}

function mathOf(tokens: readonly Token[], span: Span): Word {
  return { kind: 'math', math: { outer: span, displayed: false, tokens, statements: [] }, text: '', span };
}

/** `mxn` in a word. */
const SIZE = /^([a-zA-Z])x([a-zA-Z])$/u;
const ENGLISH: ReadonlySet<string> = new Set(['axe', 'exp', 'Exp', 'pxy', 'fxn']);

/** "m×1" of letters and digits as the one formula that `$m \times 1$` is. */
function joinSizes(words: readonly Word[]): readonly Word[] {
  if (!words.some(({ text }) => text === '×' || text === 'by')) return words;
  const joined: Word[] = [];
  for (let at = 0; at < words.length; at++) {
    const isBetween = words[at + 1]?.text === '×' || isBySized(words, at);
    const [rows, cols] = isBetween ? [tokensOf(words[at]), tokensOf(words[at + 2])] : [null, null];
    const isSize = rows !== null && cols !== null && words[at + 3]?.text !== '×' && words[at - 1]?.text !== '×';
    if (isSize) joined.push(formulaOf([rows, { kind: 'operator', text: '×', span: (words[at + 1] as Word).span, spaced: true }, cols]));
    else joined.push(words[at] as Word);
    if (isSize) at += 2;
  }
  return joined;
}

/** "is m by n", "an m by n matrix", and not "the derivative of f by x". */
function isBySized(words: readonly Word[], at: number): boolean {
  return words[at + 1]?.text === 'by' && /^(?:is|are|be|an?|the|now|\(|,)$/u.test(words[at - 1]?.text ?? '');
}

/** The letter, or the number in digits, that stands among words. */
function tokensOf(word: Word | undefined): Token | null {
  if (word?.kind === 'number') return { kind: 'number', value: Number(word.text), text: word.text, span: word.span, spaced: true };
  const [token, ...more] = word?.kind === 'math' && word.math.outer === word.span ? word.math.tokens : [];
  return token?.kind === 'name' && more.length === 0 && token.span === word?.span ? token : null;
}

function times(span: Span): Word {
  return { kind: 'sign', text: '×', span };
}

function tokenOf(letter: string, span: Span): Token {
  return { kind: 'name', text: letter, span, spaced: true };
}

interface Place {
  readonly words: readonly Word[];
  readonly at: number;
  readonly text: string;
  /** Where the letter stands in the text. */
  readonly place: number;
  readonly known: ReadonlySet<string>;
}

function isLetter({ words, at, text, place, known }: Place): boolean {
  const letter = text.charAt(place);
  // "sample i, i = 1…N": what is counted by is no letter that something is said of.
  if (letter === 'I' || isAbbreviated(text, place) || /^\s*(?:,\s*\p{L}\s*)?=/u.test(text.slice(place + 1, place + 8))) return false;
  const [before, after] = [words[at - 1]?.text ?? '', words[at + 1]?.text ?? ''];
  if (before === '×' || after === '×' || isTimes(words, at - 1) || isTimes(words, at + 1)) return true;
  if (before === '(' && after === ')') return false;
  if (/^[aA]$/u.test(letter)) return known.has(letter) && !mayBeArticle(words[at + 1]);
  return known.has(letter) || MEASURES.has(before) || COUNTED.has(after) || isSideOfBy(words, at);
}

const COUNTED: ReadonlySet<string> = new Set('entries components elements coordinates rows columns'.split(' '));

/** "e.g.", "w.r.t.", "p. 12". */
function isAbbreviated(text: string, place: number): boolean {
  return /^\.(?:\p{L}| \d)/u.test(text.slice(place + 1, place + 4)) || /\p{L}\.$/u.test(text.slice(Math.max(0, place - 2), place));
}

/** No article stands before a verb, a sign or another one of a list. */
function mayBeArticle(next: Word | undefined): boolean {
  return (
    next !== undefined && next.kind !== 'stop' && next.kind !== 'sign' && !/^(?:is|are|has|have|be|and|denotes|was|in)$/u.test(next.text)
  );
}

/** The x of "n x p". */
function isTimes(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word?.text !== 'x') return false;
  const [before, after] = [words[at - 1], words[at + 1]];
  return isSize(before) && isSize(after) && isNear(before, word) && isNear(word, after);
}

/** "m by n". */
function isSideOfBy(words: readonly Word[], at: number): boolean {
  return (words[at + 1]?.text === 'by' && isSize(words[at + 2])) || (words[at - 1]?.text === 'by' && isSize(words[at - 2]));
}

function isSize(word: Word | undefined): boolean {
  return word?.kind === 'number' || word?.kind === 'math' || (word?.kind === 'word' && word.span.end - word.span.start === 1);
}

function isNear(left: Word | undefined, right: Word | undefined): boolean {
  return left !== undefined && right !== undefined && right.span.start - left.span.end <= 1;
}

/** A letter, or a size, as a formula that names it. */
function formulaOf(tokens: readonly [Token, ...Token[]]): Word {
  const names = tokens.filter(({ kind }) => kind !== 'operator').map(exprOf);
  const span = { start: tokens[0].span.start, end: (tokens.at(-1) as Token).span.end };
  const outer = tokens.length === 1 ? tokens[0].span : span;
  const side: Expr = names.length === 1 ? (names[0] as Expr) : { kind: 'apply', op: 'times', args: names, span };
  const statement: Statement = {
    kind: 'equation',
    sides: [side],
    relations: [],
    demanded: false,
    membership: null,
    displayed: false,
    continues: false,
    span,
  };
  return { kind: 'math', math: { outer, displayed: false, tokens, statements: [statement] }, text: '', span: outer };
}

function exprOf(token: Token): Expr {
  return token.kind === 'number' && 'value' in token
    ? { kind: 'number', value: token.value, span: token.span }
    : { kind: 'name', name: token.text, span: token.span };
}
