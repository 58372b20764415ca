import { expect, it } from 'vitest';
import { readMarkdown } from '../../src/syntax/read-markdown.ts';
import { showItem } from './show.ts';

/** What published notes write, and what each form is read as. */
const forms: readonly (readonly [string, ...string[]])[] = [
  ['\\\\(w_{y_i}\\\\)', 'w_y_i'],
  ['$$ x = y $$ (eq_kalman)', 'x  = y'],
  ['$$ x = y $$ {#eq-x}', 'x  = y'],
  ['\\begin{equation} x = y \\end{equation}', 'x  = y'],
  ['<script type="math/tex; mode=display">x = y</script>', 'x  = y'],
  ['$p(x\'\\mid x)$, $f(x\')$, $s\'$', 'p(x\', x)', 'f(x\')', 's\''],
  ['$$x^{k+1} = x^k - \\alpha\\nabla f(x^k)$$', 'x^(add k 1)  = (sub x^k (mul α (gradient f(x^k))))'],
  ['$W^{l}$, $A^{l-1}$, $Z^l_{ij}$', 'W^l', 'A^(sub l 1)', 'Z^l_{i,j}'],
  ['$\\hat x_{k|k-1}$, $\\Sigma_{x|y}$, $x_{t+1\\mid t}$', 'hat:x_"k|k-1"', 'Σ_"x|y"', 'x_"t+1|t"'],
  ['$\\hat x_k^-$, $e_k^{-T}$', 'hat:x_k^"-"', 'e_k^-T'],
  ['$\\mathbf{a}_1, \\ldots, \\mathbf{a}_n \\in \\mathbb{R}^m$', 'bold:a_1, ?, bold:a_n : m'],
  ['$x_i \\in \\mathbb{R}^d$, $x^{(i)} \\in \\mathbb{R}^d$', 'x_i : d', 'x^"(i)" : d'],
  ['$\\nabla_x f \\in \\mathbb{R}^n$, $Ax \\in \\mathbb{R}^m$', '(gradient f x)  ∈ n', '(mul A x)  ∈ m'],
  ['$W = (w_1 \\cdots w_k) \\in \\mathbb{R}^{m\\times k}$', 'W  = (mul w_1 ? w_k)  ∈ m×k'],
  ['$f : \\mathbb{R}^n \\mapsto \\mathbb{R}$', 'f : n → scalar'],
  ['$\\langle u | h \\rangle$', '(inner u h)'],
  ['$$\\operatorname{D} f(\\mathbf X) = \\mathbf a\' \\otimes \\mathbf I$$', '(mul rm:D f(bold:X))  = (kron bold:a\' bold:I)'],
  ['$\\mathbf{K}_{nq}$, $\\mathbf{D}_n^+$, $\\operatorname{vech} A$', 'bold:K_{n,q}', 'bold:D_n^+', 'vech(A)'],
  ['$$[\\nabla^2 f]_{ij} = \\ldots$$ $(Ax)_k$, $s(\\mathbf x)_i$', '(hessian2 f)_{i,j}  = ?', '(mul A x)_k', 's(bold:x)_i'],
  ['$$\\partial_{o_j} l = \\mathrm{softmax}(o)_j - y_j$$', '(partial l o_j)  = (sub softmax(o)_j y_j)'],
  ['$$\\frac{d}{dx_k} x_i a_{ij} x_j = a_{kj}x_j + x_i a_{ik}$$', '(total (mul x_i a_{i,j} x_j) x_k)  = (add (mul a_{k,j} x_j) (mul x_i a_{i,k}))'],
  ['$\\hat y = X w + b$, $H = \\sigma(X W^{(1)} + b^{(1)})$', 'hat:y  = (add (mul X w) b)', 'H  = σ((add (mul X W^"(1)") b^"(1)"))'],
  ['$$s_t = \\beta s_{t-1} + (1-\\beta) g_t^2$$ $$\\frac{1}{\\sqrt{s_t}+\\epsilon} \\odot g_t$$', 's_t  = (add (mul β s_(sub t 1)) (mul (sub 1 β) g_t^2))', '(hadamard (div 1 (add (sqrt s_t) ϵ)) g_t)'],
  ['$H \\circ (1 - H)$, $1 - \\hat y$', '(compose H (sub 1 H))', '(sub 1 hat:y)'],
  ['$-\\frac{\\mathbf y}{\\mathbf s}$, $\\mathrm{diag}(\\frac{\\mathbf 1}{\\mathbf s})$', '(neg (div bold:y bold:s))', 'diag((div bold:1 bold:s))'],
  ['$$\\textrm{prod}(\\frac{\\partial Z}{\\partial Y}, \\frac{\\partial Y}{\\partial X})$$', 'prod((partial Z Y), (partial Y X))'],
  ['$diag(v)$, $tr(ABC)$, $tanh(Wx)$, $prox_g(x)$', 'diag(v)', 'tr((mul A B C))', 'tanh((mul W x))', 'prox_g(x)'],
  ['$\\text{tr}\\,X$, $\\mbox{sin}(w)$, $\\mathbf{tr}\\;X$', 'tr(X)', 'sin(w)', 'tr(X)'],
  ['$ {\\bf x}$, $\\mathbf{Ax}$, $\\bs{Xw}$', '(mul bold:A bold:x)', '(mul bold:X bold:w)'],
  ['$\\lambda_{\\max}(A)$, $\\sigma_1(A)$, $\\operatorname{rank} A$, $\\kappa(A)$', 'lambdamax(A)', 'σ_1(A)', 'rank(A)', 'κ(A)'],
  ['$\\\\|M\\\\|_2$, $\\\\|\\cdot\\\\|$, $\\\\|x\\\\|_{A^{-1}}$', '(norm2 M)', '(norm ?)', '(normWeighted x A^-1)'],
  ['$$\\begin{pmatrix} \\mid & & \\mid \\\\ a_1 & \\cdots & a_n \\\\ \\mid & & \\mid \\end{pmatrix}$$', '[a_1, ?, a_n]'],
  ['$x = (x_1; x_2; \\ldots; x_n)$, $[x_1, \\ldots, x_n]^\\top$', 'x  = [x_1; x_2; ?; x_n]', '[x_1, ?, x_n]^T'],
  ['$A = (a_{ij})_{m\\times n}$', 'A  ∈ m×n'],
  ['$f(x) \\to \\min_{x\\in\\mathbb R^n}$, $\\text{s.t. } Ax = b$', 'f(x)  → (minimum x: ?)', '(mul A x)  = b'],
  ['$$0 = X^TX\\theta^* - X^TY + n\\lambda\\theta^*$$ $$a = 0 \\implies \\theta^* = b$$', '0  = (add (sub (mul X^T X θ^"*") (mul X^T Y)) (mul n λ θ^"*"))', 'a  = 0', 'θ^"*"  = b'],
  ['$\\frac{2}{n} X^T(X\\theta-Y)$, $\\frac{QK^\\top}{\\sqrt{d_k}}$', '(mul (div 2 n) X^T((sub (mul X θ) Y)))', '(div (mul Q K^T) (sqrt d_k))'],
  ['$$\\frac{d}{dV}\\\\|X-UV\\\\|_2^2 = \\;?$$', '(total (norm2 (sub X (mul U V)))^2 V)'],
  ['$\\exp(\\boldsymbol\\phi^\\wedge)$, $e^{At}$', 'exp(hatmap(bold:ϕ))', 'e^(mul A t)'],
  ['$$\\frac{\\partial(\\mathbf{Rp})}{\\partial\\boldsymbol\\varphi}$$', '(partial (mul bold:R bold:p) bold:φ)'],
  ['$$\\underbrace{X^T}_{d\\times n}\\underbrace{(X\\theta-Y)}_{n\\times1}$$', '(mul {X^T : d×n} {(sub (mul X θ) Y) : n×1})'],
  ['$\\nabla_{(a,\\,b)^\\top} f$', '(gradient f [a, b]^T)'],
  ['$P \\in \\{0,1\\}^{n\\times n}$, $\\mathbf R \\in \\mathrm{SO}(3)$, $A \\in S_n$, $x \\in \\mathbb{R}_{++}$', 'P : n×n', 'bold:R : 3×3 orthogonal', 'x : scalar positive'],
  ['$(Q + \\beta B\'PB)^{-1}(\\beta B\'PA + N)$', '(mul (add Q (mul β B\' P B))^-1 (add (mul β B\' P A) N))'],
  ['$$\\begin{array}{*{20}{c}} a & b \\\\ c & d \\end{array}$$', '[a, b; c, d]'],
  ['$$\\nabla\\nabla^\\top f, \\quad \\mathbf H, \\quad H_f$$', '(gradient (gradient f))', 'bold:H', 'H_f'],
  ['$$D\\,\\mathrm{vec}F = A, \\quad \\mathsf D F(X) = B$$', '(mul D vec(F))  = A', '(mul sf:D F(X))  = B'],
  ['$$\\prod_{k=t}^{T}\\frac{\\partial h_k}{\\partial h_{k-1}}$$', '(product k=t..T: (partial h_k h_(sub k 1)))'],
  ['$$\\left.\\frac{\\partial f}{\\partial x}\\right|_{x=x_0} = 0$$', '?((partial f x))  = 0'],
  ['$$\\overset{!}{=}0$$', '!= 0'],
  ['$\\,{}^tx$, $x^t$, $x^*$, $x^H$, $h^{(k-1)T}$, $x_i^{(t)\\top}$, $(\\cdot)^T$', 'x^T', 'x^t', 'x^"*"', 'x^H', 'h^"(k-1)"^T', 'x_i^"(t)"^T', '?^T'],
  ['$X^{\\circ 2}$, $X^{\\odot 2}$, $\\sqrt{\\cdot}$, $\\frac{1}{A}$', 'X.^2', 'X.^2', '(sqrt ?)', '(div 1 A)'],
  ['$\\|x\\|_1, \\|x\\|_\\infty, \\|A\\|_*, \\|x\\|_p, \\|X\\|_{2,1}, ||x||$', '(norm1 x)', '(normInf x)', '(normNuclear A)', '(normWeighted x p)', '(normWeighted X [2, 1])', '(norm x)'],
  ['$|x|$, $|A|$, $p(a|b)$, $\\lvert x\\rvert$, $\\left|x\\right|$', '(bars x)', '(bars A)', 'p(a, b)', '(bars x)', '(bars x)'],
  ['$\\operatorname{Var}(x)$, $\\operatorname{Cov}(x, y)$, $\\operatorname{sym}(A)$, $\\operatorname{unvec}(x)$', 'var(x)', 'cov(x, y)', 'sym(A)', 'unvec(x)'],
  ['$\\arg\\min_x f(x)$, $\\min_{W} L$, $\\sup_x f$, $\\Gamma(x)$, $\\mathcal N(\\mu,\\Sigma)$', '(argmin x: f(x))', '(minimum W: L)', '(minimum x: f)', 'Γ(x)', 'cal:N(μ, Σ)'],
  ['$A^i{}_j$, $A_{i:}$, $A_{:,j}$, $A_{i\\cdot}$, $a_i^\\top$, $x_{1:t}$, $P_k^-$', 'A^i_j', 'A_{i,:}', 'A_{:,j}', 'A_{i,:}', 'a_i^T', 'x_"1:t"', 'P_k^"-"'],
  ['$\\mathbb 1[y=k]$, $\\mathbb 1_{\\{x>0\\}}$, $\\mathbf 1\\{x > 0\\}$, $I(x > 0)$, $[\\![x > 0]\\!]$', '(indicator (equal y k))', '(indicator (greater x 0))', '(indicator (greater x 0))', '(indicator (greater x 0))', '(indicator (greater x 0))'],
  ['$$f(x) = \\left\\{\\begin{array}{ll} x & x>0\\\\ 0 & \\text{otherwise}\\end{array}\\right.$$', 'f(x)  = (cases x (greater x 0) 0)'],
  ['$$x_i \\text{ for } i=1,\\dots,n, \\quad \\forall i$$', 'x_i', 'i : 1..n', 'i'],
  ['$$\\begin{bmatrix}A & B\\\\ C & D\\end{bmatrix}, [A \\mid b], [x;y]$$', '[A, B; C, D]', '[A, b]', '[x; y]'],
  ['$x^{\\text{new}}$, $x_{\\text{train}}$, $\\theta_{old}$, $\\text{loss}$, $dW1$', 'x^"new"', 'x_"train"', 'θ_"old"', '(mul d W 1)'],
  ['$$W \\leftarrow W-\\eta\\nabla_W L, \\quad W \\gets W - g$$', 'W  ← (sub W (mul η (gradient L W)))', 'W  ← (sub W g)'],
  ['$$a \\stackrel{(a)}{=} b \\overset{\\text{def}}{=} c \\triangleq d \\doteq e$$', 'a  = b  := c  := d  := e'],
  ['$$\\begin{align} a &= \\left( b + c \\right. \\\\ &\\left. + d \\right) \\end{align}$$', 'a  = (add (add b c) d)'],
  ['$$\\mathbb E_{x\\sim p}[f(x)], \\mathbf E[x], \\langle f\\rangle, \\operatorname{KL}(p\\|q), p_\\theta(y\\mid x), x\\sim\\mathcal N(\\mu,\\Sigma)$$', '(expectation x: f(x))', '(expectation : x)', '?(f)', 'KL(p, q)', 'p_θ(y, x)', 'x  ~ cal:N(μ, Σ)'],
  ['$A \\succeq 0$, $A \\preceq B$, $A \\perp B$, $a \\simeq b$, $a \\ll b$, $\\exists x$', 'A : symmetric', 'A  ⪰ B', 'A  ~ B', 'a  ≈ b', 'a  < b'],
  ['$\\mathfrak{g}$, $\\textsf{loss}$, $\\texttt{code}$, $ {\\cal L}$, $ {\\rm tr}(A)$, $ {x \\over y}$, $x \\bullet y$', 'tr(A)', '(div x y)', '(dot x y)'],
  ['```{math}\n:label: eq1\nx = y\n```', 'x  = y'],
  ['$$x = y$$\n:eqlabel:`eq_x`', 'x  = y'],
  ['$A \\in S_n$, $B \\in \\mathbb{S}_n$, $C \\in \\mathbb{S}^n_{++}$', 'B : n×n symmetric', 'C : n×n spd'],
  ['$u \\in S^{n-1}$, $v \\in \\mathbb{S}^2$', 'u : (add (sub n 1) 1)'],
  ['$0_{m\\times n}$', 'zeros(m, n)'],
  ['$\\sin.(x)$, $x \\mathbin{.*} y$, $x \\operatorname{.*} y$, $x ./ y$', 'sin(x)', '(hadamard x y)', '(hadamard x y)', '(hadamardDiv x y)'],
  ['$\\mathbf{u}.\\mathbf{n}$, $|v.{\\bf n}|$', '(dot bold:u bold:n)', '(bars (dot v bold:n))'],
  ['$4\\;(=2^2)$, $h_\\alpha (> 1/2)$', '(mul 4 ?(2^2))', '(mul h_α ?((div 1 2)))'],
  ['$\\|.\\|_2$, $\\|\\cdot\\|_1$', '(norm2 ?)', '(norm1 ?)'],
  ['$H_0: C \\beta = d$, $A : B = c$', '(mul C β)  = d', '(inner A B)  = c'],
  ['$$x = y \\eqno(3.19)$$', 'x  = y'],
  ['$$\\ell = -n \\log\\sigma + \\text{const.}, \\\\ a = b$$', 'ℓ  = (add (neg (mul n log(σ))) ?)', 'a  = b'],
  ['$$\\begin{pmatrix} a & b, \\\\ c & d. \\end{pmatrix}$$', '[a, b; c, d]'],
  ['$\\Pr(x > 0) = p$', 'rm:Pr((greater x 0))  = p'],
  ['$$\\begin{cases} a = 0 & \\forall v \\in V \\\\ b = 0 \\end{cases}$$', '(cases (equal a 0) ?(v, V) (equal b 0))'],
  ['$$\\begin{align} a &= b & & \\text{from } x = y \\\\ &= c \\end{align}$$', 'x  = y', 'a  = b  = c'],
  ['$]0,T[\\times\\Omega$, $t \\in ]0,1[$, $]a, b]$, $[0, \\infty[$, $L^2(]0,T[; V)$, $(a, b]$', 't : scalar', '[a, b]', '[0, inf]', 'L^2([0, T], V)', '[a, b]'],
  ['$A \\backslash b$, $(\\sigma : \\tau) + \\mu\\, D(u) : D(v)$, $\\nabla u . \\nabla v$', '(mul A^+ b)', '(add (inner σ τ) (inner (mul μ D(u)) D(v)))', '(dot (gradient u) (gradient v))'],
  ['$\\T_n = x$, $2\\times$ more, $$ {\\displaystyle \\sum_{i=1}^n}$$', '\\T_n  = x', '(sum i=1..n: ?)'],
  ['$$\\mu = \\frac1n \\text{cumsum}(x), \\quad\\mathrm{HC1:}\\quad \\omega = 3, \\quad \\frac{\\partial y}{\\partial x}:$$', 'μ  = (mul (div 1 n) cumsum(x))', '(mul HC 1)', 'ω  = 3', '(partial y x)'],
  ['$\\alpha = `r coef(fit)["a"]`$ and $\\beta$', 'α  = code@10'],
  ['$$\\begin{cases} a & \\text{if } i \\le n, ~ j > m \\\\ b & i = 1, \\ldots, p \\\\ c & \\text{otherwise} \\end{cases}$$', '(cases a (mul (lessEqual i n) (greater j m)) b ?((equal i 1), p) c)'],
  ['$\\nabla_{xx} L$, $\\nabla^2_{x\\theta} L$, $\\nabla_{xy} f$', '(hessian2 L x x)', '(hessian2 L x θ)', '(hessian2 f x y)'],
  ['1. \\$$f(X) = \\det X$$, costs \\$5', 'f(X)  = det(X)'],
];

