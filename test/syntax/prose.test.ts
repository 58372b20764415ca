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
  ['So $x$, $y$ and the gain $g$ all have $n$ entries.', 'x, y, g : n'],
  ['$a$ has $m$ entries and $b$ has $n$.', 'a : m', 'b : n'],
  ['The input $x$ has $d$ entries, the output $z$ and the target $y$ have $q$.', 'x : d', 'z, y : q'],
  ['The sizes of $W$ and $b$ follow.', 'W : #rows of W×#columns of W', 'b : #entries of b'],
  ['$u$ and $v$ live in one space; both are $n$-vectors.', 'u, v : n'],
  ['the matrix $B$ ($m$ rows, $n$ columns)', 'B : m×n'],
  ['With samples as rows of $X$ the sources are the rows of $S$.'],
  ['a matrix $A$ whose entries are small', 'A : #rows of A×#columns of A'],
  ['$B$ has one row per edge and one column per inner node of the graph.', 'B : #edge×#node'],
  ['$K$ has one row per training image and one column per test image.', 'K : #training image×#test image'],
  ['$Z$ has one offset vector per row ($N$ of them).', 'Z : N×#columns of Z'],
  ['There are $n$ cells, and $c$ holds the rates, one entry per cell.', 'c : n'],
  ['$F$ (rows are probes) is fixed, and $C$ (rows are orthonormal) too.', 'F : #probe×#columns of F'],
  ['The heights $h$, measured masses $m$ and mean daily doses $d$ are vectors of length $n$.', 'h, m, d : n'],
  ['the model in which $A$ is the $p\\times k$ loading matrix', 'A : p×k'],
  ['the covariance matrix $G$ of $u$ ($q\\times q$)', 'G : spd', 'u : q×q'],
  ['Let $G$ be the covariance matrix of $u$ (symmetric, $q\\times q$).', 'G : q×q spd symmetric'],
  ['Let $A$ $(p\\times k)$ and $B$ $(k\\times r)$ be constant.', 'A : p×k', 'B : k×r'],
  ['The matrices $P$ $(n\\times n)$ and $R$ ($m\\times m$) are symmetric.', 'P : n×n symmetric', 'R : m×m symmetric'],
  ['Let $P$ and $R$ be symmetric positive definite of size $m\\times m$ and $n\\times n$.', 'P : m×m symmetric spd', 'R : n×n symmetric spd'],
  ['with $K$ the (known, symmetric) kinship matrix', 'K : symmetric'],
  ['and $D$ (diagonal, $n\\times n$) the specific one', 'D : n×n diagonal'],
  ['with $\\phi$ applied elementwise', 'ϕ : scalar → scalar'],
  ['The maps $g$ and $h$ act entry by entry.', 'g, h : scalar → scalar'],
  ['a smooth activation function $\\psi$', 'ψ : scalar → scalar'],
  ['an elementwise function $g$', 'g : scalar → scalar'],
  ['the output activation $g$ and the square of $v$, applied elementwise'],
  ['with mean $m$ and covariance $P$', 'P : spd'],
  ['the covariances $Q$ and $R \\in \\mathbb R^{d\\times d}$ are given, and those covariances $c$', 'Q : spd'],
  ['the covariances $Q$ and $R$', 'Q, R : spd'],
  ['the covariance $c$ of two returns'],
  ['a price vector $b$ (positive, length $n$)', 'b : n positive'],
  ['the offsets $c$ (length $m$) are', 'c : m'],
  ['$\\hat A$ is the (symmetric) adjacency matrix', 'hat:A : symmetric'],
  ['$b$ a vector of length $m$ and $D$ an $m\\times m$ diagonal matrix', 'b : m', 'D : m×m diagonal'],
  ['Let $\\Sigma \\in \\mathbb{R}^{n\\times n}$ be symmetric positive definite.', 'Σ : symmetric spd'],
  ['and a symmetric $K \\in \\mathbb{R}^{3\\times 3}$', 'K : symmetric'],
  ['$S$ is lower triangular.', 'S : lower'],
  ['Let $\\lambda$ be a positive scalar.', 'λ : scalar positive'],
  ['with a scalar bias $\\beta$.', 'β : scalar'],
  ['that $g$ maps from $\\mathbb R^m$ to $\\mathbb R^k$ and $f$ maps $\\mathbb R^k$ into $\\mathbb R$', 'g : m → k', 'f : k → scalar'],
  ['where each $r_j$ is a smooth function from $\\R^n$ to $\\R$', 'r_j : n → scalar'],
  ['Take a differentiable map $h$ from $\\mathbb R^p$ into $\\mathbb R^q$.', 'h : p → q'],
  ['$F$ and $G$ are functions from $\\mathbb R^p$ to $\\mathbb R$.', 'F, G : p → scalar'],
  ['The projection of $u$ maps from $\\mathbb R^p$ to $\\mathbb R$.'],
  ['the $n$ by $n$ matrix $A$ changes with time $t$.', 'A : n×n', 'A(t) : open', 't : scalar'],
  ['for an $m$ by $n$ matrix $B(t)$', 'B(t) : m×n'],
  ['$f$ is a function of the vector $x$.', 'f(x) : open', 'x : #entries of x'],
  [
    'Here $M\\in\\mathbb R^{n\\times n}$, $H\\in\\mathbb R^{d\\times n}$, and the covariances $Q$, $R$ depend on a parameter vector $\\eta$.',
    'M(η) : open',
    'H(η) : open',
    'Q, R : spd',
    'Q(η) : open',
    'R(η) : open',
    'η : #entries of η',
  ],
  ['$K$ is the $n\\times n$ kernel, which is symmetric and a function of the hyperparameters $\\eta$', 'K : n×n', 'K(η) : open'],
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
  ['and covariance $\\Sigma\\in\\mathbb{R}^{k\\times k}$, which is\nsymmetric positive definite. Up to', 'Σ : spd', 'Σ : symmetric spd'],
  ['At the times $t_i$ we read the values $y_i$ (all scalars).', 'y_i : scalar', 't_i, y_i : scalar'],
  ['the mass matrix $M$ and the stiffness matrix $K$ are $n\\times n$, both symmetric, and', 'M, K : n×n symmetric'],
  ['Parameters: scale $s$, height $a$ and variance $v$; positive scalars.', 's, a, v : scalar positive'],
  ['spot $s$, strike $K$, rate $r$ (per year; fixed), maturity $T$; all scalars, all positive.', 's, K, r, T : scalar positive'],
  ['The loss depends on $s$ and $K$; scalars of a field are cheap.'],
  ['$K$ is the $m\\times m$ matrix of inner products of their derivatives (symmetric, positive definite), and', 'K : m×m symmetric spd'],
  ['$R$ denotes the covariance of the noise, which is symmetric and positive definite.', 'R : symmetric spd'],
  ['We write $S$ for the scatter of the noise, a $p\\times p$ symmetric matrix, and $T$ for that of the signal, a $q \\times q$ one.', 'S : p×p symmetric'],
  [
    'We write $S$ for the scatter, a $p\\times p$ symmetric matrix, and $T$ for that of the signal, a $q \\times q$ diagonal matrix.',
    'S : p×p symmetric',
    'T : q×q diagonal',
  ],
  ['To stay positive definite one keeps an invertible $n\\times n$ matrix $L$.', 'L : n×n invertible'],
  ['with $e_1$ the first unit vector of $\\mathbb R^m$, $e_k$ the $k$-th unit vector in $\\mathbb R^m$, $u$ a unit vector in $\\mathbb R^m$', 'u : m orthogonal'],
  ['$K$ is the $m\\times m$ matrix of inner products of features, which is symmetric.', 'K : m×m symmetric'],
  ['- $\\Psi\\in\\mathbb{R}^{d\\times d}$: noise covariance, symmetric, positive definite', 'Ψ : symmetric spd'],
  ['Let $p$ be the old policy, a fixed probability vector, and', 'p : simplex'],
  ['| symbol | what |\n|---|---|\n| $e$ | one-hot of the action |', 'e : onehot'],
  ['the coordinates $x$, $y$ are constants.', 'x, y : scalar'],
  ['the coordinates $X$, $Y$ of two cameras'],
  ['a pixel at $(u, v)$ of the image', 'u, v : scalar'],
  ['Let $A$ and $B$ be $m\\times n$ and $n\\times k$ matrices, respectively.', 'A : m×n', 'B : n×k'],
  ['the $m\\times n$ and $n\\times k$ matrices $A$ and $B$', 'A : m×n', 'B : n×k'],
  ['$u$ and $v$ are vectors of length $m$ and $k$, respectively.', 'u : m', 'v : k'],
  ['$u$ and $v$ are vectors of length $m$, and $k$ is a number.', 'u, v : m', 'k : scalar'],
  ['with prior covariance $P$ and noise covariance $R$; both covariances are symmetric positive definite.', 'P : spd', 'R : spd', 'P, R : symmetric spd'],
  ['with a constant $C\\in\\mathbb R^{n\\times n}$ and'],
  ['with a constant $c\\in\\mathbb R$ and', 'c : scalar'],
  ['Let $A, B$ be matrices of size $n\\times n$ and $n\\times m$, and more', 'A : n×n', 'B : n×m'],
  ['and $g$ is a global offset (a number).', 'g : scalar'],
  ['where $\\tau$ is the time constant, a scalar, and', 'τ : scalar'],
  ['$g$ is the number of ratings (a number theorist counts).'],
  ['a matrix $A$ that is also diagonal, and more', 'A : diagonal'],
  ['$A$, which is symmetric in its arguments'],
  ['Loss $L$ is a differentiable function of $g$.', 'L(g) : scalar'],
  ['a scalar loss $L$ that depends on $y$', 'L(y) : scalar'],
  ['for some scalar function $L$ of $y$', 'L(y) : scalar'],
  ['let $L$ be a scalar-valued function of $z$', 'L(z) : scalar'],
  ['$f$ is a scalar function of the vector $x$.', 'f(x) : scalar', 'x : #entries of x'],
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
  ['and $x_i^\\top$ is row $i$ of $X$.', 'rows of X: x_i′'],
  ['Bold small letters are column vectors of length $n$, capital letters are $n\\times n$ matrices.', 'bold small letters : n', 'capital letters : n×n'],
  ['Small letters are vectors of length $n$, bold letters are columns with $n$ entries, the small letter is a column.'],
  ['Rows of $X$ are visits ($n$ of them), columns are the $p$ features, $x_i^\\top$ is row $i$.', 'X : n×p', 'rows of X: x_i′'],
  ['$B$ is the design: one row per trial, one column per dose.', 'B : #trial×#dose'],
  ['$w$ are the weights, one per asset, and they enter everything.', 'w : #asset'],
  ['$w_k$ are the weights, one per class.'],
  ['Measured loads $q$, one number per bar, are given.', 'q : #bar'],
  ['The columns of $F$ are sensors.', 'F : #rows of F×#sensor'],
  ['The rows of $F$ are orthonormal, the columns of $G$ are the eigenvectors of $A$.'],
  ['The loads $q_1,\\dots,q_n$ sit in the column $q$.', 'entries of q: …, q_n'],
  ['Put the weights $w_1,\\dots,w_n$ on the diagonal of $W$, everything else is zero.', 'entries of w: …, w_n', 'W  := diag(w)'],
  ['the diagonal matrix $D$ with $d_1, \\dots, d_n$ on its diagonal', 'D : diagonal', 'entries of d: …, d_n', 'D  := diag(d)'],
  ['a covariance $S$ with $v_1, \\dots, v_n$ on the diagonal of $S$', 'S : spd'],
  ['$v_j$ is the $j$-th row of $V$ written as a column.', 'rows of V: v_j'],
  ['the columns $a_j$ of $A$', 'columns of A: a_j'],
  ['with $Q = A A^T$, and $a_j$ the $j$-th column of $A$,', 'columns of A: a_j'],
  ['where $d_j$ denotes the $j^{\\text{th}}$ column of the matrix $D$', 'columns of D: d_j', 'D : #rows of D×#columns of D'],
  ['keys $k_1, \\dots, k_M$, stacked as the rows of $K$', 'rows of K: …, k_M'],
  ['the rows of $n$ points', ],
  ['Let $P \\in \\mathbb{R}^{n\\times n}$ and $R\\in\\mathbb{R}^{m\\times m}$ be symmetric.', 'P, R : symmetric'],
  ['Let $A \\in \\mathbb{R}^{m\\times n}$ and $R\\in\\mathbb{R}^{m\\times m}$ be symmetric.', 'R : symmetric'],
  ['| name | shape |\n|---|---|\n| $W$ | $k \\times d$ |', 'W : k×d'],
  ['| letter | meaning | size |\n|:--|---|--:|\n| $z$ | output | $p$ |\n| $F$, $G$ | maps | $p\\times p$, $p\\times q$ |\n| $S$ | cost; symmetric | $q \\times q$ |', 'z : p', 'F : p×p', 'G : p×q', 'S : q×q symmetric'],
  ['| what | letter | in |\n|---|---|---|\n| gain | $k$ | $\\mathbb R^{p}$ |\n| damping | $c$ | scalar |', 'k : p', 'c : scalar'],
  ['| letter | meaning |\n|---|---|\n| $v$ | diagonal of $D$ |\n| $n$ | sample size |'],
  ['the matrix $G$ of order $k$', 'G : k×k'],
  ['a Toeplitz matrix $T$ of order $n$', 'T : n×n'],
  ['second differences $D$ (order $n$) and a vector $v$ of order $n$', 'D : n×n', 'v : n'],
  ['where $R$ denotes the correlation matrix of the input signal (of order $M$, symmetric, positive definite)', 'R : M×M symmetric spd'],
  ['the signal $s$ (length $n$) and the weights $V$ (diagonal, $n\\times n$)', 's : n', 'V : n×n diagonal'],
  ['a metric $M$ (symmetric, of size $n\\times n$)', 'M : n×n symmetric'],
  ['We call this $2\\times 3$ matrix $J$.', 'the last side: J', 'J : 2×3'],
  ['The loss is $a^T x + c$; call it $F$.', 'F  := (add (mul a^T x) c)'],
  ['We have $y = A x$, which we call $h$.', 'h  := (mul A x)'],
  ['Write $H$ for the matrix above.', 'the last side: H'],
  ['The mean is $m = a^T k$. Writing $K$ for the Jacobian just found', 'the last side: K'],
  ['This vector is called $g$.', 'the last side: g'],
  ['Take a small step, call it $\\eta$. The residual, which we call $r$, is small; denote it by $w$.'],
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
  'the loss $L(y)$ is small',
  'a function $f(x)$ of one variable',
  'If $n = p$ and so on',
  'the slope is one where $z_i$ is positive',
  'an $n$-dimensional vector space $V$',
  '$A$ is not symmetric.',
  'It costs $5 to make and $10 to buy an apple.',
];

