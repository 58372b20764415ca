import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import type { CheckedDocument } from '../../src/check/checked-document.ts';
import { DECLARATIONS, SPELLINGS } from './spellings.ts';

/** A document that defines `r` in plain notation, and goes on with `rest`. */
function check(rest: string, verify = false): CheckedDocument {
  return checkDocument(`<!-- chainrule: ${DECLARATIONS} -->\n\n${rest}\n`, 'markdown', { verify });
}

const inPlain = (spelling: string) => `\`\`\`deriv\nr = ${spelling}\n\`\`\``;
const inLatex = (spelling: string) => `$$\nr = ${spelling}\n$$`;

/** Entries, rows and columns are compared for all indices at once, each with a weight of its own. */
const WITH_INDICES: ReadonlySet<string> = new Set(["e_i' x", 'delta_ij s', 'x_i', 'A_ij', 'M_{i:}', 'M_{:j}']);

function forAllIndices(first: string, spelling: string, sum: string): string {
  return WITH_INDICES.has(first) ? `${sum}_{i,j} B_{ij} (${spelling})` : spelling;
}

/** The shape of the right side, or what is said of it. */
function shapeOf({ equations, diagnostics }: CheckedDocument): string | undefined {
  const [said] = diagnostics.filter(({ code, severity }) => severity !== 'information' && code !== 'name/undeclared');
  return said === undefined ? equations.at(-1)?.sides.at(-1)?.shape : said.message;
}

/** What has a shape and no value cannot be compared by numbers. */
const WITHOUT_VALUE = /^(?:E\[|rank|dq$|tr\(B' dA\))/;

describe('all spellings of one thing', () => {
  it.each(SPELLINGS.map(([shape, plain, latex]) => [plain[0] as string, shape, plain, latex] as const))('%s', (first, shape, plain, latex) => {
    for (const spelling of plain) expect([spelling, shapeOf(check(inPlain(spelling)))]).toEqual([spelling, shape]);
    for (const spelling of latex) expect([spelling, shapeOf(check(inLatex(spelling)))]).toEqual([spelling, shape]);
    if (WITHOUT_VALUE.test(first)) return;
    const plainSides = plain.map((spelling) => forAllIndices(first, spelling, 'sum'));
    const latexSides = latex.map((spelling) => forAllIndices(first, spelling, '\\sum'));
    const others = [...plainSides.slice(1).map((side) => `\`\`\`deriv\nidentity\nr = ${side}\n\`\`\``), ...latexSides.map((side) => `<!-- chainrule: identity -->\n$$\nr = ${side}\n$$`)];
    const { claims = [] } = check([inPlain(plainSides[0] as string), ...others].join('\n\n'), true);
    expect(claims.map(({ text, status, reason }) => [text, status, reason])).toEqual(claims.map(({ text }) => [text, 'verified', undefined]));
    expect(claims.length).toBe(others.length);
  });
});
