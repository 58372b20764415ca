import { lazily } from '../../base/lazily.ts';
import type { Equation } from '../../derivation/derivation.ts';
import { copyOf, made } from '../../ops/rewrite.ts';
import { OPS } from '../../ops/table.ts';
import {
  type ApplyTerm,
  type CallTerm,
  childrenOf,
  type EntryTerm,
  type Selector,
  type SymbolId,
  type Term,
  termKey,
  walk,
} from '../../ops/term.ts';
import { constantOf, equal } from '../../shape/dimension.ts';
import { isScalar, isWide, type Shape } from '../../shape/shape.ts';
import type { Property } from '../../syntax/ast.ts';
import type { OpName } from '../../syntax/notation.ts';
import type { RuleContext } from '../words.ts';
import type { Surroundings } from './slips.ts';

/** More scalars than this are not tried as a missing factor. */
const MOST_SCALARS = 10;

const SYMMETRIC: ReadonlySet<Property> = new Set(['symmetric', 'spd', 'diagonal']);

/** Of these a 1 as the second number says nothing. */
const NUMBERS_SECOND: ReadonlySet<OpName> = new Set(['div', 'pow', 'hadamardPow']);

/** What the text around an equation offers for mending it. */
export function surroundingsOf({ built, inferred }: RuleContext, equation: Equation, side: Term): Surroundings {
  const { symbols } = built.derivation;
  const shapeOf = (term: Term): Shape => inferred.shapes.ofTerm(term);
  const named = symbolsAround(built, equation);
  const usable = named.map((id): Leaf => ({ term: { kind: 'symbol', id, span: NOWHERE }, shape: inferred.shapes.ofSymbol(id) }));
  const entries = entriesAround(built, equation, shapeOf);
  const inScope = indicesWithin(side, equation.free);
  const leaves = (node: Term) => [...usable, ...entries.flatMap((one) => members(one, inScope.get(node) ?? []))];
  const others = (node: Term) => leaves(node).filter(({ term }) => termKey(term) !== termKey(node));
  const bodies = () => named.flatMap((id) => symbols.get(id)?.definition?.body ?? []);
  const sums = sumsIn(side);
  const cells = new Set<Term>([...walk(side)].flatMap((term) => (term.kind === 'matrix' ? term.rows.flat() : [])));
  const whole = new Set<Term>([side, ...sums.flatMap(({ args }) => args), ...cells, ...[...walk(side)].flatMap(valuesOfCases)]);
  const signs = lazily(() => signsIn([...bodies(), ...bodiesCalled(built, equation)], shapeOf));
  const summed = new Set<Term>(walk(side).flatMap((term) => (term.kind === 'binder' ? [term.body] : [])));
  const besideOthers = new Set<Term>(
    walk(side).flatMap((term) =>
      term.kind !== 'apply' ? [] : term.op === 'mul' ? term.args : NUMBERS_SECOND.has(term.op) ? term.args.slice(1) : [],
    ),
  );
  const following = new Set<Term>(sums.flatMap(({ args }) => args.slice(1)));
  return {
    isScalar: (term) => isScalar(shapeOf(term)),
    isVector: (term) => isColumnOrRow(shapeOf(term)),
    isSquare: (term) => isSquare(shapeOf(term)),
    isSymmetric: (term) =>
      term.kind === 'symbol' &&
      isSquare(shapeOf(term)) &&
      (symbols.get(term.id)?.properties ?? []).some((property) => SYMMETRIC.has(property)),
    alike: (node) =>
      others(node)
        .filter(({ shape }) => sameShape(shape, shapeOf(node)))
        .map(({ term }) => term),
    unlike: (node) =>
      others(node)
        .filter(({ shape }) => !sameShape(shape, shapeOf(node)))
        .map(({ term }) => term),
    factors: (node) =>
      leaves(node)
        .filter(({ shape }) => !isScalar(shape))
        .map(({ term }) => term),
    mentions: usable.map(({ term }) => term),
    products: (node) => (node === side ? productsLike(shapeOf(node), usable) : []),
    slopes: (node) =>
      node === side
        ? slopesIn(bodies(), shapeOf)
            .filter((slope) => sameShape(slope.shape, shapeOf(node)))
            .map(({ term }) => term)
        : [],
    scalars: scalarsAround(
      [...equation.sides.slice(1), ...equation.sides.flatMap(symbolsIn).flatMap((id) => symbols.get(id)?.definition?.body ?? [])],
      named.filter((id) => isScalar(inferred.shapes.ofSymbol(id))),
      shapeOf,
    ),
    broadcasts: equation.settings.broadcast,
    weights: (node) =>
      whole.has(node) || summed.has(node)
        ? [
            ...entries.flatMap((one) => (isScalar(one.shape) ? members(one, inScope.get(node) ?? []) : [])).map(({ term }) => copyOf(term)),
            ...signs().map(copyOf),
          ]
        : [],
    isWholeTerm: (term) => whole.has(term),
    isCell: (term) => cells.has(term),
    isIdleAsOne: (term) => besideOthers.has(term),
    isLeading: (term) => whole.has(term) && !following.has(term),
  };
}

