import type { Span } from '../base/span.ts';
import type { Equation } from '../derivation/derivation.ts';
import { factorsOf, termsOf } from '../derivation/shape-line.ts';
import { type Term, walk } from '../ops/term.ts';
import { type Shape, showShape } from '../shape/shape.ts';
import { NOTATION, type Notation, OP_NAMES } from '../syntax/notation.ts';
import type { DerivationView } from './derivation-view.ts';
import { asCode } from './figures.ts';
import { origins } from './shape-origins.ts';

/** A shape where nobody wrote it down. */
export interface ShapeHint {
  readonly offset: number;
  readonly label: readonly LabelPart[];
  /** Markdown: why it has this shape. */
  readonly tooltip: string;
}

/** A piece of a label; a dimension leads to where it is declared. */
export interface LabelPart {
  readonly text: string;
  readonly target: Span | null;
}

export interface HintKinds {
  /** After each symbol that is defined without being declared. */
  readonly definitions: boolean;
  /** After each factor of a chain-rule product. */
  readonly factors: boolean;
}

/** An editor shows so many characters of the hints of a line, and cuts off the rest. */
const MOST_OF_LINE = 43;

/** The shapes that are shown between two offsets, in the order of the text. */
export function shapeHints(view: DerivationView, within: Span, { definitions, factors }: HintKinds): readonly ShapeHint[] {
  const { equations } = view.built.derivation;
  const near = equations.filter(({ span }) => span.start <= within.end && within.start <= span.end);
  const hints = near.flatMap((equation) => [
    ...(definitions ? definitionHints(view, equation) : []),
    ...(factors ? factorHints(view, equation) : []),
  ]);
  return fitting(
    view.text,
    hints.filter(({ offset }) => within.start <= offset && offset <= within.end).sort((a, b) => a.offset - b.offset),
  );
}

function definitionHints(view: DerivationView, { defines, sides: [symbol, ...sides] }: Equation): readonly ShapeHint[] {
  const info = defines === null ? undefined : view.built.derivation.symbols.get(defines);
  if (symbol === undefined || info === undefined || info.declared !== null || isOfFunction(view.text, symbol.span)) return [];
  const why = sides.map((side) => origins(view, side)).join('\n');
  return hint(
    view,
    symbol,
    ': ',
    why === '' ? view.say('Inferred from its definition.') : `${view.say('Inferred from its definition:')}\n\n${why}`,
  );
}

const FUNCTIONS: ReadonlySet<string> = new Set(
  OP_NAMES.map((op): Notation => NOTATION[op]).flatMap(({ form, plain, latex }) => (form === 'function' ? [...plain, ...latex] : [])),
);

/** Whether a name is that of a function's derivative, `\tanh'`, which has a shape only where it is applied. */
function isOfFunction(text: string, { start, end }: Span): boolean {
  return FUNCTIONS.has(text.slice(start, end).replace(/\s*(?:'|\^\{?\\prime\}?)+$/, ''));
}

function factorHints(view: DerivationView, { sides }: Equation): readonly ShapeHint[] {
  const products = sides
    .flatMap(termsOf)
    .map(factorsOf)
    .filter((factors) => factors.length > 1 && factors.some(isDerivative));
  return products.flat().flatMap((factor) => hint(view, factor, '', origins(view, factor)));
}

function isDerivative(factor: Term): boolean {
  return [...walk(factor)].some(({ kind }) => kind === 'derivative');
}

/** Nothing is said of what is not known. */
function hint(view: DerivationView, term: Term, before: string, why: string): readonly ShapeHint[] {
  const { span } = term;
  const shape = view.shapes.ofTerm(term);
  const text = showShape(shape);
  if (text.includes('?')) return [];
  const name = asCode(view.text.slice(span.start, span.end));
  return [
    {
      offset: span.end,
      label: labelOf(view, before, shape),
      tooltip: [`${view.say('{0} is {1}', name, text)}.`, why].filter((part) => part !== '').join('\n\n'),
    },
  ];
}

function labelOf({ occurrences }: DerivationView, before: string, shape: Shape): readonly LabelPart[] {
  const words = showShape(shape).match(/[\p{L}_][\p{L}\p{N}_]*|[^\p{L}_]+/gu) ?? [];
  const target = (name: string) => occurrences.find(({ id, role }) => id === `dim:${name}` && role === 'declaration')?.span ?? null;
  return [...(before === '' ? [] : [{ text: before, target: null }]), ...words.map((text) => ({ text, target: target(text) }))];
}

/** Of each line as many hints as are shown in full. */
function fitting(text: string, hints: readonly ShapeHint[]): readonly ShapeHint[] {
  const used = new Map<number, number>();
  return hints.filter(({ offset, label }) => {
    const line = text.lastIndexOf('\n', offset - 1);
    const length = (used.get(line) ?? 0) + label.reduce((sum, part) => sum + part.text.length, 0);
    used.set(line, length);
    return length <= MOST_OF_LINE;
  });
}
