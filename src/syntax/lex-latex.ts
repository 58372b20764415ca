import { isDigit, isLetter } from '../base/characters.ts';
import type { Span } from '../base/span.ts';
import type { SyntaxProblem } from './ast.ts';
import { withoutDoubledEscapes } from './doubled-escapes.ts';
import { CHARACTERS } from './latex-symbols.ts';
import { lexScript } from './latex/arguments.ts';
import { lexBar, lexCharacter, lexNumber, lexPrimes, unbalanced } from './latex/characters.ts';
import { lexControl } from './latex/control.ts';
import { closeEnvironment } from './latex/environments.ts';
import { lexGroup } from './latex/group.ts';
import { lexLetters } from './latex/letters.ts';
import { type Lexer, blank, lastSpan, textAt } from './latex/lexer.ts';
import { lexRange } from './latex/nested.ts';
import { partnersOf } from './latex/partners.ts';
import { type Macros, expandMacros } from './macros.ts';
import { recognizeStructures } from './recognize-structures.ts';
import type { Token } from './token.ts';

export interface Lexed {
  readonly tokens: readonly Token[];
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
  const raws = withoutDoubledEscapes(expanded.raws);
  const lexer: Lexer = {
    one: lexOne,
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
  return { tokens: recognizeStructures(lexer.tokens), problems: lexer.problems, defines: expanded.defines };
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
  if (isDigit(text) || (text === '.' && isDigit(textAt(lexer, at + 1) ?? ''))) return lexNumber(lexer, at, to);
  if (isLetter(text) && !CHARACTERS.has(text)) return lexLetters(lexer, at, to);
  return lexCharacter(lexer, at, to);
}
