import { addTo } from '../base/lists-by-key.ts';
import { cover, type Span } from '../base/span.ts';
import type { CallTerm, SymbolId, Term, WrtTerm } from '../ops/term.ts';
import { termKey, walk } from '../ops/term.ts';
import { isScalar } from '../shape/shape.ts';
import type { CallExpr, DerivativeExpr, Expr, Mark, PostfixExpr, Wrt } from '../syntax/ast.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { ofDensity } from './conditional.ts';
import { type Context, draftNamed, find, isKnown, symbolTerm } from './context.ts';
import { elaborate, elaborateFactors } from './elaborate.ts';
import { callHead } from './elaborate-call.ts';
import { formOf } from './layout-shapes.ts';
import { byNumber } from './numbered-argument.ts';
import { type Draft, introduce, lookUp } from './scope.ts';
import { byEachVariable, byListed, ofListByList } from './several-variables.ts';

/** A derivative as factors: in `dL/dz (W a)` the brackets are one of their own, as `z` is no function. */
export function elaborateDerivative(context: Context, expr: DerivativeExpr): readonly Term[] {
  const inside = transposedOutside(context, expr);
  if (inside !== null) return [{ kind: 'apply', op: 'transpose', args: [elaborate(context, inside)], span: expr.span }];
  const number = expr.order === 1 && expr.wrt.length === 1 ? numberIn(expr.wrt[0]?.expr) : null;
  if (number !== null) return [derivativeByNumber(context, expr, number)];
  const { wrt, factor } = withoutTrailingFactor(context, expr.wrt);
  const of = wrt.length > 0 ? elaborate(context, expr.of) : atValue(context, elaborate(context, expr.of));
  const variables = wrt.length > 0 ? wrt.map((one) => elaborateVariable(context, one)) : impliedVariables(context, of, expr.order);
  const value = atEntriesOf(context, of, variables);
  const by = wrt.length === 1 && wrt[0]?.expr.kind === 'matrix' ? elaborate(context, wrt[0].expr) : null;
  const listed = by === null ? null : (ofListByList(context, of, by, expr.span) ?? byListed(context, of, by, expr.span));
  if (listed !== null) return [listed];
  if (variables.length === 0)
    return [byEachVariable(context, of, expr.form, expr.order, expr.span) ?? { kind: 'hole', parts: [of], span: expr.span }];
  if (expr.form === 'gradient') rememberVariable(context, of, variables);
  const span = factor === null ? expr.span : { start: expr.span.start, end: factor.start };
  const form = expr.form === 'total' || expr.form === 'partial' ? 'derivative' : expr.form;
  const derivative: Term = { kind: 'derivative', form, ...ofDensity(context, expr.of, { of: value, wrt: variables }), span };
  return factor === null ? [derivative] : [derivative, elaborate(context, factor.group)];
}

function numberIn(expr: Expr | undefined): number | null {
  return expr?.kind === 'number' ? expr.value : null;
}

/** `∇_1 f(A x, B x)`, `∂_1 f(x, y)`: what a number counts that is no argument is not understood. */
function derivativeByNumber(context: Context, { form, of, span }: DerivativeExpr, number: number): Term {
  const value = elaborate(context, of);
  const numbered = byNumber(context, value, number);
  if (numbered === null) return { kind: 'hole', parts: [value], span };
  const written = form === 'total' || form === 'partial' ? 'derivative' : form;
  return { kind: 'derivative', form: written, of: numbered.of, wrt: [{ term: numbered.by, transposed: false }], span };
}

/** `∂f/∂x_1` and `∂g_2/∂x_1` of declared functions of such columns as x is are of their values at x. */
function atEntriesOf({ scope: { drafts } }: Context, of: Term, variables: readonly WrtTerm[]): Term {
  const bases = variables.map(({ term }) => (term.kind === 'entry' && term.base.kind === 'symbol' ? term.base : null));
  const [base] = bases;
  const called = of.kind === 'entry' ? of.base : of;
  const from = called.kind === 'symbol' ? (drafts.get(called.id)?.from ?? []) : [];
  const declared = base == null ? null : (drafts.get(base.id)?.declared ?? null);
  if (called.kind !== 'symbol' || base == null || declared === null || from.length !== 1 || bases.some((one) => one?.id !== base.id))
    return of;
  if (from[0]?.rows.key !== declared.rows.key || from[0].cols.key !== declared.cols.key) return of;
  const call: Term = { kind: 'call', callee: { kind: 'symbol', id: called.id }, order: 0, args: [base], span: called.span };
  return of.kind === 'entry' ? { ...of, base: call } : call;
}

