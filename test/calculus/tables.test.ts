import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveText, printDerived, textOf } from '../../src/calculus/derive-text.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import type { Layout } from '../../src/protocol/report.ts';
import { type Row, rowsOf } from './tables.ts';

const LAYOUTS: readonly Layout[] = ['denominator', 'numerator', 'mixed'];

/** The heading names the layout, where it is not that of the gradient as a column. */
function layoutOf({ heading }: Row): Layout {
  return LAYOUTS.find((layout) => heading.includes(layout)) ?? 'denominator';
}

function derived(row: Row): string {
  const answer = deriveText({ ...row, layout: layoutOf(row) });
  return answer.kind === 'refused' ? `refused: ${answer.reason}` : printDerived(answer.built, answer.derived.term, 'plain');
}

/** What finite differences say of the derivative as a claim, read back from its text. */
function verdict(row: Row, result: string): string {
  const layout = layoutOf(row);
  const text = `layout ${layout}\n${textOf({ ...row, layout }).trimEnd()} = ${result}\n`;
  const { claims, diagnostics } = checkDocument(text, 'plain', { verify: true, repair: false });
  const errors = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ message }) => message);
  return [claims?.at(-1)?.status ?? 'no claim', ...errors].join('; ');
}

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md'))) {
  describe(file, () => {
    for (const row of rowsOf(join(import.meta.dirname, file))) {
      it(`${row.heading}: d/d${row.wrt} ${row.expression}`, () => {
        const result = derived(row);
        expect(result).toBe(row.expected);
        if (!result.startsWith('refused')) expect(verdict(row, result)).toBe('verified');
      });
    }
  });
}
