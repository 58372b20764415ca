import type { Span } from '../base/span.ts';
import { OPS } from '../ops/table.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { ONE } from '../shape/dimension.ts';
import { isScalar, isWide } from '../shape/shape.ts';
import type { CallExpr, Expr, Mark } from '../syntax/ast.ts';
import { partsOf } from '../syntax/depth.ts';
import { unstyled } from '../syntax/name.ts';
import { functionNamed, type OpName } from '../syntax/notation.ts';
import { baseKey, symbolKey } from '../syntax/symbol-key.ts';
import { type Context, draftNamed, isKnown, symbolTerm } from './context.ts';
import { isVectorOfThree } from './cross-product.ts';
import { elaborate, elaborateFactors, elaborateStacked, isDifferentialSign } from './elaborate.ts';
import { alongDirection, elaborateLetterOperator } from './elaborate-derivative.ts';
import { isOfBrackets } from './letters-before-brackets.ts';
import type { Draft } from './scope.ts';

/** What stands before brackets: a function with the primes and powers it carries, or a factor. */
export type CallHead =
  | { readonly kind: 'op'; readonly op: OpName; readonly order: number; readonly powers: readonly (Mark & { kind: 'power' })[] }
  | { readonly kind: 'function'; readonly draft: Draft; readonly order: number; readonly powers: readonly (Mark & { kind: 'power' })[] }
  | { readonly kind: 'sized'; readonly op: OpName; readonly sizes: readonly Expr[] }
  | { readonly kind: 'filled'; readonly entry: Expr }
  | { readonly kind: 'expectation' }
  | { readonly kind: 'derivative'; readonly form: 'gradient' | 'jacobian' | 'hessian' }
  | { readonly kind: 'differential' }
  | { readonly kind: 'product' }
  | { readonly kind: 'opaque' };

export function callHead(context: Context, call: CallExpr): CallHead {
  const powers: (Mark & { kind: 'power' })[] = [];
  let head = call.head;
  let order = 0;
  while (
    head.kind === 'postfix' &&
    (head.mark.kind === 'prime' || head.mark.kind === 'power') &&
    !isFunctionDraft(draftNamed(context, head))
  ) {
    if (head.mark.kind === 'prime') order += head.mark.count;
    else powers.push(head.mark);
    head = head.base;
  }
  return inverseFunction(head) ?? resolveHead(context, call, head, order, powers);
}

/** `\sin^{-1} x` is the angle, and not `1 / \sin x`. */
const INVERSES: ReadonlyMap<string, OpName> = new Map([
  ['sin', 'asin'],
  ['cos', 'acos'],
  ['tan', 'atan'],
]);

function inverseFunction(head: Expr): CallHead | null {
  const name = head.kind === 'postfix' && head.mark.kind === 'inverse' && head.base.kind === 'name' ? head.base.name : '';
  const op = INVERSES.get(name);
  return op === undefined ? null : { kind: 'op', op, order: 0, powers: [] };
}

function resolveHead(context: Context, call: CallExpr, head: Expr, order: number, powers: readonly (Mark & { kind: 'power' })[]): CallHead {
  const last = draftNamed(context, head);
  const draft = last === undefined ? undefined : (versionOfArity(context, last, call) ?? last);
  if (draft !== undefined && !draft.implicit) {
    if (isOfAnotherArity(context, draft, call) && !(order === 0 && leavesOut(context, draft, call))) return { kind: 'opaque' };
    const applies = (isFunctionDraft(draft) && !isFactorBefore(context, draft, call)) || dependsOnArguments(context, draft, call);
    if (applies) return { kind: 'function', draft, order, powers };
    return call.args.length > 1 && context.origin !== 'plain' ? { kind: 'opaque' } : { kind: 'product' };
  }
  const key = symbolKey(head);
  const name = key === null ? null : unstyled(key);
  if (isDifferentialSign(context, head) && call.args.length === 1) return { kind: 'differential' };
  const form = name === null || call.args.length !== 2 ? undefined : DERIVATIVE_FUNCTIONS.get(name);
  if (form !== undefined) return { kind: 'derivative', form };
  const sized = name === null ? undefined : SIZED.get(name);
  if (sized !== undefined) return { kind: 'sized', op: sized, sizes: call.args };
  if (name === 'vector' && call.args.length === 1) return filledWith(call.args[0] as Expr);
  const letter = baseKey(head);
  if (call.bracket === '[' && letter !== null && unstyled(letter) === 'E' && !isKnown(context, letter)) return { kind: 'expectation' };
  const op =
    name === null
      ? undefined
      : (functionNamed(name) ?? SPECTRAL.get(name) ?? calledOperator(name, call.args.length) ?? crossOperator(context, name, call.args));
  if (op === 'indicator' && name === '1' && context.origin !== 'plain') return { kind: 'product' };
  // `cos(x, y)` is no function of one number.
  if (op !== undefined && call.args.length > 1 && OPS[op].shape.kind === 'entrywise') return { kind: 'opaque' };
  if (op !== undefined) return { kind: 'op', op, order, powers };
  return name === 'e' && powers.length > 0 ? { kind: 'product' } : opaqueOrProduct(context, call, head, name);
}

