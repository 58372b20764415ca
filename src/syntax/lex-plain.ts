import type { Span } from '../base/span.ts';
import { withAngleBrackets } from './angle-brackets.ts';
import { letterOf } from './name.ts';
import { LOWERED, RAISED, scriptParts } from './script-signs.ts';
import type { Token, TokenKind } from './token.ts';

/** A spelling and the token it makes. Longer spellings come first, so that `.*` is not `.` and `*`. */
type Spelling = readonly [spelling: string, kind: TokenKind, text: string];

const SPELLINGS: readonly Spelling[] = [
  ['<=>', 'relation', '⇒'],
  ['\\R', 'name', 'R'],
  ['->', 'relation', '→'],
  ['<-', 'relation', '←'],
  ['=>', 'relation', '⇒'],
  [':=', 'relation', ':='],
  ['=:', 'relation', '=:'],
  ['<=', 'relation', '≤'],
  ['>=', 'relation', '≥'],
  ['!=', 'relation', '≠'],
  ['==', 'operator', '=='],
  ['~=', 'relation', '≈'],
  ['...', 'dots', '..'],
  ['..', 'dots', '..'],
  ['.*', 'operator', '⊙'],
  ['./', 'operator', '⊘'],
  ['.^', 'operator', '.^'],
  ['||', 'bar', '‖'],
  ['=', 'relation', '='],
  ['≈', 'relation', '≈'],
  ['≤', 'relation', '≤'],
  ['≥', 'relation', '≥'],
  ['≠', 'relation', '≠'],
  ['<', 'relation', '<'],
  ['>', 'relation', '>'],
  ['∝', 'relation', '∝'],
  ['~', 'relation', '~'],
  ['∼', 'relation', '~'],
  ['←', 'relation', '←'],
  ['→', 'relation', '→'],
  ['↦', 'relation', '→'],
  ['⇒', 'relation', '⇒'],
  ['⇔', 'relation', '⇒'],
  ['≡', 'relation', '≡'],
  ['≜', 'relation', ':='],
  ['∈', 'relation', '∈'],
  ['≻', 'relation', '≻'],
  ['⪰', 'relation', '⪰'],
  [':', 'relation', ':'],
  ['+', 'operator', '+'],
  ['-', 'operator', '-'],
  ['−', 'operator', '-'],
  ['±', 'operator', '±'],
  ['*', 'operator', '*'],
  ['/', 'operator', '/'],
  ['·', 'operator', '·'],
  ['⋅', 'operator', '·'],
  ['×', 'operator', '×'],
  ['⊙', 'operator', '⊙'],
  ['⊘', 'operator', '⊘'],
  ['⊗', 'operator', '⊗'],
  ['∘', 'operator', '∘'],
  ['ᵀ', 'operator', '⊤'],
  ['⊤', 'operator', '⊤'],
  ['†', 'operator', '†'],
  ['∂', 'operator', '∂'],
  ['√', 'command', 'sqrt'],
  ['∇', 'command', 'nabla'],
  ['∑', 'command', 'sum'],
  ['∏', 'command', 'prod'],
  ['(', 'open', '('],
  ['[', 'open', '['],
  ['⟨', 'open', '⟨'],
  ['{', 'open', '{'],
  [')', 'close', ')'],
  [']', 'close', ']'],
  ['⟩', 'close', '⟩'],
  ['}', 'close', '}'],
  ['|', 'bar', '|'],
  ['‖', 'bar', '‖'],
  ['_', 'sub', '_'],
  ['^', 'sup', '^'],
  ['′', 'prime', "'"],
  [',', 'separator', ','],
  [';', 'separator', ';'],
  ['…', 'dots', '…'],
];

const SPELLINGS_BY_FIRST: ReadonlyMap<string, readonly Spelling[]> = new Map(
  SPELLINGS.map(([spelling]) => [spelling[0] as string, SPELLINGS.filter((other) => other[0][0] === spelling[0])]),
);

const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const MARKS = [...RAISED.keys(), ...LOWERED.keys()].join('');
/** A run of letters and digits; letters that are written raised or lowered are marks. */
const WORD = new RegExp(`(?:\\\\[A-Za-z]+|(?![${MARKS}])[\\p{L}\\p{Nl}](?:(?![${MARKS}])[\\p{L}\\p{Nd}\\u0302\\u0303\\u0304])*)`, 'uy');
const SPACE = /[^\S\n]+/y;
const PRIMES = /'+/y;
const TRANSPOSE = /\.T(?![\p{L}\p{N}])/uy;
const SUPERSCRIPT = new RegExp(`[${[...RAISED.keys()].join('')}]+`, 'uy');
const SUBSCRIPT = new RegExp(`[${[...LOWERED.keys()].join('')}]+`, 'uy');

/** Fractions that are one character. */
const FRACTIONS: ReadonlyMap<string, number> = new Map([
  ['½', 1 / 2],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
  ['¼', 1 / 4],
  ['¾', 3 / 4],
  ['⅙', 1 / 6],
  ['⅛', 1 / 8],
]);

