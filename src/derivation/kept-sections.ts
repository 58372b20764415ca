import { type SymbolId, type Term, type TermSpelling, termKey, walk } from '../ops/term.ts';
import { type Dim, hasCount, isOpen } from '../shape/dimension.ts';
import type { Shape } from '../shape/shape.ts';
import { withoutSpans } from '../syntax/map-expr.ts';
import type { Built } from './build.ts';
import type { Equation, SymbolInfo } from './derivation.ts';
import { type IndexRange, type Inference, known, symbolInfo } from './inference.ts';
import type { LayoutChoice } from './layout-choice.ts';

/**
 * What inference found of a section in which nothing is wrong and nothing is left open, for the next
 * inference of the document. Terms and symbols are counted as they are met, so that it fits a section
 * that says the same elsewhere.
 */
export interface KeptSection {
  readonly terms: readonly (Shape | null)[];
  readonly symbols: readonly (Shape | null)[];
  readonly ranges: readonly (IndexRange | null)[];
  readonly layouts: readonly (LayoutChoice | null)[];
}

/** Sections by what they say and what they see. */
export interface KeptInference {
  /** What holds for the whole document; where it differs nothing fits. */
  readonly surroundings: string;
  readonly sections: ReadonlyMap<string, KeptSection>;
}

/** A section as something to be recognized: equal keys are inferred alike. */
export interface Recognized {
  readonly key: string;
  readonly equations: readonly Equation[];
  readonly symbols: readonly SymbolId[];
}

export function surroundingsOf({ facts, sizes, numerals }: Built, preferred: string): string {
  return JSON.stringify([
    preferred,
    [...facts].map(([name, { key }]) => [name, key]),
    [...sizes],
    [...numerals].map(([op, shape]) => [op, shapeKey(shape)]),
  ]);
}

/** The key of a section, before it is inferred; null where something that it sees is still open. */
export function recognize(
  inference: Inference,
  built: Built,
  equations: readonly Equation[],
  notes: ReadonlyMap<Term, unknown>,
): Recognized | null {
  const numbers = new Map<SymbolId, number>();
  const spelling = spellingIn(numbers);
  const directives = new Map<number, number>();
  for (const {
    settings: { layoutSpan },
  } of equations)
    if (layoutSpan !== null && !directives.has(layoutSpan.start)) directives.set(layoutSpan.start, directives.size);
  const said = equations.map((equation) => equationKey(inference, equation, spelling, directives) + writtenKey(built, equation, notes));
  const seen: string[] = [];
  // What is said of one symbol may name others, which are then met too.
  for (const id of numbers.keys()) {
    const state = symbolKey(inference, id, spelling);
    if (state === null) return null;
    seen.push(state);
  }
  return { key: `${said.join('\n')}\n\n${seen.join('\n')}`, equations, symbols: [...numbers.keys()] };
}

function spellingIn(numbers: Map<SymbolId, number>): TermSpelling {
  const symbol = (id: SymbolId) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size);
    return `$${numbers.get(id)}`;
  };
  const spelling: TermSpelling = { symbol, hole: (term) => `?(${term.parts.map((part) => termKey(part, spelling)).join()})` };
  return spelling;
}

function equationKey(inference: Inference, equation: Equation, spelling: TermSpelling, directives: ReadonlyMap<number, number>): string {
  const { kind, sides, relations, settings, free, defines } = equation;
  const body = defines === null ? null : symbolInfo(inference, defines).definition?.body;
  return [
    kind,
    sides.map((side) => termKey(side, spelling)).join(' '),
    relations.join(' '),
    free.map(spelling.symbol).join(),
    defines === null ? '' : spelling.symbol(defines),
    body == null || body === sides[1] ? '' : termKey(body, spelling),
    settings.layout,
    settings.layoutAbove ?? '',
    settings.layoutSpan === null ? '' : `@${directives.get(settings.layoutSpan.start)}`,
    settings.broadcast ? 'b' : '',
  ].join('|');
}

/** Shapes that are written at an equation, to be compared with what is inferred. */
function writtenKey(built: Built, equation: Equation, notes: ReadonlyMap<Term, unknown>): string {
  const membership = built.memberships.get(equation);
  const lines = built.shapeLines.get(equation);
  const noted = notes.size === 0 ? [] : equation.sides.flatMap((side) => [...walk(side)].map((term) => notes.get(term) ?? null));
  if (membership === undefined && lines === undefined && noted.every((note) => note === null)) return '';
  return JSON.stringify([membership, lines, noted], withoutSpans);
}

