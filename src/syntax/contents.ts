import type { Token } from './token.ts';

/** Signs by which one kind of statement, or of line, is told from another. */
const SIGNS = [',', ';', ':', '?', '&', 'row', 'gap', 'quantifier', '[', ']', '|', '‖', '×', '∈', '→', '⇒'] as const;

export type Sign = (typeof SIGNS)[number];

/**
 * What occurs anywhere in a block. A statement is told from another by signs that most blocks have nowhere: what a block
 * has nowhere is not looked for in each of its parts.
 */
export interface Contents {
  /** The signs among all tokens but names and numbers, a bit each. */
  readonly signs: number;
  readonly hasWords: boolean;
  readonly hasRelations: boolean;
  /** Whether each bracket and brace closes in the block, and none closes that was not opened. */
  readonly balanced: boolean;
}

const BITS: ReadonlyMap<string, number> = new Map(SIGNS.map((sign, at) => [sign, 1 << at]));

export function hasSign({ signs }: Contents, sign: Sign): boolean {
  return (signs & (BITS.get(sign) as number)) !== 0;
}

export function contentsOf(tokens: readonly Token[]): Contents {
  let signs = 0;
  let hasWords = false;
  let hasRelations = false;
  let depth = 0;
  let lowest = 0;
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as Token;
    if (kind === 'number' || kind === 'name') continue;
    signs |= BITS.get(text) ?? 0;
    if (kind === 'open' || kind === 'group') depth++;
    else if (kind === 'close' || kind === 'ungroup') lowest = Math.min(lowest, --depth);
    else if (kind === 'text') hasWords = true;
    else if (kind === 'relation') hasRelations = true;
  }
  return { signs, hasWords, hasRelations, balanced: depth === 0 && lowest === 0 };
}
