import type { AnnouncedStatement, Expr, Mark, Statement } from './ast.ts';

type Change = (expr: Expr) => Expr;

/** An expression with its parts changed, where it stands. */
export function mapParts(expr: Expr, change: Change): Expr {
  switch (expr.kind) {
    case 'number':
    case 'name':
      return expr;
    case 'apply':
      return { ...expr, args: expr.args.map(change) };
    case 'call':
      return { ...expr, head: change(expr.head), args: expr.args.map(change) };
    case 'postfix':
      return { ...expr, base: change(expr.base), mark: mapMark(expr.mark, change) };
    case 'derivative':
      return { ...expr, of: change(expr.of), wrt: expr.wrt.map((one) => ({ ...one, expr: change(one.expr) })) };
    case 'binder':
      return {
        ...expr,
        from: expr.from && change(expr.from),
        to: expr.to && change(expr.to),
        comparison: expr.comparison && { ...expr.comparison, left: change(expr.comparison.left), right: change(expr.comparison.right) },
        body: change(expr.body),
      };
    case 'matrix':
      return { ...expr, rows: expr.rows.map((row) => row.map(change)) };
    case 'noted':
    case 'named':
      return { ...expr, body: change(expr.body) };
    case 'hole':
      return { ...expr, parts: expr.parts.map(change) };
  }
}

function mapMark(mark: Mark, change: Change): Mark {
  if (mark.kind === 'sub') return { ...mark, items: mark.items.map(change) };
  return mark.kind === 'power' ? { ...mark, exponent: change(mark.exponent) } : mark;
}

/** The expressions of a statement in which symbols are named or used; shapes and ranges have none. */
export function exprsOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'declaration':
    case 'function':
      return statement.names;
    case 'open':
      return [statement.name, ...statement.args];
    case 'stack':
      return [statement.whole, statement.members.last];
    case 'equation':
      return statement.sides;
    case 'announced':
      return announcedExprs(statement);
    case 'called':
      return [statement.name];
    case 'index':
    case 'shapeLine':
    case 'directive':
      return [];
  }
}

/** A statement with those expressions changed. */
export function mapStatement(statement: Statement, change: Change): Statement {
  switch (statement.kind) {
    case 'declaration':
    case 'function':
      return { ...statement, names: statement.names.map(change) };
    case 'open':
      return { ...statement, name: change(statement.name), args: statement.args.map(change) };
    case 'stack':
      return { ...statement, whole: change(statement.whole), members: { ...statement.members, last: change(statement.members.last) } };
    case 'equation':
      return { ...statement, sides: statement.sides.map(change) };
    case 'announced':
      return mapAnnounced(statement, change);
    case 'called':
      return { ...statement, name: change(statement.name) };
    case 'index':
    case 'shapeLine':
    case 'directive':
      return statement;
  }
}

function announcedExprs({ of, by, name, values }: AnnouncedStatement): readonly Expr[] {
  return [of, by, name, ...values].filter((one) => one !== null);
}

export function mapAnnounced(statement: AnnouncedStatement, change: Change): AnnouncedStatement {
  const { of, by, name, values } = statement;
  return { ...statement, of: of && change(of), by: by && change(by), name: name && change(name), values: values.map(change) };
}

/** What `JSON.stringify` leaves out of expressions, so that those that are written alike give the same text. */
export function withoutSpans(name: string, value: unknown): unknown {
  return name === 'span' || name === 'argsSpan' ? undefined : value;
}

/** The same for expressions that are written alike. */
export function exprKey(expr: Expr): string {
  return JSON.stringify(expr, withoutSpans);
}
