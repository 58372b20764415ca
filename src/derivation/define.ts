import { lazily } from '../base/lazily.ts';
import type { Span } from '../base/span.ts';
import { constantOf, type Dim, nameOf, namesIn, ONE } from '../shape/dimension.ts';
import { putIn, solveEquation } from '../shape/facts.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import type { Expr, NameExpr, PostfixExpr, Property } from '../syntax/ast.ts';
import { DEEPEST_TREE, partsOf, withinExpr } from '../syntax/depth.ts';
import { functionNamed } from '../syntax/notation.ts';
import { baseKey, plusKey, symbolKey, unsubscripted } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation, StatedFacts } from './collected.ts';
import { capitalOf } from './context.ts';
import { DERIVATIVE_FUNCTIONS } from './elaborate-call.ts';
import { OPERATORS } from './elaborate-derivative.ts';
import { isFunctionAnew } from './function-anew.ts';
import { type Mentions, mentionsIn, namesDerivative } from './named-derivative.ts';
import { isOfDerivative } from './named-parts.ts';
import { ALL_NUMBERED } from './numbers-above.ts';
import {
  type Draft,
  familyKey,
  introduce,
  isDefinedAround,
  isVector,
  lookUp,
  lookUpAround,
  lookUpHere,
  type Scope,
  type SectionDraft,
} from './scope.ts';
import { statedProperties } from './stated-property.ts';
import { recursiveEquations } from './unroll.ts';

/** What an equation states besides that its sides are equal. */
export type Role =
  | {
      readonly kind: 'definition';
      readonly draft: Draft;
      readonly params: readonly Expr[];
      /** The side that is the defined symbol. */
      readonly left: number;
      /** The side that is the body. */
      readonly body: number;
      /** Of `p_i = …` the letters below, which make it a definition of all entries. */
      readonly entries: readonly NameExpr[];
      /** Of `Δ^2 = …` the letter is the root of the body, of `\log p(x) = …` its exponential. */
      readonly undone: 'sqrt' | 'exp' | null;
    }
  /** `Z = [z_1, …, z_n]` of members that are defined one by one. */
  | { readonly kind: 'stack'; readonly draft: Draft }
  | { readonly kind: 'size' }
  | { readonly kind: 'fact' }
  | { readonly kind: 'plain' };

