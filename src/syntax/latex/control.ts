import type { Span } from '../../base/span.ts';
import { ACCENTS, STYLES, SWITCHES, SYMBOLS, TEXTS, UNWRAPPED, VANISHING, VANISHING_ARGUMENTS } from '../latex-symbols.ts';
import { letterOf } from '../name.ts';
import { rawText, skipBlanks } from '../tex-tokens.ts';
import type { TokenKind } from '../token.ts';
import { argumentRange, argumentTokens, lexArgument, optionalEnd } from './arguments.ts';
import { lexDelimited, lexInnerProduct, lexLeft, lexMatrixQuantity, lexRight, lexRounding, lexSized } from './brackets.ts';
import { lexBegin, lexEnd } from './environments.ts';
import { lexGroup } from './group.ts';
import { emitFunction, emitLetter, knownFunction, styled } from './letters.ts';
import { blank, emit, type Lexer, type Reader, spanOf, textAt } from './lexer.ts';
import { lexNested } from './nested.ts';
import { lexPhysicsDerivative } from './physics-derivative.ts';
import { lexArrow, lexBuildrel, lexOverset } from './stacked.ts';
import { lexAccent, lexStyled, lexSwitch } from './styles.ts';
import { lexUnknown } from './unknown.ts';
import { lexText } from './words.ts';

/** Commands that are read in a way of their own. */
const OWN: Readonly<Record<string, Reader>> = {
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
  '\\odv': lexPhysicsDerivative,
  '\\diffp': lexPhysicsDerivative,
  '\\div': lexDivision,
  '\\divergence': lexFunction,
  '\\curl': lexFunction,
  '\\laplacian': lexFunction,
  '\\vcentcolon': lexColon,
  '\\eval': (lexer, at, to) => lexDelimited(lexer, at, to, 'evaluated', 'evaluated'),
  '\\vqty': (lexer, at, to) => lexDelimited(lexer, at, to, '|', '|'),
  '\\mqty': lexMatrixQuantity,
  '\\pmqty': lexMatrixQuantity,
  '\\bmqty': lexMatrixQuantity,
  '\\smqty': lexMatrixQuantity,
  '\\vmqty': (lexer, at, to) => lexDelimited(lexer, at, to, 'determinant', 'determinant'),
  '\\norm': (lexer, at, to) => lexDelimited(lexer, at, to, '‖', '‖'),
  '\\Norm': (lexer, at, to) => lexDelimited(lexer, at, to, '‖', '‖'),
  '\\abs': (lexer, at, to) => lexDelimited(lexer, at, to, '|', '|'),
  '\\lfloor': lexRounding,
  '\\lceil': lexRounding,
  '\\inner': lexInnerProduct,
  '\\ip': lexInnerProduct,
  '\\innerproduct': lexInnerProduct,
  '\\tran': lexTransposed,
  '\\trans': lexTransposed,
  '\\transp': lexTransposed,
  '\\transpose': lexTransposed,
  '\\xrightarrow': lexArrow,
  '\\xleftarrow': lexArrow,
  '\\hspace': lexHspace,
  '\\\\': lexRow,
  '\\cr': lexRow,
  '\\newline': lexRow,
  '\\tabularnewline': lexRow,
  // What stands behind it is the number of the equation.
  '\\eqno': (_lexer, _at, to) => to,
  '\\leqno': (_lexer, _at, to) => to,
  '\\binom': (lexer, at, to) => lexApplied(lexer, at, to, 'binom'),
  '\\dbinom': (lexer, at, to) => lexApplied(lexer, at, to, 'binom'),
  '\\tbinom': (lexer, at, to) => lexApplied(lexer, at, to, 'binom'),
  '\\choose': (_lexer, at) => at + 1,
  // `a \equiv b \pmod n`: a remark on the relation.
  '\\pmod': (lexer, at, to) => argumentRange(lexer, at + 1, to).next,
  '\\pod': (lexer, at, to) => argumentRange(lexer, at + 1, to).next,
};

/** Commands with arguments that the parser reads, and how many there are. */
const STRUCTURES: ReadonlyMap<string, readonly [name: string, count: number]> = new Map([
  ...['\\frac', '\\dfrac', '\\tfrac', '\\cfrac', '\\sfrac', '\\nicefrac', '\\flatfrac', '\\qfrac'].map(
    (word): [string, [string, number]] => [word, ['frac', 2]],
  ),
  ['\\underbrace', ['underbrace', 1]],
  ['\\overbrace', ['underbrace', 1]],
  ['\\underbracket', ['underbrace', 1]],
  ['\\overbracket', ['underbrace', 1]],
]);

