import type { Span } from '../base/span.ts';
import { isCount } from '../syntax/count-names.ts';
import {
  constantOf,
  type Dim,
  equal,
  hasCount,
  isFlexible,
  isOpen,
  minus,
  nameOfUnknown,
  namesIn,
  numberOf,
  ONE,
  unknown,
  unknownsIn,
} from './dimension.ts';
import { type Facts, isolate, putIn, sameSize } from './facts.ts';
import { type MatrixShape, matrix, type Shape } from './shape.ts';

/**
 * What inference knows of unknown dimensions so far. It lives as long as one inference and can be
 * wound back to an earlier state, so that the layouts of a section can be tried one after the other.
 */
export interface Unifier {
  /** What each unknown turned out to be, by its number: in long texts there are too many for a table by name to be found in quickly. */
  readonly solved: (Dim | undefined)[];
  /** What sizes that are counted in words turned out to be, by their names. */
  readonly counts: Map<string, Dim>;
  /** Names that the text declares equal to something: `m = n`. */
  readonly facts: Facts;
  /** The sizes that the text fixes, for where it writes a number instead. */
  readonly sizes: ReadonlyMap<string, number>;
  /** For each unknown that was solved the place in the text that asked for it. */
  readonly reasons: (Span | undefined)[];
  /** What is being looked at, and is the reason for what it solves. */
  because: Span | null;
  /** The unknowns of which something was found out, in that order: what waits for one of them may be told now. */
  readonly news: number[];
  /** How to undo each change, latest last. */
  readonly trail: (() => void)[];
}

export function newUnifier(facts: Facts, sizes: ReadonlyMap<string, number> = new Map()): Unifier {
  return { solved: [], counts: new Map(), facts, sizes, reasons: [], because: null, news: [], trail: [] };
}

/** A dimension that nothing is known of yet. */
export function freshDim({ solved, reasons }: Unifier): Dim {
  reasons.push(undefined);
  return unknown(solved.push(undefined) - 1);
}

/** A shape that nothing is known of yet. */
export function freshShape(unifier: Unifier): MatrixShape {
  return matrix(freshDim(unifier), freshDim(unifier));
}

/** The dimension with every solved unknown put in, and equal names made one. */
export function resolve({ solved, counts, facts }: Unifier, dim: Dim): Dim {
  // A number has nothing that could be put in.
  if (dim.names.length === 0) return dim;
  let result = dim;
  while (result.unknown !== undefined) {
    const value = solved[result.unknown];
    if (value === undefined) return result;
    result = value;
  }
  return putIn(result, (name) => {
    const number = numberOf(name);
    return number === undefined ? (facts.get(name) ?? counts.get(name)) : solved[number];
  });
}

export function resolveShape(unifier: Unifier, shape: Shape): Shape {
  if (shape.kind === 'tensor') return { kind: 'tensor', axes: shape.axes.map((group) => group.map((dim) => resolve(unifier, dim))) };
  const [rows, cols] = [resolve(unifier, shape.rows), resolve(unifier, shape.cols)];
  return rows === shape.rows && cols === shape.cols ? shape : matrix(rows, cols);
}

/** Records what an unknown is, so that it can be undone. */
function solve(unifier: Unifier, unknown: number, value: Dim): void {
  unifier.solved[unknown] = value;
  if (unifier.because !== null) unifier.reasons[unknown] = unifier.because;
  unifier.trail.push(() => {
    unifier.solved[unknown] = undefined;
  });
  announce(unifier, unknown);
}

/** Tells those who wait for an unknown that something was found out of it. */
export function announce({ news, trail }: Unifier, unknown: number): void {
  news.push(unknown);
  trail.push(() => news.pop());
}

/**
 * Makes two dimensions equal. False where they cannot be: different numbers, different names. Where
 * an equation has more than one unknown that cannot be isolated it is left, and not false.
 */
