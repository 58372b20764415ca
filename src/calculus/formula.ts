import type { Span } from '../base/span.ts';
import { symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, ShapeTable, SymbolInfo } from '../derivation/derivation.ts';
import { TooLarge } from '../ops/algebra/leaves.ts';
import { isApply, isColumn, isRow, partsOf, type Value } from '../ops/algebra/value.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { isScalar } from '../shape/shape.ts';
import type { NotationName } from '../syntax/cursor.ts';
import { isCompound, lengthToRead, type NamedPart, nameCommonParts } from './common-parts.ts';
import { type Derived, loweringFor } from './differentiate.ts';
import { fold } from './fold.ts';
import { type Lowering, lower } from './lower.ts';
import { raise } from './raise.ts';
import { Refused } from './refusal.ts';
import { simplify } from './simplify.ts';

/** A derivative as a person writes it down: with names for what occurs several times. */
export interface Formula {
  readonly term: Term;
  /** What names that the text does not have stand for: `where r = y - X beta`. */
  readonly where: readonly FormulaPart[];
}

export interface FormulaPart {
  readonly id: SymbolId;
  readonly name: string;
  readonly isNumber: boolean;
  readonly term: Term;
}

/**
 * The derivative with the names that its section has for parts of it, and with new ones for other
 * parts where the formula is shorter with them: where a part of w letters and functions occurs c
 * times, (c - 1)(w - 1) > 3.
 */
export function formulaOf(
  derivation: Derivation,
  shapes: ShapeTable,
  { value }: Pick<Derived, 'value'>,
  layout: Layout,
  at: Span,
): Formula {
  const own = withOwnNames(value, ownNames(derivation, shapes, layout, at, value));
  const taken = new Set([...derivation.symbols.values()].map(({ text }) => text));
  const named = nameCommonParts([own], {
    helps: (part, count) => (count - 1) * (lengthToRead(part) - 1) > 3,
    nameFor: (part) => freshName(part, taken),
    isIndex: (id) => derivation.symbols.get(id)?.role === 'index',
  });
  return {
    term: raise({ derivation }, named.values[0] as Value),
    where: named.parts.map(({ id, value: part }) => ({
      id,
      name: id.slice(1),
      isNumber: isScalar(part.shape),
      term: raise({ derivation }, part),
    })),
  };
}

/** The derivative with the names that its section has for parts of it, and no others. */
export function withNames(
  derivation: Derivation,
  shapes: ShapeTable,
  { value, term }: Pick<Derived, 'value' | 'term'>,
  layout: Layout,
  at: Span,
): Term {
  const named = withOwnNames(value, ownNames(derivation, shapes, layout, at, value));
  return named === value ? term : raise({ derivation }, named);
}

/** The formula and what its names stand for, as statements of a text in either notation. */
export function printFormula({ term, where }: Formula, notation: NotationName, print: (term: Term) => string): string {
  const formula = print(term);
  if (where.length === 0) return formula;
  const definitions = where.map((part) => `${part.name} = ${print(part.term)}`);
  return notation === 'plain'
    ? `${formula} where ${definitions.join('; ')}`
    : `${formula} \\quad\\text{where } ${definitions.join(',\\quad ')}`;
}

// ---- names that the section has

/** The value with each of the names in the place of what it stands for. */
export function withOwnNames(value: Value, names: readonly NamedPart[]): Value {
  return names.reduce((folded, { id, value: body }) => fold(folded, body, id).value, value);
}

/** What is defined in the section at a place and in those around it, of letters that occur in a value; the shortest first. */
export function ownNames(derivation: Derivation, shapes: ShapeTable, layout: Layout, at: Span, value: Value): readonly NamedPart[] {
  const lowering = loweringFor(derivation, shapes, layout);
  const letters = new Set(symbolsOf(value));
  const names: NamedPart[] = [];
  for (const info of definedAround(derivation, at)) {
    const { id, definition } = info as SymbolInfo & { definition: NonNullable<SymbolInfo['definition']> };
    if (!symbolsIn(definition.body).every((one) => letters.has(one) || isSize(derivation, one))) continue;
    const body = loweredOrNull(lowering, definition.body);
    if (body !== null && isCompound(body)) names.push({ id, value: body });
  }
  return names.sort((a, b) => a.value.size - b.value.size);
}

function isSize({ symbols }: Derivation, id: SymbolId): boolean {
  const role = symbols.get(id)?.role;
  return role === 'dimension' || role === 'index';
}

/** What the letters of the section stand for, where a letter has one meaning in it. */
function definedAround({ symbols, sections }: Derivation, at: Span): readonly SymbolInfo[] {
  const isInside = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;
  const isInScope = ({ span }: SymbolInfo) => sections.every((one) => !isInside(one.span, span) || isInside(one.span, at));
  const visible = [...symbols.values()].filter(isInScope);
  const meanings = new Map<string, number>();
  for (const { text } of visible) meanings.set(text, (meanings.get(text) ?? 0) + 1);
  return visible.filter((info) => isVariableDefined(info) && meanings.get(info.text) === 1);
}

function isVariableDefined({ role, definition, family }: SymbolInfo): boolean {
  if (role !== 'variable' || definition === null || definition.params.length > 0 || family !== null) return false;
  return [...walk(definition.body)].every(({ kind }) => kind !== 'derivative' && kind !== 'differential' && kind !== 'hole');
}

function loweredOrNull(lowering: Lowering, body: Term): Value | null {
  try {
    const propertiesOf = (id: SymbolId) => lowering.derivation.symbols.get(id)?.properties ?? [];
    return simplify(lower(lowering, body), { named: new Map(), propertiesOf });
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof TooLarge) return null;
    throw problem;
  }
}

function* symbolsOf(value: Value): Generator<SymbolId> {
  if (value.kind === 'symbol') yield value.id;
  if (value.kind === 'call' && value.callee.kind === 'symbol') yield value.callee.id;
  for (const part of partsOf(value)) yield* symbolsOf(part);
}

// ---- new names

const SCALARS = ['s', 't', 'c', 'q', 'a', 'b'];
const VECTORS = ['u', 'v', 'r', 'z', 'p', 'q', 'w'];
const MATRICES = ['P', 'Q', 'R', 'S', 'M', 'U', 'V', 'G'];

/** A letter as people use it for a number, a vector or a matrix, which the text has nowhere; the name behind a `$`. */
export function freshName(part: Value, taken: Set<string>): SymbolId | null {
  const letters = isScalar(part.shape) ? SCALARS : isColumn(part) || isRow(part) ? [...usualFor(part), ...VECTORS] : MATRICES;
  const name = letters.find((letter) => !taken.has(letter));
  if (name === undefined) return null;
  taken.add(name);
  return `$${name}`;
}

/** A residual is r, probabilities are p. */
function usualFor(part: Value): readonly string[] {
  if (part.kind === 'sum') return ['r'];
  return isApply(part, 'softmax') ? ['p'] : [];
}
