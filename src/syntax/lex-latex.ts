import type { Span } from '../base/span.ts';
import type { SyntaxProblem } from './ast.ts';
import { withoutDoubledEscapes } from './doubled-escapes.ts';
import { ACCENTS, CASES, CHARACTERS, MATRICES, STYLES, SWITCHES, SYMBOLS, TEXTS, TRANSPARENT, UNWRAPPED, VANISHING, VANISHING_ARGUMENTS } from './latex-symbols.ts';
import { type Macros, expandMacros } from './macros.ts';
import { letterOf } from './name.ts';
import { functionNamed } from './notation.ts';
import { recognizeStructures } from './recognize-structures.ts';
import { type Raw, isControlWord, rawText, skipBlanks } from './tex-tokens.ts';
import type { Token, TokenKind } from './token.ts';

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly problems: readonly SyntaxProblem[];
}

/** The work of one call: tokens of TeX in, tokens of the parser out. It never outlives the call. */
interface Lexer {
  readonly raws: readonly Raw[];
  /** For each brace, `\left` and `\right` the number of its partner. */
  readonly partners: ReadonlyMap<number, number>;
  readonly tokens: Token[];
  readonly problems: SyntaxProblem[];
  /** `\right.` and its like that belong to something already read. */
  readonly skipped: Set<number>;
  /** Environments that are open, by the closing token they need; null where they need none. */
  readonly environments: (string | null)[];
  style: string;
  /** How deep in subscripts and superscripts. */
  scripts: number;
  depth: number;
  /** Whether a single `|` is open at this level. */
  barOpen: boolean;
  spaced: boolean;
}

/** Groups nested deeper than this become one unknown token. */
const DEEPEST_GROUP = 250;

/**
 * The tokens of LaTeX mathematics in `text` between two offsets. Total: what has no meaning becomes
 * a name of its own or an `unknown` token. Takes in the macros that the mathematics defines.
 */
export function lexLatex(text: string, span: Span, macros: Macros): Lexed {
  const expanded = expandMacros(text, span, macros);
  const raws = withoutDoubledEscapes(expanded.raws);
  const lexer: Lexer = {
    raws,
    partners: partnersOf(raws),
    tokens: [],
    problems: [...expanded.problems],
    skipped: new Set(),
    environments: [],
    style: '',
    scripts: 0,
    depth: 0,
    barOpen: false,
    spaced: true,
  };
  lexRange(lexer, 0, raws.length);
  while (lexer.environments.length > 0) closeEnvironment(lexer, lastSpan(lexer));
  return { tokens: recognizeStructures(lexer.tokens), problems: lexer.problems };
}

/** Pairs braces with braces and `\left` with `\right`, each pair within one level of braces. */
function partnersOf(raws: readonly Raw[]): Map<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  raws.forEach((raw, at) => {
    if (raw.text === '{' || raw.text === '\\left') open.push(at);
    else if (raw.text === '}' || raw.text === '\\right') closePair(raws, open, partners, at);
  });
  return partners;
}

function closePair(raws: readonly Raw[], open: number[], partners: Map<number, number>, at: number): void {
  const opening = raws[at]?.text === '}' ? '{' : '\\left';
  let last = open.length - 1;
  if (opening === '{') while (last >= 0 && raws[open[last] as number]?.text !== '{') last--;
  const partner = open[last];
  if (partner === undefined || raws[partner]?.text !== opening) return;
  open.length = last;
  partners.set(partner, at);
  partners.set(at, partner);
}

// ---- emitting

function emit(lexer: Lexer, kind: TokenKind, text: string, span: Span): void {
  lexer.tokens.push({ kind, text, span: { start: span.start, end: span.end }, spaced: lexer.spaced });
  lexer.spaced = false;
}

function emitNumber(lexer: Lexer, digits: string, span: Span): void {
  lexer.tokens.push({ kind: 'number', value: Number(digits), text: digits, span, spaced: lexer.spaced });
  lexer.spaced = false;
}

function spanOf(lexer: Lexer, from: number, to: number): Span {
  const first = lexer.raws[from] ?? lexer.raws.at(-1);
  const last = lexer.raws[Math.max(from, to - 1)] ?? first;
  return first === undefined || last === undefined ? { start: 0, end: 0 } : { start: first.start, end: Math.max(first.end, last.end) };
}

function lastSpan(lexer: Lexer): Span {
  const end = lexer.raws.at(-1)?.end ?? 0;
  return { start: end, end };
}

function textAt(lexer: Lexer, at: number): string | undefined {
  return lexer.raws[at]?.text;
}

/** The text of the next token that is neither blank nor spacing. */
function nextText(lexer: Lexer, at: number): string | undefined {
  let next = skipBlanks(lexer.raws, at);
  while (VANISHING.has(textAt(lexer, next) ?? '')) next = skipBlanks(lexer.raws, next + 1);
  return textAt(lexer, next);
}

// ---- reading

function lexRange(lexer: Lexer, from: number, to: number): void {
  const over = findOver(lexer, from, to);
  if (over !== null) return lexOver(lexer, from, over, to);
  for (let at = from; at < to; ) at = lexOne(lexer, at, to);
}

/** Reads one thing at `at`, with its arguments, and answers where the next one begins. */
function lexOne(lexer: Lexer, at: number, to: number): number {
  const text = textAt(lexer, at) as string;
  if (text === ' ' || text === '~') return blank(lexer, at);
  if (text.startsWith('\\') && text.length > 1) return lexControl(lexer, at, to);
  if (text === '{') return lexGroup(lexer, at, to);
  if (text === '}') return unbalanced(lexer, at);
  if (text === '^' || text === '_') return lexScript(lexer, at, to);
  if (text === "'") return lexPrimes(lexer, at, to);
  if (text === '|') return lexBar(lexer, at, to);
  if (/[0-9]/.test(text) || (text === '.' && /[0-9]/.test(textAt(lexer, at + 1) ?? ''))) return lexNumber(lexer, at, to);
  if (/\p{L}/u.test(text) && !CHARACTERS.has(text)) return lexLetters(lexer, at, to);
  return lexCharacter(lexer, at, to);
}

function blank(lexer: Lexer, at: number): number {
  lexer.spaced = true;
  return at + 1;
}

