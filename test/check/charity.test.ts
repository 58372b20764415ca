import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

/** What is said at error or warning level of Markdown. */
function said(text: string, verify = false): string[] {
  const { diagnostics } = checkDocument(text, 'markdown', { verify });
  return diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ code }) => code);
}

/** Each rule by a text that it keeps silent about, and by one that is as wrong but that the rule does not excuse. */
const rules: readonly { readonly rule: string; readonly silent: string; readonly wrong: string; readonly code: string }[] = [
  {
    rule: 'a matrix of numbers in a product is an example of one size',
    silent: '$x \\in \\mathbb{R}^n$. $$q = x^\\top \\begin{bmatrix} 4 & 1 \\\\ 1 & 2 \\end{bmatrix} x$$',
    wrong: '$x \\in \\mathbb{R}^3$. $$q = x^\\top \\begin{bmatrix} 4 & 1 \\\\ 1 & 2 \\end{bmatrix} x$$',
    code: 'shape/product',
  },
  {
    rule: 'a matrix is none of its entries, so that the numbers tell a block',
    silent: '$S, N \\in \\mathbb{R}^{p\\times p}$ are symmetric ($S = S_{11}$ in the usual notation).',
    wrong: '$S, N \\in \\mathbb{R}^{p\\times p}$ are symmetric ($S = N_{11}$ in the usual notation).',
    code: 'shape/equation',
  },
  {
    rule: 'a sum in another section may count others of the same name',
    silent: '$\\theta \\in \\mathbb{R}^D$.\n\n# Features\n\n$$f = \\sum_{k=1}^K \\theta_k^2$$',
    wrong: '$\\theta \\in \\mathbb{R}^D$. $$f = \\sum_{k=1}^K \\theta_k^2$$',
    code: 'index/range',
  },
  {
    rule: 'a sum with dots may count from zero',
    silent: '$\\beta \\in \\mathbb{R}^{p+1}$. $$y = \\beta_0 + \\beta_1 x_1 + \\dots + \\beta_p x_p$$',
    wrong: '$\\beta \\in \\mathbb{R}^{p+2}$. $$y = \\sum_{k=1}^p \\beta_k$$',
    code: 'index/range',
  },
  {
    rule: 'a matrix with rules beside its columns is a picture',
    silent: '$X \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^k$. $$X = \\begin{pmatrix} | & & | \\\\ x_1 & \\cdots & x_n \\\\ | & & | \\end{pmatrix}$$',
    wrong: '$x \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{2 \\times 3}$. $$A = \\begin{pmatrix} \\|x\\| & \\|x\\| \\\\ \\|x\\| & \\|x\\| \\end{pmatrix}$$',
    code: 'shape/equation',
  },
  {
    rule: 'the square of an oblong diagonal matrix is that of its values',
    silent: '$U \\in \\mathbb{R}^{m\\times m}$ and the diagonal matrix $S \\in \\mathbb{R}^{m \\times n}$. $$B = U S^2 U^T$$',
    wrong: '$U \\in \\mathbb{R}^{m\\times m}$ and the matrix $S \\in \\mathbb{R}^{m \\times n}$. $$B = U S U^T$$',
    code: 'shape/product',
  },
  {
    rule: 'a letter that another section has defined may be said anew',
    silent: '$X \\in \\mathbb{R}^{N\\times D}$, $y \\in \\mathbb{R}^N$, $F \\in \\mathbb{R}^{N\\times K}$, $t = X^T y$.\n\n# Features\n\n$$t = F^T y$$',
    wrong: '$X \\in \\mathbb{R}^{N\\times D}$, $y \\in \\mathbb{R}^N$, $F \\in \\mathbb{R}^{N\\times K}$, $t = X^T y$. $$t = F^T y$$',
    code: 'shape/equation',
  },
  {
    rule: 'what a lemma declares is its own',
    silent: '\\begin{definition} $a \\in \\mathbb{R}^n$ \\end{definition}\n\nGiven $x, y\\in \\mathbb{R}^d$. $$z = a x + y$$',
    wrong: '$a \\in \\mathbb{R}^{n}$ and $x, y\\in \\mathbb{R}^d$. $$z = a x + y$$',
    code: 'shape/product',
  },
  {
    rule: 'a column of zeros may lie',
    silent: '$X \\in \\mathbb{R}^{n \\times p}$. $$\\mathbf{1}_n^\\top X = \\mathbf{0}_p$$',
    wrong: '$X \\in \\mathbb{R}^{n \\times p}$. $$\\mathbf{1}_n^\\top X = \\mathbf{0}_n$$',
    code: 'shape/equation',
  },
  {
    rule: 'a letter with two shapes is used again',
    silent: '$A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$, $y = A x$.\n\n# Later\n\n$x \\in \\mathbb{R}^k$ is another.\n\n# Last\n\n$$z = A x$$',
    wrong: '$A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^k$.\n\n# Last\n\n$$z = A x$$',
    code: 'shape/product',
  },
  {
    rule: 'a declaration in a section beside this one is out of sight',
    silent: '# One\n\n$A \\in \\mathbb{R}^{m \\times n}$\n\n# Two\n\n$x \\in \\mathbb{R}^m$\n\n$$z = A x$$',
    wrong: '# One\n\n$A \\in \\mathbb{R}^{m \\times n}$\n\n## Two\n\n$x \\in \\mathbb{R}^m$\n\n$$z = A x$$',
    code: 'shape/product',
  },
  {
    rule: 'a symbol that only its uses give a shape may be another letter',
    silent: '$A \\in \\mathbb{R}^{m \\times n}$, $B \\in \\mathbb{R}^{k \\times k}$\n\n$$A u = b$$ $$B u = c$$',
    wrong: '$A \\in \\mathbb{R}^{m \\times n}$, $B \\in \\mathbb{R}^{k \\times k}$, $v \\in \\mathbb{R}^n$\n\n$$u = v$$ $$c = B u$$',
    code: 'shape/product',
  },
  {
    rule: 'a part of a vector need not be as long as it',
    silent: '$x \\in \\mathbb{R}^n$, $B \\in \\mathbb{R}^{m \\times m}$\n\n$$y = B x_B$$',
    wrong: '$x \\in \\mathbb{R}^n$, $B \\in \\mathbb{R}^{m \\times m}$\n\n$$y = B x$$',
    code: 'shape/product',
  },
  {
    rule: 'one index of a matrix is a row or a column of it',
    silent: '$X \\in \\mathbb{R}^{n \\times p}$, $\\beta \\in \\mathbb{R}^p$, $i = 1, \\dots, n$\n\n$$\\mu_i = X_i^\\top \\beta$$',
    wrong: '$X \\in \\mathbb{R}^{n \\times p}$, $\\beta \\in \\mathbb{R}^p$, $i = 1, \\dots, n$\n\n$$\\mu = X^\\top \\beta$$',
    code: 'shape/product',
  },
  {
    rule: 'brackets around a lone symbol hold an argument',
    silent: '$W \\in \\mathbb{R}^{n \\times n}$, $\\mu \\in \\mathbb{R}^p$, $r \\in \\mathbb{R}^n$\n\n$$z = W(\\mu)\\, r$$',
    wrong: '$W \\in \\mathbb{R}^{n \\times n}$, $\\mu \\in \\mathbb{R}^p$, $r \\in \\mathbb{R}^n$\n\n$$z = W \\mu + r$$',
    code: 'shape/product',
  },
  {
    rule: 'brackets after a letter that hold several things are arguments',
    silent: '$p \\in \\mathbb{R}^n$, $q \\in \\mathbb{R}^m$, $s \\in \\mathbb{R}$\n\n$$z = p(q, s)$$',
    wrong: '$p \\in \\mathbb{R}^n$, $q \\in \\mathbb{R}^m$\n\n$$z = p + q$$',
    code: 'shape/sum',
  },
  {
    rule: 'zeros that fill up a list have the form of their neighbour',
    silent: '$A \\in \\mathbb{R}^{m \\times n}$, $c \\in \\mathbb{R}^n$, $x \\in \\mathbb{R}^{m+n}$\n\n$$z = (0 \\mid c)^T x$$',
    wrong: '$A \\in \\mathbb{R}^{m \\times n}$, $c \\in \\mathbb{R}^n$, $x \\in \\mathbb{R}^{m+n}$\n\n$$z = c^T x$$',
    code: 'shape/product',
  },
  {
    rule: 'a formula that states nothing is a mention',
    silent: 'Let $A \\in \\mathbb{R}^{n \\times p}$. The inverse is written $A^{-1}$.',
    wrong: 'Let $A \\in \\mathbb{R}^{n \\times p}$. The inverse is $B = A^{-1}$.',
    code: 'shape/argument',
  },
  {
    rule: 'a number is said of each entry',
    silent: 'With $p \\in \\mathbb{R}^k$ and $n > 0$ we set $p = 1$.',
    wrong: 'With $p \\in \\mathbb{R}^k$ and $r \\in \\mathbb{R}$ we have $p \\equiv r$.',
    code: 'shape/equation',
  },
  {
    rule: 'the inverse of a function is a function',
    silent: '$f : \\mathbb{R}^p \\to \\mathbb{R}^q$, $y \\in \\mathbb{R}^q$, $x \\in \\mathbb{R}^p$\n\n$$x = f^{-1}(y)$$',
    wrong: '$F \\in \\mathbb{R}^{p \\times q}$, $y \\in \\mathbb{R}^q$, $x \\in \\mathbb{R}^p$\n\n$$x = F^{-1} y$$',
    code: 'shape/argument',
  },
  {
    rule: 'what one exercise declares is not said of the next',
    silent: '1. Find $\\nabla f(x)$ of $f(x) = c^\\top x$ for $x \\in \\mathbb{R}^p$.\n1. Let $a \\in \\mathbb{R}^n$. Find the gradient of $f(x) = a^\\top x$.',
    wrong: '1. Here $x \\in \\mathbb{R}^p$.\n1. Let $a \\in \\mathbb{R}^n$. Find the gradient of $f(x) = a^\\top x$.',
    code: 'shape/product',
  },
  {
    rule: 'numbers in a row may stand below one another',
    silent: '$G \\in \\mathbb{R}^{2 \\times 2}$, $x \\in \\mathbb{R}^2$ and $y = (2.3, -1.9)$, $s = [2.3, -1.9]$\n\n$$r = y - G x - s$$',
    wrong: '$G \\in \\mathbb{R}^{2 \\times 2}$, $x \\in \\mathbb{R}^2$ and $y = [2.3, -1.9, 1]^\\top$\n\n$$r = y - G x$$',
    code: 'shape/sum',
  },
  {
    rule: 'a number in the place of a letter is an example',
    silent: '$g, x \\in \\mathbb{R}^n$ and $g = [6 x_1, 5 x_2]^\\top$.',
    wrong: '$g, x \\in \\mathbb{R}^3$ and $g = [6 x_1, 5 x_2]^\\top$.',
    code: 'shape/equation',
  },
  {
    rule: 'a membership of a value declares the function again',
    silent: '$f : \\mathbb{R}^n \\to \\mathbb{R}$, $x \\in \\mathbb{R}^n$. Now $f(x) \\in \\mathbb{R}^m$.',
    wrong: '$A \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^n$. Now $A x \\in \\mathbb{R}^m$.',
    code: 'shape/annotation',
  },
  {
    rule: 'a membership of a symbol declares it again, where it is not what defines it',
    silent: '$A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$, $r \\in \\mathbb{R}$, $z = r$. $$z = A x \\in \\mathbb{R}^n$$',
    wrong: '$A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$. $$z = A x \\in \\mathbb{R}^n$$',
    code: 'shape/annotation',
  },
  {
    rule: 'the argument of a function may be another letter than elsewhere',
    silent: '$f : \\mathbb{R}^n \\to \\mathbb{R}^m$, $A \\in \\mathbb{R}^{m \\times n}$, $B \\in \\mathbb{R}^{k \\times k}$, $b \\in \\mathbb{R}^m$. $$B x = c$$ $$f(x) = A x + b$$ $$D f(x) = A$$',
    wrong: '$f : \\mathbb{R}^n \\to \\mathbb{R}^m$, $A \\in \\mathbb{R}^{m \\times n}$, $b \\in \\mathbb{R}^m$. $$f(x) = A x + b$$ $$D f(x) = A^\\top$$',
    code: 'shape/equation',
  },
  {
    rule: 'a shape is stated where a symbol is defined or nowhere',
    silent: '$W \\in \\mathbb{R}^{m \\times n}$, $d = \\partial L / \\partial z$. $$y = W d$$ $$y = d$$',
    wrong: '$W \\in \\mathbb{R}^{m \\times n}$, $d = \\partial L / \\partial z \\in \\mathbb{R}^m$. $$y = W d$$',
    code: 'shape/product',
  },
  {
    rule: 'brackets after an entry of a function hold its argument',
    silent: '$t \\in \\mathbb{R}$, $s \\in \\mathbb{R}^k$, $B \\in \\mathbb{R}^{m \\times n}$, $A(t) = t B$, $i = 1, \\dots, m$, $j = 1, \\dots, n$\n\n$$a = A_{ij}(t + 1) + 1$$ $$r = t\\, s$$',
    wrong: '$t \\in \\mathbb{R}$, $s \\in \\mathbb{R}^k$, $B \\in \\mathbb{R}^{m \\times n}$\n\n$$r = B s$$',
    code: 'shape/product',
  },
  {
    rule: 'things told one after the other in brackets are no blocks of a matrix',
    silent: '$x \\in \\mathbb{R}^n$, $\\lambda \\in \\mathbb{R}^m$. The point is $w = [x, \\lambda]$, or $v = (x, \\lambda)$.',
    wrong: '$x \\in \\mathbb{R}^n$, $\\lambda \\in \\mathbb{R}^m$. The point is $$w = \\begin{bmatrix} x & \\lambda \\end{bmatrix}$$',
    code: 'shape/argument',
  },
  {
    rule: 'a bound is said of every entry',
    silent: '$x \\in \\mathbb{R}^n$, $u \\in \\mathbb{R}$, $-\\infty < x < \\infty$, $u \\le x$.',
    wrong: '$x \\in \\mathbb{R}^n$, $u \\in \\mathbb{R}^m$, $u \\le x$.',
    code: 'shape/equation',
  },
  {
    rule: 'a letter that is zero, or two things by turns, is no size',
    silent: '$A \\in \\mathbb{R}^{n \\times k}$. Where $k = 0$, and $n = k + 1$ here, $n = k + 2$ there, $A$ is small.',
    wrong: '$A \\in \\mathbb{R}^{n \\times k}$, $x \\in \\mathbb{R}^m$, $m = k + 1$, $y = A x$.',
    code: 'shape/product',
  },
  {
    rule: 'a matrix that an example writes out in numbers is another letter in another section',
    silent: '# One\n\n$T = [[1, 2], [3, 4]]$\n\n# Two\n\n$x \\in \\mathbb{R}$\n\n$$a = \\frac{x}{T}$$',
    wrong: '# One\n\n$T = [[1, 2], [3, 4]]$\n\n## Two\n\n$x \\in \\mathbb{R}$\n\n$$a = \\frac{x}{T}$$',
    code: 'shape/argument',
  },
  {
    rule: 'a function that is said to be a number somewhere is not defined by that',
    silent: '$u \\in \\mathbb{R}^n$, $\\beta \\in \\mathbb{R}^k$, $E(u \\mid \\beta) = 0$. $$r = E(\\beta \\beta^\\top)$$',
    wrong: '$u \\in \\mathbb{R}^n$, $\\beta \\in \\mathbb{R}^k$, $E(u) = 2 u^\\top u$. $$r = E(\\beta \\beta^\\top)$$',
    code: 'shape/argument',
  },
  {
    rule: 'a function of another number of arguments is another function',
    silent: '$x, c \\in \\mathbb{R}^p$, $i = 1, \\dots, k$, $h(x) = c^\\top x$. $$s = \\prod_{i=1}^k h(i, x)$$',
    wrong: '$x, c \\in \\mathbb{R}^p$, $i = 1, \\dots, k$, $h(x) = c^\\top x$. $$s = \\prod_{i=1}^k h(i)$$',
    code: 'shape/argument',
  },
  {
    rule: 'the parameter of a function has its shape from a declaration in sight or from nowhere',
    silent: '# One\n\n$u \\in \\mathbb{R}^n$\n\n# Two\n\n$t \\in \\mathbb{R}$, $n(u) = \\|u\\|$. $$s = n(t)$$',
    wrong: '$u \\in \\mathbb{R}^n$\n\n$t \\in \\mathbb{R}$, $n(u) = \\|u\\|$. $$s = n(t)$$',
    code: 'shape/argument',
  },
  {
    rule: 'what stands behind an arrow is what a function does',
    silent: '$A \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^n$. $$A = x \\mapsto 2 x$$',
    wrong: '$A \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^n$. $$A = 2 x$$',
    code: 'shape/equation',
  },
  {
    rule: 'a matrix of numbers may be an example of what an equation holds for',
    silent: '$A, B \\in \\mathbb{R}^{2 \\times 2}$. Solve $A B = b$ for $$b = \\begin{bmatrix} 5 \\\\ 11 \\end{bmatrix}$$',
    wrong: '$A, B \\in \\mathbb{R}^{2 \\times 2}$, $x \\in \\mathbb{R}^2$. Solve $A B = b$ for $$b = A x$$',
    code: 'shape/equation',
  },
  {
    rule: 'a colon before a membership parts an equation from what it supposes',
    silent: '$a, b \\in \\mathbb{R}$ $$Q = \\begin{bmatrix} -a & a \\\\ b & -b \\end{bmatrix} : a \\in [1, 2]$$',
    wrong: '$a, b \\in \\mathbb{R}$ $$Q = \\begin{bmatrix} -a & a \\\\ b & -b \\end{bmatrix} : b$$',
    code: 'shape/sum',
  },
  {
    rule: 'a membership in numbers where there should be letters is an example',
    silent: 'For $w \\in \\mathbb{R}^n$ and $a \\in \\mathbb{R}$. Now let $w = (\\frac12) \\in \\mathbb{R}^1$.',
    wrong: 'For $w \\in \\mathbb{R}^n$, $u \\in \\mathbb{R}^m$. Now let $w = u \\in \\mathbb{R}^k$.',
    code: 'shape/annotation',
  },
  {
    rule: 'the identity is the case in which an oblong matrix is square',
    silent: 'Here $R \\in \\mathbb{R}^{n \\times r}$; without it, $R = I$.',
    wrong: 'Here $R \\in \\mathbb{R}^{n \\times r}$, $S \\in \\mathbb{R}^{r \\times n}$; without it, $R = S$.',
    code: 'shape/equation',
  },
  {
    rule: 'a bold matrix has entries in thin letters',
    silent: 'Let $\\mathbf{B} = (b_{ij})$ be an $n \\times n$ matrix.',
    wrong: 'Let $\\mathbf{B} = b$ be an $n \\times n$ matrix, $b \\in \\mathbb{R}^n$.',
    code: 'shape/equation',
  },
  {
    rule: 'invisible braces in brackets say nothing',
    silent: 'The $n$-by-1 vector $\\mathbf{x} = \\left[ {x_1 \\cdots x_n} \\right]^\\top$.',
    wrong: 'The $n$-by-1 vector $\\mathbf{x} = \\left[ {x_1 \\cdots x_n} \\right]$.',
    code: 'shape/equation',
  },
  {
    rule: 'two numbers before dots are no range',
    silent: '$$\\sum_{j=1}^p \\lambda_j g_j = 0, \\quad \\lambda_j \\ge 0, \\quad j = 1, 2, \\dots, p$$',
    wrong: '$\\lambda \\in \\mathbb{R}^m$ $$\\sum_{j=1}^p \\lambda_j = 0, \\quad \\lambda_j \\ge 0, \\quad j = 1, 2, \\dots, p$$',
    code: 'index/range',
  },
  {
    rule: 'the variance of a column may be the matrix of covariances',
    silent: '$b \\in \\mathbb{R}^k$, $X \\in \\mathbb{R}^{T \\times k}$. $$\\mathrm{Var}(b) = (X^\\top X)^{-1}$$',
    wrong: '$b \\in \\mathbb{R}$, $X \\in \\mathbb{R}^{T \\times k}$. $$\\mathrm{Var}(b) = (X^\\top X)^{-1}$$',
    code: 'shape/equation',
  },
  {
    rule: 'a letter beyond a list of parts is another one',
    silent: '$$\\beta = \\begin{bmatrix} \\beta_1 \\\\ \\beta_2 \\end{bmatrix}$$ $$m = \\beta_1 u + \\beta_2 v + \\beta_3 w$$',
    wrong: '$\\beta \\in \\mathbb{R}^2$ $$m = \\beta_1 u + \\beta_2 v + \\beta_3 w$$',
    code: 'index/range',
  },
  {
    rule: 'a matrix of numbers is an example of one that is declared in letters',
    silent: '$C \\in \\mathbb{R}^{q \\times p}$, such as $$C = \\begin{bmatrix} 0 & 1 & 0 \\\\ 0 & 0 & 1 \\end{bmatrix}$$',
    wrong: '$C \\in \\mathbb{R}^{p \\times p}$, such as $$C = \\begin{bmatrix} 3 & 1 & 4 \\\\ 2 & 5 & 1 \\end{bmatrix}$$',
    code: 'shape/equation',
  },
  {
    rule: 'what is declared behind a prime is a symbol of its own',
    silent: '$X \\in \\mathbb{R}^{n \\times p}$. Centred data are $X\' = [x\'_i]_{1 \\le i \\le n} \\in \\mathbb{R}^{n \\times p}$.',
    wrong: '$X \\in \\mathbb{R}^{n \\times p}$. Centred data are $X^\\top = Z \\in \\mathbb{R}^{n \\times p}$.',
    code: 'shape/annotation',
  },
  {
    rule: 'a bold function does to every part what the plain one does to one',
    silent: '$m : \\mathbb{R}^s \\to \\mathbb{R}$, $\\gamma \\in \\mathbb{R}^k$, $\\eta \\in \\mathbb{R}^n$, $\\eta = \\mathbf m(\\gamma)$, $t = m(\\gamma_i)$.',
    wrong: '$m : \\mathbb{R}^s \\to \\mathbb{R}$, $\\gamma \\in \\mathbb{R}^k$, $t = m(\\gamma)$.',
    code: 'shape/argument',
  },
  {
    rule: 'the chain rule supposes a dependence that the text need not define',
    silent: '$x \\in \\mathbb{R}$, $y \\in \\mathbb{R}$, $z = y^2$.\n\n$$\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial y} \\frac{\\partial y}{\\partial x}$$',
    wrong: '$x \\in \\mathbb{R}$, $y \\in \\mathbb{R}$, $z = y^2$.\n\n$$\\frac{\\partial z}{\\partial x} = 2 y x$$',
    code: 'chain/independent',
  },
  {
    rule: 'what depends on no entry of a matrix has no derivative by one, also where numbers find no point',
    silent: '$Y, Z \\in \\mathbb{R}^{n \\times k}$, $P = \\operatorname{softmax}(Z)$, $L = \\sum_{i=1}^n \\sum_{j=1}^k Y_{ij} \\log P_{ij}$.\n\n$$\\frac{\\partial L}{\\partial P_{ij}} = \\frac{Y_{ij}}{P_{ij}}$$',
    wrong: '$Y, Z \\in \\mathbb{R}^{n \\times k}$, $P = \\operatorname{softmax}(Z)$, $L = \\sum_{i=1}^n \\sum_{j=1}^k Y_{ij} \\log(-Y_{ij}^2)$.\n\n$$\\frac{\\partial L}{\\partial P_{ij}} = \\frac{Y_{ij}}{P_{ij}}$$',
    code: 'chain/independent',
  },
  {
    rule: 'a case distinction between numbers is said of each entry',
    silent: '$z \\in \\mathbb{R}^n$, $r \\in \\mathbb{R}^n$\n\n$$r = \\begin{cases} 1 & \\text{if } t > 0 \\\\ 0 & \\text{otherwise} \\end{cases}$$',
    wrong: '$z \\in \\mathbb{R}^n$, $r \\in \\mathbb{R}^m$\n\n$$r = \\tanh(z)$$',
    code: 'shape/equation',
  },
  {
    rule: 'a matrix that is written out may have one row where m are declared',
    silent: '$H$ is an $m \\times n$ matrix, such as $$H = \\begin{bmatrix} 1 & 3 \\end{bmatrix}$$',
    wrong: '$H$ is an $n \\times n$ matrix, such as $$H = \\begin{bmatrix} 1 & 3 \\end{bmatrix}$$',
    code: 'shape/equation',
  },
  {
    rule: 'a hat makes a matrix of a vector',
    silent: '$\\phi \\in \\mathbb{R}^3$, $a \\in \\mathbb{R}^3$\n\n$$\\phi^\\wedge = \\begin{bmatrix} 0 & -3 & 2 \\\\ 3 & 0 & -1 \\\\ -2 & 1 & 0 \\end{bmatrix} \\in \\mathbb{R}^{3 \\times 3}$$ $$[a]_\\times = B \\in \\mathbb{R}^{3 \\times 3}$$',
    wrong: '$\\phi \\in \\mathbb{R}^3$\n\n$$\\phi = \\begin{bmatrix} 4 & -3 & 2 \\\\ 3 & 5 & -1 \\\\ -2 & 1 & 6 \\end{bmatrix}$$',
    code: 'shape/equation',
  },
  {
    rule: 'a chain of derivatives may be in another layout than a name for its end',
    silent: '$W \\in \\mathbb{R}^{k \\times n}$, $x \\in \\mathbb{R}^n$, $h = \\tanh(x)$, $t = W h$, $s = \\|t\\|^2$, $\\delta = 2 t^\\top$\n\n$$\\frac{\\partial s}{\\partial W} = 2 t h^\\top, \\quad \\delta_2 = \\frac{\\partial s}{\\partial x}$$\n$$\\delta_2 = \\frac{\\partial s}{\\partial x} = \\frac{\\partial s}{\\partial t} \\frac{\\partial t}{\\partial h} \\frac{\\partial h}{\\partial x} $$',
    wrong: '$W \\in \\mathbb{R}^{k \\times n}$, $x \\in \\mathbb{R}^n$, $h = \\tanh(x)$, $t = W h$, $s = \\|t\\|^2$, $\\delta = 2 t^\\top$\n\n$$\\frac{\\partial s}{\\partial W} = 2 t h^\\top, \\quad \\delta_2 = \\frac{\\partial s}{\\partial x}$$\n$$\\delta_2 = \\frac{\\partial s}{\\partial x} = \\delta^\\top W$$',
    code: 'shape/product',
  },
  {
    rule: 'an index that no sum binds may count something else elsewhere, but not in a claim by an entry that it tells',
    silent: '$W \\in \\mathbb{R}^{k \\times d}$, $x \\in \\mathbb{R}^d$, $z \\in \\mathbb{R}^k$\n\n$$s_{ij} = W_{ij} z_j$$',
    wrong: '$W \\in \\mathbb{R}^{k \\times d}$, $x \\in \\mathbb{R}^d$, $z = W x$, $L = z^\\top z$\n\n$$\\frac{\\partial L}{\\partial W_{ij}} = 2 z_j x_i$$',
    code: 'index/range',
  },
];

