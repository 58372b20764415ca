import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import type { SymbolId } from '../ops/term.ts';
import { type Dependencies, dependencies } from './dependencies.ts';

/** An equation with all that its values depend on. */
export interface Subject {
  readonly derivation: Derivation;
  readonly shapes: ShapeTable;
  readonly dependencies: Dependencies;
  /** The equation that defines each defined symbol. */
  readonly definedIn: ReadonlyMap<SymbolId, Equation>;
  readonly equation: Equation;
}

export function subjectOf(derivation: Derivation, shapes: ShapeTable, equation: Equation): Subject {
  const definitions = derivation.equations.flatMap((one) => (one.defines === null ? [] : [[one.defines, one] as const]));
  return { derivation, shapes, dependencies: dependencies(derivation), definedIn: new Map(definitions), equation };
}
