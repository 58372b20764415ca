import { lazily } from '../base/lazily.ts';
import { constant, ONE } from '../shape/dimension.ts';
import { matrix } from '../shape/shape.ts';
import type { Expr, NameExpr } from '../syntax/ast.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { forget, introduce, isFreeNumber, lookUp } from './scope.ts';
import { derivativesIn } from './written-derivatives.ts';

/**
 * `P = [X, Y, Z]^\top` where a derivative is by P: X, Y and Z are then what the entries of P are called, so that what is made
 * of them moves with P.
 */
export function takeListedEntries(collected: Collected, text: string): Collected {
  const by = lazily(() => variablesIn(collected.equations));
  const wholes = new Map<string, NameExpr>();
  const equations = collected.equations.flatMap((equation) => {
    const { sides, relations } = equation.statement;
    const [whole, list, ...more] = sides;
    if (whole?.kind !== 'name' || list === undefined || more.length > 0 || relations[0] === '∈') return [equation];
    const names = namesListed(equation, list, text);
    if (
      names === null ||
      !by().has(whole.name) ||
      !names.every((name) => isNumber(collected, equation, name)) ||
      !isColumn(collected, equation, whole, names.length)
    )
      return [equation];
    if (areOwnEntries(names, whole)) {
      // Numbers `q_1, q_2 ∈ ℝ` that turn out to be the entries of a column are no symbols of their own.
      for (const name of names) forget(collected.scope, symbolKey(name) as string, equation.section, equation.item);
      wholes.set(names.map(symbolKey).join(), whole);
      return [];
    }
    return names.map((name, at) => entryNamed(equation, name, whole, at + 1));
  });
  return { ...collected, equations: wholes.size === 0 ? equations : equations.map((one) => ofWholes(one, wholes)) };
}

/** `m(q_1, q_2)` of all entries of q is `m(q)`. */
function ofWholes(equation: PlacedEquation, wholes: ReadonlyMap<string, NameExpr>): PlacedEquation {
  const change = (expr: Expr): Expr => {
    const inner = mapParts(expr, change);
    const whole = inner.kind === 'call' && inner.args.length > 1 ? wholes.get(inner.args.map(symbolKey).join()) : undefined;
    return inner.kind === 'call' && whole !== undefined ? { ...inner, args: [{ ...whole, span: inner.argsSpan }] } : inner;
  };
  const sides = equation.statement.sides.map(change);
  return { ...equation, statement: { ...equation.statement, sides } };
}

function variablesIn(equations: readonly PlacedEquation[]): ReadonlySet<string> {
  const variables = derivativesIn(equations).flatMap(({ wrt }) => wrt.map(({ expr }) => expr));
  return new Set(variables.flatMap((expr) => (expr.kind === 'name' ? [expr.name] : [])));
}

/** The letters of `[X, Y, Z]^\top`, of a column, of `(X, Y, Z)` between round brackets. */
function namesListed({ origin }: PlacedEquation, list: Expr, text: string): readonly Expr[] | null {
  const isTurned = list.kind === 'postfix' && (list.mark.kind === 'transpose' || list.mark.kind === 'prime');
  const entries = isTurned ? list.base : list;
  if (entries.kind !== 'matrix') return null;
  const isRound =
    origin !== 'plain' &&
    text
      .slice(list.span.start, list.span.end)
      .replace(/^\\left\s*/u, '')
      .startsWith('(');
  const isUpright = entries.rows.length === 1 ? isTurned || isRound : entries.rows.every((row) => row.length === 1);
  const names = entries.rows.flat();
  const keys = names.map(symbolKey);
  return isUpright && names.length > 1 && !keys.includes(null) && new Set(keys).size === names.length ? names : null;
}

/** `q = (q_1, q_2)^\top` says that q has two entries, which are called as entries are. */
function areOwnEntries(names: readonly Expr[], whole: NameExpr): boolean {
  return names.every((name, at) => symbolKey(name) === `${whole.name}_${at + 1}`);
}

/** A letter of which nothing is said but that it is a number. */
function isNumber({ scope }: Collected, { section, item }: PlacedEquation, name: Expr): boolean {
  const key = symbolKey(name) as string;
  const draft = lookUp(scope, key, section, item);
  return draft === undefined ? !scope.dimensions.has(key) : isFreeNumber(draft);
}

/** Whether the whole may be a column of so many numbers; one that nothing declares is made one. */
function isColumn({ scope }: Collected, { section, item }: PlacedEquation, { name, span }: NameExpr, count: number): boolean {
  const shape = matrix(constant(count), ONE);
  const draft = lookUp(scope, name, section, item) ?? introduce(scope, name, section, item, span);
  if (draft.declared === null && draft.definedAt === null) draft.declared = shape;
  return draft.declared?.rows.key === shape.rows.key && draft.declared.cols.key === ONE.key && draft.definedAt === null;
}

/** `X := P_1`. */
function entryNamed(equation: PlacedEquation, name: Expr, whole: NameExpr, at: number): PlacedEquation {
  const { span } = whole;
  const item: Expr = { kind: 'number', value: at, span };
  const entry: Expr = { kind: 'postfix', base: whole, mark: { kind: 'sub', items: [item], span }, span };
  const { statement } = equation;
  return {
    ...equation,
    statement: { ...statement, sides: [name, entry], relations: [':='], membership: null, span: name.span },
    shapeLines: [],
  };
}
