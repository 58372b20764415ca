import type { Expr, PostfixExpr } from '../syntax/ast.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';

/**
 * In a text that has a π or an e of its own, as a policy or a residual, `\log(2\pi)`, `\sqrt{2\pi}`, `(2\pi)^{n/2}` are of the number all the same, and
 * `e^{-\lambda t}`, `e^{\alpha}` of the base of logarithms: nobody takes the logarithm of twice a policy, or has a residual with such a number above it.
 */
export function takeKnownConstants(collected: Collected): Collected {
  const own = ownLetters(collected);
  if (own.size === 0) return collected;
  const equations = collected.equations.map((placed): PlacedEquation => {
    if (placed.origin === 'plain') return placed;
    const { statement } = placed;
    return { ...placed, statement: { ...statement, sides: statement.sides.map((side) => withConstants(side, own)) } };
  });
  return { ...collected, equations };
}

type Letter = 'π' | 'e';

/** Those of the two letters that a text declares or defines. */
function ownLetters({ scope, equations }: Collected): ReadonlySet<Letter> {
  const heads = equations.flatMap(({ statement: { sides } }) => (sides.length > 1 ? [headKey(sides[0] as Expr)] : []));
  const known = new Set([...heads, ...[...scope.drafts.values()].map(({ key }) => key)]);
  return new Set((['π', 'e'] as const).filter((letter) => known.has(letter)));
}

function headKey(side: Expr): string | null {
  if (side.kind === 'postfix' && side.mark.kind === 'sub') return symbolKey(side.base);
  return symbolKey(side.kind === 'call' ? side.head : side);
}

function withConstants(expr: Expr, own: ReadonlySet<Letter>): Expr {
  const inner = mapParts(expr, (part) => withConstants(part, own));
  const exponent = own.has('e') && inner.kind === 'postfix' ? exponentOf(inner) : null;
  if (exponent !== null) return { kind: 'apply', op: 'exp', args: [exponent], span: inner.span };
  if (!own.has('π')) return inner;
  if (inner.kind === 'apply' && (inner.op === 'log' || inner.op === 'sqrt')) return { ...inner, args: inner.args.map(ofCircle) };
  if (inner.kind === 'call' && LOGARITHMS.has(symbolKey(inner.head) ?? '')) return { ...inner, args: inner.args.map(ofCircle) };
  return inner.kind === 'postfix' && inner.mark.kind === 'power' ? { ...inner, base: ofCircle(inner.base) } : inner;
}

const LOGARITHMS: ReadonlySet<string> = new Set(['log', 'ln', 'sqrt']);

/** `2\pi`, `2\pi v`. */
function ofCircle(expr: Expr): Expr {
  if (expr.kind !== 'apply' || expr.op !== 'mul') return expr;
  const args = expr.args.map((arg, at) => (arg.kind === 'name' && arg.name === 'π' && isTwo(expr.args[at - 1]) ? circleNumber(arg) : arg));
  return { ...expr, args };
}

function isTwo(expr: Expr | undefined): boolean {
  return expr?.kind === 'number' && expr.value === 2;
}

function circleNumber({ span }: Expr): Expr {
  return { kind: 'apply', op: 'pi', args: [], span };
}

/** What stands above e in `e^{-x}`, `e^{s_j}`, `e^{\alpha}`, `e^{a t}`; `e^2` is a power, and `e^{k+1}`, `e^t` may count. */
function exponentOf({ base, mark }: PostfixExpr): Expr | null {
  if (base.kind !== 'name' || base.name !== 'e' || mark.kind !== 'power' || mark.entrywise) return null;
  return isNoCount(mark.exponent) ? mark.exponent : null;
}

function isNoCount(exponent: Expr): boolean {
  if (exponent.kind === 'name') return /^\p{Script=Greek}$/u.test(exponent.name);
  if (exponent.kind === 'postfix') return exponent.mark.kind === 'sub';
  if (exponent.kind !== 'apply') return false;
  return exponent.op === 'mul' || exponent.op === 'div' || (exponent.op === 'neg' && exponent.args[0]?.kind !== 'number');
}
