import type { ApplyTerm, Term } from '../ops/term.ts';
import { shapeOf } from '../shape/read-dimension.ts';
import { isScalar, type Shape, showShape } from '../shape/shape.ts';
import { unifyShapes } from '../shape/unify.ts';
import type { ShapeExpr, ShapeLineStatement } from '../syntax/ast.ts';
import type { Equation } from './derivation.ts';
import { inferTerm } from './infer-term.ts';
import { type Inference, known, report } from './inference.ts';

/** Compares a shape line with the equation above it, side by side and factor by factor, from the left; sides that have a mistake of their own are passed over. */
export function checkShapeLine(
  inference: Inference,
  equation: Equation,
  line: ShapeLineStatement,
  isMistaken: (side: Term) => boolean,
): void {
  line.sides.forEach((terms, at) => {
    const isLast = at > 0 && at === line.sides.length - 1;
    const side = (isLast ? lastUnder(inference, equation.sides, at, terms) : null) ?? equation.sides[at];
    if (side !== undefined && !isMistaken(side)) checkSide(inference, side, terms);
  });
}

/**
 * The last side of a chain of more sides than the line has, where the line has as many shapes as that side has factors, and not as many as the side
 * that it would be compared with: it stands under the last line of the chain. Null where it does not.
 */
function lastUnder(inference: Inference, sides: readonly Term[], at: number, noted: readonly (readonly ShapeExpr[])[]): Term | null {
  const [own, last] = [sides[at], sides.at(-1)];
  const count = noted.length === 1 ? (noted[0]?.length ?? 0) : 0;
  if (count < 2 || at >= sides.length - 1 || own === undefined || last === undefined) return null;
  const has = (side: Term) => matchingFactors(inference, unsigned(side), count).length === count;
  return !has(own) && has(last) ? last : null;
}

interface NotedTerm {
  readonly term: Term;
  readonly note: ShapeExpr;
}

/** One shape may stand for the whole side, or for each term of a sum; several for the factors of each term. */
function checkSide(inference: Inference, side: Term, noted: readonly (readonly ShapeExpr[])[]): void {
  const [only] = noted;
  if (noted.length === 1 && only?.length === 1) return void compare(inference, side, only[0] as ShapeExpr);
  const terms = noted.length === 1 ? [unsigned(side)] : termsOf(side);
  noted.forEach((factors, at) => {
    const term = terms[at];
    if (term !== undefined) checkTerm(inference, term, factors);
  });
}

function checkTerm(inference: Inference, term: Term, noted: readonly ShapeExpr[]): void {
  const factors = matchingFactors(inference, term, noted.length);
  for (const [at, note] of noted.entries()) {
    const factor = factors[at];
    if (factor !== undefined && !compare(inference, factor, note, pairs(factors, noted.slice(at), at))) return;
  }
}

/** Each shape of a line from `start` on with the factor it stands under. */
function pairs(factors: readonly Term[], noted: readonly ShapeExpr[], start: number): readonly NotedTerm[] {
  return noted.flatMap((note, at) => {
    const term = factors[start + at];
    return term === undefined ? [] : [{ term, note }];
  });
}

/** The factors of a product; scalars are left out where the line does not count them. */
function matchingFactors(inference: Inference, term: Term, count: number): readonly Term[] {
  const all = factorsOf(term);
  return all.length === count ? all : all.filter((factor) => !isScalar(inferTerm(inference, factor)));
}

/** Whether the term has the noted shape; a difference is reported at the note. */
function compare(inference: Inference, term: Term, note: ShapeExpr, following: readonly NotedTerm[] = [{ term, note }]): boolean {
  const stated = shapeOf(note);
  if (!('rows' in stated)) return true;
  const shape: Shape = inferTerm(inference, term);
  if (unifyShapes(inference.unifier, shape, stated)) return true;
  report(inference, {
    kind: 'annotation',
    span: note.span,
    term,
    shape: known(inference, shape),
    noted: showShape(stated),
    note: 'shape line',
    notes: following.map((one) => ({ note: one.note, shape: known(inference, inferTerm(inference, one.term)) })),
  });
  return false;
}

function unsigned(term: Term): Term {
  return term.kind === 'apply' && term.op === 'neg' ? (term.args[0] as Term) : term;
}

/** A term of a sum, and whether it is taken away. */
export interface SignedTerm {
  readonly term: Term;
  readonly negative: boolean;
}

/** The terms of a sum with their signs, from left to right; a sum in brackets of its own is one term. */
export function signedTermsOf(term: Term): readonly SignedTerm[] {
  if (term.kind !== 'apply') return [{ term, negative: false }];
  const [first, ...others] = term.args;
  if (first === undefined) return [{ term, negative: false }];
  if (term.op === 'neg') return [{ term: first, negative: true }];
  if (term.op !== 'add' && term.op !== 'sub') return [{ term, negative: false }];
  return [...signedTermsOf(first), ...others.map((one) => ({ term: one, negative: term.op === 'sub' }))];
}

/** The terms of a sum, from left to right, without their signs. */
export function termsOf(term: Term): readonly Term[] {
  if (term.kind === 'apply' && (term.op === 'add' || term.op === 'sub' || term.op === 'neg')) return term.args.flatMap(termsOf);
  return [term];
}

const PRODUCTS: ReadonlySet<ApplyTerm['op']> = new Set(['mul', 'dot', 'times']);

/** The factors of a product, from left to right. */
export function factorsOf(term: Term): readonly Term[] {
  if (term.kind === 'apply' && PRODUCTS.has(term.op)) return term.args.flatMap((arg) => (isBracketed(arg) ? [arg] : factorsOf(arg)));
  return [term];
}

/** A product in brackets of its own is one factor. */
function isBracketed(arg: Term): boolean {
  return arg.kind === 'apply' && PRODUCTS.has(arg.op) && arg.args[0] !== undefined && arg.args[0].span.start > arg.span.start;
}
