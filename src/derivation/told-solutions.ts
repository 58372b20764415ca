import { groupedBy } from '../base/lists-by-key.ts';
import { cover } from '../base/span.ts';
import { isScalar } from '../shape/shape.ts';
import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { functionNamed } from '../syntax/notation.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { mentions } from './find-in.ts';
import { type Draft, introduce, isVector, lookUp, lookUpHere, type Scope, type SectionDraft, sectionsAround } from './scope.ts';

/** Words before a linear system that say which of its letters it is solved by: "the state equation is", "define the adjoint `\lambda` by". */
const SOLVED =
  /(?:\b(?:solves?|satisf(?:y|ies)|solving|solution\s+(?:of|to)|determined\s+by|obeys?|systems?|equations?|equilibrium)\b[^.;$]*|\bdefin(?:e[sd]?|ing)\b[^.;]*\bby\s*)(?:\$|\\\(|\\\[|\\begin\{[a-z]+\*?\})\s*$/iu;

/** So many characters before a formula tell what it is for. */
const WORDS = 60;

/** "Let `u` satisfy `K u = f`" of a square K says what u is, as `u = K^{-1} f` does, where nothing is varied by u. */
export function takeSolutions(collected: Collected, text: string): Collected {
  const { scope, equations } = collected;
  if (!equations.some((equation) => isSystem(equation))) return collected;
  const chapters = [...groupedBy(equations, ({ section }) => chapterOf(scope, section))].map(([at, own]) => chapter(at, own));
  const known = new Set(chapters.flatMap((one) => [...one.known]));
  const solve = (equation: PlacedEquation) => solved(scope, equation, { known, isTaken: takenFor(scope, equation, chapters) }, text);
  const read = equations.map((equation) => (isSystem(equation) ? solve(equation) : equation));
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

/** What else the text says of letters. */
interface Said {
  readonly known: ReadonlySet<string>;
  /** Whether a letter cannot be what an equation is solved by. */
  readonly isTaken: (key: string) => boolean;
}

/** An outermost section. */
interface Chapter {
  readonly section: number;
  readonly known: ReadonlySet<string>;
  /** Whether something is differentiated there and not said by what: `∇f` may be by anything, and `∇f(m)` is by m. */
  readonly isVaried: boolean;
}

function chapter(section: number, equations: readonly PlacedEquation[]): Chapter {
  const parts = equations.flatMap(({ statement: { sides } }) => sides.flatMap(withinExpr));
  const heads = equations.flatMap(({ statement: { sides } }) => (sides.length > 1 ? (headKey(sides[0] as Expr) ?? []) : []));
  const isVaried = parts.some((part) => part.kind === 'derivative' && part.wrt.length === 0 && part.of.kind !== 'call');
  return { section, known: new Set([...heads, ...parts.flatMap(variedIn)]), isVaried };
}

/** Of an unknown that the text tells or varies an equation does not say what it is; another chapter may have a letter of its own for that. */
function takenFor(scope: Scope, equation: PlacedEquation, chapters: readonly Chapter[]): (key: string) => boolean {
  const own = chapterOf(scope, equation.section);
  const isOther = (section: number, key: string) =>
    section !== own && (scope.sections[section] as SectionDraft).symbols.get(key)?.some(({ declared }) => declared !== null) === true;
  return (key) => chapters.some(({ section, known, isVaried }) => (isVaried || known.has(key)) && !isOther(section, key));
}

function chapterOf(scope: Scope, section: number): number {
  return [...sectionsAround(scope, section)].at(-2) ?? 0;
}

/** The letters that something is differentiated by, or is a function of. */
function variedIn(part: Expr): readonly string[] {
  const isOfLetters = part.kind === 'call' && functionNamed(headKey(part) ?? '') === undefined;
  const letters = part.kind === 'derivative' ? part.wrt.map(({ expr }) => expr) : isOfLetters ? part.args : [];
  return letters.flatMap((letter) => symbolKey(letter) ?? []);
}

/** `K u = f`, `X^\top X b = X^\top y`. */
function isSystem({ statement: { sides, relations }, origin }: PlacedEquation): boolean {
  const [left] = sides;
  return origin !== 'plain' && sides.length === 2 && relations[0] === '=' && left?.kind === 'apply' && left.op === 'mul';
}

function solved(scope: Scope, equation: PlacedEquation, { known, isTaken }: Said, text: string): PlacedEquation {
  const { statement, section, item } = equation;
  const [left, right] = statement.sides as readonly [Expr & { readonly kind: 'apply' }, Expr];
  const [unknown, factors] = [left.args.at(-1) as Expr, left.args.slice(0, -1)];
  const key = symbolKey(unknown);
  const column = key === null ? undefined : lookUp(scope, key, section, item);
  const isTold = SOLVED.test(text.slice(Math.max(0, statement.span.start - WORDS), statement.span.start));
  const isOpen = key !== null && !isTaken(key) && (column === undefined ? isTold && /^[^:]*:?\p{Ll}$/u.test(key) : isOpenVector(column));
  const form = squareForm(scope, equation, factors, known);
  if (!isOpen || mentions(right, key) || form === null || (!isTold && form !== 'invertible')) return equation;
  const span = cover((factors[0] as Expr).span, (factors.at(-1) as Expr).span);
  const matrix: Expr = factors.length === 1 ? (factors[0] as Expr) : { kind: 'apply', op: 'mul', args: factors, span };
  const inverse: Expr = { kind: 'postfix', base: matrix, mark: { kind: 'inverse', span }, span };
  const body: Expr = { kind: 'apply', op: 'mul', args: [inverse, right], span: right.span };
  return { ...equation, statement: { ...statement, sides: [unknown, body] } };
}

type Form = 'square' | 'invertible';

const INVERTIBLE: ReadonlySet<string> = new Set(['invertible', 'spd']);

function isOpenVector(column: Draft): boolean {
  return isVector(column) && column.family === null;
}

/** Whether factors make a square matrix, as K and `X^\top X` do, and whether the text says that it has an inverse. */
function squareForm(scope: Scope, place: PlacedEquation, factors: readonly Expr[], known: ReadonlySet<string>): Form | null {
  const [first, second, ...more] = factors;
  if (first === undefined || second === undefined) return first === undefined ? null : squareFactor(scope, place, first, known);
  const isGram = first.kind === 'postfix' && first.mark.kind === 'transpose' && more.length === 0;
  return isGram && symbolKey(first.base) === symbolKey(second) && symbolKey(second) !== null ? 'square' : null;
}

/** K, `K^\top`, `(K + \operatorname{diag}(m))`, and `K(m)` of a K that only an equation tells. */
function squareFactor(scope: Scope, place: PlacedEquation, factor: Expr, known: ReadonlySet<string>): Form | null {
  const isTurned = factor.kind === 'postfix' && (factor.mark.kind === 'transpose' || factor.mark.kind === 'prime');
  if (isTurned) return squareFactor(scope, place, factor.base, known);
  if (factor.kind === 'apply' && (factor.op === 'add' || factor.op === 'sub'))
    return factor.args.some((term) => squareFactor(scope, place, term, known) !== null) ? 'square' : null;
  const key = headKey(factor) ?? '';
  const draft = lookUp(scope, key, place.section, place.item);
  const square = draft?.declared;
  if (square == null) return known.has(key) && /\p{Lu}$/u.test(key) ? 'square' : null;
  if (square.rows.key !== square.cols.key || isScalar(square)) return null;
  return draft?.properties.some((property) => INVERTIBLE.has(property)) === true ? 'invertible' : 'square';
}