/** `∇f^⊤` of a function is the gradient transposed; of a declared vector it is the gradient of what begins with `b^⊤`. */
function transposedOutside(context: Context, { of, ...expr }: DerivativeExpr): DerivativeExpr | null {
  if (expr.form !== 'gradient' || of.kind !== 'postfix' || of.mark.kind !== 'transpose' || of.base.kind !== 'name') return null;
  const declared = draftNamed(context, of.base)?.declared;
  return declared == null || isScalar(declared) ? { ...expr, of: of.base, span: { ...expr.span, end: of.base.span.end } } : null;
}

/** Brackets after the last variable are its arguments only where it is a function. */
function withoutTrailingFactor(
  context: Context,
  wrt: readonly Wrt[],
): { readonly wrt: readonly Wrt[]; readonly factor: { readonly group: Expr; readonly start: number } | null } {
  const last = wrt.at(-1);
  if (last?.expr.kind !== 'call' || callHead(context, last.expr).kind !== 'product') return { wrt, factor: null };
  const call: CallExpr = last.expr;
  const group: Expr = { kind: 'matrix', rows: [call.args], span: call.argsSpan };
  const [only] = call.args;
  const factor = {
    group: only !== undefined && call.args.length === 1 ? { ...only, span: call.argsSpan } : group,
    start: call.head.span.end,
  };
  return { wrt: [...wrt.slice(0, -1), { expr: call.head, transposed: last.transposed }], factor };
}

/** A variable; an expression that a definition names is that symbol: `dL/dσ(z)` where `a = σ(z)`. */
function elaborateVariable(context: Context, { expr, transposed, primed }: Wrt): WrtTerm {
  const whole = primed === undefined ? undefined : draftNamed(context, primed);
  if (primed !== undefined && whole?.implicit === false) return { term: symbolTerm(whole.id, primed.span), transposed: false };
  const term = elaborate(context, expr);
  if (term.kind === 'symbol' || term.kind === 'entry') return { term, transposed };
  const draft = definitionNaming(context, term);
  return { term: draft === undefined ? term : symbolTerm(draft.id, term.span), transposed };
}

/** The symbol in scope that is defined as the term. */
function definitionNaming({ named, scope, section, item }: Context, term: Term): Draft | undefined {
  return named.get(termKey(term))?.findLast((draft) => lookUp(scope, draft.key, section, item) === draft);
}

/** `∇ℓ(f(x))` is the gradient of ℓ at the value `f(x)`, which becomes a symbol where no definition has named it. */
function atValue(context: Context, of: Term): Term {
  const [arg] = of.kind === 'call' && of.order === 0 ? of.args : [];
  if (of.kind !== 'call' || arg === undefined || of.args.length > 1 || arg.kind === 'symbol' || arg.kind === 'entry') return of;
  const draft = definitionNaming(context, arg) ?? nameless(context, arg);
  return { ...of, args: [symbolTerm(draft.id, arg.span)] };
}

function nameless(context: Context, body: Term): Draft {
  const { scope, section, item, named } = context;
  const draft = introduce(scope, `=${termKey(body)}`, section, item, body.span);
  draft.text = context.text.slice(body.span.start, body.span.end);
  draft.definition = { params: [], body, span: body.span };
  draft.definedAt = body.span;
  addTo(named, termKey(body), draft);
  return draft;
}

/**
 * `∇f` and `∇² f(w)` do not say by what: the argument, the only one the function has, or the only column in its definition that is as
 * long as the gradient. A Hessian is by what the gradient before it was by.
 */