/** Second reading: which equations define a symbol, fix a size, or say that two dimensions are equal. */
export function assignRoles(collected: Collected, text: string): Role[] {
  const differentiatedBy = new Set<string>();
  const primed = primedNames(collected);
  const stacks = stackRoles(collected);
  const called = lazily(() => new Set(collected.equations.flatMap(({ statement }) => statement.sides.flatMap(calledIn))));
  const recursive = recursiveEquations(collected.equations, collected.scope);
  const mentions = lazily(() => mentionsIn(collected.equations));
  return collected.equations.map((equation) => {
    const role = stacks.get(equation.item) ?? roleOf(collected, equation, text, { differentiatedBy, primed, called, recursive, mentions });
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

/** What the equations so far, and primes anywhere, say of what a left side may define. */
interface Seen {
  readonly differentiatedBy: ReadonlySet<string>;
  /** Keys such as `s'`. */
  readonly primed: ReadonlySet<string>;
  /** Keys of what stands before brackets. */
  readonly called: () => ReadonlySet<string>;
  /** `h_t = …` by `h_{t-1}`: no definition of entries. */
  readonly recursive: ReadonlySet<PlacedEquation>;
  readonly mentions: () => Mentions;
}

function calledIn(side: Expr): readonly string[] {
  return [...withinExpr(side)].flatMap((one) => (one.kind === 'call' ? (symbolKey(one.head) ?? []) : []));
}

function roleOf(collected: Collected, equation: PlacedEquation, text: string, seen: Seen): Role {
  const aboutDimensions = dimensionRole(collected, equation);
  if (aboutDimensions !== null) return aboutDimensions;
  const { sides, relations } = equation.statement;
  const [relation] = relations;
  if (noteProperties(collected.scope, equation)) return { kind: 'plain' };
  const named = relations.indexOf('=:');
  if (named >= 0)
    return definitionOf(collected, equation, { left: named + 1, body: sides.slice(0, 1).some(isOfDerivative) ? 0 : named }, text, seen);
  if (namesDerivative(collected.scope, equation, seen.mentions)) return definitionOf(collected, equation, { left: 1, body: 0 }, text, seen);
  if (relation !== '=' && relation !== ':=' && relation !== '≡' && relation !== '←') return { kind: 'plain' };
  if (equation.identity || equation.statement.continues) return { kind: 'plain' };
  return entriesRole(collected.scope, equation, text, seen) ?? definitionOf(collected, equation, { left: 0, body: 1 }, text, seen);
}

// ---- properties

/** Gives declared symbols the properties that an equation states of them; whether it states any. */
function noteProperties(scope: Scope, { statement: { sides, relations }, section, item }: PlacedEquation): boolean {
  if (!relations.every((relation) => relation === '=')) return false;
  const found = statedProperties(sides).flatMap(({ key, property }) => {
    const draft = lookUp(scope, key, section, item);
    return draft === undefined || draft.definedAt !== null || !mayBe(property, draft.declared) ? [] : [{ draft, property }];
  });
  for (const { draft, property } of found) draft.properties = [...draft.properties, property];
  return found.length > 0;
}

/** The points of the simplex are columns. */
function mayBe(property: Property, declared: MatrixShape | null): boolean {
  return declared !== null && (property !== 'simplex' || declared.cols.key === ONE.key);
}

// ---- sizes and facts

/** `n = 784` is a size for the numeric check; `m = n`, `n + 1 = k`, `2n = 6` say something of shapes. */
function dimensionRole(collected: Collected, equation: PlacedEquation): Role | null {
  const { scope } = collected;
  const { statement, section } = equation;
  const { sides, relations } = statement;
  const dims = sides.map(dimensionOf);
  if (sides.length < 2 || relations.some((relation) => relation !== '=') || !dims.every(isDimension)) return null;
  const names = dims.flatMap(namesIn);
  if (!names.some((name) => scope.dimensions.has(name)) || !names.every((name) => isNoSymbol(scope, name, equation))) return null;
  for (const name of names) if (!scope.dimensions.has(name)) scope.dimensions.set(name, statement.span);
  const [left, right] = dims as [Dim, Dim];
  const size = dims.length === 2 ? constantOf(right) : undefined;
  const name = nameOf(left);
  if (name !== undefined && size !== undefined && size > 0) {
    (scope.sections[section] as SectionDraft).sizes.set(name, size);
    return { kind: 'size' };
  }
  dims.slice(1).forEach((dim, at) => stateEqual(collected, dims[at] as Dim, dim, equation));
  return { kind: 'fact' };
}

/** Notes what an equation between dimensions says; where it cannot hold with what its section said before, that is a mistake. */
function stateEqual({ facts, problems }: Collected, left: Dim, right: Dim, { statement: { span }, section }: PlacedEquation): void {
  const known = (dim: Dim) => putIn(dim, (name) => facts.get(name)?.value);
  const stated = solveEquation(known(left), known(right));
  if (stated.kind === 'fact') facts.set(stated.name, { value: stated.value, span, section });
  if (stated.kind !== 'impossible') return;
  const because = factsBehind(facts, [left, right]);
  if (because.every((fact) => fact.section === section))
    problems.push({ kind: 'dimensions', span, left, right, because: because.map((fact) => fact.span) });
}

/** The facts that are put into some dimensions, and into what was put in. */
function factsBehind(facts: StatedFacts, dims: readonly Dim[]): readonly { readonly span: Span; readonly section: number }[] {
  const seen = new Set<string>();
  const follow = (dim: Dim): void => {
    for (const name of namesIn(dim)) {
      const fact = facts.get(name);
      if (fact === undefined || seen.has(name)) continue;
      seen.add(name);
      follow(fact.value);
    }
  };
  dims.forEach(follow);
  return [...seen].flatMap((name) => facts.get(name) ?? []);
}

/** Whether nothing but a shape can speak of a name: what stands beside a dimension is one itself. */
function isNoSymbol(scope: Scope, name: string, { section, item }: PlacedEquation): boolean {
  return lookUp(scope, name, section, item) === undefined;
}

// ---- definitions

/** Which sides of an equation are the symbol and what it stands for. Of `∂L/∂W = δ a' =: G` that is the derivative, which δ a' only claims to be. */
interface Places {
  readonly left: number;
  readonly body: number;
}

function definitionOf(collected: Collected, equation: PlacedEquation, { left: at, body }: Places, text: string, seen: Seen): Role {
  const { scope } = collected;
  const noted = equation.statement.sides[at] as Expr;
  const written = noted.kind === 'noted' ? noted.body : noted;
  const { left, undone } = underOperator(scope, equation, written, seen);
  const head = left.kind === 'call' ? left.head : left;
  const params = left.kind === 'call' ? left.args : [];
  const key = definableKey(scope, equation, head, seen);
  const fits = key !== null && params.every((param) => symbolKey(param) !== null);
  if (!fits || seen.differentiatedBy.has(`${equation.section}:${key}`)) return { kind: 'plain' };
  const isTaken = isDefinedAround(scope, key, equation.section, equation.item) && !isFunctionAnew(collected, equation, key, params);
  if (isTaken || (params.length === 0 && isUpdate(equation, body, key))) return { kind: 'plain' };
  return { kind: 'definition', draft: claimDraft(scope, equation, key, head.span, text), params, left: at, body, entries: [], undone };
}

/** `x = x - \eta g`, `x = \operatorname{tr}(x)`: what speaks of itself says of no symbol what it is. A function that does is one, without values. */
function isUpdate({ statement }: PlacedEquation, body: number, key: string): boolean {
  const right = statement.sides[body];
  return right !== undefined && isMadeOf(right, key);
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

/**
 * `p_i = …` with an index, or with a letter that counts because `p` is a declared vector, or because it counts the entries of what
 * stands on the right, defines every entry of p; `K_{ij} = …` every entry of a matrix. Where p itself stands on the right it is a recursion, and defines nothing.
 */
function entriesRole(scope: Scope, equation: PlacedEquation, text: string, seen: Seen): Role | null {
  const [left, ...others] = equation.statement.sides as readonly [Expr, ...Expr[]];
  if (left.kind !== 'postfix' || left.mark.kind !== 'sub' || !isLetter(left.base)) return null;
  const items = lettersOf(left.mark.items);
  const key = symbolKey(left.base);
  const whole = symbolKey(left);
  if (items === null || key === null || seen.recursive.has(equation) || others.some((side) => mentions(side, key))) return null;
  const { section, item } = equation;
  if (items.some(({ name }) => isNumber(scope, name, section, item))) return null;
  if ((whole !== null && lookUp(scope, whole, section, item) !== undefined) || seen.differentiatedBy.has(`${section}:${key}`)) return null;
  const found = lookUp(scope, key, section, item);
  const count = found === undefined && items.length === 1 ? countOf(scope, equation, (items[0] as NameExpr).name) : null;
  const hasNewEntries =
    found === undefined &&
    count === null &&
    (countEntries(scope, equation, items) || (items.length === 2 && countMembers(scope, equation, items)));
  if (count === null && !hasNewEntries && (found === undefined || !hasEntries(found, items.length))) return null;
  const draft = claimDraft(scope, equation, key, left.base.span, text);
  if (count !== null) draft.family = count;
  return { kind: 'definition', draft, params: [], left: 0, body: 1, entries: items, undone: null };
}

/** `x_λ` of a declared λ > 0 is the x that belongs to the number. */
function isNumber(scope: Scope, letter: string, section: number, item: number): boolean {
  const draft = lookUp(scope, letter, section, item);
  return draft?.role === 'variable' && draft.declared !== null;
}

/** `p`, and `p^{()}` for all `p^{(i)}`. */
function isLetter(expr: Expr): boolean {
  return expr.kind !== 'postfix' || (expr.mark.kind === 'label' && expr.mark.text === ALL_NUMBERED);
}

/** How far a letter counts that is declared to, or that stands below a declared column on the right; null where it does not count. */
function countOf(scope: Scope, { statement, section, item }: PlacedEquation, letter: string): Draft['family'] {
  const index = lookUp(scope, letter, section, item);
  if (index?.role === 'index') return { count: index.range?.to ?? null };
  if (index !== undefined) return null;
  for (const side of statement.sides.slice(1)) {
    const below = findIn(side, (one) => unsubscripted(one, letter) !== null);
    const column = below === undefined ? undefined : lookUp(scope, unsubscripted(below, letter) as string, section, item);
    if (column?.family?.count != null) return column.family;
    if (column !== undefined && isVector(column) && column.family === null) return { count: column.declared?.rows ?? null };
  }
  return null;
}

/** Whether each letter stands below something known on the right, as in `3 / (1 + r_i^2)`. */
function countEntries(scope: Scope, equation: PlacedEquation, letters: readonly NameExpr[]): boolean {
  const others = equation.statement.sides.slice(1);
  return letters.every(({ name }) => COUNTERS.has(name) && others.some((side) => countsEntries(scope, equation, side, name)));
}

/** Whether each letter counts the members of a family on the right: `γ_{nk} = \exp(m_k^\top x_n) / …`. */
function countMembers(scope: Scope, { statement, section, item }: PlacedEquation, letters: readonly NameExpr[]): boolean {
  const isMember = (one: Expr, letter: string) => {
    const key = unsubscripted(one, letter);
    return key !== null && (lookUp(scope, familyKey(key), section, item) ?? lookUp(scope, key, section, item))?.family?.count != null;
  };
  return letters.every(({ name }) => statement.sides.slice(1).some((side) => someIn(side, (one) => isMember(one, name))));
}

/** Letters that count entries where nothing else is said of them; others may as well count steps or samples. */
const COUNTERS: ReadonlySet<string> = new Set(['i', 'j']);

/** Whether a letter stands below a known vector or matrix, as in `3 / (1 + r_i^2)`. */
function countsEntries(scope: Scope, { section, item }: PlacedEquation, side: Expr, letter: string): boolean {
  return someIn(side, (one) => {
    if (one.kind !== 'postfix' || one.mark.kind !== 'sub' || !(lettersOf(one.mark.items) ?? []).some(({ name }) => name === letter))
      return false;
    const key = symbolKey(one.base);
    // A text writes the entries of D as d_{ij}, too.
    const base = key === null ? undefined : (lookUp(scope, key, section, item) ?? lookUp(scope, capitalOf(key), section, item));
    return (
      base !== undefined && base.family === null && base.role === 'variable' && !isDefinedAround(scope, symbolKey(one) ?? '', section, item)
    );
  });
}

/** Single small letters, each of them once; in plain notation a run of them. */
function lettersOf(items: readonly Expr[]): readonly NameExpr[] | null {
  const split = items.flatMap((item): readonly Expr[] => {
    if (item.kind !== 'name' || item.name.length !== 2 || !/^\p{Ll}+$/u.test(item.name)) return [item];
    return [...item.name].map((name, at) => ({ kind: 'name', name, span: { start: item.span.start + at, end: item.span.start + at + 1 } }));
  });
  const letters = split.filter((item): item is NameExpr => item.kind === 'name' && /^\p{Ll}$/u.test(item.name));
  const distinct = new Set(letters.map(({ name }) => name)).size === split.length;
  return distinct && split.length > 0 && split.length <= 2 ? letters : null;
}

/** A vector that nobody defined has entries, a matrix has two indices. */
function hasEntries({ declared, definedAt, open, from, family, role }: Draft, count: number): boolean {
  if (declared === null || definedAt !== null || open !== null || from !== null || role !== 'variable') return false;
  const isColumn = declared.cols.key === ONE.key && declared.rows.key !== ONE.key;
  const isMatrix = declared.cols.key !== ONE.key && declared.rows.key !== ONE.key;
  return family !== null ? count === 1 : count === 1 ? isColumn : isMatrix;
}

function mentions(expr: Expr, key: string): boolean {
  return someIn(expr, (one) => symbolKey(one) === key);
}

function someIn(expr: Expr, holds: (one: Expr) => boolean): boolean {
  return findIn(expr, holds) !== undefined;
}

function findIn(expr: Expr, holds: (one: Expr) => boolean): Expr | undefined {
  for (const one of withinExpr(expr)) if (holds(one)) return one;
  return undefined;
}

/**
 * In Markdown and LaTeX `s' = …` defines `s'`, the next state, even where `s` is a vector: as long as no other
 * vector or matrix has a prime, which would speak for transposes. A declared `X'` is a name.
 */
function primedNames({ equations, scope }: Collected): ReadonlySet<string> {
  const written = equations.filter(({ origin }) => origin !== 'plain');
  const defined = new Set(
    written.flatMap(
      ({
        statement: {
          sides: [left],
        },
      }) => (left !== undefined && isPrimed(left) ? (symbolKey(left) ?? []) : []),
    ),
  );
  if (defined.size === 0) return defined;
  const transposes = written.some((equation) =>
    equation.statement.sides.some((side) =>
      someIn(side, (one) => isPrimed(one) && !isName(scope, equation, one, defined) && isWide(scope, equation, one.base)),
    ),
  );
  return transposes ? new Set() : defined;
}

function isName(scope: Scope, { section, item }: PlacedEquation, primed: PostfixExpr, defined: ReadonlySet<string>): boolean {
  const key = symbolKey(primed);
  return key !== null && (defined.has(key) || lookUp(scope, key, section, item)?.declared != null);
}

function isPrimed(expr: Expr): expr is PostfixExpr {
  return expr.kind === 'postfix' && expr.mark.kind === 'prime';
}

function isWide(scope: Scope, { section, item }: PlacedEquation, expr: Expr): boolean {
  const key = symbolKey(expr);
  const declared = key === null ? undefined : lookUp(scope, key, section, item)?.declared;
  return key === null || (declared != null && !isScalar(declared));
}

/** The key a left side may define; null for derivatives, differentials, entries, functions of the table. */
function definableKey(scope: Scope, equation: PlacedEquation, head: Expr, seen: Seen): string | null {
  const { section, item } = equation;
  const key = symbolKey(head) ?? nextValueKey(scope, head, section, item);
  if (key === null || (isPrimed(head) && !seen.primed.has(key))) return null;
  if (isOperatorBelow(scope, equation, head, seen) || isRate(scope, key, section, item)) return null;
  const found = lookUp(scope, key, section, item);
  if (found !== undefined) return found.role === 'index' ? null : key;
  if (key.length > 1 && (functionNamed(key) !== undefined || DERIVATIVE_FUNCTIONS.has(key) || key === 'rm:d')) return null;
  return isDifferentialName(scope, key, section, item) || isEntry(scope, head, equation) ? null : key;
}

/** `\dot x` of an x that depends on time is its derivative, of which an equation says how x moves. */
function isRate(scope: Scope, key: string, section: number, item: number): boolean {
  const moving = key.startsWith('dot:') ? lookUp(scope, key.slice('dot:'.length), section, item) : undefined;
  return moving !== undefined && scope.openArguments.some(({ draft, args }) => draft === moving && args.length === 1);
}

/** `J_f`, `H_f` of a function f: its Jacobian and its Hessian, which an equation makes a claim about. */
function isOperatorBelow(scope: Scope, { section, item }: PlacedEquation, head: Expr, { called }: Seen): boolean {
  if (head.kind !== 'postfix' || head.mark.kind !== 'sub' || head.mark.items.length !== 1 || head.base.kind !== 'name') return false;
  const key = OPERATORS.has(head.base.name) ? symbolKey(head.mark.items[0] as Expr) : null;
  const below = key === null ? undefined : lookUp(scope, key, section, item);
  const isFunction = below !== undefined && (below.from !== null || (below.definedAt !== null && called().has(below.key)));
  return isFunction && lookUp(scope, head.base.name, section, item) === undefined;
}

/** `z^+` of a declared vector z, and `P^+` of a matrix that is symmetric and has an inverse, whose pseudo-inverse nobody takes. */
function nextValueKey(scope: Scope, head: Expr, section: number, item: number): string | null {
  const key = plusKey(head);
  const draft = key === null ? undefined : lookUp(scope, key.base, section, item);
  return key !== null && draft !== undefined && (isVector(draft) || draft.properties.includes('spd')) ? key.whole : null;
}

/** `dQ` where `Q` is known and `dQ` is not. */
export function isDifferentialName(scope: Scope, key: string, section: number, item: number): boolean {
  return (
    /^d./u.test(key) &&
    !key.includes(':') &&
    lookUp(scope, key, section, item) === undefined &&
    lookUp(scope, key.slice(1), section, item) !== undefined
  );
}

/** `x_i` where `x` itself is known: an entry of it, or a member. Of what is only defined, where the letter counts on the other side too. */
function isEntry(scope: Scope, head: Expr, { statement, section, item }: PlacedEquation): boolean {
  if (head.kind !== 'postfix' || head.mark.kind !== 'sub') return false;
  const base = baseKey(head);
  const known = base === null ? undefined : lookUpAround(scope, base, section, item);
  const letters = head.mark.items.flatMap((one) => (one.kind === 'name' ? [one.name] : []));
  if (letters.length > 0 && letters.every((name) => isNumber(scope, name, section, item))) return false;
  if (letters.length === head.mark.items.length && letters.every((name) => lookUp(scope, name, section, item)?.role === 'index'))
    return true;
  if (known?.declared != null) return letters.length > 0;
  return (
    known?.definedAt != null && letters.length > 0 && letters.every((name) => statement.sides.slice(1).some((side) => countsIn(side, name)))
  );
}

/** Whether a letter stands below another. */
function countsIn(expr: Expr, letter: string): boolean {
  const isBelow = (one: Expr) =>
    one.kind === 'postfix' && one.mark.kind === 'sub' && one.mark.items.some((item) => item.kind === 'name' && item.name.includes(letter));
  return someIn(expr, isBelow);
}

/** The draft that the definition belongs to: this section's own, or a new one that inherits the declaration around it. */
function claimDraft(scope: Scope, { section, item }: PlacedEquation, key: string, span: Span, text: string): Draft {
  const here = lookUpHere(scope, key, section, item);
  const draft = here !== undefined && here.definedAt === null ? here : inherit(scope, section, item, key, span, text);
  draft.definedAt = span;
  return draft;
}

function inherit(scope: Scope, section: number, item: number, key: string, span: Span, text: string): Draft {
  const around = lookUpAround(scope, key, section, item);
  const draft = introduce(scope, key, section, item, span);
  draft.text = text.slice(span.start, span.end);
  if (around !== undefined)
    Object.assign(draft, { declared: around.declared, declaredAt: around.declaredAt, properties: around.properties });
  return draft;
}

/** The letters by which an equation that begins with a derivative differentiates. */
function variablesOfDerivatives({ statement }: PlacedEquation): string[] {
  const [first] = statement.sides;
  if (first?.kind !== 'derivative') return [];
  return first.wrt.flatMap(({ expr }) => symbolKey(expr) ?? []);
}
