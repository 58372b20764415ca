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
    it(`${code}: the mended example is silent`, () => {
      expect(codesIn(exampleUnder(readFileSync(file, 'utf8'), 'Mended'))).toEqual([]);
    });
  }
});
