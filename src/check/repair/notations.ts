import type { NotationName } from '../../syntax/cursor.ts';
import { isStatementAt } from '../statement-places.ts';
import type { RuleContext } from '../words.ts';

/** The notations in which a change at an offset may be written, that of the place first: a Markdown text may have a fence in plain notation. */
export function notationsAt({ text, notation }: RuleContext, offset: number): readonly NotationName[] {
  if (notation === 'plain') return ['plain'];
  const isPlain = isStatementAt(text, 'markdown', offset) || isStatementAt(text, 'latex', offset);
  return isPlain ? ['plain', 'latex'] : ['latex', 'plain'];
}