/** `grad(f, x)`, `jac(y, x)`, `hess(f, x)`. */
export const DERIVATIVE_FUNCTIONS: ReadonlyMap<string, 'gradient' | 'jacobian' | 'hessian'> = new Map([
  ['grad', 'gradient'],
  ['jac', 'jacobian'],
  ['hess', 'hessian'],
]);

const SIZED: ReadonlyMap<string, OpName> = new Map([
  ['ones', 'ones'],
  ['zeros', 'zeros'],
  ['eye', 'identity'],
  ['I', 'identity'],
]);

/** `vector(1)`, `vector(0)`, `vector(a)`: a column of one number, as long as what it stands beside. */
function filledWith(entry: Expr): CallHead {
  const op = entry.kind !== 'number' ? undefined : entry.value === 1 ? 'ones' : entry.value === 0 ? 'zeros' : undefined;
  return op === undefined ? { kind: 'filled', entry } : { kind: 'sized', op, sizes: [] };
}

/** Operators that have a sign, by the name that they have as functions, and how many operands they take. */
const CALLED: ReadonlyMap<string, readonly [op: OpName, operands: number]> = new Map([
  ['kron', ['kron', 2]],
  ['pinv', ['pinv', 1]],
  ['inv', ['inverse', 1]],
  ['norm', ['norm', 1]],
  ['norm1', ['norm1', 1]],
  ['norm2', ['norm2', 1]],
  ['normF', ['normF', 1]],
  ['transpose', ['transpose', 1]],
  ['dot', ['dot', 2]],
]);

/** Names of the matrix that a cross product with a vector of length 3 is. */
const CROSS: ReadonlySet<string> = new Set(['skew', 'crossmap', 'hatmap']);

function crossOperator(context: Context, name: string, args: readonly Expr[]): OpName | undefined {
  const [only, ...more] = CROSS.has(name) ? args : [];
  return only !== undefined && more.length === 0 && isVectorOfThree(context, elaborate(context, only)) ? 'skew' : undefined;
}

function calledOperator(name: string, count: number): OpName | undefined {
  const [op, operands] = CALLED.get(name) ?? [];
  return operands === count ? op : undefined;
}

const SPECTRAL: ReadonlyMap<string, OpName> = new Map([
  ['λ_max', 'lambdaMax'],
  ['λ_min', 'lambdaMin'],
]);

/** In Markdown and LaTeX an unknown letter before brackets is an unknown function. */
function opaqueOrProduct(context: Context, call: CallExpr, head: Expr, name: string | null): CallHead {
  if (context.origin !== 'plain' && (call.args.length > 1 || isEntryOfFunction(context, head))) return { kind: 'opaque' };
  if (context.origin === 'plain' || name === null || head.kind === 'postfix' || context.bound.has(name)) return { kind: 'product' };
  const isInBrackets = call.args.length === 1 && isOfBrackets(call.args[0] as Expr);
  return isInBrackets && (MULTIPLIERS.has(name) || context.factors().has(name)) ? { kind: 'product' } : { kind: 'opaque' };
}

/** `A_{ij}(t)` of an `A(t)`. */
function isEntryOfFunction(context: Context, head: Expr): boolean {
  return head.kind === 'postfix' && head.mark.kind === 'sub' && isFunctionDraft(draftNamed(context, head.base));
}

/** Letters that texts weigh terms with: `λ(\mathbf 1^\top w - 1)` of a constraint is a product. */
const MULTIPLIERS: ReadonlySet<string> = new Set(['λ', 'μ', 'ν', 'α', 'β', 'γ', 'η', 'ρ']);

function isFunctionDraft(draft: Draft | undefined): boolean {
  return draft !== undefined && !draft.implicit && (draft.role === 'function' || draft.params.length > 0 || draft.open !== null);
}

