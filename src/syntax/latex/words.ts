import type { Span } from '../../base/span.ts';
import { rawText } from '../tex-tokens.ts';
import { argumentRange } from './arguments.ts';
import { emitFunction, knownFunction } from './letters.ts';
import { emit, type Lexer, nextText, spanOf, textAt } from './lexer.ts';
import { lexNested } from './nested.ts';

const PROSE_WORDS: ReadonlySet<string> = new Set(
  'if and or where for with when otherwise else then so thus hence is are be the a an of to in on by from as that which let given subject such since because st iff all any some each every both not no def true false also but we have minimize maximize minimise maximise Minimize Maximize otherwise respectively while unless otherwise. s.t i.e e.g or: let: Let Then Here here find Find minimum maximum si sinon sonst falls wenn und oder wobei mit für pour et ou où avec donc alors altrimenti donde'.split(
    ' ',
  ),
);

/** Words in a formula: a function or a name where one word stands as an operand, else `text`. */
export function lexText(lexer: Lexer, at: number, to: number): number {
  const { from, end, next } = argumentRange(lexer, at + 1, to);
  const words = rawText(lexer.raws, from, end);
  const span = spanOf(lexer, at, next);
  if (words.includes('$')) return lexTextWithMathematics(lexer, from, end, next);
  const style = LETTER_STYLES.get(textAt(lexer, at) ?? '');
  if (style !== undefined && lexer.scripts === 0 && /^[A-Za-z]$/.test(words)) return emitLetter(lexer, style + words, next, span);
  if (knownFunction(words.trim()) !== undefined && !PROSE_WORDS.has(words.trim())) emitFunction(lexer, words.trim(), next, span);
  else if (/^arg\s*(?:min|max)$/i.test(words.trim())) emit(lexer, 'command', 'argmin', span);
  else if (words === 'd') emit(lexer, 'name', 'rm:d', span);
  else if (isNameInWords(lexer, words, next)) emit(lexer, 'name', words, span);
  else if (isConstant(words) && isNameInWords(lexer, 'const', next)) emit(lexer, 'name', 'const', span);
  else if (words.trim() !== '') emit(lexer, 'text', words.trim(), span);
  return next;
}

/** `f + \text{const.}`, `+ \text{ a constant}`, as `+ \text{const}` is a number of which nothing is known. */
function isConstant(words: string): boolean {
  return /^\s*(?:const\.|(?:an? )?(?:additive )?constants?(?: terms?)?\.?)\s*$/u.test(words);
}

/** `\textbf X` and `\textit x` are letters where mathematics is written with the commands of words. */
const LETTER_STYLES: ReadonlyMap<string, string> = new Map([
  ['\\textbf', 'bold:'],
  ['\\textit', ''],
]);

function emitLetter(lexer: Lexer, name: string, next: number, span: Span): number {
  emit(lexer, 'name', name, span);
  return next;
}

function isNameInWords(lexer: Lexer, words: string, next: number): boolean {
  if (lexer.scripts > 0 || !/^[A-Za-z][\w-]*$/.test(words) || PROSE_WORDS.has(words)) return false;
  const before = lexer.tokens.at(-1);
  const after = nextText(lexer, next);
  if (after === '_' || after === '^' || (textAt(lexer, next) === '(' && words.length > 2)) return true;
  const joined = before !== undefined && (before.kind === 'name' || before.kind === 'close' || before.kind === 'ungroup');
  return (
    !joined &&
    (after === undefined ||
      !/^(?:[A-Za-z0-9]|\\[a-z]{3,})$/.test(after) ||
      /^\\(?:left|right|times|cdot|in|text|le|ge|leq|geq|quad|end|top)$/.test(after))
  );
}

/** `\text{if $x > 0$ and …}`: words, and mathematics within them. */
function lexTextWithMathematics(lexer: Lexer, from: number, end: number, next: number): number {
  let start = from;
  let inside = false;
  for (let at = from; at <= end; at++) {
    if (at < end && textAt(lexer, at) !== '$') continue;
    if (inside) lexNested(lexer, start, at, '');
    else if (rawText(lexer.raws, start, at).trim() !== '')
      emit(lexer, 'text', rawText(lexer.raws, start, at).trim(), spanOf(lexer, start, at));
    start = at + 1;
    inside = !inside;
  }
  return next;
}
