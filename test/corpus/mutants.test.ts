import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import type { CheckedDocument } from '../../src/check/checked-document.ts';
import { lineOf, surfaceOf } from './documents.ts';
import mutants from './mutants.json' with { type: 'json' };

/** Mistakes that are not caught rightly yet, and why. */
const known: Readonly<Record<string, string>> = {};

/** The text with one mistake put in. */
function mutate(text: string, { line, replace, with: mistake }: (typeof mutants)[number]): string {
  const lines = text.split('\n');
  lines[line] = (lines[line] as string).replace(replace, () => mistake);
  return lines.join('\n');
}

/** The line that the mistake stands on in what was checked, which of a notebook is its cells' text. */
function mistakenLine(checked: CheckedDocument, { line, with: mistake }: (typeof mutants)[number]): number {
  if (checked.notebook === undefined) return line + 1;
  return lineOf(checked.text, checked.text.indexOf(JSON.parse(`"${mistake}"`) as string));
}

describe('one mistake is one diagnostic, on its line', () => {
  for (const mutant of mutants) {
    const name = `${mutant.doc}:${mutant.line + 1} ${mutant.kind}: ${mutant.with || 'nothing'}`;
    const test = name in known ? it.fails : it;
    test(name in known ? `${name} (known: ${known[name]})` : name, () => {
      const text = readFileSync(join(import.meta.dirname, mutant.doc), 'utf8');
      const mutated = mutate(text, mutant);
      const checked = checkDocument(mutated, surfaceOf(mutant.doc) ?? 'plain', { verify: true });
      const flagged = checked.diagnostics.filter((one) => one.severity === 'error' || one.severity === 'warning');
      expect(flagged.map((one) => [one.code, lineOf(checked.text, one.span.start)])).toEqual([
        [expect.toBeOneOf(mutant.caughtBy), mistakenLine(checked, mutant)],
      ]);
    });
  }
});
