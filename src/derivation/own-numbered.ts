import { isScalar } from '../shape/shape.ts';
import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { declareMember } from './member-shape.ts';
import { introduce, lookUp } from './scope.ts';

/** In `G(\theta) = G_0 + \theta G_1` of a declared G what is numbered is of the shape of G, and no part of it: G could not be before them. */
export function takeOwnNumbered(collected: Collected, text: string): Collected {
  for (const equation of collected.equations) declareNumbered(collected, equation, text);
  return collected;
}

function declareNumbered({ scope }: Collected, { statement: { sides, relations }, section, item }: PlacedEquation, text: string): void {
  const [left, body, ...more] = sides;
  const key = left === undefined || (left.kind !== 'name' && left.kind !== 'call') ? null : headKey(left);
  if (key === null || body === undefined || more.length > 0 || !/^(?:=|:=|≡)$/.test(relations[0] ?? '')) return;
  const whole = lookUp(scope, key, section, item);
  if (whole === undefined || whole.family !== null || (whole.declared !== null && isScalar(whole.declared))) return;
  for (const part of isSum(body) ? withinExpr(body) : []) {
    const own = numberedKey(part, key);
    if (own === null || lookUp(scope, own, section, item) !== undefined) continue;
    const draft = introduce(scope, own, section, 0, part.span);
    declareMember(scope, draft, whole, null);
    draft.text = text.slice(part.span.start, part.span.end);
  }
}

/** A sum is what nobody makes of rows and entries of the whole. */
function isSum(body: Expr): boolean {
  return body.kind === 'apply' && (body.op === 'add' || body.op === 'sub');
}

/** The key of `G_0`, if G has the other. */
function numberedKey(part: Expr, key: string): string | null {
  if (part.kind !== 'postfix' || part.mark.kind !== 'sub' || symbolKey(part.base) !== key) return null;
  return part.mark.items.length === 1 && part.mark.items[0]?.kind === 'number' ? symbolKey(part) : null;
}
