import type { Span } from '../base/span.ts';
import type { OpName } from './notation.ts';

/**
 * The tree of an expression as it was written, before any name is looked up: what depends on
 * declarations (is `f(x)` an application? is `x_i` an entry? is `'` a transpose?) stays open in it.
 * Elaboration (`derivation/elaborate.ts`) turns it into a `Term`.
 */
export type Expr =
  | NumberExpr
  | NameExpr
  | ApplyExpr
  | CallExpr
  | PostfixExpr
  | DerivativeExpr
  | BinderExpr
  | MatrixExpr
  | NotedExpr
  | NamedExpr
  | HoleExpr;

export interface NumberExpr {
  readonly kind: 'number';
  readonly value: number;
  readonly span: Span;
}

/** A letter with its style and accents, or a word; `name` is the canonical key of `name.ts`. */
export interface NameExpr {
  readonly kind: 'name';
  readonly name: string;
  readonly span: Span;
}

/** An operator of the table on its operands. `mul` takes two or more; `add` and `sub` are binary. */
export interface ApplyExpr {
  readonly kind: 'apply';
  readonly op: OpName;
  readonly args: readonly Expr[];
  readonly span: Span;
}

/** A name, possibly with marks, followed by brackets: an application, or a product. */
export interface CallExpr {
  readonly kind: 'call';
  readonly head: Expr;
  readonly args: readonly Expr[];
  readonly bracket: '(' | '[';
  /** The brackets with what is in them. */
  readonly argsSpan: Span;
  readonly span: Span;
}

/** One mark after an expression; several marks nest, the first innermost. */
export interface PostfixExpr {
  readonly kind: 'postfix';
  readonly base: Expr;
  readonly mark: Mark;
  readonly span: Span;
}

export type Mark =
  /** `_i`, `_{ij}`, `_{i,:}`: one item per juxtaposed letter or comma-separated expression. */
  | { readonly kind: 'sub'; readonly items: readonly Expr[]; readonly span: Span }
  /** `^T`, `^\top`, `.T`, and the like: unmistakably a transpose. */
  | { readonly kind: 'transpose'; readonly span: Span }
  /** `'`, `''`: transpose, derivative, or part of the name. */
  | { readonly kind: 'prime'; readonly count: number; readonly span: Span }
  | { readonly kind: 'inverse'; readonly span: Span }
  | { readonly kind: 'inverseTranspose'; readonly span: Span }
  | { readonly kind: 'pseudoInverse'; readonly span: Span }
  | { readonly kind: 'power'; readonly exponent: Expr; readonly entrywise: boolean; readonly span: Span }
  /** A label above or below that says nothing about the value: `^{(l)}`, `^*`, `_{\text{in}}`, `^-`. */
  | { readonly kind: 'label'; readonly text: string; readonly above: boolean; readonly span: Span };

export type DerivativeForm = 'total' | 'partial' | 'direct' | 'gradient' | 'jacobian' | 'hessian';

/** One variable of a derivative, transposed in the manner of Magnus and Neudecker (`dy/dx'`). */
export interface Wrt {
  readonly expr: Expr;
  readonly transposed: boolean;
  /** The variable with the prime that was read as its transpose, as `x'` may be a name. */
  readonly primed?: Expr;
}

/**
 * `dz/dx`, `\frac{\partial}{\partial x} (…)`, `∇_x f`, `grad(f, x)`, `∇² f`.
 * `wrt` is empty where the text does not say (`∇f`); it has one entry per order.
 */
export interface DerivativeExpr {
  readonly kind: 'derivative';
  readonly form: DerivativeForm;
  readonly of: Expr;
  readonly wrt: readonly Wrt[];
  /** Order of differentiation: 1, or 2 for a Hessian. */
  readonly order: number;
  readonly span: Span;
}

/** `Σ_{i=1}^{N} body`, `∏`, and the operators that only bind: `E`, `min`, `argmin`, `∫`, `lim`. */
export interface BinderExpr {
  readonly kind: 'binder';
  readonly binder: Binder;
  /** The names bound; `x` in `min_x`, `i` and `j` in `Σ_{i,j}`, `i` in `Σ_{i≠j}`. */
  readonly names: readonly NameExpr[];
  readonly from: Expr | null;
  readonly to: Expr | null;
  /** `i ≠ j` in `Σ_{i≠j}`, where it is only about numbers and letters that may count. */
  readonly comparison: IndexComparison<Expr> | null;
  /** What else has to hold of them, as it is written, with `#1` for the first name: `∈ S` in `Σ_{i∈S}`. */
  readonly among?: string;
  readonly body: Expr;
  readonly span: Span;
}

