import type { Span } from '../base/span.ts';
import type { IndexComparison } from '../syntax/ast.ts';
import type { OpName } from '../syntax/notation.ts';

/** A symbol as a scope resolved it: the same letter in another scope is another symbol. */
export type SymbolId = string;

/**
 * An expression with every name looked up and every doubt of notation settled. The node itself is
 * its identity: shapes are kept in a table by node, and no node occurs twice in a derivation.
 */
export type Term =
  | NumberTerm
  | SymbolTerm
  | ApplyTerm
  | CallTerm
  | EntryTerm
  | DerivativeTerm
  | DifferentialTerm
  | BinderTerm
  | MatrixTerm
  | HoleTerm;

export interface NumberTerm {
  readonly kind: 'number';
  readonly value: number;
  readonly span: Span;
}

/** A variable, a defined name, a bound or free index, or a dimension used as a number. */
export interface SymbolTerm {
  readonly kind: 'symbol';
  readonly id: SymbolId;
  readonly span: Span;
}

/** An operator of the table. `mul` has two or more factors, all others the operands of their record. */
export interface ApplyTerm {
  readonly kind: 'apply';
  readonly op: OpName;
  readonly args: readonly Term[];
  readonly span: Span;
}

/** What is called: an operator of one argument, or a symbol that is a function. */
export type Callee = { readonly kind: 'op'; readonly op: OpName } | { readonly kind: 'symbol'; readonly id: SymbolId };

/**
 * A function of the document applied, or with `order` > 0 the derivative of a function of one
 * scalar, `σ'(z)`, entry by entry.
 */
export interface CallTerm {
  readonly kind: 'call';
  readonly callee: Callee;
  readonly order: number;
  readonly args: readonly Term[];
  readonly span: Span;
}

/** `at` an index term (counted from 1), or `all` of an axis. */
export type Selector = { readonly kind: 'at'; readonly index: Term } | { readonly kind: 'all' };

/**
 * `x_i` (1×1 of a column or row), `X_{ij}` (1×1), `X_{i:}` (1×n), `X_{:j}` (m×1); of a family the member.
 */
export interface EntryTerm {
  readonly kind: 'entry';
  readonly base: Term;
  readonly selectors: readonly Selector[];
  readonly span: Span;
}

export interface WrtTerm {
  readonly term: Term;
  readonly transposed: boolean;
}

/**
 * The derivative of `of` by each of `wrt` in turn. `direct` holds other arguments fixed, all others
 * are total. `gradient` has the shape of its variable, `jacobian` is m×n, in any layout.
 */
export interface DerivativeTerm {
  readonly kind: 'derivative';
  readonly form: 'derivative' | 'direct' | 'gradient' | 'jacobian' | 'hessian';
  readonly of: Term;
  readonly wrt: readonly WrtTerm[];
  readonly span: Span;
}

/** A symbol, and which way it moves. */
export interface Direction {
  readonly by: SymbolId;
  readonly direction: Term;
}

/** `dX`: an arbitrary small change, of the shape of what changes; `D F(X)[H]`: the change of F as X moves along H. */
export interface DifferentialTerm {
  readonly kind: 'differential';
  readonly of: Term;
  readonly along?: Direction;
  readonly span: Span;
}

/**
 * `Σ_i body`, `Π_i body`; `stack` makes the column whose i-th entry is `body` (as `diag(f(z_i))` reads it).
 * `expectation`, `minimum`, `integral` and `limit` have the shape of their body and no value, `argmin` has neither.
 */
export interface BinderTerm {
  readonly kind: 'binder';
  readonly binder: 'sum' | 'product' | 'stack' | 'expectation' | 'minimum' | 'argmin' | 'integral' | 'limit';
  readonly indices: readonly SymbolId[];
  readonly from: Term | null;
  readonly to: Term | null;
  /** `Σ_{i≠j}`: the terms in which it does not hold are left out. */
  readonly comparison: IndexComparison<Term> | null;
  /** Over which of the values it runs, where the text does not say so in numbers. */
  readonly among?: Among;
  readonly body: Term;
  readonly span: Span;
}

/** What has to hold of the values of indices, as it is written: `∈ S`, with `#1` for the first index. */
export interface Among {
  readonly condition: string;
  /** Whether an index outside has a part in it, as in `Σ_i Σ_{j∈N(i)}`. */
  readonly isOfOuter: boolean;
}

