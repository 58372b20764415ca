import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Dim } from '../shape/dimension.ts';
import type { Shape } from '../shape/shape.ts';
import { type Dependencies, dependencies } from './dependencies.ts';
import type { Variable } from './frame.ts';

/** What all equations of a derivation have in common; answers are kept. */
export interface Common {
  readonly dependencies: Dependencies;
  /** The equation that defines each defined symbol. */
  readonly definedIn: ReadonlyMap<SymbolId, Equation>;
  /** The dimensions of a term and of all terms below it. */
  readonly dimensionsIn: (term: Term) => readonly Dim[];
  /** The large variables of all claims that are checked at the same sizes. */
  readonly sharedAt: (sizes: ReadonlyMap<string, number>) => Map<SymbolId, Variable>;
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
  const shared = new Map<string, Map<SymbolId, Variable>>();
  const sharedAt = (sizes: ReadonlyMap<string, number>) => {
    const key = [...sizes]
      .map(([name, size]) => `${name}=${size}`)
      .sort()
      .join();
    const known = shared.get(key) ?? new Map<SymbolId, Variable>();
    shared.set(key, known);
    return known;
  };
  return { dependencies: dependencies(derivation), definedIn: new Map(definitions), dimensionsIn, sharedAt };
}

export function subjectOf(
  derivation: Derivation,
  shapes: ShapeTable,
  equation: Equation,
  common: Common = commonOf(derivation, shapes),
): Subject {
  return { ...common, derivation, shapes, equation };
}

export function dimensionsOf(shape: Shape): readonly Dim[] {
  return shape.kind === 'matrix' ? [shape.rows, shape.cols] : shape.axes.flat();
}

export function distinct(dims: readonly Dim[]): readonly Dim[] {
  return [...new Map(dims.map((dim) => [dim.key, dim])).values()];
}
