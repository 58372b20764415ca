import type { Expr, PostfixExpr, Statement } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Item } from '../syntax/document.ts';
import { exprsOf } from '../syntax/map-expr.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { asTransposes } from './as-transposes.ts';

/**
 * `x^* A x` is a quadratic form in a text that says that the asterisk denotes the transpose, or that has such forms or stars on brackets again and
 * again and nothing that is called `x^*`. Elsewhere `x^*` is a name, of a minimizer for instance.
 */
export function readAsterisks(items: readonly Item[], text: string): readonly Item[] {
  if (!/\^\s*\{?\s*(?:\\!\s*)?(?:\*|\\(?:ast|star)\b)/u.test(text)) return items;
  const statements = items.flatMap((item) => (item.kind === 'statement' ? [item.statement] : []));
  const exprs = statements.flatMap(exprsOf).flatMap(withinExpr);
  const isHabit = exprs.some((one) => isStarred(one) && isCalledTranspose(one, text)) || exprs.filter(isForm).length >= FEWEST;
  const isMeant = SAID.test(text) || (isHabit && !statements.some(namesStarred));
  if (!isMeant) return items;
  return asTransposes(items, isStarred);
}

const SAID = /(?:asterisk|star|\^\s*\{?\s*(?:\*|\\ast\b)\s*\}?\$?)[^.;]{0,60}\btranspos|transpos[^.;]{0,60}\basterisk/iu;

/** "The adjoint `$A^*$` of a matrix is its transpose", "its adjoint, the transpose `$A^*$`", however a macro spells the star. */
function isCalledTranspose({ span }: PostfixExpr, text: string): boolean {
  const [before, after] = [text.slice(Math.max(0, span.start - FARTHEST), span.start), text.slice(span.end, span.end + FARTHEST)];
  return /^[^.;]*\btranspos/iu.test(after) || /\btransposes?\s+(?:\$|\\\()$/iu.test(before);
}

/** Words about a star stand within so many characters. */
const FARTHEST = 70;

/** Forms from which on they are taken for a habit of the text. */
const FEWEST = 2;

function isStarred(expr: Expr): expr is PostfixExpr {
  return expr.kind === 'postfix' && expr.mark.kind === 'label' && expr.mark.above && /^[*∗⋆]$/u.test(expr.mark.text);
}

/** `x^* A x`, `α L^* L m`, and `(A x - b)^*`, of which nobody makes a name. */
function isForm(expr: Expr): boolean {
  if (isStarred(expr)) return symbolKey(expr.base) === null && expr.base.kind !== 'matrix';
  if (expr.kind !== 'apply' || expr.op !== 'mul') return false;
  const keys = expr.args.map(symbolKey);
  return expr.args.some((one, at) => {
    const key = isStarred(one) ? symbolKey(one.base) : null;
    return key !== null && keys.indexOf(key, at) > at;
  });
}

/** `x^* = …`, `x^* \in …`, `f^*(y) = …`: a name. */
function namesStarred(statement: Statement): boolean {
  if (statement.kind === 'declaration') return statement.names.some(isStarred);
  if (statement.kind !== 'equation' || (statement.sides.length < 2 && statement.membership === null)) return false;
  const [first] = statement.sides;
  return first !== undefined && isStarred(first.kind === 'call' ? first.head : first);
}
