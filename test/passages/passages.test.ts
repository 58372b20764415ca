import { describe, expect, it } from 'vitest';
import { lineIndex, positionAt } from '../../src/base/line-index.ts';
import { type CheckedDocument, checkDocument } from '../../src/check/check-document.ts';
import { applyEdits } from '../../src/check/source.ts';
import { meant, passagesOf, printed, surfaceWithin } from './passages.ts';

/** What speaks of a mistake; information and hints do not. */
function complaints({ diagnostics }: CheckedDocument) {
  return diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
}

function said(checked: CheckedDocument): readonly string[] {
  return complaints(checked).map(({ code, message }) => `${code}: ${message}`);
}

/** The lines that each complaint covers, the first and the last. */
function linesOf(checked: CheckedDocument): readonly (readonly [number, number])[] {
  const index = lineIndex(checked.text);
  const line = (offset: number) => positionAt(index, offset).line;
  return complaints(checked).map(({ span }) => [line(span.start), line(span.end)] as const);
}

/** Mistakes that no change of those that are tried mends. */
const UNMENDED: readonly string[] = ['Plain: recurrent step with hidden and input weights exchanged'];

describe('mistakes as readers report them', () => {
  for (const passage of passagesOf('errata')) {
    const { title, surface, text } = passage;
    const marked = surface === 'notebook' ? checkDocument(text, surface, { verify: false }).text : text;
    const line = marked.slice(0, marked.indexOf('⟦')).split('\n').length - 1;
    it(`${title}: what is printed is found on its line, once, and its first fix makes it right`, () => {
      const checked = checkDocument(printed(passage), surface, { verify: true });
      expect(linesOf(checked).map(([from, to]) => from <= line && line <= to), said(checked).join('\n')).toEqual([true]);
      const [fix] = complaints(checked)[0]?.fixes ?? [];
      expect(fix === undefined).toBe(UNMENDED.includes(title));
      if (fix !== undefined) expect(said(checkDocument(applyEdits(checked.text, fix.edits), surfaceWithin(surface), { verify: true, repair: false }))).toEqual([]);
    });
    it(`${title}: what is meant is silent`, () => {
      expect(said(checkDocument(meant(passage), surface, { verify: true }))).toEqual([]);
    });
  }
});

describe('passages that readers report though they are right', () => {
  for (const { title, surface, text } of passagesOf('left-alone')) {
    it(`${title}: silent`, () => {
      expect(said(checkDocument(text, surface, { verify: true }))).toEqual([]);
    });
  }
});
