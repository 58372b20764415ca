import { lazily } from '../base/lazily.ts';
import type { Span } from '../base/span.ts';
import type { CallExpr, Expr, NamedExpr, Relation } from '../syntax/ast.ts';
import { countingLetters } from '../syntax/counting-letters.ts';
import { withinExpr } from '../syntax/depth.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { functionNamed } from '../syntax/notation.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { isOfDerivative, type Mentions, mentionsIn, namesDerivative } from './named-derivative.ts';
import { lookUp, type Scope, sectionsAround } from './scope.ts';

/**
 * Equations with the names that they give on the way taken out of them, each as a definition of its own:
 * `\tfrac12 \|\underbrace{A x - b}_{r}\|^2` is `r := A x - b` and `\tfrac12 \|r\|^2`, and `y = W x =: h` is `y = W x` and `h := y`.
 */
export function takeNames(collected: Collected): Collected {
  const naming: Naming = { scope: collected.scope, taken: new Set(), mentions: lazily(() => mentionsIn(collected.equations)) };
  const equations = collected.equations.flatMap((equation) => {
    const parts = (hasBraces(equation) ? namesUnderBraces(naming, equation) : [equation])
      .flatMap(boundAtTheEnd)
      .flatMap((one) => nameAtTheEnd(naming, one))
      .flatMap((one) => functionOnTheWay(naming, one));
    for (const part of parts) naming.taken.add(definedBy(part));
    return parts;
  });
  return { ...collected, equations };
}

/** What is known while names are taken: the symbols, and what left sides so far may define, each with its section. */
interface Naming {
  readonly scope: Scope;
  readonly taken: Set<string>;
  readonly mentions: () => Mentions;
}

function definedBy({ statement: { sides }, section }: PlacedEquation): string {
  const [first] = sides;
  return `${section}:${first === undefined ? '' : headKey(first.kind === 'noted' ? first.body : first)}`;
}

function partOf(equation: PlacedEquation, sides: readonly Expr[], relations: readonly Relation[], span: Span): PlacedEquation {
  const { statement } = equation;
  return { ...equation, statement: { ...statement, sides, relations, membership: null, span }, shapeLines: [], identity: false };
}

// ---- on the way

/** `∂ν/∂λ = -\operatorname{tr}(M^{-1} B) < 0` says what the derivative is, and then that this is negative. */
function boundAtTheEnd(equation: PlacedEquation): readonly PlacedEquation[] {
  const { statement } = equation;
  const { sides, relations, span } = statement;
  const at = relations.findIndex((relation) => INEQUALITIES.has(relation));
  if (at < 1 || !isOfDerivative(sides[0] as Expr)) return [equation];
  const [last, bound] = [sides[at] as Expr, sides.at(-1) as Expr];
  const claim = {
    ...statement,
    sides: sides.slice(0, at + 1),
    relations: relations.slice(0, at),
    span: { start: span.start, end: last.span.end },
  };
  const rest = partOf(equation, sides.slice(at), relations.slice(at), { start: last.span.start, end: bound.span.end });
  return [{ ...equation, statement: claim }, rest];
}

const INEQUALITIES: ReadonlySet<Relation> = new Set(['<', '>', '≤', '≥', '≠', '≻', '⪰']);

/** `\dot x = f(x) = A x - b` also says what f is, of which nothing else does. */
function functionOnTheWay({ scope, mentions }: Naming, equation: PlacedEquation): readonly PlacedEquation[] {
  const { statement, section, item } = equation;
  const { sides, relations } = statement;
  const at = sides.findIndex((side, k) => {
    const key = side.kind === 'call' ? symbolKey(side.head) : null;
    if (k === 0 || k === sides.length - 1 || key === null || relations[k] !== '=' || mentions().heads.has(key)) return false;
    const isNewFunction = functionNamed(key) === undefined && lookUp(scope, key, section, item) === undefined;
    return isNewFunction && (side as CallExpr).args.every((arg) => symbolKey(arg) !== null);
  });
  if (at < 0) return [equation];
  const [call, body] = [sides[at] as Expr, sides[at + 1] as Expr];
  return [partOf(equation, [call, body], [':='], { start: call.span.start, end: body.span.end }), equation];
}

// ---- behind `=:`

/** What follows `=:`, or ends a chain and is met there alone, is defined by a symbol or a derivative at the head of the chain, which the others equal, or else by what stands before it. */
function nameAtTheEnd({ scope, mentions }: Naming, equation: PlacedEquation): readonly PlacedEquation[] {
  const { statement } = equation;
  const { sides, relations, span } = statement;
  const at = namesDerivative(scope, equation, mentions) ? sides.length - 1 : relations.indexOf('=:') + 1;
  if (at === 0) return [equation];
  const [first, before, name] = [sides[0] as Expr, sides[at - 1] as Expr, sides[at] as Expr];
  const body = headKey(first) !== null || isOfDerivative(first) ? first : before;
  const naming = partOf(equation, [name, body], [':='], { start: span.start, end: name.span.end });
  const others = { ...statement, sides: sides.filter((_, k) => k !== at), relations: relations.filter((_, k) => k !== at - 1) };
  return sides.length < 3 ? [naming] : [{ ...equation, statement: others }, naming];
}

// ---- under braces

function hasBraces({ statement: { sides } }: PlacedEquation): boolean {
  return sides.some((side) => withinExpr(side).some(({ kind }) => kind === 'named'));
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
  const parts = withinExpr(body);
  const counted = (all: readonly Expr[]) => new Set(all.flatMap((one) => (one.kind === 'name' && bound.has(one.name) ? [one.name] : [])));
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
