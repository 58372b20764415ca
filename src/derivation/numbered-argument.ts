import { type CallTerm, type SymbolId, type SymbolTerm, type Term, termKey } from '../ops/term.ts';
import { type Context, symbolTerm } from './context.ts';
import { formOf } from './layout-shapes.ts';
import { type Draft, introduce } from './scope.ts';

/** What is differentiated, and by which part of it. */
interface Numbered {
  readonly of: Term;
  readonly by: Term;
}

/**
 * `∇_1 f(A x, B x)`, `∂_2 f(x, y)`, `D_1 f`: a number says by which argument. Each argument becomes a symbol of its own, so that
 * in `∂_1 f(x, x)`, and in `∂_1 f(x, y(x))`, the other one stays where it is. Of a function of one column `∂_2 f(x)` is by its
 * second entry. Null of anything else.
 */
export function byNumber(context: Context, of: Term, number: number): Numbered | null {
  const application = applicationOf(context, of);
  if (application === null || !Number.isInteger(number) || number < 1) return null;
  const { callee, args } = application;
  if (args.length === 1) return byEntry(context, of, args[0] as Term, number);
  if (number > args.length) return null;
  const named = args.map((arg, at) => itsOwn(context, arg, at));
  return { of: { kind: 'call', callee, order: 0, args: named, span: of.span }, by: named[number - 1] as Term };
}

/** A function, and what it is of. */
export interface Application {
  readonly callee: CallTerm['callee'];
  readonly args: readonly Term[];
}

/** `f(x, y)`, and `f` of a function that is defined so; null of anything else. */
export function applicationOf({ scope: { drafts } }: Context, of: Term): Application | null {
  const called = of.kind === 'call' && of.order === 0 && of.callee.kind === 'symbol' ? of.callee.id : of.kind === 'symbol' ? of.id : null;
  const draft = called === null ? undefined : drafts.get(called);
  if (draft === undefined) return null;
  const callee: CallTerm['callee'] = { kind: 'symbol', id: draft.id };
  return { callee, args: of.kind === 'call' ? of.args : ownArguments(draft).map((id) => symbolTerm(id, of.span)) };
}

function ownArguments({ open, params, definition }: Draft): readonly SymbolId[] {
  return open ?? definition?.params ?? params;
}

/** A symbol that stands for the argument at one place, and is called what is written there. */
export function itsOwn({ scope, section, item, text }: Context, body: Term, at: number): SymbolTerm {
  const draft = introduce(scope, `=${at}:${termKey(body)}`, section, item, body.span);
  draft.text = text.slice(body.span.start, body.span.end);
  draft.definition = { params: [], body, span: body.span };
  draft.definedAt = body.span;
  return symbolTerm(draft.id, body.span);
}

function byEntry({ scope: { drafts } }: Context, of: Term, arg: Term, number: number): Numbered | null {
  const declared = arg.kind === 'symbol' ? (drafts.get(arg.id)?.declared ?? null) : null;
  if (arg.kind !== 'symbol' || declared === null || formOf(declared) !== 'column') return null;
  const index: Term = { kind: 'number', value: number, span: of.span };
  return { of, by: { kind: 'entry', base: symbolTerm(arg.id, arg.span), selectors: [{ kind: 'at', index }], span: of.span } };
}
