import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckedDocument, checkDocument, type Surface } from '../../src/check/check-document.ts';
import { holds } from '../property.ts';

/** A product of five to nine factors in which one dimension was written wrongly, so that exactly one pair does not fit. */
interface WrongProduct {
  /** Rows and columns of each factor. */
  readonly shapes: readonly (readonly [string, string])[];
  /** Factors that are written transposed, and declared so. */
  readonly transposed: readonly boolean[];
  /** Where a scalar stands in between. */
  readonly scalars: readonly boolean[];
  /** The pair that does not fit: this factor and the one after it. */
  readonly at: number;
}

const wrongProduct: fc.Arbitrary<WrongProduct> = fc.integer({ min: 5, max: 9 }).chain((length) =>
  fc.record({ at: fc.nat({ max: length - 2 }), transposed: fc.array(fc.boolean(), { minLength: length, maxLength: length }), scalars: fc.array(fc.boolean(), { minLength: length, maxLength: length }) })
    .map(({ at, transposed, scalars }) => ({
      at, transposed, scalars,
      // The dimensions begin anew behind the gap.
      shapes: Array.from({ length }, (_, k) => [k <= at ? `d_${k}` : `e_${k}`, k < at ? `d_${k + 1}` : k === at ? 'g' : `e_${k + 1}`] as const),
    })));

interface Written {
  readonly text: string;
  readonly surface: Surface;
  readonly pair: string;
}

const letters = 'ABCFGKLMN';

function written({ shapes, transposed, scalars, at }: WrongProduct, surface: Surface): Written {
  const isPlain = surface === 'plain';
  const mark = isPlain ? "'" : '^\\top';
  const factors = shapes.map((_, k) => `${letters[k]}${transposed[k] ? mark : ''}`);
  const scalar = isPlain ? 's' : '\\lambda';
  const spelled = factors.flatMap((factor, k) => (scalars[k] && k !== at + 1 ? [scalar, factor] : [factor]));
  const declared = shapes.map(([rows, cols], k) => {
    const [m, n] = transposed[k] ? [cols, rows] : [rows, cols];
    return isPlain ? `${letters[k]} : ${m.replace('_', '')}×${n.replace('_', '')}` : `$${letters[k]} \\in \\mathbb{R}^{${m} \\times ${n}}$`;
  });
  const pair = `${factors[at]} ${factors[at + 1]}`;
  if (isPlain) return { surface, pair, text: `s : scalar\n${declared.join('\n')}\nY = ${spelled.join(' ')}\n` };
  const prose = `Let $\\lambda \\in \\mathbb{R}$, ${declared.join(', ')}. Then\n`;
  if (surface === 'markdown') return { surface, pair, text: `${prose}$$Y = ${spelled.join(' ')}$$\n` };
  return { surface, pair, text: `\\documentclass{article}\n\\begin{document}\n${prose}\\[ Y = ${spelled.join(' ')} \\]\n\\end{document}\n` };
}

const said = ({ text, diagnostics }: CheckedDocument) => diagnostics.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);

describe('of a hundred wrong products of five and more factors', () => {
  for (const surface of ['plain', 'markdown', 'latex'] as const) {
    it(`the range points at the pair that does not fit (${surface})`, () => {
      const law = (product: Parameters<typeof written>[0]) => {
        const { text, pair } = written(product, surface);
        expect(said(checkDocument(text, surface, { verify: false, repair: false })), text).toEqual([`shape/product ${pair}`]);
      };
      holds([wrongProduct], law, { numRuns: 100 });
    });
  }
});
