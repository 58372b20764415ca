import { isControlWord, type Raw } from '../tex-tokens.ts';
import type { Token } from '../token.ts';
import { argumentTokens, lexArgument, lexScript } from './arguments.ts';
import { emit, type Lexer, spanOf, textAt } from './lexer.ts';

/** A command that no one defined: a decoration where it takes one name, else a name, or an opaque structure. */
export function lexUnknown(lexer: Lexer, at: number, to: number): number {
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

/** A command whose meaning is unknown, with its arguments as parts. */
function lexOpaque(lexer: Lexer, at: number, to: number, most: number): number {
  emit(lexer, 'command', 'opaque', spanOf(lexer, at, at + 1));
  let next = at + 1;
  for (let left = most; left > 0 && textAt(lexer, next) === '{'; left--) next = lexArgument(lexer, next, to);
  return next;
}