describe('a text that never heard of Chainrule', () => {
  it.each(rules)('$rule', ({ silent, wrong, code }) => {
    expect(said(silent)).toEqual([]);
    expect(said(wrong)).toEqual([code]);
  });

  it('may bind an index again and leave the bounds of another place to a sum', () => {
    const text = '$x \\in \\mathbb{R}^n$\n\n$$s = \\sum_{i=1}^n (x_i - \\frac1n \\sum_{i=1}^n x_i)$$';
    expect(said(text)).toEqual([]);
    expect(said(`<!-- chainrule: s : scalar -->\n\n${text}`)).toEqual(['index/range']);
  });

  it('is told of a sum with bounds of its own that are not those of the axis', () => {
    expect(said('$x \\in \\mathbb{R}^n$, $z \\in \\mathbb{R}^m$\n\n$$s = \\sum_{i=1}^m x_i$$')).toEqual(['index/range']);
  });

  it('is told by one annotation to keep to what it declares anywhere', () => {
    const [{ silent, code }] = rules.slice(1) as [(typeof rules)[number]];
    expect(said(`<!-- chainrule: t : scalar -->\n\n${silent}`)).toEqual([code]);
  });
});

it('comes to an end on a text that begins with an empty line', () => {
  expect(said('\n$A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^m$\n\n$$y = A x$$')).toEqual(['shape/product']);
});