/** `\bigl(`: a bracket covers the size it is given. */
function lexSized(lexer: Lexer, at: number, to: number): number {
  const next = skipBlanks(lexer.raws, at + 1);
  if (next >= to || !/^(?:[([\])|.]|\\[{}]|\\\|)$/.test(textAt(lexer, next) ?? '')) return blank(lexer, at);
  const before = lexer.tokens.length;
  const end = lexOne(lexer, next, to);
  const bracket = lexer.tokens[before];
  if (bracket !== undefined && end === next + 1) lexer.tokens[before] = { ...bracket, span: spanOf(lexer, at, end) };
  return end;
}

function unbalanced(lexer: Lexer, at: number): number {
  lexer.problems.push({ message: '`}` closes nothing.', span: spanOf(lexer, at, at + 1) });
  return at + 1;
}

const PAIRS: ReadonlyMap<string, string> = new Map([
  [':=', ':='],
  ['=:', '=:'],
  ['<=', '≤'],
  ['>=', '≥'],
  ['==', '='],
]);

const ENTITIES: readonly (readonly [string, string])[] = [
  ['lt;', '<'],
  ['gt;', '>'],
  ['amp;', '&'],
];

function lexCharacter(lexer: Lexer, at: number, to: number): number {
  const text = textAt(lexer, at) as string;
  if (text === '.' && textAt(lexer, at + 1) === '.' && at + 1 < to) return lexDots(lexer, at, to);
  const pair = at + 1 < to ? PAIRS.get(text + (textAt(lexer, at + 1) ?? '')) : undefined;
  if (pair !== undefined) {
    emit(lexer, 'relation', pair, spanOf(lexer, at, at + 2));
    return at + 2;
  }
  if (text === '&') return lexAmpersand(lexer, at, to);
  const meaning = CHARACTERS.get(text) ?? (text === '$' || text === '#' ? undefined : (['unknown', text] as const));
  if (meaning !== undefined) emit(lexer, meaning[0], meaning[1], spanOf(lexer, at, at + 1));
  return at + 1;
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
    if (at + rest.length < to && rawText(lexer.raws.slice(at + 1, at + 1 + rest.length)) === rest) {
      const meaning = CHARACTERS.get(character) as readonly [TokenKind, string];
      emit(lexer, meaning[0], meaning[1], spanOf(lexer, at, at + 1 + rest.length));
      return at + 1 + rest.length;
    }
  }
  emit(lexer, 'separator', '&', spanOf(lexer, at, at + 1));
  return at + 1;
}

function lexPrimes(lexer: Lexer, at: number, to: number): number {
  let next = at + 1;
  while (next < to && textAt(lexer, next) === "'") next++;
  emit(lexer, 'prime', "'".repeat(next - at), spanOf(lexer, at, next));
  return next;
}

/** `|`; two of them next to each other are a norm's bar, unless they end and begin absolute values. */
function lexBar(lexer: Lexer, at: number, to: number): number {
  const doubled = at + 1 < to && textAt(lexer, at + 1) === '|' && !lexer.barOpen;
  if (!doubled) lexer.barOpen = !lexer.barOpen;
  emit(lexer, 'bar', doubled ? '‖' : '|', spanOf(lexer, at, doubled ? at + 2 : at + 1));
  return doubled ? at + 2 : at + 1;
}

function lexNumber(lexer: Lexer, at: number, to: number): number {
  let next = at + 1;
  while (next < to && continuesNumber(lexer, next)) next++;
  const digits = rawText(lexer.raws.slice(at, next));
  const span = spanOf(lexer, at, next);
  const constant = (digits === '0' || digits === '1') && (lexer.style === 'bold' || lexer.style === 'bb');
  if (constant) emit(lexer, 'name', `${lexer.style}:${digits}`, span);
  else emitNumber(lexer, digits, span);
  return next;
}

function continuesNumber(lexer: Lexer, at: number): boolean {
  const text = textAt(lexer, at) as string;
  return /^[0-9]$/.test(text) || (text === '.' && /^[0-9]$/.test(textAt(lexer, at + 1) ?? ''));
}

// ---- letters

function lexLetters(lexer: Lexer, at: number, to: number): number {
  let next = at + 1;
  while (next < to && continuesWord(lexer, next)) next++;
  const word = rawText(lexer.raws.slice(at, next));
  if (/[\u3040-\u9fff\uac00-\ud7af]/.test(word)) emit(lexer, 'text', word, spanOf(lexer, at, next));
  else if (!lexWord(lexer, word, at, next)) for (let one = at; one < next; one++) emitLetter(lexer, textAt(lexer, one) as string, spanOf(lexer, one, one + 1));
  return next;
}