/** `G (F + N)` of a matrix that is said to depend on t: in the brackets stands nothing that it depends on. */
function isFactorBefore({ scope, origin }: Context, { open, from, declared }: Draft, { args }: CallExpr): boolean {
  const [only, ...more] = args;
  if (origin === 'plain' || open === null || from !== null || declared === null || isScalar(declared)) return false;
  if (only === undefined || more.length > 0 || !isOfBrackets(only)) return false;
  const letters = new Set(open.map((id) => unstyled(scope.drafts.get(id)?.key ?? '')));
  return !isMadeOf(only, letters);
}

/** Whether letters stand in an expression, and not only below what it differentiates. */
function isMadeOf(expr: Expr, letters: ReadonlySet<string>): boolean {
  const parts = expr.kind === 'derivative' ? [expr.of] : partsOf(expr);
  return letters.has(unstyled(symbolKey(expr) ?? '')) || parts.some((part) => isMadeOf(part, letters));
}

/** `h(i, x)` beside `h(x) = \sum_i h(i, x)`: texts call by one letter what takes one argument and what takes two. */
function isOfAnotherArity({ origin }: Context, { open, params, from }: Draft, { args }: CallExpr): boolean {
  const own = open ?? params;
  return origin !== 'plain' && from === null && own.length > 0 && own.length !== args.length;
}

/** Of `\ell(\mu, \Lambda) = …` and then `\ell(\Lambda) = …` the one that takes so many arguments; null where the last one does, or none. */
function versionOfArity({ scope, item, origin }: Context, last: Draft, { args }: CallExpr): Draft | null {
  if (origin === 'plain' || last.params.length === 0 || last.params.length === args.length) return null;
  const versions = scope.sections[last.section]?.symbols.get(last.key) ?? [];
  return versions.findLast(({ since, params }) => since <= item && params.length === args.length) ?? null;
}

/** `L(w)` after `L(w, b) = …`: what is not named stays what it is. An index that is left out says that another function is meant. */
function leavesOut(context: Context, { params, open }: Draft, { args }: CallExpr): boolean {
  if (open !== null || args.length >= params.length || args.length === 0) return false;
  const named = args.map((arg) => draftNamed(context, arg)?.id);
  const others = params.filter((id) => !named.includes(id)).flatMap((id) => context.scope.drafts.get(id) ?? []);
  return (
    named.every((id) => id !== undefined && params.includes(id)) &&
    others.every(({ declared, definition }) => declared !== null || definition !== null)
  );
}

/** `r_i(x)` of an open `r : \mathbb R^n \to \mathbb R^m` is the i-th entry of `r(x)`. */
function entryOfValue(context: Context, call: CallExpr): Expr | null {
  const { head, span } = call;
  // `r_i^2(x)` is the square of `r_i(x)`.
  if (head.kind === 'postfix' && head.mark.kind === 'power') {
    const base = entryOfValue(context, { ...call, head: head.base });
    return base === null ? null : { kind: 'postfix', base, mark: head.mark, span };
  }
  if (head.kind !== 'postfix' || head.mark.kind !== 'sub' || head.mark.items.length !== 1) return null;
  const draft = draftNamed(context, head.base);
  const isColumn = draft?.declared != null && isWide(draft.declared.rows) && draft.declared.cols.key === ONE.key;
  if (!isColumn || draft.from === null || !isFunctionDraft(draft) || draftNamed(context, head) !== undefined) return null;
  return { kind: 'postfix', base: { ...call, head: head.base }, mark: head.mark, span };
}

/** `L(w)` of a symbol that is defined without parameters: an application where `w` leads to it; a `δ` that is a derivative is a factor. */
function dependsOnArguments(context: Context, draft: Draft, call: CallExpr): boolean {
  if (draft.definition === null || draft.definition.body.kind === 'derivative' || call.args.length === 0) return false;
  const args = call.args.map((arg) => draftNamed(context, arg));
  return args.every((arg) => arg !== undefined && occursIn(context, draft, arg, new Set()));
}

function occursIn(context: Context, draft: Draft, wanted: Draft, seen: Set<string>): boolean {
  if (draft.open?.includes(wanted.id) === true) return true;
  if (draft.definition === null || seen.has(draft.id)) return false;
  seen.add(draft.id);
  const used = [...walk(draft.definition.body)].flatMap((term) => (term.kind === 'symbol' ? [term.id] : []));
  return used.some((id) => id === wanted.id || occursIn(context, context.scope.drafts.get(id) as Draft, wanted, seen));
}

