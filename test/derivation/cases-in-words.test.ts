import { describe, expect, test } from 'vitest';
import { verdictsOn } from './verdicts.ts';

const GIVEN = 'Let $v \\in \\mathbb R^n$, $x \\in \\mathbb R$, $a \\in \\mathbb R^n$, $h(v) = \\sum_i \\max(0, v_i)$, $l(v) = \\sum_i |v_i|$ and $f(x) = \\max(0, x)$.\n\n';

/** What a text tells by cases, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  ['with a value if not', 'With $a_i = 1$ if $v_i > 0$ and $a_i = 0$ if not we have $\\nabla h(v) = a$.', 'verified'],
  ['which is no other one', 'With $a_i = 1$ if $v_i > 0$ and $a_i = 0$ if not we have $\\nabla h(v) = -a$.', 'refuted'],
  ['with a number among the words', 'With $a_i = 1$ if $v_i > 0$ and 0 otherwise we have $\\nabla h(v) = a$.', 'verified'],
  ['behind else', 'With $a_i = 1$ when $v_i > 0$, else $a_i = -1$, we have $\\nabla l(v) = a$.', 'verified'],
  ['with a negative number', 'With $a_i = 1$ when $v_i > 0$, otherwise -1, we have $\\nabla l(v) = a$.', 'verified'],
  ['with two conditions', 'With $a_i = 1$ for $v_i > 0$ and $a_i = -1$ for $v_i \\le 0$ we have $\\nabla l(v) = a$.', 'verified'],
  ['of a derivative', "Then $f'(x) = 1$ if $x > 0$ and $f'(x) = 0$ if $x < 0$.", 'verified'],
  ['of a derivative, exchanged', "Then $f'(x) = 0$ if $x > 0$ and $f'(x) = 1$ if $x < 0$.", 'refuted'],
  ['of a derivative under one condition', "Then $f'(x) = 1$ if $x > 0$.", 'verified'],
  ['which holds elsewhere', "Then $f'(x) = 1$ if $x < 0$.", 'refuted'],
  ['a condition on another letter says nothing of where it is claimed', "Let $\\lambda \\in \\mathbb R$ and $g(x) = \\lambda x$. Then $g'(x) = \\lambda$ if $\\lambda > 0$.", 'verified'],
  ['where an entry of what is defined is zero', 'Let $u = \\max(0, v)$ and $q = \\sum_i u_i^2$. At the kink $u_i = 0$ nothing happens. Then $\\nabla_v q = 2 u$.', 'verified'],
];

describe('values told by cases in words', () => {
  test.each(CASES)('%s', (_, text, verdicts) => expect(verdictsOn(GIVEN + text)).toBe(verdicts));
});