function continuesWord(lexer: Lexer, at: number): boolean {
  const raw = lexer.raws[at] as Raw;
  const before = lexer.raws[at - 1] as Raw;
  return /^\p{L}$/u.test(raw.text) && before.end === raw.start && !CHARACTERS.has(raw.text);
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
function knownFunction(word: string): string | undefined {
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
function emitFunction(lexer: Lexer, word: string, next: number, span: Span): void {
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

const LABEL_WORDS: ReadonlySet<string> = new Set('old new out max min opt ref obs est avg reg cur tot net hid inp err res fro tar img enc dec gt CE MSE LS ML MAP ref rec gen real fake'.split(' '));

function isLabelWord(word: string): boolean {
  return LABEL_WORDS.has(word) || (word.length >= 4 && /[a-z]{3}/.test(word));
}

function emitLetter(lexer: Lexer, letter: string, span: Span): void {
  emit(lexer, 'name', styled(lexer.style, letter), span);
}

/** The style goes next to the letter, so that `\mathbf{\hat x}` and `\hat{\mathbf x}` are one name. */
function styled(style: string, key: string): string {
  if (style === '') return key;
  const split = key.lastIndexOf(':') + 1;
  return `${key.slice(0, split)}${style}:${key.slice(split)}`;
}

// ---- groups and scripts

/** Reads a part with a style, restoring what holds around it afterwards. */
function lexNested(lexer: Lexer, from: number, to: number, style = lexer.style): void {
  if (lexer.depth >= DEEPEST_GROUP) return emit(lexer, 'unknown', '…', spanOf(lexer, from, to));
  const { style: outer, barOpen } = lexer;
  lexer.style = style;
  lexer.barOpen = false;
  lexer.depth++;
  lexRange(lexer, from, to);
  lexer.depth--;
  lexer.style = outer;
  lexer.barOpen = barOpen;
}

/** The end of the group that opens at `at`; one that is never closed ends with what is around it. */
function groupEnd(lexer: Lexer, at: number, to: number): number {
  const partner = lexer.partners.get(at);
  if (partner !== undefined && partner < to) return partner;
  lexer.problems.push({ message: '`{` is never closed.', span: spanOf(lexer, at, at + 1) });
  return to;
}

function lexGroup(lexer: Lexer, at: number, to: number): number {
  const close = groupEnd(lexer, at, to);
  const first = lexer.tokens.length;
  emit(lexer, 'group', '{', spanOf(lexer, at, at + 1));
  lexNested(lexer, at + 1, close);
  const inside = lexer.tokens.length - first - 1;
  if (inside === 0) return lexEmptyGroup(lexer, first, close, to);
  if (inside === 1 || !staysGroup(lexer.tokens, first + 1)) lexer.tokens.splice(first, 1);
  else emit(lexer, 'ungroup', '}', spanOf(lexer, close, close + 1));
  return close + 1;
}

/** Braces around an equation, rows or a mark only set type; around an expression they group. */
function staysGroup(tokens: readonly Token[], from: number): boolean {
  const first = tokens[from]?.kind;
  if (first === 'sup' || first === 'sub' || first === 'prime') return false;
  for (let at = from, depth = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    else if (token.kind === 'close' || token.kind === 'ungroup') depth--;
    if (depth < 0) return false;
    if (depth === 0 && (token.kind === 'relation' || token.kind === 'separator')) return false;
  }
  return true;
}

/** `{}` says nothing, except before `^t`: the transpose written in front. */
function lexEmptyGroup(lexer: Lexer, first: number, close: number, to: number): number {
  const open = lexer.tokens[first] as Token;
  lexer.tokens.length = first;
  const before = lexer.tokens.at(-1);
  const operandBefore = before !== undefined && (before.kind === 'name' || before.kind === 'close' || before.kind === 'ungroup' || before.kind === 'number');
  const mark = skipBlanks(lexer.raws, close + 1);
  if (operandBefore || textAt(lexer, mark) !== '^' || mark >= to) return close + 1;
  emit(lexer, 'command', 'pretranspose', open.span);
  const kept = lexer.tokens.length;
  const next = lexScript(lexer, mark, to);
  lexer.tokens.length = kept;
  return next;
}

function lexScript(lexer: Lexer, at: number, to: number): number {
  const text = textAt(lexer, at) as string;
  emit(lexer, text === '^' ? 'sup' : 'sub', text, spanOf(lexer, at, at + 1));
  lexer.scripts++;
  const next = lexArgument(lexer, at + 1, to);
  lexer.scripts--;
  return next;
}

/** One argument between `group` and `ungroup`: what stands in braces, or the one thing that is next. */
function lexArgument(lexer: Lexer, at: number, to: number): number {
  const first = skipBlanks(lexer.raws, at);
  const nothing = first >= to || textAt(lexer, first) === '}' || textAt(lexer, first) === '&';
  const here = nothing ? spanOf(lexer, Math.max(0, first - 1), first) : spanOf(lexer, first, first + 1);
  emit(lexer, 'group', '{', here);
  const next = nothing ? first : lexArgumentInside(lexer, first, to);
  emit(lexer, 'ungroup', '}', spanOf(lexer, Math.max(0, next - 1), next));
  return next;
}

function lexArgumentInside(lexer: Lexer, first: number, to: number): number {
  const text = textAt(lexer, first) as string;
  if (text === '{') {
    const close = groupEnd(lexer, first, to);
    lexNested(lexer, first + 1, close);
    return Math.min(close + 1, to);
  }
  if (text === '^' || text === '_') return first;
  if (text === '(') return lexBareBrackets(lexer, first, to);
  return text.startsWith('\\') ? lexOne(lexer, first, to) : lexOne(lexer, first, first + 1);
}

/** `x^(i)`, written where braces were meant. */
function lexBareBrackets(lexer: Lexer, first: number, to: number): number {
  for (let close = first + 1; close < Math.min(to, first + 8); close++) {
    if (textAt(lexer, close) !== ')') continue;
    lexNested(lexer, first, close + 1);
    return close + 1;
  }
  return lexOne(lexer, first, first + 1);
}

/** The tokens of one argument, taken out of the stream. */
function argumentTokens(lexer: Lexer, at: number, to: number): { readonly tokens: Token[]; readonly next: number } {
  const kept = lexer.tokens.length;
  const next = lexArgument(lexer, at, to);
  const tokens = lexer.tokens.splice(kept).slice(1, -1);
  return { tokens, next };
}

/** Where the argument at `at` stands, without its braces, and where the next thing begins. */
function argumentRange(lexer: Lexer, at: number, to: number): { readonly from: number; readonly end: number; readonly next: number } {
  const first = skipBlanks(lexer.raws, at);
  if (first >= to) return { from: to, end: to, next: to };
  if (textAt(lexer, first) !== '{') return { from: first, end: first + 1, next: first + 1 };
  const close = groupEnd(lexer, first, to);
  return { from: first + 1, end: close, next: Math.min(close + 1, to) };
}

/** Where the optional argument at `at` ends, or `at` where there is none. */
function optionalEnd(lexer: Lexer, at: number, to: number): number {
  const first = skipBlanks(lexer.raws, at);
  if (textAt(lexer, first) !== '[') return at;
  for (let next = first + 1, depth = 0; next < Math.min(to, first + 60); next++) {
    const text = textAt(lexer, next);
    if (text === '{') depth++;
    if (text === '}') depth--;
    if (text === ']' && depth === 0) return next + 1;
  }
  return at;
}

/** `{a \over b}`: the place of an infix fraction at this level. */
function findOver(lexer: Lexer, from: number, to: number): number | null {
  for (let at = from; at < to; at++) {
    const text = textAt(lexer, at);
    if (text === '\\over') return at;
    if (text === '{') at = Math.max(at, Math.min(lexer.partners.get(at) ?? at, to));
  }
  return null;
}

function lexOver(lexer: Lexer, from: number, over: number, to: number): void {
  emit(lexer, 'command', 'frac', spanOf(lexer, over, over + 1));
  emit(lexer, 'group', '{', spanOf(lexer, from, from + 1));
  lexNested(lexer, from, over);
  emit(lexer, 'ungroup', '}', spanOf(lexer, over, over + 1));
  emit(lexer, 'group', '{', spanOf(lexer, over, over + 1));
  lexNested(lexer, over + 1, to);
  emit(lexer, 'ungroup', '}', spanOf(lexer, to - 1, to));
}

// ---- control sequences

type Reader = (lexer: Lexer, at: number, to: number) => number;

const READERS: Readonly<Record<string, Reader>> = {
  '\\left': lexLeft,
  '\\right': lexRight,
  '\\begin': lexBegin,
  '\\end': lexEnd,
  '\\sqrt': lexRoot,
  '\\overset': lexOverset,
  '\\underset': lexOverset,
  '\\stackrel': lexOverset,
  '\\buildrel': lexBuildrel,
  '\\not': lexNot,
  '\\arg': lexArg,
  '\\pdv': lexPhysicsDerivative,
  '\\dv': lexPhysicsDerivative,
  '\\pd': lexPhysicsDerivative,
  '\\pdiff': lexPhysicsDerivative,
  '\\pder': lexPhysicsDerivative,
  '\\pderiv': lexPhysicsDerivative,
  '\\partialderivative': lexPhysicsDerivative,
  '\\derivative': lexPhysicsDerivative,
  '\\deriv': lexPhysicsDerivative,
  '\\od': lexPhysicsDerivative,
  '\\norm': (lexer, at, to) => lexDelimited(lexer, at, to, '‖', '‖'),
  '\\Norm': (lexer, at, to) => lexDelimited(lexer, at, to, '‖', '‖'),
  '\\abs': (lexer, at, to) => lexDelimited(lexer, at, to, '|', '|'),
  '\\inner': lexInnerProduct,
  '\\ip': lexInnerProduct,
  '\\innerproduct': lexInnerProduct,
  '\\xrightarrow': lexArrow,
  '\\xleftarrow': lexArrow,
  '\\hspace': lexHspace,
  '\\binom': (lexer, at, to) => lexApplied(lexer, at, to, 'binom'),
  '\\dbinom': (lexer, at, to) => lexApplied(lexer, at, to, 'binom'),
  '\\tbinom': (lexer, at, to) => lexApplied(lexer, at, to, 'binom'),
  '\\choose': (_lexer, at) => at + 1,
};

/** Commands with arguments that the parser reads, and how many there are. */
const STRUCTURES: ReadonlyMap<string, readonly [name: string, count: number]> = new Map([
  ...['\\frac', '\\dfrac', '\\tfrac', '\\cfrac', '\\sfrac', '\\nicefrac', '\\flatfrac', '\\qfrac'].map((word): [string, [string, number]] => [word, ['frac', 2]]),
  ['\\underbrace', ['underbrace', 1]],
  ['\\overbrace', ['underbrace', 1]],
  ['\\underbracket', ['underbrace', 1]],
  ['\\overbracket', ['underbrace', 1]],
]);

function lexControl(lexer: Lexer, at: number, to: number): number {
  const text = textAt(lexer, at) as string;
  if (Object.hasOwn(READERS, text)) return (READERS[text] as Reader)(lexer, at, to);
  if (/^\\[bB]igg?[lrm]?$/.test(text)) return lexSized(lexer, at, to);
  if (VANISHING.has(text)) return blank(lexer, at);
  if (VANISHING_ARGUMENTS.has(text)) return skipArguments(lexer, at, to, VANISHING_ARGUMENTS.get(text) as number);
  if (UNWRAPPED.has(text)) return lexUnwrapped(lexer, at, to, UNWRAPPED.get(text) as number);
  const structure = STRUCTURES.get(text);
  if (structure !== undefined) return lexStructure(lexer, at, to, structure);
  const accent = ACCENTS.get(text);
  if (accent !== undefined) return lexAccent(lexer, at, to, accent);
  const style = STYLES.get(text);
  if (style !== undefined) return lexStyled(lexer, at, to, style);
  if (SWITCHES.has(text)) return lexSwitch(lexer, at);
  if (TEXTS.has(text)) return lexText(lexer, at, to);
  return lexNamed(lexer, at, to);
}

function skipArguments(lexer: Lexer, at: number, to: number, count: number): number {
  let next = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  next = optionalEnd(lexer, next, to);
  for (let left = count; left > 0 && textAt(lexer, skipBlanks(lexer.raws, next)) === '{'; left--) next = argumentRange(lexer, next, to).next;
  lexer.spaced = true;
  return next;
}

/** A wide space parts equations; a narrow one is nothing. */
function lexHspace(lexer: Lexer, at: number, to: number): number {
  const star = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  const { from, end, next } = argumentRange(lexer, star, to);
  const wide = /^\s*[\d.]+\s*(?:em|cm|in|pt)/.test(rawText(lexer.raws.slice(from, end))) && Number.parseFloat(rawText(lexer.raws.slice(from, end))) >= 1;
  if (wide) emit(lexer, 'separator', 'gap', spanOf(lexer, at, next));
  lexer.spaced = true;
  return next;
}

function lexUnwrapped(lexer: Lexer, at: number, to: number, count: number): number {
  let next = optionalEnd(lexer, at + 1, to);
  for (let left = count - 1; left > 0; left--) next = argumentRange(lexer, next, to).next;
  const first = skipBlanks(lexer.raws, next);
  if (first >= to) return to;
  return textAt(lexer, first) === '{' ? lexGroup(lexer, first, to) : lexOne(lexer, first, to);
}

function lexStructure(lexer: Lexer, at: number, to: number, [name, count]: readonly [string, number]): number {
  emit(lexer, 'command', name, spanOf(lexer, at, at + 1));
  let next = at + 1;
  const { scripts } = lexer;
  for (let left = count; left > 0; left--) next = lexArgument(lexer, next, to);
  lexer.scripts = scripts;
  return next;
}

function lexRoot(lexer: Lexer, at: number, to: number): number {
  const end = optionalEnd(lexer, at + 1, to);
  emit(lexer, 'command', end > at + 1 ? 'root' : 'sqrt', spanOf(lexer, at, at + 1));
  if (end > at + 1) {
    emit(lexer, 'group', '{', spanOf(lexer, at + 1, at + 2));
    lexNested(lexer, skipBlanks(lexer.raws, at + 1) + 1, end - 1);
    emit(lexer, 'ungroup', '}', spanOf(lexer, end - 1, end));
  }
  return lexArgument(lexer, end, to);
}

/** `\hat{x_k}` decorates the name it begins with; over anything longer an accent is opaque. */
function lexAccent(lexer: Lexer, at: number, to: number, accent: string): number {
  const { tokens, next } = argumentTokens(lexer, at + 1, to);
  const [first, ...rest] = tokens;
  const span = spanOf(lexer, at, next);
  if (first !== undefined && isNameable(first) && (rest.length === 0 || rest[0]?.kind === 'sub' || rest[0]?.kind === 'sup')) {
    emit(lexer, 'name', `${accent}:${first.text}`, rest.length === 0 ? span : { start: span.start, end: first.span.end });
    lexer.tokens.push(...rest);
    return next;
  }
  emit(lexer, 'command', accent === 'underline' ? 'plain' : 'opaque', { start: span.start, end: first?.span.start ?? span.end });
  pushGroup(lexer, tokens, span);
  return next;
}

function isNameable(token: Token): boolean {
  return token.kind === 'name' || (token.kind === 'number' && /^[01]$/.test(token.text));
}

function pushGroup(lexer: Lexer, tokens: readonly Token[], span: Span): void {
  emit(lexer, 'group', '{', { start: span.start, end: span.start });
  lexer.tokens.push(...tokens);
  emit(lexer, 'ungroup', '}', { start: span.end, end: span.end });
}

/** `\mathbf{Ax}`, `\mathrm{diag}`, `\operatorname*{arg\,min}`, `\mathbf\alpha`. What is one token covers its style too. */
function lexStyled(lexer: Lexer, at: number, to: number, style: string): number {
  const before = lexer.tokens.length;
  const next = lexWithin(lexer, at, to, style);
  const [only] = lexer.tokens.slice(before);
  if (only !== undefined && lexer.tokens.length === before + 1) lexer.tokens[before] = { ...only, span: spanOf(lexer, at, next) };
  return next;
}

function lexWithin(lexer: Lexer, at: number, to: number, style: string): number {
  const star = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  const { from, end, next } = argumentRange(lexer, star, to);
  if (end === from + 1 && isControlWord(lexer.raws[from] as Raw)) return lexStyledCommand(lexer, from, to, next, style);
  const word = style === 'rm' ? uprightWord(lexer, from, end) : null;
  if (word !== null) emitUprightWord(lexer, word, at, next);
  else lexNested(lexer, from, end, style);
  return next;
}

/** The command under a style may take arguments of its own: `\mathbf\hat x`. */
function lexStyledCommand(lexer: Lexer, from: number, to: number, next: number, style: string): number {
  const { style: outer } = lexer;
  lexer.style = style;
  const end = lexOne(lexer, from, next > from + 1 ? next - 1 : to);
  lexer.style = outer;
  return Math.max(end, next);
}

/** The words of `\operatorname{arg\,min}`, without spacing; null where it holds anything but words. */
function uprightWord(lexer: Lexer, from: number, end: number): string | null {
  const parts = lexer.raws.slice(from, end).filter((raw) => raw.text !== ' ' && !VANISHING.has(raw.text));
  const text = rawText(parts);
  return parts.length >= 2 && /^[\p{L}][\p{L}\p{N}-]+$/u.test(text) ? text : null;
}

function emitUprightWord(lexer: Lexer, word: string, at: number, next: number): void {
  const span = spanOf(lexer, at, next);
  if (/^arg(min|max)$/i.test(word)) emit(lexer, 'command', 'argmin', span);
  else if (knownFunction(word) !== undefined) emitFunction(lexer, word, next, span);
  else if (/^d[A-Za-z]$/.test(word)) emitUprightDifferential(lexer, word, span);
  else emit(lexer, lexer.scripts > 0 ? 'text' : 'name', word, span);
}

function emitUprightDifferential(lexer: Lexer, word: string, span: Span): void {
  emit(lexer, 'name', 'rm:d', span);
  emit(lexer, 'name', word.charAt(1), span);
}

function lexSwitch(lexer: Lexer, at: number): number {
  lexer.style = SWITCHES.get(textAt(lexer, at) as string) as string;
  return at + 1;
}

/** `\bold`, `\alpha`, `\tr`, `\unknown`: symbols by the table, functions, letters, and whatever is left. */
function lexNamed(lexer: Lexer, at: number, to: number): number {
  const text = textAt(lexer, at) as string;
  const span = spanOf(lexer, at, at + 1);
  const word = text.slice(1);
  const meaning = SYMBOLS.get(text);
  if (meaning !== undefined) emitMeaning(lexer, meaning, span);
  else if (knownFunction(word) !== undefined) emitFunction(lexer, word, at + 1, span);
  else if (letterOf(word) !== word) emitLetter(lexer, letterOf(word), span);
  else return lexUnknown(lexer, at, to);
  return at + 1;
}

function emitMeaning(lexer: Lexer, [kind, text]: readonly [TokenKind, string], span: Span): void {
  emit(lexer, kind, kind === 'name' && !text.includes(':') ? styled(lexer.style, text) : text, span);
  if (kind === 'separator' && text === 'row') lexer.barOpen = false;
}

/** A command that no one defined: a decoration where it takes one name, else a name, or an opaque structure. */
function lexUnknown(lexer: Lexer, at: number, to: number): number {
  const text = textAt(lexer, at) as string;
  const span = spanOf(lexer, at, at + 1);
  if (text === '\\_' || text === '\\*') return lexEscaped(lexer, at, to);
  if (!isControlWord(lexer.raws[at] as Raw)) {
    if (text !== '\\$' && text !== '\\#' && text !== '\\&') emit(lexer, 'unknown', text, span);
    return at + 1;
  }
  if (textAt(lexer, at + 1) !== '{') {
    emit(lexer, 'name', text, span);
    return at + 1;
  }
  const one = argumentTokens(lexer, at + 1, to);
  const single = one.tokens.length === 1 && one.tokens[0]?.kind === 'name' && textAt(lexer, one.next) !== '{';
  if (!single) return lexOpaque(lexer, at, to, 9);
  emit(lexer, 'name', `${text.slice(1)}:${(one.tokens[0] as Token).text}`, spanOf(lexer, at, one.next));
  return one.next;
}

/** Markdown's escapes: `x\_i` is `x_i`, `w^\*` is `w^*`. */
function lexEscaped(lexer: Lexer, at: number, to: number): number {
  if (textAt(lexer, at) === '\\_') return lexScript(lexer, at, to);
  emit(lexer, 'operator', '*', spanOf(lexer, at, at + 1));
  return at + 1;
}

/** A command of two arguments as a function of that name applied to them. */
function lexApplied(lexer: Lexer, at: number, to: number, name: string): number {
  emit(lexer, 'name', name, spanOf(lexer, at, at + 1));
  const first = argumentTokens(lexer, at + 1, to);
  const second = argumentTokens(lexer, first.next, to);
  const end = spanOf(lexer, Math.max(at, second.next - 1), second.next);
  emit(lexer, 'open', '(', end);
  lexer.tokens.push(...first.tokens);
  emit(lexer, 'separator', ',', end);
  lexer.tokens.push(...second.tokens);
  emit(lexer, 'close', ')', end);
  return second.next;
}

/** A command whose meaning is unknown, with its arguments as parts. */
function lexOpaque(lexer: Lexer, at: number, to: number, most: number): number {
  emit(lexer, 'command', 'opaque', spanOf(lexer, at, at + 1));
  let next = at + 1;
  for (let left = most; left > 0 && textAt(lexer, next) === '{'; left--) next = lexArgument(lexer, next, to);
  return next;
}

// ---- delimiters

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['(', '()'], [')', '()'], ['[', '[]'], [']', '[]'], ['\\{', '{}'], ['\\}', '{}'], ['\\lbrace', '{}'], ['\\rbrace', '{}'], ['<', '⟨⟩'], ['>', '⟨⟩'],
  ['\\langle', '⟨⟩'], ['\\rangle', '⟨⟩'], ['|', '||'], ['\\vert', '||'], ['\\lvert', '||'], ['\\rvert', '||'], ['\\|', '‖‖'], ['\\Vert', '‖‖'], ['\\lVert', '‖‖'],
  ['\\rVert', '‖‖'], ['\\lbrack', '[]'], ['\\rbrack', '[]'], ['\\lfloor', '[]'], ['\\rfloor', '[]'], ['\\lceil', '[]'], ['\\rceil', '[]'], ['⟨', '⟨⟩'], ['⟩', '⟨⟩'], ['‖', '‖‖'], ['/', '//'],
  ['\\llbracket', '[]'], ['\\rrbracket', '[]'], ['\\lgroup', '()'], ['\\rgroup', '()'],
]);

function lexLeft(lexer: Lexer, at: number, to: number): number {
  const delimiter = skipBlanks(lexer.raws, at + 1);
  const text = textAt(lexer, delimiter);
  const right = lexer.partners.get(at);
  const after = Math.min(delimiter + 1, to);
  if (text === '.') return lexLeftNull(lexer, at, after, right);
  const pair = DELIMITERS.get(text ?? '');
  if (pair === undefined || pair === '//') return at + 1;
  if (pair === '{}' && right !== undefined && textAt(lexer, skipBlanks(lexer.raws, right + 1)) === '.' && lexBraceSystem(lexer, after, right)) return after;
  const known = right !== undefined;
  emit(lexer, known || !isBarPair(pair) ? 'open' : 'bar', pair.charAt(0), spanOf(lexer, at, after));
  return after;
}

function isBarPair(pair: string): boolean {
  return pair === '||' || pair === '‖‖';
}

/** `\left. … \right|_{x=0}` evaluates; any other `\left.` only balances a `\right` of another line. */
function lexLeftNull(lexer: Lexer, at: number, after: number, right: number | undefined): number {
  if (right === undefined) return after;
  const delimiter = skipBlanks(lexer.raws, right + 1);
  const pair = DELIMITERS.get(textAt(lexer, delimiter) ?? '');
  const mark = textAt(lexer, skipBlanks(lexer.raws, delimiter + 1));
  if (pair !== undefined && (isBarPair(pair) || pair === '[]') && (mark === '_' || mark === '^')) emit(lexer, 'open', 'evaluated', spanOf(lexer, at, after));
  return after;
}

/** `\left\{ \begin{array} … \right.`: a case distinction, or a system of equations, which the brace only groups. */
function lexBraceSystem(lexer: Lexer, after: number, right: number): boolean {
  const begin = skipBlanks(lexer.raws, after);
  if (textAt(lexer, begin) !== '\\begin') return false;
  lexer.skipped.add(right);
  if (!CASES.has(environmentName(lexer, begin, right).name) && !isSystem(lexer, begin, right)) lexer.skipped.add(begin);
  else lexer.skipped.add(-begin);
  return true;
}

/** Whether the first row of an environment is an equation rather than a value with its condition. */
function isSystem(lexer: Lexer, begin: number, right: number): boolean {
  for (let at = environmentName(lexer, begin, right).next; at < right; at++) {
    const text = textAt(lexer, at) as string;
    if (text === '{') at = Math.max(at, lexer.partners.get(at) ?? at);
    if (text === '=') return true;
    if (text === '&') return nextText(lexer, at + 1) === '=';
    if (text === '\\\\' || text === ',' || TEXTS.has(text)) return false;
  }
  return false;
}

function lexRight(lexer: Lexer, at: number, to: number): number {
  const delimiter = skipBlanks(lexer.raws, at + 1);
  const after = Math.min(delimiter + 1, to);
  const text = textAt(lexer, delimiter);
  const pair = DELIMITERS.get(text ?? '');
  if (lexer.skipped.has(at) || text === '.') return after;
  if (pair === undefined || pair === '//') return at + 1;
  const left = lexer.partners.get(at);
  const known = left !== undefined && textAt(lexer, skipBlanks(lexer.raws, left + 1)) !== '.';
  const evaluates = left !== undefined && !known && nextIsScript(lexer, after);
  const kind = known || evaluates || !isBarPair(pair) ? 'close' : 'bar';
  emit(lexer, kind, evaluates && isEvaluating(pair) ? 'evaluated' : pair.charAt(1), spanOf(lexer, at, after));
  return after;
}

function nextIsScript(lexer: Lexer, at: number): boolean {
  const mark = textAt(lexer, skipBlanks(lexer.raws, at));
  return mark === '_' || mark === '^';
}

function isEvaluating(pair: string): boolean {
  return isBarPair(pair) || pair === '[]';
}

function lexDelimited(lexer: Lexer, at: number, to: number, open: string, close: string): number {
  const star = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  const { from, end, next } = argumentRange(lexer, optionalEnd(lexer, star, to), to);
  emit(lexer, 'open', open, spanOf(lexer, at, Math.max(at + 1, from)));
  lexNested(lexer, from, end);
  emit(lexer, 'close', close, spanOf(lexer, Math.max(at, next - 1), next));
  return next;
}

function lexInnerProduct(lexer: Lexer, at: number, to: number): number {
  const left = argumentRange(lexer, at + 1, to);
  const right = argumentRange(lexer, left.next, to);
  const two = textAt(lexer, skipBlanks(lexer.raws, left.next)) === '{';
  emit(lexer, 'open', '⟨', spanOf(lexer, at, at + 1));
  lexNested(lexer, left.from, left.end);
  if (two) {
    emit(lexer, 'separator', ',', spanOf(lexer, right.from - 1, right.from));
    lexNested(lexer, right.from, right.end);
  }
  const next = two ? right.next : left.next;
  emit(lexer, 'close', '⟩', spanOf(lexer, next - 1, next));
  return next;
}

// ---- environments

function environmentName(lexer: Lexer, at: number, to: number): { readonly name: string; readonly next: number } {
  const { from, end, next } = argumentRange(lexer, at + 1, to);
  return { name: rawText(lexer.raws.slice(from, end)).trim().replace(/\*$/, ''), next };
}

function lexBegin(lexer: Lexer, at: number, to: number): number {
  const { name, next } = environmentName(lexer, at, to);
  const span = spanOf(lexer, at, next);
  const kind = lexer.skipped.has(at) ? 'cases' : lexer.skipped.has(-at) || isLayout(lexer, name, next, to) ? null : environmentKind(name);
  lexer.environments.push(kind);
  if (kind !== null) emit(lexer, 'open', kind, span);
  return skipColumns(lexer, name, next, to);
}

/** Whether an array only lays out equations: it stands by itself, and a relation stands in it. */
function isLayout(lexer: Lexer, name: string, from: number, to: number): boolean {
  if (name !== 'array' && name !== 'tabular') return false;
  const before = lexer.tokens.at(-1);
  if (before !== undefined && before.kind !== 'separator') return false;
  for (let at = from; at < to && textAt(lexer, at) !== '\\end'; at++) {
    const text = textAt(lexer, at) as string;
    if (text === '{') at = Math.max(at, lexer.partners.get(at) ?? at);
    if (CHARACTERS.get(text)?.[0] === 'relation' || SYMBOLS.get(text)?.[0] === 'relation') return true;
  }
  return false;
}

/** What the parser knows of an environment; null where its rows are those of the display. */
function environmentKind(name: string): string | null {
  if (CASES.has(name)) return 'cases';
  if (name === 'vmatrix') return 'determinant';
  if (name === 'Vmatrix') return 'norm';
  return MATRICES.has(name) ? 'matrix' : null;
}

/** The column pattern of an array, the number of pairs of an `alignat`, options in square brackets. */
function skipColumns(lexer: Lexer, name: string, at: number, to: number): number {
  const next = optionalEnd(lexer, at, to);
  const takes = /^(?:array|tabular|alignat|alignedat|blockarray|block|darray|empheq|subarray)$/.test(name);
  return takes && textAt(lexer, skipBlanks(lexer.raws, next)) === '{' ? argumentRange(lexer, next, to).next : next;
}

function lexEnd(lexer: Lexer, at: number, to: number): number {
  const { next } = environmentName(lexer, at, to);
  closeEnvironment(lexer, spanOf(lexer, at, next));
  return next;
}

function closeEnvironment(lexer: Lexer, span: Span): void {
  const kind = lexer.environments.pop();
  if (kind === undefined) return;
  lexer.barOpen = false;
  if (kind === null) emit(lexer, 'separator', 'row', span);
  else emit(lexer, 'close', kind, span);
}

// ---- the rest

const BINDERS: ReadonlySet<string> = new Set(['min', 'max', 'argmin', 'optimum', 'lim', 'limsup', 'liminf', 'sup', 'inf', 'sum', 'prod', 'bb:E', 'rm:E', 'big', 'int']);

/** `\overset{!}{=}`, `\stackrel{\text{def}}{=}`, `\underset{x}{\min}`, `\underset{n\times 1}{x}`. */
function lexOverset(lexer: Lexer, at: number, to: number): number {
  const over = argumentTokens(lexer, at + 1, to);
  const base = argumentTokens(lexer, over.next, to);
  const [only, ...more] = base.tokens;
  const span = spanOf(lexer, at, base.next);
  if (only !== undefined && more.length === 0 && (only.kind === 'relation' || only.kind === 'operator')) {
    emit(lexer, only.kind, only.kind === 'relation' ? relationUnder(only.text, over.tokens) : only.text, span);
  } else if (only !== undefined && more.length === 0 && BINDERS.has(only.text)) {
    emit(lexer, only.text.includes(':') ? 'name' : 'command', only.text === 'min' || only.text === 'max' ? 'optimum' : only.text, span);
    emit(lexer, 'sub', '_', span);
    pushGroup(lexer, over.tokens, span);
  } else {
    emit(lexer, 'command', 'note', spanOf(lexer, at, at + 1));
    pushGroup(lexer, over.tokens, span);
    pushGroup(lexer, base.tokens, span);
  }
  return base.next;
}

/** What a mark over a relation makes of it. */
function relationUnder(relation: string, over: readonly Token[]): string {
  const text = over.map((token) => token.text).join('');
  if (relation === '=' && text === '!') return '!=';
  const defines = /def|^Δ$|^\u25b3$|triangle/i.test(text);
  return relation === '=' && defines ? ':=' : relation;
}

function lexBuildrel(lexer: Lexer, at: number, to: number): number {
  for (let over = at + 1; over < to; over++) {
    if (textAt(lexer, over) === '\\over') return over + 1;
  }
  return at + 1;
}

function lexNot(lexer: Lexer, at: number, to: number): number {
  const next = skipBlanks(lexer.raws, at + 1);
  if (next >= to) return to;
  emit(lexer, 'relation', textAt(lexer, next) === '=' ? '≠' : '~', spanOf(lexer, at, next + 1));
  return next + 1;
}

/** `\arg\min`, `\arg\,\max`. */
function lexArg(lexer: Lexer, at: number, to: number): number {
  let next = skipBlanks(lexer.raws, at + 1);
  while (VANISHING.has(textAt(lexer, next) ?? '')) next = skipBlanks(lexer.raws, next + 1);
  const binds = next < to && /^\\(?:min|max|inf|sup)$/.test(textAt(lexer, next) as string);
  emit(lexer, binds ? 'command' : 'name', binds ? 'argmin' : 'arg', spanOf(lexer, at, binds ? next + 1 : at + 1));
  return binds ? next + 1 : at + 1;
}

function lexArrow(lexer: Lexer, at: number, to: number): number {
  const { next } = argumentRange(lexer, optionalEnd(lexer, at + 1, to), to);
  emit(lexer, 'relation', '→', spanOf(lexer, at, next));
  return next;
}

/** `\pdv{f}{x}`, `\pdv[2]{f}{x}`, `\pdv{f}{x}{y}`, `\dv{x}`: the fraction they print as. */
function lexPhysicsDerivative(lexer: Lexer, at: number, to: number): number {
  const { args, order, next } = derivativeArguments(lexer, at, to);
  const [first, ...rest] = args;
  if (first === undefined) {
    emit(lexer, 'name', textAt(lexer, at) as string, spanOf(lexer, at, at + 1));
    return at + 1;
  }
  const span = spanOf(lexer, at, next);
  const sign: Token = { ...derivativeSign(textAt(lexer, at) as string), span: { start: span.start, end: span.start + 1 }, spaced: false };
  const raised = rest.length > 1 ? numberScript(String(rest.length), sign.span) : order.length > 0 ? scriptOf(order, sign.span) : [];
  emit(lexer, 'command', 'frac', sign.span);
  pushGroup(lexer, [sign, ...raised, ...(rest.length > 0 ? first : [])], span);
  const variables = rest.length > 0 ? rest : [first];
  pushGroup(lexer, variables.flatMap((one) => [sign, ...one, ...(rest.length > 1 ? [] : order.length > 0 ? scriptOf(order, sign.span) : [])]), span);
  return next;
}

function derivativeSign(command: string): { readonly kind: 'operator' | 'name'; readonly text: string } {
  return /^\\(?:dv|od|derivative|deriv)$/.test(command) ? { kind: 'name', text: 'rm:d' } : { kind: 'operator', text: '∂' };
}

function derivativeArguments(lexer: Lexer, at: number, to: number): { readonly args: Token[][]; readonly order: Token[]; readonly next: number } {
  const star = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  let next = optionalEnd(lexer, star, to);
  const kept = lexer.tokens.length;
  if (next > star) lexNested(lexer, skipBlanks(lexer.raws, star) + 1, next - 1);
  const order = lexer.tokens.splice(kept);
  const args: Token[][] = [];
  while (args.length < 3 && textAt(lexer, skipBlanks(lexer.raws, next)) === '{') {
    const arg = argumentTokens(lexer, next, to);
    args.push(arg.tokens);
    next = arg.next;
  }
  return { args, order, next };
}

function scriptOf(tokens: readonly Token[], span: Span): Token[] {
  const at = { span, spaced: false };
  return [{ kind: 'sup', text: '^', ...at }, { kind: 'group', text: '{', ...at }, ...tokens, { kind: 'ungroup', text: '}', ...at }];
}

function numberScript(digits: string, span: Span): Token[] {
  return scriptOf([{ kind: 'number', value: Number(digits), text: digits, span, spaced: false }], span);
}

// ---- words

const PROSE_WORDS: ReadonlySet<string> = new Set(
  'if and or where for with when otherwise else then so thus hence is are be the a an of to in on by from as that which let given subject such since because st iff all any some each every both not no def true false also but we have minimize maximize minimise maximise Minimize Maximize otherwise respectively while unless otherwise. s.t i.e e.g or: let: Let Then Here here find Find minimum maximum'.split(' '),
);

/** Words in a formula: a function or a name where one word stands as an operand, else `text`. */
function lexText(lexer: Lexer, at: number, to: number): number {
  const { from, end, next } = argumentRange(lexer, at + 1, to);
  const words = rawText(lexer.raws.slice(from, end));
  const span = spanOf(lexer, at, next);
  if (words.includes('$')) return lexTextWithMathematics(lexer, from, end, next);
  if (knownFunction(words.trim()) !== undefined && !PROSE_WORDS.has(words.trim())) emitFunction(lexer, words.trim(), next, span);
  else if (/^arg\s*(?:min|max)$/i.test(words.trim())) emit(lexer, 'command', 'argmin', span);
  else if (words === 'd') emit(lexer, 'name', 'rm:d', span);
  else if (isNameInWords(lexer, words, next)) emit(lexer, 'name', words, span);
  else if (words.trim() !== '') emit(lexer, 'text', words.trim(), span);
  return next;
}

function isNameInWords(lexer: Lexer, words: string, next: number): boolean {
  if (lexer.scripts > 0 || !/^[A-Za-z][\w-]*$/.test(words) || PROSE_WORDS.has(words)) return false;
  const before = lexer.tokens.at(-1);
  const after = nextText(lexer, next);
  if (after === '_' || after === '^') return true;
  const joined = before !== undefined && (before.kind === 'name' || before.kind === 'close' || before.kind === 'ungroup');
  return !joined && (after === undefined || !/^(?:[A-Za-z0-9]|\\[a-z]{3,})$/.test(after) || /^\\(?:left|right|times|cdot|in|text|le|ge|leq|geq|quad|end|top)$/.test(after));
}

/** `\text{if $x > 0$ and …}`: words, and mathematics within them. */
function lexTextWithMathematics(lexer: Lexer, from: number, end: number, next: number): number {
  let start = from;
  let inside = false;
  for (let at = from; at <= end; at++) {
    if (at < end && textAt(lexer, at) !== '$') continue;
    if (inside) lexNested(lexer, start, at, '');
    else if (rawText(lexer.raws.slice(start, at)).trim() !== '') emit(lexer, 'text', rawText(lexer.raws.slice(start, at)).trim(), spanOf(lexer, start, at));
    start = at + 1;
    inside = !inside;
  }
  return next;
}

/** Environments that are mathematics by themselves, without delimiters around them. */
export function isDisplayEnvironment(name: string): boolean {
  return TRANSPARENT.has(name.replace(/\*$/, ''));
}
