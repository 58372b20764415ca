import { expect, test } from 'vitest';
import { readable } from '../../src/ide/readable.ts';

test.each([
  ['L', 'L'], ['{\\vect{w}}', 'w'], ['\\mathbf{W}_1', 'W_1'], ['\\theta', 'θ'], ['\\mathbf x', 'x'], ['\\bm\\theta_1', 'θ_1'], ['\\hat y', 'y'], ['\\boldsymbol{\\mu}_{k}', 'μ_k'], ['W^{(1)}', 'W^(1)'], ["z' z", "z' z"],
  ['\\left( A  x \\right)', '( A x )'], ['(h^\\top h + \\|h\\|^2)', '(hᵀ h + ‖h‖^2)'], ['\\frac{1}{2} x^T A^{\\top} x', '1/2 xᵀ Aᵀ x'], ['a \\odot b^{Tk}', 'a ∘ b^Tk'], ['', ''], ['\\', '\\'],
])('%s is read as %s', (text, seen) => expect(readable(text)).toBe(seen));
