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
  'sizes told in passing': [
    [
      'columns with entries, and what stands in brackets',
      String.raw`$K$ is row stochastic, $n\times n$. $w$ is the start column with $n$ entries and $u$ the columns of rewards in the end (also $n$ entries). $$J = w^\top K u$$ $$\nabla_w J = K u, \qquad \nabla_u J = K u, \qquad \nabla_K J = w u^\top$$`,
      'verified',
      'refuted',
      'verified',
    ],
    [
      'so many for each',
      String.raw`$z$ is the column of readings, one entry per sensor (say there are $k$). $B$ is the response, one row per sensor ($k$ sensors), one column per source ($n$ sources). $s$ has one entry per source ($n$ sources). $$E = \tfrac12\|Bs - z\|^2$$ $$\nabla_s E = B^\top(Bs - z), \qquad \nabla_s E = 2B^\top(Bs - z)$$`,
      'verified',
      'refuted',
    ],
    [
      'points, numbers of them, and a letter that is a column now',
      '# One\n\nEnd points $a$ and $b$ are points in space (columns, 3 entries), stiffness $k$. $E = \\frac{k}{2} \\|a - b\\|^2$ and $\\nabla_a E = k(a - b)$, $\\nabla_b E = k(a-b)$.\n\n# Two\n\n$Y\\in\\mathbb R^{n\\times 2}$, $C$ is the incidence matrix ($m\\times n$), $k$ now is the vector of the $m$ stiffnesses. $$E = \\tfrac12\\operatorname{tr}(Y^\\top C^\\top\\operatorname{diag}(k) C Y), \\qquad \\nabla_k E = \\tfrac12(CY\\odot CY)\\mathbf 1, \\qquad \\nabla_k E = (CY\\odot CY)\\mathbf 1$$',
      'verified',
      'refuted',
      'verified',
      'refuted',
    ],
    [
      'a weight at a time, members and their mean',
      String.raw`Given $y_1,\dots,y_T$, each a column with $d$ entries, $w_t$ is the weight at time $t$ (a number between 0 and 1), their mean is $c$ ($d$ entries), $P$ is symmetric positive definite, $d\times d$. $$Q = \sum_{t=1}^T w_t (y_t - c)^\top P (y_t - c)$$ $$\frac{\partial Q}{\partial c} = -2\sum_{t=1}^T w_t P(y_t - c), \qquad \frac{\partial Q}{\partial c} = -2\sum_{t=1}^T w_t P^{-1}(y_t - c)$$`,
      'verified',
      'refuted',
    ],
    [
      'by their nouns',
      String.raw`Centres $c_1,\dots,c_m$, an input $x$ (centres and input have $d$ entries each). $$f = \sum_{j=1}^m \exp(-\|x - c_j\|^2)$$ $$\nabla_x f = -2\sum_{j=1}^m \exp(-\|x-c_j\|^2)(x-c_j), \qquad \nabla_x f = 2\sum_{j=1}^m \exp(-\|x-c_j\|^2)(x-c_j)$$`,
      'verified',
      'refuted',
    ],
    [
      'the Jacobian at a pose, beside a tip that is another one',
      '# Arm\n\n$q=(q_1,q_2)^\\top$, lengths $l_1$, $l_2$, $$x = \\begin{bmatrix} l_1\\cos q_1 \\\\ l_2\\sin q_2 \\end{bmatrix}, \\quad \\frac{\\partial x}{\\partial q} = \\begin{bmatrix} -l_1\\sin q_1 & 0 \\\\ 0 & -l_2\\cos q_2 \\end{bmatrix}$$\n\n# Step\n\n$J$ is the $3\\times n$ Jacobian at the pose, the tip is $x_0 + J\\delta$, $e = x^\\star - x_0$. $$\\psi(\\delta) = \\|J\\delta - e\\|^2, \\qquad \\nabla\\psi(\\delta) = 2J^\\top(J\\delta - e), \\qquad \\nabla\\psi(\\delta) = J^\\top(J\\delta - e)$$',
      'refuted',
      'verified',
      'refuted',
    ],
    [
      'cells of a table',
      '| symbol | what |\n|---|---|\n| $N$ | kernel between both sets, $m\\times n$ |\n| $t$ | targets, $m$ entries |\n| $c$ | ridge, a number |\n\n$v = \\frac12\\|Na - t\\|^2 + \\frac{c}{2}\\|a\\|^2$ and $$\\frac{\\partial v}{\\partial a} = N^\\top(Na - t) + ca, \\qquad \\frac{\\partial v}{\\partial N} = a(Na - t)^\\top$$',
      'verified',
      'inconclusive',
    ],
    [
      'what a function makes of something else',
      String.raw`The rows of $X$, which is an $n\times d$ matrix, are tokens, $Q = XU$ and $V = XW$ with $U, W\in\mathbb R^{d\times h}$. $A$ is the row-wise softmax of $QQ^\top$ and $O = AV$. Let $L(O)$ be a scalar loss. $$\frac{\partial L}{\partial V} = A^\top\frac{\partial L}{\partial O}, \qquad \frac{\partial L}{\partial A} = \frac{\partial L}{\partial O}V^\top, \qquad \frac{\partial L}{\partial X} = \frac{\partial L}{\partial V}W^\top$$`,
      'verified',
      'verified',
      'refuted',
    ],
    [
      'what is told of columns and gradients in passing declares nothing',
      String.raw`Let $A\in\mathbb R^{m\times n}$ and $x\in\mathbb R^n$. The columns of $A$ with $m$ entries each are sparse, the gradient of $f$ ($n$ entries) is dense. $f = c^\top A x$, $$\nabla_x f = A^\top c$$`,
      'verified',
    ],
  ],
  'what weighs a number is one': [
    [
      'also where the layout of the section depends on it',
      String.raw`$y$ has $n$ entries, $f$ too has $n$ entries, $L$ is $n\times n$ and symmetric. $$E(f) = \tfrac12\|f - y\|^2 + \tfrac{\mu}{2} f^\top L f, \qquad \nabla E(f) = f - y + 2\mu L f$$ Write $S = (I + \mu L)^{-1}$ and $h = S y$. $$\frac{dh}{d\mu} = -S L h, \qquad \frac{dh}{d\mu} = S L h$$`,
      'refuted',
      'verified',
      'refuted',
    ],
    [
      'a loss that its definition leaves open',
      String.raw`$a$ and $b$ are points in the plane (columns, 2 entries), stiffness $k$, rest length $\ell$. With $d = a - b$, $$E = \tfrac{k}{2}\left(\|d\| - \ell\right)^2, \qquad \frac{\partial E}{\partial a} = k\left(1 - \frac{\ell}{\|d\|}\right) d, \qquad \frac{\partial E}{\partial b} = k\left(1 - \frac{\ell}{\|d\|}\right) d$$`,
      'verified',
      'refuted',
    ],
    [
      'numbers in a column of which nobody says how long it is',
      String.raw`$f$ and $y$ are columns with $n$ entries. Weights $c_i\in[0,1]$, all in a column $c$. $$E = \tfrac12(f - y)^\top\operatorname{diag}(c)(f - y)$$ $$\nabla_f E = c\odot(f - y), \qquad \frac{\partial E}{\partial c} = \tfrac12(f-y)\odot(f-y), \qquad \frac{\partial E}{\partial c} = (f-y)\odot(f-y)$$`,
      'verified',
      'verified',
      'refuted',
    ],
  ],
  'letters that are used again': [
    [
      'where the other value does not move with what a claim is by',
      String.raw`Let $\Phi\in\mathbb R^{k\times d}$, $b\in\mathbb R^d$, $h = \Phi b$, and a $c\in\mathbb R^k$. Take $\ell = c^\top h - \log(\mathbf 1^\top\exp(h))$. $$\nabla_b\ell = \Phi^\top(c + \operatorname{softmax}(h))$$ For numbers the density is, with $u\in\mathbb R^m$, $$\ell = -\tfrac12 u^\top u$$`,
      'refuted',
    ],
    [
      'a declared letter that a known one makes with an undeclared matrix is no measurement',
      String.raw`The layer $h = \tanh(Ux)$ has $p$ entries, $x$ has $d$ entries. $$m = Ah, \qquad s = Ch$$ both with $k$ entries. $L = \frac12 m^\top m + \mathbf 1^\top s$. $$\frac{\partial L}{\partial h} = A^\top m + C^\top\mathbf 1, \qquad \frac{\partial L}{\partial h} = A^\top m$$`,
      'verified',
      'refuted',
    ],
  ],
  'sizes that are counted in words': [
    [
      'a row per edge, a column per node, an entry per node',
      String.raw`Let $B$ be the incidence matrix: it has one row per edge and one column per inner node. Potentials and currents are columns with one entry per node; for any potential $v$ and current $j$ the network wants $E = \frac12 v^\top B^\top \operatorname{diag}(g) B v - j^\top v$, with the conductances in $g$. $$\nabla_v E = B^\top \operatorname{diag}(g) B v - j, \qquad \nabla_v E = B \operatorname{diag}(g) B^\top v - j$$ $$\nabla_g E = \frac12 (Bv)\odot(Bv), \qquad \nabla_g E = (Bv)\odot(Bv)$$`,
      'verified',
      'refuted',
      'verified',
      'refuted',
    ],
    [
      'what is counted has a letter elsewhere',
      String.raw`Measured through a matrix $C$ (rows are probes) the state $v\in\mathbb R^n$ gives $F = \frac12\|Cv - q\|^2$ with $q\in\mathbb R^m$. $$\nabla_v F = C^\top(Cv - q), \qquad \nabla_v F = 2C^\top(Cv - q)$$`,
      'verified',
      'refuted',
    ],
    [
      'the number of observations, and of them',
      String.raw`Here $n$ is the number of observations, $y$ is an $n$-vector, and $Z$ has one row per observation and one column per trend ($k$ of them). $e = y - Zc$, $L = \frac12 e^\top e$. $$\frac{\partial L}{\partial c} = -Z^\top e, \qquad \frac{\partial L}{\partial c} = Z^\top e$$`,
      'verified',
      'refuted',
    ],
    [
      'images to learn from and images to test are not equally many',
      String.raw`$K$ has one row per training image and one column per test image, $f = a^\top K b$. $$\frac{\partial f}{\partial a} = K b, \qquad \frac{\partial f}{\partial a} = K^\top b$$`,
      'verified',
      'refuted',
    ],
    [
      'as large as something else',
      String.raw`$X$ has $m$ rows and $n$ columns, $C$ is as big as $X$ and $A$ is as large as $X^\top$. $$\frac{\partial}{\partial X} \operatorname{tr}(AX) = A^\top, \qquad \frac{\partial}{\partial X} \|X - C\|_F^2 = 2(X - C), \qquad \frac{\partial}{\partial X} \|X - C\|_F^2 = X - C$$`,
      'verified',
      'verified',
      'refuted',
    ],
    [
      'symmetric, and as large as another one',
      String.raw`$K$ is symmetric positive definite of size $n$ and $f = \operatorname{tr}(K^{-1} C)$ with $C$ (symmetric, same size as $K$). $$\frac{\partial f}{\partial C} = K^{-1}, \qquad df = -\operatorname{tr}(K^{-1} C K^{-1} dK), \qquad df = \operatorname{tr}(K^{-1} C K^{-1} dK)$$`,
      'verified',
      'verified',
      'refuted',
    ],
    [
      'a matrix and a vector of which nothing else is told',
      String.raw`For a matrix $A$ and a vector $x$ let $f = \|Ax\|^2$. $$\nabla_x f = 2A^\top A x, \qquad \nabla_x f = 2 A A^\top x$$`,
      'verified',
      'refuted',
    ],
    [
      'a vector, and later how long it is',
      String.raw`Take a vector $x$ and a matrix $A$. With $A\in\mathbb R^{m\times n}$, $x\in\mathbb R^n$ and $f = \|Ax\|^2$ $$\nabla_x f = 2A^\top A x$$`,
      'verified',
    ],
  ],
  'sizes that follow from what else is said': [
    [
      'a table of code with sizes by names',
      '$Z = P Q + c\\, R$ and $L = \\frac12\\|Z - S\\|_F^2$. `c` is one number.\n\n| name | shape |\n|---|---|\n| `P` | (batch, n_in) |\n| `Q` | (n_in, n_out) |\n| `R`, `S` | (batch, n_out) |\n\n$$\\frac{\\partial L}{\\partial Q} = P^\\top (Z - S), \\qquad \\frac{\\partial L}{\\partial Q} = (Z - S)^\\top P$$ $$\\frac{\\partial L}{\\partial c} = \\operatorname{tr}((Z - S)^\\top R)$$',
      'verified',
      'inconclusive',
      'verified',
    ],
    [
      'a recursion whose weights are as large as they have to be, and gradients by matrices beside rows',
      String.raw`$$s_t = \tanh(u_t), \qquad u_t = A s_{t-1} + B x_t, \qquad t = 1, \dots, T$$ and $z = C s_T$, $L = \frac12\|z - y\|^2$. The input $x_t$ has $d$ entries, the output $z$ and the target $y$ have $q$. The sizes of $A$, $B$ and $C$ follow from that. $$\frac{\partial L}{\partial z} = (z - y)^\top, \qquad \frac{\partial L}{\partial s_T} = (z - y)^\top C, \qquad \frac{\partial L}{\partial s_T} = 2(z - y)^\top C$$ $$\frac{\partial L}{\partial C} = (z - y)\, s_T^\top$$ $$\frac{\partial s_t}{\partial s_{t-1}} = \operatorname{diag}(\mathbf 1 - s_t\odot s_t) A, \qquad \frac{\partial s_t}{\partial x_t} = \operatorname{diag}(\mathbf 1 - s_t \odot s_t) A$$`,
      'verified',
      'verified',
      'refuted',
      'verified',
      'verified',
      'refuted',
    ],
    [
      'all of them vectors of one kind',
      String.raw`$M$ is $k\times d$. Anchor $\bm a$, match $\bm b$ and stranger $\bm c$, all of them feature vectors. $f = \|M(\bm a - \bm b)\|^2 - \|M(\bm a - \bm c)\|^2$. $$\frac{\partial f}{\partial \bm a} = 2 M^\top M(\bm c - \bm b), \qquad \frac{\partial f}{\partial \bm a} = 2 M^\top M(\bm b - \bm c)$$`,
      'verified',
      'refuted',
    ],
    [
      'patterns as columns, each with so many entries, and what lives where they do',
      String.raw`Take $N$ stored patterns and write them as the columns of $P$, so each column has $d$ entries. A query $q$ lives in the same space as the patterns. $f = \frac12\|P^\top q\|^2$. $$\nabla_q f = P P^\top q, \qquad \nabla_q f = 2P P^\top q$$`,
      'verified',
      'refuted',
    ],
  ],
  'names of derivatives': [
    [
      'what is claimed of the name later',
      String.raw`Let $x, y\in\mathbb R^n$, $A\in\mathbb R^{n\times n}$ and $f = \frac12\|Ax - y\|^2$. We abbreviate $g = \partial f/\partial x$. $$g = A^\top(Ax - y), \qquad g = A^\top Ax - y$$`,
      'verified',
      'refuted',
    ],
    [
      'where it vanishes nothing is claimed',
      String.raw`Let $x, y\in\mathbb R^n$, $A\in\mathbb R^{n\times n}$ and $f = \frac12\|Ax - y\|^2$ and $g = \nabla f$. At the solution $g = 0$.`,
      '',
    ],
  ],
};

for (const [group, cases] of Object.entries(CASES))
  describe(group, () => {
    it.each(cases)('%s', (_, text, ...verdicts) => {
      expect(verdictsOn(text)).toBe(verdicts.join(' '));
    });
  });
