import type { SymbolId } from '../../ops/term.ts';
import type { NotationName } from '../../syntax/cursor.ts';
import { nameToLatex } from '../../syntax/name.ts';
import type { RuleContext } from '../words.ts';

/** A symbol as the document spells it, where it is found there; otherwise printed. */
export function spellingOf({ text, built }: Pick<RuleContext, 'text' | 'built'>, id: SymbolId, notation: NotationName): string {
  const written = built.derivation.symbols.get(id)?.text ?? id;
  if (notation === 'plain' || text.includes(written)) return written;
  return nameToLatex(written);
}
