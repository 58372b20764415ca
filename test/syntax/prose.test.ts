import { expect, it } from 'vitest';
import type { SourceDocument } from '../../src/syntax/document.ts';
import { readLatex } from '../../src/syntax/read-latex.ts';
import { readMarkdown } from '../../src/syntax/read-markdown.ts';
import { show } from './show.ts';

function inWords({ items }: SourceDocument): string[] {
  return items.flatMap((item) => (item.kind === 'statement' && item.origin === 'prose' ? [show(item.statement)] : []));
}

const said: readonly (readonly [string, ...string[]])[] = [
  ['$A$ is an $m \\times n$ matrix.', 'A : m×n'],
  ['Let $A$ and $B$ be two symmetric $n\\times n$ matrices.', 'A, B : n×n symmetric'],
  ['Take an $m\\times n$ matrix $A$ and go on.', 'A : m×n'],
  ['We have $m\\times n$ matrices $A$, $B$, and $C$.', 'A, B, C : m×n'],
  ['Let $X$ be the $N$ by $D$ design matrix.', 'X : N×D'],
  ['$W$ is $k$ by $d$.', 'W : k×d'],
  ['$X$ is $n \\times d$, and $\\theta$ is $d\\times 1$.', 'X : n×d', 'θ : d×1'],
  ['$x$ is an $n$-dimensional vector.', 'x : n'],
  ['Given an $n$-vector $x$, compute it.', 'x : n'],
  ['a column vector $x$ of length $n$', 'x : n'],
  ['$n$-dimensional column vectors $x$ and $y$', 'x, y : n'],
  ['The row vector $r$ of length $k$ is given.', 'r : 1×k'],
  ['$y$ a vector of length $n$', 'y : n'],
  ['the vector $v$ has $p$ entries', 'v : p'],
  ['$X$ has shape $(N, D)$.', 'X : N×D'],
  ['the weights $W$ (of size $m\\times n$) are', 'W : m×n'],
  ['where $X$ ($n \\times p$) is the design matrix', 'X : n×p'],
  ['a $3$-dimensional vector $x$', 'x : 3'],
  ['a 3-dimensional vector $x$ and a 2 × 3 matrix $P$', 'x : 3', 'P : 2×3'],
  ['a vector $x$ in $\\mathbb{R}^n$', 'x : n'],
  ['$\\Sigma$ is a symmetric, positive definite $d\\times d$ covariance matrix', 'Σ : d×d symmetric spd'],
  ['$P$ ($n\\times n$) and $R$ ($m\\times m$) are symmetric.', 'P : n×n symmetric', 'R : m×m symmetric'],
  ['with $A$ now $m\\times m$', 'A : m×m'],
  ['$\\hat A$ is the (symmetric) adjacency matrix', 'hat:A : symmetric'],
  ['$b$ a vector of length $m$ and $D$ an $m\\times m$ diagonal matrix', 'b : m', 'D : m×m diagonal'],
  ['Let $\\Sigma \\in \\mathbb{R}^{n\\times n}$ be symmetric positive definite.', 'Σ : symmetric spd'],
  ['and a symmetric $K \\in \\mathbb{R}^{3\\times 3}$', 'K : symmetric'],
  ['$S$ is lower triangular.', 'S : lower'],
  ['Let $\\lambda$ be a positive scalar.', 'λ : scalar positive'],
  ['with a scalar bias $\\beta$.', 'β : scalar'],
  ['and scalar weights $a$ and $b$', 'a, b : scalar'],
  ['a binary $m \\times n$ matrix $M$', 'M : m×n binary'],
  ['a real number $t$', 't : scalar'],
  ['a square matrix $A$ of order $n$', 'A : n×n'],
  ['$A$ is a matrix with $m$ rows and $n$ columns', 'A : m×n'],
  ['vectors $x_1, \\dots, x_n$ of length $d$', 'x_1, ?, x_n : d'],
  ['the vector of class scores $s$, which has $K$ entries', 's : K'],
  ['with $S \\in \\mathbb{R}^{n\\times n}$ symmetric positive definite\n$$f = x^\\top S x.$$', 'S : symmetric spd'],
  ['For a symmetric matrix $S$ and $x \\neq 0$ put', 'S : symmetric'],
  ['If $n = p$ and $X$ is invertible, $Z = X^{-1}$ satisfies it.', 'X : invertible'],
  ['Let $x \\in \\mathbb{R}^n$ and $A$ be an $m\\times n$ matrix.', 'A : m×n'],
  ['a Gram matrix $A\\in\\mathbb{R}^{c\\times c}$ (symmetric)', 'A : symmetric'],
  ['with $S \\in \\mathbb{R}^{n\\times n}$, symmetric, and more', 'S : symmetric'],
  ['Loss $L$ is a differentiable function of $g$.', 'L(g) : scalar'],
  ['a scalar loss $L$ that depends on $y$', 'L(y) : scalar'],
  ['for some scalar function $L$ of $y$', 'L(y) : scalar'],
  ['let $L$ be a scalar-valued function of $z$', 'L(z) : scalar'],
  ['$f$ is a scalar function of the vector $x$.', 'f(x) : scalar'],
  ['For a scalar loss $L(O)$ with a gradient', 'L(O) : scalar'],
  ['Let $L(y)$ be a scalar loss', 'L(y) : scalar'],
  ['The loss $L(y)$ is a differentiable function', 'L(y) : scalar'],
  ['a loss $\\mathcal{L}(u, v)$', 'cal:L(u, v) : scalar'],
  ['some scalar function $f(x)$', 'f(x) : scalar'],
  ['a symmetric matrix $A$ ($n\\times n$)', 'A : n×n symmetric'],
  ['the vector $v$ is a row vector of length $n$', 'v : 1×n'],
  ['$x_i^\\top$ is the $i$-th row of $X$.', 'rows of X: x_i′'],
  ['Let $X \\in \\mathbb{R}^{n\\times d}$ be the data, whose rows are $x_1^\\top, \\dots, x_n^\\top$.', 'rows of X: …, x_n′'],
  ['where $x_i$ is the $i$-th row of $X$ as a column vector.', 'rows of X: x_i'],
  ['$v_j$ is the $j$-th row of $V$ written as a column.', 'rows of V: v_j'],
  ['the columns $a_j$ of $A$', 'columns of A: a_j'],
  ['where $d_j$ denotes the $j^{\\text{th}}$ column of the matrix $D$', 'columns of D: d_j'],
  ['keys $k_1, \\dots, k_M$, stacked as the rows of $K$', 'rows of K: …, k_M'],
  ['the rows of $n$ points', ],
  ['Let $P \\in \\mathbb{R}^{n\\times n}$ and $R\\in\\mathbb{R}^{m\\times m}$ be symmetric.', 'P, R : symmetric'],
  ['Let $A \\in \\mathbb{R}^{m\\times n}$ and $R\\in\\mathbb{R}^{m\\times m}$ be symmetric.', 'R : symmetric'],
  ['| name | shape |\n|---|---|\n| $W$ | $k \\times d$ |', 'W : k×d'],
];

