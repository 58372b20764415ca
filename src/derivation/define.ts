import { lazily } from '../base/lazily.ts';
import { ONE } from '../shape/dimension.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import type { CallExpr, Expr, PostfixExpr, Property } from '../syntax/ast.ts';
import { DEEPEST_TREE, partsOf, withinExpr } from '../syntax/depth.ts';
import { letteredArguments } from '../syntax/listed-arguments.ts';
import { functionNamed } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { claimDraft } from './claim-draft.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { summedCounts } from './count-members.ts';
import { definableKey } from './definable.ts';
import { entriesRole, summedMembers } from './define-entries.ts';
import { dimensionRole } from './dimension-equations.ts';
import { mentions } from './find-in.ts';
import { isFunctionAnew, isOfOtherArguments } from './function-anew.ts';
import { mentionsIn } from './named-derivative.ts';
import { primedNames } from './primed-names.ts';
import type { Role, Seen } from './role.ts';
import { headsOf, isMadeOfItself, isSaidAgain } from './said-again.ts';
import { type Draft, introduce, isDefinedAround, lookUp, type Scope, setMembersApart } from './scope.ts';
import { isSpecialCase, lastClaims } from './special-case.ts';
import { type StatedProperty, statedProperties } from './stated-property.ts';
import { recursiveEquations } from './unroll.ts';

/** Second reading: which equations define a symbol, fix a size, or say that two dimensions are equal. */
export function assignRoles(collected: Collected, text: string): Role[] {
  const differentiatedBy = new Set<string>();
  const primed = primedNames(collected);
  const stacks = stackRoles(collected);
  const called = lazily(() => new Set(collected.equations.flatMap(({ statement }) => statement.sides.flatMap(calledIn))));
  const recursive = recursiveEquations(collected.equations, collected.scope);
  const seen = {
    primed,
    called,
    recursive,
    mentions: lazily(() => mentionsIn(collected.equations)),
    lastClaims: lazily(() => lastClaims(collected.equations)),
    summed: lazily(() => summedMembers(collected.equations)),
    summedCounts: lazily(() => summedCounts(collected)),
    sides: lazily(() => headsOf(collected.equations)),
  };
  return collected.equations.map((equation) => {
    const role = stacks.get(equation.item) ?? roleOf(collected, equation, text, { ...seen, differentiatedBy });
    for (const key of variablesOfDerivatives(equation)) differentiatedBy.add(`${equation.section}:${key}`);
    return role;
  });
}

/** What equations that list the members of a matrix state, by their item. */
function stackRoles({ stacks, made }: Collected): ReadonlyMap<number, Role> {
  return new Map<number, Role>([
    ...stacks.map(({ item }) => [item, { kind: 'plain' }] as const),
    ...made.map(({ item, draft }) => [item, { kind: 'stack', draft }] as const),
  ]);
}

function calledIn(side: Expr): readonly string[] {
  return withinExpr(side).flatMap((one) => (one.kind === 'call' ? (symbolKey(one.head) ?? []) : []));
}

function roleOf(collected: Collected, equation: PlacedEquation, text: string, seen: Seen): Role {
  const aboutDimensions = dimensionRole(collected, equation);
  if (aboutDimensions !== null) return aboutDimensions;
  const [relation] = equation.statement.relations;
  if (noteProperties(collected.scope, equation)) return { kind: 'plain' };
  if (relation !== '=' && relation !== ':=' && relation !== '≡' && relation !== '←') return { kind: 'plain' };
  if (equation.identity || equation.statement.continues) return { kind: 'plain' };
  return entriesRole(collected.scope, equation, text, seen) ?? definitionOf(collected, equation, text, seen);
}

// ---- properties

/** Gives declared symbols the properties that an equation states of them; whether it states any. */
function noteProperties(scope: Scope, { statement: { sides, relations }, section, item }: PlacedEquation): boolean {
  if (!relations.every((relation) => relation === '=')) return false;
  const found = statedProperties(sides).flatMap((stated) => {
    // What is told by zeros and ones alone is told by that.
    const isNew = stated.property === 'binary' && lookUp(scope, stated.key, section, item) === undefined;
    const draft = isNew ? introduce(scope, stated.key, section, item, (sides[0] as Expr).span) : lookUp(scope, stated.key, section, item);
    return draft === undefined || draft.definedAt !== null || !mayBe(stated, draft.declared) ? [] : [{ draft, property: stated.property }];
  });
  for (const { draft, property } of found) draft.properties = withProperty(draft.properties, property);
  return found.length > 0;
}

/** Zeros and ones that sum to one have a single one. */
function withProperty(properties: readonly Property[], property: Property): readonly Property[] {
  if (property !== 'simplex' || !properties.includes('binary')) return [...properties, property];
  return [...properties.filter((one) => one !== 'binary'), 'onehot'];
}

