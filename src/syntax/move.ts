import type { Span } from '../base/span.ts';
import type { Expr, Mark, ShapeExpr, Statement, SyntaxProblem, Wrt } from './ast.ts';
import { mapAnnounced } from './map-expr.ts';
import type { Token } from './token.ts';

// What was read at one place, as it is read when it stands `by` characters further on. Nothing else changes.

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

export function movedToken(token: Token, by: number): Token {
  return { ...token, span: movedSpan(token.span, by) };
}

export function movedProblem({ message, span }: SyntaxProblem, by: number): SyntaxProblem {
  return { message, span: movedSpan(span, by) };
}

export function movedStatement(statement: Statement, by: number): Statement {
  const span = movedSpan(statement.span, by);
  switch (statement.kind) {
    case 'declaration':
      return { ...statement, names: movedAll(statement.names, by), shape: statement.shape && movedShape(statement.shape, by), span };
    case 'function':
      return {
        ...statement,
        names: movedAll(statement.names, by),
        from: statement.from.map((one) => movedShape(one, by)),
        to: movedShape(statement.to, by),
        span,
      };
    case 'open':
      return {
        ...statement,
        name: movedExpr(statement.name, by),
        args: movedAll(statement.args, by),
        shape: statement.shape && movedShape(statement.shape, by),
        span,
      };
    case 'stack':
      return {
        ...statement,
        whole: movedExpr(statement.whole, by),
        members: { ...statement.members, last: movedExpr(statement.members.last, by) },
        span,
      };
    case 'index':
      return {
        ...statement,
        names: movedAll(statement.names, by),
        from: movedExpr(statement.from, by),
        to: movedExpr(statement.to, by),
        span,
      };
    case 'equation':
      return {
        ...statement,
        sides: movedAll(statement.sides, by),
        membership: statement.membership && movedShape(statement.membership, by),
        ...(statement.told === undefined ? {} : { told: statement.told.map((one) => movedSpan(one, by)) }),
        span,
      };
    case 'announced':
      return { ...mapAnnounced(statement, (expr) => movedExpr(expr, by)), span };
    case 'called':
      return { ...statement, name: movedExpr(statement.name, by), span };
    case 'shapeLine':
      return {
        ...statement,
        sides: statement.sides.map((terms) => terms.map((factors) => factors.map((one) => movedShape(one, by)))),
        span,
      };
    case 'directive':
      return { ...statement, span };
  }
}

function movedShape({ dims, span }: ShapeExpr, by: number): ShapeExpr {
  return { dims: movedAll(dims, by), span: movedSpan(span, by) };
}

function movedAll<E extends Expr>(exprs: readonly E[], by: number): E[] {
  return exprs.map((one) => movedExpr(one, by) as E);
}

function movedExpr(expr: Expr, by: number): Expr {
  const span = movedSpan(expr.span, by);
  switch (expr.kind) {
    case 'number':
      return { kind: 'number', value: expr.value, span };
    case 'name':
      return { kind: 'name', name: expr.name, span };
    case 'apply':
      return { kind: 'apply', op: expr.op, args: movedAll(expr.args, by), span };
    case 'call':
      return { ...expr, head: movedExpr(expr.head, by), args: movedAll(expr.args, by), argsSpan: movedSpan(expr.argsSpan, by), span };
    case 'postfix':
      return { kind: 'postfix', base: movedExpr(expr.base, by), mark: movedMark(expr.mark, by), span };
    case 'derivative':
      return { ...expr, of: movedExpr(expr.of, by), wrt: expr.wrt.map((one) => movedVariable(one, by)), span };
    case 'binder':
      return {
        ...expr,
        names: movedAll(expr.names, by),
        from: expr.from && movedExpr(expr.from, by),
        to: expr.to && movedExpr(expr.to, by),
        comparison: expr.comparison && {
          ...expr.comparison,
          left: movedExpr(expr.comparison.left, by),
          right: movedExpr(expr.comparison.right, by),
        },
        body: movedExpr(expr.body, by),
        span,
      };
    case 'matrix':
      return { kind: 'matrix', rows: expr.rows.map((row) => movedAll(row, by)), span };
    case 'noted':
      return { kind: 'noted', body: movedExpr(expr.body, by), shape: movedShape(expr.shape, by), span };
    case 'named':
      return { kind: 'named', body: movedExpr(expr.body, by), name: movedExpr(expr.name, by), span };
    case 'hole':
      return {
        kind: 'hole',
        parts: movedAll(expr.parts, by),
        ...(expr.zero === undefined ? {} : { zero: movedExpr(expr.zero, by) }),
        span,
      };
  }
}

function movedVariable({ expr, primed, ...rest }: Wrt, by: number): Wrt {
  return { ...rest, expr: movedExpr(expr, by), ...(primed === undefined ? {} : { primed: movedExpr(primed, by) }) };
}

function movedMark(mark: Mark, by: number): Mark {
  const span = movedSpan(mark.span, by);
  if (mark.kind === 'sub') return { kind: 'sub', items: movedAll(mark.items, by), span };
  return mark.kind === 'power' ? { ...mark, exponent: movedExpr(mark.exponent, by), span } : { ...mark, span };
}