function impliedVariables(context: Context, of: Term, order: number): readonly WrtTerm[] {
  const before = of.kind === 'symbol' && order > 1 ? context.scope.drafts.get(of.id)?.gradientBy : null;
  const implied = () => impliedVariable(context, of) ?? claimedBy(context, of) ?? customaryVariable(context, of);
  const variable = before == null ? implied() : symbolTerm(before, of.span);
  return variable === null ? [] : Array.from({ length: order }, () => ({ term: variable, transposed: false }));
}

/** In `∇f(x) = ∇ ½ ‖A x - b‖²` the second is by what the first is by. */
function claimedBy({ by }: Context, { span }: Term): Term | null {
  return by?.kind === 'symbol' ? symbolTerm(by.id, span) : null;
}

/** In a text whose gradients are all by x where they say it, those that do not say it are by x too. */
function customaryVariable(context: Context, of: Term): Term | null {
  const by = context.gradientsBy();
  const draft = by === null ? undefined : find(context, by);
  return draft !== undefined && [...walk(of)].some((one) => one.kind === 'symbol' && one.id === draft.id)
    ? symbolTerm(draft.id, of.span)
    : null;
}

function rememberVariable({ scope }: Context, of: Term, [variable, ...more]: readonly WrtTerm[]): void {
  const draft = of.kind === 'symbol' ? scope.drafts.get(of.id) : undefined;
  if (draft !== undefined && variable?.term.kind === 'symbol' && more.length === 0) draft.gradientBy = variable.term.id;
}

function impliedVariable(context: Context, of: Term): Term | null {
  if (of.kind === 'call') return of.args.length === 1 ? (of.args[0] as Term) : null;
  const shared = of.kind === 'symbol' ? null : sharedArgument(context, of);
  if (shared !== null) return shared;
  const draft = of.kind === 'symbol' ? context.scope.drafts.get(of.id) : undefined;
  const own: readonly SymbolId[] = draft?.open ?? draft?.params ?? [];
  const variables = own.length > 0 ? own : ofClaimedShape(context, variablesUnder(context, draft?.definition?.body ?? of));
  return variables.length === 1 ? symbolTerm(variables[0] as SymbolId, of.span) : null;
}

/** The one letter that all functions in a term are of: u in `\log ρ(u)`, which is read as (log ρ)(u). */
function sharedArgument({ scope: { drafts } }: Context, of: Term): Term | null {
  const letters = [...walk(of)].flatMap((one): readonly (SymbolId | null)[] => {
    if (one.kind === 'call') return one.args.map((arg) => (arg.kind === 'symbol' ? arg.id : null));
    return one.kind === 'symbol' ? (drafts.get(one.id)?.params ?? []) : [];
  });
  const [first] = letters;
  return first != null && letters.every((id) => id === first) ? symbolTerm(first, of.span) : null;
}

/** Of several columns the one that is as long as what the gradient is said to be. */
function ofClaimedShape({ scope: { drafts }, gradient }: Context, columns: readonly SymbolId[]): readonly SymbolId[] {
  if (columns.length < 2 || gradient == null) return columns;
  return columns.filter((id) => drafts.get(id)?.declared?.rows.key === gradient.rows.key);
}

/** The declared columns that a term leads down to, or where there are none, the matrices. */
function variablesUnder({ scope: { drafts } }: Context, term: Term): readonly SymbolId[] {
  const found = new Set(symbolsIn(term));
  for (const id of found) for (const next of symbolsIn(drafts.get(id)?.definition?.body ?? null)) found.add(next);
  const declaredAs = (form: 'column' | 'matrix') =>
    [...found].filter((id) => {
      const draft = drafts.get(id);
      return draft?.definition === null && draft.declared !== null && formOf(draft.declared) === form;
    });
  const columns = declaredAs('column');
  return columns.length > 0 ? columns : declaredAs('matrix');
}

function symbolsIn(term: Term | null): readonly SymbolId[] {
  return term === null ? [] : [...walk(term)].flatMap((one) => (one.kind === 'symbol' ? [one.id] : []));
}

// ---- operators written as letters

