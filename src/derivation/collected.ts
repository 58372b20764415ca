import type { Span } from '../base/span.ts';
import type { Dim } from '../shape/dimension.ts';
import type { MatrixShape } from '../shape/shape.ts';
import type { DirectiveStatement, EquationStatement, ShapeLineStatement } from '../syntax/ast.ts';
import type { Origin } from '../syntax/document.ts';
import type { OpName } from '../syntax/notation.ts';
import type { Settings } from './derivation.ts';
import type { Problem } from './problem.ts';
import type { Draft, Scope } from './scope.ts';

/** An equation where it stands, before it is elaborated. */
export interface PlacedEquation {
  readonly statement: EquationStatement;
  readonly section: number;
  /** Its place in the order of the document. */
  readonly item: number;
  readonly settings: Settings;
  readonly identity: boolean;
  readonly origin: Origin;
  readonly block: number;
  /** The shape lines that stand under it. */
  readonly shapeLines: ShapeLineStatement[];
}

/** `expect CODE`, and the stretch of text from the next block to the one after it, which must show the code. */
export interface Expectation {
  readonly code: string;
  readonly span: Span;
  readonly within: Span;
}

export interface Collected {
  readonly scope: Scope;
  readonly equations: readonly PlacedEquation[];
  readonly problems: Problem[];
  readonly facts: ReadonlyMap<string, Dim>;
  /** Stretches between `off` and `on`, and blocks under `ignore`, in which nothing is reported. */
  readonly ignored: readonly Span[];
  readonly declarations: readonly PlacedDeclaration[];
  /** Shapes that are declared for the constants, where nothing around one says otherwise. */
  readonly numerals: ReadonlyMap<OpName, MatrixShape>;
  readonly expectations: readonly Expectation[];
}

/** A name where it is declared. */
export interface PlacedDeclaration {
  readonly draft: Draft;
  readonly name: Span;
  readonly statement: Span;
}

/** What the walk over the items carries along; it lives as long as the walk. */
export interface Walk {
  readonly text: string;
  readonly scope: Scope;
  readonly equations: PlacedEquation[];
  readonly problems: Problem[];
  readonly facts: Map<string, Dim>;
  readonly numerals: Map<OpName, MatrixShape>;
  readonly ignored: Span[];
  readonly declarations: PlacedDeclaration[];
  section: number;
  item: number;
  block: number;
  origin: Origin;
  identity: boolean;
  readonly expectations: Expectation[];
  /** Expectations that wait for their block to begin, and to end. */
  waiting: readonly DirectiveStatement[];
  begun: { readonly directives: readonly DirectiveStatement[]; readonly start: number } | null;
  offSince: number | null;
  ignoreBlock: boolean;
}

export function addProblem(walk: Walk, problem: Problem): void {
  walk.problems.push(problem);
}

export function noteDimension(walk: Walk, name: string, span: Span): void {
  if (!walk.scope.dimensions.has(name)) walk.scope.dimensions.set(name, span);
}
