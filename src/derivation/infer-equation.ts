import { contains } from '../base/span.ts';
import { type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { shapeOf } from '../shape/read-dimension.ts';
import { type Shape, showShape } from '../shape/shape.ts';
import { unifyShapes } from '../shape/unify.ts';
import type { Relation, ShapeExpr } from '../syntax/ast.ts';
import type { Equation } from './derivation.ts';
import { inferTerm } from './infer-term.ts';
import { because, type Inference, known, report, settle, symbolShape } from './inference.ts';
import type { Run } from './inference-run.ts';
import { blamedTerms, type ShapeProblem } from './problem.ts';
import { checkShapeLine } from './shape-line.ts';

const SHAPELESS: ReadonlySet<Relation> = new Set(['~', '→', '∈', '⇒', '∝', '≻', '⪰']);

/** Infers the sides of an equation in a layout, compares them, and reports what does not fit. */
export function inferEquation(run: Run, equation: Equation, layout: Layout): void {
  const { inference } = run;
  inference.layout = layout;
  inference.broadcast = equation.settings.broadcast;
  const before = inference.problems.length;
  noteFirst(run, equation);
  for (const side of equation.sides) inferTerm(inference, side);
  settle(inference);
  because(inference, equation.span, () => compareSides(inference, equation));
  settle(inference);
  checkNotes(run, equation, inference.problems.slice(before));
}

/** Every side has the shape of the first one, and is compared with it. */
function compareSides(inference: Inference, equation: Equation): void {
  const [first, ...others] = equation.sides as readonly [Term, ...Term[]];
  const firstShape = definedShape(inference, equation) ?? inferTerm(inference, first);
  others.forEach((side, at) => {
    if (SHAPELESS.has(equation.relations[at] as Relation) || isRoughNumber(equation, at)) return;
    const shape = inferTerm(inference, side);
    if (unifyShapes(inference.unifier, firstShape, shape)) return;
    report(inference, { kind: 'side', equation, side, shape: known(inference, shape), first, firstShape: known(inference, firstShape) });
  });
}

/** `z ≈ 1` of a vector z speaks of each of its entries. */
function isRoughNumber({ relations, sides }: Equation, at: number): boolean {
  return relations[at] === '≈' && sides[at + 1]?.kind === 'number';
}

/** What `y = …` defines; `p_i = …` is compared entry by entry, and all of p is as large as its entries make it. */
function definedShape(inference: Inference, { defines, sides }: Equation): Shape | null {
  if (defines === null) return null;
  const body = inference.derivation.symbols.get(defines)?.definition?.body;
  if (sides[0]?.kind === 'symbol' || body === undefined) return known(inference, symbolShape(inference, defines));
  unifyShapes(inference.unifier, symbolShape(inference, defines), inferTerm(inference, body));
  return null;
}

/** A note on a symbol without a shape declares it, before the equation is looked at. */
function noteFirst(run: Run, equation: Equation): void {
  const { inference } = run;
  for (const { term, note } of notesIn(run, equation)) {
    const stated = shapeOf(note);
    if ('rows' in stated && term.kind === 'symbol') unifyShapes(inference.unifier, symbolShape(inference, term.id), stated);
  }
}

function notesIn({ notes }: Run, equation: Equation): readonly { readonly term: Term; readonly note: ShapeExpr }[] {
  if (notes.size === 0) return [];
  const terms = equation.sides.flatMap((side) => [...walk(side)]);
  return terms.flatMap((term) => (notes.get(term) ?? []).map((note) => ({ term, note })));
}

/** Shape notes and shape lines are compared with what has no other mistake. */
function checkNotes(run: Run, equation: Equation, mistakes: readonly ShapeProblem[]): void {
  const { inference, built } = run;
  const blamed = mistakes.flatMap(blamedTerms);
  const isMistaken = (term: Term) => blamed.some(({ span }) => contains(term.span, span) || contains(span, term.span));
  for (const { term, note } of notesIn(run, equation)) if (!isMistaken(term)) checkNote(inference, term, note, 'shape note');
  const membership = built.memberships.get(equation);
  if (membership !== undefined) checkNote(inference, equation.sides[0] as Term, membership, 'membership');
  for (const line of built.shapeLines.get(equation) ?? []) checkShapeLine(inference, equation, line, isMistaken);
}

function checkNote(inference: Inference, term: Term, note: ShapeExpr, kind: 'shape note' | 'membership'): void {
  const stated = shapeOf(note);
  const inferred = inferTerm(inference, term);
  if (!('rows' in stated) || unifyShapes(inference.unifier, inferred, stated)) return;
  const shape = known(inference, inferred);
  report(inference, { kind: 'annotation', span: note.span, term, shape, noted: showShape(stated), note: kind, notes: [{ note, shape }] });
}
