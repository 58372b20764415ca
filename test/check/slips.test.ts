import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CheckedDocument, checkDocument } from '../../src/check/check-document.ts';
import { applyEdits } from '../../src/check/source.ts';

/** What a message has to say, and the document that it is about. */
const CASES = [...readFileSync(join(import.meta.dirname, 'slips.md'), 'utf8').matchAll(/^Says: (?<says>.+)\n\n```deriv\n(?<text>[^]*?)```/gm)].map(({ groups }) => ({
  says: groups?.says ?? '', text: groups?.text ?? '',
}));

function mistakes({ diagnostics }: CheckedDocument) {
  return diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
}

describe('a slip is told by its name, once, and its first fix mends it', () => {
  it('of thirteen kinds, in three documents each', () => expect(CASES).toHaveLength(39));

  for (const { says, text } of CASES) {
    it(`${text.trim().split('\n').at(-1)}: ${says}`, () => {
      const [mistake, ...others] = mistakes(checkDocument(text, 'plain', { verify: true }));
      expect(others).toEqual([]);
      expect(mistake?.message).toContain(says);
      const mended = checkDocument(applyEdits(text, mistake?.fixes[0]?.edits ?? []), 'plain', { verify: true, repair: false });
      expect(mistakes(mended)).toEqual([]);
      expect(mended.claims?.map(({ status }) => status)).toEqual(['verified']);
    });
  }
});
