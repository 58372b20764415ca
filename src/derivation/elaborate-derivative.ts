import type { SymbolId, Term, WrtTerm } from '../ops/term.ts';
import { termKey } from '../ops/term.ts';
import type { CallExpr, DerivativeExpr, Expr, Wrt } from '../syntax/ast.ts';
import { type Context, symbolTerm } from './context.ts';
import { elaborate } from './elaborate.ts';
import { callHead } from './elaborate-call.ts';
import { lookUp } from './scope.ts';

/** A derivative as factors: in `dL/dz (W a)` the brackets are one of their own, as `z` is no function. */
export function elaborateDerivative(context: Context, expr: DerivativeExpr): readonly Term[] {
  const { wrt, factor } = withoutTrailingFactor(context, expr.wrt);
  const of = elaborate(context, expr.of);
  const variables = wrt.length > 0 ? wrt.map((one) => elaborateVariable(context, one)) : impliedVariables(context, of, expr.order);
  if (variables.length === 0) return [{ kind: 'hole', parts: [of], span: expr.span }];
  const span = factor === null ? expr.span : { start: expr.span.start, end: factor.start };
  const form = expr.form === 'total' || expr.form === 'partial' ? 'derivative' : expr.form;
  const derivative: Term = { kind: 'derivative', form, of, wrt: variables, span };
  return factor === null ? [derivative] : [derivative, elaborate(context, factor.group)];
}

/** Brackets after the last variable are its arguments only where it is a function. */
function withoutTrailingFactor(context: Context, wrt: readonly Wrt[]): { readonly wrt: readonly Wrt[]; readonly factor: { readonly group: Expr; readonly start: number } | null } {
  const last = wrt.at(-1);
  if (last?.expr.kind !== 'call' || callHead(context, last.expr).kind !== 'product') return { wrt, factor: null };
  const call: CallExpr = last.expr;
  const group: Expr = { kind: 'matrix', rows: [call.args], span: call.argsSpan };
  const [only] = call.args;
  const factor = { group: only !== undefined && call.args.length === 1 ? { ...only, span: call.argsSpan } : group, start: call.head.span.end };
  return { wrt: [...wrt.slice(0, -1), { expr: call.head, transposed: last.transposed }], factor };
}

/** A variable; an expression that a definition names is that symbol: `dL/dσ(z)` where `a = σ(z)`. */
function elaborateVariable(context: Context, { expr, transposed }: Wrt): WrtTerm {
  const term = elaborate(context, expr);
  if (term.kind === 'symbol' || term.kind === 'entry') return { term, transposed };
  const named = (context.named.get(termKey(term)) ?? []).filter((draft) => lookUp(context.scope, draft.key, context.section, context.item) === draft);
  const draft = named.at(-1);
  return { term: draft === undefined ? term : symbolTerm(draft.id, term.span), transposed };
}

/** `∇f` and `∇² f(w)` do not say by what: the argument, or the only one the function has. */
function impliedVariables(context: Context, of: Term, order: number): readonly WrtTerm[] {
  const variable = impliedVariable(context, of);
  return variable === null ? [] : Array.from({ length: order }, () => ({ term: variable, transposed: false }));
}

function impliedVariable(context: Context, of: Term): Term | null {
  if (of.kind === 'call') return of.args.length === 1 ? (of.args[0] as Term) : null;
  if (of.kind !== 'symbol') return null;
  const draft = context.scope.drafts.get(of.id);
  const own: readonly SymbolId[] = draft?.open ?? draft?.params ?? [];
  return own.length === 1 ? symbolTerm(own[0] as SymbolId, of.span) : null;
}
