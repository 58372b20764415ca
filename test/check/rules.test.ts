import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { DIAGNOSTIC_CODES } from '../../src/protocol/report.ts';

const RULES = join(import.meta.dirname, '../../docs/rules');

/** The first `deriv` block under a heading of a rule's page. */
function exampleUnder(page: string, heading: string): string {
  const section = page.slice(page.indexOf(`## ${heading}`));
  return /```deriv\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
}

/** The example between other cells, with characters before it that are longer in bytes and in UTF-16. */
function notebookWith(example: string): string {
  const markdown = (source: string) => ({ cell_type: 'markdown', metadata: {}, source: source.split(/(?<=\n)/) });
  const code = { cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source: ['x = 1'] };
  return JSON.stringify({ cells: [markdown('# ∂𝔼\n\n$q \\in \\mathbb{R}$'), code, markdown(`\`\`\`deriv\n${example}\`\`\`\n`), markdown('# End')], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

function codesIn(text: string): string[] {
  return checkDocument(text, 'plain', { verify: true }).diagnostics.map(({ code }) => code);
}

describe('the page of every rule shows the mistake and mends it', () => {
  for (const code of DIAGNOSTIC_CODES) {
    const file = join(RULES, `${code}.md`);
    it(`${code} has a page`, () => expect(existsSync(file)).toBe(true));
    it(`${code}: the wrong example shows it and nothing else`, () => {
      const found = codesIn(exampleUnder(readFileSync(file, 'utf8'), 'Wrong'));
      expect(found).toEqual([code]);
    });
    it(`${code}: the wrong example shows the same at the same place in a cell of a notebook`, () => {
      const example = exampleUnder(readFileSync(file, 'utf8'), 'Wrong');
      const { text, diagnostics } = checkDocument(notebookWith(example), 'notebook', { verify: true });
      expect(diagnostics.map(({ code: found, span }) => [found, text.slice(span.start, span.end)]))
        .toEqual(checkDocument(example, 'plain', { verify: true }).diagnostics.map(({ code: found, span }) => [found, example.slice(span.start, span.end)]));
    });
    it(`${code}: the mended example is silent`, () => {
      expect(codesIn(exampleUnder(readFileSync(file, 'utf8'), 'Mended'))).toEqual([]);
    });
  }
});
