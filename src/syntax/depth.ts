import type { Expr, SyntaxProblem } from './ast.ts';
import { countingLetters } from './counting-letters.ts';

/** Trees deeper than this are not elaborated; a sum of a thousand terms still is, and a product of as many factors. */
export const DEEPEST_TREE = 1000;

/** The expressions directly below an expression. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'name':
      return NONE;
    case 'apply':
      return expr.args;
    case 'call':
      return [expr.head, ...expr.args];
    case 'postfix':
      return expr.mark.kind === 'power'
        ? [expr.base, expr.mark.exponent]
        : expr.mark.kind === 'sub'
          ? [expr.base, ...expr.mark.items]
          : [expr.base];
    case 'derivative':
      return [expr.of, ...expr.wrt.map((wrt) => wrt.expr)];
    case 'binder':
      return [...countingLetters(expr), ...(expr.from === null ? [] : [expr.from]), ...(expr.to === null ? [] : [expr.to]), expr.body];
    case 'matrix':
      return expr.rows.flat();
    case 'noted':
    case 'named':
      return [expr.body];
    case 'hole':
      return expr.parts;
  }
}

const NONE: readonly Expr[] = [];

/** An expression and all that is in it, level by level, as deep as later stages follow. */
export function withinExpr(expr: Expr): readonly Expr[] {
  const found: Expr[] = [expr];
  for (let from = 0, depth = 0; from < found.length && depth < DEEPEST_TREE; depth++) {
    const to = found.length;
    for (; from < to; from++) for (const part of partsOf(found[from] as Expr)) found.push(part);
  }
  return found;
}

/** A side as it is, or where no later stage could follow it a hole, which is said to be one. `tokens` is how many it was read from. */
export function withinDepth(side: Expr, tokens: number, problems: SyntaxProblem[]): Expr {
  if (tokens <= DEEPEST_TREE || !isTooLong(side)) return side;
  problems.push({ message: 'This expression is too long to be read.', span: side.span });
  return { kind: 'hole', parts: [], span: side.span };
}

/** More factors, or indices, than anyone writes. */
function isTooWide(expr: Expr): boolean {
  if (expr.kind === 'postfix') return expr.mark.kind === 'sub' && expr.mark.items.length > DEEPEST_TREE;
  return expr.kind === 'apply' && expr.args.length > DEEPEST_TREE;
}

/** Whether a tree is deeper than later stages, which recurse, may be asked to follow, or is as wide. */
function isTooLong(expr: Expr): boolean {
  let level: readonly Expr[] = [expr];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_TREE || level.some(isTooWide)) return true;
    level = level.flatMap(partsOf);
  }
  return false;
}
