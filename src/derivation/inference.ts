import type { Span } from '../base/span.ts';
import { childrenOf, type SymbolId, type Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { type Dim, unknownsIn } from '../shape/dimension.ts';
import type { Facts } from '../shape/facts.ts';
import { type MatrixShape, SCALAR, type Shape } from '../shape/shape.ts';
import { announce, freshShape, newUnifier, resolveShape, rewind, type Unifier, unifyShapes } from '../shape/unify.ts';
import { conventionalForm } from './bold-convention.ts';
import type { Derivation, SymbolInfo } from './derivation.ts';
import type { ShapeProblem } from './problem.ts';

/** A range an index runs over, as far as it is known. */
export interface IndexRange {
  readonly from: Dim;
  readonly to: Dim;
  /** Where the sign of a sum says what it runs to. */
  readonly bound?: Span;
  /** Entries ahead of the index are summed, too, so that it need not run to the end of an axis: `x_{k+1} - x_k`. */
  readonly looksAhead?: true;
}

/** Finds a shape, given what others need it to be as far as that is known; null to wait on. */
export type Attempt = (expected: Shape | null) => Shape | null;

/** A shape that could not be told yet, and another attempt at it. */
interface Deferred {
  /** Counts what was deferred: the first is tried first. */
  readonly number: number;
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
  /** Symbols of unknown size that are taken to be columns or matrices. */
  readonly noScalars: Set<SymbolId>;
  /** Families whose members' shape is being looked for, so that those defined by one another come to an end. */
  readonly entered: Set<SymbolId>;
  /** Came up since the last time that waiting shapes were tried. */
  deferred: readonly Deferred[];
  /** What waits for an unknown, by its number. */
  readonly waiting: Map<number, Deferred[]>;
  /** What waits no longer. */
  readonly decided: Set<Deferred>;
  /** How much of what was found out has reached those who wait for it. */
  heard: number;
  deferrals: number;
  readonly problems: ShapeProblem[];
  /** Terms that turned out to have another shape than what stands around them took them to have. */
  readonly conflicts: Term[];
  /** The layout derivatives are read in at the moment. */
  layout: Layout;
  /** Whether differing operands of a sum are read entry by entry at the moment. */
  broadcast: boolean;
}

export function newInference(derivation: Derivation, facts: Facts, sizes: ReadonlyMap<string, number>): Inference {
  return {
    derivation,
    unifier: newUnifier(facts, sizes),
    shapes: new Map(),
    symbols: new Map(),
    ranges: new Map(),
    noScalars: new Set(),
    entered: new Set(),
    deferred: [],
    waiting: new Map(),
    decided: new Set(),
    heard: 0,
    deferrals: 0,
    problems: [],
    conflicts: [],
    layout: 'denominator',
    broadcast: false,
  };
}

/** A state to come back to, so that one layout can be tried after the other. */
export interface Checkpoint {
  readonly trail: number;
  readonly problems: number;
  readonly deferred: readonly Deferred[];
  readonly heard: number;
}

export function checkpoint(inference: Inference): Checkpoint {
  return {
    trail: inference.unifier.trail.length,
    problems: inference.problems.length,
    deferred: inference.deferred,
    heard: inference.heard,
  };
}

export function rollback(inference: Inference, mark: Checkpoint): void {
  rewind(inference.unifier, mark.trail);
  inference.problems.length = mark.problems;
  inference.deferred = mark.deferred;
  inference.heard = mark.heard;
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
  inference.deferred = [...inference.deferred, { number: inference.deferrals++, term, placeholder, attempt }];
  return placeholder;
}

/** Tries what came up, and what waits for something that was found out, until nothing more comes of it. */
export function settle(inference: Inference): void {
  for (let ready = takeReady(inference); ready.length > 0; ready = takeReady(inference)) {
    for (const one of ready) {
      const shape = because(inference, one.term.span, () => one.attempt(known(inference, one.placeholder)));
      if (shape === null) wait(inference, one);
      else decide(inference, one, shape);
    }
  }
}

function takeReady(inference: Inference): readonly Deferred[] {
  const {
    unifier: { news },
    waiting,
    decided,
  } = inference;
  const ready = new Set(inference.deferred);
  for (; inference.heard < news.length; inference.heard++)
    for (const one of waiting.get(news[inference.heard] as number) ?? []) if (!decided.has(one)) ready.add(one);
  inference.deferred = [];
  return [...ready].sort((a, b) => a.number - b.number);
}

/** Waits for every unknown in the shape that it has so far and in those of what is below it. */
function wait(inference: Inference, one: Deferred): void {
  const below = childrenOf(one.term).flatMap((child) => inference.shapes.get(child) ?? []);
  const unknowns = new Set([one.placeholder, ...below].flatMap((shape) => unknownsOf(known(inference, shape))));
  for (const unknown of unknowns) {
    const list = inference.waiting.get(unknown) ?? [];
    inference.waiting.set(unknown, list);
    list.push(one);
    inference.unifier.trail.push(() => list.pop());
  }
}

function unknownsOf(shape: Shape): readonly number[] {
  const dims = shape.kind === 'matrix' ? [shape.rows, shape.cols] : shape.axes.flat();
  return dims.flatMap(unknownsIn);
}

function decide(inference: Inference, one: Deferred, shape: Shape): void {
  const { unifier, decided } = inference;
  const { term, placeholder } = one;
  const open = unknownsOf(known(inference, placeholder));
  if (!because(inference, term.span, () => unifyShapes(unifier, placeholder, shape)) && shape.kind === 'matrix')
    noteConflict(inference, term);
  setShape(inference, term, shape);
  decided.add(one);
  unifier.trail.push(() => decided.delete(one));
  // A derivative with more than two axes takes the place of a matrix, and solves none of its dimensions.
  if (shape.kind === 'tensor') for (const unknown of open) announce(unifier, unknown);
}

/** Records that a term does not have the shape that was made of it. */
export function noteConflict({ conflicts, unifier }: Inference, term: Term): void {
  conflicts.push(term);
  unifier.trail.push(() => conflicts.pop());
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
  const conventional = conventionalForm(inference.derivation, inference.unifier, info);
  const shape = counts ? SCALAR : info.family !== null ? open(inference) : (info.declared ?? conventional ?? open(inference));
  if (conventional !== null && conventional !== SCALAR) inference.noScalars.add(id);
  inference.symbols.set(id, shape);
  inference.unifier.trail.push(() => inference.symbols.delete(id));
  return shape;
}

/** Records that an index runs over a range. */
export function setRange(inference: Inference, id: SymbolId, range: IndexRange): void {
  inference.ranges.set(id, range);
  inference.unifier.trail.push(() => inference.ranges.delete(id));
}

/** Takes a symbol to be no scalar, and of a form such as a column of a length that may be open. */
export function takeAs(inference: Inference, id: SymbolId, form: MatrixShape): void {
  inference.noScalars.add(id);
  inference.unifier.trail.push(() => inference.noScalars.delete(id));
  unifyShapes(inference.unifier, symbolShape(inference, id), form);
  for (const unknown of unknownsOf(known(inference, form))) announce(inference.unifier, unknown);
}
