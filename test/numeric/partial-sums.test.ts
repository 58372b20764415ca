import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { verdictsOn } from '../derivation/verdicts.ts';

const GIVEN = 'Let $x, y\\in\\mathbb R^n$. ';

/** A text about sums over some of the values of an index, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  ['over a set of which nothing is known', '$$f = \\sum_{i\\in S} x_i^2, \\quad \\nabla_x f = 2 x$$', 'inconclusive'],
  ['the same set in the claim, by another letter', '$$f = \\sum_{i\\in S} x_i^2, \\quad \\nabla_x f = 2\\sum_{j\\in S} x_j e_j$$', 'verified'],
  ['another set in the claim', '$$f = \\sum_{i\\in S} x_i^2, \\quad \\nabla_x f = 2\\sum_{i\\in T} x_i e_i$$', 'inconclusive'],
  ['where a condition holds', '$$f = \\sum_{i: y_i > 0} x_i^2, \\quad \\nabla_x f = 2 x$$ $$\\nabla_x f = \\sum_{i: y_i > 0} 2 x_i e_i$$', 'inconclusive verified'],
  ['behind a bar', '$$f = \\sum_{i \\mid y_i > 0} x_i^2, \\quad \\nabla_x f = 2 x$$', 'inconclusive'],
  ['without one value', '$$f = \\sum_{i=1, i\\ne k}^n x_i^2, \\quad \\nabla_x f = 2 x$$', 'inconclusive'],
  ['over neighbours', '$$f = \\sum_{i=1}^n \\sum_{j\\in N(i)} x_j^2, \\quad \\nabla_x f = 2 n x$$', 'inconclusive'],
  ['over all values, as a set', '$$f = \\sum_{i\\in\\{1,\\dots,n\\}} x_i^2 + \\sum_{i\\in[n]} y_i, \\quad \\nabla_x f = 2 x$$', 'verified'],
  ['over pairs', '$$f = \\sum_{i\\ne j} x_i y_j, \\quad \\nabla_x f = \\mathbf 1 \\mathbf 1^\\top y - y$$', 'verified'],
  ['over a batch', 'With $x_1,\\dots,x_N\\in\\mathbb R^d$, $t\\in\\mathbb R^N$ and $w\\in\\mathbb R^d$: $$L(w) = \\frac12\\sum_{i\\in\\mathcal B} (w^\\top x_i - t_i)^2, \\quad \\nabla L(w) = \\sum_{i\\in\\mathcal B} (w^\\top x_i - t_i) x_i$$', 'verified'],
];

describe('sums over some of the values', () => {
  test.each(CASES)('%s', (_, text, verdicts) => {
    expect(verdictsOn((text.startsWith('With') ? '' : GIVEN) + text)).toBe(verdicts);
  });

  test('one set never stands for another', () => {
    const names = [...'BCDGMSTUV'];
    const claim = (first: string, other: string) => `${GIVEN}$$f = \\sum_{i\\in ${first}} x_i^2, \\quad \\nabla_x f = 2\\sum_{i\\in ${other}} x_i e_i$$`;
    const verified = names.flatMap((first) => names.filter((other) => checkDocument(claim(first, other), 'markdown', { verify: true, repair: false }).claims?.[0]?.status === 'verified').map((other) => first + other));
    expect(verified).toEqual(names.map((name) => name + name));
  });
});