/** What values of indices a sum leaves out by comparing them. */
export interface IndexComparison<Side> {
  readonly left: Side;
  readonly relation: IndexRelation;
  readonly right: Side;
}

export type IndexRelation = '≠' | '<' | '≤' | '>' | '≥';

export type Binder = 'sum' | 'product' | 'expectation' | 'minimum' | 'argmin' | 'integral' | 'limit';

/** Rows of a matrix or of blocks; `dots` mark entries that are continued (`\cdots`). */
export interface MatrixExpr {
  readonly kind: 'matrix';
  readonly rows: readonly (readonly Expr[])[];
  readonly span: Span;
}

/** An expression with a shape written under, over or beside it: `\underbrace{M}_{m\times n}`. */
export interface NotedExpr {
  readonly kind: 'noted';
  readonly body: Expr;
  readonly shape: ShapeExpr;
  readonly span: Span;
}

/** An expression with a name under it: `\underbrace{A x - b}_{r}`, `\underbrace{p - y}_{=: \delta}`. */
export interface NamedExpr {
  readonly kind: 'named';
  readonly body: Expr;
  /** A symbol, or a function of symbols. */
  readonly name: Expr;
  readonly span: Span;
}

/**
 * What is no value: the smallest part that was not understood, of which a problem tells, or words, dots, sets and
 * logic. `parts` were understood, and are still looked at.
 */
export interface HoleExpr {
  readonly kind: 'hole';
  readonly parts: readonly Expr[];
  /** The t of `\left. f \right|_{t=0}`, where the one part is looked at. */
  readonly zero?: Expr;
  readonly span: Span;
}

/** A shape as written: `n×m`, `n` (a column), `scalar`. */
export interface ShapeExpr {
  readonly dims: readonly Expr[];
  readonly span: Span;
}

export type Property =
  | 'symmetric'
  | 'skew'
  | 'projection'
  | 'spd'
  | 'orthogonal'
  | 'diagonal'
  | 'invertible'
  | 'lower'
  | 'upper'
  | 'positive'
  | 'simplex'
  | 'onehot'
  | 'binary'
  | 'sign'
  | 'unit'
  | 'zero';

export type Relation = '=' | ':=' | '=:' | '≡' | '≈' | '≤' | '≥' | '<' | '>' | '≠' | '∝' | '~' | '←' | '→' | '∈' | '⇒' | '≻' | '⪰';

/** What a text says is so: one statement, with everything in it placed. */
export type Statement =
  | DeclarationStatement
  | FunctionStatement
  | OpenStatement
  | StackStatement
  | IndexStatement
  | EquationStatement
  | AnnouncedStatement
  | CalledStatement
  | ShapeLineStatement
  | DirectiveStatement;

/** `A, B : m×n symmetric`, `$x \in \mathbb{R}^n$`, `p ∈ Δ^{n-1}`. */
export interface DeclarationStatement {
  readonly kind: 'declaration';
  readonly names: readonly Expr[];
  /** Null where only a property is stated: `λ > 0`, `S ≻ 0`, "symmetric `$A$`". */
  readonly shape: ShapeExpr | null;
  /** What it has the shape of: "`$C$` is as big as `$X$`". */
  readonly like?: Expr;
  readonly properties: readonly Property[];
  /** What is said of all letters of a kind, and of no name by itself. */
  readonly letters?: LettersOfKind;
  /** The comparison that says it: `x > 0`, which behind "if" is a condition. */
  readonly compared?: EquationStatement;
  /** What is only said of letters that nothing was said of, or nothing in its own section. */
  readonly mild?: boolean | 'here';
  readonly span: Span;
}

/** Small letters or capitals, in bold or without a style. */
export interface LettersOfKind {
  readonly bold: boolean;
  readonly capital: boolean;
}

