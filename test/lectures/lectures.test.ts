import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

/** The fenced `deriv` blocks of a lecture, each with the heading and the line it stands under. */
function blocksOf(lecture: string): { readonly name: string; readonly text: string }[] {
  const blocks: { name: string; text: string }[] = [];
  let heading = '';
  const lines = lecture.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '');
    if (line !== '```deriv') continue;
    const end = lines.indexOf('```', at);
    blocks.push({ name: `${heading}, line ${at + 2}`, text: lines.slice(at + 1, end).join('\n') });
    at = end;
  }
  return blocks;
}

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md'))) {
  describe(file, () => {
    for (const { name, text } of blocksOf(readFileSync(join(import.meta.dirname, file), 'utf8'))) {
      it(name, () => {
        const { diagnostics } = checkDocument(text, 'plain', { verify: false });
        expect(diagnostics.filter(({ severity }) => severity !== 'hint').map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
      });
    }
  });
}
