import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CheckedDocument, type Found, type Surface, checkDocument } from '../../src/check/check-document.ts';
import { applyEdits } from '../../src/check/source.ts';
import { blocksOf } from '../blocks.ts';

/** A document with mistakes in it. */
interface Mistaken {
  readonly title: string;
  readonly surface: Surface;
  readonly text: string;
}

const HERE = import.meta.dirname;

function passages(): readonly Mistaken[] {
  const page = readFileSync(join(HERE, '../passages/errata.md'), 'utf8');
  return page.split(/^## /m).slice(1).map((section) => {
    const fence = /^````(?<surface>markdown|latex)\n(?<text>[^]*?)^````$/m.exec(section);
    return { title: section.slice(0, section.indexOf('\n')), surface: fence?.groups?.surface as Surface, text: (fence?.groups?.text ?? '').replace(/⟦(?<printed>[^⇒⟧]*) ⇒ [^⟧]*⟧/g, '$<printed>') };
  });
}

/** The mistakes of the lectures, no longer expected. */
function lectures(): readonly Mistaken[] {
  const folder = join(HERE, '../lectures');
  const blocks = readdirSync(folder).filter((name) => name.endsWith('.md')).flatMap((name) => blocksOf(readFileSync(join(folder, name), 'utf8')));
  return blocks.filter(({ text }) => /^expect /m.test(text)).map(({ name, text }) => ({ title: name, surface: 'plain', text: text.replace(/^expect .*\n/gm, '') }));
}

const graver = ({ diagnostics }: CheckedDocument) => diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');

const told = ({ code, message }: Found) => `${code}: ${message}`;

describe('every fix that is offered mends what it is offered for and breaks nothing', () => {
  for (const { title, surface, text } of [...passages(), ...lectures()]) {
    it(title, () => {
      const before = checkDocument(text, surface, { verify: true });
      const mistakes = graver(before);
      for (const found of before.diagnostics) {
        for (const { title: offered, edits } of found.fixes) {
          const after = graver(checkDocument(applyEdits(text, edits), surface, { verify: true, repair: false }));
          const less = mistakes.includes(found) ? 1 : 0;
          expect(after.length, `${offered}, for ${told(found)}, leaves ${after.map(told).join('; ')}`).toBeLessThanOrEqual(mistakes.length - less);
        }
      }
    });
  }
});

it('most mistakes of the passages have a fix', () => {
  const all = passages().flatMap(({ text, surface }) => graver(checkDocument(text, surface, { verify: true })));
  expect(all.filter(({ fixes }) => fixes.length > 0).length).toBeGreaterThan(all.length / 2);
});