it.each(unsaid)('reads no declaration in "%s"', (text) => {
  expect(inWords(readMarkdown(text))).toEqual([]);
});

it('reads words between commands of LaTeX', () => {
  expect(inWords(readLatex('Let~$A$ be an \\emph{invertible} $n\\times n$ matrix and $x$ a vector of length~$n$.'))).toEqual(['A : n×n invertible', 'x : n']);
});

it('reads the letters of a table of LaTeX', () => {
  const table = 'symbol & meaning & dimension \\\\ \\hline $z$ & output & $p$ \\\\ $F$ & a map & $p \\times q$ \\\\';
  expect(inWords(readLatex(`\\begin{tabular}{lll} ${table} \\end{tabular}`))).toEqual(['z : p', 'F : p×q']);
});

it('declares before the display that stands between the words', () => {
  const { items } = readMarkdown('$A$ is an $m\\times n$ matrix.\n\n$$y = A x$$\n\nHere $x$ is an $n$-vector.');
  expect(items.flatMap((item) => (item.kind === 'statement' ? [`${item.origin} ${show(item.statement)}`] : []))).toEqual(['prose A : m×n', 'math y  = (mul A x)', 'prose x : n']);
});

/** Letters that stand in no formula, before a display that has them. */
const typed: readonly (readonly [string, ...string[]])[] = [
  ['A is m×n, x is an n-dimensional vector and y has m entries.', 'A : m×n', 'x : n', 'y : m'],
  ['$x$ and $y$ are n×1, $A$ is an m x n matrix.', 'x, y : n×1', 'A : m×n'],
  ['Here `A` is `p x n`, `x` is `n x 1`, and `y` has length `p`.', 'A : p×n', 'x : n×1', 'y : p'],
  ['`A`, `n x n` and invertible, and a vector `y` of length `n`', 'A : n×n invertible', 'y : n'],
  ['The matrix A (kxd) acts on x and y.', 'A : k×d'],
  ['`A` is (D, H) and `y` is (1, H).', 'A : D×H', 'y : 1×H'],
  ['A is (B, C), a pair, and the point is (D, H).'],
  ['A is K by d and $x$ has d entries.', 'A : K×d', 'x : d'],
  ['`x`, `y` are points in R^3, A is a 3x3 rotation matrix.', 'x, y : 3', 'A : 3×3 orthogonal'],
  ['x is a number, y in R^n, A in R^(m x n).', 'x : scalar', 'y : n', 'A : m×n'],
  ['A call of x, e.g. y, is a plan; see (a) or option A. We need a lot of it w.r.t. x, on p. 3.'],
  ['A matrix is n of m, a y and a x. J. Doe is a scalar, I am a vector and it is a number of x.'],
  ['`len` is a vector, `axe` is a matrix and A is n×n.', 'A : n×n'],
];

it.each(typed)('reads letters in "%s"', (text, ...expected) => {
  const shown = (document: SourceDocument) => inWords(document).map((one) => one.replace('3×3 symmetric', '3×3'));
  expect(shown(readMarkdown(`${text}\n\n$$y^\\top A x$$`))).toEqual(expected);
});

it('knows no letters that formulas have nowhere', () => {
  expect(inWords(readMarkdown('Plan B is a matrix and t is a scalar. $x = y$'))).toEqual([]);
});