export function unify(unifier: Unifier, a: Dim, b: Dim): boolean {
  const left = resolve(unifier, a);
  const right = resolve(unifier, b);
  if (equal(left, right)) return true;
  if (solveDirectly(unifier, left, right)) return true;
  const difference = minus(left, right);
  const unknowns = unknownsIn(difference);
  if (unknowns.length === 0) return sameSize(left, right, unifier.sizes) || solveCount(unifier, difference);
  if (areOnes(difference)) {
    for (const one of unknowns) solve(unifier, one, ONE);
    return true;
  }
  for (const one of unknowns) {
    const value = isolate(difference, nameOfUnknown(one));
    if (value === null) continue;
    if (isNegative(value)) return false;
    solve(unifier, one, value);
    return true;
  }
  return true;
}

/** "One row per bar" beside a size that the text has another name for: so many bars there are. Several bars are no single one. */
function solveCount({ counts, trail }: Unifier, difference: Dim): boolean {
  if (!hasCount(difference)) return false;
  for (const name of namesIn(difference).filter(isCount)) {
    const value = isolate(difference, name);
    if (value === null || (constantOf(value) ?? 2) < 2) continue;
    counts.set(name, value);
    trail.push(() => counts.delete(name));
    return true;
  }
  return false;
}

/** Unknown sizes that add up to as many as they are, four blocks in `ℝ^4`: none is below 1, so each is 1. */
function areOnes({ terms, names }: Dim): boolean {
  const coefficients = [...terms].filter(([monomial]) => monomial !== '').map(([, coefficient]) => coefficient);
  const sum = coefficients.reduce((total, one) => total + one, terms.get('') ?? 0);
  return sum === 0 && names.every(isFlexible) && coefficients.every((one) => one > 0 === (coefficients[0] as number) > 0);
}

/**
 * An unknown beside a dimension that is none is that dimension; of two unknowns the later one is the earlier. The other way round
 * letters that nothing declares would become another unknown with each section, and all that waits for them would be tried again.
 */
function solveDirectly(unifier: Unifier, a: Dim, b: Dim): boolean {
  const [left, right] = [a.unknown, b.unknown];
  if (left !== undefined && (right === undefined ? !isOpen(b) && !isNegative(b) : left > right)) solve(unifier, left, b);
  else if (right !== undefined && (left !== undefined || (!isOpen(a) && !isNegative(a)))) solve(unifier, right, a);
  else return false;
  return true;
}

function isNegative(dim: Dim): boolean {
  return (constantOf(dim) ?? 0) < 0;
}

/** Where the text decided the unknowns of a dimension as it was before they were known, and of what they turned out to be. */
export function reasonsFor({ solved, reasons }: Unifier, dim: Dim): readonly Span[] {
  const seen = new Set<number>();
  const follow = (one: Dim): readonly Span[] =>
    unknownsIn(one).flatMap((unknown) => {
      if (seen.has(unknown)) return [];
      seen.add(unknown);
      const [reason, value] = [reasons[unknown], solved[unknown]];
      return [...(reason === undefined ? [] : [reason]), ...(value === undefined ? [] : follow(value))];
    });
  return follow(dim);
}

/** Makes two shapes equal; false where they cannot be. */
export function unifyShapes(unifier: Unifier, a: Shape, b: Shape): boolean {
  if (a.kind === 'matrix' && b.kind === 'matrix') {
    const mark = unifier.trail.length;
    if (unify(unifier, a.rows, b.rows) && unify(unifier, a.cols, b.cols)) return true;
    rewind(unifier, mark);
    return false;
  }
  if (a.kind === 'tensor' && b.kind === 'tensor') return unifyAxes(unifier, a.axes, b.axes);
  const open = a.kind === 'matrix' ? a : (b as MatrixShape);
  return isOpen(resolve(unifier, open.rows)) && isOpen(resolve(unifier, open.cols));
}

/** Axes are the same group by group: `n×m | k` is not `n | m×k`. */
function unifyAxes(unifier: Unifier, a: readonly (readonly Dim[])[], b: readonly (readonly Dim[])[]): boolean {
  const grouped = a.length === b.length && a.every((group, at) => group.length === b[at]?.length);
  const mark = unifier.trail.length;
  if (grouped && a.flat().every((dim, at) => unify(unifier, dim, b.flat()[at] as Dim))) return true;
  rewind(unifier, mark);
  return false;
}

/** Undoes everything since the trail had that length. */
export function rewind(unifier: Unifier, mark: number): void {
  while (unifier.trail.length > mark) (unifier.trail.pop() as () => void)();
}
