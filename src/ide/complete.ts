import type { Span } from '../base/span.ts';
import type { Surface } from '../check/check-document.ts';
import { completeFormula } from './complete-formula.ts';
import { completeStatement } from './complete-statement.ts';
import type { Completion } from './completion.ts';
import type { DerivationView } from './derivation-view.ts';
import type { ReadAfter } from './derive.ts';
import { regionAt } from './region.ts';
import { snippetsAt } from './snippets.ts';

/** What may be written at an offset: in a statement what fits there, in LaTeX mathematics symbols and commands, in prose what begins a line. */
export function complete(view: DerivationView, surface: Surface, offset: number, readAfter: ReadAfter): readonly Completion[] {
  const region = regionAt(view.text, surface, offset);
  const word = wordBefore(view.text, offset);
  if (region === 'mathematics') return completeFormula(view, word, readAfter);
  const statements = region === null ? [] : completeStatement(view, word, readAfter);
  return [...statements, ...snippetsAt(view.text, surface, region, word)];
}

function wordBefore(text: string, offset: number): Span {
  const word = /\\?(?:\p{L}[\p{L}\p{N}_]*)?$/u.exec(text.slice(Math.max(0, offset - 100), offset))?.[0] ?? '';
  return { start: offset - word.length, end: offset };
}
