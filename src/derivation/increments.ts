import { cover } from '../base/span.ts';
import type { Expr, Statement } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Item } from '../syntax/document.ts';
import { exprsOf, mapParts, mapStatement } from '../syntax/map-expr.ts';

/**
 * `\Delta h` as one letter, where a text says what it is or differentiates it, and has no `\Delta` by itself: a difference of heights, a step, a
 * correction, and no product.
 */
export function readIncrements(items: readonly Item[]): readonly Item[] {
  const statements = items.flatMap((item) => (item.kind === 'statement' ? [item.statement] : []));
  const named = new Set(statements.flatMap(namedIn).flatMap((expr) => incrementIn(expr)?.key ?? []));
  if (named.size === 0 || statements.some((statement) => exprsOf(statement).some((expr) => hasLoneSign(expr, named)))) return items;
  const change = (expr: Expr): Expr => joined(mapParts(expr, change), named);
  return items.map((item) => (item.kind === 'statement' ? { ...item, statement: asDeclared(mapStatement(item.statement, change)) } : item));
}

const SIGNS: ReadonlySet<string> = new Set(['Δ', 'δ']);

function isSign(expr: Expr | undefined): boolean {
  return expr?.kind === 'name' && SIGNS.has(expr.name);
}

/** The Δ and the h of `\Delta h`, `\Delta h_k`, `(\Delta h)^\top`. */
function incrementOf(sign: Expr | undefined, of: Expr | undefined): { readonly key: string } | null {
  if (sign?.kind !== 'name' || of === undefined || !isSign(sign)) return null;
  if (of.kind === 'postfix') return incrementOf(sign, of.base);
  return of.kind === 'name' && /^(?:\w+:)*\p{L}$/u.test(of.name) ? { key: sign.name + of.name } : null;
}

function incrementIn(expr: Expr): { readonly key: string } | null {
  const bare = expr.kind === 'noted' ? expr.body : expr;
  const args = bare.kind === 'apply' && bare.op === 'mul' && bare.args.length === 2 ? bare.args : [];
  return incrementOf(args[0], args[1]);
}

/** What a statement declares or defines, and what is differentiated in it. */
function namedIn(statement: Statement): readonly Expr[] {
  if (statement.kind !== 'equation') return statement.kind === 'declaration' ? statement.names : [];
  const [first] = statement.sides;
  const isNamed = first !== undefined && (statement.sides.length > 1 || statement.membership !== null);
  const derivatives = statement.sides.flatMap((side) =>
    withinExpr(side).flatMap((one) => (one.kind === 'derivative' ? [one.of, ...one.wrt.map(({ expr }) => expr)] : [])),
  );
  return [...(isNamed ? [first] : []), ...derivatives];
}

/** Whether a sign of such an increment stands somewhere before nothing that is one, or for itself. */
function hasLoneSign(expr: Expr, named: ReadonlySet<string>): boolean {
  const all = withinExpr(expr);
  const counted = all.flatMap((one) =>
    one.kind === 'apply' && one.op === 'mul' ? one.args.filter((arg, at) => isOfNamed(arg, one.args[at + 1], named)) : [],
  );
  const used = new Set([...named].map((key) => key.charAt(0)));
  return all.some((one) => one.kind === 'name' && used.has(one.name) && !counted.includes(one));
}

function isOfNamed(sign: Expr | undefined, of: Expr | undefined, named: ReadonlySet<string>): boolean {
  const found = incrementOf(sign, of);
  return found !== null && named.has(found.key);
}

/** A product with each pair of such factors as one letter. */
function joined(expr: Expr, named: ReadonlySet<string>): Expr {
  if (expr.kind !== 'apply' || expr.op !== 'mul') return expr;
  const args: Expr[] = [];
  for (let at = 0; at < expr.args.length; at++) {
    const [sign, of] = [expr.args[at] as Expr, expr.args[at + 1]];
    if (of !== undefined && isOfNamed(sign, of, named)) {
      args.push(put(sign as Expr & { readonly kind: 'name' }, of));
      at++;
    } else args.push(sign);
  }
  const [only] = args;
  return only !== undefined && args.length === 1 ? only : { ...expr, args };
}

/** The sign before the innermost letter: of `\Delta h^\top` the transpose is one of the whole. */
function put(sign: Expr & { readonly kind: 'name' }, of: Expr): Expr {
  const span = cover(sign.span, of.span);
  if (of.kind === 'postfix') return { ...of, base: put(sign, of.base), span };
  return of.kind === 'name' ? { kind: 'name', name: sign.name + of.name, span } : of;
}

/** `\Delta x \in \mathbb R^n` declares, now that it is one letter. */
function asDeclared(statement: Statement): Statement {
  if (statement.kind !== 'equation' || statement.membership === null || statement.sides.length > 1) return statement;
  const [first] = statement.sides;
  const isNamed = first?.kind === 'name' && SIGNS.has(first.name.charAt(0)) && first.name.length > 1;
  return isNamed ? { kind: 'declaration', names: [first], shape: statement.membership, properties: [], span: statement.span } : statement;
}
