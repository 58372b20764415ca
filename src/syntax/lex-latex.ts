import { isDigit } from '../base/characters.ts';
import type { Span } from '../base/span.ts';
import type { SyntaxProblem } from './ast.ts';
import { type Contents, contentsOf } from './contents.ts';
import { withoutDoubledEscapes } from './doubled-escapes.ts';
import { lexScript } from './latex/arguments.ts';
import { lexBar, lexCharacter, lexNumber, lexPrimes, unbalanced } from './latex/characters.ts';
import { lexControl } from './latex/control.ts';
import { closeEnvironment } from './latex/environments.ts';
import { lexGroup, lexRaised } from './latex/group.ts';
import { isLetterHere, lexLetters } from './latex/letters.ts';
import { blank, type Lexer, lastSpan, type Reader, textAt } from './latex/lexer.ts';
import { lexRange } from './latex/nested.ts';
import { partnersOf } from './latex/partners.ts';
import { expandMacros, type Macros } from './macros.ts';
import { recognizeStructures } from './recognize-structures.ts';
import type { Token } from './token.ts';

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly contents: Contents;
  readonly problems: readonly SyntaxProblem[];
  /** Whether the mathematics defined macros. */
  readonly defines: boolean;
}

/**
 * The tokens of LaTeX mathematics in `text` between two offsets. Total: what has no meaning becomes
 * a name of its own or an `unknown` token. Takes in the macros that the mathematics defines.
 */
export function lexLatex(text: string, span: Span, macros: Macros): Lexed {
  const expanded = expandMacros(text, span, macros);
  const raws = expanded.commands.includes('\\\\') ? withoutDoubledEscapes(expanded.raws) : expanded.raws;
  const lexer: Lexer = {
    one: lexOne,
    raws,
    partners: partnersOf(raws),
    hasOver: expanded.commands.includes('\\over'),
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
  const written = contentsOf(lexer.tokens);
  const tokens = recognizeStructures(lexer.tokens, written);
  const contents = tokens === lexer.tokens ? written : contentsOf(tokens);
  return { tokens, contents, problems: lexer.problems, defines: expanded.defines };
}

/** Reads one thing at `at`, with its arguments, and answers where the next one begins. */
function lexOne(lexer: Lexer, at: number, to: number): number {
  const text = textAt(lexer, at) as string;
  const reader = isLetterHere(text) ? lexLetters : (READERS.get(text.charAt(0)) ?? lexCharacter);
  return reader(lexer, at, to);
}

/** Who reads what begins with a character that is no letter; all others are signs. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['\\', lexBackslash],
  [' ', blank],
  ['~', blank],
  ['{', lexGroup],
  ['}', unbalanced],
  ['^', lexRaised],
  ['_', lexScript],
  ["'", lexPrimes],
  ['|', lexBar],
  ['.', lexPoint],
  ...[...'0123456789'].map((digit): [string, Reader] => [digit, lexNumber]),
]);

function lexBackslash(lexer: Lexer, at: number, to: number): number {
  return textAt(lexer, at) === '\\' ? lexCharacter(lexer, at, to) : lexControl(lexer, at, to);
}

function lexPoint(lexer: Lexer, at: number, to: number): number {
  return isDigit(textAt(lexer, at + 1) ?? '') ? lexNumber(lexer, at, to) : lexCharacter(lexer, at, to);
}
