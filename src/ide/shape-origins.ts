import { contains, type Span } from '../base/span.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { namesIn } from '../shape/dimension.ts';
import { showShape } from '../shape/shape.ts';
import type { DerivationView } from './derivation-view.ts';
import { asCode } from './figures.ts';

/** More of a chain than this nobody reads. */
const MOST_LINES = 16;
const DEEPEST = 6;

/** The symbols in an expression with their shapes, each with what gives it its shape, and so on back to the declarations. */
export function origins(view: DerivationView, term: Term): string {
  const seen = new Set<SymbolId>();
  const ids = [...new Set(symbolsIn(term))];
  for (const id of ids) seen.add(id);
  return ids
    .flatMap((id) => chainOf(view, id, seen, 0))
    .slice(0, MOST_LINES)
    .join('\n');
}

function symbolsIn(term: Term): readonly SymbolId[] {
  return [...walk(term)].flatMap((one) =>
    one.kind === 'symbol' ? [one.id] : one.kind === 'call' && one.callee.kind === 'symbol' ? [one.callee.id] : [],
  );
}

/** A line for the symbol, and indented below it those that it has its shape from and that no line has told of yet. */
function chainOf(view: DerivationView, id: SymbolId, seen: Set<SymbolId>, depth: number): readonly string[] {
  const info = view.built.derivation.symbols.get(id);
  if (info === undefined || info.role === 'dimension' || depth > DEEPEST) return [];
  const below = causesOf(view, info).filter((cause) => !seen.has(cause));
  for (const cause of below) seen.add(cause);
  return [`${'  '.repeat(depth)}- ${lineFor(view, info)}`, ...below.flatMap((cause) => chainOf(view, cause, seen, depth + 1))];
}

function lineFor(view: DerivationView, info: SymbolInfo): string {
  const name = asCode(info.text);
  if (info.role === 'index') return view.say('{0} is an index', name);
  const shape = shapeOfSymbol(view, info);
  return shape === '?'
    ? view.say('{0} has no shape yet: nothing declares or defines it', name)
    : `${view.say('{0} is {1}', name, shape)}, ${sourceOf(view, info)}`;
}

/**
 * What a symbol without a declaration has its shape from: its definition's symbols, or those it is used with; where these
 * do not have all of its dimensions, those on the other sides of the equation too.
 */
function causesOf(view: DerivationView, info: SymbolInfo): readonly SymbolId[] {
  if (info.declared !== null || info.role === 'index') return [];
  if (info.definition !== null) return [...new Set(symbolsIn(info.definition.body))];
  const reasons = view.shapes.reasonsFor(info.id);
  const beside = symbolsWithin(view, reasons, info.id);
  if (namesOf(view, info.id).every((name) => beside.some((id) => namesOf(view, id).includes(name)))) return beside;
  const around = view.built.derivation.equations.map(({ span }) => span).filter((span) => reasons.some((reason) => contains(span, reason)));
  return symbolsWithin(view, around, info.id);
}

function symbolsWithin({ occurrences }: DerivationView, spans: readonly Span[], except: SymbolId): readonly SymbolId[] {
  const within = occurrences.filter(({ span }) => spans.some((one) => contains(one, span)));
  return [...new Set(within.map(({ id }) => id))].filter((id) => id !== except);
}

/** The dimensions in the shape of a symbol. */
function namesOf({ shapes }: DerivationView, id: SymbolId): readonly string[] {
  const shape = shapes.ofSymbol(id);
  return shape.kind === 'tensor' ? [] : [...namesIn(shape.rows), ...namesIn(shape.cols)];
}

export function shapeOfSymbol({ shapes }: DerivationView, { id, family, declared }: SymbolInfo): string {
  return showShape(family !== null && declared !== null ? declared : shapes.ofSymbol(id));
}

/** The words that give a symbol its shape. */
function sourceOf(view: DerivationView, info: SymbolInfo): string {
  const { built } = view;
  const declaration = info.declared === null ? undefined : built.declarations.find(({ id }) => id === info.id);
  if (declaration !== undefined) return view.say('declared by {0}', quoted(view, declaration.statement));
  if (info.declared !== null) return view.say('declared where it stands');
  if (info.definition !== null) return view.say('defined by {0}', quoted(view, info.definition.span));
  const [first, second] = view.shapes.reasonsFor(info.id).map((reason) => quoted(view, reason));
  if (first === undefined) return view.say('from how it is used');
  return second === undefined ? view.say('from its use in {0}', first) : view.say('from its use in {0} and {1}', first, second);
}

function quoted({ text }: DerivationView, { start, end }: Span): string {
  const words = text.slice(start, end).replace(/\s+/g, ' ');
  return asCode(words.length > 60 ? `${words.slice(0, 59)}…` : words);
}
