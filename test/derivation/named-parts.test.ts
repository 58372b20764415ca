import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { readMarkdown } from '../../src/syntax/read-markdown.ts';
import { showItem } from '../syntax/show.ts';
import { verdictsOn } from './verdicts.ts';

const DECLARED = 'Let $A\\in\\mathbb R^{m\\times n}$, $x\\in\\mathbb R^n$, $b\\in\\mathbb R^m$ and $\\lambda > 0$.\n';

/** What a text says after the declarations, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  ['a brace names what stands above it', '$$f = \\tfrac12\\|\\underbrace{A x - b}_{r}\\|^2, \\quad \\nabla_x f = A^\\top r, \\quad \\frac{\\partial f}{\\partial r} = r$$', 'verified verified'],
  ['so does one in a claim, with or without a sign', '$$f = \\tfrac12\\|A x - b\\|^2, \\quad \\nabla_x f = A^\\top \\underbrace{(A x - b)}_{=: r} = A^\\top r, \\quad \\nabla_b f = -r$$', 'verified verified'],
  ['what is wrong under its name is wrong once', '$$f = \\tfrac12\\|\\underbrace{A x - b}_{r}\\|^2, \\quad \\nabla_x f = 2 A^\\top r$$', 'refuted'],
  [
    'braces name functions',
    '$$F(x) = \\underbrace{\\tfrac12\\|A x - b\\|^2}_{f(x)} + \\underbrace{\\lambda\\|x\\|^2}_{g(x)}, \\quad \\nabla f(x) = A^\\top (A x - b), \\quad \\nabla F(x) = \\nabla f(x) + 2\\lambda x$$',
    'verified verified',
  ],
  [
    'a derivative under a brace stays a link of the chain',
    '$$y = A x, \\quad L = \\|y\\|^2, \\quad \\frac{\\partial L}{\\partial x} = \\frac{\\partial y}{\\partial x} \\underbrace{\\frac{\\partial L}{\\partial y}}_{\\delta} = A^\\top \\delta$$',
    'verified',
  ],
  [
    'what a sum counts has a name that counts',
    '$$f = \\tfrac12 \\sum_{i=1}^m (\\underbrace{b_i - x^\\top x}_{r_i})^2, \\quad \\nabla_x f = -2 \\sum_{i=1}^m r_i x$$',
    'verified',
  ],
  ['a name without the letter that counts is a remark', '$$f = \\tfrac12 \\sum_{i=1}^m \\underbrace{b_i^2}_{q}, \\quad \\nabla_b f = b$$', 'verified'],
  ['words, numbers and dimensions are no names', '$$f = \\underbrace{x^\\top x}_{\\text{size}} + \\underbrace{1 + 1}_{2} + \\underbrace{b^\\top b}_{m}, \\quad \\nabla_x (f / m) = 2 x / m$$', 'verified'],
  ['a letter that is defined keeps its value', '$$r = A x, \\quad f = \\|\\underbrace{A x - b}_{r}\\|^2, \\quad \\nabla_x f = 2 A^\\top (r - b)$$', 'verified'],
  ['a claim with a name at its end is one', '$$f = \\|A x\\|^2, \\quad \\nabla_x f = 2 A^\\top A x =: g, \\quad \\nabla_x f = g$$', 'verified verified'],
  ['it is told when it is wrong, and the name is right', '$$f = \\|A x\\|^2, \\quad \\nabla_x f = A^\\top A x =: g, \\quad \\nabla_x f = g$$', 'refuted verified'],
  ['a name may stand in the middle, and a sign before the derivative', '$$f = \\tfrac12\\|A x - b\\|^2, \\quad -\\nabla_x f =: p = A^\\top (b - A x), \\quad \\nabla_x f = -p$$', 'verified verified'],
  ['a symbol and its other name', '$$y = A x =: h, \\quad f = h^\\top h, \\quad \\nabla_x f = 2 A^\\top h = 2 A^\\top y$$', 'verified'],
  ['a sentence names the residual', 'We denote the residual $A x - b$ by $r$, and $f = \\tfrac12\\|r\\|^2$. $$\\nabla_x f = A^\\top r$$', 'verified'],
  ['a letter denotes it', 'Let $r$ denote $A x - b$ and $f = \\tfrac12\\|r\\|^2$. $$\\nabla_x f = A^\\top r$$', 'verified'],
  ['a letter is written for it', 'Write $r$ for $A x - b$. $$f = \\tfrac12\\|A x - b\\|^2, \\quad \\nabla_x f = 2 A^\\top r$$', 'refuted'],
  ['it is called by a letter', '$$f = \\tfrac12\\|A x - b\\|^2.$$ Calling $A x - b$ the residual $r$, we get $\\nabla_x f = A^\\top r$.', 'verified'],
  ['what is made of it by words is not it', 'We denote the norm of $A x - b$ by $r$. $$f = r^2, \\quad \\nabla_x f = 2 A^\\top (A x - b)$$', 'inconclusive'],
  ['a letter that nothing explains decides nothing', '$$f = \\tfrac12\\|A x - b\\|^2, \\quad \\nabla_x f = A^\\top r$$', 'inconclusive'],
];

describe('names that are given on the way', () => {
  test.each(CASES)('%s', (_, text, verdicts) => expect(verdictsOn(DECLARED + text)).toBe(verdicts));

  test('a dimension misfit in what is named is told once', () => {
    const { diagnostics } = checkDocument(`${DECLARED}$$f = \\|\\underbrace{A b - x}_{r}\\|^2$$`, 'markdown', { verify: false });
    expect(diagnostics.map(({ code }) => code)).toEqual(['shape/product']);
  });

  test.each([
    ['\\underbrace{a + b}_{c}', '{(add a b) =: c}'],
    ['\\underbrace{a + b}_{=: c_1}', '{(add a b) =: c_1}'],
    ['\\overbrace{a + b}^{g(x)}', '{(add a b) =: g(x)}'],
    ['\\underbrace{a + b}_{c + d}', '(add a b)'],
    ['\\underbrace{a + b}_{= c = d}', '(add a b)'],
    ['\\underbrace{a}_{n\\times 1}', '{a : n×1}'],
  ])('%s', (formula, shown) => expect(readMarkdown(`$${formula}$`).items.map(showItem)).toEqual([shown]));
});
