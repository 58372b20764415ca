import { namesIn } from '../shape/dimension.ts';
import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { headKey } from '../syntax/symbol-key.ts';
import { exprAt } from './at-index.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { withDerivative } from './derivative-members.ts';
import { isOfDerivative } from './named-derivative.ts';
import { type Horizon, lookUp, type Scope } from './scope.ts';
import { namesBeside, readTogether, withNames } from './told-steps.ts';
import { isEnd, memberOf, membersIn, type Step, stepsOfRecursion, tellingsIn } from './unroll.ts';

/** Members that a text may name by their numbers beside letters. */
const MOST_NUMBERED = 3;

/**
 * A recursion `a_l = σ(W_l a_{l-1})` with claims about the member l, and about the last one L, holds for every number of steps. Like the sizes of
 * matrices that number is chosen: `∂C/∂a_L` is read at `L = 4`, `∂C/∂W_l` at `l = 2`, where members are written out down to the first.
 * Where members are named as derivatives, `δ_l = ∂C/∂z_l`, what else the text says of them is claimed.
 */
export function takeHorizon(collected: Collected, text: string): Collected {
  const { equations, scope } = collected;
  const together = readTogether(equations, scope, tellingsIn(equations, scope));
  const readings = together.flatMap((some) => readingOf(some, scope) ?? []);
  const joined = readings.filter(
    ({ horizon }) => horizon.letter === readings[0]?.horizon.letter && horizon.end === readings[0].horizon.end,
  );
  const horizon = widest(joined.map((one) => one.horizon));
  if (horizon === null) return collected;
  scope.horizon = horizon;
  const read = (equation: PlacedEquation) => {
    const reading = joined.find(({ named }) => named.has(equation));
    const raised = reading?.named.get(equation)?.map((one) => at(withPowers(one, horizon, text), horizon, reading.counted));
    return raised ?? [equation];
  };
  return { ...collected, equations: equations.flatMap(read) };
}

/** Equations that are read together, each by the names that the others give its parts, and what numbers stand for their letters. */
interface HorizonReading {
  readonly horizon: Horizon;
  readonly named: ReadonlyMap<PlacedEquation, readonly PlacedEquation[]>;
  readonly counted: ReadonlySet<string>;
}

function readingOf(together: readonly PlacedEquation[], scope: Scope): HorizonReading | null {
  const written = stepsOfRecursion(together, scope);
  if (written.size === 0) return null;
  const spelled = together.map((equation) => [equation, spelledOut(equation, written)] as const);
  const steps = stepsOfRecursion(
    spelled.map(([, one]) => one),
    scope,
  );
  const named = new Map(spelled.map(([equation, one]) => [equation, withDerivative(one, steps)] as const));
  const all = [...named.values()].flat();
  const [letter, ...others] = new Set([...steps.values()].map((step) => step.letter));
  const horizon = letter === undefined || others.length > 0 ? null : horizonOf(all, scope, letter, new Set(steps.keys()));
  return horizon === null ? null : { horizon, named, counted: familiesIn(all, horizon.letter) };
}

/** Far enough for all who count by the same letters. */
function widest(horizons: readonly Horizon[]): Horizon | null {
  const [first, ...others] = horizons;
  return others.reduce(
    (wide, one) =>
      wide === null
        ? wide
        : {
            ...wide,
            value: Math.max(wide.value, one.value),
            last: Math.max(wide.last - wide.value, one.last - one.value) + Math.max(wide.value, one.value),
            columns: new Set([...wide.columns, ...one.columns]),
          },
    first ?? null,
  );
}

