import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

/** A two-layer network of real sizes, whose first layer has 20,000 parameters. */
const NETWORK = `broadcast on
size d = 400
size h = 50
size k = 5
size N = 16
X : N×d
W1 : d×h
W2 : h×k
Y : N×k
A = tanh(X W1)
P = A W2
L = 1/2 ||P - Y||_F^2
`;

function claimOf(claim: string) {
  return checkDocument(NETWORK + claim, 'plain', { verify: true, repair: false }).claims?.[0];
}

describe('a claim of real sizes', () => {
  it('is checked along directions, and says so', () => {
    const claim = claimOf("dL/dW1 = X' (((P - Y) W2') ⊙ (1 - A.^2))");
    expect(claim).toMatchObject({ status: 'verified', method: 'directions' });
    expect(claim?.note).toMatch(/^6 directions and single entries were compared; a mistake of 1 % everywhere is missed with a probability of 5e-13$/);
  });

  it('is refuted along directions', () => {
    expect(claimOf("dL/dW1 = X' (((P - Y) W2') ⊙ A)")).toMatchObject({ status: 'refuted', method: 'directions' });
  });

  it('is refuted when it is wrong by a hundredth of a percent', () => {
    expect(claimOf("dL/dW1 = 1.0001 X' (((P - Y) W2') ⊙ (1 - A.^2))")).toMatchObject({ status: 'refuted' });
  });

  it('has every entry compared where that is cheap', () => {
    const claim = claimOf("dL/dP = P - Y");
    expect(claim).toMatchObject({ status: 'verified', method: 'entries' });
    expect(claim).not.toHaveProperty('note');
  });
});
