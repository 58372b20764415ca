import type { Built } from '../derivation/build.ts';
import { buildDerivation } from '../derivation/build.ts';
import type { ShapeTable } from '../derivation/derivation.ts';
import { type Equation, memberless, type Settings, takesBrackets } from '../derivation/derivation.ts';
import { inferShapes } from '../derivation/infer.ts';
import { NO_READINGS } from '../derivation/inference-run.ts';
import { printTerm } from '../derivation/print-term.ts';
import type { ShapeProblem } from '../derivation/problem.ts';
import { type DerivativeTerm, type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { ONE, showDim } from '../shape/dimension.ts';
import { isScalar, showShape } from '../shape/shape.ts';
import type { NotationName } from '../syntax/cursor.ts';
import { letterOf, nameToLatex } from '../syntax/name.ts';
import { readPlain } from '../syntax/read-plain.ts';
import { changeOf, differentialOf } from './differential.ts';
import { type Derived, differentiateTerm, isRefusal, type Refusal } from './differentiate.ts';
import { type EntryForm, entryForm } from './entry-form.ts';
import { formulaOf, printFormula } from './formula.ts';

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

/** A derivative of more than two axes, as an equation between entries. */
export interface EntriesText {
  readonly kind: 'entries';
  readonly built: Built;
  readonly entries: EntryForm;
}

/** Why there is none. */
export interface RefusedText {
  readonly kind: 'refused';
  readonly reason: string;
}

const SETTINGS: Settings = {
  layout: 'auto',
  layoutSpan: null,
  layoutAbove: null,
  verify: true,
  broadcast: false,
  boldConvention: false,
  tolerance: 1e-6,
  seed: 1,
  sizes: new Map(),
};

/** The text of a derivation that asks for one derivative. */
export function textOf({ expression, wrt, given }: DeriveRequest): string {
  // A comma within `W_{i,:}` is that of its subscript.
  const variables = wrt.split(/,(?![^{]*\})/).map((one) => one.trim());
  const order = variables.length === 1 ? '' : `^${variables.length}`;
  return `${given}\nd${order}/${variables.map((one) => `d${/^[\p{L}\p{N}_]+'?$/u.test(one) ? '' : ' '}${one}`).join(' ')} (${expression})\n`;
}

/** What is asked for, read and with its shapes. */
interface Asked {
  readonly kind: 'asked';
  readonly built: Built;
  readonly shapes: ShapeTable;
  readonly asked: DerivativeTerm;
}

/** Reads an expression and what is given, and differentiates. */
export function deriveText(request: DeriveRequest): DerivedText | EntriesText | RefusedText {
  const read = readAsked(request);
  if (read.kind === 'refused') return read;
  const { built, shapes, asked } = read;
  const answer: Derived | Refusal = differentiateTerm(built.derivation, shapes, asked, request.layout);
  if (!isRefusal(answer)) return { kind: 'derived', built, shapes, asked, derived: answer };
  const entries = entryForm(built.derivation, shapes, asked, request.layout);
  return entries === null ? { kind: 'refused', reason: answer.reason } : { kind: 'entries', built, entries };
}

/** The differential in a notation, when the variables move: `2 (A x - b)' A dx`. */
export function differentialText(request: DeriveRequest, notation: NotationName): { readonly text: string } | RefusedText {
  const read = readAsked(request);
  if (read.kind === 'refused') return read;
  const { built, shapes, asked } = read;
  const moving = asked.wrt.flatMap(({ term }) => (term.kind === 'symbol' ? [term.id] : []));
  if (moving.length < asked.wrt.length) return { kind: 'refused', reason: 'a differential is by symbols' };
  const answer = differentialOf(built.derivation, shapes, request.layout, asked.of, moving);
  if (isRefusal(answer)) return { kind: 'refused', reason: answer.reason };
  const sign = notation === 'latex' ? '\\mathrm{d}' : 'd';
  const names = new Map(
    moving.map((id) => [changeOf(id), `${sign}${printDerived(built, { kind: 'symbol', id, span: NOWHERE }, notation)}`]),
  );
  return { text: printDerived(built, answer.term, notation, names) };
}

const NOWHERE = { start: 0, end: 0 };

function readAsked(request: DeriveRequest): Asked | RefusedText {
  // A line that only names the derivative states nothing; zero has every shape.
  const text = `${textOf(request).trimEnd()} = 0\n`;
  const document = readPlain(text);
  const built = buildDerivation(document, text, SETTINGS);
  const { shapes, problems } = inferShapes(built, request.layout, NO_READINGS, 'once');
  const asked = built.derivation.equations
    .map((equation: Equation) => equation.sides[0] as Term)
    .findLast((side) => side.kind === 'derivative');
  const unread = document.items.find((item) => item.kind === 'problem');
  if (unread?.kind === 'problem') return { kind: 'refused', reason: `it cannot be read: ${unread.problem.message.replace(/\.$/, '')}` };
  if (asked?.kind !== 'derivative') return { kind: 'refused', reason: 'it cannot be read as one derivative' };
  if (!isByAllOf(asked, text)) return { kind: 'refused', reason: `\`${request.wrt}\` is no variable` };
  const unknown = undeclaredIn(asked, built);
  if (unknown !== null) return { kind: 'refused', reason: unknown };
  const misfit = problems.find(({ kind }) => kind === 'product' || kind === 'sum' || kind === 'argument' || kind === 'block');
  if (misfit !== undefined) return { kind: 'refused', reason: misfitOf(misfit, text) };
  return { kind: 'asked', built, shapes, asked };
}

/** Whether the brackets around the expression follow right behind what was read as the variables: not so in `d/d x + y (x' x)`. */
function isByAllOf({ wrt }: DerivativeTerm, text: string): boolean {
  const end = wrt.at(-1)?.term.span.end ?? 0;
  return /^'?\s*\(/.test(text.slice(end));
}

const NO_MINIMUM = 'a minimum has no derivative that follows from its text; of the best value it is that of the function, where it is best';

/** What to write for words of other languages that Chainrule does not have. */
const INSTEAD: Readonly<Record<string, string>> = {
  matrix: 'write `ones(m, n)` or `zeros(m, n)`, with its sizes',
  vector: 'write `ones(n)`, and numbers before it',
  norm: 'write `||X||`, `||X||_1`, `||X||_2`, `||X||_F`, `||X||_*` or `||X||_inf`',
  toeplitz: 'declare the matrix, or write it as a sum of its diagonals',
  eig: 'write `tr(X)` for the sum of the eigenvalues, and `det(X)` for their product',
  prod: 'write the product over an index, `Π_i x_i`',
  std: 'write the root of the mean square, `||x - mean(x) ones(n)||/sqrt(n)`',
  argmin: NO_MINIMUM,
  argmax: NO_MINIMUM,
  min: NO_MINIMUM,
  max: NO_MINIMUM,
};

/** Functions whose values are whole numbers: they have no derivative where they jump, and 0 elsewhere. */
const JUMPING: ReadonlySet<string> = new Set(['floor', 'ceil', 'round', 'trunc', 'mod', 'rem', 'sgn', 'heaviside', 'step']);

/** The word of another language, or the function, that stands in a term as a symbol that nobody declared. */
function undeclaredIn(asked: Term, { derivation }: Built): string | null {
  for (const term of walk(asked)) {
    const info = term.kind === 'symbol' ? derivation.symbols.get(term.id) : undefined;
    const advice =
      info === undefined || info.declared !== null || info.definition !== null ? undefined : INSTEAD[info.text.split('_')[0] as string];
    if (info !== undefined && advice !== undefined) return `${info.text} is not declared: ${advice}`;
  }
  for (const term of walk(asked)) {
    const name = appliedUnknown(term, derivation);
    if (name !== null && JUMPING.has(name)) return `${name} is no function that Chainrule knows: it jumps, and is constant in between`;
    if (name !== null) return `${name} is no function that Chainrule knows; declare it, as in \`${name} : R -> R\``;
  }
  return null;
}

/** A word of letters that nobody declared and that has brackets behind it: `foo` in `foo(x)`. */
function appliedUnknown(term: Term, derivation: Built['derivation']): string | null {
  const [head, operand] = term.kind === 'apply' && term.op === 'mul' ? term.args : [];
  const info = head?.kind === 'symbol' ? derivation.symbols.get(head.id) : undefined;
  if (info === undefined || operand === undefined || info.declared !== null || info.definition !== null || info.open !== null) return null;
  return /^\p{L}{3,}$/u.test(info.text) && operand.span.start === (head as Term).span.end ? info.text : null;
}

/** Languages that broadcast add a number to a column; here it is a column of that number. */
function onesInstead({ term, kind, ...problem }: ShapeProblem & { readonly kind: 'product' | 'sum' }): string {
  const wide = problem.shapes.find((shape) => !isScalar(shape));
  const one = kind === 'sum' && term.kind === 'apply' ? term.args.find((arg) => arg.kind === 'number') : undefined;
  if (one?.kind !== 'number' || wide === undefined || wide.kind !== 'matrix') return '';
  const sizes = [wide.rows, wide.cols].filter(({ key }) => key !== ONE.key).map(showDim);
  return `; write \`${one.value === 1 ? '' : `${one.value} `}ones(${sizes.join(', ')})\``;
}

/** What does not fit, with its shapes. */
function misfitOf(problem: ShapeProblem, text: string): string {
  const excerpt = (term: Term) => `\`${text.slice(term.span.start, term.span.end)}\``;
  if (problem.kind === 'product' || problem.kind === 'sum')
    return `the shapes in ${excerpt(problem.term)} do not fit: ${problem.shapes.map(showShape).join(' and ')}${onesInstead(problem)}`;
  if (problem.kind === 'block') {
    const [own, other] = problem.shapes.map(showShape);
    return `the blocks of ${excerpt(problem.term)} do not fit: ${excerpt(problem.arg)} is ${own}, and ${excerpt(problem.neighbour)} ${problem.along === 'rows' ? 'beside' : 'above'} it is ${other}`;
  }
  return problem.kind === 'argument'
    ? `${excerpt(problem.term)} needs ${problem.needs}, but ${excerpt(problem.arg)} is ${showShape(problem.shape)}`
    : 'its shapes do not fit';
}

/** The derivative with names for what occurs in it several times: `2 A' (s .* (1 - s)) where s = …`. */
export function printNamed({ built, shapes, asked, derived }: DerivedText, layout: Layout, notation: NotationName): string {
  const formula = formulaOf(built.derivation, shapes, derived, layout, asked.span);
  const names = new Map(formula.where.map(({ id, name }) => [id, name]));
  return printFormula(formula, notation, (term) => printDerived(built, term, notation, names));
}

/** `d(X' X)_{kl}/dX_{ij} = …` as text. */
export function printEntries({ built, entries: { claim, term, names } }: EntriesText, notation: NotationName): string {
  return `${printDerived(built, claim, notation, names)} = ${printDerived(built, term, notation, names)}`;
}

/** A term as text, its symbols as they were declared. */
export function printDerived({ derivation }: Built, term: Term, notation: NotationName, names: EntryForm['names'] = new Map()): string {
  const symbol = (id: string) => {
    const name = names.get(id);
    if (name !== undefined) return name;
    const info = derivation.symbols.get(id);
    const written = info?.family == null ? (info?.text ?? id) : memberless(info.text);
    return notation === 'latex' ? symbolToLatex(written) : written;
  };
  return printTerm(term, { notation, symbol, takesBrackets: takesBrackets(derivation.symbols) });
}

/** `W_1` is `W_{1}`, `lambda` is `\\lambda`; other words stand upright. */
function symbolToLatex(written: string): string {
  const [base = '', ...below] = written.split('_');
  return nameToLatex(letterOf(base)) + below.map((part) => `_{${part.replace(/[{}]/g, '')}}`).join('');
}
