import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

/** What a text says of its letters without declaring them, and what becomes of its claims. */
const CASES: readonly (readonly [title: string, text: string, ...verdicts: string[]])[] = [
  [
    'a derivative is given a name',
    'Let $z = \\mu + s \\odot \\epsilon$ with $\\mu, s, \\epsilon \\in \\mathbb R^d$ and a loss $R(z)$ with $\\nabla_z R = r$. $$\\nabla_\\mu R = r, \\quad \\nabla_s R = r \\odot \\epsilon$$',
    'verified',
    'verified',
  ],
  [
    'and what is made of it is checked',
    'Let $z = \\mu + s \\odot \\epsilon$ with $\\mu, s, \\epsilon \\in \\mathbb R^d$ and a loss $R(z)$ with $\\nabla_z R = r$. $$\\nabla_s R = r \\odot s$$',
    'refuted',
  ],
  [
    'a letter that an equation explains is claimed, and no name',
    'Let $f(x) = x^\\top A x$ with $A\\in\\mathbb R^{n\\times n}$, $x\\in \\mathbb R^n$. $$\\nabla f(x) = g, \\quad g = 2 A x$$',
    'refuted',
  ],
  [
    'numbers beside inner products make a column',
    'Let $f(x) = \\log \\sum_{i=1}^n e^{a_i^\\top x + b_i}$ with $x \\in \\mathbb R^d$, where $a_i^\\top$ are the rows of $A \\in \\mathbb R^{n\\times d}$ and $p = \\operatorname{softmax}(A x + b)$. $$\\nabla f(x) = A^\\top p$$',
    'verified',
  ],
  [
    'and a wrong claim about it is wrong',
    'Let $f(x) = \\log \\sum_{i=1}^n e^{a_i^\\top x + b_i}$ with $x \\in \\mathbb R^d$, where $a_i^\\top$ are the rows of $A \\in \\mathbb R^{n\\times d}$ and $p = \\operatorname{softmax}(A x + b)$. $$\\nabla f(x) = A^\\top b$$',
    'refuted',
  ],
  [
    'the entries of a matrix are called by its small letter',
    'Let $D = (d_{ij})_{i,j=1}^n \\in \\mathbb R^{n\\times n}$ be symmetric, $K_{ij} = \\exp(-\\theta d_{ij})$ and $\\mathcal E(\\theta) = y^\\top K y$ with $y \\in \\mathbb R^n$. $$\\frac{d\\mathcal E}{d\\theta} = -y^\\top (D \\odot K) y, \\quad \\nabla_y \\mathcal E = 2 K y$$',
    'verified',
    'verified',
  ],
  [
    'the logarithm of a new letter defines it',
    'Let $F \\in \\mathbb R^{M\\times K}$ and $w \\in \\mathbb R^K$. $$\\log Z = \\log \\mathbf 1^\\top e^{F w}$$ $$\\nabla_w \\log Z = F^\\top \\operatorname{softmax}(F w)$$',
    'verified',
  ],
  [
    'a letter of the section around is the argument of a function below',
    '# Model\n\nLet $X \\in \\mathbb R^{n\\times d}$, $t \\in \\mathbb R^n$ and $y = X w$.\n\n## Error\n\n$$E(w) = \\tfrac12 \\|y - t\\|^2, \\quad \\nabla E(w) = X^\\top (y - t)$$',
    'verified',
  ],
  [
    'a measurement with noise is given where its residual is taken',
    'Let $x \\in \\mathbb R^n$, $z = H x + v$ with $v \\sim \\mathcal N(0, R)$, $H \\in \\mathbb R^{m\\times n}$ and $R \\in \\mathbb S^m_{++}$. $$V(x) = \\tfrac12 (z - H x)^\\top R^{-1} (z - H x), \\quad \\nabla V(x) = -H^\\top R^{-1} (z - H x)$$',
    'verified',
  ],
  [
    'the next covariance is no pseudo-inverse',
    'Let $P \\in \\mathbb S^n_{++}$, $K \\in \\mathbb R^{n\\times n}$ and $P^+(K) = (I - K) P (I - K)^\\top$. With $t(K) = \\operatorname{tr} P^+(K)$ $$\\frac{\\partial t}{\\partial K} = -2 (I - K) P$$',
    'verified',
  ],
  [
    'that of another matrix is one',
    'Let $A \\in \\mathbb R^{m\\times n}$, $b\\in \\mathbb R^m$, $A^+ = (A^\\top A)^{-1} A^\\top$ and $f = b^\\top A A^+ b$. $$\\nabla_b f = 2 A A^+ b$$',
    'verified',
  ],
];

describe('what is said without a declaration', () => {
  test.each(CASES)('%s', (_, text, ...verdicts) => {
    const claims = checkDocument(text, 'markdown', { verify: true }).claims ?? [];
    expect(claims.map(({ status }) => status)).toEqual(verdicts);
  });
});
