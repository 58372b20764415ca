import type { Span } from '../base/span.ts';
import { type Dim, namesIn, variable } from '../shape/dimension.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import type { BinderExpr, Expr } from '../syntax/ast.ts';
import { partsOf } from '../syntax/depth.ts';
import { noteDimension, type PlacedEquation, type Walk } from './collected.ts';
import { type Entry, entryIn } from './entries-alone.ts';
import { lookUpInAnyStyle } from './other-styles.ts';
import { type Draft, familyKey, lookUp } from './scope.ts';

/** Axes and indices that are equally long. */
interface Group {
  into: Group | null;
  size: Dim | null;
  /** Whether two sizes are told of it, or one is told elsewhere, as by `Z = X W`. */
  isDoubtful: boolean;
}

/**
 * How long the axes of some letters are: what the same index counts is equally long, up to the end of its sum, or along what is declared. A size that
 * nothing tells has a letter of its own; null where two are told, or what tells it is no declaration.
 */
export function axisSizes(
  walk: Walk,
  equations: readonly PlacedEquation[],
  letters: ReadonlyMap<string, Entry>,
): (key: string, axis: number) => Dim | null {
  const axes = new Map<string, Group>();
  for (const equation of equations) {
    const tying: Tying = { walk, equation, letters, axes, free: new Map() };
    for (const side of equation.statement.sides) tie(tying, side, new Map());
  }
  const names = freeNames(walk);
  return (key, axis) => {
    const group = lastOf(groupAt(axes, `${key} ${axis}`));
    if (group.isDoubtful) return null;
    group.size ??= variable(names.next().value);
    for (const name of namesIn(group.size)) noteDimension(walk, name, letters.get(key)?.base.span ?? NOWHERE);
    return group.size;
  };
}

const NOWHERE: Span = { start: 0, end: 0 };

interface Tying {
  readonly walk: Walk;
  readonly equation: PlacedEquation;
  readonly letters: ReadonlyMap<string, Entry>;
  readonly axes: Map<string, Group>;
  /** The indices of the equation that no sum binds. */
  readonly free: Map<string, Group>;
}

/** Ties each axis to the index that counts it. */
function tie(tying: Tying, expr: Expr, bound: ReadonlyMap<string, Group>): void {
  const entry = entryIn(tying.walk, expr);
  entry?.indices.forEach((index, axis) => {
    const counting = bound.get(index) ?? groupAt(tying.free, index, () => rangeOf(tying, index));
    const isAlone = tying.letters.has(entry.key);
    join(counting, isAlone ? groupAt(tying.axes, `${entry.key} ${axis}`) : declaredAxis(tying, entry.key, axis));
  });
  const within = expr.kind === 'binder' ? new Map([...bound, ...boundBy(expr)]) : bound;
  for (const part of partsOf(expr)) tie(tying, part, within);
}

function boundBy({ names, from, to }: BinderExpr): readonly (readonly [string, Group])[] {
  const size = to === null || from?.kind !== 'number' || from.value !== 1 ? undefined : dimensionOf(to);
  return names.map(({ name }) => [name, newGroup(size !== undefined && isDimension(size) ? size : null)]);
}

/** `i = 1, \dots, n`. */
function rangeOf({ walk, equation: { section, item } }: Tying, index: string): Dim | null {
  return lookUp(walk.scope, index, section, item)?.range?.to ?? null;
}

function declaredAxis({ walk, equation: { section, item } }: Tying, key: string, axis: number): Group {
  const draft = lookUpInAnyStyle(walk.scope, key, section, item) ?? lookUp(walk.scope, familyKey(key), section, item);
  const size = draft === undefined ? null : declaredSize(draft, axis);
  return { ...newGroup(size), isDoubtful: size === null };
}

function declaredSize({ family, declared }: Draft, axis: number): Dim | null {
  if (family !== null) return axis === 0 ? family.count : null;
  return (axis === 0 ? declared?.rows : declared?.cols) ?? null;
}

function newGroup(size: Dim | null): Group {
  return { into: null, size, isDoubtful: false };
}

function groupAt(groups: Map<string, Group>, key: string, size: () => Dim | null = () => null): Group {
  const group = groups.get(key) ?? newGroup(size());
  groups.set(key, group);
  return group;
}

function lastOf(group: Group): Group {
  return group.into === null ? group : lastOf(group.into);
}

function join(one: Group, other: Group): void {
  const [a, b] = [lastOf(one), lastOf(other)];
  if (a === b) return;
  a.into = b;
  b.isDoubtful ||= a.isDoubtful || (a.size !== null && b.size !== null && a.size.key !== b.size.key);
  b.size ??= a.size;
}

/** What texts call sizes. */
const SIZES = ['n', 'm', 'd', 'p', 'q', 'r'];

/** Letters for sizes that the text has nowhere in a formula. */
function* freeNames({ equations, scope, bounds }: Walk): Generator<string, never> {
  const written = new Set(equations.flatMap(({ statement }) => statement.sides.flatMap(namesBelow)));
  yield* SIZES.filter((name) => !written.has(name) && !bounds.has(name) && !scope.dimensions.has(name));
  for (let count = 1; ; count++) yield `n_${count}`;
}

function namesBelow(expr: Expr): readonly string[] {
  return expr.kind === 'name' ? [expr.name] : partsOf(expr).flatMap(namesBelow);
}
