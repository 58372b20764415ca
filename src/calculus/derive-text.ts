import type { Built } from '../derivation/build.ts';
import { buildDerivation } from '../derivation/build.ts';
import type { Equation, Settings } from '../derivation/derivation.ts';
import { inferShapes } from '../derivation/infer.ts';
import { printTerm } from '../derivation/print-term.ts';
import type { DerivativeTerm, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { ShapeTable } from '../derivation/derivation.ts';
import type { NotationName } from '../syntax/cursor.ts';
import { nameToLatex } from '../syntax/name.ts';
import { readPlain } from '../syntax/read-plain.ts';
import { type Derived, type Refusal, differentiateTerm, isRefusal } from './differentiate.ts';

/** An expression to be differentiated, in plain notation, with what is given. */
export interface DeriveRequest {
  readonly expression: string;
  readonly wrt: string;
  /** Declarations and definitions, separated by `;` or lines. */
  readonly given: string;
  readonly layout: Layout;
}

/** The derivative with everything that it was found in. */
export interface DerivedText {
  readonly kind: 'derived';
  readonly built: Built;
  readonly shapes: ShapeTable;
  readonly asked: DerivativeTerm;
  readonly derived: Derived;
}

/** Why there is none, with the place in the text that was read where there is one. */
export interface RefusedText {
  readonly kind: 'refused';
  readonly reason: string;
}

const SETTINGS: Settings = {
  layout: 'auto', layoutSpan: null, verify: true, broadcast: false, boldConvention: false, tolerance: 1e-6, seed: 1, sizes: new Map(),
};

/** The text of a derivation that asks for one derivative. */
export function textOf({ expression, wrt, given }: DeriveRequest): string {
  const variables = wrt.split(',').map((one) => one.trim());
  const order = variables.length === 1 ? '' : `^${variables.length}`;
  return `${given}\nd${order}/${variables.map((one) => `d${/^[\p{L}\p{N}_]+'?$/u.test(one) ? '' : ' '}${one}`).join(' ')} (${expression})\n`;
}

/** Reads an expression and what is given, and differentiates. */
export function deriveText(request: DeriveRequest): DerivedText | RefusedText {
  const text = textOf(request);
  const document = readPlain(text);
  const built = buildDerivation(document, text, SETTINGS);
  const { shapes, problems } = inferShapes(built, request.layout);
  const asked = built.derivation.equations.map((equation: Equation) => equation.sides[0] as Term).findLast((side) => side.kind === 'derivative');
  if (asked?.kind !== 'derivative') return { kind: 'refused', reason: 'the expression cannot be read as one derivative' };
  if (problems.some(({ kind }) => kind === 'product' || kind === 'sum' || kind === 'argument')) return { kind: 'refused', reason: 'its shapes do not fit' };
  const answer: Derived | Refusal = differentiateTerm(built.derivation, shapes, asked, request.layout);
  return isRefusal(answer) ? { kind: 'refused', reason: answer.reason } : { kind: 'derived', built, shapes, asked, derived: answer };
}

/** A term as text, its symbols as they were declared. */
export function printDerived({ derivation }: Built, term: Term, notation: NotationName): string {
  const symbol = (id: string) => {
    const written = derivation.symbols.get(id)?.text ?? id;
    return notation === 'latex' ? nameToLatex(written) : written;
  };
  return printTerm(term, { notation, symbol });
}
