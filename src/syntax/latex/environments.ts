import type { Span } from '../../base/span.ts';
import { CASES, CHARACTERS, MATRICES, SYMBOLS } from '../latex-symbols.ts';
import { rawText, skipBlanks } from '../tex-tokens.ts';
import { argumentRange, optionalEnd } from './arguments.ts';
import { emit, type Lexer, spanOf, textAt } from './lexer.ts';
import { lexNested } from './nested.ts';

/** The name in the braces of `\begin` and `\end`, without its star. */
export function environmentName(lexer: Lexer, at: number, to: number): { readonly name: string; readonly next: number } {
  const { from, end, next } = argumentRange(lexer, at + 1, to);
  return { name: rawText(lexer.raws, from, end).trim().replace(/\*$/, ''), next };
}

/** `\begin{…}` with its columns and options. */
export function lexBegin(lexer: Lexer, at: number, to: number): number {
  const { name, next } = environmentName(lexer, at, to);
  const span = spanOf(lexer, at, next);
  const kind = lexer.skipped.has(at) ? 'cases' : lexer.skipped.has(-at) || isLayout(lexer, name, next, to) ? null : environmentKind(name);
  lexer.environments.push(kind);
  if (/^(?:sub)?numcases$/.test(name)) return lexNumberedCases(lexer, next, to, span);
  if (kind !== null) emit(lexer, 'open', kind, span);
  return skipColumns(lexer, name, next, to);
}

/** `\begin{numcases}{f(x) =}`: what is distinguished stands in an argument. */
function lexNumberedCases(lexer: Lexer, at: number, to: number, span: Span): number {
  const { from, end, next } = argumentRange(lexer, at, to);
  lexNested(lexer, from, end);
  emit(lexer, 'open', 'cases', span);
  return next;
}

/** Whether an array only lays out equations: it stands by itself, and a relation stands in it. */
function isLayout(lexer: Lexer, name: string, from: number, to: number): boolean {
  if (name !== 'array' && name !== 'tabular') return false;
  const before = lexer.tokens.at(-1);
  if (before !== undefined && before.kind !== 'separator') return false;
  for (let at = from; at < to && textAt(lexer, at) !== '\\end'; at++) {
    const text = textAt(lexer, at) as string;
    if (text === '{') at = Math.max(at, lexer.partners[at] ?? at);
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
  const takes = /^(?:array|tabular|alignat|alignedat|blockarray|block|darray|empheq|subarray|IEEEeqnarray)$/.test(name);
  return takes && textAt(lexer, skipBlanks(lexer.raws, next)) === '{' ? argumentRange(lexer, next, to).next : next;
}

/** `\end{…}`, whatever it names. */
export function lexEnd(lexer: Lexer, at: number, to: number): number {
  const { next } = environmentName(lexer, at, to);
  closeEnvironment(lexer, spanOf(lexer, at, next));
  return next;
}

/** Ends the innermost open environment. */
export function closeEnvironment(lexer: Lexer, span: Span): void {
  const kind = lexer.environments.pop();
  if (kind === undefined) return;
  lexer.barOpen = false;
  if (kind === null) emit(lexer, 'separator', 'row', span);
  else emit(lexer, 'close', kind, span);
}
