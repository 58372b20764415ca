import type { Token } from '../token.ts';
import { argumentRange, argumentTokens, optionalEnd } from './arguments.ts';
import { emit, type Lexer, spanOf } from './lexer.ts';
import { lexNested, overOf, pushGroup } from './nested.ts';

const BINDERS: ReadonlySet<string> = new Set([
  'min',
  'max',
  'argmin',
  'optimum',
  'lim',
  'limsup',
  'liminf',
  'sup',
  'inf',
  'sum',
  'prod',
  'bb:E',
  'rm:E',
  'big',
  'int',
]);

/** `\overset{!}{=}`, `\stackrel{\text{def}}{=}`, `\underset{x}{\min}`, `\underset{n\times 1}{x}`. */
export function lexOverset(lexer: Lexer, at: number, to: number): number {
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

/** `\buildrel \Delta \over =`: what stands before `\over` is a mark over the sign behind it. */
export function lexBuildrel(lexer: Lexer, at: number, to: number): number {
  const over = overOf(lexer, at, to);
  if (over === null) return at + 1;
  const kept = lexer.tokens.length;
  lexNested(lexer, at + 1, over);
  const mark = lexer.tokens.splice(kept);
  const base = argumentTokens(lexer, over + 1, to);
  const [only, ...more] = base.tokens;
  if (only?.kind === 'relation' && more.length === 0) emit(lexer, 'relation', relationUnder(only.text, mark), spanOf(lexer, at, base.next));
  else lexer.tokens.push(...base.tokens);
  return base.next;
}

/** `\xrightarrow{…}`. */
export function lexArrow(lexer: Lexer, at: number, to: number): number {
  const { next } = argumentRange(lexer, optionalEnd(lexer, at + 1, to), to);
  emit(lexer, 'relation', '→', spanOf(lexer, at, next));
  return next;
}
