import { describe, expect, test } from 'vitest';
import { verdictsOn } from './verdicts.ts';

const GIVEN = 'Let $s = \\operatorname{softmax}(z)$ with $z \\in \\mathbb R^K$.\n\n';
const SAME = '\\frac{\\partial s_i}{\\partial z_j} = s_i (1 - s_i)';
const APART = '\\frac{\\partial s_i}{\\partial z_j} = -s_i s_j';

/** What a text says of the Jacobian of softmax, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  ['without one a claim is of all entries', `$$${APART}$$`, 'refuted'],
  ['in brackets', `$$${APART} \\quad (i \\neq j)$$`, 'verified'],
  ['behind a word', `$$${SAME}, \\quad \\text{if } i = j$$ $$${APART}, \\qquad \\text{for } i \\ne j$$`, 'verified verified'],
  ['behind a comma', `$$${APART}, \\; i \\ne j$$`, 'verified'],
  ['in a column of its own', `\\begin{align} ${SAME.replace('=', '&=')}, & i &= j \\\\ ${APART.replace('=', '&=')}, & i &\\neq j \\end{align}`, 'verified verified'],
  ['in front', `For $i = j$ we have $$${SAME}$$ and for $i \\ne j$ it is $${APART}$.`, 'verified verified'],
  ['in a list', `- Case $i = j$: $${SAME}$\n- Case $i \\neq j$: $${APART}$`, 'verified verified'],
  ['behind the formula', `We get $${APART}$ whenever $i \\neq j$. Also $${SAME}$ if $i = j$.`, 'verified verified'],
  ['the other one is another claim', `$$${SAME} \\quad (i \\neq j)$$`, 'refuted'],
  ['a condition of the sentence before says nothing of this one', `We take $i \\ne j$. Now $${APART}$.`, 'refuted'],
  ['what is wrong where it is claimed is wrong', `$$\\frac{\\partial s_i}{\\partial z_j} = s_i s_j \\quad (i \\neq j)$$`, 'refuted'],
];

describe('conditions on indices', () => {
  test.each(CASES)('%s', (_, text, verdicts) => expect(verdictsOn(GIVEN + text)).toBe(verdicts));
});