/** Another sign of a transpose than `^T`. */
const TRANSPOSES = /\^\s*\{?\s*\\(?:top|intercal|mathsf|mathrm|transpose)\b/u;

/** `γ^T` in a text with T steps that writes `A^\top` is a power. */
export function withPowers(equation: PlacedEquation, { end }: Horizon, text: string): PlacedEquation {
  if (end !== 'T' || !TRANSPOSES.test(text)) return equation;
  const raise = (expr: Expr): Expr => {
    const inner = mapParts(expr, raise);
    if (inner.kind !== 'postfix' || inner.mark.kind !== 'transpose') return inner;
    const { span } = inner.mark;
    const isLetter = /^\^?\s*\{?\s*T\s*\}?$/u.test(text.slice(span.start, span.end));
    return isLetter ? { ...inner, mark: { kind: 'power', exponent: { kind: 'name', name: end, span }, entrywise: false, span } } : inner;
  };
  return { ...equation, statement: { ...equation.statement, sides: equation.statement.sides.map(raise) } };
}

/** The families of which the text has a member with the letter: the x of `x_t`, and not the Q of a `Q_N` alone. */
function familiesIn(equations: readonly PlacedEquation[], letter: string): ReadonlySet<string> {
  const members = equations.flatMap(({ statement }) => statement.sides.flatMap(membersIn));
  return new Set(members.flatMap((member) => (member.letter === letter ? [member.family] : [])));
}

/** `a_l = σ(W_l a_{l-1} + b_l)` by the z_l that the text says to be `W_l a_{l-1} + b_l`, through which what depends on a_l depends on z_l. */
function spelledOut(equation: PlacedEquation, steps: ReadonlyMap<string, Step>): PlacedEquation {
  const { statement } = equation;
  const told = [...steps.values()].find(({ placed }) => placed === equation);
  const [left, body, ...more] = statement.sides;
  if (told === undefined || left === undefined || body === undefined) return equation;
  const read = withNames(body, namesBeside(told, [...steps.values()]));
  return { ...equation, statement: { ...statement, sides: [left, read, ...more] } };
}

// ---- what numbers stand for the letters

export function horizonOf(
  equations: readonly PlacedEquation[],
  scope: Scope,
  letter: string,
  families: ReadonlySet<string>,
): Horizon | null {
  const members = equations.flatMap(({ statement }) => statement.sides.flatMap(membersIn)).filter(({ family }) => families.has(family));
  const numbered = Math.max(0, ...members.flatMap((member) => (member.letter === null ? [member.offset] : [])));
  const claimed = equations.filter(isClaim).flatMap(({ statement }) => statement.sides.flatMap(membersIn));
  const offsets = claimed.flatMap((member) => (member.letter === letter ? [member.offset] : []));
  const ends = new Set(members.flatMap((member) => (isEnd(member) ? [member.letter as string] : [])));
  for (const bound of equations.flatMap(({ statement }) => statement.sides.flatMap((side) => boundsOver(side, letter)))) ends.add(bound);
  const [end, ...more] = ends;
  if (end === undefined || more.length > 0 || numbered > MOST_NUMBERED || isSize(scope, end)) return null;
  if ([letter, end].some((one) => isSymbol(scope, equations, one))) return null;
  const value = numbered + 1 + Math.max(1, ...offsets.map((offset) => -offset));
  return { letter, value, end, last: value + 1 + Math.max(0, ...offsets), columns: columnsBeside(equations, scope) };
}

/** Letters that nothing declares and whose entries a sum counts beside those of members. */
function columnsBeside(equations: readonly PlacedEquation[], scope: Scope): ReadonlySet<string> {
  const found = equations.flatMap(({ statement, section, item }) =>
    statement.sides
      .flatMap(withinExpr)
      .flatMap(countedIn)
      .flatMap((base) => (base.kind === 'name' && /^\p{Ll}$/u.test(base.name) ? [base.name] : []))
      .filter((name) => lookUp(scope, name, section, item) === undefined),
  );
  return new Set(found);
}

/** What a sum counts the entries of, if a member is among it. */
function countedIn(expr: Expr): readonly Expr[] {
  if (expr.kind !== 'binder') return [];
  const letters = expr.names.map(({ name }) => name);
  const counted = withinExpr(expr.body).flatMap((part) => entryBy(part, letters) ?? []);
  return counted.some(isLabelled) ? counted : [];
}

/** The y of `y_j`, where j is one of the letters. */
function entryBy(expr: Expr, letters: readonly string[]): Expr | null {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'sub') return null;
  const [item, ...more] = expr.mark.items;
  return item?.kind === 'name' && more.length === 0 && letters.includes(item.name) ? expr.base : null;
}

function isLabelled(base: Expr): boolean {
  return base.kind === 'postfix' && base.mark.kind === 'label';
}

function isClaim({ statement: { sides } }: PlacedEquation): boolean {
  return sides[0] !== undefined && sides.length > 1 && isOfDerivative(sides[0]);
}

/** The T of `\sum_{t=1}^T`, `\sum_{t=0}^{T-1}`. */
function boundsOver(side: Expr, letter: string): readonly string[] {
  return withinExpr(side).flatMap((one) => {
    if (one.kind !== 'binder' || one.to === null || !one.names.some(({ name }) => name === letter)) return [];
    return withinExpr(one.to).flatMap((bound) => (bound.kind === 'name' ? [bound.name] : []));
  });
}

/** A letter that is also something else, as the L of `∂L/∂W_l` beside layers up to `a_L`: no number may stand for it. */
function isSymbol({ drafts }: Scope, equations: readonly PlacedEquation[], letter: string): boolean {
  const isDeclared = [...drafts.values()].some(({ key, role, declared }) => key === letter && role !== 'index' && declared !== null);
  const isDifferentiated = (one: Expr) => one.kind === 'derivative' && headKey(one.of) === letter;
  const isSpokenOf = ({ statement: { sides } }: PlacedEquation) =>
    isDefined(sides, letter) || sides.some((side) => withinExpr(side).some(isDifferentiated));
  return isDeclared || equations.some(isSpokenOf);
}

/** `L = ‖y - a_L‖²`; "from `t = T - 1` down to `t = 1`" only counts. */
function isDefined([left, ...others]: readonly Expr[], letter: string): boolean {
  return left !== undefined && headKey(left) === letter && others.some((side) => !withinExpr(side).every(isCount));
}

function isCount(expr: Expr): boolean {
  return (
    expr.kind === 'number' ||
    (expr.kind === 'name' && /^\p{L}$/u.test(expr.name)) ||
    (expr.kind === 'apply' && (expr.op === 'add' || expr.op === 'sub'))
  );
}

/** Whether something declared has as many rows or columns. */
function isSize({ drafts }: Scope, end: string): boolean {
  return [...drafts.values()].some(({ declared }) => declared !== null && [declared.rows, declared.cols].flatMap(namesIn).includes(end));
}

/** An equation at the end of the recursion, and where it is a claim at one member. */
export function at(equation: PlacedEquation, { letter, value, end, last }: Horizon, counted: ReadonlySet<string>): PlacedEquation {
  const { statement } = equation;
  const isName = (part: Expr) => {
    const member = memberOf(part);
    return member !== null && member.letter === end && !counted.has(member.family);
  };
  const ended = statement.sides.map((side) => exprAt(side, end, last, isName));
  const sides = isClaim({ ...equation, statement: { ...statement, sides: ended } })
    ? ended.map((side) => exprAt(side, letter, value))
    : ended;
  return { ...equation, statement: { ...statement, sides } };
}
