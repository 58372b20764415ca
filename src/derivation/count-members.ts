import { groupedBy } from '../base/lists-by-key.ts';
import { type Dim, hasCount, ONE, variable } from '../shape/dimension.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import { isScalar, matrix } from '../shape/shape.ts';
import type { BinderExpr, Expr, PostfixExpr } from '../syntax/ast.ts';
import { nameOfCount } from '../syntax/count-names.ts';
import { partsOf, withinExpr } from '../syntax/depth.ts';
import { symbolKey, unsubscripted } from '../syntax/symbol-key.ts';
import type { PlacedEquation, Walk } from './collected.ts';
import { type Draft, lookUpHere, type Scope } from './scope.ts';

/** How many members there are is told after them, "for `$i = 1, \dots, n$`", or by the sums that run over them. */
export function countMembers(scope: Scope, draft: Draft, summed: ReadonlyMap<string, Dim>): void {
  const { family, section, since, key } = draft;
  if (family === null || family.count !== null) return;
  const index = family.letter === undefined ? undefined : lookUpHere(scope, family.letter, section, since);
  const count = index?.role === 'index' ? index.range?.to : summed.get(`${section}:${key.replace('[]', '')}`);
  if (count !== undefined) draft.family = { ...family, count };
}

/**
 * Of each section the letters that sums from 1 run over, where all of them run as far, and those of which such members are made: the x of
 * `ℓ_i = (w' x_i - y_i)^2` beside `\sum_{i=1}^m ℓ_i`.
 */
export function summedCounts({ equations }: { readonly equations: readonly PlacedEquation[] }): ReadonlyMap<string, Dim> {
  const found = new Map<string, Dim | null>();
  for (const { statement, section } of equations) {
    for (const { key, count } of statement.sides.flatMap((side) => summedIn(side, new Map()))) {
      const known = found.get(`${section}:${key}`);
      found.set(`${section}:${key}`, known === undefined ? count : agreed(known, count));
    }
  }
  const steps = lettersOfSteps(equations);
  countParts(
    found,
    equations.flatMap(memberEquation).filter(({ letter }) => !steps.has(letter)),
  );
  return new Map([...found].flatMap(([key, count]) => (count === null ? [] : [[key, count] as const])));
}

/** One of two counts; what a sum tells by its bounds counts, and not that another one runs over all there are. */
function agreed(known: Dim | null, count: Dim): Dim | null {
  if (known === null || known.key === count.key || hasCount(count)) return known;
  return hasCount(known) ? count : null;
}

/** `z_i = w' x_i + b`: what each member is made of. */
interface MemberEquation {
  readonly key: string;
  readonly letter: string;
  readonly section: number;
  readonly parts: readonly string[];
}

/** What an equation says each member of a letter is made of; none where it speaks of no members. */
export function memberEquation({ statement: { sides }, section }: PlacedEquation): readonly MemberEquation[] {
  const [first, ...others] = sides;
  const left = first?.kind === 'call' ? first.head : first;
  const [letter] = left?.kind === 'postfix' && left.mark.kind === 'sub' ? left.mark.items : [];
  const key = left === undefined || letter?.kind !== 'name' ? null : unsubscripted(left, letter.name);
  if (key === null || letter?.kind !== 'name' || others.length === 0) return [];
  const parts = others.flatMap(withinExpr).flatMap((one) => unsubscripted(one, letter.name) ?? []);
  return [{ key, letter: letter.name, section, parts: parts.filter((part) => part !== key) }];
}

/** The t of `h_{t-1}`: of steps, the members follow from one another. */
function lettersOfSteps(equations: readonly PlacedEquation[]): ReadonlySet<string> {
  const below = equations.flatMap(({ statement }) =>
    statement.sides.flatMap(withinExpr).flatMap((one) => (one.kind === 'postfix' && one.mark.kind === 'sub' ? one.mark.items : [])),
  );
  return new Set(below.flatMap((item) => (item.kind === 'apply' ? withinExpr(item) : [])).flatMap((one) => symbolKey(one) ?? []));
}

/** Hands each count on to the parts of what is counted, in the section that tells it or the last one before. */
function countParts(found: Map<string, Dim | null>, told: readonly MemberEquation[]): void {
  const byKey = groupedBy(told, ({ key }) => key);
  const waiting = [...found].map(([place]) => place);
  for (const place of waiting) {
    const [, section = '', key = ''] = /^(\d+):(.*)$/su.exec(place) ?? [];
    const equation = byKey.get(key)?.findLast((one) => one.section <= Number(section));
    const count = found.get(place);
    if (equation === undefined || count == null) continue;
    for (const part of [key, ...equation.parts]) {
      const next = `${equation.section}:${part}`;
      if (found.has(next)) continue;
      found.set(next, count);
      waiting.push(next);
    }
  }
}

/** `x_i` under sums over i, each with how far i runs. */
function summedIn(expr: Expr, bounds: ReadonlyMap<string, Dim>): readonly { readonly key: string; readonly count: Dim }[] {
  const [item, ...more] = expr.kind === 'postfix' && expr.mark.kind === 'sub' ? expr.mark.items : [];
  const count = item?.kind === 'name' && more.length === 0 ? bounds.get(item.name) : undefined;
  const key = count === undefined ? null : symbolKey((expr as PostfixExpr).base);
  const within = expr.kind === 'binder' ? new Map([...bounds, ...boundsOf(expr)]) : bounds;
  const below = partsOf(expr).flatMap((part) => summedIn(part, within));
  return key === null || count === undefined ? below : [{ key, count }, ...below];
}

function boundsOf({ binder, names, from, to, comparison, among }: BinderExpr): readonly (readonly [string, Dim])[] {
  // `\sum_k` without bounds is over all there are.
  const isOverAll = binder === 'sum' && from === null && to === null && comparison === null && among === undefined;
  if (isOverAll) return names.map(({ name }) => [name, variable(nameOfCount(`all ${name}`))]);
  const count = to === null || from?.kind !== 'number' || from.value !== 1 ? undefined : dimensionOf(to);
  return count !== undefined && isDimension(count) ? names.map(({ name }) => [name, count]) : [];
}

/** `y_i ∈ R` for `i = 1, …, n` and then `X w - y`, outside of any sum: y is their column. */
export function columnOfNumbers(members: Draft, bare: () => ReadonlySet<string>): void {
  const { declared, family, key, section } = members;
  if (declared === null || !isScalar(declared) || family?.count == null || members.properties.length > 0) return;
  if (bare().has(`${section}:${key}`)) Object.assign(members, { declared: matrix(family.count, ONE), family: null });
}

/** Of each section the symbols that stand by themselves, with nothing below and in no sum. */
export function bareLetters({ equations }: Walk): ReadonlySet<string> {
  return new Set(equations.flatMap(({ statement, section }) => statement.sides.flatMap(bareIn).map((key) => `${section}:${key}`)));
}

function bareIn(expr: Expr): readonly string[] {
  const key = symbolKey(expr);
  if (key !== null) return [key];
  const isBelow = expr.kind === 'postfix' && expr.mark.kind === 'sub';
  return expr.kind === 'binder' || isBelow ? [] : partsOf(expr).flatMap(bareIn);
}
