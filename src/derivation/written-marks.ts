import { type Term, walk } from '../ops/term.ts';
import type { NotationName } from '../syntax/cursor.ts';
import type { Origin } from '../syntax/document.ts';
import type { Equation } from './derivation.ts';

/** The signs that a text writes where it has a choice; what is written into it takes them over. */
export interface WrittenMarks {
  readonly transpose?: string;
  /** The entrywise product in plain notation. */
  readonly entrywise?: string;
}

export type MarksByNotation = Readonly<Record<NotationName, WrittenMarks>>;

/** Those that are most frequent in plain notation and in LaTeX. */
export function writtenMarks(
  text: string,
  equations: readonly { readonly equation: Equation; readonly origin: Origin }[],
): MarksByNotation {
  const found = equations.map(({ equation, origin }) => ({
    isPlain: origin === 'plain',
    terms: equation.sides.flatMap((side) => [...walk(side)]),
  }));
  const termsOf = (plain: boolean) => found.filter(({ isPlain }) => isPlain === plain).flatMap(({ terms }) => terms);
  return { plain: marksIn(text, termsOf(true), PLAIN), latex: marksIn(text, termsOf(false), LATEX) };
}

const PLAIN = /^(?:'|\^T|ᵀ|\^⊤|⊤)$/u;
const LATEX = /^(?:'|\^(?:T|\\[A-Za-z]+|\{(?:T|\\[A-Za-z]+(?:\s*\{?T\}?)?)\})|\\[A-Za-z]+)$/;

function marksIn(text: string, terms: readonly Term[], known: RegExp): WrittenMarks {
  const transpose = mostFrequent(terms.flatMap((term) => transposeMark(text, term)).filter((mark) => known.test(mark)));
  const entrywise = known === PLAIN ? mostFrequent(terms.flatMap((term) => entrywiseMark(text, term))) : undefined;
  return { ...(transpose === undefined ? {} : { transpose }), ...(entrywise === undefined ? {} : { entrywise }) };
}

/** What stands behind the operand, and behind its brackets. */
function transposeMark(text: string, term: Term): readonly string[] {
  if (term.kind !== 'apply' || term.op !== 'transpose') return [];
  const [base] = term.args as readonly [Term];
  const isInverse = base.kind === 'apply' && base.op === 'inverse';
  return isInverse ? [] : [text.slice(base.span.end, term.span.end).replace(/^(?:\s|\\right|\\[Bb]igg?r?|[)\]}])*/, '')];
}

function entrywiseMark(text: string, term: Term): readonly string[] {
  if (term.kind !== 'apply' || term.op !== 'hadamard') return [];
  const [left, right] = term.args as readonly [Term, Term];
  return /\.\*|⊙/.exec(text.slice(left.span.end, right.span.start)) ?? [];
}

function mostFrequent(marks: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
