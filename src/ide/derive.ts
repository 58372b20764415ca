import type { Span } from '../base/span.ts';
import { deriveFormula } from '../calculus/derive.ts';
import { changeOf, differentialOf } from '../calculus/differential.ts';
import { isRefusal } from '../calculus/differentiate.ts';
import { entryForm } from '../calculus/entry-form.ts';
import { type Formula, printFormula } from '../calculus/formula.ts';
import { stepsOf } from '../calculus/steps.ts';
import type { Surface } from '../check/check-document.ts';
import type { CheckedDocument, FoundEdit, FoundFix } from '../check/checked-document.ts';
import { spellingOf } from '../check/repair/spelling.ts';
import { claimSpan } from '../check/words.ts';
import { dependenciesOf, symbolsIn } from '../derivation/dependencies.ts';
import { type Equation, takesBrackets } from '../derivation/derivation.ts';
import { isFree, moversOf } from '../derivation/movers.ts';
import { type Printing, printTerm } from '../derivation/print-term.ts';
import { type DerivativeTerm, type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { NotationName } from '../syntax/cursor.ts';
import { claimsOf } from './claims.ts';
import type { DerivationView } from './derivation-view.ts';
import { type Region, regionAt } from './region.ts';

/** A derivative that is written in a document. */
export interface WrittenDerivative {
  readonly term: DerivativeTerm;
  readonly equation: Equation;
}

/** How a document would be read with edits made to it. */
export type ReadAfter = (edits: readonly FoundEdit[]) => DerivationView;

/** The innermost derivative around an offset. */
export function derivativeAt({ built }: DerivationView, offset: number): WrittenDerivative | null {
  let best: WrittenDerivative | null = null;
  for (const equation of built.derivation.equations) {
    for (const side of equation.sides) {
      for (const term of walk(side)) {
        const isNearer = best === null || lengthOf(term.span) <= lengthOf(best.term.span);
        if (term.kind === 'derivative' && isAround(term.span, offset) && isNearer) best = { term, equation };
      }
    }
  }
  return best;
}

function isAround({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

/** What a derivative is, in the notation in which it stands there; null where Chainrule finds none. */
export function derivativeText(view: DerivationView, { term, equation }: WrittenDerivative, region: Region): string | null {
  return formulaText(view, deriveFormula(view.built, view, term, view.shapes.layoutOf(equation)), region, equation);
}

/** A formula as its section spells it; what it gives names to in bold letters where vectors are bold. */
function formulaText(view: DerivationView, formula: Formula | null, region: Region, { settings }: Equation): string | null {
  if (formula === null) return null;
  const notation = region === 'statement' ? 'plain' : 'latex';
  const where = formula.where.map((part) =>
    settings.boldConvention && !part.isNumber ? { ...part, name: `\\mathbf{${part.name}}` } : part,
  );
  const names = new Map(where.map(({ id, name }) => [id, name]));
  const print = (one: Term) => printTerm(one, spelledWith(view, notation, names));
  return printFormula({ ...formula, where }, notation, print);
}

/** As the section spells its symbols, with names for some. */
function spelledWith(view: DerivationView, notation: NotationName, names: ReadonlyMap<string, string>): Printing {
  return {
    notation,
    marks: view.built.marks()[notation],
    symbol: (id) => names.get(id) ?? spellingOf(view, id, notation),
    takesBrackets: takesBrackets(view.built.derivation.symbols),
  };
}

/** The same in the other layout, for a derivative that has one there; null where both are alike. */
export function inOtherLayout(
  view: DerivationView,
  { term, equation }: WrittenDerivative,
  region: Region,
): { readonly layout: Layout; readonly text: string } | null {
  const layout = view.shapes.layoutOf(equation) === 'numerator' ? 'denominator' : 'numerator';
  if (term.form !== 'derivative' || term.wrt.length !== 1 || term.wrt[0]?.transposed === true) return null;
  const text = formulaText(view, deriveFormula(view.built, view, term, layout), region, equation);
  return text === null ? null : { layout, text };
}

/** A derivative of more than two axes as an equation between entries; null for every other. */
export function entriesText(view: DerivationView, { term, equation }: WrittenDerivative, region: Region): string | null {
  const form = entryForm(view.built.derivation, view.shapes, term, view.shapes.layoutOf(equation));
  const notation = region === 'statement' ? 'plain' : 'latex';
  const print = (one: Term, names: ReadonlyMap<string, string>) => printTerm(one, spelledWith(view, notation, names));
  return form === null ? null : `${print(form.claim, form.names)} = ${print(form.term, form.names)}`;
}

// ---- differentials

/** What the differential around an offset is, `dL` in the changes of what moves in its equation: the text of both; null at `dx` of an x that moves by itself. */
export function differentialText(
  view: DerivationView,
  offset: number,
  region: Region,
): { readonly of: Span; readonly text: string } | null {
  const { built, shapes, text } = view;
  const equation = built.derivation.equations.find(({ span }) => isAround(span, offset));
  const term = equation?.sides
    .flatMap((side) => [...walk(side)])
    .findLast((one) => one.kind === 'differential' && isAround(one.span, offset));
  if (equation === undefined || term?.kind !== 'differential') return null;
  const named = moversOf(built.derivation, equation.sides);
  const moving = named.size > 0 ? [...named] : freeBelow(view, term.of);
  if (term.of.kind === 'symbol' && moving.includes(term.of.id)) return null;
  const found = differentialOf(built.derivation, shapes, shapes.layoutOf(equation), term.of, moving);
  if (isRefusal(found)) return null;
  const notation = region === 'statement' ? 'plain' : 'latex';
  const sign = text.slice(term.span.start, term.of.span.start).replace(/[\s(]+$/, '');
  const names = new Map(moving.map((id) => [changeOf(id), `${sign}${spaced(sign)}${spellingOf(view, id, notation)}`]));
  return { of: term.span, text: printTerm(found.term, spelledWith(view, notation, names)) };
}

/** A command that ends in a letter is parted from the next one. */
function spaced(sign: string): string {
  return /\\[a-z]+$/i.test(sign) ? ' ' : '';
}

/** The declared symbols that a term is made of. */
function freeBelow({ built: { derivation } }: DerivationView, term: Term): readonly SymbolId[] {
  const found = new Set<SymbolId>();
  const open = [...symbolsIn(term)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const info = derivation.symbols.get(id);
    if (found.has(id) || info?.role !== 'variable') continue;
    found.add(id);
    open.push(...dependenciesOf(derivation, id));
  }
  return [...found].filter((id) => isFree(derivation.symbols.get(id)));
}

// ---- a right side for a derivative without one

/** Where the right side of a formula belongs, and whether its sign of equality is there. */
interface OpenEnd {
  readonly span: Span;
  /** How far blanks go on. */
  readonly blankUntil: number;
  readonly hasEquals: boolean;
  readonly region: Region;
}

/** The derivative as the right side of what ends at or after an offset in `dL/dx =`, or in `dL/dx` alone. */
export function insertDerivative(view: DerivationView, surface: Surface, offset: number, readAfter: ReadAfter): FoundFix | null {
  const open = openEnd(view.text, surface, offset);
  const newText = open === null ? null : rightSide(view, open, readAfter);
  if (open === null || newText === null) return null;
  return {
    title: view.say('Insert the derivative `{0}`', short(newText)),
    edits: [{ span: open.span, newText: `${open.hasEquals ? '' : ' ='} ${newText}` }],
  };
}

/** The derivative that may be typed at an offset that stands behind `dL/dx =`. */
export function completeDerivative(view: DerivationView, surface: Surface, offset: number, readAfter: ReadAfter): string | null {
  const open = openEnd(view.text, surface, offset);
  if (open === null || !open.hasEquals || !isAround({ start: open.span.start, end: open.blankUntil }, offset)) return null;
  return rightSide(view, open, readAfter);
}

const STATEMENT_END = /\n|\/\/|;|$/;
const FORMULA_END = /\n[ \t]*\n|\\\\|\\(?:label|tag|nonumber|notag)\b|\$|\\\]|\\\)|\\end\b|$/;
/** No formula is longer. */
const NEARBY = 4000;

function openEnd(text: string, surface: Surface, offset: number): OpenEnd | null {
  const inside = insideFormula(text, surface, beforeRowEnd(text, offset));
  const region = regionAt(text, surface, inside);
  if (region === null) return null;
  const rest = text.slice(inside, inside + NEARBY);
  const end = inside + rest.search(region === 'statement' ? STATEMENT_END : FORMULA_END);
  const written = text.slice(Math.max(0, end - NEARBY), end).replace(/[\s.,]+$/, '');
  if (/\\end\{\w+\*?\}$/.test(written)) return null;
  const at = Math.max(0, end - NEARBY) + written.length;
  const goesOn = text[end] === '/' || /^\\(?:\\|[lnt])/.test(text.slice(end, end + 2));
  const blanks = /^[ \t]*/.exec(text.slice(at, end))?.[0].length ?? 0;
  const kept = goesOn ? Math.min(1, blanks) : 0;
  return { span: { start: at, end: at + blanks - kept }, blankUntil: at + blanks, hasEquals: written.endsWith('='), region };
}

/** Behind the `\\\\` of a row, where a line ends, the row itself is meant. */
function beforeRowEnd(text: string, offset: number): number {
  if (!/^[ \t]*(?:\n|$)/.test(text.slice(offset, offset + NEARBY))) return offset;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return offset - (/\\\\[ \t]*$/.exec(line)?.[0].length ?? 0);
}

/** An offset right before or behind the signs around a formula, `$$dL/dx =$$`, means what stands between them. */
function insideFormula(text: string, surface: Surface, offset: number): number {
  if (regionAt(text, surface, offset) !== null) return offset;
  const [opening] = /^(?:\$\$?|\\\[|\\\()/.exec(text.slice(offset, offset + 2)) ?? [];
  const [closing] = /(?:\$\$?|\\\]|\\\))$/.exec(text.slice(Math.max(0, offset - 2), offset)) ?? [];
  return closing !== undefined ? offset - closing.length : offset + (opening?.length ?? 0);
}

/** With a zero in the place of the right side, which has every shape, the formula can be read. */
function rightSide(view: DerivationView, open: OpenEnd, readAfter: ReadAfter): string | null {
  const { start, end } = open.span;
  if (!open.hasEquals && !isAlone(view, start)) return null;
  const filler = open.hasEquals ? ' 0' : ' = 0';
  const read = readAfter([{ span: { start, end }, newText: filler }]);
  const zero = start + filler.length;
  const equation = read.built.derivation.equations.find(
    ({ sides }) => sides.length > 1 && sides.at(-1)?.span.end === zero && isZero(sides.at(-1)),
  );
  const [claimed] = equation?.sides ?? [];
  return equation === undefined || claimed?.kind !== 'derivative' ? null : derivativeText(read, { term: claimed, equation }, open.region);
}

function isZero(term: Term | undefined): boolean {
  return term?.kind === 'number' && term.value === 0;
}

/** Whether a derivative ends at an offset that stands in no equation with others. */
function isAlone({ built, text }: DerivationView, end: number): boolean {
  const equation = built.derivation.equations.find(({ sides }) => sides.some(({ span }) => span.end === end));
  if (equation !== undefined) return equation.sides.length === 1 && equation.sides[0]?.kind === 'derivative';
  return !/[=<>]/.test(text.slice(text.lastIndexOf('\n', end - 1) + 1, end));
}

/** A formula as a title shows it. */
function short(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat;
}

// ---- a wrong right side

/** The derivative in the place of what numbers refute, unless a repair offers it already. */
export function replaceByDerivative(checked: CheckedDocument, view: DerivationView, surface: Surface, offset: number): FoundFix | null {
  const claim = claimsOf(checked).find(({ span, verdict }) => isAround(span, offset) && verdict?.status === 'refuted');
  const wrong = claim?.verdict?.steps.find(({ status }) => status === 'refuted');
  const equation = view.built.derivation.equations.find((one) => claimSpan(one).start === claim?.span.start);
  const [claimed] = equation?.sides ?? [];
  const region = regionAt(view.text, surface, offset);
  if (wrong === undefined || equation === undefined || claimed?.kind !== 'derivative' || region === null) return null;
  const newText = derivativeText(view, { term: claimed, equation }, region);
  if (newText === null || isOffered(checked, wrong.span, newText, offset)) return null;
  const title = view.say('Replace `{0}` by the derivative `{1}`', short(wrong.text), short(newText));
  return { title, edits: [{ span: wrong.span, newText }] };
}

/** Whether what is told at an offset comes with the same edit. */
function isOffered({ diagnostics }: CheckedDocument, wrong: Span, text: string, offset: number): boolean {
  const here = diagnostics.filter(({ span }) => isAround(span, offset));
  return here.some(({ fixes }) =>
    fixes.some(({ edits }) => edits.some((edit) => edit.span.start === wrong.start && edit.newText === text)),
  );
}

// ---- steps

/** How the derivative at an offset comes about, as a text of its own; a reason where that cannot be shown. */
export function showSteps(view: DerivationView, offset: number): { readonly text: string } | { readonly reason: string } | null {
  const written = derivativeToShow(view, offset);
  if (written === null) return null;
  const { built, shapes } = view;
  const steps = stepsOf(built.derivation, shapes, written.term, shapes.layoutOf(written.equation));
  return isRefusal(steps) ? { reason: steps.reason } : steps;
}

/** The derivative at an offset, or the one that the equation there claims, also right behind the signs that close its formula. */
export function derivativeToShow(view: DerivationView, offset: number): WrittenDerivative | null {
  return derivativeAt(view, offset) ?? claimedAt(view, offset) ?? claimedAt(view, offset - closingBefore(view.text, offset));
}

function closingBefore(text: string, offset: number): number {
  return /[.,]?(?:\$\$?|\\\]|\\\))$/.exec(text.slice(Math.max(0, offset - 3), offset))?.[0].length ?? 0;
}

/** The derivative that the equation at an offset claims. */
function claimedAt({ built }: DerivationView, offset: number): WrittenDerivative | null {
  const equation = built.derivation.equations.find(({ span, sides }) => isAround(span, offset) && sides[0]?.kind === 'derivative');
  return equation === undefined ? null : { term: equation.sides[0] as DerivativeTerm, equation };
}
