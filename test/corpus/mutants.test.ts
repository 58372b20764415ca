import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import type { CheckedDocument } from '../../src/check/checked-document.ts';
import { lineOf, surfaceOf } from './documents.ts';
import mutants from './mutants.json' with { type: 'json' };

/** Mistakes that are not caught rightly yet, and why. */
const known: Readonly<Record<string, string>> = {};

type Mutant = (typeof mutants)[number];

/** The text with one mistake put in. */
function mutate(text: string, { line, replace, with: mistake }: Mutant): string {
  const lines = text.split('\n');
  lines[line] = (lines[line] as string).replace(replace, () => mistake);
  return lines.join('\n');
}

/** The line that the mistake stands on in what was checked, which of a notebook is its cells' text. */
function mistakenLine(checked: CheckedDocument, { line, with: mistake }: Mutant): number {
  if (checked.notebook === undefined) return line + 1;
  return lineOf(checked.text, checked.text.indexOf(JSON.parse(`"${mistake}"`) as string));
}

describe('one mistake is one diagnostic, on its line', () => {
  for (const mutant of mutants) {
    const name = `${mutant.doc}:${mutant.line + 1} ${mutant.kind}: ${mutant.with || 'nothing'}`;
    const test = name in known ? it.fails : it;
    test(name in known ? `${name} (known: ${known[name]})` : name, () => {
      const { checked, flagged } = examined(import.meta.dirname, mutant);
      expect(flagged.map((one) => [one.code, lineOf(checked.text, one.span.start)])).toEqual([
        [expect.toBeOneOf(mutant.caughtBy), mistakenLine(checked, mutant)],
      ]);
    });
  }
});

/** A document with the mistake in it, and what is told of it. */
function examined(folder: string, mutant: Mutant) {
  const text = mutate(readFileSync(join(folder, mutant.doc), 'utf8'), mutant);
  const checked = checkDocument(text, surfaceOf(mutant.doc) ?? 'plain', { verify: true });
  return { checked, flagged: checked.diagnostics.filter((one) => one.severity === 'error' || one.severity === 'warning') };
}

const shared = join(import.meta.dirname, '../../../shared/corpus');

describe.skipIf(!existsSync(shared))(`mistakes in the wider corpus beside the repository, where it lies (${shared})`, () => {
  for (const family of existsSync(shared) ? ['identities', 'ml'] : []) {
    const folder = join(shared, family);
    for (const mutant of JSON.parse(readFileSync(join(folder, 'mutants.json'), 'utf8')) as Mutant[]) {
      it(`${family}/${mutant.doc}:${mutant.line + 1} ${mutant.kind}: ${mutant.with || 'nothing'}`, () => {
        const { checked, flagged } = examined(folder, mutant);
        const lines = flagged.flatMap(({ span }) => [lineOf(checked.text, span.start), lineOf(checked.text, span.end)]);
        expect(flagged.length).toBe(1);
        expect(lines[0]).toBeLessThanOrEqual(mistakenLine(checked, mutant));
        expect(lines[1]).toBeGreaterThanOrEqual(mistakenLine(checked, mutant));
      });
    }
  }
});
