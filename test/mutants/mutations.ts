import { random } from '../../src/base/random.ts';
import { openSource, type Surface } from '../../src/check/source.ts';
import { buildDerivation } from '../../src/derivation/build.ts';
import type { Equation, Settings } from '../../src/derivation/derivation.ts';
import { type ApplyTerm, type SymbolId, type Term, walk } from '../../src/ops/term.ts';

/** One mistake put into a document: what stands from `start` to `end` becomes `text`. */
export interface Mutation {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const KINDS = [
  'transpose', 'order', 'sign', 'factor', 'symbol', 'missing-term', 'missing-path', 'entrywise', 'inverse', 'chain-order', 'derivative', 'power', 'annotation', 'layout',
] as const;
export type Kind = (typeof KINDS)[number];

const SETTINGS: Settings = {
  layout: 'auto', layoutSpan: null, layoutAbove: null, verify: true, broadcast: true, boldConvention: false, tolerance: 1e-6, seed: 1, sizes: new Map(),
};

/** Every mistake of the kinds above that can be put into the claims of a document, its shape notes and its layout. */
export function mutationsOf(text: string, surface: Surface): readonly Mutation[] {
  const { derivation } = buildDerivation(openSource(text, surface, undefined).document, text, SETTINGS);
  const claims = derivation.equations.filter(({ kind }) => kind === 'claim' || kind === 'condition' || kind === 'identity');
  const isVariable = (id: SymbolId) => derivation.symbols.get(id)?.role === 'variable';
  const found = [...claims.flatMap((claim) => inClaim(text, surface, claim, isVariable)), ...annotations(text, claims), ...layouts(text)];
  const distinct = new Map(found.map((one) => spaced(text, one)).map((one) => [`${one.start} ${one.end} ${one.text}`, one]));
  return [...distinct.values()].filter((one) => text.slice(one.start, one.end).trim() !== one.text.trim());
}

/** With a space where a letter would become part of the command before it. */
function spaced(text: string, mutation: Mutation): Mutation {
  const joins = /\\[A-Za-z]+$/.test(text.slice(0, mutation.start)) && /^[A-Za-z]/.test(mutation.text);
  return joins ? { ...mutation, text: ` ${mutation.text}` } : mutation;
}

export function mutated(text: string, { start, end, text: mistake }: Mutation): string {
  return apart(apart(text.slice(0, start), mistake), text.slice(end));
}

/** One text behind the other, with a space where a letter would become part of a command. */
function apart(before: string, after: string): string {
  return before + (/\\[A-Za-z]+$/.test(before) && /^[A-Za-z]/.test(after) ? ' ' : '') + after;
}

/** At most so many of them, drawn so that every kind has its share. */
export function sampled(mutations: readonly Mutation[], most: number, seed: number): readonly Mutation[] {
  const source = random(seed);
  const shuffled = [...mutations].map((one) => ({ one, at: source.uniform() })).sort((a, b) => a.at - b.at).map(({ one }) => one);
  const kinds = [...new Set(shuffled.map(({ kind }) => kind))];
  const byKind = kinds.map((kind) => shuffled.filter((one) => one.kind === kind));
  const rounds = Array.from({ length: most }, (_, round) => byKind.flatMap((group) => group.slice(round, round + 1)));
  return rounds.flat().slice(0, most);
}

// ---- in the sides of a claim

interface Place {
  readonly text: string;
  readonly surface: Surface;
  /** Texts of the variables that the claim speaks of. */
  readonly names: readonly string[];
  readonly isVariable: (id: SymbolId) => boolean;
  readonly parent: Term | null;
}

function inClaim(text: string, surface: Surface, { sides }: Equation, isVariable: Place['isVariable']): readonly Mutation[] {
  const variables = sides.flatMap((side) => [...walk(side)].filter((term) => term.kind === 'symbol' && isWritten(term) && isVariable(term.id)));
  const names = [...new Set(variables.map(({ span }) => text.slice(span.start, span.end)))];
  return sides.slice(1).filter(isWritten).flatMap((side) => [...wholeSide(text, side), ...within(side, { text, surface, names, isVariable, parent: null })]);
}

function isWritten({ span }: Term): boolean {
  return span.end > span.start;
}

function within(term: Term, place: Place): readonly Mutation[] {
  if (term.kind === 'derivative') return [];
  const own = isWritten(term) ? at(term, place) : [];
  const below = childrenIn(term).filter((child) => isWritten(child) && (child.span.start > term.span.start || child.span.end < term.span.end));
  return [...own, ...below.flatMap((child) => within(child, { ...place, parent: term }))];
}

function childrenIn(term: Term): readonly Term[] {
  const inside = [...walk(term)].slice(1);
  const deeper = new Set(inside.flatMap((one) => [...walk(one)].slice(1)));
  return inside.filter((one) => !deeper.has(one));
}

function at(term: Term, place: Place): readonly Mutation[] {
  switch (term.kind) {
    case 'symbol':
      return place.isVariable(term.id) ? [...otherSymbols(term, place), ...transposedName(term, place)] : [];
    case 'number':
      return otherNumbers(term);
    case 'call':
      return term.order > 0 ? [without(term, place, "'", 'derivative'), without(term, place, '^{\\prime}', 'derivative')].flat() : [];
    case 'apply':
      return ofOperator(term, place);
    default:
      return [];
  }
}

function change(kind: Kind, { span }: Term, text: string): Mutation {
  return { kind, start: span.start, end: span.end, text };
}

function written(term: Term, { text }: Place): string {
  return text.slice(term.span.start, term.span.end);
}

function wholeSide(text: string, side: Term): readonly Mutation[] {
  const whole = text.slice(side.span.start, side.span.end);
  if (side.kind === 'number') return [];
  const isSum = side.kind === 'apply' && (side.op === 'add' || side.op === 'sub' || side.op === 'neg');
  return isSum ? [] : [change('sign', side, `-${whole}`), change('factor', side, `2 ${whole}`)];
}

function otherSymbols(term: Term, place: Place): readonly Mutation[] {
  const own = written(term, place);
  return place.names.filter((name) => name !== own).map((name) => change('symbol', term, name));
}

function transposedName(term: Term, place: Place): readonly Mutation[] {
  const next = place.text.slice(term.span.end, term.span.end + 1);
  if (/['^_(]/.test(next)) return [];
  return [change('transpose', term, `${written(term, place)}${place.surface === 'plain' ? "'" : '^\\top'}`)];
}

function otherNumbers(term: Term & { kind: 'number' }): readonly Mutation[] {
  return term.value === 0 ? [] : [change('factor', term, String(term.value * 2)), change('factor', term, String(term.value + 1))];
}

function without(term: Term, place: Place, part: string, kind: Kind): readonly Mutation[] {
  const own = written(term, place);
  return own.includes(part) ? [change(kind, term, own.replace(part, ''))] : [];
}

function ofOperator(term: ApplyTerm, place: Place): readonly Mutation[] {
  const [first] = term.args;
  if (first === undefined || !term.args.every(isWritten)) return [];
  switch (term.op) {
    case 'transpose':
      return [change('transpose', term, written(first, place))];
    case 'inverse':
      return [change('inverse', term, written(first, place))];
    case 'neg':
      return [change('sign', term, written(first, place))];
    case 'add':
    case 'sub':
      return ofSum(term, place);
    case 'mul':
      return ofProduct(term, place);
    case 'hadamard':
      return betweenOf(term, place).flatMap(([gap, start, end]) => gap.trim() === '' ? [] : [{ kind: 'entrywise', start, end, text: ' ' }]);
    case 'div':
      return [...swapped(term, place, 0, 'inverse'), change('factor', term, written(first, place))];
    case 'diag':
      return [change('entrywise', term, `(${written(first, place)})`)];
    case 'pow':
    case 'sqrt':
      return [change('power', term, written(first, place))];
    default:
      return [];
  }
}

/** What is written between the operands, and where. */
function betweenOf({ args }: ApplyTerm, { text }: Place): readonly (readonly [string, number, number])[] {
  return args.slice(1).map((arg, k) => {
    const [start, end] = [(args[k] as Term).span.end, arg.span.start];
    return [text.slice(start, end), start, end] as const;
  });
}

function ofSum(term: ApplyTerm, place: Place): readonly Mutation[] {
  const [left, right] = term.args as readonly [Term, Term];
  const gaps = betweenOf(term, place);
  const signs = gaps.flatMap(([gap, start, end]): Mutation[] => {
    if (!/^[^+-]*[+-][^+-]*$/.test(gap)) return [];
    return [{ kind: 'sign', start, end, text: gap.includes('+') ? gap.replace('+', '-') : gap.replace('-', '+') }];
  });
  const kind = [...walk(term)].some((one) => one.kind === 'derivative') ? 'missing-path' : 'missing-term';
  const rest = `${term.op === 'sub' ? '-' : ''}${written(right, place)}`;
  const [first, second] = [written(left, place), rest].map((one) => bracketedAs(term, place, one)) as [string, string];
  return [...signs, change(kind, term, first), change(kind, term, second)];
}

/** In the brackets that the term itself stands in. */
function bracketedAs(term: Term, place: Place, inside: string): string {
  const [open, close] = [/^(?:\\(?:left|bigl|Bigl)\s*)?\(\s*/.exec(written(term, place))?.[0], /\s*(?:\\(?:right|bigr|Bigr)\s*)?\)$/.exec(written(term, place))?.[0]];
  return open === undefined || close === undefined ? inside : open + inside + close;
}

function ofProduct(term: ApplyTerm, place: Place): readonly Mutation[] {
  const isChain = term.args.some(({ kind }) => kind === 'derivative');
  const swaps = term.args.slice(1).flatMap((_, k) => swapped(term, place, k, isChain ? 'chain-order' : 'order'));
  const entrywise = betweenOf(term, place).map(([, start, end]): Mutation => ({ kind: 'entrywise', start, end, text: place.surface === 'plain' ? ' .* ' : ' \\odot ' }));
  const dropped = term.args.flatMap((arg, k): Mutation[] => {
    if (k === 0) return [{ kind: 'factor', start: arg.span.start, end: (term.args[1] as Term).span.start, text: '' }];
    return [{ kind: 'factor', start: (term.args[k - 1] as Term).span.end, end: arg.span.end, text: '' }];
  });
  return [...swaps, ...entrywise, ...dropped];
}

/** Two neighbours in each other's place. */
function swapped({ args }: ApplyTerm, place: Place, k: number, kind: Kind): readonly Mutation[] {
  const [a, b] = [args[k] as Term, args[k + 1] as Term];
  if (b.span.start < a.span.end) return [];
  const gap = place.text.slice(a.span.end, b.span.start);
  return [{ kind, start: a.span.start, end: b.span.end, text: apart(apart(written(b, place), gap), written(a, place)) }];
}

// ---- shape notes and layouts

const SHAPE = /(\w+)(\s*(?:×|\\times)\s*)(\w+)/g;

/** Shapes with their sides exchanged: under braces within claims, and on lines that hold only shapes. */
function annotations(text: string, claims: readonly Equation[]): readonly Mutation[] {
  const notes = claims.flatMap(({ span }) => shapesIn(text, span.start, span.end));
  return [...notes, ...shapeLines(text)];
}

function shapesIn(text: string, start: number, end: number): readonly Mutation[] {
  const found = [...text.slice(start, end).matchAll(SHAPE)].filter(({ index }) => text[start + index - 1] === '{');
  return found.flatMap((match) => exchanged(match, start));
}

function shapeLines(text: string): readonly Mutation[] {
  const lines = [...text.matchAll(/^[ \t]*(?:\(?\w+\s*(?:×|\\times)\s*\w+\)?[ \t&=+\\,]*)+$/gm)];
  return lines.filter(([line]) => line.includes('=')).flatMap(({ 0: line, index }) => [...line.matchAll(SHAPE)].flatMap((match) => exchanged(match, index)));
}

function exchanged(match: RegExpMatchArray, offset: number): readonly Mutation[] {
  const [whole, rows, times, cols] = match as unknown as readonly [string, string, string, string];
  const start = offset + (match.index as number);
  return rows === cols ? [] : [{ kind: 'annotation', start, end: start + whole.length, text: `${cols}${times}${rows}` }];
}

const OTHER_LAYOUT: Readonly<Record<string, string>> = { denominator: 'numerator', numerator: 'denominator', mixed: 'numerator' };

function layouts(text: string): readonly Mutation[] {
  return [...text.matchAll(/\blayout (denominator|numerator|mixed)\b/g)].map(({ 0: whole, 1: word, index }) => ({
    kind: 'layout', start: index, end: index + whole.length, text: `layout ${OTHER_LAYOUT[word as string] as string}`,
  }));
}
