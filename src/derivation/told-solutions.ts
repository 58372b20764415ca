import { cover } from '../base/span.ts';
import { isScalar } from '../shape/shape.ts';
import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { functionNamed } from '../syntax/notation.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { mentions } from './find-in.ts';
import { type Draft, introduce, introduceLike, isAround, isVector, lookUp, lookUpHere, type Scope, sectionsAround } from './scope.ts';

/** Words before a linear system that say which of its letters it is solved by: "the state equation is", "define the adjoint `\lambda` by". */
const SOLVED =
  /(?:\b(?:solves?|satisf(?:y|ies)|solving|solution\s+(?:of|to)|determined\s+by|obeys?|systems?|equations?|equilibrium)\b[^.;$]*|\bdefin(?:e[sd]?|ing)\b[^.;]*\bby\s*)(?:\$|\\\(|\\\[|\\begin\{[a-z]+\*?\})\s*$/iu;

/** So many characters before a formula tell what it is for. */
const WORDS = 60;

/** "Let `u` satisfy `K u = f`" of a square K says what u is, as `u = K^{-1} f` does, where nothing is varied by u. */
export function takeSolutions(collected: Collected, text: string): Collected {
  const { scope, equations } = collected;
  if (!equations.some((equation) => isSystem(equation))) return collected;
  const known = knownLetters(collected);
  const isVague = vagueSections(collected);
  const isSolved = (equation: PlacedEquation) => isSystem(equation) && !isVague(equation.section);
  const read = equations.map((equation) => (isSolved(equation) ? solved(scope, equation, known, text) : equation));
  const found = new Set(
    read.flatMap(({ statement: { sides } }, at) => (read[at] === equations[at] ? [] : (symbolKey(sides[0] as Expr) ?? []))),
  );
  for (const equation of found.size > 0 ? read : []) setEigenvectorApart(scope, equation, found, text);
  return { ...collected, equations: read };
}

/** The x of `A x = \lambda x` is not the one that solves `A x = b` in an earlier section. */
function setEigenvectorApart(scope: Scope, equation: PlacedEquation, found: ReadonlySet<string>, text: string): void {
  const { statement, section, item } = equation;
  const vectors = isSystem(equation)
    ? statement.sides.map((side) => (side.kind === 'apply' && side.op === 'mul' ? side.args.at(-1) : side))
    : [];
  const [key, other] = vectors.map((one) => (one === undefined ? null : symbolKey(one)));
  const [vector] = vectors;
  if (key == null || key !== other || !found.has(key) || vector === undefined || lookUpHere(scope, key, section, item) !== undefined)
    return;
  introduce(scope, key, section, item, vector.span).text = text.slice(vector.span.start, vector.span.end);
}

/** Tells sections in which, around which or below which `∇f` may be by anything; `∇f(m)` is by m. */
function vagueSections({ scope, equations }: Collected): (section: number) => boolean {
  const isBare = (part: Expr) => part.kind === 'derivative' && part.wrt.length === 0 && part.of.kind !== 'call';
  const bare = new Set(equations.filter(({ statement }) => statement.sides.flatMap(withinExpr).some(isBare)).map(({ section }) => section));
  const around = new Set([...bare].flatMap((section) => [...sectionsAround(scope, section)]));
  return (section) => around.has(section) || [...sectionsAround(scope, section)].some((at) => bare.has(at));
}

/** Whether an equation tells a letter, something is differentiated by it, or is a function of it: in the section of a place, one around it, or anywhere. */
interface Known {
  readonly near: (key: string, section: number) => boolean;
  readonly anywhere: (key: string) => boolean;
}

function knownLetters({ scope, equations }: Collected): Known {
  const told = new Map<string, Set<number>>();
  const note = (key: string, section: number) => told.set(key, (told.get(key) ?? new Set()).add(section));
  const near = (key: string, section: number) => {
    const sections = told.get(key);
    return sections !== undefined && [...sectionsAround(scope, section)].some((at) => sections.has(at));
  };
  for (const { statement, section } of equations) {
    const head = statement.sides.length > 1 ? headKey(statement.sides[0] as Expr) : null;
    if (head !== null) note(head, section);
  }
  const varied = equations.flatMap(({ statement, section }) =>
    statement.sides
      .flatMap(withinExpr)
      .flatMap((part) => variedIn(part, (key) => near(key, section)).map((key) => [key, section] as const)),
  );
  for (const [key, section] of varied) note(key, section);
  return { near, anywhere: (key) => told.has(key) };
}

/** The letters that something is differentiated by, or that a function is of that an equation tells. */
function variedIn(part: Expr, isTold: (key: string) => boolean): readonly string[] {
  const name = part.kind === 'call' ? (headKey(part) ?? '') : '';
  const isOfLetters = part.kind === 'call' && functionNamed(name) === undefined && isTold(name);
  const letters = part.kind === 'derivative' ? part.wrt.map(({ expr }) => expr) : isOfLetters ? part.args : [];
  return letters.flatMap((letter) => symbolKey(letter) ?? []);
}

/** `K u = f`, `X^\top X b = X^\top y`. */
function isSystem({ statement: { sides, relations }, origin }: PlacedEquation): boolean {
  const [left] = sides;
  return origin !== 'plain' && sides.length === 2 && relations[0] === '=' && left?.kind === 'apply' && left.op === 'mul';
}

function solved(scope: Scope, equation: PlacedEquation, known: Known, text: string): PlacedEquation {
  const { statement, section, item } = equation;
  const [left, right] = statement.sides as readonly [Expr & { readonly kind: 'apply' }, Expr];
  const [unknown, factors] = [left.args.at(-1) as Expr, left.args.slice(0, -1)];
  const key = symbolKey(unknown);
  const column = key === null ? undefined : lookUp(scope, key, section, item);
  // `A(p) x = b` says how x depends on p.
  const isTold =
    factors.every(({ kind }) => kind === 'call') ||
    SOLVED.test(text.slice(Math.max(0, statement.span.start - WORDS), statement.span.start));
  const isOpen =
    key !== null && !known.near(key, section) && (column === undefined ? isTold && /^[^:]*:?\p{Ll}$/u.test(key) : isOpenVector(column));
  const form = squareForm(scope, equation, factors, known);
  if (!isOpen || mentions(right, key) || form === null || (!isTold && form !== 'invertible')) return equation;
  if (column !== undefined) keepShape(scope, equation, column, unknown, text);
  const span = cover((factors[0] as Expr).span, (factors.at(-1) as Expr).span);
  const matrix: Expr = factors.length === 1 ? (factors[0] as Expr) : { kind: 'apply', op: 'mul', args: factors, span };
  const inverse: Expr = { kind: 'postfix', base: matrix, mark: { kind: 'inverse', span }, span };
  const body: Expr = { kind: 'apply', op: 'mul', args: [inverse, right], span: right.span };
  return { ...equation, statement: { ...statement, sides: [unknown, body] } };
}

/** What solves a system has the shape that an earlier section beside this one declares for its letter. */
function keepShape(scope: Scope, { section, item }: PlacedEquation, column: Draft, unknown: Expr, text: string): void {
  if (column.section === section || isAround(scope, column.section, section)) return;
  introduceLike(scope, column, { section, item, span: unknown.span, text });
}

type Form = 'square' | 'invertible';

const INVERTIBLE: ReadonlySet<string> = new Set(['invertible', 'spd']);

function isOpenVector(column: Draft): boolean {
  return isVector(column) && column.family === null;
}

/** Whether factors make a square matrix, as K and `X^\top X` do, and whether the text says that it has an inverse. */
function squareForm(scope: Scope, place: PlacedEquation, factors: readonly Expr[], known: Known): Form | null {
  const [first, second, ...more] = factors;
  if (first === undefined || second === undefined) return first === undefined ? null : squareFactor(scope, place, first, known);
  const isGram = first.kind === 'postfix' && first.mark.kind === 'transpose' && more.length === 0;
  return isGram && symbolKey(first.base) === symbolKey(second) && symbolKey(second) !== null ? 'square' : null;
}

/** K, `K^\top`, `(K + \operatorname{diag}(m))`, and `K(m)` of a K that only an equation tells. */
function squareFactor(scope: Scope, place: PlacedEquation, factor: Expr, known: Known): Form | null {
  const isTurned = factor.kind === 'postfix' && (factor.mark.kind === 'transpose' || factor.mark.kind === 'prime');
  if (isTurned) return squareFactor(scope, place, factor.base, known);
  if (factor.kind === 'apply' && (factor.op === 'add' || factor.op === 'sub'))
    return factor.args.some((term) => squareFactor(scope, place, term, known) !== null) ? 'square' : null;
  const key = headKey(factor) ?? '';
  const draft = lookUp(scope, key, place.section, place.item);
  const square = draft?.declared;
  if (square == null) return known.anywhere(key) && /\p{Lu}$/u.test(key) ? 'square' : null;
  if (square.rows.key !== square.cols.key || isScalar(square)) return null;
  return draft?.properties.some((property) => INVERTIBLE.has(property)) === true ? 'invertible' : 'square';
}