/** What is known of a symbol before the section is inferred; null where that may still change. */
function symbolKey(inference: Inference, id: SymbolId, spelling: TermSpelling): string | null {
  const info = symbolInfo(inference, id);
  const shape = inference.symbols.get(id);
  const range = inference.ranges.get(id);
  const now = shape === undefined ? undefined : known(inference, shape);
  if (info.declared !== null && (hasCount(info.declared.rows) || hasCount(info.declared.cols))) return null;
  if ((now !== undefined && !isSettled(now)) || (range !== undefined && (isOpen(range.from) || isOpen(range.to)))) return null;
  return [now === undefined ? '' : shapeKey(now), range === undefined ? '' : rangeKey(range), infoKey(info, spelling)].join('|');
}

function infoKey({ role, text, declared, family, range, from, open, definition }: SymbolInfo, spelling: TermSpelling): string {
  const stack = family !== null && definition !== null ? termKey(definition.body, spelling) : '';
  return [
    role,
    role === 'dimension' ? text : '',
    declared === null ? '' : shapeKey(declared),
    family === null ? '' : `[${family.count?.key ?? ''}]`,
    range === null ? '' : rangeKey(range),
    from?.map(shapeKey).join() ?? '',
    open?.map(spelling.symbol).join() ?? '',
    definition === null ? '' : `(${definition.params.map(spelling.symbol).join()})`,
    stack,
  ].join('|');
}

function rangeKey({ from, to }: { readonly from: Dim; readonly to: Dim }): string {
  return `${from.key}..${to.key}`;
}

function shapeKey(shape: Shape): string {
  return shape.kind === 'matrix'
    ? `${shape.rows.key}×${shape.cols.key}`
    : shape.axes.map((group) => group.map(({ key }) => key).join('×')).join('/');
}

function isSettled(shape: Shape): boolean {
  return shape.kind === 'matrix'
    ? !isOpen(shape.rows) && !isOpen(shape.cols)
    : shape.axes.every((group) => group.every((dim) => !isOpen(dim)));
}

/** What was found of a section; null where something in it is still open. */
export function keepSection(
  inference: Inference,
  layouts: ReadonlyMap<Equation, LayoutChoice>,
  { equations, symbols }: Recognized,
): KeptSection | null {
  const shapeOf = (shape: Shape | undefined) => (shape === undefined ? null : known(inference, shape));
  const terms = termsOf(inference, equations).map((term) => shapeOf(inference.shapes.get(term)));
  const own = symbols.map((id) => shapeOf(inference.symbols.get(id)));
  const ranges = symbols.map((id) => inference.ranges.get(id) ?? null);
  const settled =
    [...terms, ...own].every((shape) => shape === null || isSettled(shape)) &&
    ranges.every((range) => range === null || !(isOpen(range.from) || isOpen(range.to)));
  return settled ? { terms, symbols: own, ranges, layouts: equations.map((equation) => layouts.get(equation) ?? null) } : null;
}

/** Takes over what was found of a section that says the same. */
export function takeSection(
  inference: Inference,
  layouts: Map<Equation, LayoutChoice>,
  { equations, symbols }: Recognized,
  kept: KeptSection,
): void {
  put(inference.shapes, termsOf(inference, equations), kept.terms);
  put(inference.symbols, symbols, kept.symbols);
  put(inference.ranges, symbols, kept.ranges);
  put(layouts, equations, kept.layouts);
}

function put<K, V>(into: Map<K, V>, keys: readonly K[], values: readonly (V | null)[]): void {
  keys.forEach((key, at) => {
    const value = values[at] ?? null;
    if (value !== null) into.set(key, value);
  });
}

function termsOf(inference: Inference, equations: readonly Equation[]): readonly Term[] {
  return equations.flatMap(({ sides, defines }) => {
    const body = defines === null ? null : (symbolInfo(inference, defines).definition?.body ?? null);
    return [...sides, ...(body === null || sides.includes(body) ? [] : [body])].flatMap((side) => [...walk(side)]);
  });
}
