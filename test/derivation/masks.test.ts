import { expect, it } from 'vitest';
import { verdictsOn } from './verdicts.ts';

/** A loss of which the gradient has the mask twice, unless it holds zeros and ones. */
const about = (declared: string, said: string) => `Let $U, Y${declared} \\in \\mathbb R^{m\\times n}$. ${said} With $L = \\frac12 \\|W\\odot(U-Y)\\|_F^2$ we have\n$$\\nabla_U L = W\\odot(U - Y)$$`;

it.each([
  ['an equation', ', W', 'We have $W \\odot W = W$.'],
  ['a sentence about ones and zeros', '', 'Mask $W \\in \\mathbb{R}^{m \\times n}$ with ones where we have a rating, zeros else.'],
  ['0/1', '', 'Take the 0/1 mask $W \\in \\mathbb{R}^{m \\times n}$.'],
  ['its entries', ', W', 'The entries of $W$ are either 0 or 1.'],
  ['zeros and ones', '', 'Let $W \\in \\mathbb{R}^{m \\times n}$ be a matrix of zeros and ones.'],
  ['a condition in words', '', 'Let $W_{ij} = 1$ if the rating is known and $0$ otherwise.'],
  ['a set of its entries', ', W', 'Here $W_{ij} \\in \\{0, 1\\}$.'],
  ['cases with a set', '', '$$W_{ij} = \\begin{cases} 1 & (i,j) \\in \\mathcal S \\\\ 0 & \\text{otherwise}\\end{cases}$$\n\n'],
  ['cases with a set, of a declared letter', ', W', '$$W_{ij} = \\begin{cases} 1 & (i,j) \\in \\mathcal S \\\\ 0 & \\text{otherwise}\\end{cases}$$\n\n'],
])('zeros and ones are told by %s', (_, declared, said) => expect(verdictsOn(about(declared, said))).toBe('verified'));

it.each([
  ['labels', ', W', 'The labels are 0 or 1.'],
  ['numbers between', ', W', 'The entries of $W$ lie between 0 and 1.'],
  ['another sentence', ', W', 'The matrix $W$ holds weights. Its blocks are of zeros and ones.'],
])('and not by %s', (_, declared, said) => expect(verdictsOn(about(declared, said))).toBe('refuted'));