/** Who reads a command, by all the tables; where a command stands in two of them, the one named last here counts. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...map(TEXTS, (word) => [word, lexText]),
  ...map(SWITCHES.keys(), (word) => [word, lexSwitch]),
  ...map(STYLES, ([word, style]) => [word, (lexer, at, to) => lexStyled(lexer, at, to, style)]),
  ...map(ACCENTS, ([word, accent]) => [word, (lexer, at, to) => lexAccent(lexer, at, to, accent)]),
  ...map(STRUCTURES, ([word, structure]) => [word, (lexer, at, to) => lexStructure(lexer, at, to, structure)]),
  ...map(UNWRAPPED, ([word, count]) => [word, (lexer, at, to) => lexUnwrapped(lexer, at, to, count)]),
  ...map(['\\uncover', '\\only', '\\visible', '\\onslide', '\\alert'], (word) => [word, lexOverlaid]),
  ...map(VANISHING_ARGUMENTS, ([word, count]) => [word, (lexer, at, to) => skipArguments(lexer, at, to, count)]),
  ...map(VANISHING, (word) => [word, blank]),
  ...map(
    ['big', 'bigg', 'Big', 'Bigg'].flatMap((size) => ['', 'l', 'r', 'm'].map((side) => `\\${size}${side}`)),
    (word) => [word, lexSized],
  ),
  ...Object.entries(OWN),
]);

function map<T>(table: Iterable<T>, entry: (one: T) => [word: string, reader: Reader]): [string, Reader][] {
  return Array.from(table, entry);
}

/** A control sequence with its arguments. */
export function lexControl(lexer: Lexer, at: number, to: number): number {
  const reader = READERS.get(textAt(lexer, at) as string) ?? lexNamed;
  return reader(lexer, at, to);
}

function skipArguments(lexer: Lexer, at: number, to: number, count: number): number {
  let next = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  next = optionalEnd(lexer, next, to);
  for (let left = count; left > 0 && textAt(lexer, skipBlanks(lexer.raws, next)) === '{'; left--)
    next = argumentRange(lexer, next, to).next;
  lexer.spaced = true;
  return next;
}

/** A wide space parts equations; a narrow one is nothing. */
function lexHspace(lexer: Lexer, at: number, to: number): number {
  const star = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  const { from, end, next } = argumentRange(lexer, star, to);
  const wide =
    /^\s*[\d.]+\s*(?:em|cm|in|pt)/.test(rawText(lexer.raws, from, end)) && Number.parseFloat(rawText(lexer.raws, from, end)) >= 1;
  if (wide) emit(lexer, 'separator', 'gap', spanOf(lexer, at, next));
  lexer.spaced = true;
  return next;
}

/** `\\\\*[2pt]`: the end of a row, and how far away the next one stands, which says nothing. */
function lexRow(lexer: Lexer, at: number, to: number): number {
  emit(lexer, 'separator', 'row', spanOf(lexer, at, at + 1));
  lexer.barOpen = false;
  const next = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  const end = optionalEnd(lexer, next, to);
  return LENGTH.test(rawText(lexer.raws, next, end)) ? end : next;
}

const LENGTH = /^\s*\[\s*-?[\d.]*\s*(?:pt|em|ex|mm|cm|in|pc|bp|sp|mu|\\\w+)\s*\]$/;

function lexUnwrapped(lexer: Lexer, at: number, to: number, count: number): number {
  let next = optionalEnd(lexer, at + 1, to);
  for (let left = count - 1; left > 0; left--) next = argumentRange(lexer, next, to).next;
  const first = skipBlanks(lexer.raws, next);
  if (first >= to) return to;
  return textAt(lexer, first) === '{' ? lexGroup(lexer, first, to) : lexer.one(lexer, first, to);
}

/** `\uncover<2->{…}`: on which slides it is shown says nothing. */
function lexOverlaid(lexer: Lexer, at: number, to: number): number {
  let next = skipBlanks(lexer.raws, at + 1);
  if (textAt(lexer, next) === '<') while (next < to && textAt(lexer, next++) !== '>');
  return lexUnwrapped(lexer, next - 1, to, 1);
}

function lexStructure(lexer: Lexer, at: number, to: number, [name, count]: readonly [string, number]): number {
  emit(lexer, 'command', name, spanOf(lexer, at, at + 1));
  let next = at + 1;
  const { scripts } = lexer;
  for (let left = count; left > 0; left--) next = lexArgument(lexer, next, to);
  lexer.scripts = scripts;
  return next;
}

/** `\transpose{A}`; without an argument the command is the mark, as in `A\transpose`. */
function lexTransposed(lexer: Lexer, at: number, to: number): number {
  const { from, end } = argumentRange(lexer, at + 1, to);
  const takesArgument = textAt(lexer, from - 1) === '{' && end > from && lexer.scripts === 0;
  const next = takesArgument ? lexGroup(lexer, from - 1, to) : at + 1;
  emit(lexer, 'operator', '⊤', spanOf(lexer, at, at + 1));
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

/** `a \div b` divides; `\div u` with nothing before it is the divergence of physics. */
function lexDivision(lexer: Lexer, at: number, to: number): number {
  const before = lexer.tokens.at(-1);
  const isFirst = before === undefined || before.kind === 'relation' || before.kind === 'operator' || before.kind === 'open';
  if (isFirst) return lexFunction(lexer, at, to);
  emit(lexer, 'operator', '/', spanOf(lexer, at, at + 1));
  return at + 1;
}

/** A command as the name of a function that no table knows. */
function lexFunction(lexer: Lexer, at: number, _to: number): number {
  emit(lexer, 'name', textAt(lexer, at) as string, spanOf(lexer, at, at + 1));
  return at + 1;
}

/** `\vcentcolon=` is `:=`. */
function lexColon(lexer: Lexer, at: number, to: number): number {
  const next = skipBlanks(lexer.raws, at + 1);
  const defines = next < to && textAt(lexer, next) === '=';
  emit(lexer, 'relation', defines ? ':=' : ':', spanOf(lexer, at, defines ? next + 1 : at + 1));
  return defines ? next + 1 : at + 1;
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
