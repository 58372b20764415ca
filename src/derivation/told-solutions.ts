import { cover } from '../base/span.ts';
import { isScalar } from '../shape/shape.ts';
import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { functionNamed } from '../syntax/notation.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { mentions } from './find-in.ts';
import { type Draft, isVector, lookUp, type Scope } from './scope.ts';

/** Words before a linear system that say which of its letters it is solved by: "the state equation is", "define the adjoint `\lambda` by". */
const SOLVED =
  /(?:\b(?:solves?|satisf(?:y|ies)|solving|solution\s+(?:of|to)|determined\s+by|obeys?|systems?|equations?|equilibrium)\b[^.;$]*|\bdefin(?:e[sd]?|ing)\b[^.;]*\bby\s*)(?:\$|\\\(|\\\[|\\begin\{[a-z]+\*?\})\s*$/iu;

/** So many characters before a formula tell what it is for. */
const WORDS = 60;

/** "Let `u` satisfy `K u = f`" of a square K says what u is, as `u = K^{-1} f` does, where nothing is varied by u. */
export function takeSolutions(collected: Collected, text: string): Collected {
  const { scope, equations } = collected;
  if (!equations.some((equation) => isSystem(equation))) return collected;
  const parts = equations.flatMap(({ statement: { sides } }) => sides.flatMap(withinExpr));
  // `∇f` may be by anything, and `∇f(m)` is by m.
  if (parts.some((part) => part.kind === 'derivative' && part.wrt.length === 0 && part.of.kind !== 'call')) return collected;
  const heads = equations.flatMap(({ statement: { sides } }) => (sides.length > 1 ? (headKey(sides[0] as Expr) ?? []) : []));
  const known = new Set([...heads, ...parts.flatMap(variedIn)]);
  return { ...collected, equations: equations.map((equation) => (isSystem(equation) ? solved(scope, equation, known, text) : equation)) };
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

function solved(scope: Scope, equation: PlacedEquation, known: ReadonlySet<string>, text: string): PlacedEquation {
  const { statement, section, item } = equation;
  const [left, right] = statement.sides as readonly [Expr & { readonly kind: 'apply' }, Expr];
  const [unknown, factors] = [left.args.at(-1) as Expr, left.args.slice(0, -1)];
  const key = symbolKey(unknown);
  const column = key === null ? undefined : lookUp(scope, key, section, item);
  const isTold = SOLVED.test(text.slice(Math.max(0, statement.span.start - WORDS), statement.span.start));
  const isOpen = key !== null && !known.has(key) && (column === undefined ? isTold && /^[^:]*:?\p{Ll}$/u.test(key) : isOpenVector(column));
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
