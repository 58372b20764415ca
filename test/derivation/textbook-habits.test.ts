import { describe, expect, it } from 'vitest';
import { verdictsOn } from './verdicts.ts';

/** What textbooks and courses write without a word about it, and the status of each claim. */
const CASES: Readonly<Record<string, readonly (readonly [title: string, text: string, ...verdicts: string[]])[]>> = {
  'one loss for several layers': [
    [
      'a section names its own derivative of a loss that an earlier one said to depend on something else',
      String.raw`# Affine
Everything ends in a scalar loss $L$ which depends on $S = X W$, $X\in\mathbb R^{N\times D}$, $W\in\mathbb R^{D\times C}$.
$$\frac{\partial L}{\partial W} = X^T \frac{\partial L}{\partial S}$$
# Gate
Let $a, b\in\mathbb R^K$, $o = a \odot \tanh(b)$ and call the upstream gradient $g = \frac{\partial L}{\partial o}$. Then
$$\frac{\partial L}{\partial a} = g \odot \tanh(b), \qquad \frac{\partial L}{\partial b} = g \odot a \odot (1 - \tanh(b)^2), \qquad \frac{\partial L}{\partial b} = g \odot a$$`,
      'verified',
      'verified',
      'verified',
      'refuted',
    ],
    [
      'two outputs of a loss, of which one leads to the variable',
      String.raw`Let $x\in\mathbb R^n$, $A\in\mathbb R^{m\times n}$, $y = Ax$, $g = \frac{\partial L}{\partial y}$. Let $u \in\mathbb R^k$, $v = u \odot u$ and $h = \frac{\partial L}{\partial v}$. $$\frac{\partial L}{\partial x} = A^\top g, \qquad \frac{\partial L}{\partial u} = 2 u \odot h, \qquad \frac{\partial L}{\partial u} = u \odot h$$`,
      'verified',
      'verified',
      'refuted',
    ],
  ],
  'differentials of what is left open': [
    [
      'a convention in a text with statements',
      String.raw`If $\mathrm{d}y = \operatorname{tr}(A\,\mathrm{d}X)$ then we write the derivative of y as $A$, where $A, X\in\mathbb R^{n\times n}$.
<!-- chainrule: layout numerator -->
$$\mathrm d \operatorname{tr}(A X) = \operatorname{tr}(A\,\mathrm dX), \qquad \mathrm d \operatorname{tr}(A X) = \operatorname{tr}(A^\top\mathrm dX)$$`,
      'inconclusive',
      'verified',
      'refuted',
    ],
  ],
  'functions in general': [
    [
      'a function that a convention has, and then one of the same letter',
      String.raw`The Jacobian of a function $f : \mathbb R^n \to \mathbb R^m$ is an $m\times n$ matrix. Let $A\in\mathbb R^{M\times N}$, $x\in\mathbb R^N$ and
$$f(z) = \sin(z), \qquad z = A x.$$
$$\frac{\partial z}{\partial x} = A, \qquad \frac{d f}{d x} = \operatorname{diag}(\cos(z)) A, \qquad \frac{d f}{d x} = -\operatorname{diag}(\cos(z)) A$$`,
      'verified',
      'verified',
      'refuted',
    ],
    [
      'a function that is given has the shape that it was given',
      String.raw`Let $f : \mathbb R^n \to \mathbb R$ and $c, x\in\mathbb R^n$ with $f(x) = c^\top x$. Then $\nabla f(x) = c$.`,
      'verified',
    ],
  ],
  'a letter for functions of more and of fewer arguments': [
    [
      'what remains where the others are held',
      String.raw`Let $P\in\mathbb R^{n\times n}$ be symmetric positive definite, $m, y_i \in \mathbb R^n$ and $$\ell(m, P) = \frac N2 \log|P| - \frac12 \sum_{i=1}^N (y_i - m)^\top P (y_i - m).$$ With $S = \sum_{i=1}^N (y_i - m)(y_i - m)^\top$ we have $\ell(P) = \frac N2\log|P| - \frac12\operatorname{tr}(S P)$. $$\frac{\partial \ell(P)}{\partial P} = \frac N2 P^{-1} - \frac12 S = 0$$ $$\frac{\partial \ell(P)}{\partial P} = \frac N2 P^{-1} - S$$ $$\frac{\partial \ell(m, P)}{\partial m} = P \sum_{i=1}^N (y_i - m)$$`,
      'verified',
      'refuted',
      'verified',
    ],
    [
      'an argument that is left out',
      String.raw`Let $w\in\mathbb R^n$, $b \in \mathbb R^m$, $C \in \mathbb R^{m\times n}$ and $L(w, b) = \frac12\|C w - b\|^2$. Then $\nabla_w L(w) = C^\top (C w - b)$ and $\nabla_w L(w) = C^\top (C w + b)$.`,
      'verified',
      'refuted',
    ],
    [
      'each of a sum has an argument more',
      String.raw`Let $x\in\mathbb R^n$, $h(i, x) = i\, x^\top x$ and $h(x) = \sum_{i=1}^K h(i, x)$. Then $\nabla h(x) = (K^2 + K)\, x$ and $\nabla h(x) = K x$.`,
      'verified',
      'refuted',
    ],
    [
      'one with an argument more',
      String.raw`Let $x, c\in\mathbb R^n$, $h(x) = x^\top x$ and $h(x, c) = h(x) + c^\top x$. Then $\nabla_x h(x, c) = 2x + c$ and $\nabla h(x) = 2x$, but $\nabla_x h(x, c) = 2x - c$.`,
      'verified',
      'verified',
      'refuted',
    ],
  ],
  'all classes but the label': [
    [
      'each of the others, and the label itself',
      String.raw`For an example $x\in\mathbb R^D$ with label $y_i$ and a weight vector $w_j\in\mathbb R^D$ per class, $j = 1, \dots, C$, $$L = \sum_{j\neq y_i} \max(0, w_j^T x - w_{y_i}^T x + 1).$$
For the other rows, where $j \neq y_i$, the gradient is $$\nabla_{w_j} L = \mathbb 1(w_j^T x - w_{y_i}^T x + 1 > 0)\, x$$ and not $$\nabla_{w_j} L = 2\,\mathbb 1(w_j^T x - w_{y_i}^T x + 1 > 0)\, x \qquad (j \ne y_i).$$
$$\nabla_{w_{y_i}} L = -\Bigl(\sum_{j\neq y_i} \mathbb 1(w_j^T x - w_{y_i}^T x + 1 > 0)\Bigr) x$$ $$\nabla_{w_{y_i}} L = \Bigl(\sum_{j\neq y_i} \mathbb 1(w_j^T x - w_{y_i}^T x + 1 > 0)\Bigr) x$$`,
      'verified',
      'refuted',
      'verified',
      'refuted',
    ],
    [
      'where nothing says of which rows it is meant',
      String.raw`For an example $x\in\mathbb R^D$ with label $y_i$ and a weight vector $w_j\in\mathbb R^D$ per class, $j = 1, \dots, C$, $$L = \sum_{j\neq y_i} \max(0, w_j^T x - w_{y_i}^T x + 1).$$ The other rows get $$\nabla_{w_j} L = \mathbb 1(w_j^T x - w_{y_i}^T x + 1 > 0)\, x.$$`,
      'inconclusive',
    ],
  ],
  'what an example of the same section declares': [
    [
      'a remark about the letters of the first of two',
      String.raw`**Example 1.** Let $x\in\mathbb R^N$, $A\in\mathbb R^{M\times N}$ and $z = A x$. Then $\frac{\partial z}{\partial x} = A$.

**Example 2.** Let $x, m\in\mathbb R^D$ and $u = (x - m)^\top (x - m)$. Then $\frac{\partial u}{\partial x} = 2 (x - m)^\top$.

*Remark.* With $c, d\in\mathbb R^N$ we have $\frac{\partial}{\partial x}(c^\top x\, x^\top d) = x^\top(c d^\top + d c^\top)$, and not $\frac{\partial}{\partial x}(c^\top x\, x^\top d) = x^\top c d^\top$.`,
      'verified',
      'verified',
      'verified',
      'refuted',
    ],
  ],
  'what another section declares': [
    [
      'an equation of letters of another size, beside a declaration',
      String.raw`# Rules
Let $A\in\mathbb R^{m\times n}$, $B\in\mathbb R^{n\times m}$. Then $\nabla_A \operatorname{tr}(AB) = B^T$.
# Sources
We have $x = A s$ with a square mixing matrix. For one example $x\in\mathbb R^n$ and $W\in\mathbb R^{n\times n}$ let $f(W) = \frac12 x^T W^T W x$.
$$\nabla_W f(W) = W x x^T, \qquad \nabla_W f(W) = x x^T W$$`,
      'verified',
      'verified',
      'refuted',
    ],
    [
      'a matrix that depends on parameters from here on, and what solves its system',
      String.raw`# Forms
Let $A\in\mathbb R^{n\times n}$, $x\in\mathbb R^n$ and $f(x) = x^T A x$. Then $\nabla f(x) = (A + A^T) x$. Let $k(A) = \operatorname{tr} A$.
# Adjoints
Let $A(p)\,x = b$ with $p\in\mathbb R^K$ and $c\in\mathbb R^n$, and $g(p) = c^T x(p)$.
$$dg = c^T dx = -c^T A^{-1}\,dA\,A^{-1} b$$
Solve the *adjoint* equation $A^T\lambda = c$ once; then
$$\frac{\partial g}{\partial p_k} = -\lambda^T \frac{\partial A}{\partial p_k} x, \qquad \frac{\partial g}{\partial p_k} = -c^T \frac{\partial A}{\partial p_k} x$$`,
      'verified',
      'verified',
      'verified',
      'refuted',
    ],
    [
      'a matrix that says by itself on what it depends',
      String.raw`# One
Let $p\in\mathbb R^K$, $A = A(p) \in\mathbb R^{n\times n}$, $x = A^{-1} b$, $b, c\in\mathbb R^n$ and $g = c^T x$.
$$dg = c^T dx = -c^T A^{-1}\,dA\,x, \qquad dg = c^T dx = c^T A^{-1}\,dA\,x$$
# Two
Let $p\in\mathbb R^K$, $A(p) \in\mathbb R^{n\times n}$, $x(p) = A(p)^{-1} b$, $b, c\in\mathbb R^n$ and $g(p) = c^T x(p)$.
$$\frac{\partial g}{\partial p_k} = -c^T A^{-1} \frac{\partial A}{\partial p_k} x$$`,
      'verified',
      'refuted',
      'verified',
    ],
  ],
  'words between commas': [
    [
      'before the verb',
      String.raw`Let $r\in\mathbb R^n$ have a covariance whose inverse, the precision matrix $P$, is an $n \times n$ symmetric matrix. $$\frac{\partial}{\partial r} r^\top P r = 2 P r, \qquad \frac{\partial}{\partial r} r^\top P r = P r$$`,
      'verified',
      'refuted',
    ],
  ],
};

for (const [group, cases] of Object.entries(CASES))
  describe(group, () => {
    it.each(cases)('%s', (_, text, ...verdicts) => {
      expect(verdictsOn(text)).toBe(verdicts.join(' '));
    });
  });
