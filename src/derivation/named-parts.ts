import type { Span } from '../base/span.ts';
import type { Expr, NamedExpr, Relation } from '../syntax/ast.ts';
import { countingLetters } from '../syntax/counting-letters.ts';
import { withinExpr } from '../syntax/depth.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { lookUp, type Scope, sectionsAround } from './scope.ts';

/**
 * Equations with the names that they give on the way taken out of them, each as a definition of its own:
 * `\tfrac12 \|\underbrace{A x - b}_{r}\|^2` is `r := A x - b` and `\tfrac12 \|r\|^2`, and `y = W x =: h` is `y = W x` and `h := y`.
 */
export function takeNames(collected: Collected): Collected {
  const naming: Naming = { scope: collected.scope, taken: new Set() };
  const equations = collected.equations.flatMap((equation) => {
    const parts = (hasBraces(equation) ? namesUnderBraces(naming, equation) : [equation]).flatMap(nameAtTheEnd);
    for (const part of parts) naming.taken.add(definedBy(part));
    return parts;
  });
  return { ...collected, equations };
}

/** What is known while names are taken: the symbols, and what left sides so far may define, each with its section. */
interface Naming {
  readonly scope: Scope;
  readonly taken: Set<string>;
}

function definedBy({ statement: { sides }, section }: PlacedEquation): string {
  const [first] = sides;
  return `${section}:${first === undefined ? '' : headKey(first.kind === 'noted' ? first.body : first)}`;
}

function partOf(equation: PlacedEquation, sides: readonly Expr[], relations: readonly Relation[], span: Span): PlacedEquation {
  const { statement } = equation;
  return { ...equation, statement: { ...statement, sides, relations, membership: null, span }, shapeLines: [], identity: false };
}

/** `∂L/∂z`, `-∇f`, `(∂y/∂x)'`. */
export function isOfDerivative(expr: Expr): boolean {
  if (expr.kind === 'postfix') return isOfDerivative(expr.base);
  return expr.kind === 'derivative' || (expr.kind === 'apply' && expr.op === 'neg' && expr.args.some(isOfDerivative));
}

// ---- behind `=:`

/** What follows a symbol and `=:` gets its value from the symbol, which the others define. */
function nameAtTheEnd(equation: PlacedEquation): readonly PlacedEquation[] {
  const { statement } = equation;
  const { sides, relations, span } = statement;
  const at = relations.indexOf('=:') + 1;
  const [first, name] = [sides[0] as Expr, sides[at] as Expr];
  if (at === 0 || sides.length < 3 || headKey(first) === null) return [equation];
  const others = { ...statement, sides: sides.filter((side) => side !== name), relations: relations.filter((_, k) => k !== at - 1) };
  return [{ ...equation, statement: others }, partOf(equation, [first, name], ['=:'], { start: span.start, end: name.span.end })];
}

// ---- under braces

function hasBraces({ statement: { sides } }: PlacedEquation): boolean {
  return sides.some((side) => [...withinExpr(side)].some(({ kind }) => kind === 'named'));
}

type Place = (named: NamedExpr, bound: ReadonlySet<string>) => Expr;

function namesUnderBraces(naming: Naming, equation: PlacedEquation): readonly PlacedEquation[] {
  const found: NamedExpr[] = [];
  // A derivative stays where it is, since the chain rule is checked by what stands there.
  const place: Place = (named, bound) => {
    if (!isName(naming, equation, found, named, bound)) return named.body;
    found.push(named);
    return isOfDerivative(named.body) ? named.body : { ...named.name, span: named.span };
  };
  const sides = equation.statement.sides.map((side) => placed(side, new Set(), place));
  const parts = found.map((named) => partOf(equation, [named.name, named.body], [':='], named.span));
  return [...parts, { ...equation, statement: { ...equation.statement, sides } }];
}

/** An expression with something in place of each named part; `bound` are the letters that the sums around it count by. */
function placed(expr: Expr, bound: ReadonlySet<string>, place: Place): Expr {
  const inside = expr.kind === 'binder' ? new Set([...bound, ...countingLetters(expr).map(({ name }) => name)]) : bound;
  const inner = mapParts(expr, (part) => placed(part, inside, place));
  return inner.kind === 'named' ? place(inner, bound) : inner;
}

/**
 * Whether what stands under a brace names what stands above, rather than a thing that is known, a dimension or a remark. What a sum
 * counts has another value each time: its name has the letter that counts, as in `\sum_i \underbrace{(w^\top x_i - y_i)}_{r_i} x_i`.
 */
function isName(
  naming: Naming,
  equation: PlacedEquation,
  found: readonly NamedExpr[],
  { name, body }: NamedExpr,
  bound: ReadonlySet<string>,
): boolean {
  const key = headKey(name);
  const isBare = key === null || REMARKS.has(key) || headKey(body) !== null || body.kind === 'number';
  if (isBare || found.some((one) => headKey(one.name) === key) || !isNew(naming, key, equation)) return false;
  const parts = [...withinExpr(body)];
  const counted = (all: Iterable<Expr>) =>
    new Set([...all].flatMap((one) => (one.kind === 'name' && bound.has(one.name) ? [one.name] : [])));
  const ofName = counted(withinExpr(name));
  return !parts.some((one) => one.kind === 'hole' || symbolKey(one) === key) && [...counted(parts)].every((letter) => ofName.has(letter));
}

/** The first term of several, which is no identity. */
const REMARKS: ReadonlySet<string> = new Set(['I']);

/** Whether nothing but a shape is said of a letter, and no left side before has it. */
function isNew({ scope, taken }: Naming, key: string, equation: PlacedEquation): boolean {
  const { section, item } = equation;
  if (definedBy(equation) === `${section}:${key}` || [...sectionsAround(scope, section)].some((one) => taken.has(`${one}:${key}`)))
    return false;
  const draft = lookUp(scope, key, section, item);
  if (draft === undefined) return !scope.dimensions.has(key);
  return draft.role === 'variable' && draft.open === null && draft.from === null && draft.family === null && draft.stacked === null;
}
