import type { SymbolId } from '../../ops/term.ts';
import type { NotationName } from '../../syntax/cursor.ts';
import { nameToLatex } from '../../syntax/name.ts';
import type { RuleContext } from '../words.ts';

/** A symbol as the document spells it, where it is found there; otherwise printed. */
export function spellingOf({ text, built }: Pick<RuleContext, 'text' | 'built'>, id: SymbolId, notation: NotationName): string {
  const info = built.derivation.symbols.get(id);
  const written = info == null ? id : info.family === null ? info.text : withoutIndex(info.text);
  if (notation === 'plain' || text.includes(written)) return written;
  return nameToLatex(written);
}

/** A family is written as one of its members, `x_i`; its letter is what stands before the index. */
function withoutIndex(member: string): string {
  return member.replace(/_(?:\{[^{}]*\}|\w)$/, '');
}
