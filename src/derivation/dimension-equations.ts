import type { Span } from '../base/span.ts';
import { constantOf, type Dim, nameOf, namesIn } from '../shape/dimension.ts';
import { putIn, solveEquation } from '../shape/facts.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import type { Relation } from '../syntax/ast.ts';
import type { Collected, PlacedEquation, StatedFacts } from './collected.ts';
import type { Role } from './role.ts';
import { lookUp, type Scope, type SectionDraft } from './scope.ts';

/** `n = 784` is a size for the numeric check; `m = n`, `n + 1 = k`, `2n = 6` say something of shapes, and `m \ge k` of nothing else. */
export function dimensionRole(collected: Collected, equation: PlacedEquation): Role | null {
  const { scope } = collected;
  const { statement, section } = equation;
  const { sides, relations } = statement;
  const dims = sides.map(dimensionOf);
  if (sides.length < 2 || !dims.every(isDimension)) return null;
  const names = dims.flatMap(namesIn);
  if (relations.every((relation) => COMPARISONS.has(relation))) return isAmongSizes(scope, names, equation) ? { kind: 'fact' } : null;
  if (relations.some((relation) => relation !== '=')) return null;
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

const COMPARISONS: ReadonlySet<Relation> = new Set(['≤', '≥', '<', '>']);

function isAmongSizes(scope: Scope, names: readonly string[], equation: PlacedEquation): boolean {
  return names.length > 0 && names.every((name) => scope.dimensions.has(name) && isNoSymbol(scope, name, equation));
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
