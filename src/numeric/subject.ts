import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Dim } from '../shape/dimension.ts';
import type { Shape } from '../shape/shape.ts';
import { type Dependencies, dependencies } from './dependencies.ts';

/** What all equations of a derivation have in common; answers are kept. */
export interface Common {
  readonly dependencies: Dependencies;
  /** The equation that defines each defined symbol. */
  readonly definedIn: ReadonlyMap<SymbolId, Equation>;
  /** The dimensions of a term and of all terms below it. */
  readonly dimensionsIn: (term: Term) => readonly Dim[];
}

/** An equation with all that its values depend on. */
export interface Subject extends Common {
  readonly derivation: Derivation;
  readonly shapes: ShapeTable;
  readonly equation: Equation;
}

export function commonOf(derivation: Derivation, shapes: ShapeTable): Common {
  const definitions = derivation.equations.flatMap((one) => (one.defines === null ? [] : [[one.defines, one] as const]));
  const found = new WeakMap<Term, readonly Dim[]>();
  const dimensionsIn = (term: Term) => {
    const known = found.get(term) ?? distinct([...walk(term)].flatMap((one) => dimensionsOf(shapes.ofTerm(one))));
    found.set(term, known);
    return known;
  };
  return { dependencies: dependencies(derivation), definedIn: new Map(definitions), dimensionsIn };
}

export function subjectOf(derivation: Derivation, shapes: ShapeTable, equation: Equation, common: Common = commonOf(derivation, shapes)): Subject {
  return { ...common, derivation, shapes, equation };
}

export function dimensionsOf(shape: Shape): readonly Dim[] {
  return shape.kind === 'matrix' ? [shape.rows, shape.cols] : shape.axes.flat();
}

export function distinct(dims: readonly Dim[]): readonly Dim[] {
  return [...new Map(dims.map((dim) => [dim.key, dim])).values()];
}
