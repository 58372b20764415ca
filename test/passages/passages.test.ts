import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineIndex, positionAt } from '../../src/base/line-index.ts';
import { type CheckedDocument, type Surface, checkDocument } from '../../src/check/check-document.ts';

/** A document of its own under a heading, in a fence of four backquotes. */
interface Passage {
  readonly title: string;
  readonly surface: Surface;
  readonly text: string;
}

function passagesOf(file: string): readonly Passage[] {
  const page = readFileSync(join(import.meta.dirname, file), 'utf8');
  return page.split(/^## /m).slice(1).map((section) => {
    const fence = /^````(?<surface>markdown|latex)\n(?<text>[^]*?)^````$/m.exec(section);
    return { title: section.slice(0, section.indexOf('\n')), surface: fence?.groups?.surface as Surface, text: fence?.groups?.text ?? '' };
  });
}

const MARK = /⟦(?<printed>[^⇒⟧]*) ⇒ (?<meant>[^⟧]*)⟧/g;

/** What speaks of a mistake; information and hints do not. */
function complaints({ text, diagnostics }: CheckedDocument): readonly { readonly lines: readonly [number, number]; readonly said: string }[] {
  const index = lineIndex(text);
  const line = (offset: number) => positionAt(index, offset).line;
  return diagnostics
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, message, span }) => ({ lines: [line(span.start), line(span.end)], said: `${code}: ${message}` }));
}

describe('mistakes as readers report them', () => {
  for (const { title, surface, text } of passagesOf('errata.md')) {
    const line = text.slice(0, text.indexOf('⟦')).split('\n').length - 1;
    it(`${title}: what is printed is found on its line, once`, () => {
      const found = complaints(checkDocument(text.replace(MARK, '$<printed>'), surface, { verify: true }));
      expect(found.map(({ lines: [from, to] }) => from <= line && line <= to)).toEqual([true]);
    });
    it(`${title}: what is meant is silent`, () => {
      expect(complaints(checkDocument(text.replace(MARK, '$<meant>'), surface, { verify: true })).map(({ said }) => said)).toEqual([]);
    });
  }
});

describe('passages that readers report though they are right', () => {
  for (const { title, surface, text } of passagesOf('left-alone.md')) {
    it(`${title}: silent`, () => {
      expect(complaints(checkDocument(text, surface, { verify: true })).map(({ said }) => said)).toEqual([]);
    });
  }
});