describe('numbers do not refute', () => {
  const declared = '$x, y \\in \\mathbb{R}$\n\n';

  it('the value of a derivative at one point', () => {
    expect(said(`${declared}$$q = x y$$\n\nAt $(4, -3)$ we find $\\frac{\\partial q}{\\partial x} = -3$.`, true)).toEqual([]);
    expect(said(`${declared}$$q = 2 x + y$$\n\nAt $(4, -3)$ we find $\\frac{\\partial q}{\\partial x} = -3$.`, true)).toEqual(['verify/refuted']);
    expect(said(`${declared}$$q = x + y^2$$\n\nAt $(4, -3)$ we find $\\frac{\\partial q}{\\partial y} = -6$.`, true)).toEqual([]);
    expect(said(`${declared}$$q = x y$$\n\nWe find $\\frac{\\partial q}{\\partial x} = x$.`, true)).toEqual(['verify/refuted']);
  });

  it('a bold letter of which the text says only what the plain one is', () => {
    const before = '$\\mathbf X \\in \\mathbb{R}^{n \\times d}$, $\\mathbf w \\in \\mathbb{R}^d$, $\\epsilon \\in \\mathbb{R}$\n\n';
    const claim = (y: string, right: string) => `$$\\nabla_{\\mathbf w} \\|${y} - \\mathbf X \\mathbf w\\|^2 = ${right}$$`;
    expect(said(`${before}${claim('\\mathbf y', '2 \\mathbf X^\\top (\\mathbf X \\mathbf w - \\mathbf y)')}\n\n$$y = 3 \\epsilon$$`, true)).toEqual([]);
    expect(said(`${before}${claim('\\mathbf y', '3 \\mathbf X^\\top (\\mathbf X \\mathbf w - \\mathbf y)')}\n\n$$\\mathbf y = 3 \\mathbf X \\mathbf w_0, \\quad \\mathbf w_0 \\in \\mathbb{R}^d$$`, true)).toEqual(['verify/refuted']);
  });

  it('a model of what is then compared with it', () => {
    const before = '$\\theta \\in \\mathbb{R}^d$, $\\Phi \\in \\mathbb{R}^{n \\times d}$, $y \\in \\mathbb{R}^n$, $y = \\Phi \\theta$\n\n$$e(\\theta) = y - \\Phi \\theta$$\n\n';
    expect(said(`${before}$$\\frac{\\partial e}{\\partial \\theta} = -\\Phi$$`, true)).toEqual([]);
    expect(said(`${before}$$\\frac{\\partial e}{\\partial \\theta} = -2 \\Phi$$`, true)).toEqual(['verify/refuted']);
  });

  it('a function that the text uses again', () => {
    expect(said(`${declared}$$q = x y$$\n\nNow let $q = x + y$, so that $\\frac{\\partial q}{\\partial x} = 1 + 0 y$.`, true)).toEqual([]);
    expect(said(`${declared}$$q = x y$$\n\nThat is $q = y x$, so that $\\frac{\\partial q}{\\partial x} = 1 + 0 y$.`, true)).toEqual(['verify/refuted']);
  });

  it('steps in time and in space', () => {
    const before = '$v, x, t \\in \\mathbb{R}$\n\n';
    expect(said(`${before}$$dt = \\frac{dx}{2 v}$$`, true)).toEqual([]);
    expect(said(`${before}$$t = \\frac{x}{v}$$ $$\\frac{dt}{dx} = \\frac{1}{2 v}$$`, true)).toEqual(['verify/refuted']);
  });

  it('rules about functions of which nothing is said', () => {
    expect(said('$y \\in \\mathbb{R}$, $x \\in \\mathbb{R}$\n\n$$dy = \\frac{dy}{dx} dx$$', true)).toEqual([]);
  });

  it('is silent about the boundary of a set, which is no differential', () => {
    const declared = 'Let $D, S \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^n$ and $f = x^\\top D x$. ';
    expect(said(`${declared}$$\\partial D = S$$`, true)).toEqual([]);
    expect(said(`${declared}$$\\partial f = x^\\top (\\partial D) D$$`, true)).not.toEqual([]);
  });

  it('is silent about an equation of motion beside what a letter is at the boundary', () => {
    const declared = 'Let $y, c \\in \\mathbb{R}$ and $u = 1 - \\cos(\\pi y)$ on the boundary. ';
    expect(said(`${declared}$$\\frac{\\partial u}{\\partial t} = c u$$`, true)).toEqual([]);
    expect(said(`${declared}$$\\frac{\\partial u}{\\partial y} = c u$$`, true)).toEqual(['verify/refuted']);
  });

  it('what an update says of itself', () => {
    expect(said(`${declared}$$x = x - y$$\n\n$$q = x^2$$\n\n$$\\frac{dq}{dx} = 2 x$$`, true)).toEqual([]);
  });
});
