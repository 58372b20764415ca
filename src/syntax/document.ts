import type { Span } from '../base/span.ts';
import type { Statement, SyntaxProblem } from './ast.ts';
import type { Kept } from './kept.ts';
import type { Macros } from './macros.ts';

/** What stands in a document, in its order, whatever its surface: headings, statements, problems. */
export type Item =
  | { readonly kind: 'heading'; readonly level: number; readonly title: string; readonly span: Span }
  | { readonly kind: 'statement'; readonly statement: Statement; readonly origin: Origin; readonly block: number }
  | { readonly kind: 'problem'; readonly problem: SyntaxProblem; readonly origin: Origin; readonly block: number };

/** A statement that stands in mathematics, and not in words. */
export type Formula = Item & { readonly kind: 'statement' };

export function isFormula(item: Item): item is Formula {
  return item.kind === 'statement' && item.origin === 'math';
}

/** Plain notation (a `.deriv` file, a fence, a comment), mathematics in LaTeX, or words around it. */
export type Origin = 'plain' | 'math' | 'prose';

export interface SourceDocument {
  readonly items: readonly Item[];
  /** Whether the text has a single statement to Chainrule; without one it is read with charity. */
  readonly annotated: boolean;
  readonly coverage: Coverage;
  /** The macros known at its end. */
  readonly macros: Macros;
  /** For the next reading of the document, when it was edited. */
  readonly kept: Kept;
}

/** Blocks of mathematics, by how much of each was read. */
export interface Coverage {
  readonly mathBlocks: number;
  readonly read: number;
  readonly partlyRead: number;
  readonly unread: number;
}
