import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { blocksOf } from '../blocks.ts';

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md'))) {
  describe(file, () => {
    for (const { name, text } of blocksOf(readFileSync(join(import.meta.dirname, file), 'utf8'))) {
      it(name, () => {
        const { diagnostics } = checkDocument(text, 'plain', { verify: true });
        expect(diagnostics.filter(({ code, severity }) => severity !== 'hint' || code === 'verify/inconclusive').map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
      });
    }
  });
}
