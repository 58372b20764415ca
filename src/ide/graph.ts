import type { Span } from '../base/span.ts';
import { claimSpan } from '../check/words.ts';
import { dependenciesOf, symbolsIn } from '../derivation/dependencies.ts';
import type { Equation, SymbolInfo } from '../derivation/derivation.ts';
import { derivativeShape, formOf } from '../derivation/layout-shapes.ts';
import { type SymbolId, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { showShape } from '../shape/shape.ts';
import type { DerivationView } from './derivation-view.ts';
import { withoutMacros } from './name-without-macros.ts';

/** What depends on what around a claim. */
export interface DependencyGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** How many variables of the section are left out because there are too many to draw. */
  readonly omitted: number;
}

export interface GraphNode {
  readonly name: string;
  /** The name as LaTeX, where it is a macro of the document. */
  readonly latex?: string;
  readonly shape: string;
  readonly isDefined: boolean;
  /** Whether the claim differentiates it, or by it. */
  readonly role: 'function' | 'variable' | 'other';
  /** Where it is defined, or else declared. */
  readonly span: Span;
}

/** A variable in the definition of a function, both by their place among the nodes. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** The shape of the local Jacobian in the layout of the claim, `?` where it is open. */
  readonly shape: string;
  /** Whether a path of the chain rule from the claim's variable to its function leads over it. */
  readonly isOnPath: boolean;
}

/** More than this is no longer seen at a glance. */
const MOST_NODES = 40;

/** The dependency graph of the section of the claim that begins at an offset; null where none does. */
export function graphOf(view: DerivationView, start: number): DependencyGraph | null {
  const { derivation } = view.built;
  const claim = derivation.equations.find((one) => one.kind !== 'definition' && claimSpan(one).start === start);
  if (claim === undefined) return null;
  const ends = endsOf(claim);
  const all = closure(view, ends, [...ends.of, ...ends.wrt, ...symbolsOfSection(view, claim)]);
  const about = all.length <= MOST_NODES ? all : closure(view, ends, [...ends.of, ...ends.wrt]).slice(0, MOST_NODES);
  return {
    nodes: about.map((id) => nodeOf(view, id, ends)),
    edges: edgesOf(view, about, ends, view.shapes.layoutOf(claim)),
    omitted: all.length - about.length,
  };
}

/** The symbols that a claim differentiates, and by which. */
interface Ends {
  readonly of: readonly SymbolId[];
  readonly wrt: readonly SymbolId[];
}

function endsOf({ sides: [first] }: Equation): Ends {
  const derivative = first === undefined ? undefined : [...walk(first)].find((term) => term.kind === 'derivative');
  if (derivative?.kind !== 'derivative') return { of: first === undefined ? [] : symbolsIn(first), wrt: [] };
  return { of: symbolsIn(derivative.of), wrt: derivative.wrt.flatMap(({ term }) => symbolsIn(term)) };
}

function symbolsOfSection({ built: { derivation } }: DerivationView, { section }: Equation): readonly SymbolId[] {
  return derivation.equations.flatMap((one) => (one.section === section && one.defines !== null ? [one.defines] : []));
}

/** The variables among some symbols, and everything that they are made of; what is made of others comes first. */
function closure(view: DerivationView, ends: Ends, start: readonly SymbolId[]): readonly SymbolId[] {
  const found = new Set(start.filter((id) => isVariable(view.built.derivation.symbols.get(id), ends)));
  for (const id of found) for (const next of madeOf(view, id, ends)) found.add(next);
  return [...found];
}

/** Functions that are only applied are no variables, unless the claim is about one. */
function isVariable(info: SymbolInfo | undefined, { of }: Ends): boolean {
  if (info === undefined || info.role === 'index' || info.role === 'dimension') return false;
  const isApplied = info.role === 'function' || paramsOf(info).length > 0;
  return !isApplied || info.open !== null || of.includes(info.id);
}

/** The variables that a symbol is directly made of, those inside the functions that it applies included. */
function madeOf({ built: { derivation } }: DerivationView, id: SymbolId, ends: Ends): readonly SymbolId[] {
  const seen = new Set<SymbolId>();
  const params = new Set(paramsOf(derivation.symbols.get(id)));
  const open = [...dependenciesOf(derivation, id)];
  const found = new Set<SymbolId>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const info = derivation.symbols.get(next);
    if (seen.has(next) || info === undefined || next === id) continue;
    seen.add(next);
    if (isVariable(info, ends)) {
      if (!params.has(next) || ends.wrt.includes(next)) found.add(next);
    } else if (info.definition !== null) {
      for (const param of info.definition.params) params.add(param);
      open.push(...dependenciesOf(derivation, next));
    }
  }
  return [...found];
}

function paramsOf(info: SymbolInfo | undefined): readonly SymbolId[] {
  return info?.definition?.params ?? [];
}

function nodeOf(view: DerivationView, id: SymbolId, { of, wrt }: Ends): GraphNode {
  const info = view.built.derivation.symbols.get(id) as SymbolInfo;
  const shape = showShape(info.family !== null && info.declared !== null ? info.declared : view.shapes.ofSymbol(id));
  const role = of.includes(id) ? 'function' : wrt.includes(id) ? 'variable' : 'other';
  const isDefined = info.definition !== null || info.open !== null;
  return { name: info.text, ...withoutMacros(info.text, view.document.macros), shape, isDefined, role, span: placeOf(view, info) };
}

function placeOf({ occurrences }: DerivationView, { id, span }: SymbolInfo): Span {
  const own = occurrences.filter((one) => one.id === id);
  return (own.find(({ role }) => role === 'definition') ?? own.find(({ role }) => role === 'declaration') ?? own[0])?.span ?? span;
}

function edgesOf(view: DerivationView, ids: readonly SymbolId[], ends: Ends, layout: Layout): readonly GraphEdge[] {
  const index = new Map(ids.map((id, at) => [id, at]));
  const links = ids.flatMap((id, to) =>
    madeOf(view, id, ends).flatMap((next) => {
      const from = index.get(next);
      return from === undefined ? [] : [{ from, to }];
    }),
  );
  const places = (some: readonly SymbolId[]) => some.flatMap((id) => index.get(id) ?? []);
  const above = reached(places(ends.wrt), (at) => links.flatMap(({ from, to }) => (from === at ? [to] : [])));
  const below = reached(places(ends.of), (at) => links.flatMap(({ from, to }) => (to === at ? [from] : [])));
  return links.map(({ from, to }) => ({
    from,
    to,
    shape: jacobianOf(view, ids[to] as SymbolId, ids[from] as SymbolId, layout),
    isOnPath: above.has(from) && below.has(to),
  }));
}

function reached(start: readonly number[], next: (at: number) => readonly number[]): ReadonlySet<number> {
  const found = new Set(start);
  for (const at of found) for (const one of next(at)) found.add(one);
  return found;
}

function jacobianOf({ shapes }: DerivationView, of: SymbolId, wrt: SymbolId, layout: Layout): string {
  const [function_, variable] = [shapes.ofSymbol(of), shapes.ofSymbol(wrt)];
  if (function_.kind === 'tensor' || variable.kind === 'tensor' || formOf(function_) === 'open' || formOf(variable) === 'open') return '?';
  return showShape(derivativeShape(function_, variable, layout, false));
}
