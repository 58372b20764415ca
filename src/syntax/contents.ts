import type { Token } from './token.ts';

/**
 * What occurs anywhere in a block. A statement is told from another by signs that most blocks have nowhere: what a block
 * has nowhere is not looked for in each of its parts.
 */
export interface Contents {
  readonly names: ReadonlySet<string>;
  /** The texts of all tokens but names and numbers. */
  readonly signs: ReadonlySet<string>;
  readonly hasWords: boolean;
  readonly hasRelations: boolean;
  /** Whether each bracket and brace closes in the block, and none closes that was not opened. */
  readonly balanced: boolean;
}

export function contentsOf(tokens: readonly Token[]): Contents {
  const names = new Set<string>();
  const signs = new Set<string>();
  let hasWords = false;
  let hasRelations = false;
  let depth = 0;
  let lowest = 0;
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as Token;
    if (kind === 'number') continue;
    if (kind === 'name') {
      names.add(text);
      continue;
    }
    signs.add(text);
    if (kind === 'open' || kind === 'group') depth++;
    else if (kind === 'close' || kind === 'ungroup') lowest = Math.min(lowest, --depth);
    else if (kind === 'text') hasWords = true;
    else if (kind === 'relation') hasRelations = true;
  }
  return { names, signs, hasWords, hasRelations, balanced: depth === 0 && lowest === 0 };
}
