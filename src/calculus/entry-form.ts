import type { Derivation, ShapeTable, SymbolInfo } from '../derivation/derivation.ts';
import { contains, type Value } from '../ops/algebra/value.ts';
import type { DerivativeTerm, Selector, SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { type Dim, ONE } from '../shape/dimension.ts';
import type { Shape } from '../shape/shape.ts';
import { differentiateTerm, isRefusal } from './differentiate.ts';

/** A derivative of more than two axes, entry by entry: `d(X' X)_{kl}/dX_{ij}` and what it is. */
export interface EntryForm {
  readonly claim: DerivativeTerm;
  readonly term: Term;
  /** What the indices are called. */
  readonly names: ReadonlyMap<SymbolId, string>;
}

/** In an order in which no two make a name such as `pi`. */
const LETTERS = ['i', 'j', 'k', 'l', 'r', 's', 't', 'u', 'v', 'w'];
const SPAN = { start: 0, end: 0 };

/** The entries of a derivative that has no form in matrices; null where that is not the reason that there is none. */
export function entryForm(derivation: Derivation, shapes: ShapeTable, term: DerivativeTerm, layout: Layout): EntryForm | null {
  const [by, ...others] = term.wrt;
  if (by?.term.kind !== 'symbol' || others.length > 0 || term.form !== 'derivative') return null;
  const [wide, wideBy] = [axesOf(shapes.ofTerm(term.of)), axesOf(shapes.ofTerm(by.term))];
  const taken = new Set([...derivation.symbols.values()].map(({ text }) => text));
  const letters = LETTERS.filter((letter) => !taken.has(letter));
  if (wide === null || wideBy === null || wide.length + wideBy.length < 3 || letters.length < wide.length + wideBy.length) return null;
  const indices = [...wideBy, ...wide].map((size, at) => indexNamed(letters[at] as string, size));
  const extended: Derivation = {
    ...derivation,
    symbols: new Map([...derivation.symbols, ...indices.map((info) => [info.id, info] as const)]),
  };
  const ranges = new Map(indices.map(({ id, range }) => [id, range]));
  const within: ShapeTable = { ...shapes, rangeOf: (id) => ranges.get(id) ?? shapes.rangeOf(id) };
  const entryBy = entryAt(by.term, indices.slice(0, wideBy.length));
  const claim: DerivativeTerm = {
    ...term,
    of: entryAt(term.of, indices.slice(wideBy.length)),
    wrt: [{ term: entryBy, transposed: false }],
  };
  const found = differentiateTerm(extended, within, claim, layout);
  const isTaken = (value: Value) =>
    value.kind === 'binder' && value.indices.some((id) => indices.some(({ text }) => text === id.replace(/^\$/, '')));
  return isRefusal(found) || contains(found.value, isTaken)
    ? null
    : { claim, term: found.term, names: new Map(indices.map(({ id, text }) => [id, text])) };
}

/** The sizes of the axes that are longer than one. */
function axesOf(shape: Shape): readonly Dim[] | null {
  return shape.kind === 'tensor' ? null : [shape.rows, shape.cols].filter((dim) => dim.key !== ONE.key);
}

function indexNamed(text: string, size: Dim): SymbolInfo {
  return {
    id: `$${text}`,
    text,
    role: 'index',
    span: SPAN,
    declared: null,
    properties: [],
    definition: null,
    open: null,
    from: null,
    family: null,
    range: { from: ONE, to: size },
    namedAfter: false,
  };
}

function entryAt(base: Term, indices: readonly SymbolInfo[]): Term {
  const selectors = indices.map(({ id }): Selector => ({ kind: 'at', index: { kind: 'symbol', id, span: SPAN } }));
  return { kind: 'entry', base, selectors, span: SPAN };
}
