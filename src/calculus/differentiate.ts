import { lazily } from '../base/lazily.ts';
import { reachOf, symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, ShapeTable } from '../derivation/derivation.ts';
import { number, TooLarge } from '../ops/algebra/leaves.ts';
import { vec } from '../ops/algebra/matrix-functions.ts';
import { product } from '../ops/algebra/product.ts';
import { sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { contains, type EntryValue, isColumn, isRow, isVector, type Value, type ValueSelector } from '../ops/algebra/value.ts';
import { childrenOf, type DerivativeTerm, type EntryTerm, type SymbolId, type Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { isScalar } from '../shape/shape.ts';
import { arbitrary, cotangentOf, type Question, type RuleApplied } from './cotangents.ts';
import { forward } from './forward.ts';
import { entryOf, type Lowering, lower, rangeTo, reaches } from './lower.ts';
import { unit } from './pull-back.ts';
import { raise } from './raise.ts';
import { type Reading, readOff } from './read-off.ts';
import { Refused } from './refusal.ts';
import { type Known, simplify } from './simplify.ts';
import { sumsIn, takeSign } from './take-sign.ts';
import { isMember, isVectorShape, partOf, type Variable, variableOf } from './variable.ts';

/** A derivative in the layout asked for, and the rules that led to it. */
export interface Derived {
  readonly term: Term;
  /** The same with its shapes. */
  readonly value: Value;
  readonly rules: readonly RuleApplied[];
}

/** Why there is none, in words that complete "because …". */
export interface Refusal {
  readonly reason: string;
}

export function isRefusal(answer: object): answer is Refusal {
  return 'reason' in answer;
}

/** Nodes of a term that is differentiated. */
const MOST_NODES = 5000;

/** The derivative of a term by a symbol, in a layout. */
export function differentiate(derivation: Derivation, shapes: ShapeTable, of: Term, wrt: SymbolId, layout: Layout): Derived | Refusal {
  const span = { start: 0, end: 0 };
  const variable: Term = { kind: 'symbol', id: wrt, span };
  return differentiateTerm(
    derivation,
    shapes,
    { kind: 'derivative', form: 'derivative', of, wrt: [{ term: variable, transposed: false }], span },
    layout,
  );
}

/** What a derivative as it is written in a text stands for. Gives an answer for any term, and throws for none. */
export function differentiateTerm(derivation: Derivation, shapes: ShapeTable, term: DerivativeTerm, layout: Layout): Derived | Refusal {
  if (isTooLarge(term)) return { reason: `it has more than ${MOST_NODES} parts` };
  const rules: RuleApplied[] = [];
  const named = new Map<string, Value>();
  const lowering: Lowering = {
    derivation,
    shapes,
    layout,
    bound: new Map(),
    depth: 0,
    derive: (inner, around) => derivativeValue(around, inner, { note: () => {}, named }),
  };
  try {
    refuseImplicit(lowering, term);
    refuseOpenSteps(derivation, term);
    const value = derivativeValue(lowering, term, { named, note: (rule, at, cotangent) => rules.push({ rule, value: at, cotangent }) });
    // What was gone through has the whole of it among its parts.
    const sumsInText = lazily(() =>
      sumsIn(rules.length > 0 ? rules.map(({ value: at }) => at) : [lower(lowering, applied(lowering, term))]),
    );
    const simple = takeSign(simplify(value, knownOf({ lowering, named })), sumsInText);
    return { term: raise({ derivation }, simple), value: simple, rules };
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof TooLarge) return { reason: problem.message };
    throw problem;
  }
}

/** Over steps of a recursion whose number is open a derivative leads through members that no formula can list. */
function refuseOpenSteps(derivation: Derivation, { of, wrt }: DerivativeTerm): void {
  const isLast = (id: SymbolId) => derivation.lastMembers.has(id);
  if (!symbolsIn(of).some((id) => [...reachOf(derivation, [id])].some(isLast)) || wrt.some(({ term }) => symbolsIn(term).some(isLast)))
    return;
  throw new Refused('it leads over a number of steps that is open');
}

/** What lowering needs, with derivatives within a term found as they come. */
export function loweringFor(derivation: Derivation, shapes: ShapeTable, layout: Layout): Lowering {
  return {
    derivation,
    shapes,
    layout,
    bound: new Map(),
    depth: 0,
    derive: (inner, around) => derivativeValue(around, inner, { note: () => {}, named: new Map() }),
  };
}

/** A term with its like terms collected and its declared properties used; it has the same value. */
export function simplifyTerm(derivation: Derivation, shapes: ShapeTable, term: Term, layout: Layout): Term | Refusal {
  if (isTooLarge(term)) return { reason: `it has more than ${MOST_NODES} parts` };
  try {
    const value = lower(loweringFor(derivation, shapes, layout), term);
    return raise({ derivation }, simplify(value, { named: new Map(), propertiesOf: (id) => derivation.symbols.get(id)?.properties ?? [] }));
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof TooLarge) return { reason: problem.message };
    throw problem;
  }
}

