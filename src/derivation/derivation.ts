import type { Span } from '../base/span.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { Dim } from '../shape/dimension.ts';
import type { MatrixShape, Shape } from '../shape/shape.ts';
import type { Property, Relation } from '../syntax/ast.ts';
import type { Sayings } from './sayings.ts';

/**
 * A document as an argument: what is declared, what is defined, what is claimed, with every name
 * resolved. Shapes are a table beside it (`ShapeTable`).
 */
export interface Derivation {
  readonly symbols: ReadonlyMap<SymbolId, SymbolInfo>;
  readonly sections: readonly Section[];
  readonly equations: readonly Equation[];
  readonly sayings: () => Sayings;
  /** The last members of a recursion whose number of steps is open, and was chosen. */
  readonly lastMembers: ReadonlySet<SymbolId>;
  /** How such a recursion counts; null where there is none. */
  readonly steps: Steps | null;
}

/** The letter by which a recursion counts its members, and the one of its last: the t of `h_t` and the T of `h_T`. */
export interface Steps {
  readonly letter: string;
  readonly end: string;
}

export interface SymbolInfo {
  readonly id: SymbolId;
  /** As it is written, for messages. */
  readonly text: string;
  readonly role: 'variable' | 'function' | 'index' | 'dimension';
  /** Where it is declared, or else defined, or else first used. */
  readonly span: Span;
  /** The shape someone wrote down; of a function that of its value. */
  readonly declared: MatrixShape | null;
  readonly properties: readonly Property[];
  readonly definition: Definition | null;
  /** `L(z) : scalar` depends on these in a way that is left open. */
  readonly open: readonly SymbolId[] | null;
  /** `f : R^n × R^k -> R^m`: shapes of its arguments. `R -> R` has one scalar and works entry by entry. */
  readonly from: readonly MatrixShape[] | null;
  /** `x_i ∈ R^d`: `declared` is the shape of each member, this the number of members where it is known. */
  readonly family: { readonly count: Dim | null } | null;
  /** Of an index: from 1 to this, where it is known. */
  readonly range: { readonly from: Dim; readonly to: Dim } | null;
  /** `x_{k+1}` of a declared `x`: it has its shape from there. */
  readonly namedAfter: boolean;
}

/** Whether a bracket right behind a symbol is what it is applied to: that of a function, and the `s` of a `U(s)` that is left open. */
export function takesBrackets(symbols: ReadonlyMap<SymbolId, SymbolInfo>): (id: SymbolId) => boolean {
  return (id) => {
    const info = symbols.get(id);
    return info !== undefined && (info.open !== null || info.role === 'function' || (info.definition?.params.length ?? 0) > 0);
  };
}

/** `x` of a family that is declared as `x_i`: its members bring an index of their own. */
export function memberless(text: string): string {
  return text.replace(/_[^_]*$/, '');
}

/** `y = M x`, or `f(x) = …` with its parameters. */
export interface Definition {
  readonly params: readonly SymbolId[];
  readonly body: Term;
  readonly span: Span;
  /** Whether the symbol itself is in the body, and its value what solves that: `z = \tanh(W z + x)`. */
  readonly isImplicit?: true;
}

export interface Section {
  readonly title: string;
  readonly span: Span;
  readonly parent: number | null;
  readonly settings: Settings;
}

/** What directives set for a section; they hold for what follows in it and below it. */
export interface Settings {
  readonly layout: Layout | 'auto';
  readonly layoutSpan: Span | null;
  /** In a section without a directive the layout that every directive above it names. */
  readonly layoutAbove: Layout | null;
  readonly verify: boolean;
  readonly broadcast: boolean;
  /** `convention bold`: unstyled letters are scalars, bold small ones columns, bold capitals matrices. */
  readonly boldConvention: boolean;
  readonly tolerance: number;
  readonly seed: number;
  readonly sizes: ReadonlyMap<string, number>;
}

/** A chain of sides with the relations between them. */
export interface Equation {
  readonly kind: 'definition' | 'claim' | 'condition' | 'equation' | 'identity';
  readonly sides: readonly Term[];
  /** Where each side is written, notes under it included. */
  readonly ranges: readonly Span[];
  readonly relations: readonly Relation[];
  readonly section: number;
  /** Settings as they are at this place. */
  readonly settings: Settings;
  /** Indices that neither side binds: the equation is claimed for each of their values. */
  readonly free: readonly SymbolId[];
  /** Pairs of them for which it is claimed only where they are equal, or where they are not. */
  readonly where: readonly { readonly left: SymbolId; readonly right: SymbolId; readonly equal: boolean }[];
  /** Indices that it is claimed for only where they are among the values over which sums with such a condition run. */
  readonly among?: readonly { readonly index: SymbolId; readonly condition: string }[];
  /** The symbol it defines, where it is a definition. */
  readonly defines: SymbolId | null;
  readonly span: Span;
}

/** The shapes that inference found. */
export interface ShapeTable {
  readonly ofTerm: (term: Term) => Shape;
  readonly ofSymbol: (id: SymbolId) => Shape;
  /** The range 1..N of an index, where it is known. */
  readonly rangeOf: (id: SymbolId) => { readonly from: Dim; readonly to: Dim } | null;
  /** The dimension with what the text says of its names put in: `m` is `n` where `m = n`. */
  readonly resolved: (dim: Dim) => Dim;
  /** Where the text decided the shape of a symbol that nothing declares, in the order in which one led to the other. */
  readonly reasonsFor: (id: SymbolId) => readonly Span[];
  /** The layout each equation's derivatives are read in. */
  readonly layoutOf: (equation: Equation) => Layout;
}
