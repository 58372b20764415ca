import { describe, expect, it } from 'vitest';
import { verdictsOn } from './verdicts.ts';

/** Notes that say in passing what letters are, and the status of each claim in them. */
const CASES: Readonly<Record<string, readonly (readonly [title: string, text: string, ...verdicts: string[]])[]>> = {
  'functions that everyone knows': [
    [
      'a letter that was a number before',
      '# Noise\n\nLet $x\\in\\mathbb R^d$, $\\sigma > 0$ and $f = \\sigma x^\\top x$. $$\\nabla_x f = 2\\sigma x$$\n\n# Energy\n\n$E = \\sum_i \\log(1+e^{u_i})$ with $u = Kx$, $K$ is $m\\times d$. With the logistic $\\sigma(\\cdot)$, no longer the noise, $$\\nabla_x E = K^\\top\\sigma(Kx), \\qquad \\nabla_x E = K\\sigma(Kx)$$',
      'verified',
      'verified',
      'inconclusive',
    ],
    [
      'a letter behind its name',
      String.raw`Let $x, w\in\mathbb R^d$ and $f = \log(1+e^{w^\top x})$, with the sigmoid function $g$. $$\nabla_x f = g(w^\top x)\, w, \qquad \nabla_x^2 f = g(w^\top x)\, w w^\top$$`,
      'verified',
      'refuted',
    ],
    [
      'a letter before its name',
      String.raw`Let $x, w\in\mathbb R^d$ and $f = \log(1+e^{w^\top x})$, where $g$ is the logistic function. $$\nabla_x f = g(w^\top x)\, w, \qquad \nabla_x f = g'(w^\top x)\, w$$`,
      'verified',
      'refuted',
    ],
  ],
  'names for what stands before': [
    [
      'behind its size alone',
      '$y = (y_1, y_2)^T$ and $z = (a y_1 y_2, y_2^2, y_1)^T$ with a number $a$. $$\\frac{\\partial z}{\\partial y} = \\begin{bmatrix} a y_2 & a y_1 \\\\ 0 & 2 y_2 \\\\ 1 & 0 \\end{bmatrix}$$\n\n$3\\times 2$. Call it $G$. With $y = S p$, $S$ a $2\\times 4$ matrix and $p\\in\\mathbb R^4$, $$\\frac{\\partial z}{\\partial p} = G S, \\qquad \\frac{\\partial z}{\\partial p} = 2 G S$$',
      'verified',
      'verified',
      'refuted',
    ],
  ],
  'letters of which nothing is said': [
    [
      'a vector by its norm is no number, and neither is what makes it',
      String.raw`$N = I - \beta R$, so $s = (1-\beta) N^{-1} w$. $$\frac{ds}{d\beta} = N^{-1}(R^\top s - w)$$ Minimise $F(w) = \frac12 \|s - z\|^2$. $$\nabla_w F = (1-\beta) N^{-1} (s - z)$$`,
      'inconclusive',
      'inconclusive',
    ],
    [
      'a transpose is missing, and in no other layout than its neighbours',
      String.raw`With $q = \mathrm{softmax}(Ma)$ and a one-hot $y$ the loss is $\ell = -y^\top\log q$. $$\frac{\partial\ell}{\partial a} = M^\top(q - y), \qquad \frac{\partial\ell}{\partial M} = a\,(q - y)^\top$$`,
      'verified',
      'inconclusive',
    ],
    [
      'no transpose is missing',
      String.raw`With $q = \mathrm{softmax}(Ma)$ and a one-hot $y$ the loss is $\ell = -y^\top\log q$. $$\frac{\partial\ell}{\partial a} = M^\top(q - y), \qquad \frac{\partial\ell}{\partial M} = (q - y)\,a^\top$$`,
      'verified',
      'verified',
    ],
    [
      'a path that only words which are not understood tell counts for nothing, there or not',
      String.raw`$X\in\mathbb R^{n\times d}$, $Q = XU$, $V = XW$ with $U, W\in\mathbb R^{d\times h}$. $B$ is a mixture that the module makes of $Q$, $n\times n$, and $O = BV$. Let $L(O)$ be a scalar loss. $$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Q}U^\top + \frac{\partial L}{\partial V}W^\top, \qquad \frac{\partial L}{\partial X} = 2\frac{\partial L}{\partial Q}U^\top + \frac{\partial L}{\partial V}W^\top$$`,
      'inconclusive',
      'inconclusive',
    ],
  ],
};

for (const [group, cases] of Object.entries(CASES))
  describe(group, () => {
    it.each(cases)('%s', (_, text, ...verdicts) => {
      expect(verdictsOn(text)).toBe(verdicts.join(' '));
    });
  });