/** Commands of LaTeX that a statement may use as signs. */
const COMMANDS: ReadonlyMap<string, readonly [TokenKind, string]> = new Map([
  ['in', ['relation', '∈']],
  ['to', ['relation', '→']],
  ['times', ['operator', '×']],
  ['cdot', ['operator', '·']],
  ['odot', ['operator', '⊙']],
  ['otimes', ['operator', '⊗']],
  ['top', ['operator', '⊤']],
  ['partial', ['operator', '∂']],
  ['nabla', ['command', 'nabla']],
]);

/** Accents and styles of LaTeX that plain statements may use in names: `\hat x : n`. */
const DECORATIONS: Readonly<Record<string, string>> = {
  hat: 'hat',
  widehat: 'hat',
  tilde: 'tilde',
  widetilde: 'tilde',
  bar: 'bar',
  overline: 'bar',
  dot: 'dot',
  vec: 'vec',
  mathbf: 'bold',
  boldsymbol: 'bold',
  bm: 'bold',
  mathcal: 'cal',
  mathrm: 'rm',
  mathsf: 'sf',
  mathbb: 'bb',
  underline: 'underline',
};

/** Most characters tell by themselves what they begin, so that not every pattern is tried at each. */
const ONLY_SPELLED: ReadonlySet<string> = new Set('()[]{}=<>:+-*|_^,;~');

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isAsciiDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The scan so far. One object serves one call; it never outlives it. */
interface Scan {
  readonly text: string;
  readonly end: number;
  readonly tokens: Token[];
  at: number;
  spaced: boolean;
}

/**
 * The tokens of plain notation in `text` between two offsets. Total: what no rule knows becomes an
 * `unknown` token of one character. A comment, from `//` to the end of its line, is skipped.
 */
export function lexPlain(text: string, span: Span): Token[] {
  const scan: Scan = { text, end: span.end, tokens: [], at: span.start, spaced: true };
  while (scan.at < scan.end) step(scan);
  return withAngleBrackets(scan.tokens);
}

function step(scan: Scan): void {
  const code = scan.text.charCodeAt(scan.at);
  if (code === 32) return skipBlank(scan);
  if (code === 10 && lexNewline(scan)) return;
  if (isAsciiLetter(code) ? lexWord(scan) : ONLY_SPELLED.has(scan.text[scan.at] as string) && lexSpelling(scan)) return;
  if (skipSpace(scan) || skipComment(scan)) return;
  if (lexNewline(scan) || lexNumber(scan) || lexWord(scan) || lexMarks(scan) || lexSpelling(scan)) return;
  const width = (scan.text.codePointAt(scan.at) as number) > 0xffff ? 2 : 1;
  emit(scan, 'unknown', scan.text.slice(scan.at, scan.at + width), width);
}

function match(scan: Scan, pattern: RegExp): string | undefined {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0];
  return found === undefined || scan.at + found.length > scan.end ? undefined : found;
}

function emit(scan: Scan, kind: TokenKind, text: string, width: number): void {
  const span = { start: scan.at, end: scan.at + width };
  scan.tokens.push({ kind, text, span, spaced: scan.spaced });
  scan.at += width;
  scan.spaced = false;
}

function skipBlank(scan: Scan): void {
  scan.at++;
  scan.spaced = true;
}

function skipSpace(scan: Scan): boolean {
  const space = match(scan, SPACE);
  if (space === undefined) return false;
  scan.at += space.length;
  scan.spaced = true;
  return true;
}

function skipComment(scan: Scan): boolean {
  if (!scan.text.startsWith('//', scan.at)) return false;
  const newline = scan.text.indexOf('\n', scan.at);
  scan.at = newline < 0 ? scan.end : Math.min(newline, scan.end);
  return true;
}

function lexNewline(scan: Scan): boolean {
  if (scan.text[scan.at] !== '\n') return false;
  emit(scan, 'newline', '\n', 1);
  scan.spaced = true;
  return true;
}

function lexNumber(scan: Scan): boolean {
  const fraction = FRACTIONS.get(scan.text[scan.at] as string);
  if (fraction !== undefined) return pushNumber(scan, fraction, scan.text[scan.at] as string);
  const digits = match(scan, NUMBER);
  return digits !== undefined && pushNumber(scan, Number(digits), digits);
}

function pushNumber(scan: Scan, value: number, text: string): true {
  const span = { start: scan.at, end: scan.at + text.length };
  scan.tokens.push({ kind: 'number', value, text, span, spaced: scan.spaced });
  scan.at = span.end;
  scan.spaced = false;
  return true;
}

/** A run of letters and digits of ASCII alone, which most words are; null where another character belongs to it, or may. */
function asciiWord({ text, at, end }: Scan): string | null {
  if (!isAsciiLetter(text.charCodeAt(at))) return null;
  let stop = at + 1;
  while (stop < end && (isAsciiLetter(text.charCodeAt(stop)) || isAsciiDigit(text.charCodeAt(stop)))) stop++;
  return stop < end && text.charCodeAt(stop) > 127 ? null : text.slice(at, stop);
}

