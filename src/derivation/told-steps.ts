import { groupedBy } from '../base/lists-by-key.ts';
import type { Expr } from '../syntax/ast.ts';
import { exprKey, mapParts } from '../syntax/map-expr.ts';
import type { PlacedEquation } from './collected.ts';
import { type Scope, sectionsAround } from './scope.ts';
import type { Step } from './unroll.ts';

/** All that a text says of how members of a family follow from others, in its order. */
export type Tellings = ReadonlyMap<string, readonly Step[]>;

/**
 * What tellings of one family have in common: of `h_t = \tanh(W h_{t-1})`, and later `h_t = \tanh(z_t)` with `z_t = W h_{t-1}`, the one that goes by way of
 * most names. Null where two of them differ.
 */
export function toldAlike(tellings: readonly Step[], all: Tellings): Step | null {
  const [first, ...others] = tellings;
  let finest = first ?? null;
  for (const other of others) {
    if (finest === null || other.letter !== finest.letter || other.shift !== finest.shift || other.entries.length > 0) return null;
    const [before, now] = [finest, other].map((step) => exprKey(step.body));
    if (before === now) continue;
    const named = (step: Step) => exprKey(withNames(step.body, namesBeside(step, [...all.values()].flat())));
    if (named(finest) === now) finest = other;
    else if (named(other) !== before) return null;
  }
  return finest;
}

/** What is told of other members at the same index: names that may stand in the place of what they are. */
export function namesBeside(step: Step, all: readonly Step[]): readonly NamedPart[] {
  return all.flatMap(({ placed, letter, shift, body }) =>
    placed !== step.placed && letter === step.letter && shift === step.shift
      ? [{ key: exprKey(body), name: placed.statement.sides[0] as Expr }]
      : [],
  );
}

interface NamedPart {
  readonly key: string;
  readonly name: Expr;
}

/** An expression with names for the parts that have one. */
export function withNames(expr: Expr, names: readonly NamedPart[]): Expr {
  const put = (part: Expr): Expr => {
    const found = isComposite(part) ? names.find(({ key }) => key === exprKey(part)) : undefined;
    return found === undefined ? mapParts(part, put) : { ...found.name, span: part.span };
  };
  return mapParts(expr, put);
}

function isComposite({ kind }: Expr): boolean {
  return kind === 'apply' || kind === 'call';
}

/**
 * The equations of a text that are read together. Where sections beside one another each tell a family in their own way, forward Euler in one and
 * backward Euler in the next, each of them is read with what stands around them all.
 */
export function readTogether(
  equations: readonly PlacedEquation[],
  scope: Scope,
  tellings: Tellings,
): readonly (readonly PlacedEquation[])[] {
  const roots = new Set([...tellings.values()].flatMap((steps) => (toldAlike(steps, tellings) === null ? apart(steps, scope) : [])));
  if (roots.size < 2) return [equations];
  const rootOf = groupedRoots(equations, scope, roots);
  return [...roots].map((root) => equations.filter((equation) => (rootOf.get(equation.section) ?? root) === root));
}

/** The outermost sections in which the tellings of one family stand apart; none where one of them stands around another. */
function apart(steps: readonly Step[], scope: Scope): readonly number[] {
  const paths = steps.map(({ placed }) => [...sectionsAround(scope, placed.section)].reverse());
  const [first, ...others] = paths;
  const shared = first?.findIndex((section, depth) => others.some((path) => path[depth] !== section)) ?? -1;
  const roots = shared < 0 ? [] : paths.map((path) => path[shared]);
  return roots.some((root) => root === undefined) ? [] : [...new Set(roots as number[])];
}

/** For every section with equations the one of the roots that is around it; null outside of them. */
function groupedRoots(equations: readonly PlacedEquation[], scope: Scope, roots: ReadonlySet<number>): ReadonlyMap<number, number | null> {
  const sections = [...groupedBy(equations, ({ section }) => section).keys()];
  return new Map(sections.map((section) => [section, [...sectionsAround(scope, section)].findLast((one) => roots.has(one)) ?? null]));
}
