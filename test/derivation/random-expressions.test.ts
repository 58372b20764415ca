import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckedDocument, checkDocument } from '../../src/check/check-document.ts';
import { holds } from '../property.ts';

/** Dimensions that are all different; expressions are drawn with a shape in mind. */
const DIMS = ['m', 'n', 'k'] as const;
type Dim = (typeof DIMS)[number] | '1';

interface Typed {
  readonly text: string;
  readonly rows: Dim;
  readonly cols: Dim;
}

/** A symbol of every shape, named after it: `Amn` is m×n, `xm` a column, `rn` a row, `s` a scalar. */
function symbolOf(rows: Dim, cols: Dim): string {
  if (rows === '1') return cols === '1' ? 's' : `r${cols}`;
  return cols === '1' ? `x${rows}` : `A${rows}${cols}`;
}

const SYMBOLS = (['1', ...DIMS] as const).flatMap((rows) => (['1', ...DIMS] as const).map((cols) => ({ rows, cols })));
const DECLARATIONS = SYMBOLS.map(({ rows, cols }) => `${symbolOf(rows, cols)} : ${rows}×${cols}`).join('\n');

const anyDim = fc.constantFrom<Dim>(...DIMS);

/** Well-shaped expressions of a shape, at most so deep. */
function expression(rows: Dim, cols: Dim, depth: number): fc.Arbitrary<string> {
  const leaf = fc.constantFrom(symbolOf(rows, cols), `${symbolOf(cols, rows)}'`);
  if (depth === 0) return leaf;
  const below = (r: Dim, c: Dim) => expression(r, c, depth - 1);
  const binary = (sign: string) => fc.tuple(below(rows, cols), below(rows, cols)).map(([a, b]) => `(${a} ${sign} ${b})`);
  const product = anyDim.chain((inner) => fc.tuple(below(rows, inner), below(inner, cols)).map(([a, b]) => `(${a} ${b})`));
  const scaled = fc.tuple(below('1', '1'), below(rows, cols)).map(([a, b]) => `(${a} (${b}))`);
  const entrywise = fc.tuple(fc.constantFrom('tanh', 'exp', 'sigmoid', 'sin'), below(rows, cols)).map(([f, a]) => `${f}(${a})`);
  const scalar = anyDim.chain((n) => fc.oneof(below(n, '1').map((x) => `||${x}||^2`), below(n, n).map((a) => `tr(${a})`), below(n, '1').map((x) => `sum(${x})`)));
  const transposed = below(cols, rows).map((a) => `(${a})'`);
  return fc.oneof(leaf, binary('+'), binary('-'), binary('⊙'), product, scaled, entrywise, transposed, ...(rows === '1' && cols === '1' ? [scalar] : []));
}

const typed: fc.Arbitrary<Typed> = fc.constantFrom(...SYMBOLS).chain(({ rows, cols }) => expression(rows, cols, 4).map((text) => ({ text, rows, cols })));

function check(statement: string): CheckedDocument {
  return checkDocument(`${DECLARATIONS}\n${statement}\n`, 'plain', { verify: false, repair: false });
}

const complaints = ({ diagnostics }: CheckedDocument) => diagnostics.map(({ code, message }) => `${code}: ${message}`);

