import type { Say } from '../base/say.ts';
import type { Span } from '../base/span.ts';
import type { Built } from '../derivation/build.ts';
import type { Equation, ShapeTable } from '../derivation/derivation.ts';
import type { Inferred } from '../derivation/infer.ts';
import { type Term, walk } from '../ops/term.ts';
import { hasCount, isOpen } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, type Shape, showShape } from '../shape/shape.ts';
import type { NotationName } from '../syntax/cursor.ts';
import type { Macros } from '../syntax/macros.ts';
import type { FoundRelated } from './checked-document.ts';

/** What a rule may look at. */
export interface RuleContext {
  readonly text: string;
  /** The notation of the surface. */
  readonly notation: NotationName;
  /** Whether a statement to Chainrule stands in it: then it means what docs/language.md says. */
  readonly annotated: boolean;
  readonly built: Built;
  readonly inferred: Inferred;
  /** The text in which small letters that nothing declares are numbers, if nothing speaks against it; null where there are none. */
  readonly inNumbers: () => Pick<RuleContext, 'built' | 'inferred'> | null;
  /** The shapes there. */
  readonly asNumbers: () => ShapeTable | null;
  /** The document's own macros. */
  readonly macros: Macros;
  /** Titles of fixes are in the reader's language. */
  readonly say: Say;
}

const LONGEST = 60;

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** The text between two offsets, on one line, without signs that part mathematics from words, and not longer than a message can bear. */
export function excerpt(text: string, span: Span): string {
  const whole = oneLine(text.slice(span.start, span.end))
    .replaceAll(/(?<!\\)\$/g, '')
    .trim();
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1)}…` : whole;
}

/** A term as the person wrote it, in backquotes. */
export function quoted(context: RuleContext, term: Term): string {
  return `\`${excerpt(context.text, term.span)}\``;
}

/** Whether a sentence says what is claimed, as in "the gradient of `$f$` is `$2 A x$`": it stands before the mathematics. */
export function isClaimedInWords({ ranges: [first], span }: Equation): boolean {
  return first !== undefined && first.end <= span.start;
}

/** From the first side of a claim to its last, as it is counted; words before the mathematics are none of it. */
export function claimSpan({ ranges, span }: Pick<Equation, 'ranges' | 'span'>): Span {
  const [first] = ranges;
  const start = first === undefined || first.end <= span.start ? span.start : first.start;
  return { start, end: ranges.at(-1)?.end ?? span.end };
}

/** `n×1`, with `a scalar` for 1×1, as it stands in a sentence. */
export function inWords(shape: Shape): string {
  return isScalar(shape) ? 'a scalar' : showShape(shape);
}

const MOST_ORIGINS = 4;

/** Where the shapes in a term come from: its symbols, each with the place that gives it its shape. */
export function origins(context: RuleContext, terms: readonly Term[]): readonly FoundRelated[] {
  const ids = terms.flatMap((term) => [...walk(term)].flatMap((at) => (at.kind === 'symbol' ? [at.id] : [])));
  return [...new Set(ids)].flatMap((id) => originOf(context, id)).slice(0, MOST_ORIGINS);
}

function originOf({ built, inferred }: RuleContext, id: string): readonly FoundRelated[] {
  const info = built.derivation.symbols.get(id);
  if (info === undefined || info.role === 'index' || info.role === 'dimension') return [];
  const shape = inferred.shapes.ofSymbol(id);
  if (shape.kind === 'matrix' && (isOpen(shape.rows) || isOpen(shape.cols))) return [];
  const isSaid = info.declared !== null && !built.implicit.has(id);
  const how = isSaid ? 'declared' : info.definition !== null ? 'defined' : 'inferred';
  return [{ message: `\`${info.text}\` is ${asDeclared(info.declared, shape)}, ${how} here`, span: info.span }];
}

/** `k×1`, and what it is where the text says that `k = n + 1`. */
function asDeclared(declared: MatrixShape | null, shape: Shape): string {
  const words = inWords(shape);
  const isTold = declared !== null && !hasCount(declared.rows) && !hasCount(declared.cols);
  return !isTold || inWords(declared) === words ? words : `${inWords(declared)}, that is ${words}`;
}

export const LAYOUT_WORDS = {
  denominator: 'denominator layout (gradients are columns)',
  numerator: 'numerator layout (gradients are rows)',
  mixed: 'mixed layout (gradients are columns, Jacobians m×n)',
} as const;
