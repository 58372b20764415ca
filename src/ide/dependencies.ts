import type { Span } from '../base/span.ts';
import type { Equation, SymbolInfo } from '../derivation/derivation.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { showShape } from '../shape/shape.ts';
import { type DerivationView, type Occurrence, occurrenceAt } from './derivation-view.ts';

/** A symbol, or a claim, as an item of what depends on what. */
export interface Dependent {
  readonly kind: 'symbol' | 'claim';
  readonly name: string;
  /** The shape of a symbol. */
  readonly detail: string;
  /** Its definition, or else its declaration, or where it first stands. */
  readonly span: Span;
  readonly nameSpan: Span;
}

export interface Dependency {
  readonly item: Dependent;
  /** Where the one stands in the other. */
  readonly places: readonly Span[];
}

/** The symbol or claim at an offset. */
export function dependentAt(view: DerivationView, offset: number): Dependent | null {
  const here = occurrenceAt(view, offset);
  const info = here === null ? undefined : view.built.derivation.symbols.get(here.id);
  if (info !== undefined && info.role !== 'index' && info.role !== 'dimension') return symbolItem(view, info);
  const claim = claimsIn(view).find(({ span }) => span.start <= offset && offset <= span.end);
  return claim === undefined ? null : claimItem(view, claim);
}

/** The symbols that a symbol is defined by, or that a claim is about. */
export function dependsOn(view: DerivationView, item: Dependent): readonly Dependency[] {
  const within = item.kind === 'claim' ? item.span : definitionSpan(view, item);
  const own = item.kind === 'claim' ? null : (occurrenceAt(view, item.nameSpan.start)?.id ?? null);
  const places =
    within === null ? [] : view.occurrences.filter(({ id, span }) => id !== own && within.start <= span.start && span.end <= within.end);
  return bySymbol(view, places);
}

/** The symbols that are defined by a symbol, and the claims that it stands in. */
export function usedBy(view: DerivationView, item: Dependent): readonly Dependency[] {
  const id = item.kind === 'claim' ? null : (occurrenceAt(view, item.nameSpan.start)?.id ?? null);
  if (id === null) return [];
  const places = view.occurrences.filter((one) => one.id === id);
  const within = (span: Span) =>
    places.filter((place) => span.start <= place.span.start && place.span.end <= span.end).map((place) => place.span);
  const defined = [...view.built.derivation.symbols.values()]
    .filter((info) => info.id !== id && restsOn(info, id))
    .map((info): Dependency => {
      const user = symbolItem(view, info);
      return { item: user, places: within(definitionSpan(view, user) ?? user.span) };
    });
  const claimed = claimsIn(view).flatMap((claim): Dependency[] => {
    const found = within(claim.span);
    return found.length === 0 ? [] : [{ item: claimItem(view, claim), places: found }];
  });
  return [...defined, ...claimed];
}

function restsOn({ definition, open }: SymbolInfo, id: SymbolId): boolean {
  if (open?.includes(id)) return true;
  return definition !== null && [...walk(definition.body)].some((term) => symbolOf(term) === id);
}

export function symbolOf(term: Term): SymbolId | null {
  if (term.kind === 'symbol') return term.id;
  return term.kind === 'call' && term.callee.kind === 'symbol' ? term.callee.id : null;
}

function bySymbol(view: DerivationView, places: readonly Occurrence[]): readonly Dependency[] {
  const ids = [...new Set(places.map(({ id }) => id))];
  return ids.flatMap((id): Dependency[] => {
    const info = view.built.derivation.symbols.get(id);
    if (info === undefined || info.role === 'index' || info.role === 'dimension') return [];
    return [{ item: symbolItem(view, info), places: places.filter((place) => place.id === id).map(({ span }) => span) }];
  });
}

function symbolItem(view: DerivationView, info: SymbolInfo): Dependent {
  const places = view.occurrences.filter(({ id }) => id === info.id);
  const name = places.find(({ role }) => role === 'definition') ?? places.find(({ role }) => role === 'declaration') ?? places[0];
  const nameSpan = name?.span ?? info.span;
  const statement = view.built.declarations.find(({ id }) => id === info.id)?.statement;
  const around = [info.definition?.span, statement].find(
    (span) => span !== undefined && span.start <= nameSpan.start && nameSpan.end <= span.end,
  );
  const shape = showShape(info.family !== null && info.declared !== null ? info.declared : view.shapes.ofSymbol(info.id));
  return { kind: 'symbol', name: info.text, detail: shape === '?' ? '' : shape, span: around ?? nameSpan, nameSpan };
}

/** Where a symbol is defined; of `L(z) : scalar`, where it is said what it depends on. */
function definitionSpan(view: DerivationView, { nameSpan }: Dependent): Span | null {
  const info = view.built.derivation.symbols.get(occurrenceAt(view, nameSpan.start)?.id ?? '');
  if (info === undefined) return null;
  if (info.definition !== null) return info.definition.span;
  return info.open === null ? null : (view.built.declarations.find(({ id }) => id === info.id)?.statement ?? null);
}

function claimsIn({ built }: DerivationView): readonly Equation[] {
  return built.derivation.equations.filter(({ kind }) => kind === 'claim' || kind === 'condition' || kind === 'identity');
}

function claimItem({ text }: DerivationView, { span, sides }: Equation): Dependent {
  const nameSpan = sides[0]?.span ?? span;
  return { kind: 'claim', name: text.slice(nameSpan.start, nameSpan.end).replace(/\s+/g, ' '), detail: '', span, nameSpan };
}