/** The points of the simplex are columns, or the rows of a matrix. */
function mayBe({ property, of }: StatedProperty, declared: MatrixShape | null): boolean {
  if (declared === null) return property === 'binary';
  return property !== 'simplex' || (declared.cols.key === ONE.key) === (of !== 'rows');
}

// ---- definitions

function definitionOf(collected: Collected, equation: PlacedEquation, text: string, seen: Seen): Role {
  const { scope } = collected;
  const noted = equation.statement.sides[0] as Expr;
  const written = noted.kind === 'noted' ? noted.body : noted;
  const { left, undone } = underOperator(scope, equation, written, seen);
  const head = left.kind === 'call' ? left.head : left;
  const params = left.kind === 'call' ? (letteredArguments(left) ?? left.args) : [];
  const key = definableKey(scope, equation, head, seen);
  const fits = key !== null && params.every((param) => symbolKey(param) !== null);
  if (!fits || seen.differentiatedBy.has(`${equation.section}:${key}`)) return { kind: 'plain' };
  const isDeclared = lookUp(scope, key, equation.section, equation.item)?.declared != null;
  if (isSpecialCase(equation, key, seen, text, isDeclared) || isValueAtPoint(equation) || isValueOfEntry(scope, equation))
    return { kind: 'plain' };
  const isAnew = () => isFunctionAnew(collected, equation, key, params) || isOfOtherArguments(scope, equation, key, seen.sides);
  const isDefined = isDefinedAround(scope, key, equation.section, equation.item) && !isAnew();
  const isMade = () => params.length === 0 && isMadeOfItself(scope, equation, key, seen.sides);
  const isTaken = isDefined || isSaidAgain(scope, equation, key, seen.sides) || isMade();
  if (isTaken || (params.length === 0 && isUpdate(equation, key)) || listsOwnEntries(scope, equation, key, seen)) return { kind: 'plain' };
  setArgumentsApart(scope, equation, params);
  const draft = claimDraft(scope, equation, key, head.span, text, seen.sides);
  if (isSumOfMembers(draft, equation)) nameApart(scope, draft, equation, text.slice(head.span.start, head.span.end));
  return { kind: 'definition', draft, params, entries: [], undone };
}

/** `f(x) = …` beside states `x_k \in \mathbb R^n`: any such x, which is none of them. */
function setArgumentsApart(scope: Scope, { section, item, origin }: PlacedEquation, params: readonly Expr[]): void {
  for (const param of origin === 'plain' ? [] : params) {
    const draft = lookUp(scope, symbolKey(param) as string, section, item);
    if (draft?.family != null && draft.declared !== null && !isScalar(draft.declared)) setMembersApart(scope, draft, section, item);
  }
}

/** `f(x) = 0` in a text says where f vanishes, `\gcd(a, b) = 1` that they have no divisor in common, and neither what the function is. */
function isValueAtPoint({ statement: { sides }, origin }: PlacedEquation): boolean {
  return origin !== 'plain' && sides[0]?.kind === 'call' && sides[1]?.kind === 'number';
}

/** "At the kink `$\xi_i = 0$`" of a ξ that is defined as a whole tells where an entry has that value, and not what it is. */
function isValueOfEntry(scope: Scope, { statement: { sides, displayed }, origin, section, item }: PlacedEquation): boolean {
  const [left, right] = sides;
  if (origin === 'plain' || displayed || right?.kind !== 'number' || left?.kind !== 'postfix' || left.mark.kind !== 'sub') return false;
  const isCounted = left.mark.items.every(({ kind }) => kind === 'name');
  const whole = symbolKey(left.base);
  return isCounted && whole !== null && lookUp(scope, whole, section, item)?.definedAt != null;
}

/** `K = \sum_e ρ_e K_e` of declared matrices K_e. */
function isSumOfMembers({ key, declared, family }: Draft, { statement }: PlacedEquation): boolean {
  if (family === null || declared === null || isScalar(declared)) return false;
  return statement.sides.slice(1).some((side) => withinExpr(side).some((one) => isMemberOf(one, key)));
}

function isMemberOf(expr: Expr, key: string): boolean {
  return expr.kind === 'postfix' && expr.mark.kind === 'sub' && symbolKey(expr.base) === key;
}

/** The sum is another symbol than its terms, of which nothing is declared. */
function nameApart(scope: Scope, draft: Draft, { section, item }: PlacedEquation, text: string): void {
  setMembersApart(scope, draft, section, item);
  Object.assign(draft, { declared: null, declaredAt: null, properties: [], text });
}

/** `x = x - \eta g`, `x = \operatorname{tr}(x)`: what speaks of itself says of no symbol what it is. A function that does is one, without values. */
function isUpdate({ statement }: PlacedEquation, key: string): boolean {
  const right = statement.sides[1];
  if (right === undefined) return false;
  // `S = S_{11}`, in another notation.
  const isOwnEntry = right.kind === 'postfix' && right.mark.kind === 'sub' && symbolKey(right.base) === key;
  return isOwnEntry || isMadeOf(right, key);
}

