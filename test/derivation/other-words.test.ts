import { describe, expect, it } from 'vitest';
import { verdictsOn } from './verdicts.ts';

/** Lecture notes in other words, and the status of each claim in them. */
const CASES: Readonly<Record<string, readonly (readonly [title: string, text: string, ...verdicts: string[]])[]>> = {
  'names at the end of a chain': [
    [
      'an entry behind `=:`',
      String.raw`Let $\mathbf x\in\mathbb R^n$ and $f(\mathbf x) = \ln\sum_i e^{x_i}$. $$\frac{\partial f}{\partial x_i} = \frac{e^{x_i}}{\sum_j e^{x_j}} =: s_i$$ $$\nabla^2 f = \operatorname{diag}(s) - ss^\top$$`,
      'verified',
      'verified',
    ],
    [
      'an entry that is met there alone',
      String.raw`Let $x\in\mathbb R^n$ and $f(x) = \ln \sum_{i=1}^n e^{x_i}$. $$\frac{\partial f}{\partial x_i} = \frac{e^{x_i}}{\sum_{j=1}^n e^{x_j}} = s_i, \quad \frac{\partial s_i}{\partial x_j} = s_i(\delta_{ij} - s_j)$$`,
      'verified',
      'verified',
    ],
    [
      'what is claimed behind a name in front',
      String.raw`Let $x\in\mathbb R^n$ and $f(x) = \sum_{i=1}^n x_i^3$. $$g_i = \frac{\partial f}{\partial x_i} = 2 x_i^2$$`,
      'refuted',
    ],
    [
      'a function on the way',
      String.raw`$$\dot x = f(x) = A x - b \tanh(c^T x)$$ with $A \in \mathbb{R}^{n \times n}$, $b, c, x \in \mathbb{R}^n$. $$\frac{\partial f}{\partial x} = A - (1 - \tanh^2(c^T x)) b c^T$$`,
      'verified',
    ],
    [
      'a bound behind a claim',
      String.raw`Let $M = W + \lambda D^T D$ with $D\in\mathbb R^{m\times n}$, $W\in\mathbb S^n_{++}$, $\lambda > 0$, and $\nu = \operatorname{tr}(M^{-1} W)$. $$\frac{\partial \nu}{\partial \lambda} = -\operatorname{tr}(M^{-1} D^T D W) < 0$$`,
      'refuted',
    ],
  ],
  'several things, each with its noun': [
    [
      'what is said of both',
      String.raw`The mass matrix $M$ and the stiffness matrix $K$ are symmetric positive definite $n \times n$ matrices, the positions $p$ and the velocities $v$ are $n$-vectors. Let $L = \frac12 v^T M v - \frac12 p^T K p$. $$\frac{\partial L}{\partial v} = M v, \qquad \frac{\partial L}{\partial p} = -K p$$`,
      'verified',
      'verified',
    ],
    [
      'a vector that is nearly a number',
      String.raw`Let $z, x\in\mathbb R^n$ and $f = \frac12 \|z \odot x\|^2$. Where $z \approx 1$ nothing is lost. $$\nabla_x f = z \odot z \odot x$$`,
      'verified',
    ],
  ],
  'members': [
    [
      'a sum with the letter of its terms',
      String.raw`Let $\rho \in \mathbb{R}^m$, $K_e \in \mathbb{S}^n_{++}$ for $e = 1, \dots, m$, $f \in \mathbb{R}^n$. $$K = \sum_{e=1}^m \rho_e^3 K_e, \quad u = K^{-1} f$$ $$\frac{\partial K}{\partial \rho_e} = 3 \rho_e^2 K_e, \quad \frac{\partial u}{\partial \rho_e} = 3 \rho_e^2 K^{-1} K_e u$$`,
      'verified',
      'refuted',
    ],
    [
      'functions that are counted, beside one of the same letter',
      String.raw`Let $f(w) = \frac1n\sum_{i=1}^n f_i(w)$ with $f_i(w) = \frac12(x_i^\top w - y_i)^2$ and $w, x_i\in\mathbb R^d$. $$\nabla f_i(w) = (x_i^\top w - y_i)x_i,\qquad \nabla f(w) = \sum_{i=1}^n\nabla f_i(w)$$`,
      'verified',
      'refuted',
    ],
    [
      'residuals and their gradients',
      String.raw`Let $a_i\in\mathbb R^n$, $b_i\in\mathbb R$ for $i=1,\dots,m$, $r_i(x) = a_i^\top x - b_i$ and $f(x) = \frac12\sum_{i=1}^m r_i(x)^2$. $$\nabla f(x) = \sum_{i=1}^m r_i(x)\nabla r_i(x) = \sum_{i=1}^m r_i(x)\, a_i$$`,
      'verified',
    ],
    [
      'responses that nothing declares beside the rows of a matrix',
      String.raw`Let $b:\mathbb R\to\mathbb R$ and $x_i \in\mathbb R^p$ for $i = 1, \dots, n$, and $$\ell(\beta) = \sum_{i=1}^n \{ y_i x_i^\top \beta - b(x_i^\top\beta) \}.$$ $$\frac{\partial \ell}{\partial\beta} = \sum_{i=1}^n \{y_i - b'(x_i^\top\beta)\} x_i = X^\top (y - \mu)$$ where $X$ has rows $x_i^\top$ and $\mu_i = b'(x_i^\top\beta)$.`,
      'verified',
    ],
    [
      'pairs of data, put into a matrix and a vector',
      String.raw`Given data $(x_i, y_i)$, $i=1,\dots,n$, with $x_i\in\mathbb R^p$, put the $x_i^\top$ as rows into $X$ and the $y_i$ into a vector $y$. $$L(w) = \sum_{i=1}^n (y_i - x_i^\top w)^2 = \|y - Xw\|^2$$ $$\nabla L(w) = -2\sum_{i=1}^n (y_i - x_i^\top w) x_i = -2X^\top (y - Xw)$$`,
      'verified',
    ],
    [
      'a letter below that counts nothing',
      String.raw`Let $\mathbf{q} \in \mathbb{R}^2$, $A\in\mathbb R^{2\times 2}$, $\mathbf{p} = A\mathbf q$. Given a target $\mathbf{p}_d \in \mathbb{R}^2$, let $\mathbf{e} = \mathbf{p} - \mathbf{p}_d$ and $c = \frac{1}{2} \mathbf{e}^T \mathbf{e}$. $$\nabla_{\mathbf{q}}\, c = A^T \mathbf{e}$$`,
      'verified',
    ],
    [
      'pairs that belong together are not told by one another',
      String.raw`Pairs $\mathbf x_i \leftrightarrow \mathbf x_i'$, $i = 1, \dots, N$, $\mathbf x_i \in \mathbb{R}^3$, $\mathbf x_i' \in \mathbb{R}^2$, $F \in \mathbb{R}^{2 \times 3}$ and $r_i = \mathbf x_i'^\top F \mathbf x_i$. $$\frac{\partial r_i}{\partial F} = 2\mathbf x_i' \mathbf x_i^\top$$`,
      'refuted',
    ],
    [
      'entries with letters of their own',
      String.raw`A point $P = [X, Y, Z]^\top \in \mathbb{R}^3$ with $Z > 0$, $f, c \in \mathbb R$ and $u(P) = f \frac{X}{Z} + c$. $$\frac{\partial u}{\partial P} = \begin{bmatrix} \frac fZ \\ 0 \\ -\frac{fX}{Z^2}\end{bmatrix}$$`,
      'verified',
    ],
  ],
  'variables': [
    [
      'the square of a letter',
      String.raw`For a sample $x_1, \dots, x_n\in\mathbb R$ from $N(\mu, \sigma^2)$ let $$\ell(\mu, \sigma^2) = -\frac n2 \log(2\pi\sigma^2) - \frac{1}{2\sigma^2}\sum_{i=1}^n (x_i-\mu)^2.$$ $$\frac{\partial\ell}{\partial\mu} = \frac{1}{\sigma^2}\sum_{i=1}^n (x_i - \mu), \qquad \frac{\partial\ell}{\partial\sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4}\sum_{i=1}^n (x_i-\mu)^2$$`,
      'verified',
      'verified',
    ],
    [
      'and second derivatives by it',
      String.raw`Let $\beta \in \mathbb{R}^k$, $\sigma^2 > 0$, $e = y - X\beta$, $y\in\mathbb R^n$ and $\ell = -\frac{n}{2} \ln \sigma^2 - \frac{1}{2\sigma^2} e^\top e$. $$\frac{\partial^2 \ell}{\partial \beta\,\partial \sigma^2} = -\frac{1}{\sigma^4} X^\top e, \qquad \frac{\partial^2 \ell}{\partial (\sigma^2)^2} = \frac{n}{2\sigma^4} - \frac{2}{\sigma^6} e^\top e$$`,
      'verified',
      'refuted',
    ],
    [
      'a direction in brackets',
      String.raw`Let $A \in \mathbb{R}^{m\times n}$, $b \in \mathbb R^m$, $x \in \mathbb R^n$, $s = b - Ax > 0$, $S = \operatorname{diag}(s)$ and $\phi(x) = -\sum_{i=1}^{m} \log s_i$. For $h \in \mathbb R^n$, $$D\phi(x)[h] = \mathbf 1^\top S^{-1} A h$$`,
      'verified',
    ],
    [
      'a gradient by the letter of the others',
      String.raw`Let $\mathbf p, \mathbf r\in\mathbb R^3$. $$\nabla (\mathbf{p} \cdot \mathbf{r}) = \mathbf{p}, \qquad \nabla_{\mathbf r} \|\mathbf r\|^2 = 2\mathbf r$$`,
      'verified',
      'verified',
    ],
    [
      'a differential of what is made of what another is made of',
      String.raw`Let $Y \in \mathbb{R}^{m \times k}$ and $h(Y) = \ln \det(Y^T Y)$. With $S = Y^T Y$ we have $$\mathrm{d}h = \operatorname{tr}(S^{-1}\, \mathrm{d}S), \qquad \mathrm{d}h = 2\operatorname{tr}(S^{-1}\, \mathrm{d}S)$$`,
      'verified',
      'refuted',
    ],
    [
      'a function of a number that nothing else speaks of',
      String.raw`Let $\rho(s) = \ln(1 + \frac{s^2}{2 c^2})$ with $c > 0$. $$\rho'(s) = \frac{2 s}{c^2 + s^2}$$`,
      'refuted',
    ],
  ],
  'a section that says otherwise': [
    [
      'what its own equation says of a letter that the text defined before',
      String.raw`Let $X \in \mathbb{R}^{N\times d}$, $W_0 \in \mathbb{R}^{d\times k}$, $A \in \mathbb{R}^{d\times r}$, $B \in \mathbb{R}^{r\times k}$, $\ell : \mathbb{R}^{N\times k} \to \mathbb{R}$. $$Y = X W_0 + X A B, \qquad L = \ell(Y)$$
# Free
Let $W = W_0 + A B$ be free with $Y = X W$. $$\frac{\partial L}{\partial W} = X^\top \frac{\partial L}{\partial Y}, \qquad \frac{\partial L}{\partial A} = \frac{\partial L}{\partial W} B^\top, \qquad \frac{\partial L}{\partial B} = A \frac{\partial L}{\partial W}$$`,
      'verified',
      'verified',
      'inconclusive',
    ],
  ],
  'bars and constants': [
    [
      'the length of a vector in bold',
      String.raw`The position is $\mathbf{r} \in \mathbb{R}^3$ and $r = |\mathbf{r}|$ its distance. $$\nabla r = \frac{\mathbf{r}}{r}$$`,
      'verified',
    ],
    [
      'and the magnitudes of its entries',
      String.raw`Let $\mathbf{x} \in \mathbb{R}^n$ and $f = \mathbf 1^\top |\mathbf x|$. $$\nabla_{\mathbf x} f = \operatorname{sign}(\mathbf x)$$`,
      'verified',
    ],
    [
      'a prime on the vector of ones turns it',
      String.raw`Let $Z \in \mathbb{R}^{n\times k}$, $\beta \in \mathbb{R}^k$ and $\ell = \log(\mathbf{1}'\exp(Z\beta))$. $$\frac{\partial \ell}{\partial \beta} = \frac{Z'\exp(Z\beta)}{\mathbf 1'\exp(Z\beta)}$$`,
      'verified',
    ],
    [
      'the vector of ones in words',
      String.raw`Let $X\in\mathbb R^{n\times k}$, let $\iota$ be the vector of $n$ ones, $\mu = \exp(X\beta)$ and $m = \iota'\mu$. $$\frac{\partial m}{\partial\beta} = X'\mu$$`,
      'verified',
    ],
  ],
  'special cases': [
    [
      'that are spoken of behind the claims define nothing',
      String.raw`Let $W\in\mathbb R^{n\times n}$ be symmetric, $r\in\mathbb R^n$ and $q = r^T W r$. $$\frac{\partial q}{\partial r} = 2 r$$ With $W = I$ we have the ordinary case.`,
      'refuted',
    ],
    [
      'before them they do',
      String.raw`Let $W\in\mathbb R^{n\times n}$ be symmetric, $r\in\mathbb R^n$ and $q = r^T W r$. With $W = I$ we have $$\frac{\partial q}{\partial r} = 2 r$$`,
      'verified',
    ],
    [
      'and an inequality says of no letter what it is',
      String.raw`Let $p, q \in \mathbb{R}^3$, $k, r > 0$, $l = \|p - q\|$ and $E = \frac{k}{2}(l - r)^2$. $$\frac{\partial E}{\partial p} = -\frac{k (l - r)}{l} (p - q)$$ Under compression, $l < r$, it pushes.`,
      'refuted',
    ],
    [
      'numbers choose no layout for a lone claim that the rest of the text speaks against',
      String.raw`# One
Let $A \in \mathbb{R}^{p\times m}$, $X \in \mathbb{R}^{m\times n}$, $B \in \mathbb{R}^{n\times p}$ and $f = \operatorname{tr}(AXB)$. $$\frac{\partial f}{\partial X} = A^T B^T$$
# Two
Let $X\in\mathbb R^{n\times n}$. $$\frac{\partial \operatorname{tr}(X^3)}{\partial X} = 3 X^2$$`,
      'verified',
      'refuted',
    ],
    [
      'a loss of which only the argument is told',
      String.raw`Let $Z = H M$ with $H \in \mathbb R^{b\times p}$, $M \in \mathbb R^{p\times q}$ and a scalar $\mathcal C = \mathcal C(Z)$. $$\frac{\partial \mathcal C}{\partial M} = H^\top \frac{\partial \mathcal C}{\partial Z}$$`,
      'verified',
    ],
    [
      'a column of which only the argument is told',
      String.raw`Let $w \in \mathbb R^n$ with $w = w(\theta)$, $\theta \in \mathbb R^k$, and $V = \|w\|^2$. $$\frac{\partial V}{\partial \theta} = 2 \left(\frac{\partial w}{\partial \theta}\right)^\top w$$`,
      'verified',
    ],
    [
      'which is no argument of a letter that is defined',
      String.raw`Let $Z = H M$ with $H \in \mathbb R^{b\times p}$, $M \in \mathbb R^{p\times q}$, $c = \|Z\|^2$ and $c = c(Z)$. $$\frac{\partial c}{\partial M} = 2 H^\top Z$$`,
      'verified',
    ],
    [
      'an identity of a size in figures is no name of a derivative',
      String.raw`Let $w = Q b + s$ with $Q \in \mathbb R^{3\times 3}$ and $b, s \in \mathbb R^3$. $$\frac{\partial w}{\partial s} = \mathbf I_3$$`,
      'verified',
    ],
    [
      'entries of a bold matrix define it',
      String.raw`Let $\mathbf S, \mathbf A \in \mathbb R^{T\times T}$, $A_{ij} = S_{ij}^3$ and $f = \operatorname{tr} \mathbf A$. $$\frac{\partial f}{\partial \mathbf S} = 3 \mathbf I \odot \mathbf S \odot \mathbf S$$`,
      'verified',
    ],
    [
      'a letter that is a factor elsewhere is one before brackets',
      String.raw`Let $p, r \in \mathbb R^n$ and, with a stiffness $k$, $W = \frac{k}{2} \|p - r\|^2$. $$\frac{\partial W}{\partial p} = k\,(p - r)$$`,
      'verified',
    ],
    [
      'a step that is one letter',
      String.raw`Let $\Delta x \in \mathbb R^n$, $J \in \mathbb R^{m\times n}$, $r \in \mathbb R^m$ and $m = \tfrac12\|J \Delta x + r\|^2$. $$\frac{\partial m}{\partial \Delta x} = J^\top (J\Delta x + r)$$`,
      'verified',
    ],
    [
      'and a matrix that is called so',
      String.raw`Let $\Delta\in \mathbb R^{n\times n}$, $h \in \mathbb R^n$ and $f = h^\top \Delta h$. $$\frac{\partial f}{\partial h} = (\Delta + \Delta^\top) h$$`,
      'verified',
    ],
    [
      'differentials beside a dimension d',
      String.raw`Let $F \in \mathbb R^{m\times d}$, $\beta \in \mathbb R^d$ and $G = F^\top F + \operatorname{diag}(\beta)$. $$dG = \operatorname{diag}(d\beta)$$ $$dG = 2\operatorname{diag}(d\beta)$$`,
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
