import { lazily } from '../base/lazily.ts';
import type { Span } from '../base/span.ts';
import { OPS } from '../ops/table.ts';
import type { SymbolId } from '../ops/term.ts';
import { isScalar, SCALAR } from '../shape/shape.ts';
import type { CallExpr, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { functionNamed, type OpName } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { PlacedEquation } from './collected.ts';
import { type Context, find } from './context.ts';
import { mentions } from './find-in.ts';
import type { Role } from './role.ts';
import { blank, type Draft, introduce } from './scope.ts';

type Definition = Role & { readonly kind: 'definition' };

/** An equation, what it is read as, and where. */
interface Placed {
  readonly equation: PlacedEquation;
  readonly role: Role;
  readonly context: Context;
}

/**
 * `\phi(x) = 1 / (1 + e^{-x})`, where the text also has `\phi(W x)` or `\phi'`: a function of a number that works entry by entry, whatever
 * x is elsewhere. Answers where equations stand; in those about such a function alone, as in `\phi'(x) = \phi(x) (1 - \phi(x))`, x is a number.
 */
export function readEntrywise(
  equations: readonly PlacedEquation[],
  roles: readonly Role[],
  contexts: readonly Context[],
): readonly Context[] {
  const all = equations.map((equation, at): Placed => ({ equation, role: roles[at] as Role, context: contexts[at] as Context }));
  const calls = lazily(() => equations.flatMap(({ statement }) => statement.sides.flatMap(callsIn)));
  const tabled = new Set(all.flatMap(({ equation }) => tabledIn(equation)?.span.start ?? []));
  for (const one of all) if (isEntrywiseDefinition(one, calls, tabled)) takeAsEntrywise(one.role as Definition, all);
  declareArguments(all);
  const numbers = new Map<string, Draft>();
  return all.map((one) => withNumber(one, numbers));
}

/** The s of `\rho(s) = …` and `\rho'(s) = …` that nothing declares and nothing else speaks of is a number. */
function declareArguments(all: readonly Placed[]): void {
  for (const { equation, context } of all) {
    const letter = numberIn(equation, context, isUnknown);
    if (letter === null) continue;
    const speaking = all.filter(({ equation: { statement } }) => statement.sides.some((side) => mentions(side, letter.key)));
    if (!speaking.every((one) => numberIn(one.equation, one.context, isUnknown)?.key === letter.key)) continue;
    const draft = introduce(context.scope, letter.key, context.section, context.item, letter.span);
    Object.assign(draft, { declared: SCALAR, text: context.text.slice(letter.span.start, letter.span.end) });
  }
}

function isUnknown(context: Context, key: string): boolean {
  return find(context, key) === undefined;
}

/** What a row of a table differentiates without saying that it is a gradient: "function", "derivative". */
function tabledIn({ statement: { told, sides } }: PlacedEquation): Expr | null {
  const [left] = sides;
  return told !== undefined && left?.kind === 'derivative' && left.form === 'partial' ? left.of : null;
}

function isEntrywiseDefinition(
  { role, context, equation }: Placed,
  calls: () => readonly CallExpr[],
  tabled: ReadonlySet<number>,
): boolean {
  if (role.kind !== 'definition' || role.params.length !== 1 || role.undone !== null) return false;
  const param = symbolKey(role.params[0] as Expr);
  const [, body] = equation.statement.sides;
  // A declared vector is one in a derivation; a text may use its letter for a number in a definition.
  if (param === null || body === undefined || (context.origin === 'plain' && isWide(context, param))) return false;
  return (
    isOfOneNumber(context, body, param) && (isDefinedOnly(context, param) || isUsedSo(role, param, calls) || tabled.has(body.span.start))
  );
}

/** `z = W x`, which may stand behind the function, and of which nothing else says how large z is. */
function isDefinedOnly(context: Context, param: string): boolean {
  const draft = find(context, param);
  return draft?.definedAt != null && draft.declared === null && draft.family === null;
}

/** Whether the text has the function with a prime, or at another argument than its letter. */
function isUsedSo({ draft }: Definition, param: string, calls: () => readonly CallExpr[]): boolean {
  return calls().some(({ head, args: [arg, ...more] }) => {
    if (arg === undefined || more.length > 0 || unprimedKey(head) !== draft.key) return false;
    return (head.kind === 'postfix' && head.mark.kind === 'prime') || symbolKey(arg) !== param;
  });
}

/** Makes it a function of numbers, unless the text differentiates it by a vector. */
function takeAsEntrywise({ draft }: Definition, all: readonly Placed[]): void {
  const { role, from, declared } = draft;
  Object.assign(draft, { role: 'function', from: [SCALAR], declared: SCALAR });
  const isByVector = ({ equation, context }: Placed) =>
    equation.statement.sides.some((side) => differentiates(side, draft.key)) &&
    numberIn(equation, context) === null &&
    isByWide(equation, context);
  if (all.some(isByVector)) Object.assign(draft, { role, from, declared });
}

function isByWide({ statement }: PlacedEquation, context: Context): boolean {
  return statement.sides.some((side) => side.kind === 'derivative' && side.wrt.some(({ expr }) => isWide(context, symbolKey(expr) ?? '')));
}

function isWide(context: Context, key: string): boolean {
  const draft = find(context, key);
  return (
    draft !== undefined && (draft.family !== null || draft.definedAt !== null || (draft.declared !== null && !isScalar(draft.declared)))
  );
}

/** Where an equation is about functions of a number, its letter is a number there, the same one in all such equations. */
function withNumber({ equation, context }: Placed, numbers: Map<string, Draft>): Context {
  const letter = numberIn(equation, context);
  if (letter === null) return context;
  const draft = numbers.get(letter.key) ?? numberNamed(letter, context);
  numbers.set(letter.key, draft);
  return { ...context, numbers: new Map([[letter.key, draft]]) };
}

interface Letter {
  readonly key: string;
  readonly span: Span;
}

/** The x of `\phi(x) = …`, `\phi'(x) = …`, `d\phi/dx = …`, that is no number around it and takes part in the equation as one. */
function numberIn(equation: PlacedEquation, context: Context, isMeant = isWide): Letter | null {
  const tabled = tabledIn(equation);
  const sides = tabled === null ? equation.statement.sides : [tabled, ...equation.statement.sides.slice(1)];
  const [left] = equation.statement.sides;
  const by = left === undefined || sides.length < 2 ? undefined : tabled === null ? argumentOf(left, context) : variableOf(left);
  const key = by === undefined ? null : symbolKey(by);
  const isFree = tabled !== null && key !== null && isUnknown(context, key);
  if (by === undefined || key === null || !(isFree || isMeant(context, key))) return null;
  return sides.slice(left?.kind === 'derivative' && tabled === null ? 1 : 0).every((side) => isOfOneNumber(context, side, key))
    ? { key, span: by.span }
    : null;
}

function variableOf(left: Expr): Expr | undefined {
  return left.kind === 'derivative' ? left.wrt[0]?.expr : undefined;
}

function argumentOf(left: Expr, context: Context): Expr | undefined {
  if (left.kind === 'call') return left.args.length === 1 && isEntrywiseHead(context, left) ? left.args[0] : undefined;
  if (left.kind !== 'derivative' || left.wrt.length !== 1) return undefined;
  const by = left.wrt[0]?.expr;
  const key = symbolKey(left.of.kind === 'call' ? left.of.head : left.of);
  const draft = key === null ? undefined : find(context, key);
  // `dφ(x)/dx` is about numbers; in `dφ(u)/dx` the x is what it is around it.
  const isOfAnother = left.of.kind === 'call' && (left.of.args.length !== 1 || !isSameName(left.of.args[0], by));
  return draft !== undefined && isOfNumber(draft) && !isOfAnother ? by : undefined;
}

function isSameName(a: Expr | undefined, b: Expr | undefined): boolean {
  const key = a === undefined ? null : symbolKey(a);
  return key !== null && b !== undefined && key === symbolKey(b);
}

function numberNamed({ key, span }: Letter, { scope, section, item, text }: Context): Draft {
  const id: SymbolId = `${key}#${scope.drafts.size}`;
  const draft: Draft = {
    ...blank({ id, key, section, since: item, span, text: text.slice(span.start, span.end), role: 'variable' }),
    declared: SCALAR,
  };
  scope.drafts.set(id, draft);
  return draft;
}

// ---- functions of one number

const ARITHMETIC: ReadonlySet<OpName> = new Set([
  ...([
    'add',
    'sub',
    'neg',
    'mul',
    'div',
    'pow',
    'hadamard',
    'hadamardDiv',
    'hadamardPow',
    'max',
    'min',
    'cases',
    'bars',
    'indicator',
  ] as const),
  ...(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'unequal', 'pi', 'euler'] as const),
]);