/** What an equation gives only by itself, `y = A y + x`, is no constant, although no definition leads from it to x. */
function refuseImplicit(lowering: Lowering, { of, wrt }: DerivativeTerm): void {
  const { symbols, equations } = lowering.derivation;
  const implicit = new Set<SymbolId>();
  for (const { sides } of equations) {
    const id = nameOnTheLeft(sides[0]);
    const info = id === null ? undefined : symbols.get(id);
    if (id === null || info === undefined || info.definition !== null || info.declared !== null || info.role === 'index') continue;
    if (sides.slice(1).some((side) => symbolsIn(side).includes(id))) implicit.add(id);
  }
  for (const { term } of wrt) if (term.kind === 'symbol') implicit.delete(term.id);
  if (implicit.size === 0) return;
  const found = symbolsIn(of).find((id) => implicit.has(id) || reaches(lowering, id, implicit));
  if (found !== undefined) throw new Refused('it is made of what an equation gives only by itself');
}

/** The y of `y = …`, the f of `f(x) = …`. */
function nameOnTheLeft(side: Term | undefined): SymbolId | null {
  const head = side?.kind === 'apply' && side.op === 'mul' ? side.args[0] : side;
  return head?.kind === 'symbol' ? head.id : null;
}

/** Counts without recursion, because a term of any depth may come. */
function isTooLarge(term: Term): boolean {
  let left = MOST_NODES;
  for (const stack = [term]; stack.length > 0; left--) {
    if (left === 0) return true;
    for (const child of childrenOf(stack.pop() as Term)) stack.push(child);
  }
  return false;
}

// ---- the derivative as a value

/** What is written down on the way. */
type Record = Pick<Question, 'note' | 'named'>;

function derivativeValue(lowering: Lowering, term: DerivativeTerm, record: Record): Value {
  const wrt = term.form === 'hessian' && term.wrt.length === 1 ? [...term.wrt, ...term.wrt] : term.wrt;
  const value = lower(lowering, applied(lowering, term));
  const [first, second] = wrt;
  if (first === undefined || wrt.length > 2) throw new Refused('it is a derivative of more than second order');
  if (second === undefined) return once(lowering, term, value, first.term, first.transposed, record);
  return twice(lowering, term, value, first.term, second.term, record);
}

/** `df/dx` of a declared function without arguments is at x; of a defined one of its body. */
function applied({ derivation }: Lowering, { of, wrt }: DerivativeTerm): Term {
  const info = of.kind === 'symbol' ? derivation.symbols.get(of.id) : undefined;
  if (info === undefined) return of;
  if (info.from?.length === 1 && info.definition === null) {
    return { kind: 'call', callee: { kind: 'symbol', id: info.id }, order: 0, args: [(wrt[0] as { term: Term }).term], span: of.span };
  }
  return info.role === 'function' && info.definition !== null ? info.definition.body : of;
}

function questionFor(lowering: Lowering, term: DerivativeTerm, { id, shape, member, part }: Variable, record: Record): Question {
  return {
    lowering,
    wrt: id,
    wrtShape: part?.whole ?? shape,
    direct: term.form === 'direct',
    ...record,
    ...(member === undefined ? {} : { member }),
    ...(part === undefined ? {} : { part }),
  };
}

function once(lowering: Lowering, term: DerivativeTerm, value: Value, by: Term, transposed: boolean, record: Record): Value {
  if (by.kind === 'entry' && !isMember(lowering, by) && partOf(lowering, by) === null) return byEntry(lowering, term, value, by, record);
  const variable = variableOf(lowering, by);
  const question = questionFor(lowering, term, variable, record);
  const body = term.form === 'direct' ? explicit(lowering, term, value) : value;
  const layout = term.form === 'gradient' ? 'denominator' : term.form === 'jacobian' ? 'numerator' : lowering.layout;
  if (isScalar(body.shape))
    return ofScalar(
      knownOf(question),
      isScalar(variable.shape) ? slopeOf(question, body) : gradient(question, body),
      variable,
      layout,
      transposed || term.form === 'jacobian',
    );
  if (isScalar(variable.shape)) return byScalar(question, body, layout, transposed);
  return jacobian(question, body, variable, layout, transposed, term.form === 'jacobian');
}

