import type { Equation } from '../../derivation/derivation.ts';
import { type SymbolId, type Term, termKey, walk } from '../../ops/term.ts';
import { constantOf, equal } from '../../shape/dimension.ts';
import { type Shape, isScalar, isWide } from '../../shape/shape.ts';
import type { RuleContext } from '../words.ts';
import type { Surroundings } from './slips.ts';

/** More scalars than this are not tried as a missing factor. */
const MOST_SCALARS = 10;

/** What the text around an equation offers for mending it. */
export function surroundingsOf({ built, inferred }: RuleContext, equation: Equation, side: Term): Surroundings {
  const { symbols } = built.derivation;
  const shapeOf = (term: Term): Shape => inferred.shapes.ofTerm(term);
  const named = symbolsAround(built.derivation.symbols, equation);
  const whole = new Set<Term>(wholeTerms(side));
  return {
    isScalar: (term) => isScalar(shapeOf(term)),
    isVector: (term) => isColumnOrRow(shapeOf(term)),
    isSquare: (term) => isSquare(shapeOf(term)),
    alike: (term) => named.filter((id) => !(term.kind === 'symbol' && term.id === id) && sameShape(inferred.shapes.ofSymbol(id), shapeOf(term))),
    scalars: scalarsAround(equation, named.filter((id) => isScalar(inferred.shapes.ofSymbol(id))), shapeOf),
    isWholeTerm: (term) => whole.has(term),
  };
}

/** The variables that the equation names, and those that their definitions name. */
function symbolsAround(symbols: RuleContext['built']['derivation']['symbols'], equation: Equation): readonly SymbolId[] {
  const found = new Set(equation.sides.flatMap(symbolsIn));
  for (const id of found) for (const next of symbolsIn(symbols.get(id)?.definition?.body ?? null)) found.add(next);
  return [...found].filter((id) => {
    const info = symbols.get(id);
    return info !== undefined && (info.role === 'variable' || info.role === 'dimension') && info.family === null;
  });
}

function symbolsIn(term: Term | null): readonly SymbolId[] {
  return term === null ? [] : [...walk(term)].flatMap((one) => (one.kind === 'symbol' ? [one.id] : []));
}

function scalarsAround(equation: Equation, ids: readonly SymbolId[], shapeOf: (term: Term) => Shape): readonly Term[] {
  const within = equation.sides.slice(1).flatMap((side) => [...walk(side)].filter((term) => isCompound(term) && isScalar(shapeOf(term))));
  const named = ids.map((id): Term => ({ kind: 'symbol', id, span: { start: 0, end: 0 } }));
  const distinct = new Map([...named, ...within].map((term) => [termKey(term), term]));
  return [...distinct.values()].slice(0, MOST_SCALARS);
}

function isCompound({ kind }: Term): boolean {
  return kind === 'apply' || kind === 'call';
}

/** The side, the operands of its sums, and of sums in brackets below them. */
function wholeTerms(side: Term): readonly Term[] {
  const sums = [...walk(side)].filter((term) => term.kind === 'apply' && (term.op === 'add' || term.op === 'sub' || term.op === 'neg'));
  return [side, ...sums.flatMap((sum) => (sum.kind === 'apply' ? sum.args : []))];
}

function isColumnOrRow(shape: Shape): boolean {
  if (shape.kind !== 'matrix') return false;
  return (isWide(shape.rows) && constantOf(shape.cols) === 1) || (isWide(shape.cols) && constantOf(shape.rows) === 1);
}

function isSquare(shape: Shape): boolean {
  return shape.kind === 'matrix' && isWide(shape.rows) && equal(shape.rows, shape.cols);
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.kind === 'matrix' && b.kind === 'matrix' && equal(a.rows, b.rows) && equal(a.cols, b.cols);
}
