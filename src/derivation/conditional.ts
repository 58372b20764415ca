import { replaced } from '../ops/rewrite.ts';
import { type SymbolTerm, type Term, type WrtTerm, walk } from '../ops/term.ts';
import type { CallExpr, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Context } from './context.ts';
import { type Application, applicationOf, itsOwn } from './numbered-argument.ts';

/** What is differentiated, and by what. */
interface Differentiated {
  readonly of: Term;
  readonly wrt: readonly WrtTerm[];
}

/**
 * `\nabla_\mu \log p(x \mid \mu)`, also where the text makes x of μ: a density is of its arguments, and each stays where it is while another moves. As
 * behind `∂_1 f(x, y(x))`, each becomes a symbol of its own.
 */
export function ofDensity(context: Context, written: Expr, { of, wrt }: Differentiated): Differentiated {
  const density = withinExpr(written).find((one): one is CallExpr => one.kind === 'call' && isConditional(context.text, one));
  const spelled =
    density === undefined
      ? undefined
      : [...walk(of)].find(({ span }) => span.start === density.span.start && span.end === density.span.end);
  const application = spelled === undefined ? null : applicationOf(context, spelled);
  if (spelled === undefined || application === null || !isMovedTogether(context, application)) return { of, wrt };
  const ids = application.args.map((arg) => (arg.kind === 'symbol' ? arg.id : null));
  const named = application.args.map((arg, at) => itsOwn(context, arg, at));
  const by = wrt.map(({ term }) => (term.kind === 'symbol' ? (named[ids.indexOf(term.id)] ?? null) : null));
  if (by.includes(null)) return { of, wrt };
  return {
    of: replaced(of, spelled, { kind: 'call', callee: application.callee, order: 0, args: named, span: spelled.span }),
    wrt: wrt.map((one, at) => ({ ...one, term: by[at] as SymbolTerm })),
  };
}

/** `q(x \mid y)`. */
function isConditional(text: string, { args }: CallExpr): boolean {
  return args
    .slice(1)
    .some((arg, at) => /^\s*(?:\||\\(?:mid|vert|given)\b)/u.test(text.slice((args[at] as Expr).span.end, arg.span.start)));
}

/** Whether the text defines an argument, which may be made of another one. */
function isMovedTogether({ scope: { drafts } }: Context, { args }: Application): boolean {
  return args.some((arg) => arg.kind === 'symbol' && drafts.get(arg.id)?.definedAt != null);
}