/** The definition's own text, in which only explicit occurrences count. */
function explicit(lowering: Lowering, { of }: DerivativeTerm, value: Value): Value {
  const body = of.kind === 'symbol' ? lowering.derivation.symbols.get(of.id)?.definition?.body : undefined;
  return body === undefined ? value : lower(lowering, body);
}

/** The question without what is said of the variable only. */
function byItself({ part: _, ...question }: Question): Question {
  return question;
}

/** What simplification may use. */
function knownOf({ lowering, named }: Pick<Question, 'lowering' | 'named'>): Known {
  return { named, propertiesOf: (id) => lowering.derivation.symbols.get(id)?.properties ?? [] };
}

function gradient(question: Question, scalar: Value): Value {
  return cotangentOf(question, scalar, number(1));
}

/** Of a number by a number: backwards, and where an operator has a rule only forwards, or one without blocks, that way. */
function slopeOf(question: Question, scalar: Value): Value {
  const ahead = () => (question.direct || question.member !== undefined ? null : forward(question, scalar));
  try {
    const found = gradient(question, scalar);
    return hasBlocks(found) && !hasBlocks(scalar) ? (ahead() ?? found) : found;
  } catch (problem) {
    const pushed = problem instanceof Refused ? ahead() : null;
    if (pushed === null) throw problem;
    return pushed;
  }
}

function hasBlocks(value: Value): boolean {
  return contains(value, ({ kind }) => kind === 'blocks');
}

/** ds/dx has the shape of x, in numerator layout that of its transpose; a row always its own. */
function ofScalar(known: Known, found: Value, { shape, as }: Variable, layout: Layout, transposed: boolean): Value {
  const own = as === 'transposed' ? transpose(found) : as === 'stacked' ? vec(found) : found;
  if (transposed) return isRow(own) ? own : isColumn(own) ? transpose(own) : refuseMatrix(own);
  const keeps = layout !== 'numerator' || isRow(own) || isScalar(shape);
  return keeps ? own : transposeTerms(simplify(own, known));
}

/** The transpose of a sum term by term, as it is read. */
function transposeTerms(value: Value): Value {
  return value.kind === 'sum' ? sum(...value.terms.map(transposeTerms)) : transpose(value);
}

function refuseMatrix(value: Value): Value {
  if (isScalar(value.shape)) return value;
  return transpose(vec(value));
}

/**
 * dY/ds by the product rule where every operator has one; otherwise the gradient, by the cotangent, of
 * the scalar's derivative, which is linear in it.
 */
function byScalar(question: Question, value: Value, layout: Layout, transposed: boolean): Value {
  const pushed = question.direct ? null : forward(question, value);
  if (pushed !== null) return layout === 'denominator' && !transposed ? transpose(pushed) : pushed;
  const g = arbitrary(value.shape);
  const linear = cotangentOf(question, value, g);
  const slope = cotangentOf({ ...byItself(question), wrt: g.id, wrtShape: value.shape, note: () => {} }, linear, number(1));
  return layout === 'denominator' && !transposed ? transpose(slope) : slope;
}

/** J' is what takes a cotangent of the value to one of the variable. */
function jacobian(question: Question, value: Value, variable: Variable, layout: Layout, transposed: boolean, isJacobian: boolean): Value {
  const isMatrix = !isVector(value) || (!(variable.as === 'stacked') && !isVectorShape(variable.shape));
  const inner = value.kind === 'apply' && value.op === 'vec' ? (value.args[0] as Value) : value;
  if (isMatrix && !isJacobian) throw new Refused('a derivative with more than two axes has no form in matrices');
  const isBackwards = layout === 'denominator' && !transposed;
  const g = arbitrary(inner.shape);
  const pulled = cotangentOf(question, inner, g);
  const ahead = hasSum(pulled) && !hasSum(inner) ? jacobianAhead(question, inner, variable) : null;
  if (ahead !== null) return isBackwards ? transposeTerms(ahead) : ahead;
  const found = readOff(readingOf(question, g), variable.as === 'transposed' ? transpose(pulled) : pulled);
  return isBackwards ? found : transposeTerms(found);
}

