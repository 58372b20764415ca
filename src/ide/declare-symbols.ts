import type { Surface } from '../check/check-document.ts';
import type { CheckedDocument, FoundEdit } from '../check/checked-document.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { type Term, walk } from '../ops/term.ts';
import { showShape } from '../shape/shape.ts';
import type { DerivationView } from './derivation-view.ts';
import type { ReadAfter } from './derive.ts';
import { insertBefore } from './directive-edit.ts';
import type { Refactoring } from './refactoring.ts';
import { blockStart } from './suppress.ts';

/** The document as it would be checked after edits. */
export type Trial = (edits: readonly FoundEdit[]) => CheckedDocument;

interface Undeclared {
  readonly info: SymbolInfo;
  readonly section: number;
}

interface Declared extends Undeclared {
  readonly shape: string;
}

/** More are not declared at once, as each shape is tried. */
const MOST_SYMBOLS = 20;

/**
 * Declarations for the symbols that are used without one: each with the shape that its uses leave no choice
 * about, with letters of their own for sizes that they leave open, or else the first usual one with which
 * nothing is wrong. `attempt` checks an edited document, `readAfter` reads it.
 */
export function declareSymbols(view: DerivationView, surface: Surface, attempt: Trial, readAfter: ReadAfter): Refactoring | null {
  const declared: Declared[] = [];
  for (const symbol of undeclared(view).slice(0, MOST_SYMBOLS)) {
    const before = mistakes(attempt(edits(view, surface, declared)));
    const known = declared.length === 0 ? view : readAfter(edits(view, surface, declared));
    const shape = candidates(known, symbol).find(
      (one) => mistakes(attempt(edits(view, surface, [...declared, { ...symbol, shape: one }]))) <= before,
    );
    if (shape !== undefined) declared.push({ ...symbol, shape });
  }
  const [only, ...others] = declared;
  if (only === undefined) return null;
  const title =
    others.length === 0
      ? view.say('Declare `{0}`', `${nameOf(only.info)} : ${only.shape}`)
      : view.say('Declare {0} symbols with the shapes of their uses', declared.length);
  return { title, edits: edits(view, surface, declared), proof: 'shapes' };
}

function mistakes({ diagnostics }: CheckedDocument): number {
  return diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
}

function undeclared({ built: { derivation, implicit } }: DerivationView): readonly Undeclared[] {
  return [...implicit].flatMap((id) => {
    const info = derivation.symbols.get(id);
    const section = derivation.equations.find(({ sides }) => sides.some((side) => holds(side, id)))?.section;
    return info === undefined || section === undefined || info.role !== 'variable' || info.definition !== null ? [] : [{ info, section }];
  });
}

function isOf(term: Term, id: string): boolean {
  return (term.kind === 'symbol' && term.id === id) || (term.kind === 'call' && term.callee.kind === 'symbol' && term.callee.id === id);
}

function nameOf({ text }: SymbolInfo): string {
  return text.replace(/\s+/g, ' ');
}

/** What inference says, with new letters for what it leaves open; then columns and numbers for small letters, matrices for capital ones. */
function candidates(view: DerivationView, { info, section }: Undeclared): readonly string[] {
  const inferred = inferredShape(view, info.text, section);
  if (!/[?|]/.test(inferred)) return [stated(inferred)];
  const dimensions = [...view.built.derivation.symbols.values()]
    .filter(({ role }) => role === 'dimension')
    .map(({ text }) => text)
    .slice(0, 6);
  const isCapital = /^\p{Lu}/u.test(info.text.replace(/^\\\w+\s*\{?/, ''));
  const opened = filled(view, isCapital && inferred === '?' ? '?×?' : inferred);
  const usual = isCapital ? dimensions.flatMap((rows) => dimensions.map((cols) => `${rows}×${cols}`)) : [...dimensions, 'scalar'];
  return dimensions.length === 0 ? [] : [...opened, ...usual];
}

/** The shape of a symbol of that name which nothing in the text declares; open where there is none. */
function inferredShape({ built: { derivation, implicit }, shapes }: DerivationView, name: string, section: number): string {
  const named = [...implicit].filter((id) => derivation.symbols.get(id)?.text === name);
  const here = named.find((id) => derivation.equations.some((one) => one.section === section && one.sides.some((side) => holds(side, id))));
  return here === undefined ? '?' : showShape(shapes.ofSymbol(here));
}

function holds(side: Term, id: string): boolean {
  return [...walk(side)].some((term) => isOf(term, id));
}

const LETTERS = ['n', 'm', 'k', 'p', 'q', 'r', 'd', 'l'];

/** An open shape of a matrix or a column with letters that the text does not use; none where nothing is known of it. */
function filled({ built: { derivation } }: DerivationView, shape: string): readonly string[] {
  if (!/^[^|]+×[^|]+$/.test(shape)) return [];
  const used = new Set([...derivation.symbols.values()].map(({ text }) => text));
  const free = LETTERS.filter((letter) => !used.has(letter));
  const text = shape.replace(/\?/g, () => free.shift() ?? '?');
  return text.includes('?') ? [] : [stated(text)];
}

/** As a person would write it: a column by its length, a number as `scalar`. */
function stated(shape: string): string {
  if (shape === '1×1') return 'scalar';
  return /^[\p{L}\p{N}_]+×1$/u.test(shape) ? shape.slice(0, -2) : shape;
}

// ---- where

function edits(view: DerivationView, surface: Surface, declared: readonly Declared[]): readonly FoundEdit[] {
  return [...new Set(declared.map(({ section }) => section))].flatMap((section) =>
    declarations(
      view,
      surface,
      section,
      declared.filter((one) => one.section === section),
    ),
  );
}

/** Symbols of one shape share a line, before the first equation of their section. */
function declarations(view: DerivationView, surface: Surface, section: number, symbols: readonly Declared[]): readonly FoundEdit[] {
  const first = view.built.derivation.equations.find((equation) => equation.section === section);
  if (first === undefined) return [];
  const lines = [...new Set(symbols.map(({ shape }) => shape))].map(
    (shape) =>
      `${symbols
        .filter((one) => one.shape === shape)
        .map(({ info }) => nameOf(info))
        .join(', ')} : ${shape}`,
  );
  const inserted = lines.map((line) => insertBefore(view.text, blockStart(view.text, first.span.start, surface, 0), line, surface));
  const [edit] = inserted;
  return edit === undefined ? [] : [{ span: edit.span, newText: inserted.map(({ newText }) => newText).join('') }];
}
