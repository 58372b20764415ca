import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CheckedDocument, checkDocument, type Found, type Surface } from '../../src/check/check-document.ts';
import { applyEdits } from '../../src/check/source.ts';
import { blocksOf } from '../blocks.ts';
import { surfaceOf } from '../corpus/documents.ts';
import { mutated, mutationsOf, sampled } from '../mutants/mutations.ts';
import { passagesOf, printed, surfaceWithin } from '../passages/passages.ts';

/** A document with mistakes in it. */
interface Mistaken {
  readonly title: string;
  readonly surface: Surface;
  readonly text: string;
}

const HERE = import.meta.dirname;

/** The mistakes of the lectures, no longer expected. */
function lectures(): readonly Mistaken[] {
  const folder = join(HERE, '../lectures');
  const blocks = readdirSync(folder).filter((name) => name.endsWith('.md')).flatMap((name) => blocksOf(readFileSync(join(folder, name), 'utf8')));
  return blocks.filter(({ text }) => /^expect /m.test(text)).map(({ name, text }) => ({ title: name, surface: 'plain', text: text.replace(/^expect .*\n/gm, '') }));
}

/** Every so many documents of the corpus give a mutant. */
const EVERY = 6;

/** A mistake put into some of the documents of the corpus. */
function mutants(): readonly Mistaken[] {
  const folder = join(HERE, '../corpus');
  const names = readdirSync(folder).filter((name) => surfaceOf(name) !== null && !name.endsWith('.ipynb')).sort();
  return names.filter((_, at) => at % EVERY === 0).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const surface = surfaceOf(name) as Surface;
    return sampled(mutationsOf(text, surface), 1, 5).map((mutation) => ({
      title: `${name}: ${text.slice(mutation.start, mutation.end)} becomes ${mutation.text}`, surface, text: mutated(text, mutation),
    }));
  });
}

const isGrave = ({ severity }: Found) => severity === 'error' || severity === 'warning';

const graver = ({ diagnostics }: CheckedDocument) => diagnostics.filter(isGrave);

const told = ({ code, message }: Found) => `${code}: ${message}`;

/** How often each code is given. */
function counted(found: readonly Found[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of found) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

const passages = passagesOf('errata').map((one): Mistaken => ({ ...one, text: printed(one) }));

/** What was found in a document, which takes a while and is asked for twice. */
const examined = new Map<Mistaken, CheckedDocument>();

function check(mistaken: Mistaken): CheckedDocument {
  const found = examined.get(mistaken) ?? checkDocument(mistaken.text, mistaken.surface, { verify: true });
  examined.set(mistaken, found);
  return found;
}

describe('every fix that is offered mends what it is offered for and breaks nothing', () => {
  for (const mistaken of [...passages, ...lectures(), ...mutants()]) {
    const { title, surface } = mistaken;
    it(title, () => {
      const before = check(mistaken);
      const codes = counted(graver(before));
      for (const found of before.diagnostics) {
        for (const { title: offered, edits } of found.fixes) {
          const after = checkDocument(applyEdits(before.text, edits), surfaceWithin(surface), { verify: true, repair: false });
          const what = `${offered}, for ${told(found)}, leaves ${graver(after).map(told).join('; ')}`;
          for (const [code, count] of counted(graver(after))) expect(count, what).toBeLessThanOrEqual((codes.get(code) ?? 0) - (isGrave(found) && code === found.code ? 1 : 0));
          if (!isGrave(found)) expect(after.diagnostics.map(told), what).not.toContain(told(found));
        }
      }
    });
  }
});

it('most mistakes of the passages have a fix', () => {
  const all = passages.flatMap((one) => graver(check(one)));
  expect(all.filter(({ fixes }) => fixes.length > 0).length).toBeGreaterThan(0.95 * all.length);
});
