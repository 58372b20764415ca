/** Texts of different build in parts of ten lines each, of which the k-th may refer to what stands before it. */
export const GROWING_TEXTS: Readonly<Record<string, (k: number) => string>> = {
  'many sections': (k) =>
    `## Section ${k}\nA : m×n\nx : n\nb : m\nr = A x - b\nf = ||r||^2\ndf/dx = 2 A' r\ndf/dr = 2 r\ndr/dx = A'\ng = r' r\n`,
  'one section': (k) =>
    `\nA${k} : m×n\nx${k} : n\nb${k} : m\nr${k} = A${k} x${k} - b${k}\nf${k} = ||r${k}||^2\ndf${k}/dx${k} = 2 A${k}' r${k}\ndf${k}/dr${k} = 2 r${k}\ndr${k}/dx${k} = A${k}'\ng${k} = r${k}' r${k}\n`,
  'sections in sections': (k) =>
    `${'#'.repeat(1 + (k % 6))} Section ${k}\nA : m×n\nx : n\nb : m\nr = A x - b\nf = ||r||^2\ndf/dx = 2 A' r\ndf/dr = 2 r\ndr/dx = A'\ng = r' r\n`,
  'a long chain': (k) =>
    (k === 0 ? 'W : n×n\nx0 : n\n' : '') +
    Array.from({ length: 10 }, (_, at) => `x${10 * k + at + 1} = tanh(W x${10 * k + at})\n`).join(''),
  'nothing declared': (k) =>
    `## Section ${k}\n\nz = W x + b\na = sigma(z)\nu = V a + c\ndL/dV = dL/du a'\ndL/dz = dL/da .* sigma'(z)\ndL/dW = dL/dz x'\n\nq = W x\n`,
};