/** Where a symbol stands whose transpose has another shape. */
function unequalSidedLeaves(text: string): readonly { readonly start: number; readonly end: number }[] {
  const leaves = [...text.matchAll(/\b(?:A(?<rows>[mnk])(?<cols>[mnk])|x[mnk]|r[mnk])\b'?/g)];
  return leaves.filter(({ groups }) => groups?.rows === undefined || groups.rows !== groups.cols).map(({ index, 0: leaf }) => ({ start: index, end: index + leaf.length }));
}

/** The brackets around an offset, the innermost first, and at last the whole text. */
function bracketsAround(text: string, at: number): readonly { readonly start: number; readonly end: number }[] {
  const open: number[] = [];
  const found: { start: number; end: number }[] = [];
  for (let k = 0; k < text.length; k++) {
    if (text[k] === '(') open.push(k);
    const start = text[k] === ')' ? open.pop() : undefined;
    if (start !== undefined && start < at && at < k) found.push({ start, end: k + 1 });
  }
  return [...found, { start: 0, end: text.length }];
}

describe('random expressions', () => {
  it('that are well shaped raise nothing, and have the shape they were made for', () => {
    const law = ({ text, rows, cols }: Typed) => {
      const checked = check(`y = ${text}`);
      expect(complaints(checked)).toEqual([]);
      expect(checked.equations.at(-1)?.sides.at(-1)?.shape).toBe(`${rows}×${cols}`);
    };
    holds([typed], law, { numRuns: 400 });
  });

  it('with a transpose too many inside a product raise one diagnostic, at that product', () => {
    const wide = fc.shuffledSubarray([...DIMS], { minLength: 2, maxLength: 2 }) as fc.Arbitrary<[Dim, Dim]>;
    const factors = fc.tuple(wide, fc.nat({ max: 2 })).chain(([[m, n], depth]) => fc.tuple(expression(m, n, depth), expression(n, m, depth)));
    const law = ([left, right]: [string, string]) => {
      const { diagnostics, text } = check(`y = (${left}) (${right})'`);
      expect(diagnostics.map(({ code }) => code)).toEqual(['shape/product']);
      const [{ span }] = diagnostics as [CheckedDocument['diagnostics'][number]];
      expect(text.slice(span.start, span.end)).toBe(`(${left}) (${right})'`);
    };
    holds([factors], law, { numRuns: 150 });
  });

  it('with one symbol transposed raise exactly one diagnostic, which holds it or stands not more than two brackets away', () => {
    const withoutScalarFunctions = typed.filter(({ text }) => !/\|\||sum|tr\(/.test(text) && unequalSidedLeaves(text).length > 0);
    const law = ({ text, rows, cols }: Typed, choice: number) => {
      const leaves = unequalSidedLeaves(text);
      const { start, end } = leaves[choice % leaves.length] as { start: number; end: number };
      const leaf = text.slice(start, end);
      const mutated = `${text.slice(0, start)}${leaf.endsWith("'") ? leaf.slice(0, -1) : `${leaf}'`}${text.slice(end)}`;
      const checked = check(`Y : ${rows}×${cols}\nY = ${mutated}`);
      expect(checked.diagnostics.map(({ code }) => code), mutated).toHaveLength(1);
      const [{ span }] = checked.diagnostics as [CheckedDocument['diagnostics'][number]];
      const offset = checked.text.lastIndexOf(mutated);
      const around = bracketsAround(mutated, start + 0.5);
      const widest = around[Math.min(2, around.length - 1)] as { start: number; end: number };
      const isNear = span.start >= offset + widest.start && span.end <= offset + widest.end;
      const holdsIt = span.start <= offset + start && offset + end <= span.end;
      expect(isNear || holdsIt, `${mutated}: ${checked.text.slice(span.start, span.end)}`).toBe(true);
    };
    holds([withoutScalarFunctions, fc.nat()], law, { numRuns: 300 });
  });

  it('the pair that does not fit is the one that is named, in products of five to nine factors', () => {
    const dims = Array.from({ length: 10 }, (_, k) => `d${k}`);
    for (let length = 5; length <= 9; length++) {
      for (let wrong = 0; wrong < length; wrong++) {
        const declared = Array.from({ length }, (_, k) => `M${k} : ${dims[k]}×${dims[k + 1]}`).join('\n');
        const factors = Array.from({ length }, (_, k) => (k === wrong ? `M${k}'` : `M${k}`));
        const { diagnostics, text } = checkDocument(`${declared}\ny = ${factors.join(' ')}\n`, 'plain', { verify: false, repair: false });
        const at = Math.max(wrong, 1);
        expect(diagnostics.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`)).toEqual([`shape/product ${factors[at - 1]} ${factors[at]}`]);
      }
    }
  });
});
