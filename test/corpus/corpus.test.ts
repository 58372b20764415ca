import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import type { CheckedDocument } from '../../src/check/checked-document.ts';
import claims from './claims.json' with { type: 'json' };
import { lineOf, surfaceOf } from './documents.ts';

/** Correct documents that Chainrule does not read rightly yet, and why. */
const known: Readonly<Record<string, string>> = {};

/** Documents that leave letters to the reader, and are hinted at that. */
const terse: ReadonlySet<string> = new Set([
  'als-binary-mask.md',
  'ces.md',
  'negative-sampling.md',
  'normal-equations-undeclared.md',
]);

/** What a reader of the document is told that a correct document should not be told. */
function complaints({ text, diagnostics, claims: examined = [], coverage }: CheckedDocument, hinted = false): string[] {
  const told = diagnostics.filter(
    (one) => one.severity === 'error' || one.severity === 'warning' || (!hinted && one.code === 'name/undeclared'),
  );
  const open = examined.filter((claim) => claim.status !== 'verified');
  return [
    ...told.map((one) => `${lineOf(text, one.span.start)}: ${one.severity} ${one.code} ${one.message}`),
    ...open.map((claim) => `${lineOf(text, claim.span.start)}: ${claim.status} ${claim.text} ${claim.reason ?? ''}`),
    ...(coverage.read < coverage.mathBlocks ? [`${coverage.mathBlocks - coverage.read} blocks not read in full`] : []),
  ];
}

function examine(folder: string, name: string): CheckedDocument {
  return checkDocument(readFileSync(join(folder, name), 'utf8'), surfaceOf(name) ?? 'plain', { verify: true });
}

function claimLines({ text, claims: examined = [] }: CheckedDocument): number[] {
  return examined.map((claim) => lineOf(text, claim.span.start));
}

describe('correct documents are silent, read in full, and verified', () => {
  const folder = import.meta.dirname;
  const names = readdirSync(folder).filter((name) => surfaceOf(name) !== null);

  it('names the claims of each document, and no others', () => {
    expect(Object.keys(claims).sort()).toEqual(names.sort());
  });

  for (const name of names) {
    const test = name in known ? it.fails : it;
    test(name in known ? `${name} (known: ${known[name]})` : name, () => {
      const checked = examine(folder, name);
      expect(complaints(checked, terse.has(name))).toEqual([]);
      expect(checked.diagnostics.some(({ code }) => code === 'name/undeclared')).toBe(terse.has(name));
      expect(claimLines(checked)).toEqual(claims[name as keyof typeof claims]);
    });
  }
});

const shared = join(import.meta.dirname, '../../../shared/corpus');

describe.skipIf(!existsSync(shared))(`the wider corpus beside the repository, where it lies (${shared})`, () => {
  for (const family of existsSync(shared) ? ['identities', 'ml'] : []) {
    const folder = join(shared, family);
    for (const name of readdirSync(folder).filter((one) => surfaceOf(one) !== null)) {
      it(`${family}/${name}`, () => {
        const checked = examine(folder, name);
        const truth = JSON.parse(readFileSync(join(folder, name.replace(/\.\w+$/, '.truth.json')), 'utf8')) as { claims: { line: number }[] };
        expect(complaints(checked)).toEqual([]);
        expect(claimLines(checked)).toEqual(expect.arrayContaining(truth.claims.map((claim) => claim.line + 1)));
      });
    }
  }
});