it.each(forms)('%s', (text, ...expected) => {
  const { items, coverage } = readMarkdown(text);
  expect(items.map(showItem)).toEqual(expected);
  expect(coverage.read).toBe(coverage.mathBlocks);
});

/** What lies outside the notation is opaque, and what stands in it and around it is read all the same. */
const opaque: readonly (readonly [string, ...string[]])[] = [
  ['$$\\lim_{\\varphi\\to 0} \\frac{\\exp(\\varphi) - 1}{\\varphi}$$', '?((div (sub exp(φ) 1) φ))'],
  ['$V \\backslash \\{i\\}$, $V \\setminus S$', '?(V, i)', '?(V, S)'],
  ['$$b = \\nabla \\cdot (D u) + c$$', 'b  = (add ?((mul D u)) c)'],
  ['$A:B$, $\\langle A,B\\rangle_F$, $x \\wedge y$, $f\\circ g$, $A \\boxtimes B$', '(inner A B)', '(inner A B)_F', '?(x, y)', '(compose f g)', '?(A, B)'],
  ['$\\sum_{i\\in S} x_i$, $\\sum\\limits_{i} x_i$, $\\frac1m\\sum_i x_i$, $\\int f(x)\\,dx$, $\\int_0^1 x \\mathrm{d}x$', '(sum i: x_i)', '(sum i: x_i)', '(mul (div 1 m) (sum i: x_i))', '?((mul f(x) d x))', '?((mul x rm:d x))'],
  ['$a \\le b$, $a \\leqslant b$, $a \\neq b$, $a \\ne b$, $a \\pm b$, $a \\mp b$, $A \\subseteq B$, $A \\cup B$, $x \\notin S$, $\\binom{n}{k}$, $\\lfloor x \\rfloor$', 'a  ≤ b', 'a  ≤ b', 'a  ≠ b', 'a  ≠ b', '(add a b)', '(add a b)', 'A  ~ B', '?(A, B)', 'x  ~ S', 'binom(n, k)'],
  ['$\\mathring{x}$, $\\mathop{\\mathrm{argmin}}_x f$, $\\check x$, $\\overrightarrow{AB}$, $x \\xrightarrow{f} y$', '(argmin x: f)', '?((mul A B))', 'x  → y'],
];

it.each(opaque)('%s, in part', (text, ...expected) => {
  const { items, coverage } = readMarkdown(text);
  expect(items.filter((item) => item.kind !== 'problem').map(showItem)).toEqual(expected);
  expect(coverage.unread).toBe(0);
  expect(items.some((item) => item.kind === 'problem')).toBe(true);
});
