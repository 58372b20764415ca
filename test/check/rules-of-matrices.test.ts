import { expect, it } from 'vitest';
import { verdictsOn } from '../derivation/verdicts.ts';

it.each([
  ['the product rule', '$$d(XY) = (dX)Y + X\\,dY$$', 'verified'],
  ['a product in the other order, which holds for numbers', '$$d(XY) = (dX)Y + Y\\,dX$$', 'inconclusive'],
  ['a trace', '$$\\nabla_W \\operatorname{tr}(AWB) = A^\\top B^\\top$$', 'verified'],
  ['a trace with its factors in the other order', '$$\\nabla_W \\operatorname{tr}(AWB) = B^\\top A^\\top$$', 'inconclusive'],
  ['a norm of a residual, weighed', '$$\\nabla_W \\tfrac{\\lambda}{2} \\|XW - Y\\|_F^2 = \\lambda X^\\top (XW - Y)$$', 'verified'],
  ['what is not a number of anything', '$$\\nabla_W L = X^\\top G$$', 'inconclusive'],
])('of nothing but matrices that are not declared: %s', (_, text, verdict) => expect(verdictsOn(text)).toBe(verdict));

it('each rule of a list has letters of its own, also where a macro that is nowhere defined names them', () => {
  expect(verdictsOn('$$\\partial(\\ln\\det(\\mX)) = \\operatorname{tr}(\\mX^{-1} \\partial\\mX)$$\n\n$$\\partial(\\mX^\\top) = (\\partial\\mX)^\\top$$')).toBe('verified verified');
});

it('a capital that is transposed elsewhere is a factor before brackets', () => {
  expect(verdictsOn('$$\\frac{\\partial\\, b^\\top X^\\top X c}{\\partial X} = X(b c^\\top + c b^\\top)$$')).toBe('verified');
});