const NOWHERE = { start: 0, end: 0 } as const;

/** What may stand in the place of something else: a symbol, or an entry or a member that an index tells. */
interface Leaf {
  readonly term: Term;
  readonly shape: Shape;
}

/** More entries than this are not tried in the place of another. */
const MOST_ENTRIES = 6;

/** `x_i`, `W_{ij}` as the equation, its section and the definitions around write them, each base once. */
function entriesAround(
  { derivation: { equations, symbols } }: RuleContext['built'],
  { section }: Equation,
  shapeOf: (term: Term) => Shape,
): readonly (Leaf & { readonly term: EntryTerm })[] {
  const bodies = [...symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
  const terms = [...equations.filter((one) => one.section === section).flatMap(({ sides }) => sides), ...bodies].flatMap((side) => [
    ...walk(side),
  ]);
  const entries = terms.filter(
    (term): term is EntryTerm =>
      term.kind === 'entry' && term.selectors.some(isAtIndex) && term.selectors.every((one) => one.kind === 'all' || isAtIndex(one)),
  );
  const distinct = new Map(entries.map((term) => [`${termKey(term.base)} ${term.selectors.map(({ kind }) => kind).join()}`, term]));
  return [...distinct.values()].slice(0, MOST_ENTRIES).map((term) => ({ term, shape: shapeOf(term) }));
}

/** What stands before the conditions of a case distinction. */
function valuesOfCases(term: Term): readonly Term[] {
  return term.kind === 'apply' && term.op === 'cases' ? term.args.filter((_, at) => at % 2 === 0) : [];
}

/** What the functions do that an equation applies. */
function bodiesCalled({ derivation: { symbols } }: RuleContext['built'], { sides }: Equation): readonly Term[] {
  const callees = sides.flatMap((side) => [...walk(side)]).flatMap((term) => (term.kind === 'call' ? [term.callee] : []));
  return callees.flatMap((callee) => (callee.kind === 'symbol' ? (symbols.get(callee.id)?.definition?.body ?? []) : []));
}

/** `\operatorname{sign}(r)` where terms have `|r|`. */
function signsIn(bodies: readonly Term[], shapeOf: (term: Term) => Shape): readonly Term[] {
  const sizes = bodies
    .flatMap((body) => [...walk(body)])
    .filter((term) => term.kind === 'apply' && (term.op === 'abs' || term.op === 'bars'));
  const numbers = sizes.flatMap((term) => childrenOf(term)).filter((of) => isScalar(shapeOf(of)));
  return [...new Map(numbers.map((of) => [termKey(of), made('sign', { ...copyOf(of), span: NOWHERE })])).values()];
}

/** `\sigma'(z)` of each function of one argument that terms apply to a symbol. */
function slopesIn(bodies: readonly Term[], shapeOf: (term: Term) => Shape): readonly Leaf[] {
  const slopes = bodies
    .flatMap((body) => [...walk(body)])
    .flatMap((term): readonly Leaf[] => {
      const callee = calleeOf(term);
      const [arg, ...more] = term.kind === 'apply' || term.kind === 'call' ? term.args : [];
      if (callee === null || arg?.kind !== 'symbol' || more.length > 0) return [];
      return [{ term: { kind: 'call', callee, order: 1, args: [{ ...arg, span: NOWHERE }], span: NOWHERE }, shape: shapeOf(term) }];
    });
  return [...new Map(slopes.map((slope) => [termKey(slope.term), slope])).values()];
}

function calleeOf(term: Term): CallTerm['callee'] | null {
  if (term.kind === 'call') return term.order === 0 ? term.callee : null;
  return term.kind === 'apply' && OPS[term.op].differential.kind === 'entrywise' ? { kind: 'op', op: term.op } : null;
}

/** Products that are tried as a missing term. */
const MOST_PRODUCTS = 60;

/** `b'`, `Q x`, `x y'`: what has a shape, of one symbol or of two. */
function productsLike(shape: Shape, leaves: readonly Leaf[]): readonly Term[] {
  const oriented = leaves.flatMap((leaf) => (isScalar(leaf.shape) || leaf.shape.kind !== 'matrix' ? [] : [leaf, transposeOf(leaf)]));
  const pairs = oriented.flatMap((left) => oriented.flatMap((right) => productOfTwo(left, right) ?? []));
  const single = oriented.filter(({ term }) => term.kind === 'apply');
  return [...single, ...pairs]
    .filter((one) => sameShape(one.shape, shape))
    .slice(0, MOST_PRODUCTS)
    .map(({ term }) => term);
}

function transposeOf({ term, shape }: Leaf): Leaf {
  return { term: made('transpose', term), shape: shape.kind === 'matrix' ? { ...shape, rows: shape.cols, cols: shape.rows } : shape };
}

function productOfTwo(left: Leaf, right: Leaf): Leaf | null {
  if (left.shape.kind !== 'matrix' || right.shape.kind !== 'matrix' || !equal(left.shape.cols, right.shape.rows)) return null;
  return { term: made('mul', left.term, right.term), shape: { ...left.shape, cols: right.shape.cols } };
}

function isAtIndex(selector: Selector): boolean {
  return selector.kind === 'at' && selector.index.kind === 'symbol';
}

/** An entry, a row or a column under other indices, in every order. */
function members({ term, shape }: Leaf & { readonly term: EntryTerm }, indices: readonly SymbolId[]): readonly Leaf[] {
  const places = term.selectors.flatMap((selector, at) => (isAtIndex(selector) ? [at] : []));
  const tuples = places.reduce<readonly (readonly SymbolId[])[]>(
    (found) => found.flatMap((tuple) => indices.filter((id) => !tuple.includes(id)).map((id) => [...tuple, id])),
    [[]],
  );
  return tuples.map((tuple) => {
    const indexAt = new Map(tuple.map((id, which) => [places[which], id]));
    const selectors = term.selectors.map((selector, at): Selector => {
      const id = indexAt.get(at);
      return id === undefined ? selector : { kind: 'at', index: { kind: 'symbol', id, span: NOWHERE } };
    });
    return { term: { ...term, selectors, span: NOWHERE }, shape };
  });
}

/** The indices that count at each node of a side: those of the sums around it, and those that the equation leaves free. */
function indicesWithin(side: Term, free: readonly SymbolId[]): ReadonlyMap<Term, readonly SymbolId[]> {
  const found = new Map<Term, readonly SymbolId[]>();
  const visit = (term: Term, indices: readonly SymbolId[]): void => {
    found.set(term, indices);
    const inner = term.kind === 'binder' ? [...indices, ...term.indices] : indices;
    for (const child of childrenOf(term)) visit(child, inner);
  };
  visit(side, free);
  return found;
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

function scalarsAround(terms: readonly Term[], ids: readonly SymbolId[], shapeOf: (term: Term) => Shape): readonly Term[] {
  const within = terms.flatMap((term) => [...walk(term)].filter((part) => isCompound(part) && isScalar(shapeOf(part))));
  const named = ids.map((id): Term => ({ kind: 'symbol', id, span: { start: 0, end: 0 } }));
  const distinct = new Map([...named, ...within].map((term) => [termKey(term), term]));
  return [...distinct.values()].slice(0, MOST_SCALARS);
}

function isCompound({ kind }: Term): boolean {
  return kind === 'apply' || kind === 'call';
}

/** The sums in a side, those in brackets and the negated terms too. */
function sumsIn(side: Term): readonly ApplyTerm[] {
  return [...walk(side)].filter(
    (term): term is ApplyTerm => term.kind === 'apply' && (term.op === 'add' || term.op === 'sub' || term.op === 'neg'),
  );
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
