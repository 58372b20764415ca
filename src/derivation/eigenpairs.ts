import { made, numeral } from '../ops/rewrite.ts';
import type { SymbolId, SymbolTerm, Term } from '../ops/term.ts';
import { isOpenEnd } from './dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from './derivation.ts';

/** `A v = \lambda v`. */
export interface Eigenpair {
  readonly matrix: SymbolTerm;
  readonly vector: SymbolId;
  readonly value: SymbolId;
  readonly equation: Equation;
  /** Whether an equation says that the vector has length one. */
  readonly isNormed: boolean;
}

/** The first pair of each eigenvector among equations. */
export function eigenpairsIn(equations: readonly Equation[]): readonly Eigenpair[] {
  const pairs = equations.flatMap((equation) => pairIn(equation) ?? []);
  const normed = new Set(pairs.length === 0 ? [] : equations.flatMap((equation) => normedIn(equation) ?? []));
  const isFirst = ({ vector }: Eigenpair, at: number) => pairs.findIndex((one) => one.vector === vector) === at;
  return pairs.filter(isFirst).map((pair) => ({ ...pair, isNormed: normed.has(pair.vector) }));
}

/** The v of `v^\top v = 1`, `\|v\| = 1`. */
function normedIn({ kind, sides: [left, right] }: Equation): SymbolId | null {
  return kind === 'equation' && right?.kind === 'number' && right.value === 1 && left !== undefined ? measuredIn(left) : null;
}

function measuredIn(left: Term): SymbolId | null {
  if (left.kind !== 'apply') return null;
  const [first, second] = left.args;
  if (left.op === 'pow') return measuredIn(first as Term);
  if (left.op === 'norm' || left.op === 'norm2') return first?.kind === 'symbol' ? first.id : null;
  const isTurned = first?.kind === 'apply' && first.op === 'transpose' && first.args[0]?.kind === 'symbol';
  if (left.op === 'inner') return first?.kind === 'symbol' && second?.kind === 'symbol' && first.id === second.id ? first.id : null;
  return left.op === 'mul' && isTurned && second?.kind === 'symbol' && (first.args[0] as SymbolTerm).id === second.id ? second.id : null;
}

function pairIn(equation: Equation): Eigenpair | null {
  const { kind, sides, relations } = equation;
  const [left, right] = sides.map(twoSymbols);
  if (kind !== 'equation' || sides.length !== 2 || relations[0] !== '=' || left == null || right == null) return null;
  const [matrix, vector] = left;
  const value = right.find(({ id }) => id !== vector.id);
  const isPair = right.some(({ id }) => id === vector.id) && value !== undefined && matrix.id !== vector.id;
  return isPair && value.id !== matrix.id ? { matrix, vector: vector.id, value: value.id, equation, isNormed: false } : null;
}

function twoSymbols(side: Term): readonly [SymbolTerm, SymbolTerm] | null {
  const [first, second, ...more] = side.kind === 'apply' && side.op === 'mul' ? side.args : [];
  return first?.kind === 'symbol' && second?.kind === 'symbol' && more.length === 0 ? [first, second] : null;
}

/** How long an eigenvector is that nothing says to have length one. */
const LENGTH = 2;

/**
 * What the letters of a pair are, where nothing else says it: v solves `v = A v / (v^\top A v)`, in which it has length one, or another one where nothing says that, and λ is
 * `v^\top A v / v^\top v`.
 */
export function valuesOf({ symbols }: Derivation, pair: Eigenpair): readonly (readonly [SymbolId, SymbolInfo])[] {
  const [vector, value] = [pair.vector, pair.value].map((id) => symbols.get(id));
  if (vector === undefined || value === undefined || !isOpenEnd(vector) || !isOpenEnd(value)) return [];
  const matrix = (): Term => ({ ...pair.matrix });
  const v = (): Term => ({ kind: 'symbol', id: vector.id, span: pair.matrix.span });
  const form = () => made('mul', made('transpose', v()), matrix(), v());
  const direction = made('div', made('mul', matrix(), v()), form());
  const body = hasLengthOne(pair, vector) ? direction : made('mul', numeral(LENGTH ** 2, pair.matrix), direction);
  const quotient = made('div', form(), made('mul', made('transpose', v()), v()));
  const { span } = pair.equation;
  return [
    [value.id, { ...value, definition: { params: [], body: quotient, span } }],
    [vector.id, { ...vector, definition: { params: [], body, span, isImplicit: true } }],
  ];
}

/** Whether a text says enough of a pair for a claim about it to be wrong: that the matrix is symmetric, and how long the vector is. */
export function isToldInFull({ symbols }: Derivation, pair: Eigenpair): boolean {
  const [vector, matrix] = [pair.vector, pair.matrix.id].map((id) => symbols.get(id));
  const isSymmetric = matrix?.properties.some((property) => property === 'symmetric' || property === 'spd') === true;
  return isSymmetric && vector !== undefined && hasLengthOne(pair, vector);
}

function hasLengthOne({ isNormed }: Eigenpair, { properties }: SymbolInfo): boolean {
  return isNormed || properties.includes('orthogonal') || properties.includes('unit');
}