/** Letters that are operators where nothing declares or defines them. */
export const OPERATORS: ReadonlyMap<string, 'jacobian' | 'hessian'> = new Map([
  ['J', 'jacobian'],
  ['bold:J', 'jacobian'],
  ['rm:J', 'jacobian'],
  ['D', 'jacobian'],
  ['rm:D', 'jacobian'],
  ['sf:D', 'jacobian'],
  ['H', 'hessian'],
  ['bold:H', 'hessian'],
  ['rm:H', 'hessian'],
  ['sf:H', 'hessian'],
]);

/** The operator a reserved letter stands for while nobody declares or defines the letter. */
function operatorNamed(context: Context, name: string): 'jacobian' | 'hessian' | undefined {
  const isSize = context.dividesBySize === true && context.scope.dimensions.has(name);
  return isSize || isKnown(context, name) ? undefined : OPERATORS.get(name);
}

/** `D f(x)`, `D_x f`: the Jacobian of the factor that follows; a `D_a` that the text declares or defines is a factor itself. */
export function elaborateOperatorD(context: Context, sign: Expr, operand: Expr): readonly Term[] | null {
  const marked = sign.kind === 'postfix' && sign.mark.kind === 'sub' && sign.mark.items.length === 1;
  const letter = marked ? sign.base : sign;
  if (letter.kind !== 'name' || !/D$/.test(letter.name) || operatorNamed(context, letter.name) === undefined) return null;
  const whole = marked ? draftNamed(context, sign) : undefined;
  if ((whole !== undefined && !whole.implicit) || isMember(context, sign)) return null;
  if (operand.kind === 'postfix' && operand.mark.kind === 'transpose') return transposedJacobian(context, sign, operand);
  const [of, ...rest] = elaborateFactors(context, operand);
  const below = marked ? ((sign.mark as Mark & { kind: 'sub' }).items[0] as Expr) : undefined;
  const number = numberIn(below);
  if (number !== null && of !== undefined) return jacobianByNumber(context, of, number, cover(sign.span, of.span), rest);
  const span = { start: sign.span.start, end: (of as Term).span.end };
  const by = below !== undefined ? elaborate(context, below) : impliedVariable(context, of as Term);
  const byEach = by === null ? byEachVariable(context, of as Term, 'jacobian', 1, span) : null;
  if (byEach !== null) return [byEach, ...rest];
  if (by === null) return null;
  const jacobian: Term = jacobianAt(context, of as Term, span) ?? {
    kind: 'derivative',
    form: 'jacobian',
    of: of as Term,
    wrt: [{ term: by, transposed: false }],
    span,
  };
  const [direction, ...others] = rest;
  return direction === undefined || others.length > 0 ? [jacobian, ...rest] : alongDirection(operand, [jacobian], direction);
}

/** `\mathsf H \phi(x)`: the Hessian of the function that follows, where the letter is upright; `H f` is a product. */
export function elaborateOperatorH(context: Context, sign: Expr, operand: Expr): readonly Term[] | null {
  if (sign.kind !== 'name' || !/^(?:rm|sf):H$/.test(sign.name) || operatorNamed(context, sign.name) === undefined) return null;
  const [of, ...rest] = elaborateFactors(context, operand);
  const by = impliedVariable(context, of as Term);
  if (by === null) return null;
  const span = { start: sign.span.start, end: (of as Term).span.end };
  const wrt = [by, { ...by }].map((term) => ({ term, transposed: false }));
  return [{ kind: 'derivative', form: 'hessian', of: of as Term, wrt, span }, ...rest];
}

/** The `D_t` of a text that has defined `D_1` and `D_2`. */
function isMember({ scope: { drafts } }: Context, sign: Expr): boolean {
  const [below] = sign.kind === 'postfix' && sign.mark.kind === 'sub' ? sign.mark.items : [];
  const key = below?.kind === 'name' && sign.kind === 'postfix' ? symbolKey(sign.base) : null;
  return (
    key !== null && [...drafts.values()].some((draft) => !draft.implicit && draft.key.startsWith(`${key}_`) && /_\d+$/.test(draft.key))
  );
}

