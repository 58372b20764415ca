import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

/** What a text says, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  [
    'in an exponent',
    'Let $z, y\\in\\mathbb R^K$. $$p_k = \\frac{e^{z_k}}{\\sum_{j=1}^K e^{z_j}}, \\quad L = -\\sum_{k=1}^K y_k \\log p_k, \\quad \\frac{\\partial L}{\\partial z_k} = p_k \\sum_j y_j - y_k$$',
    'verified',
  ],
  ['in a base that is raised', 'Let $z\\in\\mathbb R^K$. $$q_k = 2^{z_k}, \\quad s = \\sum_k q_k, \\quad \\frac{\\partial s}{\\partial z_k} = q_k \\ln 2$$', 'verified'],
];

describe('letters that count entries', () => {
  test.each(CASES)('%s', (_, text, verdicts) => {
    const { claims } = checkDocument(text, 'markdown', { verify: true });
    expect((claims ?? []).map(({ status }) => status).join(' ')).toBe(verdicts);
  });
});
