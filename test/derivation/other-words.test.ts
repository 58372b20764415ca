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
  'what depends on what, in words': [
    [
      'a matrix that changes with time',
      String.raw`The $n$ by $n$ matrix $C$ changes with time $t$. $$\boldsymbol{\frac{d}{dt}} \left( C^3 \right) = \frac{dC}{dt} C^2 + C \frac{dC}{dt} C + C^2 \frac{dC}{dt}, \qquad \frac{d}{dt} C^2 = 2 C \frac{dC}{dt}$$ For a number this is the derivative $2t$ of $t^2$.`,
      'verified',
      'refuted',
    ],
    [
      'several matrices and a vector of parameters',
      String.raw`The matrices $F\in\mathbb R^{n\times n}$, $G\in\mathbb R^{m\times n}$ and the covariance $N\in\mathbb R^{n\times n}$ depend on a parameter vector $\eta$. With $B = G (F + N)$, $$\frac{\partial B}{\partial \eta_k} = \frac{\partial G}{\partial \eta_k} (F + N) + G \Big(\frac{\partial F}{\partial \eta_k} + \frac{\partial N}{\partial \eta_k}\Big)$$ $$\frac{\partial B}{\partial \eta_k} = \frac{\partial G}{\partial \eta_k} (F + N) + G \frac{\partial F}{\partial \eta_k}$$`,
      'verified',
      'refuted',
    ],
    [
      'what is differentiated beside them depends on them, too',
      String.raw`The matrices $F\in\mathbb R^{n\times n}$ and $N\in\mathbb R^{n\times n}$ depend on a parameter vector $\eta$. $$X_k^- = F X_{k-1} F^\top + N, \qquad X_k = X_k^- N$$ $$\frac{\partial X_k^-}{\partial\eta_i} = \frac{\partial F}{\partial\eta_i} X_{k-1} F^\top + F \frac{\partial X_{k-1}}{\partial\eta_i} F^\top + F X_{k-1} \frac{\partial F^\top}{\partial\eta_i} + \frac{\partial N}{\partial\eta_i}$$ $$\frac{\partial X_k^-}{\partial\eta_i} = \frac{\partial F}{\partial\eta_i} X_{k-1} F^\top + F X_{k-1} \frac{\partial F^\top}{\partial\eta_i} + \frac{\partial N}{\partial\eta_i}$$ $$\frac{\partial X_k}{\partial\eta_i} = \frac{\partial X_k^-}{\partial\eta_i} N + X_k^- \frac{\partial N}{\partial\eta_i}$$`,
      'verified',
      'refuted',
      'verified',
    ],
    [
      'a covariance stays symmetric',
      String.raw`$K$ is the $n\times n$ covariance matrix of the noisy targets, which is symmetric positive definite and a function of the hyperparameters $\eta$, and $y \in \mathbb R^n$. Let $L = \frac12 y^\top K^{-1} y + \frac12 \log |K|$ and $a = K^{-1} y$. $$\frac{\partial L}{\partial\eta_j} = \frac12 \operatorname{tr}\Big((K^{-1} - a a^\top) \frac{\partial K}{\partial\eta_j}\Big)$$ $$\frac{\partial L}{\partial\eta_j} = \frac12 \operatorname{tr}\Big((K - a a^\top) \frac{\partial K}{\partial\eta_j}\Big)$$`,
      'verified',
      'refuted',
    ],
    [
      'an equation tells more than words',
      String.raw`Let $A \in \mathbb R^{n\times n}$ be invertible and $x, b \in \mathbb R^n$, where $x$ depends on $b$: $A x = b$. With $f = x^\top x$, $$\frac{\partial f}{\partial x} = 2 x^\top$$`,
      'verified',
    ],
    [
      'a matrix and its argument',
      String.raw`For an $m$ by $n$ matrix $B(t)$ and a fixed $v \in \mathbb R^n$ let $w = B v$. $$\frac{dw}{dt} = \frac{dB}{dt} v, \qquad \frac{d}{dt} (w^\top w) = v^\top B^\top \frac{dB}{dt} v$$`,
      'verified',
      'refuted',
    ],
    [
      'the solution of a system in a chapter, and another vector in the next',
      String.raw`# Systems

The $n\times n$ matrix $A$ changes with time $t$. The solution of $Ax = b$ with a fixed $b$ in $\mathbb R^n$ moves: $$\frac{dx}{dt} = -A^{-1} \frac{dA}{dt} x, \qquad \frac{dx}{dt} = -A^{-1} \frac{dA}{dt} b$$

# Gradients

Let $x \in \mathbb R^n$ and $S$ be a symmetric $n\times n$ matrix. $F(x) = \frac12 x^\top S x$ has $$\nabla F = S x$$`,
      'verified',
      'refuted',
      'verified',
    ],
  ],
  'a plain letter beside a bold one': [
    [
      'a function of a number in a section about vectors',
      String.raw`Let $\mathbf z \in \mathbb R^n$, $\mathbf u \in \mathbb R^n$ and $E = \frac12 (\mathbf z - \mathbf u)^\top (\mathbf z - \mathbf u)$. $$\nabla_{\mathbf z} E = \mathbf z - \mathbf u$$ For one of them let $s = 2u - 1$ and $q(z) = 1/(1 + e^{-z})$. $$\frac{\partial}{\partial z} \big(s z - \log(1 + e^z)\big) = s - q(z), \qquad \frac{\partial^2}{\partial z^2} \big(s z - \log(1 + e^z)\big) = -q(z)(1 - q(z)), \qquad \frac{\partial q}{\partial z} = -q(z)(1 - q(z))$$`,
      'verified',
      'verified',
      'verified',
      'refuted',
    ],
    [
      'a text that drops the bold of its vector',
      String.raw`Let $\mathbf z \in \mathbb R^n$, $W \in \mathbb R^{m\times n}$ and $\phi(z) = 1/(1 + e^{-z})$ entry by entry, $h = \phi(W z)$ and $E = h^\top h$. $$\frac{\partial E}{\partial h} = 2 h^\top$$ $$\frac{\partial E}{\partial \mathbf z} = 2 h^\top \operatorname{diag}(h \odot (1 - h)) W$$`,
      'verified',
      'verified',
    ],
  ],
  'functions that are counted': [
    [
      'residuals and their Jacobian',
      String.raw`Each $c_k$ is a smooth function from $\mathbb R^n$ to $\mathbb R$. Let $c(x) = (c_1(x), c_2(x), \dots, c_p(x))^T$, write $G(x) \in \mathbb R^{p\times n}$ for the Jacobian of $c$, and $$q(x) = \tfrac12 \sum_{k=1}^p c_k^2(x).$$ Then $$\nabla q(x) = \sum_{k=1}^p c_k(x) \nabla c_k(x) = G(x)^T c(x)$$ $$\nabla^2 q(x) = G(x)^T G(x) + \sum_{k=1}^p c_k(x) \nabla^2 c_k(x), \qquad \nabla^2 q(x) = G(x)^T G(x)$$`,
      'verified',
      'verified',
      'refuted',
    ],
    [
      'how many there are is only told by the sum, or not at all',
      String.raw`Each $c_k$ is a smooth function from $\mathbb R^n$ to $\mathbb R$. $$q(x) = \sum_{k=1}^p c_k^2(x), \qquad \nabla q(x) = 2 \sum_{k=1}^p c_k(x) \nabla c_k(x), \qquad \nabla q(x) = \sum_{k=1}^p c_k(x) \nabla c_k(x)$$ # Others

Each $w_k$ is a function from $\mathbb R^n$ to $\mathbb R$ and $u(x) = w_k(x)^2$. $$\nabla u(x) = 2 w_k(x) \nabla w_k(x)$$`,
      'verified',
      'refuted',
      'inconclusive',
    ],
  ],
  'functions in general, before sections that have their own': [
    [
      'another number of arguments, other sizes',
      String.raw`# Derivatives

Suppose $f : \mathbb R^n \to \mathbb R^m$ is differentiable.

## Logarithm of a sum

Let $A\in\mathbb R^{m\times n}$ and $f(x) = \log \mathbf 1^T z$ with $z = \exp(A x)$. $$\nabla f(x) = \frac{1}{\mathbf 1^T z} A^T z, \qquad \nabla f(x) = A^T z$$

## Quadratic over linear

For $f(x, t) = x^T x / t$ with $x \in \mathbb R^n$ and $t > 0$, $$\nabla_x f(x, t) = \frac2t x, \qquad \frac{\partial f}{\partial t} = -\frac{x^T x}{t}$$`,
      'verified',
      'refuted',
      'verified',
      'refuted',
    ],
  ],
  'what stands before the members of a sum': [
    [
      'a matrix with the number 0',
      String.raw`Let $x \in \mathbb R^n$ and $\psi(x) = -\log\det M(x)$ with $$M(x) = M_0 + x_1 M_1 + \cdots + x_n M_n, \qquad M_i \in \mathbb S^p.$$ $$\frac{\partial\psi}{\partial x_i} = -\operatorname{tr}(M(x)^{-1} M_i), \qquad \frac{\partial\psi}{\partial x_i} = -\operatorname{tr}(M_0^{-1} M_i)$$`,
      'verified',
      'refuted',
    ],
  ],
  'operators before brackets that are a factor': [
    [
      'a transposed factor, and an inverse one',
      String.raw`Let $Y \in \mathbb R^{m\times p}$, $\phi = \operatorname{tr} Y'Y$ and $\psi = \log|Y'Y|$. $$d\phi = \operatorname{tr} (dY)'Y + \operatorname{tr} Y'dY, \qquad d\psi = \operatorname{tr} (Y'Y)^{-1} (dY)'Y + \operatorname{tr} (Y'Y)^{-1} Y'dY, \qquad d\psi = \operatorname{tr} (Y'Y)^{-1} Y'dY$$`,
      'verified',
      'verified',
      'refuted',
    ],
    [
      'the vec of a product',
      String.raw`Let $Y \in \mathbb R^{m\times p}$, $C \in \mathbb R^{m\times m}$ and $\phi(Y) = \operatorname{tr} Y'CY$. $$\mathsf D \phi(Y) = \left(\operatorname{vec} (C + C')Y\right)', \qquad \mathsf D \phi(Y) = \left(\operatorname{vec} (C - C')Y\right)'$$`,
      'verified',
      'refuted',
    ],
    [
      'a trace before a matrix stays a number',
      String.raw`Let $C \in \mathbb R^{m\times m}$ and $F = \operatorname{tr}(C) C$. $$dF = \operatorname{tr}(dC) C + \operatorname{tr}(C)\, dC, \qquad dF = \operatorname{tr}(dC) C$$`,
      'verified',
      'refuted',
    ],
  ],
  'second differentials': [
    [
      'of a form and of a determinant',
      String.raw`Let $x\in\mathbb R^n$, $M\in\mathbb R^{n\times n}$ and $\phi(x) = x'Mx$. $$\mathrm{d}^2\phi = (\mathrm{d}x)'(M + M')\mathrm{d}x, \qquad \mathrm{d}^2\phi = (\mathrm{d}x)'M\,\mathrm{d}x, \qquad \mathsf H\phi(x) = M + M'$$ Let $Z\in\mathbb R^{n\times n}$ and $\lambda(Z) = \log|Z|$. $$\mathrm{d}^2\lambda = \operatorname{tr} (\mathrm{d} Z^{-1})\,\mathrm{d} Z = -\operatorname{tr} Z^{-1}(\mathrm{d} Z)Z^{-1}\mathrm{d} Z$$`,
      'verified',
      'refuted',
      'verified',
      'verified',
    ],
  ],
  'functions between sets that a sentence names': [
    [
      'what maps from one to the other',
      String.raw`Let $u \in \mathbb R^p$ and $v \in \mathbb R^q$, where $g$ maps from $\mathbb R^p$ to $\mathbb R^q$ and $h$ is a smooth function from $\mathbb R^q$ to $\mathbb R$. If $v = g(u)$ and $z = h(v)$, $$\nabla_u z = \Big(\frac{\partial v}{\partial u}\Big)^\top \nabla_v z, \qquad \nabla_u z = 2 \Big(\frac{\partial v}{\partial u}\Big)^\top \nabla_v z$$`,
      'verified',
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
  'what is taken for a column': [
    [
      'a letter that turns by a prime, as what is declared does',
      String.raw`Let $S$ be a symmetric $n\times n$ matrix and $X \in \mathbb R^{m \times n}$. $$\frac{\partial}{\partial w}\left(w'S w + c'X w\right) = 2Sw + X'c$$`,
      'verified',
    ],
    [
      'a matrix that turns by a prime on the other side of a product',
      String.raw`Let $C = L P L' + T$ with $T$ and $P$ symmetric positive definite, $T$ of size $p \times p$. $$\frac{\partial \log\det C}{\partial L} = 2 C^{-1} L P, \qquad \frac{\partial \log\det C}{\partial L} = 2 C^{-1} L'$$`,
      'verified',
      'refuted',
    ],
    [
      'the point that a vector is taken from',
      String.raw`Let $z\in\mathbb R^n$, $H\in\mathbb S^n$ and $q(z) = g^\top (z - z_0) + \tfrac12 (z - z_0)^\top H (z - z_0)$. $$\nabla q(z) = g + H(z - z_0), \qquad \nabla q(z) = g + H z_0$$`,
      'verified',
      'refuted',
    ],
    [
      'and an intercept',
      String.raw`Let $z\in\mathbb R^n$ and $h(z) = w_0 + w^\top z$ with $w \in \mathbb R^n$. $$\nabla_z h = w$$`,
      'verified',
    ],
    [
      'the terms of a transposed sum',
      String.raw`The data are $N(a, C)$ and $\tau > 0$. $$\phi(v) = \tfrac12 (v - a)^\top (C + \tau I)^{-1} (v - a)$$ with $C$ symmetric and $d \times d$. $$\nabla\phi(v) = (C+\tau I)^{-1} (v - a), \qquad \nabla\phi(v) = (C+\tau I) (v - a)$$`,
      'verified',
      'inconclusive',
    ],
  ],
  'a name for what a definition spells out': [
    [
      'by which a later side differentiates',
      String.raw`Let $F\in\mathbb R^{n\times k}$, $t\in\mathbb R^n$, $a \in \mathbb R^k$ and $q = \tanh(F a)$, $g = \frac12\|q - t\|^2$. Put $s = F a$. $$\frac{\partial g}{\partial a} = F^\top \frac{\partial g}{\partial s} = F^\top ((1 - q \odot q) \odot (q - t)), \qquad \frac{\partial g}{\partial a} = 2 F^\top \frac{\partial g}{\partial s}$$`,
      'verified',
      'refuted',
    ],
  ],
  'models': [
    [
      'with errors called e',
      String.raw`Here $t = M \theta + e$, with $t\in\mathbb R^n$ and $M \in \mathbb R^{n \times k}$, and $s = (t - M\theta)'(t - M\theta)$. $$\frac{\partial s}{\partial\theta} = -2 M'(t - M\theta)$$`,
      'verified',
    ],
    [
      'with a constant that ends in a full stop',
      String.raw`Let $x\in\mathbb R^n$ and $g(x) = -\frac12 x^\top x + \text{const.}$ $$\nabla g(x) = -x$$`,
      'verified',
    ],
    [
      'of a state and its adjoint',
      String.raw`The state equation is $A(k)v=f$ where $A(k)=B+\operatorname{diag}(k)$, $B\in\mathbb{R}^{n\times n}$, $k,f\in\mathbb R^n$. Let $c(k)=\frac12\|Pv-d\|^2$ with $P\in\mathbb R^{m\times n}$. Define the adjoint $z$ by $A^T z=P^T(Pv-d)$. $$\nabla c(k)=-v\odot z, \qquad \frac{\partial v}{\partial k}=-A^{-1}\operatorname{diag}(v), \qquad \nabla c(k)=v\odot z$$`,
      'verified',
      'verified',
      'refuted',
    ],
  ],
  'functions and their arguments': [
    [
      'a function that the text applies to entries and never defines',
      String.raw`Let $V\in\mathbb R^{m\times d}$, $b\in\mathbb R^m$ and $q(z)=b^\top\psi(Vz)$ for $z\in\mathbb R^d$, where $\psi$ is applied componentwise. $$\nabla_z q(z) = V^\top (b \odot \psi'(Vz)), \qquad \nabla_z q(z) = V^\top (b \odot \psi(Vz))$$`,
      'verified',
      'refuted',
    ],
    [
      'an argument beside states of the same letter',
      String.raw`The state $x_k\in\mathbb R^n$ moves by $x_{k+1}=g(x_k)$ with $g(x)=x+\tanh(Mx)$, $M\in\mathbb R^{n\times n}$. $$\frac{\partial g}{\partial x} = I+\operatorname{diag}(1-\tanh^2(Mx))M, \qquad \frac{\partial g}{\partial x} = I+M\operatorname{diag}(1-\tanh^2(Mx))$$`,
      'verified',
      'refuted',
    ],
  ],
  'densities': [
    [
      'hold what they are given where what they are of is made of it',
      String.raw`Let $u, e \in\mathbb R^n$, $0 < a < 1$ and $v = a u + e$. $$\log q(v \mid u) = -\tfrac12 \|v - a u\|^2$$ $$\nabla_u \log q(v \mid u) = a (v - a u), \qquad \nabla_v \log q(v \mid u) = a u - v, \qquad \nabla_u \log q(v \mid u) = v - a u$$`,
      'verified',
      'verified',
      'refuted',
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
      'a sum that is one step away, of examples whose labels nothing declares',
      String.raw`Let $a_i = \sigma(z_i)$ with $z_i = w^\top x_i + b$, $\sigma(z) = 1/(1+e^{-z})$ and $w, x_i\in\mathbb R^n$. For one example $$\ell_i = -\left[y_i\log a_i + (1-y_i)\log(1-a_i)\right]$$ and over all $$J = \frac1m\sum_{i=1}^m\ell_i, \qquad \frac{\partial J}{\partial a_i} = -\frac1m\left[\frac{y_i}{a_i} - \frac{1-y_i}{1-a_i}\right]$$`,
      'verified',
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
      'the square of a letter with a name below',
      String.raw`Let $C=\tau_a^2 F F'+\tau_b^2 I_n$ with $F\in\mathbb R^{n\times k}$, $h \in \mathbb R^n$ and $\ell=\ln|C| + h'C^{-1}h$. $$\frac{\partial C}{\partial\tau_a^2} = FF', \quad \frac{\partial \ell}{\partial\tau_b^2} = \mathrm{tr}(C^{-1}) - h'C^{-2}h, \quad \frac{\partial \ell}{\partial\tau_b^2} = \mathrm{tr}(C^{-1}) - h'C^{-1}h$$`,
      'verified',
      'verified',
      'refuted',
    ],
    [
      'the square before the name below, and in one line',
      String.raw`Let $C=\tau^2_a F F'+\tau^2_b I_n$ with $F\in\mathbb R^{n\times k}$ and $\ell=\ln|C|$. Then $\partial C/\partial\tau_a^2 = FF'$ and $2\,\partial \ell/\partial\tau^2_b = 2\,\mathrm{tr}(C^{-1})$. With $\omega^2 = \ell$, $m = \nu^2 \ell$ we have $\partial m/\partial\nu^2 = \ell$.`,
      'verified',
      'verified',
      'verified',
    ],
    [
      'a function that is told by its square',
      String.raw`Let $A \in \mathbb S^n$, $x\in\mathbb R^n$ and $\sigma^2(x) = x' A x$. $$\nabla \sigma(x) = \frac{A x}{\sigma(x)}, \qquad \nabla \sigma(x) = A x$$`,
      'verified',
      'refuted',
    ],
    [
      'of which a sum has many',
      String.raw`Let $y, m, s \in \mathbb R^n$ and $g = \sum_{c=1}^n y_c^2 / s_c^2$. $$\frac{\partial g}{\partial s_c^2} = -\frac{y_c^2}{s_c^4}$$`,
      'inconclusive',
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
  'a star that turns': [
    [
      'as the words say behind a macro',
      String.raw`$\newcommand{\adj}{^{*}}$ The adjoint $B\adj$ of a matrix is its transpose. Let $B\in\mathbb R^{m\times n}$, $v \in\mathbb R^n$, $c \in \mathbb R^m$ and $j(v) = \tfrac12\|Bv - c\|^2$. $$\nabla j(v) = B\adj(Bv - c), \qquad \nabla j(v) = B(Bv - c)\adj$$`,
      'verified',
      'inconclusive',
    ],
    [
      'on brackets, again and again',
      String.raw`Let $B\in\mathbb R^{m\times n}$, $v \in\mathbb R^n$, $c \in \mathbb R^m$ and $j(v) = (Bv - c)^*(Bv - c) + \lambda v^* v$ with $\lambda > 0$. $$\nabla j(v) = 2 B^*(Bv - c) + 2\lambda v$$`,
      'verified',
    ],
    [
      'and one that names a conjugate function',
      String.raw`Let $f^*(y) = \frac12 \|y\|^2$ with $y\in\mathbb R^n$, $B \in \mathbb R^{n \times n}$ and $h(y) = f^*(y) + y^\top B y$. $$\nabla h(y) = y + (B + B^\top) y, \qquad (f+g)^* \ge f^*$$`,
      'verified',
    ],
  ],
  'special cases': [
    [
      'a number behind all claims',
      String.raw`Let $F, Y\in\mathbb R^{n\times k}$, $\mu > 0$ and $D = \operatorname{tr}(F^\top F) + \mu\|F - Y\|_F^2$. $$\frac{\partial D}{\partial F} = 2F + 2\mu(F - Y) = 2(1 + \mu)F + 2\mu Y$$ Step size one half, $\mu = 0$: we land at the origin.`,
      'refuted',
    ],
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
  'what a letter with an index is': [
    [
      'a diagonal matrix that the text names by its diagonal is no derivative',
      String.raw`Let $X\in\mathbb{R}^{n\times p}$, $w\in\mathbb R^p$, $a \in \mathbb{R}^n$ and $D_a = \operatorname{diag}(a)$. Let $f = \frac12 w^\top X^\top D_a X w$. $$\nabla^2_w f = X^\top D_a X, \qquad \nabla_w f = X^\top D_a w$$`,
      'verified',
      'inconclusive',
    ],
    [
      'entries by any letters below a matrix that is defined',
      String.raw`Let $X \in \mathbb{R}^{N \times D}$, $W \in \mathbb{R}^{D \times K}$ and $Z = XW$. $$P_{ik} = \frac{e^{Z_{ik}}}{\sum_{j} e^{Z_{ij}}}, \quad \frac{\partial P_{ik}}{\partial Z_{ij}} = P_{ik}\,(\delta_{kj} - P_{ij}), \quad \frac{\partial P_{ik}}{\partial Z_{ij}} = P_{ik}\,(\delta_{kj} - P_{ik})$$`,
      'verified',
      'refuted',
    ],
    [
      'rows that sum to one',
      String.raw`Let $Z, Y \in \mathbb{R}^{N \times K}$ with $Y \mathbf 1 = \mathbf 1$. $$P_{ik} = \frac{e^{Z_{ik}}}{\sum_{j} e^{Z_{ij}}}, \quad L = -\sum_i \sum_k Y_{ik} \log P_{ik}, \quad \frac{\partial L}{\partial Z} = P - Y$$`,
      'verified',
    ],
    [
      'rows that sum to one by their entries',
      String.raw`Let $Z, Y \in \mathbb{R}^{N \times K}$ with $\sum_k Y_{ik} = 1$. $$P_{ik} = \frac{e^{Z_{ik}}}{\sum_{j} e^{Z_{ij}}}, \quad L = -\sum_i \sum_k Y_{ik} \log P_{ik}, \quad \frac{\partial L}{\partial Z} = P - Y$$`,
      'verified',
    ],
    [
      'zeros and ones in rows that sum to one',
      String.raw`Let $Z \in \mathbb{R}^{N \times K}$ and $Y \in \{0,1\}^{N \times K}$ with $Y \mathbf 1 = \mathbf 1$. $$P_{ik} = \frac{e^{Z_{ik}}}{\sum_{j} e^{Z_{ij}}}, \quad L = -\sum_i \sum_k Y_{ik} \log P_{ik}, \quad \frac{\partial L}{\partial Z} = P - Y$$`,
      'verified',
    ],
    [
      'and rows that need not',
      String.raw`Let $Z, Y \in \mathbb{R}^{N \times K}$. $$P_{ik} = \frac{e^{Z_{ik}}}{\sum_{j} e^{Z_{ij}}}, \quad L = -\sum_i \sum_k Y_{ik} \log P_{ik}, \quad \frac{\partial L}{\partial Z} = P - Y$$`,
      'refuted',
    ],
    [
      'a row that is called an example',
      String.raw`Let $X$ be the design matrix, $X \in \mathbb{R}^{N \times D}$, whose $i$-th row is the example $x_i^\top$, $t \in \mathbb R^N$, $w \in \mathbb R^D$ and $E = \frac12\|Xw - t\|^2$. $$\nabla_w E = \sum_{i=1}^N (x_i^\top w - t_i)\, x_i$$`,
      'verified',
    ],
    [
      'a matrix that is taken for a free one in a later section is the same',
      "# Model\n\n" + String.raw`Let $W \in \mathbb R^{d\times k}$, $S \in \mathbb S^{d}_{++}$, $C = W W^\top + I$ and $\ell = \log\det C + \operatorname{tr}(C^{-1} S)$.` + "\n\n# Gradients\n\n" + String.raw`Treating $C$ as a free symmetric matrix, $$\frac{\partial \ell}{\partial C} = C^{-1} - C^{-1} S C^{-1}$$`,
      'verified',
    ],
  ],
  'the columns of a table': [
    [
      'headings set a layout each',
      'Let $x, a \\in \\mathbb{R}^n$ and $B \\in \\mathbb{R}^{n\\times n}$.\n\n| function | denominator layout | numerator layout |\n|:--|:--|:--|\n| linear | $\\frac{\\partial a^\\top x}{\\partial x} = a$ | $\\frac{\\partial a^\\top x}{\\partial x} = a^\\top$ |\n| quadratic | $\\frac{\\partial x^\\top B x}{\\partial x} = (B + B^\\top) x$ | $\\frac{\\partial x^\\top B x}{\\partial x} = (B + B^\\top) x$ |\n',
      'verified',
      'verified',
      'verified',
      'inconclusive',
    ],
    [
      'one heading alone speaks of something else',
      'Let $x, a \\in \\mathbb{R}^n$.\n\n| function | as a row |\n|:--|:--|\n| linear | $\\frac{\\partial a^\\top x}{\\partial x} = a$ |\n',
      'verified',
    ],
  ],
  'letters that are constants elsewhere': [
    [
      'the circle number beside a policy',
      String.raw`With $X\in\mathbb R^{K\times d}$, $w\in\mathbb R^d$ let $\pi = \operatorname{softmax}(X w)$, and for $s, u\in\mathbb R$, $v > 0$ let $q = -\frac12\log(2\pi v) - \frac{1}{2v}(u - s)^2$, $r = \frac{1}{\sqrt{2\pi}}e^{-s^2}$. $$\frac{\partial q}{\partial s} = \frac1v(u - s), \quad \frac{\partial q}{\partial v} = -\frac{1}{2v} + \frac{1}{2v^2}(u - s)^2, \quad \frac{\partial r}{\partial s} = -2sr, \quad \frac{\partial\pi}{\partial w} = (\operatorname{diag}(\pi) - \pi\pi^\top)X$$`,
      'verified',
      'verified',
      'verified',
      'verified',
    ],
    [
      'an exponential beside an error',
      String.raw`Let $A\in\mathbb R^{m\times n}$, $x\in\mathbb R^n$, $b\in\mathbb R^m$, $e = A x - b$, and $\rho = b - e^{\alpha} h$ with $h \in \mathbb R^m$, $\alpha\in\mathbb R$, $\psi = \frac12 \rho^\top\rho$, $\chi = \frac12 e^\top e$. $$\frac{\partial\psi}{\partial\alpha} = -e^{\alpha} h^\top\rho, \quad \frac{\partial\chi}{\partial x} = A^\top e, \quad \frac{\partial\psi}{\partial\alpha} = -h^\top\rho$$`,
      'verified',
      'verified',
      'refuted',
    ],
  ],
  'members of a section around': [
    [
      'beside a new point of their letter',
      String.raw`# Kernels

The inputs $x_1, \dots, x_n\in\mathbb R^d$ are the rows of $X\in\mathbb R^{n\times d}$.

## Prediction

At a new point $x\in\mathbb R^d$ let $k(x)\in\mathbb R^n$ with $k_i(x) = \exp(-\frac12\|x - x_i\|^2)$. $$\frac{\partial k}{\partial x} = \operatorname{diag}(k)(X - \mathbf 1 x^\top), \quad \frac{\partial k}{\partial x} = \operatorname{diag}(k)(\mathbf 1 x^\top - X)$$`,
      'verified',
      'refuted',
    ],
  ],
  'a brace before equations': [
    [
      'makes a system of them',
      String.raw`Let $U\in\mathbb R^{m\times k}$, $V\in\mathbb R^{n\times k}$, $R\in\mathbb R^{m\times n}$, $E = U V^\top - R$ and $L = \frac12\|E\|_F^2$. $$\begin{cases} \dfrac{\partial L}{\partial U} = E V, \\[2ex] \dfrac{\partial L}{\partial V} = E^\top U. \end{cases}$$ $$\begin{cases} \dfrac{\partial L}{\partial U} &= 2 E V \\ \dfrac{\partial L}{\partial V} &= E^\top U \end{cases}$$`,
      'verified',
      'verified',
      'refuted',
      'verified',
    ],
    [
      'and a value by cases where conditions stand behind',
      String.raw`Let $x \in\mathbb R$ and $f(x) = \begin{cases} x^2 & x > 0 \\ 0 & x \le 0 \end{cases}$. $$\frac{d f}{d x} = \begin{cases} 2 x & x > 0 \\ 0 & x \le 0 \end{cases}$$`,
      'verified',
    ],
  ],
  'derivatives behind another side, and below a letter': [
    [
      'the conditions of a Hamiltonian',
      String.raw`Let $x, \lambda\in\mathbb R^n$, $u\in\mathbb R^m$, $A, Q\in\mathbb R^{n\times n}$, $B\in\mathbb R^{n\times m}$ and $R\in\mathbb R^{m\times m}$, with $Q$ and $R$ symmetric, and $H = \frac12 x^\top Q x + \frac12 u^\top R u + \lambda^\top(A x + B u)$. $$-\dot\lambda = \frac{\partial H}{\partial x} = Q x + A^\top\lambda, \qquad 0 = \frac{\partial H}{\partial u} = R u + B\lambda, \qquad 0 = \frac{\partial H}{\partial u} = R u - B^\top\lambda$$`,
      'verified',
      'inconclusive',
      'refuted',
    ],
    [
      'subscripts that a text calls derivatives',
      String.raw`Subscripts denote partial derivatives. Let $x\in\mathbb R^n$, $u\in\mathbb R^m$, $A\in\mathbb R^{n\times n}$, $B\in\mathbb R^{n\times m}$ and $V(x, u) = \frac12\|A x + B u\|^2$. $$V_x = A^\top(A x + B u), \qquad V_{ux} = B^\top A, \qquad V_u = A^\top(A x + B u), \qquad V_u = 2B^\top(A x + B u)$$ Hence $u = -V_{uu}^{-1}V_{ux}x$.`,
      'verified',
      'verified',
      'inconclusive',
      'refuted',
    ],
    [
      'subscripts that a text says nothing of',
      String.raw`Let $x\in\mathbb R^n$, $a, b\in\mathbb R^n$ and $V(x) = a^\top x$. With $V_x = b^\top x$ we have $\nabla V(x) = a$.`,
      'verified',
    ],
  ],
  'letters of sizes': [
    [
      'a size is compared, and its letter is a vector later',
      String.raw`Let $Z$ be $n\times m$ with $m \ge k$, $b \in\mathbb R^m$ and $f(b) = \frac1m\|Z b\|^2$. Then $\nabla f(b) = \frac2m Z^\top Z b$. For $x, \beta\in\mathbb R^k$ let $m = (x^\top\beta)\beta$ be a vector. Then $\frac{\partial m}{\partial\beta} = (x^\top\beta) I + \beta x^\top$ and not $\frac{\partial m}{\partial\beta} = (x^\top\beta) I$.`,
      'verified',
      'verified',
      'refuted',
    ],
  ],
  'a cross product with a letter of which nothing is said': [
    [
      'beside the matrix of it',
      String.raw`Let $p, \omega\in\mathbb R^3$, $R\in\mathbb R^{3\times3}$ and $q = R p + \omega\times(R p)$. As $\omega\times a = -[a]_\times\omega$ with $$[a]_\times = \begin{pmatrix} 0 & -a_3 & a_2 \\ a_3 & 0 & -a_1 \\ -a_2 & a_1 & 0\end{pmatrix},$$ we have $$\frac{\partial q}{\partial\omega} = -[R p]_\times, \quad \frac{\partial q}{\partial\omega} = -2[R p]_\times$$`,
      'verified',
      'refuted',
    ],
  ],
  'a small t above': [
    [
      'a declared column, whose letter is Greek',
      String.raw`Let $A\in\mathbb{R}^{n\times m}$ and $\beta\in\mathbb{R}^{n\times 1}$. $$\frac{\partial}{\partial\beta}A^t\beta = A, \quad \frac{\partial}{\partial\beta}\beta^t A = A$$`,
      'verified',
      'verified',
    ],
  ],
  'what an exam says': [
    [
      'a matrix of a rank',
      String.raw`Let $A$ be a real $m\times n$ matrix of rank $n$, let $b\in\mathbb R^m$, and put $f(x)=\|Ax-b\|^2$ for $x\in\mathbb R^n$. Then $\nabla f(x)=2A'(Ax-b)$.`,
      'verified',
    ],
    [
      'a derivative in one line of a function without brackets',
      String.raw`Let $\Lambda \in \mathbb R^{d\times d}$ be symmetric positive definite. We use $\partial \ln \det \Lambda / \partial \Lambda = \Lambda^{-1}$.`,
      'verified',
    ],
    [
      'constant matrices',
      String.raw`Here $x \in \mathbb R^n$, while $C$ and $D$ are constant $n\times n$ matrices, and $g = x'Cx$ has $\nabla_x g = (C+C')x$.`,
      'verified',
    ],
    [
      'in this question',
      String.raw`In this question $B$ is an arbitrary $n\times n$ matrix and $x \in \mathbb R^n$. For $q(x)=x'Bx$ prove that $\nabla q(x)=(B+B')x$.`,
      'verified',
    ],
    [
      'two matrices behind a comma',
      String.raw`Masses and springs enter through two symmetric positive definite matrices, $M\in\mathbb R^{n\times n}$ and $K\in\mathbb R^{n\times n}$. With $q \in\mathbb R^n$ and $L = \frac12 q^T M q - \frac12 q^T K q$ we have $\nabla_q L = M q - K q$.`,
      'verified',
    ],
    [
      'a function of all entries is one of the whole',
      String.raw`Let $\theta = (\theta_1, \theta_2)^T \in \mathbb{R}^2$ and $m(\theta_1,\theta_2) = \sin\theta_2$. Then $\frac{\partial m}{\partial\theta_2} = \cos\theta_2$ and $\frac{\partial m}{\partial\theta} = \begin{pmatrix} 0 & \cos\theta_2\end{pmatrix}$.`,
      'verified',
      'verified',
    ],
    [
      'what a display is called behind it',
      String.raw`Let $V \in \mathbb R^{c\times d}$, $h \in \mathbb R^d$, $t \in \mathbb R^c$, $z = Vh$ and $L = \frac12\|z - t\|^2$. $$\frac{\partial L}{\partial z} = z - t$$ Call this vector $\delta\in\mathbb{R}^c$. Then $$\frac{\partial L}{\partial V} = \delta h^\top, \quad \frac{\partial L}{\partial h} = V \delta, \quad \frac{\partial L}{\partial V} = -\delta h^\top$$`,
      'verified',
      'verified',
      'inconclusive',
      'refuted',
    ],
    [
      'what a matrix and an expression of the sentence are called',
      String.raw`Let $A\in\mathbb R^{2\times 3}$, $x\in\mathbb R^3$, $u = \tanh(Ax)$ and $E = \frac12 u^\top u$. $$\frac{\partial u}{\partial x} = \operatorname{diag}(1 - u\odot u) A$$ Call this $2\times3$ matrix $J$. The loss is $E + c^\top x$ with $c\in\mathbb R^3$; call it $F$. Then $$\frac{\partial E}{\partial x} = J^\top u, \quad \frac{\partial F}{\partial x} = J^\top u + c, \quad \frac{\partial F}{\partial x} = J^\top u$$`,
      'verified',
      'verified',
      'verified',
      'refuted',
    ],
  ],
  'reasons within a chain': [
    [
      'behind a row in the middle',
      String.raw`Let $A\in\mathbb R^{n\times n}$ be symmetric, $b, x\in\mathbb R^n$, $r = A x - b$ and $f = \frac12 r^\top r$. $$\begin{aligned} \nabla_x f &= A^\top r \\ &= A r \qquad \text{because } A^\top = A \\ &= A A x - A b \end{aligned}$$`,
      'verified',
    ],
    [
      'the row behind one is checked',
      String.raw`Let $A\in\mathbb R^{n\times n}$ be symmetric, $b, x\in\mathbb R^n$, $r = A x - b$ and $f = \frac12 r^\top r$. $$\begin{aligned} \nabla_x f &= A^\top r \\ &= A r \qquad \text{because } A^\top = A \\ &= A A x + A b \end{aligned}$$`,
      'refuted',
    ],
  ],
  'axes and diagonals in words': [
    [
      'rows are visits, weights stand on a diagonal',
      String.raw`Rows of $X$ are visits ($n$ of them), columns are the $p$ features, $x_i^\top$ is row $i$. With the weights $w_1,\dots,w_n$ on the diagonal of $W$, zero elsewhere, and $z$ (length $n$) let $S(b) = \frac12 (z - Xb)^\top W (z - Xb)$. $$\frac{\partial S}{\partial b} = -X^\top W (z - Xb), \quad \frac{\partial S}{\partial w_i} = \frac12 (z_i - x_i^\top b)^2, \quad \frac{\partial S}{\partial b} = -X^\top W^{-1} (z - Xb), \quad \frac{\partial S}{\partial w_i} = (z_i - x_i^\top b)^2$$`,
      'verified',
      'verified',
      'refuted',
      'refuted',
    ],
  ],
  'what all letters of a kind are': [
    [
      'letters and members of the kind, but no letter that is declared',
      String.raw`All of this is in space: every small bold letter is a column with three entries.

The unit vector of $\mathbf p$ is $\mathbf u = \mathbf p / \|\mathbf p\|$, and $\mathbf w \in \mathbb R^2$. $$\frac{\partial \mathbf u}{\partial \mathbf p} = \frac{1}{\|\mathbf p\|}(I - \mathbf u \mathbf u^\top), \quad \frac{\partial \mathbf u}{\partial \mathbf p} = \frac{1}{\|\mathbf p\|}(I + \mathbf u \mathbf u^\top), \quad \nabla_{\mathbf w} (\mathbf w^\top \mathbf w) = 2 \mathbf w$$

## Planes

$$g(\mathbf v) = \sum_{i=1}^N (\mathbf u_i^\top \mathbf v - y_i)^2, \quad \nabla g = 2\sum_{i=1}^N (\mathbf u_i^\top \mathbf v - y_i) \mathbf u_i, \quad \nabla g = \sum_{i=1}^N (\mathbf u_i^\top \mathbf v - y_i) \mathbf u_i$$`,
      'verified',
      'refuted',
      'verified',
      'verified',
      'refuted',
    ],
    [
      'capitals',
      String.raw`Bold small letters are column vectors of length $n$, capital letters are $n\times n$ matrices. With $\mathbf r = A \mathbf x - \mathbf b$ and $f = \frac12 \mathbf r^\top \mathbf r$ we get $\nabla_{\mathbf x} f = A^\top \mathbf r$, not $\nabla_{\mathbf x} f = A \mathbf r$.`,
      'verified',
      'refuted',
    ],
  ],
  'sizes that formulas have as numbers': [
    [
      'a size before a letter below a fraction is no derivative of it',
      String.raw`Let $x\in\mathbb R^D$ and $\rho = \sqrt{\frac1D x^\top x + 1}$. $$\frac{\partial\rho}{\partial x} = \frac{1}{D \rho} x, \quad \frac{\partial\rho}{\partial x} = \frac{2}{D \rho} x$$`,
      'verified',
      'refuted',
    ],
  ],
  'one per thing': [
    [
      'weights, rows and numbers',
      String.raw`Here $B$ is the design: one row per trial, one column per dose. $c$ are the effects, one per dose. With the answers $y$, one number per trial, and $Q = \frac12\|Bc - y\|^2$ we get $\nabla_c Q = B^\top (B c - y)$, not $\nabla_c Q = B (Bc - y)$ and not $\nabla_c Q = B^\top (B c + y)$.`,
      'verified',
      'refuted',
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
