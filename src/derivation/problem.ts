import type { Span } from '../base/span.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { Dim } from '../shape/dimension.ts';
import type { MatrixShape, Shape } from '../shape/shape.ts';
import type { ShapeExpr } from '../syntax/ast.ts';
import type { Equation } from './derivation.ts';

/**
 * What reading and inference found wrong: the situation and the spans to blame. The words are found
 * in `check/`, which also decides the code and the severity.
 */
export type Problem =
  /** A statement could not be read. */
  | { readonly kind: 'syntax'; readonly span: Span; readonly message: string; readonly origin: 'plain' | 'math' | 'prose' }
  /** The letter has another shape since `earlier`, in the same section. */
  | {
      readonly kind: 'redeclared';
      readonly span: Span;
      readonly text: string;
      readonly earlier: Span;
      readonly shape: Shape;
      readonly before: Shape;
      readonly strict: boolean;
    }
  /** An equation between dimensions that cannot hold, by itself or with what `because` says. */
  | { readonly kind: 'dimensions'; readonly span: Span; readonly left: Dim; readonly right: Dim; readonly because: readonly Span[] }
  | ShapeProblem;

export type ShapeProblem =
  | ProductProblem
  /** The operands of a sum or an entrywise operator differ. */
  | { readonly kind: 'sum'; readonly term: Term; readonly left: Term; readonly right: Term; readonly shapes: readonly [Shape, Shape] }
  /** Differing operands that were read entry by entry. */
  | { readonly kind: 'broadcast'; readonly term: Term; readonly left: Term; readonly right: Term; readonly shapes: readonly [Shape, Shape] }
  | { readonly kind: 'argument'; readonly term: Term; readonly arg: Term; readonly needs: string; readonly shape: Shape }
  /** A block of a matrix is not as high as its neighbour on the left, or not as wide as the one above. */
  | {
      readonly kind: 'block';
      readonly term: Term;
      readonly arg: Term;
      readonly neighbour: Term;
      readonly along: 'rows' | 'cols';
      readonly shapes: readonly [MatrixShape, MatrixShape];
    }
  /** A side differs from the first side. */
  | {
      readonly kind: 'side';
      readonly equation: Equation;
      readonly side: Term;
      readonly shape: Shape;
      readonly first: Term;
      readonly firstShape: Shape;
    }
  | AnnotationProblem
  | { readonly kind: 'tensor'; readonly term: Term; readonly shape: Shape; readonly layout: Layout }
  /** A sum runs over a range that is not the size of the axis it indexes. */
  | {
      readonly kind: 'range';
      readonly span: Span;
      readonly within: { readonly from: Dim; readonly to: Dim };
      /** Where the sum says what the index runs to, if a sum says it. */
      readonly bound: Span | null;
      /** Null where a number stands for it. */
      readonly index: string | null;
      readonly range: string;
      readonly axis: string;
      /** The axis by itself. */
      readonly size: Dim;
      readonly of: Term;
    }
  /** An index is free on one side only. */
  | { readonly kind: 'freeIndex'; readonly span: Span; readonly index: string }
  /** An index is bound again inside its own sum. */
  | { readonly kind: 'rebound'; readonly span: Span; readonly index: string }
  /** A claim that fits another layout than the one its section has. */
  | {
      readonly kind: 'layout';
      readonly equation: Equation;
      readonly span: Span;
      readonly layout: Layout;
      readonly fits: Layout;
      readonly directive: Span | null;
      /** A person asked for the layout: on the command line, in the settings, or by the directive. */
      readonly isAsked: boolean;
      readonly shapes: readonly [string, string] | null;
    }
  /** The claims under a directive hold in another layout, and not all in this one. */
  | { readonly kind: 'directive'; readonly span: Span; readonly layout: Layout; readonly fits: Layout; readonly claims: readonly Span[] }
  /** Factors of the chain rule in the order of another layout. */
  | {
      readonly kind: 'order';
      readonly equation: Equation;
      readonly span: Span;
      readonly layout: Layout;
      readonly fits: Layout | null;
      readonly left: Term;
      readonly right: Term;
    }
  /** Neighbouring factors of the chain rule do not join. */
  | { readonly kind: 'broken'; readonly equation: Equation; readonly span: Span; readonly left: string; readonly right: string }
  | MissingPathProblem
  | { readonly kind: 'independent'; readonly equation: Equation; readonly span: Span; readonly of: string; readonly wrt: string };

/** A sum over paths lacks the one that leads through `path`, from the function to the variable. */
export interface MissingPathProblem {
  readonly kind: 'missingPath';
  readonly equation: Equation;
  readonly span: Span;
  readonly of: string;
  readonly wrt: string;
  readonly through: SymbolId;
  readonly path: readonly SymbolId[];
}

/** A shape that someone wrote differs from the inferred one. */
export interface AnnotationProblem {
  readonly kind: 'annotation';
  readonly span: Span;
  readonly term: Term | null;
  readonly shape: Shape | null;
  readonly noted: string;
  readonly note: 'shape note' | 'shape line' | 'membership';
  /** This shape and those after it in the same line, each with what it should be. */
  readonly notes: readonly { readonly note: ShapeExpr; readonly shape: Shape }[];
}

/** Inner dimensions differ between `left`, the factors up to there, and the factor `right`. */
export interface ProductProblem {
  readonly kind: 'product';
  readonly term: Term;
  readonly left: readonly Term[];
  readonly right: Term;
  readonly shapes: readonly [Shape, Shape];
  /** Another layout in which nothing is wrong with the equation. */
  readonly fits?: Layout;
}

/** Whether a problem tells against a reading of its equation: what a text leaves open does not. */
export function isMistake(problem: ShapeProblem): boolean {
  return problem.kind !== 'tensor' && problem.kind !== 'broadcast' && problem.kind !== 'range';
}

/** The term that a problem blames, where it blames one. */
export function blamedTerms(problem: ShapeProblem): readonly Term[] {
  if (problem.kind === 'side') return [problem.side];
  return 'term' in problem && problem.term !== null ? [problem.term] : [];
}
