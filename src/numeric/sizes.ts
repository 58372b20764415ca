import type { Derivation, ShapeTable } from '../derivation/derivation.ts';
import type { SymbolId } from '../ops/term.ts';
import { constantOf, type Dim, evaluate, isFlexible, isOpen, namesIn, variable } from '../shape/dimension.ts';
import { dimensionsOf, distinct, type Subject } from './subject.ts';

/** A size for every dimension name, fixed ones included. */
export type Sizes = ReadonlyMap<string, number>;

/** The smallest size a dimension gets: with one, a vector would be a scalar. */
const SMALLEST = 2;
/** How much larger than the smallest a size may become, beyond the number of names. */
const SPREAD = 14;
/** Choices tried before dimensions are allowed to be equal. */
const PATIENCE = 4000;

/**
 * Small sizes for the names in some dimensions, so that no two different dimensions are equal and a
 * missing transpose shows. Each variant, counted from 0, gives other sizes as far as there is room.
 */
export function chooseSizes(dims: readonly Dim[], fixed: Sizes, variant: number): Sizes {
  const distinct = [...new Map(dims.filter((dim) => !isOpen(dim)).map((dim) => [dim.key, dim])).values()];
  const names = [...new Set(distinct.flatMap(namesIn))].filter((name) => !fixed.has(name));
  const order = variant % 2 === 0 ? names : [...names].reverse();
  for (const strictness of ['distinct', 'wide', 'any'] as const) {
    const found = search({ dims: distinct, order, from: SMALLEST + variant, strictness }, new Map(fixed), 0, { left: PATIENCE });
    if (found !== null) return found;
  }
  return new Map([...fixed, ...names.map((name, at) => [name, SMALLEST + variant + at] as const)]);
}

interface Search {
  readonly dims: readonly Dim[];
  readonly order: readonly string[];
  readonly from: number;
  /** All different and at least 2; at least 2; at least 1. */
  readonly strictness: 'distinct' | 'wide' | 'any';
}

function search(task: Search, sizes: Map<string, number>, at: number, budget: { left: number }): Sizes | null {
  const name = task.order[at];
  if (name === undefined) return sizes;
  for (let size = task.from; size <= task.from + task.order.length + SPREAD && budget.left-- > 0; size++) {
    sizes.set(name, size);
    const found = fits(task, sizes, name) ? search(task, sizes, at + 1, budget) : null;
    if (found !== null) return found;
  }
  sizes.delete(name);
  return null;
}

/** Whether what the newest name settles is large enough, and differs from all else that is settled. */
function fits({ dims, strictness }: Search, sizes: Sizes, newest: string): boolean {
  const least = strictness === 'any' ? 1 : SMALLEST;
  const values = dims.map((dim) => ({ value: evaluate(dim, sizes), isNew: dim.names.includes(newest), dim }));
  const settled = values.filter((one): one is { value: number; isNew: boolean; dim: Dim } => one.value !== undefined);
  return settled.every(({ value, isNew, dim }) => {
    if (!isNew) return true;
    if (value < least && constantOf(dim) === undefined) return false;
    return strictness !== 'distinct' || settled.every((other) => other.dim === dim || other.value !== value);
  });
}

/** Sizes for everything an equation depends on, no two different dimensions equal; other ones for each variant, counted from 0. */
export function distinctSizes(subject: Subject, fixed: Sizes): (variant: number) => Sizes {
  const written = writtenIn(subject);
  const dims = written.map(subject.shapes.resolved);
  return (variant) => withEqualNames(subject, written, chooseSizes(dims, fixed, variant));
}

/** The same size for every dimension that nothing fixes. */
export function sizesOf(subject: Subject, fixed: Sizes, size: number): Sizes {
  const written = writtenIn(subject);
  const names = [...new Set(written.map(subject.shapes.resolved).flatMap(namesIn))].filter((name) => !isFlexible(name));
  return withEqualNames(subject, written, new Map([...names.map((name) => [name, size] as const), ...fixed]));
}

/** Every dimension that occurs in an equation or in what it depends on, as it is written. */
function writtenIn({ derivation, shapes, dependencies, dimensionsIn, equation: { sides } }: Subject): readonly Dim[] {
  const ids = [...new Set(sides.flatMap((side) => [...dependencies.ofTerm(side)]))];
  const bodies = ids.flatMap((id) => derivation.symbols.get(id)?.definition?.body ?? []);
  return distinct([...ids.flatMap((id) => dimensionsOfSymbol(derivation, shapes, id)), ...[...sides, ...bodies].flatMap(dimensionsIn)]);
}

function dimensionsOfSymbol({ symbols }: Derivation, shapes: ShapeTable, id: SymbolId): readonly Dim[] {
  const info = symbols.get(id);
  if (info === undefined) return [];
  if (info.role === 'dimension') return [variable(info.text)];
  if (info.role === 'index') return rangeOf(shapes, id);
  const shape = info.declared ?? shapes.ofSymbol(id);
  return [...dimensionsOf(shape), ...(info.from ?? []).flatMap(dimensionsOf), ...(info.family?.count == null ? [] : [info.family.count])];
}

function rangeOf(shapes: ShapeTable, id: SymbolId): readonly Dim[] {
  const range = shapes.rangeOf(id);
  return range === null ? [] : [range.to];
}

/** Sizes under the names that the text calls equal to others, too. */
function withEqualNames({ shapes }: Subject, written: readonly Dim[], sizes: Sizes): Sizes {
  const all = new Map(sizes);
  for (const name of new Set(written.flatMap(namesIn))) {
    const value = all.has(name) ? undefined : evaluate(shapes.resolved(variable(name)), sizes);
    if (value !== undefined) all.set(name, value);
  }
  return all;
}
