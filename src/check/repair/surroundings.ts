import type { Equation } from '../../derivation/derivation.ts';
import { type ApplyTerm, type SymbolId, type Term, termKey, walk } from '../../ops/term.ts';
import { constantOf, equal } from '../../shape/dimension.ts';
import { type Shape, isScalar, isWide } from '../../shape/shape.ts';
import type { Property } from '../../syntax/ast.ts';
import type { RuleContext } from '../words.ts';
import type { Surroundings } from './slips.ts';

/** More scalars than this are not tried as a missing factor. */
const MOST_SCALARS = 10;

const SYMMETRIC: ReadonlySet<Property> = new Set(['symmetric', 'spd', 'diagonal']);

/** What the text around an equation offers for mending it. */
export function surroundingsOf({ built, inferred }: RuleContext, equation: Equation, side: Term): Surroundings {
  const { symbols } = built.derivation;
  const shapeOf = (term: Term): Shape => inferred.shapes.ofTerm(term);
  const named = symbolsAround(built, equation);
  const others = (term: Term) => named.filter((id) => term.kind !== 'symbol' || term.id !== id);
  const sums = sumsIn(side);
  const whole = new Set<Term>([side, ...sums.flatMap(({ args }) => args)]);
  const following = new Set<Term>(sums.flatMap(({ args }) => args.slice(1)));
  return {
    isScalar: (term) => isScalar(shapeOf(term)),
    isVector: (term) => isColumnOrRow(shapeOf(term)),
    isSquare: (term) => isSquare(shapeOf(term)),
    isSymmetric: (term) => term.kind === 'symbol' && isSquare(shapeOf(term)) && (symbols.get(term.id)?.properties ?? []).some((property) => SYMMETRIC.has(property)),
    alike: (term) => others(term).filter((id) => sameShape(inferred.shapes.ofSymbol(id), shapeOf(term))),
    unlike: (term) => others(term).filter((id) => !sameShape(inferred.shapes.ofSymbol(id), shapeOf(term))),
    scalars: scalarsAround(equation, named.filter((id) => isScalar(inferred.shapes.ofSymbol(id))), shapeOf),
    isWholeTerm: (term) => whole.has(term),
    isLeading: (term) => whole.has(term) && !following.has(term),
  };
}

/** More symbols than this are not tried in the place of another. */
const MOST_SYMBOLS = 16;

/** The variables that the equation names, those that their definitions name, and those defined in its section. */
function symbolsAround({ derivation: { symbols, equations } }: RuleContext['built'], equation: Equation): readonly SymbolId[] {
  const found = new Set(equation.sides.flatMap(symbolsIn));
  for (const id of found) for (const next of symbolsIn(symbols.get(id)?.definition?.body ?? null)) found.add(next);
  for (const { section, defines } of equations) if (section === equation.section && defines !== null) found.add(defines);
  const usable = [...found].filter((id) => {
    const info = symbols.get(id);
    return info !== undefined && (info.role === 'variable' || info.role === 'dimension') && info.family === null;
  });
  return usable.slice(0, MOST_SYMBOLS);
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

/** The sums in a side, those in brackets and the negated terms too. */
function sumsIn(side: Term): readonly ApplyTerm[] {
  return [...walk(side)].filter((term): term is ApplyTerm => term.kind === 'apply' && (term.op === 'add' || term.op === 'sub' || term.op === 'neg'));
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
