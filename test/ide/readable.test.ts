import { expect, test } from 'vitest';
import { readable } from '../../src/ide/readable.ts';

test.each([
  ['L', 'L'], ['{\\vect{w}}', 'w'], ['\\mathbf{W}_1', 'W_1'], ['\\theta', 'θ'], ['\\boldsymbol{\\mu}_{k}', 'μ_k'], ['W^{(1)}', 'W^(1)'], ["z' z", "z' z"],
  ['\\left( A  x \\right)', '( A x )'], ['', ''], ['\\', '\\'],
])('%s is read as %s', (text, seen) => expect(readable(text)).toBe(seen));