/** Rows of entries or of blocks. */
export interface MatrixTerm {
  readonly kind: 'matrix';
  readonly rows: readonly (readonly Term[])[];
  /** One row in round brackets, `(x_i, y_i)`: a matrix where its entries are blocks of one, else a list of things. */
  readonly isList?: boolean;
  readonly span: Span;
}

/** What was not understood: of unknown shape and without value. */
export interface HoleTerm {
  readonly kind: 'hole';
  readonly parts: readonly Term[];
  readonly span: Span;
}

/** The terms directly below a term, from left to right. */
export function childrenOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'number':
    case 'symbol':
      return NONE;
    case 'apply':
    case 'call':
      return term.args;
    case 'entry':
      return [term.base, ...term.selectors.flatMap((selector) => (selector.kind === 'at' ? [selector.index] : []))];
    case 'derivative':
      return [term.of, ...term.wrt.map((wrt) => wrt.term)];
    case 'differential':
      return [term.of, ...(term.along === undefined ? [] : [term.along.direction])];
    case 'binder':
      return [...boundsOf(term), term.body];
    case 'matrix':
      return term.rows.flat();
    case 'hole':
      return term.parts;
  }
}

/** `0`, `\mathbf 0`, `zeros(n)`. */
export function isZeroTerm(term: Term): boolean {
  return (term.kind === 'number' && term.value === 0) || (term.kind === 'apply' && term.op === 'zeros');
}

const NONE: readonly Term[] = [];

/** What tells which values a sum runs over. */
function boundsOf({ from, to, comparison }: BinderTerm): readonly Term[] {
  return [...(from ? [from] : []), ...(to ? [to] : []), ...(comparison ? [comparison.left, comparison.right] : [])];
}

/** How a key spells what it cannot tell by the kind of a term. */
export interface TermSpelling {
  readonly symbol: (id: SymbolId) => string;
  readonly hole: (term: HoleTerm) => string;
}

/** Symbols are themselves, and what was not understood is like nothing else. */
export const ITSELF: TermSpelling = { symbol: (id) => id, hole: ({ span }) => `?(${span.start})` };

/** A string that two terms share when they are alike, wherever they stand. */
export function termKey(term: Term, spelling: TermSpelling = ITSELF): string {
  return term.kind === 'symbol' ? spelling.symbol(term.id) : keyByParts(term, spelling, (part) => termKey(part, spelling));
}

/** The same, where the parts are spelled by something else. */
function keyByParts(term: Term, spelling: TermSpelling, keyOf: (part: Term) => string): string {
  const children = () => childrenOf(term).map(keyOf).join(',');
  switch (term.kind) {
    case 'number':
      return String(term.value);
    case 'symbol':
      return spelling.symbol(term.id);
    case 'apply':
      return `${term.op}(${children()})`;
    case 'call':
      return `${term.callee.kind === 'op' ? term.callee.op : spelling.symbol(term.callee.id)}${"'".repeat(term.order)}(${children()})`;
    case 'entry':
      return `entry[${term.selectors.map((selector) => selector.kind).join()}](${children()})`;
    case 'derivative':
      return `${term.form}[${term.wrt.map((wrt) => (wrt.transposed ? 't' : '')).join()}](${children()})`;
    case 'differential':
      return `d${term.along === undefined ? '' : `[${spelling.symbol(term.along.by)}]`}(${children()})`;
    case 'binder':
      return `${term.binder}[${term.indices.map(spelling.symbol).join()}${term.comparison?.relation ?? ''}${term.among?.condition ?? ''}](${children()})`;
    case 'matrix':
      return `[${term.rows.map((row) => row.map(keyOf).join()).join(';')}]`;
    case 'hole':
      return spelling.hole(term);
  }
}

/** Numbers that two terms share when they are alike; each term is looked at once, however often it is asked for. */
export function termNumbers(): (term: Term) => number {
  const numbers = new WeakMap<Term, number>();
  const byKey = new Map<string, number>();
  function numberOf(term: Term): number {
    const known = numbers.get(term);
    if (known !== undefined) return known;
    const key = keyByParts(term, ITSELF, (part) => String(numberOf(part)));
    const found = byKey.get(key) ?? byKey.size;
    byKey.set(key, found);
    numbers.set(term, found);
    return found;
  }
  return numberOf;
}

/** The term and all below it, a parent before its children. */
export function walk(term: Term): readonly Term[] {
  const found: Term[] = [];
  collect(term, found);
  return found;
}

function collect(term: Term, found: Term[]): void {
  found.push(term);
  for (const child of childrenOf(term)) collect(child, found);
}
