import type { Expr, NameExpr } from '../syntax/ast.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { exprAt } from './at-index.ts';
import type { PlacedEquation } from './collected.ts';
import { isOfDerivative } from './named-derivative.ts';
import { type Member, memberIn, type Step } from './unroll.ts';

/**
 * Where members are named as derivatives, `δ_l = ∂C/∂z_l`, what else the text says of one is a claim about that: `δ_L = a_L - y`,
 * `δ_l = W_{l+1}^\top δ_{l+1}`. What follows the derivative in the equation that names it is a claim of its own.
 */
export function withDerivative(equation: PlacedEquation, steps: ReadonlyMap<string, Step>): readonly PlacedEquation[] {
  const { statement } = equation;
  const [left, second, ...more] = statement.sides;
  const { member, entries } = left === undefined ? { member: null, entries: [] } : memberIn(left);
  const step = member === null ? undefined : steps.get(member.family);
  if (left === undefined || second === undefined || member === null || step === undefined || !isOfDerivative(step.body)) return [equation];
  if (step.placed !== equation) {
    const derivative = { ...entriesAt(stepAt(step, member), step.entries, entries), span: left.span };
    return [{ ...equation, statement: { ...statement, sides: [derivative, second, ...more] } }];
  }
  if (more.length === 0) return [equation];
  const [relation, ...others] = statement.relations;
  const named = { ...statement, sides: [left, second], relations: relation === undefined ? [] : [relation], demanded: false };
  return [
    { ...equation, statement: named, shapeLines: [] },
    { ...equation, statement: { ...statement, sides: [second, ...more], relations: others } },
  ];
}

/** A derivative that is told for the entries j, for other letters or for the whole; or of one that is told for the whole, entries. */
function entriesAt(derivative: Expr, told: readonly NameExpr[], entries: readonly NameExpr[]): Expr {
  const [first] = entries;
  if (told.length === 0)
    return first === undefined
      ? derivative
      : { kind: 'postfix', base: derivative, mark: { kind: 'sub', items: entries, span: first.span }, span: derivative.span };
  const letters = told.map(({ name }) => name);
  return first === undefined
    ? ofWhole(derivative, letters)
    : renamed(derivative, new Map(letters.map((name, at) => [name, entries[at]?.name ?? name])));
}

/** `∂C/∂z` of `∂C/∂z_j`. */
function ofWhole(expr: Expr, letters: readonly string[]): Expr {
  if (
    expr.kind === 'postfix' &&
    expr.mark.kind === 'sub' &&
    expr.mark.items.every((item) => item.kind === 'name' && letters.includes(item.name))
  )
    return expr.base;
  return mapParts(expr, (part) => ofWhole(part, letters));
}

function renamed(expr: Expr, names: ReadonlyMap<string, string>): Expr {
  if (expr.kind === 'name') return { ...expr, name: names.get(expr.name) ?? expr.name };
  return mapParts(expr, (part) => renamed(part, names));
}

/** The body of a step at the index of a member. */
function stepAt({ body, letter, shift }: Step, { letter: other, offset }: Member): Expr {
  const by = offset - shift;
  if (other === null) return exprAt(body, letter, by);
  return by === 0 && other === letter ? body : movedBy(body, letter, other, by);
}

/** An expression with `l + 1` or `L` for its l. */
function movedBy(expr: Expr, letter: string, other: string, by: number): Expr {
  const part = (one: Expr): Expr => movedBy(one, letter, other, by);
  if (expr.kind === 'name' && expr.name === letter) return indexExpr(expr, other, by);
  const mapped = mapParts(expr, part);
  if (mapped.kind !== 'postfix' || mapped.mark.kind !== 'label' || mapped.mark.text !== `(${letter})`) return mapped;
  return { ...mapped, mark: { ...mapped.mark, text: `(${other}${by === 0 ? '' : by > 0 ? `+${by}` : by})` } };
}

function indexExpr(expr: Expr, letter: string, by: number): Expr {
  const { span } = expr;
  const name: Expr = { kind: 'name', name: letter, span };
  if (by === 0) return name;
  return { kind: 'apply', op: by > 0 ? 'add' : 'sub', args: [name, { kind: 'number', value: Math.abs(by), span }], span };
}
