import type { Span } from '../base/span.ts';
import type { SymbolId, SymbolTerm, Term } from '../ops/term.ts';
import { ONE } from '../shape/dimension.ts';
import type { MatrixShape } from '../shape/shape.ts';
import type { Expr } from '../syntax/ast.ts';
import type { Origin } from '../syntax/document.ts';
import { plusKey, symbolKey } from '../syntax/symbol-key.ts';
import { capitalOf, lookUpInAnyStyle } from './other-styles.ts';
import type { OtherThanEntries } from './other-than-entries.ts';
import type { Problem } from './problem.ts';
import { blank, type Draft, introduceUsed, type Scope } from './scope.ts';
import type { Listed } from './several-variables.ts';

/** Where an expression stands while it is elaborated, and what is bound around it. */
export interface Context {
  readonly scope: Scope;
  readonly text: string;
  readonly section: number;
  readonly item: number;
  readonly origin: Origin;
  /** Indices by letter: bound by a sum around, or free in the equation. */
  readonly bound: ReadonlyMap<string, SymbolId>;
  /** How far the indices of sums around run, as the key of a dimension. */
  readonly upTo?: ReadonlyMap<SymbolId, string>;
  /** Letters that a sum around counts from 0, as the exponents of a power series. */
  readonly series?: ReadonlySet<string>;
  /** Letters that are numbers in this equation, whatever they are around it. */
  readonly numbers?: ReadonlyMap<string, Draft>;
  /** Terms that definitions name, by their key, filled as definitions are elaborated. */
  readonly named: Map<string, Draft[]>;
  readonly problems: Problem[];
  /** The one letter by which all `∇_x` of the text are that name it. */
  readonly gradientsBy: () => string | null;
  /** Letters that are factors where a sum in brackets follows. */
  readonly factors: () => ReadonlySet<string>;
  /** Whether primes on letters of which nothing is said turn them, as the text does so elsewhere. */
  readonly primesTurn: () => boolean;
  /** Whether a bare e is a letter like others. */
  readonly callsErrorsE: () => boolean;
  /** Numbered letters that are no entries of what they are numbered as: the `x_0` of `x - x_0`. */
  readonly otherThanEntries: () => OtherThanEntries;
  /** The shape of what a bare `∇E` is said to be, which tells what it is by. */
  readonly gradient?: MatrixShape | null;
  /** What the derivative that a chain begins with is by, and with it every bare `∇` further on that does not say otherwise. */
  readonly by?: Term | null;
  /** How many entries another side of the chain lists, at its head. */
  readonly listed?: Listed | null;
  /** Whether the equation is about differentials though the text has a dimension d. */
  readonly differentials?: boolean;
  /** Whether bars around a column give the magnitudes of its entries, and not its length. */
  readonly barsOfEntries?: boolean;
  /** Whether it is what something is divided by, with a size among its factors: `1/(D ρ)`. */
  readonly dividesBySize?: boolean;
  /** Shape notes met on the way, to be checked against what is inferred. */
  readonly notes: { readonly term: Term; readonly note: import('../syntax/ast.ts').ShapeExpr }[];
}

/** What a key means here. */
export function find({ scope, section, item, numbers }: Context, key: string): Draft | undefined {
  return numbers?.get(key) ?? lookUpInAnyStyle(scope, key, section, item);
}

/** The matrix `A` whose entries a text writes with a small letter, `a_{ij}`. */
export function matrixOfEntries(context: Context, key: string): Draft | undefined {
  const capital = capitalOf(key);
  if (key.length !== key.lastIndexOf(':') + 2 || capital === key) return undefined;
  const draft = find(context, capital);
  const isMatrix =
    draft?.declared == null ? draft?.definedAt != null : draft.declared.rows.key !== ONE.key && draft.declared.cols.key !== ONE.key;
  return isMatrix && draft?.params.length === 0 && draft.role === 'variable' ? draft : undefined;
}

/** Whether someone declared or defined the key. */
export function isKnown(context: Context, key: string): boolean {
  const found = find(context, key);
  return found !== undefined && !found.implicit;
}

export function symbolTerm(id: SymbolId, span: Span): SymbolTerm {
  return { kind: 'symbol', id, span };
}

/** The symbol an expression names; one that nobody introduced is introduced here, without a shape. */
export function symbolFor(context: Context, key: string, span: Span): SymbolTerm {
  const found = find(context, key);
  const isSize = context.scope.dimensions.has(key) && (found === undefined || isLaterNamesake(context, found));
  if (found !== undefined && !isSize) return symbolTerm(found.id, span);
  if (isSize) return symbolTerm(dimensionDraft(context, key).id, span);
  const draft = introduceUsed(context.scope, key, context.section, context.item, span);
  draft.text = context.text.slice(span.start, span.end);
  return symbolTerm(draft.id, span);
}

/** What a size's letter is given a value of its own behind, in the same section, it does not stand for yet. */
function isLaterNamesake({ section, item }: Context, { section: home, since, definedAt, params }: Draft): boolean {
  return home === section && since > item && definedAt !== null && params.length === 0;
}

/** A dimension as a number: one symbol for the whole document. */
export function dimensionDraft(context: Pick<Context, 'scope'>, name: string): Draft {
  const id = `dim:${name}`;
  const existing = context.scope.drafts.get(id);
  if (existing !== undefined) return existing;
  const draft = blank({
    id,
    key: name,
    section: 0,
    since: 0,
    span: context.scope.dimensions.get(name) as Span,
    text: name,
    role: 'dimension',
  });
  context.scope.drafts.set(id, draft);
  return draft;
}

/** A new index with that letter, bound in the context that is answered with it. */
export function bindIndex(context: Context, letter: string, span: Span): { readonly context: Context; readonly id: SymbolId } {
  const declared = find(context, letter);
  const id = `${letter}#${context.scope.drafts.size}`;
  const range = declared?.role === 'index' ? declared.range : null;
  const named = { id, key: letter, section: context.section, since: context.item, span, text: letter, role: 'index' } as const;
  const draft: Draft = { ...blank(named), range };
  context.scope.drafts.set(id, draft);
  return { context: { ...context, bound: new Map([...context.bound, [letter, id]]) }, id };
}

/** Whether a letter counts here: it is bound, or declared as an index. */
export function indexNamed(context: Context, letter: string): SymbolId | undefined {
  const bound = context.bound.get(letter);
  if (bound !== undefined) return bound;
  const found = find(context, letter);
  return found?.role === 'index' ? found.id : undefined;
}

/** The draft an expression names as a whole, its marks included. */
export function draftNamed(context: Context, expr: Expr): Draft | undefined {
  const key = symbolKey(expr) ?? plusKey(expr)?.whole ?? null;
  return key === null ? undefined : find(context, key);
}