/** The vec of the change, the differential method of Magnus and Neudecker: of Kronecker products it has no sum over columns. Null where it has no form. */
function jacobianAhead(question: Question, value: Value, { as }: Variable): Value | null {
  const direction = arbitrary(question.wrtShape);
  const change = as === 'transposed' ? null : forward(question, value, direction);
  try {
    return change === null ? null : readOff(readingOf(question, direction), change);
  } catch (problem) {
    if (problem instanceof Refused) return null;
    throw problem;
  }
}

/** How what is linear in a symbol is read off by it. */
function readingOf(question: Question, { id, shape }: Value & { kind: 'symbol' }): Reading {
  return {
    id,
    shape,
    range: (index) => rangeTo(question.lowering, index),
    gradient: (scalar) => cotangentOf({ ...byItself(question), wrt: id, wrtShape: shape, note: () => {} }, scalar, number(1)),
  };
}

function hasSum(value: Value): boolean {
  return contains(value, ({ kind }) => kind === 'binder');
}

/** By an entry: that entry of the gradient, or that column of the Jacobian; of a matrix what changes when only that entry does. */
function byEntry(lowering: Lowering, term: DerivativeTerm, value: Value, by: EntryTerm, record: Record): Value {
  const variable = variableOf(lowering, by.base);
  const question = questionFor(lowering, term, variable, record);
  const target = lower(lowering, by);
  if (target.kind !== 'entry') return once(lowering, term, value, by.base, false, record);
  if (isScalar(value.shape)) {
    const whole = entryOf(gradient(question, value), target.selectors);
    return lowering.layout === 'numerator' && isColumn(whole) ? transpose(whole) : whole;
  }
  if (!isScalar(target.shape)) throw new Refused('a derivative by a part of a variable has no form in matrices');
  const found =
    isVector(value) && isVectorShape(variable.shape)
      ? columnOfJacobian(question, value, variable, target)
      : forward(question, value, unitAt(target));
  if (found === null) throw new Refused('what changes with one entry has no form in matrices here');
  return lowering.layout === 'denominator' ? transpose(found) : found;
}

function columnOfJacobian(question: Question, value: Value, variable: Variable, { selectors: [selector] }: EntryValue): Value {
  const found = jacobian(question, value, variable, 'numerator', false, true);
  const column = entryOf(found, [{ kind: 'all' }, selector ?? { kind: 'all' }]);
  return isRow(value) ? transpose(column) : column;
}

/** A one at an entry, and zeros elsewhere. */
function unitAt({ base, selectors }: EntryValue): Value {
  const [first, second] = selectors as readonly [ValueSelector, ValueSelector | undefined];
  const { rows, cols } = base.shape;
  if (second === undefined) return isRow(base) ? transpose(unit(first, cols)) : unit(first, rows);
  return product(unit(first, rows), transpose(unit(second, cols)));
}

// ---- second derivatives

/** d²s/du dx' is the Jacobian of the gradient by u, with a row for each entry of u. */
function twice(lowering: Lowering, term: DerivativeTerm, value: Value, first: Term, second: Term, record: Record): Value {
  const [u, x] = [variableOf(lowering, first), variableOf(lowering, second)];
  const by = (variable: Variable) => questionFor(lowering, term, variable, record);
  const [wideU, wideX] = [!isScalar(u.shape), !isScalar(x.shape)];
  if (!isScalar(value.shape)) return twiceByScalars(lowering, term, value, u, x, record);
  const inner = wideU ? gradient(by(u), value) : slopeOf(by(u), value);
  if (!wideU && !wideX) return slopeOf(by(x), inner);
  if (!wideU) return ofScalar(knownOf(by(x)), gradient(by(x), inner), x, lowering.layout, false);
  if (!wideX) return ofScalar(knownOf(by(x)), byScalar(by(x), inner, 'mixed', false), u, lowering.layout, false);
  if (u.as === 'stacked' && x.as === 'stacked') return jacobian(by(x), inner, x, 'numerator', false, true);
  if (!isVectorShape(u.shape) || !isVectorShape(x.shape)) throw new Refused('a second derivative by a matrix has more than two axes');
  return jacobian(by(x), isRow(inner) ? transpose(inner) : inner, x, 'numerator', false, false);
}

function twiceByScalars(lowering: Lowering, term: DerivativeTerm, value: Value, u: Variable, x: Variable, record: Record): Value {
  if (!isScalar(u.shape) || !isScalar(x.shape)) throw new Refused('a derivative with more than two axes has no form in matrices');
  const inner = byScalar(questionFor(lowering, term, u, record), value, 'mixed', false);
  return byScalar(questionFor(lowering, term, x, record), inner, lowering.layout, false);
}