/** `f : R^n × R^m -> R^k`. */
export interface FunctionStatement {
  readonly kind: 'function';
  readonly names: readonly Expr[];
  readonly from: readonly ShapeExpr[];
  readonly to: ShapeExpr;
  readonly span: Span;
}

/** `y(x) : m`, `L(u, v) : scalar`: depends on its arguments in a way that is left open. */
export interface OpenStatement {
  readonly kind: 'open';
  readonly name: Expr;
  readonly args: readonly Expr[];
  /** Null where words only say what it depends on: "`$A$` changes with `$t$`". */
  readonly shape: ShapeExpr | null;
  /** "For any function `L` of `p`": the letter means that in its section only. */
  readonly bound?: boolean;
  readonly span: Span;
}

/** "`$x_i^\top$` is the `$i$`-th row of `$X$`": what the rows, the columns or the entries of a matrix are called. */
export interface StackStatement {
  readonly kind: 'stack';
  readonly whole: Expr;
  readonly members: Members;
  readonly axis: 'rows' | 'columns' | 'entries';
  /** Whether members are columns by themselves; null where the text leaves that open. */
  readonly upright: boolean | null;
  readonly span: Span;
}

/** `x_i`, or `x_1^\top, \dots, x_n^\top`. */
export interface Members {
  /** The last of them, its transpose taken off. */
  readonly last: Expr;
  /** Whether the last one says how many there are. */
  readonly counted: boolean;
  /** Whether they are written transposed. */
  readonly transposed: boolean;
}

/** `i : 1..N`, `$i = 1, \dots, N$`. */
export interface IndexStatement {
  readonly kind: 'index';
  readonly names: readonly Expr[];
  readonly from: Expr;
  readonly to: Expr;
  readonly span: Span;
}

/** `A = B = C`: `relations[k]` stands between `sides[k]` and `sides[k + 1]`. One side alone is an expression. */
export interface EquationStatement {
  readonly kind: 'equation';
  readonly sides: readonly Expr[];
  readonly relations: readonly Relation[];
  /** `\overset{!}{=}` stands before the last side. */
  readonly demanded: boolean;
  /** A membership at its end: `W = (w_1 … w_k) ∈ R^{m×k}`. */
  readonly membership: ShapeExpr | null;
  /** Displayed or a plain line, rather than within a sentence. */
  readonly displayed: boolean;
  /** Begins with a relation, so it goes on from the one before. */
  readonly continues: boolean;
  /** The formulas in a row of a table that say it together, and nothing by themselves. */
  readonly told?: readonly Span[];
  readonly span: Span;
}

/**
 * A derivative of which a sentence is to say what it is: "the gradient of `$f$` is" before a display of its own, "its Jacobian is `$J = A$`" of
 * the function before.
 */
export interface AnnouncedStatement {
  readonly kind: 'announced';
  readonly form: DerivativeForm;
  readonly order: number;
  /** Null for the function that was defined before. */
  readonly of: Expr | null;
  /** Null where the function tells its variable. */
  readonly by: Expr | null;
  /** The letter that the derivative gets. */
  readonly name: Expr | null;
  /** What it equals; empty where the next equation says that. */
  readonly values: readonly Expr[];
  /** The words. */
  readonly span: Span;
}

/** "Call this vector `$\delta$`": a name for what the last display ends in. */
export interface CalledStatement {
  readonly kind: 'called';
  readonly name: Expr;
  /** The words. */
  readonly span: Span;
}

/** `n×1 = n×m m×1`: one list of factor shapes a side; terms of a sum are lists of their own. */
export interface ShapeLineStatement {
  readonly kind: 'shapeLine';
  readonly sides: readonly (readonly (readonly ShapeExpr[])[])[];
  readonly span: Span;
}

export type DirectiveName =
  | 'layout'
  | 'convention'
  | 'verify'
  | 'broadcast'
  | 'tolerance'
  | 'seed'
  | 'size'
  | 'identity'
  | 'ignore'
  | 'off'
  | 'on'
  | 'expect';

export interface DirectiveStatement {
  readonly kind: 'directive';
  readonly name: DirectiveName;
  /** The words after it: `denominator`; `n`, `784`; `shape/product`. */
  readonly args: readonly string[];
  readonly span: Span;
}

/** What could not be read, and what was expected there. */
export interface SyntaxProblem {
  readonly message: string;
  readonly span: Span;
}
