import type { Span } from '../base/span.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { Dim } from '../shape/dimension.ts';
import type { Facts } from '../shape/facts.ts';
import { SCALAR, type MatrixShape, type Shape } from '../shape/shape.ts';
import { type Unifier, freshShape, newUnifier, resolveShape, rewind, unifyShapes } from '../shape/unify.ts';
import type { Derivation, SymbolInfo } from './derivation.ts';
import type { ShapeProblem } from './problem.ts';

/** A range an index runs over, as far as it is known. */
export interface IndexRange {
  readonly from: Dim;
  readonly to: Dim;
}

/** Finds a shape, given what others need it to be as far as that is known; null to wait on. */
export type Attempt = (expected: Shape | null) => Shape | null;

/** A shape that could not be told yet, and another attempt at it. */
interface Deferred {
  readonly term: Term;
  readonly placeholder: Shape;
  readonly attempt: Attempt;
}

/** Everything inference knows so far. It lives as long as one inference of one document. */
export interface Inference {
  readonly derivation: Derivation;
  readonly unifier: Unifier;
  readonly shapes: Map<Term, Shape>;
  readonly symbols: Map<SymbolId, Shape>;
  readonly ranges: Map<SymbolId, IndexRange>;
  /** Families whose members' shape is being looked for, so that those defined by one another come to an end. */
  readonly entered: Set<SymbolId>;
  deferred: readonly Deferred[];
  readonly problems: ShapeProblem[];
  /** The layout derivatives are read in at the moment. */
  layout: Layout;
  /** Whether differing operands of a sum are read entry by entry at the moment. */
  broadcast: boolean;
}

export function newInference(derivation: Derivation, facts: Facts, sizes: ReadonlyMap<string, number>): Inference {
  return {
    derivation, unifier: newUnifier(facts, sizes), shapes: new Map(), symbols: new Map(), ranges: new Map(), entered: new Set(), deferred: [], problems: [],
    layout: 'denominator', broadcast: false,
  };
}

/** A state to come back to, so that one layout can be tried after the other. */
export interface Checkpoint {
  readonly trail: number;
  readonly problems: number;
  readonly deferred: readonly Deferred[];
}

export function checkpoint(inference: Inference): Checkpoint {
  return { trail: inference.unifier.trail.length, problems: inference.problems.length, deferred: inference.deferred };
}

export function rollback(inference: Inference, mark: Checkpoint): void {
  rewind(inference.unifier, mark.trail);
  inference.problems.length = mark.problems;
  inference.deferred = mark.deferred;
}

export function report(inference: Inference, problem: ShapeProblem): void {
  inference.problems.push(problem);
}

/** What is found out meanwhile, that stretch of text is the reason for. */
export function because<T>({ unifier }: Inference, span: Span, find: () => T): T {
  const around = unifier.because;
  unifier.because = span;
  const found = find();
  unifier.because = around;
  return found;
}

/** Records a term's shape, so that it can be undone. */
export function setShape(inference: Inference, term: Term, shape: Shape): Shape {
  const before = inference.shapes.get(term);
  inference.shapes.set(term, shape);
  inference.unifier.trail.push(() => (before === undefined ? inference.shapes.delete(term) : inference.shapes.set(term, before)));
  return shape;
}

/** The shape with everything that is known put in. */
export function known(inference: Inference, shape: Shape): Shape {
  return resolveShape(inference.unifier, shape);
}

/** A shape of which nothing is known. */
export function open(inference: Inference): MatrixShape {
  return freshShape(inference.unifier);
}

/** Tries now, and again whenever more is known; until then the term has an open shape. */
export function defer(inference: Inference, term: Term, attempt: Attempt): Shape {
  const now = attempt(null);
  if (now !== null) return now;
  const placeholder = open(inference);
  inference.deferred = [...inference.deferred, { term, placeholder, attempt }];
  return placeholder;
}

/** Tries what waits, until nothing more comes of it. */
export function settle(inference: Inference): void {
  for (let progress = true; progress; ) {
    progress = false;
    const waiting: Deferred[] = [];
    const before = inference.deferred;
    inference.deferred = [];
    for (const one of before) {
      const shape = because(inference, one.term.span, () => one.attempt(known(inference, one.placeholder)));
      if (shape === null) waiting.push(one);
      else {
        progress = true;
        decide(inference, one, shape);
      }
    }
    inference.deferred = [...waiting, ...inference.deferred];
  }
}

function decide(inference: Inference, { term, placeholder }: Deferred, shape: Shape): void {
  because(inference, term.span, () => unifyShapes(inference.unifier, placeholder, shape));
  setShape(inference, term, shape);
}

export function symbolInfo(inference: Inference, id: SymbolId): SymbolInfo {
  return inference.derivation.symbols.get(id) as SymbolInfo;
}

/** The shape of a symbol: the declared one, or one that its uses decide. */
export function symbolShape(inference: Inference, id: SymbolId): Shape {
  const found = inference.symbols.get(id);
  if (found !== undefined) return found;
  const info = symbolInfo(inference, id);
  const counts = info.role === 'index' || info.role === 'dimension';
  const shape = counts ? SCALAR : info.family !== null ? open(inference) : (info.declared ?? open(inference));
  inference.symbols.set(id, shape);
  inference.unifier.trail.push(() => inference.symbols.delete(id));
  return shape;
}

/** Records that an index runs over a range. */
export function setRange(inference: Inference, id: SymbolId, range: IndexRange): void {
  inference.ranges.set(id, range);
  inference.unifier.trail.push(() => inference.ranges.delete(id));
}
