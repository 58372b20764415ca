import type { Span } from '../base/span.ts';
import type { Statement } from './ast.ts';
import type { Token } from './token.ts';

/** Mathematics within a sentence: where it stands, and what it was read as. */
export interface ProseMath {
  readonly outer: Span;
  readonly tokens: readonly Token[];
  readonly statements: readonly Statement[];
}

/** What the words of a paragraph declare of the mathematics among them. */
export function readProse(_words: string, _span: Span, _mathematics: readonly ProseMath[]): Statement[] {
  return [];
}
