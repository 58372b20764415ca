import { type Dim, ONE } from '../shape/dimension.ts';
import type { Expr, NameExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { symbolKey, unsubscripted } from '../syntax/symbol-key.ts';
import { claimDraft } from './claim-draft.ts';
import type { PlacedEquation } from './collected.ts';
import { someIn } from './find-in.ts';
import { ALL_NUMBERED } from './numbers-above.ts';
import { capitalOf, lookUpInAnyStyle } from './other-styles.ts';
import type { Role, Seen } from './role.ts';
import { type Draft, familyKey, isDefinedAround, isVector, lookUp, lookUpAround, type Scope } from './scope.ts';

/**
 * `p_i = …` with an index, or with a letter that counts because `p` is a declared vector, or because it counts the entries of what
 * stands on the right, defines every entry of p; `K_{ij} = …` every entry of a matrix. Where p itself stands on the right it is a recursion, and defines nothing.
 */
export function entriesRole(scope: Scope, equation: PlacedEquation, text: string, seen: Seen): Role | null {
  const [left, ...others] = equation.statement.sides as readonly [Expr, ...Expr[]];
  if (left.kind !== 'postfix' || left.mark.kind !== 'sub' || !isLetter(left.base)) return null;
  const items = lettersOf(left.mark.items);
  const written = symbolKey(left.base);
  const whole = symbolKey(left);
  if (items === null || written === null || seen.recursive.has(equation)) return null;
  const { section, item } = equation;
  const key = keyOfWhole(scope, written, section, item);
  if (others.some((side) => [written, key].some((one) => standsIn(scope, equation, side, one)))) return null;
  if (items.some(({ name }) => isNumber(scope, name, section, item))) return null;
  if ((whole !== null && lookUp(scope, whole, section, item) !== undefined) || seen.differentiatedBy.has(`${section}:${key}`)) return null;
  const found = notDefinedElsewhere(scope, key, equation);
  const isSummed = whole !== null && seen.summed().has(whole);
  const summed = seen.summedCounts().get(`${section}:${written}`);
  const count = found === undefined && items.length === 1 ? countOf(scope, equation, (items[0] as NameExpr).name, summed) : null;
  const hasNewEntries =
    found === undefined &&
    count === null &&
    (countEntries(scope, equation, items, isSummed) ||
      (items.length === 2 &&
        (countMembers(scope, equation, items) || countColumns(scope, equation, items) || areDeclaredToCount(scope, equation, items))));
  if (count === null && !hasNewEntries && (found === undefined || !hasEntries(found, items.length))) return null;
  const draft = claimDraft(scope, equation, key, left.base.span, text, seen.sides);
  if (count !== null) draft.family = count;
  return { kind: 'definition', draft, params: [], entries: items, undone: null };
}

/** The entries of `\mathbf K` are called `K_{ij}` in most texts: of a letter that stands for itself nowhere the one that is declared in another style. */
function keyOfWhole(scope: Scope, key: string, section: number, item: number): string {
  const found = lookUpInAnyStyle(scope, key, section, item);
  return found !== undefined && found.key !== key && found.family === null && found.declared !== null ? found.key : key;
}

/** Whether a letter stands in a side; above what is declared with it, as in `V_h = X W^V_h`, it only tells symbols apart. */
function standsIn(scope: Scope, { section, item }: PlacedEquation, side: Expr, key: string): boolean {
  const labels = withinExpr(side).flatMap((one): readonly Expr[] => {
    if (one.kind !== 'postfix' || one.mark.kind !== 'power') return [];
    const whole = symbolKey(one);
    return whole !== null && lookUp(scope, whole, section, item) !== undefined ? withinExpr(one.mark.exponent) : [];
  });
  return someIn(side, (one) => symbolKey(one) === key && !labels.includes(one));
}

/** What a letter means, unless an earlier section beside this one has defined it: there another model spoke of it. */
function notDefinedElsewhere(scope: Scope, key: string, { section, item }: PlacedEquation): Draft | undefined {
  const found = lookUp(scope, key, section, item);
  return found?.definedAt != null && lookUpAround(scope, key, section, item) === undefined ? undefined : found;
}

/** `x_λ` of a declared λ > 0 is the x that belongs to the number. */
export function isNumber(scope: Scope, letter: string, section: number, item: number): boolean {
  const draft = lookUp(scope, letter, section, item);
  return draft?.role === 'variable' && draft.declared !== null;
}

/** `p`, and `p^{()}` for all `p^{(i)}`. */
function isLetter(expr: Expr): boolean {
  return expr.kind !== 'postfix' || (expr.mark.kind === 'label' && expr.mark.text === ALL_NUMBERED);
}

/**
 * How far a letter counts that is declared to, or that stands below a declared column on the right; null where it does not count. Of `z_i = W x_i + b` with
 * members `x_i` of which nobody says how many there are it does as far as the text sums over z.
 */
function countOf(scope: Scope, { statement, section, item }: PlacedEquation, letter: string, summed: Dim | undefined): Draft['family'] {
  const index = lookUp(scope, letter, section, item);
  if (index?.role === 'index') return { count: index.range?.to ?? null };
  if (index !== undefined) return null;
  const below = statement.sides
    .slice(1)
    .flatMap(withinExpr)
    .flatMap((one) => unsubscripted(one, letter) ?? []);
  // Beside a vector x the `x_i` may be members of their own.
  const known = below.flatMap((key) => lookUp(scope, familyKey(key), section, item) ?? lookUpInAnyStyle(scope, key, section, item) ?? []);
  const members = known.find(({ family }) => family !== null);
  const many = members?.family?.count ?? summed;
  if (members?.family != null && many !== undefined) {
    // There are as many x as there are z.
    members.family = { ...members.family, count: many };
    return members.family;
  }
  const column = known.find((one) => one.family === null && isVector(one));
  if (column !== undefined) return { count: column.declared?.rows ?? null };
  // Of "`a_i = σ(z_i)` with `z_i = w' x_i`" the text sums over what is made of a.
  return known.length === 0 && below.length > 0 && summed !== undefined ? { count: summed, letter } : null;
}

/**
 * Whether each letter stands below something known on the right, as in `3 / (1 + r_i^2)`; of `P_{ik}` below a matrix, and of a `q_k` that the text
 * sums over k, whatever letters they are.
 */
function countEntries(scope: Scope, equation: PlacedEquation, letters: readonly NameExpr[], isSummed: boolean): boolean {
  const others = equation.statement.sides.slice(1);
  const isBelow = (letter: string, fewest: number) => others.some((side) => countsEntries(scope, equation, side, letter, fewest));
  const counts = (letter: string) => COUNTERS.has(letter) || (isSummed && letters.length === 1);
  return letters.every(({ name }) => (counts(name) && isBelow(name, 1)) || (letters.length === 2 && isBelow(name, 2)));
}

/** What stands in a sum over the letter below it: `q_k` of `\sum_k t_k \log q_k`. */
export function summedMembers(equations: readonly PlacedEquation[]): ReadonlySet<string> {
  const sums = equations.flatMap(({ statement }) => statement.sides.flatMap(withinExpr)).filter((one) => one.kind === 'binder');
  const members = (sum: Expr & { readonly kind: 'binder' }) =>
    withinExpr(sum.body).filter((one) => sum.names.some(({ name }) => unsubscripted(one, name) !== null));
  return new Set(sums.flatMap(members).flatMap((one) => symbolKey(one) ?? []));
}

/** Whether each letter counts the members of a family on the right: `γ_{nk} = \exp(m_k^\top x_n) / …`. */
function countMembers(scope: Scope, { statement, section, item }: PlacedEquation, letters: readonly NameExpr[]): boolean {
  const isMember = (one: Expr, letter: string) => {
    const key = unsubscripted(one, letter);
    return key !== null && (lookUp(scope, familyKey(key), section, item) ?? lookUp(scope, key, section, item))?.family?.count != null;
  };
  return letters.every(({ name }) => statement.sides.slice(1).some((side) => someIn(side, (one) => isMember(one, name))));
}

/** Whether each letter counts the entries of a declared column on the right: `\hat r_{ui} = b_u + c_i`. */
function countColumns(scope: Scope, { statement, section, item }: PlacedEquation, letters: readonly NameExpr[]): boolean {
  const isOfColumn = (one: Expr, letter: string) => {
    const key = unsubscripted(one, letter);
    const column = key === null ? undefined : lookUp(scope, key, section, item);
    return column !== undefined && isVector(column) && column.family === null;
  };
  return letters.every(({ name }) => statement.sides.slice(1).some((side) => someIn(side, (one) => isOfColumn(one, name))));
}

/** `k : 1..m`, `l : 1..n`, and then `f_{kl} = …` of an f that is new. */
function areDeclaredToCount(scope: Scope, { section, item }: PlacedEquation, letters: readonly NameExpr[]): boolean {
  return letters.every(({ name }) => lookUp(scope, name, section, item)?.range != null);
}

/** Letters that count entries where nothing else is said of them; others may as well count steps or samples. */
const COUNTERS: ReadonlySet<string> = new Set(['i', 'j']);

/** Whether a letter stands below a known vector or matrix, as in `3 / (1 + r_i^2)`, among so many letters. */
function countsEntries(scope: Scope, { section, item }: PlacedEquation, side: Expr, letter: string, fewest: number): boolean {
  return someIn(side, (one) => {
    const letters = one.kind === 'postfix' && one.mark.kind === 'sub' ? (lettersOf(one.mark.items) ?? []) : [];
    if (one.kind !== 'postfix' || letters.length < fewest || !letters.some(({ name }) => name === letter)) return false;
    const key = symbolKey(one.base);
    // A text writes the entries of D as d_{ij}, too.
    const base =
      key === null ? undefined : (lookUpInAnyStyle(scope, key, section, item) ?? lookUpInAnyStyle(scope, capitalOf(key), section, item));
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