/** `D_1 f(u, v)`: the Jacobian by an argument; before anything that is no function, `D_1 x`, the letter is one of its own. */
function jacobianByNumber(context: Context, of: Term, number: number, span: Span, rest: readonly Term[]): readonly Term[] | null {
  const numbered = byNumber(context, of, number);
  if (numbered === null) return null;
  return [{ kind: 'derivative', form: 'jacobian', of: numbered.of, wrt: [{ term: numbered.by, transposed: false }], span }, ...rest];
}

/** `J_g(f(x))`, `Dg(A x)` of a declared function of columns: its Jacobian at a value that has no name, which is `g'` there. */
function jacobianAt(context: Context, of: Term, span: Span): Term | null {
  if (of.kind !== 'call' || of.callee.kind !== 'symbol' || of.order > 0 || of.args.length !== 1 || of.args[0]?.kind === 'symbol')
    return null;
  const declared = context.scope.drafts.get(of.callee.id)?.declared;
  return declared == null || formOf(declared) !== 'column' ? null : { ...of, order: 1, span };
}

/** `D f(x)[h]` and `f'(x)[h]` are how f changes along a direction of x; any other factors before brackets are factors of a product. */
export function alongDirection(written: Expr, factors: readonly Term[], inBrackets: Term): readonly Term[] {
  const [map, ...others] = factors;
  const isSquare = written.kind === 'call' && written.bracket === '[' && others.length === 0;
  const jacobian = !isSquare || map === undefined ? null : map.kind === 'call' ? jacobianOf(map) : map;
  const variable = jacobian?.kind === 'derivative' && jacobian.form === 'jacobian' ? jacobian.wrt[0]?.term : undefined;
  if (jacobian?.kind !== 'derivative' || variable?.kind !== 'symbol') return [...factors, inBrackets];
  const span = { start: jacobian.span.start, end: Math.max(written.span.end, inBrackets.span.end) };
  return [{ kind: 'differential', of: jacobian.of, along: { by: variable.id, direction: inBrackets }, span }];
}

/** `f'(x)` of one argument, as the derivative by it. */
function jacobianOf(call: CallTerm): Term | null {
  const [arg] = call.args;
  if (call.order !== 1 || call.args.length !== 1 || arg === undefined) return null;
  const variable = { ...arg, span: { start: arg.span.start, end: arg.span.start } };
  return { kind: 'derivative', form: 'jacobian', of: { ...call, order: 0 }, wrt: [{ term: variable, transposed: false }], span: call.span };
}

/** `Df(x)^T` is the transpose of the Jacobian, not the Jacobian of a transpose. */
function transposedJacobian(context: Context, sign: Expr, { base, span }: PostfixExpr): readonly Term[] | null {
  const [jacobian, ...rest] = elaborateOperatorD(context, sign, base) ?? [];
  if (jacobian === undefined || rest.length > 0) return null;
  return [{ kind: 'apply', op: 'transpose', args: [jacobian], span: { start: sign.span.start, end: span.end } }];
}

/** `J_f`, `J_f(x)`, `H_f`: the letter below says of what, the brackets where. */
export function elaborateLetterOperator(context: Context, expr: PostfixExpr, args: readonly Expr[], span: Span): Term | null {
  if (expr.base.kind !== 'name' || expr.mark.kind !== 'sub' || expr.mark.items.length !== 1) return null;
  const form = operatorNamed(context, expr.base.name);
  const function_ = expr.mark.items[0] as Expr;
  const draft = draftNamed(context, function_);
  if (form === undefined || draft === undefined || draft.implicit || draft.role === 'index') return null;
  const [arg] = args;
  const of: Expr = arg === undefined ? function_ : { kind: 'call', head: function_, args, bracket: '(', argsSpan: arg.span, span };
  const term = elaborate(context, of);
  const there = form === 'jacobian' ? jacobianAt(context, term, span) : null;
  if (there !== null) return there;
  const order = form === 'hessian' ? 2 : 1;
  const byEach = args.length === 1 ? null : byEachVariable(context, term, form, order, span);
  if (byEach !== null) return byEach;
  const variable = arg === undefined ? impliedVariable(context, term) : elaborate(context, arg);
  if (variable === null) return null;
  const wrt = Array.from({ length: order }, () => ({ term: variable, transposed: false }));
  return { kind: 'derivative', form, of: term, wrt, span };
}
