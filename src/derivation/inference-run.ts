import type { Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { ShapeExpr } from '../syntax/ast.ts';
import type { Built } from './build.ts';
import type { Equation } from './derivation.ts';
import type { Inference } from './inference.ts';
import type { KeptSection } from './kept-sections.ts';
import type { LayoutChoice } from './layout-choice.ts';
import type { ShapeProblem } from './problem.ts';

/** One inference of a whole derivation while it goes on. */
export interface Run {
  readonly inference: Inference;
  readonly built: Built;
  readonly layouts: Map<Equation, LayoutChoice>;
  readonly problemsOf: Map<Equation, readonly ShapeProblem[]>;
  /** Sections to take over, and those to keep. */
  readonly before: ReadonlyMap<string, KeptSection>;
  readonly kept: Map<string, KeptSection>;
  /** Whether anyone will ask for them. */
  readonly isKept: boolean;
  readonly notes: ReadonlyMap<Term, readonly ShapeExpr[]>;
  sectionsInferred: number;
  readonly preferred: Layout | 'auto';
  readonly readings: Readings;
}

/** Layouts that are already known, because claims hold in them. */
export interface Readings {
  /** Of sections without a directive, by their number. */
  readonly sections: ReadonlyMap<number, Layout>;
  /** In the place of a directive's own, by where it stands. */
  readonly directives: ReadonlyMap<number, Layout>;
  /** Sections in which gradients are rows, but those by matrices have the shape of the matrix. */
  readonly keepingMatrices?: ReadonlySet<number>;
}

export const NO_READINGS: Readings = { sections: new Map(), directives: new Map() };
