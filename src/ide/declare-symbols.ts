import type { Surface } from '../check/check-document.ts';
import type { CheckedDocument, FoundEdit } from '../check/checked-document.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { type Term, walk } from '../ops/term.ts';
import { showShape } from '../shape/shape.ts';
import type { DerivationView } from './derivation-view.ts';
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
 * about, or else the first usual one with which nothing is wrong. `attempt` checks an edited document.
 */
export function declareSymbols(view: DerivationView, surface: Surface, attempt: Trial): Refactoring | null {
  const declared: Declared[] = [];
  for (const symbol of undeclared(view).slice(0, MOST_SYMBOLS)) {
    const before = mistakes(attempt(edits(view, surface, declared)));
    const shape = candidates(view, symbol).find(
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
    const section = derivation.equations.find(({ sides }) => sides.some((side) => [...walk(side)].some((term) => isOf(term, id))))?.section;
    return info === undefined || section === undefined || info.role !== 'variable' || info.definition !== null ? [] : [{ info, section }];
  });
}

function isOf(term: Term, id: string): boolean {
  return (term.kind === 'symbol' && term.id === id) || (term.kind === 'call' && term.callee.kind === 'symbol' && term.callee.id === id);
}

function nameOf({ text }: SymbolInfo): string {
  return text.replace(/\s+/g, ' ');
}

/** What inference says, then columns and numbers for small letters, matrices for capital ones. */
function candidates(view: DerivationView, { info }: Undeclared): readonly string[] {
  const inferred = showShape(view.shapes.ofSymbol(info.id));
  if (!/[?|]/.test(inferred)) return [stated(inferred)];
  const dimensions = [...view.built.derivation.symbols.values()]
    .filter(({ role }) => role === 'dimension')
    .map(({ text }) => text)
    .slice(0, 6);
  const isCapital = /^\p{Lu}/u.test(info.text.replace(/^\\\w+\s*\{?/, ''));
  if (dimensions.length === 0) return [];
  return isCapital ? dimensions.flatMap((rows) => dimensions.map((cols) => `${rows}×${cols}`)) : [...dimensions, 'scalar'];
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
