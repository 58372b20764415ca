import { expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

const MODEL = "Consider $y = X\\beta + u$ with $X \\in \\mathbb{R}^{n \\times k}$, $y \\in \\mathbb{R}^n$ and $\\beta \\in \\mathbb{R}^k$, and the sum of squares\n\n$$ S(\\beta) = (y - X\\beta)'(y - X\\beta). $$\n\n";

it('a mistake about data that a text models is mended, and followed by hand, with the data as given', () => {
  const { claims = [], diagnostics } = checkDocument(`${MODEL}$$ \\frac{\\partial S}{\\partial \\beta} = -2X'y + X'X\\beta $$\n`, 'markdown', { verify: true });
  const [refuted] = diagnostics.filter(({ severity }) => severity === 'error');
  expect(refuted?.fixes[0]?.edits.map(({ newText }) => newText)).toEqual(["2 X' X \\beta"]);
  expect(claims[0]?.counterexample?.values.map(({ name }) => name)).toEqual(['\\beta', 'y', 'X']);
});

it('a right derivative of it is verified', () => {
  const { claims = [] } = checkDocument(`${MODEL}$$ \\frac{\\partial S}{\\partial \\beta} = -2X'y + 2X'X\\beta $$\n`, 'markdown', { verify: true });
  expect(claims.map(({ status }) => status)).toEqual(['verified']);
});
