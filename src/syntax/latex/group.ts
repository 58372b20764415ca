import type { Span } from '../../base/span.ts';
import { skipBlanks } from '../tex-tokens.ts';
import type { Token } from '../token.ts';
import { lexScript } from './arguments.ts';
import { emit, type Lexer, nextText, spanOf, textAt } from './lexer.ts';
import { groupEnd, lexNested } from './nested.ts';

/** What stands in braces. */
export function lexGroup(lexer: Lexer, at: number, to: number): number {
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
  const operandBefore =
    before !== undefined && (before.kind === 'name' || before.kind === 'close' || before.kind === 'ungroup' || before.kind === 'number');
  const mark = skipBlanks(lexer.raws, close + 1);
  if (operandBefore || textAt(lexer, mark) !== '^' || mark >= to) return close + 1;
  return lexPretranspose(lexer, mark, to, open.span);
}

/** The mark at `^` and what it raises as the transpose of what follows. */
function lexPretranspose(lexer: Lexer, mark: number, to: number, span: Span): number {
  emit(lexer, 'command', 'pretranspose', span);
  const kept = lexer.tokens.length;
  const next = lexScript(lexer, mark, to);
  lexer.tokens.length = kept;
  return next;
}

/** A mark above something, or `^t A` with nothing before it: a transpose as well. */
export function lexRaised(lexer: Lexer, at: number, to: number): number {
  const before = lexer.tokens.at(-1);
  const isFirst = before === undefined || before.kind === 'relation' || before.kind === 'operator' || before.kind === 'open';
  const letter = textAt(lexer, at + 1);
  const isPretranspose = isFirst && (letter === 't' || letter === 'T') && TRANSPOSED.test(nextText(lexer, at + 2) ?? '');
  return isPretranspose ? lexPretranspose(lexer, at, to, spanOf(lexer, at, at + 2)) : lexScript(lexer, at, to);
}

const TRANSPOSED = /^(?:[A-Za-z]|\\(?:mathbf|boldsymbol|bm))$/;