function lexWord(scan: Scan): boolean {
  const word = asciiWord(scan) ?? match(scan, WORD);
  if (word === undefined) return false;
  if (word.startsWith('\\')) return lexCommand(scan, word);
  const isSum = word === 'sum' || word === 'Σ' || word === 'prod' || word === 'Π';
  if (isSum && scan.text[scan.at + word.length] === '_')
    emit(scan, 'command', word === 'sum' || word === 'Σ' ? 'sum' : 'prod', word.length);
  else if (word === 'in' && scan.spaced) emit(scan, 'relation', '∈', word.length);
  else emit(scan, 'name', letterOf(word), word.length);
  return true;
}

/** `\hat x`, `\mathbf{S}`, `\mu`: the spellings of LaTeX that statements may use for names. */
function lexCommand(scan: Scan, command: string): boolean {
  const word = command.slice(1);
  const sign = COMMANDS.get(word);
  if (sign !== undefined) emit(scan, ...sign, command.length);
  if (sign !== undefined) return true;
  const decoration = Object.hasOwn(DECORATIONS, word) ? DECORATIONS[word] : undefined;
  if (decoration === undefined) {
    if (letterOf(word) !== word) emit(scan, 'name', letterOf(word), command.length);
    return letterOf(word) !== word;
  }
  const before = scan.at;
  const argument = /^\s*(?:\{\s*)?(\\?[\p{L}\p{N}]+)(?:\s*\})?/u.exec(scan.text.slice(before + command.length, scan.end));
  if (argument === null) return false;
  const letter = argument[1] as string;
  if (letter.startsWith('\\')) return lexDecoratedCommand(scan, decoration, command.length, letter);
  emit(scan, 'name', `${decoration}:${letterOf(letter)}`, command.length + argument[0].length);
  return true;
}

/** `\hat{\mathbf x}`, `\hat\mu`: the inner command makes the name, the outer one decorates it. */
function lexDecoratedCommand(scan: Scan, decoration: string, width: number, inner: string): boolean {
  const start = scan.at;
  scan.at = scan.text.indexOf(inner, start + width);
  const braced = scan.text.slice(start + width, scan.at).includes('{');
  if (!lexCommand(scan, inner)) {
    scan.at = start;
    return false;
  }
  const name = scan.tokens.pop() as Token;
  const close = braced ? /^\s*\}/.exec(scan.text.slice(scan.at, scan.end)) : null;
  scan.at += close === null ? 0 : close[0].length;
  scan.tokens.push({ ...name, kind: 'name', text: `${decoration}:${name.text}`, span: { start, end: scan.at } });
  return true;
}

function lexMarks(scan: Scan): boolean {
  const primes = match(scan, PRIMES);
  if (primes !== undefined) emit(scan, 'prime', primes, primes.length);
  else if (match(scan, TRANSPOSE) !== undefined) emit(scan, 'operator', '⊤', 2);
  else return lexScriptRun(scan, SUPERSCRIPT, '^', RAISED) || lexScriptRun(scan, SUBSCRIPT, '_', LOWERED);
  return true;
}

/** `x²`, `A⁻¹`, `xᵢ`, `Aᵢⱼ`, `hₜ₋₁`: a raised or lowered run is the mark and its content at once. */
function lexScriptRun(scan: Scan, pattern: RegExp, mark: '^' | '_', signs: ReadonlyMap<string, string>): boolean {
  const run = match(scan, pattern);
  if (run === undefined) return false;
  const span = { start: scan.at, end: scan.at + run.length };
  const push = (kind: TokenKind, text: string) => scan.tokens.push({ kind, text, span, spaced: false });
  push(mark === '^' ? 'sup' : 'sub', mark);
  push('group', '{');
  for (const { kind, text } of scriptParts(run, signs)) {
    if (kind === 'number') scan.tokens.push({ kind, value: Number(text), text, span, spaced: false });
    else push(kind, text);
  }
  push('ungroup', '}');
  scan.at = span.end;
  return true;
}

function lexSpelling(scan: Scan): boolean {
  const candidates = SPELLINGS_BY_FIRST.get(scan.text[scan.at] as string) ?? [];
  const found = candidates.find(([spelling]) => scan.text.startsWith(spelling, scan.at));
  if (found === undefined) return false;
  const [spelling, kind, text] = found;
  if (spelling === '{' && isScript(scan.tokens.at(-1))) emit(scan, 'group', '{', 1);
  else if (spelling === '}' && openGroup(scan.tokens)) emit(scan, 'ungroup', '}', 1);
  else emit(scan, kind, text, spelling.length);
  return true;
}

function isScript(token: Token | undefined): boolean {
  return token?.kind === 'sub' || token?.kind === 'sup';
}

/** Whether the innermost brace that is still open was opened by `_{` or `^{`. */
function openGroup(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at] as Token;
    if (token.kind === 'newline') return false;
    if (token.text === '}') depth++;
    if (token.text === '{' && depth-- === 0) return token.kind === 'group';
  }
  return false;
}
