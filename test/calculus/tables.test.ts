import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveText, printDerived, printEntries, textOf } from '../../src/calculus/derive-text.ts';
import { isRefusal } from '../../src/calculus/differentiate.ts';
import { stepsOf } from '../../src/calculus/steps.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import { lengthOf } from './length.ts';
import { layoutOf, type Row, rowsOf } from './tables.ts';

function derived(row: Row): string {
  const answer = deriveText({ ...row, layout: layoutOf(row) });
  if (answer.kind === 'entries') return printEntries(answer, 'plain');
  return answer.kind === 'refused' ? `refused: ${answer.reason}` : printDerived(answer.built, answer.derived.term, 'plain');
}

/** What finite differences say of the derivative as a claim, read back from its text. */
function verdict(row: Row, result: string): string {
  const layout = layoutOf(row);
  // What has more than two axes is an equation of its own.
  const claim = result.includes(' = ') ? `${row.given}\n${result}` : `${textOf({ ...row, layout }).trimEnd()} = ${result}`;
  const text = `layout ${layout}\n${claim}\n`;
  const { claims, diagnostics } = checkDocument(text, 'plain', { verify: true, repair: false });
  const errors = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ message }) => message);
  return [claims?.at(-1)?.status ?? 'no claim', ...errors].join('; ');
}

/** The derivation that leads there, step by step; null where none is shown. */
function steps(row: Row): string | null {
  const answer = deriveText({ ...row, layout: layoutOf(row) });
  if (answer.kind !== 'derived') return null;
  const shown = stepsOf(answer.built.derivation, answer.shapes, answer.asked, layoutOf(row));
  return isRefusal(shown) ? null : shown.text;
}

/** What is not verified in a text, and what it is told. */
function mistakesIn(text: string): readonly string[] {
  const { claims, diagnostics } = checkDocument(text, 'plain', { verify: true, repair: false });
  const doubted = (claims ?? []).filter(({ status }) => status !== 'verified').map((claim) => `${claim.text}: ${claim.status}`);
  return claims?.length === 0 ? ['no claim'] : [...doubted, ...diagnostics.map(({ message }) => message)];
}

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md'))) {
  describe(file, () => {
    for (const row of rowsOf(join(import.meta.dirname, file))) {
      it(`${row.heading}: d/d${row.wrt} ${row.expression}`, () => {
        const result = derived(row);
        expect(result).toBe(row.expected);
        if (!result.startsWith('refused')) expect(verdict(row, result)).toBe('verified');
        if (row.published !== undefined) expect(lengthOf(result)).toBeLessThanOrEqual(lengthOf(row.published) + 1);
        const shown = steps(row);
        if (shown !== null) expect({ shown, mistakes: mistakesIn(shown) }).toEqual({ shown, mistakes: [] });
      });
    }
  });
}

/** What the numbers say of the derivative written in LaTeX, in a document of Markdown. */
function verdictOfLatex(row: Row): string {
  const answer = deriveText({ ...row, layout: layoutOf(row) });
  if (answer.kind !== 'derived') return 'verified';
  // `w_i = W_{i,:}'` is a name for a row, turned; written out, its sign for the transpose would be read as a derivative by the row.
  if (answer.asked.wrt.some(({ term }) => term.kind === 'apply' && term.op === 'transpose')) return 'verified';
  const [asked, derived] = [answer.asked, answer.derived.term].map((term) => printDerived(answer.built, term, 'latex'));
  const text = `\`\`\`chainrule\nlayout ${layoutOf(row)}\n${row.given.replaceAll(';', '\n')}\n\`\`\`\n\n$$\n${asked} = ${derived}\n$$\n`;
  return checkDocument(text, 'markdown', { verify: true, repair: false, prove: false }).claims?.at(-1)?.status ?? 'no claim';
}

it('the LaTeX of a derivative is read back as what it is', () => {
  const rows = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md')).flatMap((file) => rowsOf(join(import.meta.dirname, file)));
  expect(rows.filter((row) => verdictOfLatex(row) !== 'verified').map(({ expression }) => expression)).toEqual([]);
}, 120_000);

describe('how long a formula is', () => {
  const CASES = [
    ["2 A' (A x - b)", 5], ["-X^-T a b' X^-T", 4], ['det(X) X^-T', 2], ["2 X (X' X)^-1", 3], ["2 X^+'", 2], ["du/dx A'", 2], ["(x - a)/||x - a||", 3], ["U^-1 d^2 U/ds dt", 2], ['delta_{ik} A_{lj}', 2],
  ] as const;
  for (const [formula, length] of CASES) it(`${formula} has ${length} factors`, () => expect(lengthOf(formula)).toBe(length));
});

it('nine of ten derivatives of the tables come with their steps', () => {
  const rows = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md')).flatMap((file) => rowsOf(join(import.meta.dirname, file)));
  const derivable = rows.filter(({ expected, given }) => !expected.startsWith('refused') && !expected.includes(' = ') && !/\w\(\w+(, \w+)*\) : /.test(given));
  expect(derivable.filter((row) => steps(row) !== null).length / derivable.length).toBeGreaterThan(0.9);
});