it.each(said)('reads "%s"', (text, ...expected) => {
  expect(inWords(readMarkdown(text))).toEqual(expected);
});

const unsaid = [
  'The columns of $A$ are $n\\times 1$ matrices.',
  'The derivative with respect to $x$ is an $n\\times 1$ vector.',
  'with $\\mathbf 1$ the vector of $N$ ones',
  'the $n\\times n$ identity matrix $I$',
  'the $m\\times n$ Jacobian matrix $J$',
  '$f$ is a function of the vector $x$.',
  'the loss $L(y)$ is small',
  'a function $f(x)$ of one variable',
  'If $n = p$ and so on',
  'the slope is one where $z_i$ is positive',
  'an $n$-dimensional vector space $V$',
  '$A$ is not symmetric.',
  'It costs $5 to make and $10 to buy an apple.',
  'a matrix $A$ whose entries are small',
];

it.each(unsaid)('reads no declaration in "%s"', (text) => {
  expect(inWords(readMarkdown(text))).toEqual([]);
});

it('reads words between commands of LaTeX', () => {
  expect(inWords(readLatex('Let~$A$ be an \\emph{invertible} $n\\times n$ matrix and $x$ a vector of length~$n$.'))).toEqual(['A : n×n invertible', 'x : n']);
});

it('declares before the display that stands between the words', () => {
  const { items } = readMarkdown('$A$ is an $m\\times n$ matrix.\n\n$$y = A x$$\n\nHere $x$ is an $n$-vector.');
  expect(items.flatMap((item) => (item.kind === 'statement' ? [`${item.origin} ${show(item.statement)}`] : []))).toEqual(['prose A : m×n', 'math y  = (mul A x)', 'prose x : n']);
});
