import { english, type Say } from '../base/say.ts';
import { contains, type Span } from '../base/span.ts';
import type { CheckedDocument } from '../check/checked-document.ts';
import { openCells, openSource, type Surface } from '../check/source.ts';
import { type Built, buildDerivation } from '../derivation/build.ts';
import type { Equation, ShapeTable } from '../derivation/derivation.ts';
import { product } from '../derivation/elaborate.ts';
import { inferShapes } from '../derivation/infer.ts';
import { type ApplyTerm, type SymbolId, type SymbolTerm, type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { showShape } from '../shape/shape.ts';
import type { SourceDocument } from '../syntax/document.ts';
import { dimensionPlaces } from './dimension-places.ts';

/** A document read once more, with every expression in it: what hovers, navigation and completion look into. */
export interface DerivationView {
  readonly text: string;
  readonly surface: Surface;
  readonly document: SourceDocument;
  readonly built: Built;
  readonly shapes: ShapeTable;
  /** What is said about it is in the reader's language. */
  readonly say: Say;
  /** Every place where a symbol stands, in the order of the text. */
  readonly occurrences: readonly Occurrence[];
}

/** A symbol where it is declared, defined, or used. */
export interface Occurrence {
  readonly id: SymbolId;
  readonly span: Span;
  readonly role: 'declaration' | 'definition' | 'use';
}

export interface ViewOptions {
  readonly layout: Layout | 'auto';
  readonly readInput?: (path: string) => string | undefined;
  /** English where absent. */
  readonly say?: Say;
}

export function viewDerivation(
  { text, notebook }: CheckedDocument,
  surface: Surface,
  { layout, readInput, say = english }: ViewOptions,
): DerivationView {
  const { document } = notebook === undefined ? openSource(text, surface, readInput) : openCells(notebook);
  const built = buildDerivation(document, text, {
    layout: 'auto',
    layoutSpan: null,
    layoutAbove: null,
    verify: false,
    broadcast: !document.annotated,
    boldConvention: false,
    tolerance: 1e-6,
    seed: 0,
    sizes: new Map(),
  });
  const { shapes } = inferShapes(built, layout);
  return {
    text,
    surface,
    document,
    built,
    shapes,
    say,
    occurrences: inOrder([...occurrencesIn(text, built), ...dimensionPlaces(document, built, text)]),
  };
}

/** A term and the equation it stands in. */
export interface PlacedTerm {
  readonly term: Term;
  readonly equation: Equation;
}

/** What a person points at: with something selected around the pointer, the smallest expression that holds all of it. */
export function termPointedAt(view: DerivationView, offset: number, selection?: Span): PlacedTerm | null {
  if (selection === undefined || !isAround(selection, offset))
    return between(view, termAt(view, offset), { start: offset, end: offset + 1 });
  const within = trimmed(view.text, selection);
  return between(view, termAround(view, within), within) ?? termAt(view, offset);
}

/** Of a product or sum of three and more, those parts next to one another that hold a stretch of it: `A B` at the blank in `A B c`. */
function between(view: DerivationView, placed: PlacedTerm | null, within: Span): PlacedTerm | null {
  const { term } = placed ?? {};
  if (placed === null || term?.kind !== 'apply') return placed;
  const parts = partsOf(term);
  const first = parts.findLastIndex(({ span }) => span.start <= within.start);
  const last = parts.findIndex(({ span }) => span.end >= within.end);
  const run = first < 0 || last <= first ? [] : parts.slice(first, last + 1);
  const isKnown = run.every((part) => !showShape(view.shapes.ofTerm(part)).includes('?'));
  if (run.length < 2 || run.length === parts.length || !isKnown) return placed;
  const span = { start: (run[0] as Term).span.start, end: (run.at(-1) as Term).span.end };
  return { ...placed, term: term.op === 'mul' ? product(run, span) : { ...term, op: 'add', args: run, span } };
}

/** What stands side by side: the factors of a product, and of `a + b - c` all three, though it is a sum less `c`. */
function partsOf(term: ApplyTerm): readonly Term[] {
  if (term.op === 'mul') return term.args;
  if (term.op !== 'add' && term.op !== 'sub') return [];
  return term.args.flatMap((arg, at) => (at === 0 && arg.kind === 'apply' && isBareSum(arg, term) ? partsOf(arg) : [arg]));
}

/** In brackets it is one part of the sum around it, whose stretch begins before. */
function isBareSum({ op, span }: ApplyTerm, around: ApplyTerm): boolean {
  return (op === 'add' || op === 'sub') && span.start === around.span.start;
}

function trimmed(text: string, { start, end }: Span): Span {
  const inner = text.slice(start, end);
  return { start: start + inner.length - inner.trimStart().length, end: start + inner.trimEnd().length };
}

/** The smallest term around a stretch of text. */
function termAround({ built }: DerivationView, within: Span): PlacedTerm | null {
  const terms = built.derivation.equations.flatMap((equation) =>
    equation.sides
      .flatMap((side) => [...walk(side)])
      .filter(({ span }) => contains(span, within))
      .map((term) => ({ term, equation })),
  );
  return terms.reduce<PlacedTerm | null>((best, one) => (best === null || lengthOf(one.term) < lengthOf(best.term) ? one : best), null);
}

function lengthOf({ span }: Term): number {
  return span.end - span.start;
}

/** The innermost term around an offset; at a border the one that begins there, as a cursor before a letter points at it. */
export function termAt({ built }: DerivationView, offset: number): PlacedTerm | null {
  let best: PlacedTerm | null = null;
  for (const equation of built.derivation.equations) {
    for (const side of equation.sides) {
      for (const term of walk(side))
        if (isAround(term.span, offset) && (best === null || isCloser(term.span, best.term.span, offset))) best = { term, equation };
    }
  }
  return best;
}

export function occurrenceAt({ occurrences }: DerivationView, offset: number): Occurrence | null {
  const around = occurrences.filter(({ span }) => isAround(span, offset));
  return around.find(({ span }) => span.start === offset) ?? around[0] ?? null;
}

function isAround({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function isCloser(a: Span, b: Span, offset: number): boolean {
  const [inside, before] = [offset < a.end, offset < b.end];
  return inside === before ? a.end - a.start < b.end - b.start : inside;
}

// ---- occurrences

function occurrencesIn(text: string, built: Built): readonly Occurrence[] {
  const declared = built.declarations.flatMap(({ id, name, statement }): Occurrence[] => {
    const args = { start: name.end, end: Math.min(statement.end, closing(text, name.end)) };
    const open = built.derivation.symbols.get(id)?.open ?? [];
    const isFamily = built.derivation.symbols.get(id)?.family != null;
    return [
      { id, span: isFamily ? withoutSubscript(text, nameOf(text, name)) : nameOf(text, name), role: 'declaration' },
      ...open.flatMap((arg) => named(text, built, arg, args)),
    ];
  });
  return [...declared, ...built.derivation.equations.flatMap((equation) => inEquation(text, built, equation))];
}

function inEquation(text: string, built: Built, { sides, defines }: Equation): readonly Occurrence[] {
  return sides.flatMap((side, at) =>
    [...walk(side)].flatMap((term): readonly Occurrence[] => {
      const isDefined = at === 0 && term === side && term.kind === 'symbol' && term.id === defines;
      return isDefined ? withArguments(text, built, term, 'definition') : ofTerm(text, built, term);
    }),
  );
}

/** Of `f(u)` the function is the symbol, and the parameters that it was defined with stand behind it. */
function withArguments(text: string, built: Built, { id, span }: SymbolTerm, role: Occurrence['role']): readonly Occurrence[] {
  const name = nameOf(text, span);
  const info = built.derivation.symbols.get(id);
  const args = { start: name.end, end: span.end };
  return [
    { id, span: name, role },
    ...[...(info?.definition?.params ?? []), ...(info?.open ?? [])].flatMap((arg) => named(text, built, arg, args)),
  ];
}

function ofTerm(text: string, built: Built, term: Term): readonly Occurrence[] {
  switch (term.kind) {
    case 'symbol':
      return withArguments(text, built, term, 'use');
    case 'call':
      return term.callee.kind === 'symbol' ? [{ id: term.callee.id, span: nameOf(text, term.span), role: 'use' }] : [];
    case 'binder':
      return term.indices.flatMap((index) => named(text, built, index, { start: term.span.start, end: term.body.span.start }));
    default:
      return [];
  }
}

/** The name at the beginning of `f(u)` and `f'(u)`; brackets that decorations need belong to it. */
function nameOf(text: string, { start, end }: Span): Span {
  const length = text.slice(start, end).search(/'*\s*(?:\\left\s*)?\(/);
  return length <= 0 || text[start + length - 1] === '^' || text[start + length - 1] === '{'
    ? { start, end }
    : { start, end: start + length };
}

/** Of the members `x_i` of a family the letter that names it. */
function withoutSubscript(text: string, { start, end }: Span): Span {
  const length = text.slice(start, end).lastIndexOf('_');
  return length <= 0 ? { start, end } : { start, end: start + length };
}

/** Where a symbol is named between two offsets: what stands there is no term of its own. */
function named(text: string, built: Built, id: SymbolId, { start, end }: Span): readonly Occurrence[] {
  const name = built.derivation.symbols.get(id)?.text ?? '';
  const found: Occurrence[] = [];
  for (
    let at = name === '' ? -1 : text.indexOf(name, start);
    at >= 0 && at + name.length <= end;
    at = text.indexOf(name, at + name.length)
  ) {
    const isWhole = !/[\p{L}\p{N}\\]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[at + name.length] ?? ' ');
    if (isWhole) found.push({ id, span: { start: at, end: at + name.length }, role: 'use' });
  }
  return found;
}

/** Where the bracket that opens at an offset closes; the offset itself where none does. */
function closing(text: string, offset: number): number {
  if (!/^\s*\(/.test(text.slice(offset, offset + 8))) return offset;
  const close = text.indexOf(')', offset);
  return close < 0 ? offset : close + 1;
}

/** A place counts once, and as the most that is said of it. */
function inOrder(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const byStart = new Map<number, Occurrence>();
  for (const one of occurrences) {
    const known = byStart.get(one.span.start);
    if (known === undefined || (known.role === 'use' && one.role !== 'use')) byStart.set(one.span.start, one);
  }
  return [...byStart.values()].sort((a, b) => a.span.start - b.span.start);
}