function isOfNumbers(op: OpName): boolean {
  return ARITHMETIC.has(op) || OPS[op].shape.kind === 'entrywise';
}

/** Whether an expression is made of a letter, numbers, and what works entry by entry. */
function isOfOneNumber(context: Context, expr: Expr, letter: string): boolean {
  const inside = (one: Expr): boolean => isOfOneNumber(context, one, letter);
  const key = symbolKey(expr);
  if (key === letter) return true;
  if (key !== null) return isNumberNamed(context, key);
  switch (expr.kind) {
    case 'number':
      return true;
    case 'apply':
      return isOfNumbers(expr.op) && expr.args.every(inside);
    case 'call':
      return isEntrywiseHead(context, expr) && expr.args.every(inside);
    case 'postfix':
      if (expr.mark.kind === 'power') return inside(expr.base) && inside(expr.mark.exponent);
      return expr.mark.kind === 'inverse' && inside(expr.base);
    case 'noted':
    case 'named':
      return inside(expr.body);
    default:
      return false;
  }
}

function isNumberNamed(context: Context, key: string): boolean {
  const draft = find(context, key);
  if (draft === undefined) return context.scope.dimensions.has(key) || functionNamed(key) === undefined;
  return draft.declared !== null && isScalar(draft.declared) && draft.family === null && draft.role === 'variable';
}

function isEntrywiseHead(context: Context, { head, args }: CallExpr): boolean {
  // `\tanh^2(x)`
  const isRaised = head.kind === 'postfix' && head.mark.kind === 'power' && head.mark.exponent.kind === 'number';
  const key = unprimedKey(isRaised ? head.base : head);
  if (key === null) return false;
  const draft = find(context, key);
  if (draft !== undefined) return isOfNumber(draft) && args.length === 1;
  const op = functionNamed(key);
  return op !== undefined && isOfNumbers(op) && (args.length === 1) === (op !== 'max' && op !== 'min');
}

/** `\phi : R -> R`. */
function isOfNumber({ from }: Draft): boolean {
  return from?.length === 1 && isScalar(from[0] as typeof SCALAR);
}

/** `σ` of `σ'`. */
function unprimedKey(head: Expr): string | null {
  return symbolKey(head.kind === 'postfix' && head.mark.kind === 'prime' ? head.base : head);
}

// ---- what a text says of functions

function callsIn(expr: Expr): readonly CallExpr[] {
  return withinExpr(expr).filter((one) => one.kind === 'call');
}

/** Whether a function is differentiated without an argument: `dφ/dx`. */
function differentiates(expr: Expr, key: string): boolean {
  return withinExpr(expr).some((one) => one.kind === 'derivative' && symbolKey(one.of) === key);
}