/** Brackets after a name, as factors: an application is one, a product is two. */
export function elaborateCall(context: Context, call: CallExpr): readonly Term[] {
  const operator = call.head.kind === 'postfix' ? elaborateLetterOperator(context, call.head, call.args, call.span) : null;
  if (operator !== null) return [operator];
  const whole = entryOfValue(context, call);
  if (whole !== null) return [elaborate(context, whole)];
  const head = callHead(context, call);
  switch (head.kind) {
    case 'expectation': {
      const body = elaborate(context, group(call));
      return [{ kind: 'binder', binder: 'expectation', indices: [], from: null, to: null, comparison: null, body, span: call.span }];
    }
    case 'derivative':
      return [derivativeFunction(context, call, head.form)];
    case 'differential':
      return [{ kind: 'differential', of: elaborate(context, group(call)), span: call.span }];
    case 'product':
      return alongDirection(call, elaborateFactors(context, call.head), elaborate(context, group(call)));
    case 'opaque':
      return [{ kind: 'hole', parts: call.args.map((arg) => elaborate(context, arg)), span: call.span }];
    case 'sized':
      return [{ kind: 'apply', op: head.op, args: head.sizes.map((arg) => elaborate(context, arg)), span: call.span }];
    case 'filled':
      return [elaborate(context, head.entry), { kind: 'apply', op: 'ones', args: [], span: call.span }];
    case 'op':
      return [raised(context, head.powers, applyOperator(context, call, head.op, head.order), call.span)];
    case 'function':
      return [raised(context, head.powers, applyFunction(context, call, head.draft, head.order), call.span)];
  }
}

function derivativeFunction(context: Context, call: CallExpr, form: 'gradient' | 'jacobian' | 'hessian'): Term {
  const [of, by] = call.args.map((arg) => elaborate(context, arg)) as [Term, Term];
  const wrt = Array.from({ length: form === 'hessian' ? 2 : 1 }, () => ({ term: by, transposed: false }));
  return { kind: 'derivative', form, of, wrt, span: call.span };
}

function group(call: CallExpr): Expr {
  const [only] = call.args;
  if (only === undefined) return { kind: 'hole', parts: [], span: call.argsSpan };
  return call.args.length === 1 ? { ...only, span: call.argsSpan } : { kind: 'matrix', rows: [call.args], span: call.argsSpan };
}

/** `exp()`, as it stands while `exp(x)` is being typed, is nothing yet. */
function applyOperator(context: Context, call: CallExpr, op: OpName, order: number): Term {
  if (call.args.length === 0) return { kind: 'hole', parts: [], span: call.span };
  const args = call.args.map((arg) => elaborateStacked(context, op, arg));
  if (order > 0) return { kind: 'call', callee: { kind: 'op', op }, order, args, span: call.span };
  return { kind: 'apply', op, args, span: call.span };
}

/** `L(z)` of an `L` declared to depend on `z`, `f(z)` of an `f` defined with the parameter `z`: the symbol itself. */
function applyFunction(context: Context, call: CallExpr, draft: Draft, order: number): Term {
  const args = call.args.map((arg) => elaborate(context, arg));
  const own = draft.open ?? draft.params;
  const isOwn = own.length === args.length ? (id: SymbolId, at: number) => id === own[at] : (id: SymbolId) => own.includes(id);
  const isSelf = order === 0 && args.length <= own.length && args.every((arg, at) => arg.kind === 'symbol' && isOwn(arg.id, at));
  const plain = order === 0 && draft.role === 'variable' && own.length === 0;
  if (isSelf || plain) return symbolTerm(draft.id, call.span);
  // `f''(s)` after `f = s^3`: there is nothing else that the argument could be put in for.
  const [by] = args;
  if (by?.kind === 'symbol' && args.length === 1 && draft.role === 'variable' && own.length === 0) {
    const wrt = Array.from({ length: order }, () => ({ term: by, transposed: false }));
    return { kind: 'derivative', form: 'derivative', of: symbolTerm(draft.id, call.span), wrt, span: call.span };
  }
  return { kind: 'call', callee: { kind: 'symbol', id: draft.id }, order, args, span: call.span };
}

/** `sin^2(x)`: the power of the value, entry by entry. */
function raised(context: Context, powers: readonly (Mark & { kind: 'power' })[], value: Term, span: Span): Term {
  return powers.reduce<Term>(
    (base, power) => ({ kind: 'apply', op: 'hadamardPow', args: [base, elaborate(context, power.exponent)], span }),
    value,
  );
}