/** `r(x) = (r_1(x), \dots, r_m(x))^\top` of a declared r, of whose entries nothing is said, tells what they are called and not what they are. */
function listsOwnEntries(scope: Scope, { statement, section, item }: PlacedEquation, key: string, { mentions }: Seen): boolean {
  const [, right] = statement.sides;
  const list = right?.kind === 'postfix' && (right.mark.kind === 'transpose' || right.mark.kind === 'prime') ? right.base : right;
  const [first] = list?.kind === 'matrix' ? list.rows.flat() : [];
  const head = first?.kind === 'call' ? first.head : null;
  const isOwn = head?.kind === 'postfix' && head.mark.kind === 'sub' && symbolKey(head.base) === key;
  return isOwn && lookUp(scope, key, section, item)?.from != null && !mentions().heads.has(symbolKey(head) ?? '');
}

/** Whether a symbol is a part of the expression; one below another, `W_Q`, only names that. */
function isMadeOf(expr: Expr, key: string): boolean {
  let level: readonly Expr[] = [expr];
  for (let depth = 0; level.length > 0 && depth <= DEEPEST_TREE; depth++) {
    const keys = level.map(symbolKey);
    if (keys.includes(key)) return true;
    level = level.flatMap((one, at) => (keys[at] === null ? partsOf(one) : []));
  }
  return false;
}

/** What a left side defines, and the operator that leads from its body to that: a square is undone by the root, a logarithm by the exponential. */
function underOperator(
  scope: Scope,
  equation: PlacedEquation,
  written: Expr,
  seen: Seen,
): { readonly left: Expr; readonly undone: 'sqrt' | 'exp' | null } {
  if (isSquareOfNew(scope, equation, written, seen)) return { left: written.base, undone: 'sqrt' };
  const root = written.kind === 'call' ? rootOfNew(scope, equation, written) : null;
  if (root !== null) return { left: root, undone: 'sqrt' };
  const density = logOfNew(scope, equation, written, seen);
  return density === null ? { left: written, undone: null } : { left: density, undone: 'exp' };
}

/** The `p(x)` of `\log p(x)` and the `Z` of `\log Z`, where nothing else says what they are. */
function logOfNew(scope: Scope, { section, item }: PlacedEquation, left: Expr, { mentions }: Seen): Expr | null {
  const isLog = left.kind === 'call' && left.args.length === 1 && functionNamed(symbolKey(left.head) ?? '') === 'log';
  const of = isLog ? left.args[0] : undefined;
  const key = of?.kind === 'call' ? symbolKey(of.head) : of?.kind === 'name' && !mentions().heads.has(of.name) ? of.name : null;
  return of !== undefined && key !== null && functionNamed(key) === undefined && lookUp(scope, key, section, item) === undefined
    ? of
    : null;
}

/** `Δ^2`, `r^2` of a letter that nothing says anything of: distances and the like are defined by their squares. A σ that is called nowhere is one, too. */
function isSquareOfNew(scope: Scope, { section, item }: PlacedEquation, left: Expr, { called }: Seen): left is PostfixExpr {
  if (left.kind !== 'postfix' || left.mark.kind !== 'power' || left.mark.exponent.kind !== 'number' || left.mark.exponent.value !== 2)
    return false;
  const key = left.base.kind === 'name' ? symbolKey(left.base) : null;
  const isFunction = key !== null && functionNamed(key) !== undefined && called().has(key);
  return key !== null && !isFunction && lookUp(scope, key, section, item) === undefined;
}

/** The `σ(w)` of `σ^2(w) = w'Σw`, where nothing else says what σ is. */
function rootOfNew(scope: Scope, { statement: { sides }, section, item }: PlacedEquation, { head, ...call }: CallExpr): Expr | null {
  if (head.kind !== 'postfix' || head.mark.kind !== 'power' || head.mark.exponent.kind !== 'number' || head.mark.exponent.value !== 2)
    return null;
  const key = head.base.kind === 'name' && call.args.every((arg) => symbolKey(arg) !== null) ? symbolKey(head.base) : null;
  const isNew = key !== null && (functionNamed(key) === undefined || key === 'σ') && lookUp(scope, key, section, item) === undefined;
  return isNew && !sides.slice(1).some((side) => mentions(side, key)) ? { ...call, head: head.base } : null;
}

/** The letters by which an equation that begins with a derivative differentiates. */
function variablesOfDerivatives({ statement }: PlacedEquation): string[] {
  const [first] = statement.sides;
  if (first?.kind !== 'derivative') return [];
  return first.wrt.flatMap(({ expr }) => symbolKey(expr) ?? []);
}
