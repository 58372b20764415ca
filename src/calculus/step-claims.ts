import { derivativeShape } from '../derivation/layout-shapes.ts';
import { number } from '../ops/algebra/leaves.ts';
import { product } from '../ops/algebra/product.ts';
import { sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { isRow, isVector, mentions, type Value } from '../ops/algebra/value.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import { NOTATION, type OpName } from '../syntax/notation.ts';
import { argumentSlope, hessianAt } from './argument-slope.ts';
import { arbitrary, cotangentOf, numberFixed } from './cotangents.ts';
import { isEntrywiseCall } from './entrywise-call.ts';
import { closed, infoOf, type Lowering, opaqueTerm, rangeTo, shapeOfSymbol } from './lower.ts';
import { pullBack, type Tape } from './pull-back.ts';
import { pushForward } from './push-forward.ts';
import { readOff } from './read-off.ts';
import { Refused } from './refusal.ts';
import { simplify } from './simplify.ts';

/** One name for one step of a computation. */
export interface Assignment {
  readonly id: SymbolId;
  readonly text: string;
  readonly value: Value;
  /** What it depends on in a way that the text leaves open; the value is then the name itself. */
  readonly open?: readonly SymbolId[];
}

/** Whether a step is made of a name, or depends on it. */
function uses({ value, open }: Assignment, id: SymbolId): boolean {
  return open?.includes(id) ?? mentions(value, id);
}

/** A computation in steps: its last one is differentiated by a symbol. */
export interface Computation {
  readonly lowering: Lowering;
  readonly assignments: readonly Assignment[];
  readonly end: Assignment;
  readonly wrt: SymbolId;
  /** Of what it is by, where that is a name of the steps' own. */
  readonly wrtShape?: MatrixShape;
}

/** `d of/d by = value`, and the rules that it follows by; without `of` it is the end that is differentiated. */
export interface StepClaim {
  readonly of?: SymbolId;
  readonly by: SymbolId;
  readonly value: Value;
  readonly reasons: readonly Reason[];
}

export interface Reason {
  readonly rules: readonly string[];
  readonly user: Assignment;
}

/** The derivatives of a computation step by step. Throws `Refused` where one of them has no form in matrices. */
export function claimsOf(computation: Computation): readonly StepClaim[] {
  const { end } = computation;
  const byNumber = isScalar(shapeOfVariable(computation));
  return byNumber && !isScalar(end.value.shape) ? forwardClaims(computation) : backwardClaims(computation);
}

function shapeOfVariable({ lowering, wrt, wrtShape }: Computation): MatrixShape {
  return wrtShape ?? shapeOfSymbol(lowering, wrt);
}

/** What changes with the variable. */
function movingIn({ assignments, wrt }: Computation): ReadonlySet<SymbolId> {
  const moving = new Set([wrt]);
  for (const one of assignments) if ([...moving].some((id) => uses(one, id))) moving.add(one.id);
  return moving;
}

function tidied({ derivation }: Lowering, value: Value): Value {
  return simplify(value, { named: new Map(), propertiesOf: (id) => derivation.symbols.get(id)?.properties ?? [] });
}

// ---- from the variable on

/** By a number every step has a derivative of its own shape, in denominator layout transposed. */
function forwardClaims(computation: Computation): readonly StepClaim[] {
  const { lowering, assignments, wrt } = computation;
  const moving = movingIn(computation);
  const turned = (value: Value) => (lowering.layout === 'denominator' ? transpose(value) : value);
  const motion = (id: SymbolId): Value | null => {
    const own = assignments.find((one) => one.id === id);
    if (id === wrt) return number(1);
    return own === undefined || !moving.has(id) ? null : turned(slope(lowering, own, { id: wrt, shape: shapeOfVariable(computation) }));
  };
  return assignments
    .filter(({ id, open }) => moving.has(id) && open === undefined)
    .map((one) => {
      const change = pushForward(one.value, { of: motion, ofOpen: () => null });
      if (change === null) throw new Refused('a step in it has no derivative in matrices');
      return { of: one.id, by: wrt, value: turned(tidied(lowering, change)), reasons: [] };
    });
}

// ---- from the end back

function backwardClaims(computation: Computation): readonly StepClaim[] {
  const { assignments, end, wrt } = computation;
  const moving = movingIn(computation);
  const between = [...assignments].reverse().filter(({ id }) => id !== end.id && id !== wrt && moving.has(id));
  const targets = [...between.map(({ id, value }) => ({ id, shape: value.shape })), { id: wrt, shape: shapeOfVariable(computation) }];
  return targets.flatMap((target) => backwardClaim(computation, moving, target));
}

interface Target {
  readonly id: SymbolId;
  readonly shape: MatrixShape;
}

/** The derivative by a name from those by everything that it goes into. */
function backwardClaim(computation: Computation, moving: ReadonlySet<SymbolId>, target: Target): readonly StepClaim[] {
  const { lowering, assignments, end } = computation;
  const users = assignments.filter((user) => user.id !== target.id && moving.has(user.id) && uses(user, target.id));
  if (users.length === 0 || (users.length === 1 && users[0] === end && end.open !== undefined)) return [];
  const reasons: Reason[] = [];
  const parts = users.map((user) => {
    const rules = new Set<string>();
    const part = isScalar(end.value.shape)
      ? cotangentThrough(computation, user, target, rules)
      : jacobianThrough(computation, user, target, rules);
    reasons.push({ rules: [...rules], user });
    return part;
  });
  const found = tidied(lowering, sum(...parts));
  const isOwn = isScalar(end.value.shape)
    ? lowering.layout !== 'numerator' || isRow({ ...found, shape: target.shape })
    : lowering.layout === 'denominator';
  return [{ by: target.id, value: isOwn ? found : transpose(found), reasons }];
}

/** Of a number: what the cotangent of a step becomes on the way to one of its names. */
function cotangentThrough({ lowering, end }: Computation, user: Assignment, target: Target, rules: Set<string>): Value {
  if (user.open !== undefined)
    return throughOpen(lowering, user, target, user.id === end.id ? number(1) : cotangentOfStep(lowering, end, user));
  return pulled(lowering, user, target, user.id === end.id ? number(1) : cotangentOfStep(lowering, end, user), rules);
}

/** What is left open stays a derivative, by which the cotangent is multiplied. */
function throughOpen(lowering: Lowering, user: Assignment, target: Target, cotangent: Value): Value {
  const isScaled = isScalar(user.value.shape) && (isScalar(cotangent.shape) || isScalar(target.shape));
  if (!isScaled && !(isSlim(user.value.shape) && isSlim(target.shape)))
    throw new Refused('a step in it has a derivative with more than two axes');
  const found = slope(lowering, user, target);
  return product(lowering.layout === 'numerator' ? transpose(found) : found, cotangent);
}

/** The derivative of the end by a step, of the step's own shape. */
function cotangentOfStep(lowering: Lowering, end: Assignment, user: Assignment): Value {
  const found = slope(lowering, end, { id: user.id, shape: user.value.shape });
  return lowering.layout === 'numerator' && !isRow(user.value) ? transpose(found) : found;
}

/** Of a vector: the transposed Jacobian of a step by one of its names, times that of the end by the step. */
function jacobianThrough({ lowering, end }: Computation, user: Assignment, target: Target, rules: Set<string>): Value {
  if (!isSlim(user.value.shape) || !isSlim(target.shape)) throw new Refused('a step in it has a derivative with more than two axes');
  const rest = () => {
    const found = slope(lowering, end, { id: user.id, shape: user.value.shape });
    return lowering.layout === 'denominator' ? found : transpose(found);
  };
  if (user.open !== undefined) return throughOpen(lowering, user, target, user.id === end.id ? number(1) : rest());
  const g = arbitrary(user.value.shape);
  const question = { lowering, wrt: g.id, wrtShape: g.shape, direct: false, note: () => {}, named: new Map<string, Value>() };
  const through = readOff(
    { id: g.id, shape: g.shape, range: (id) => rangeTo(lowering, id), gradient: (scalar) => cotangentOf(question, scalar, number(1)) },
    pulled(lowering, user, target, g, rules),
  );
  return user.id === end.id ? through : product(through, rest());
}

function isSlim(shape: MatrixShape): boolean {
  return isScalar(shape) || isVector({ shape } as Value);
}

function pulled(lowering: Lowering, user: Assignment, { id }: Target, cotangent: Value, rules: Set<string>): Value {
  const found: Value[] = [];
  const tape: Tape = {
    moves: (one) => one === id,
    add: (_, one) => found.push(one),
    range: (one) => rangeTo(lowering, one),
    numberOf: (one) => numberFixed(lowering, one),
    note: (rule) => rules.add(ruleName(rule)),
    slopeBy: (value, at, shape) => argumentSlope(lowering.derivation, value, at, shape),
    hessianAt: (gradient, shape) => hessianAt(lowering.derivation, gradient, shape),
    isEntrywise: (callee) => callee.kind === 'op' || isEntrywiseCall(infoOf(lowering, callee.id)),
    moving: new Map(),
  };
  pullBack(tape, user.value, cotangent);
  return sum(...found);
}

const RULE_NAMES: Readonly<Record<string, string>> = {
  sum: 'sum rule',
  product: 'product rule',
  hadamard: 'entrywise product rule',
  power: 'power rule',
  call: 'chain rule',
  entry: 'entry',
  binder: 'sum over an index',
  blocks: 'blocks',
  opaque: 'chain rule',
};

/** What a person calls the rule of a kind of value or of an operator. */
function ruleName(rule: string): string {
  const known = RULE_NAMES[rule];
  if (known !== undefined) return known;
  const notation = NOTATION[rule as OpName];
  return notation.form === 'function' ? (notation.plain[0] as string) : rule.replace(/[A-Z0-9].*$/, '');
}

/** The derivative of one name by another as it is written, in the layout of the section. */
function slope(lowering: Lowering, of: Assignment, by: Target): Value {
  const shape = closed(lowering, derivativeShape(of.value.shape, by.shape, lowering.layout, false), of.text);
  const at = (id: SymbolId): Term => ({ kind: 'symbol', id, span: { start: 0, end: 0 } });
  return opaqueTerm(
    { kind: 'derivative', form: 'derivative', of: at(of.id), wrt: [{ term: at(by.id), transposed: false }], span: { start: 0, end: 0 } },
    shape,
  );
}
