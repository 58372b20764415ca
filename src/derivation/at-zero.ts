import { SCALAR } from '../shape/shape.ts';
import type { DerivativeExpr, Expr, HoleExpr, NameExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { mapParts } from '../syntax/map-expr.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { introduce, lookUp } from './scope.ts';

/**
 * `\left. \frac{d}{dt} f(x + t u) \right|_{t=0}`, the derivative along a direction (Gâteaux, 1913): t is a letter of its own within that derivative, and
 * zero. Also `\frac{d}{dt}\Big|_{t=0} f(x + t u)`, and with the bar behind the function. Where a side does not say at which t, it is left as it is.
 */
export function takeZeros(collected: Collected, text: string): Collected {
  const equations = collected.equations.map((equation) => {
    const { statement } = equation;
    const derivatives = statement.sides.map(atZero);
    const sides = derivatives.map((side) => valueAtZero(side, derivatives));
    return sides.every((side, at) => side === statement.sides[at]) ? equation : { ...equation, statement: { ...statement, sides } };
  });
  for (const equation of equations) declareZeros(collected, equation, text);
  return { ...collected, equations };
}

/** A side with its derivatives at zero; the same side where it has none. */
function atZero(side: Expr): Expr {
  if (!withinExpr(side).some((part) => part.kind === 'hole' && part.zero !== undefined)) return side;
  return withZeros(side);
}

function withZeros(expr: Expr): Expr {
  const found = derivativeAtZero(expr);
  if (found === null) return mapParts(expr, withZeros);
  const { derivative, zero } = found;
  return { ...(renamed(derivative, zero.name) as DerivativeExpr), span: expr.span };
}

/** `\left. v^\top (x + t v) \right|_{t=0}` beside such a derivative by t. */
function valueAtZero(side: Expr, beside: readonly Expr[]): Expr {
  const { zero, parts } = side.kind === 'hole' ? side : NOWHERE;
  const [value] = parts;
  if (zero?.kind !== 'name' || value === undefined) return side;
  const isMeant = beside.some((other) => withinExpr(other).some((part) => part.kind === 'name' && part.name === zero.name + ZERO));
  return isMeant ? { ...renamed(value, zero.name), span: side.span } : side;
}

const NOWHERE: Pick<HoleExpr, 'zero' | 'parts'> = { parts: [] };

interface AtZero {
  readonly derivative: DerivativeExpr;
  readonly zero: NameExpr;
}

function derivativeAtZero(expr: Expr): AtZero | null {
  if (expr.kind === 'hole') return barBehind(expr);
  if (expr.kind === 'derivative') return barWithin(expr);
  return expr.kind === 'apply' && expr.op === 'mul' ? barBefore(expr.args) : null;
}

/** `\left. d/dt f \right|_{t=0}`. */
function barBehind({ zero, parts: [derivative] }: HoleExpr): AtZero | null {
  return zero?.kind === 'name' && derivative?.kind === 'derivative' && isBy(derivative, zero) ? { derivative, zero } : null;
}

/** `d/dt f |_{t=0}`, where the bar stands at the end of what is differentiated. */
function barWithin(derivative: DerivativeExpr): AtZero | null {
  const bar = withinExpr(derivative.of).find((part): part is HoleExpr => part.kind === 'hole' && part.zero !== undefined);
  const { zero } = bar ?? {};
  if (bar === undefined || zero?.kind !== 'name' || !isBy(derivative, zero) || bar.span.end !== derivative.of.span.end) return null;
  return { derivative: { ...derivative, of: without(derivative.of, bar) }, zero };
}

/** `d/dt |_{t=0} f`, of which the reader makes a product. */
function barBefore([bar, ...of]: readonly Expr[]): AtZero | null {
  const found = bar?.kind === 'hole' ? barBehind(bar) : null;
  const [first, ...more] = of;
  if (found === null || first === undefined || !isEmpty(found.derivative.of)) return null;
  const span = { start: first.span.start, end: (of.at(-1) as Expr).span.end };
  return { ...found, derivative: { ...found.derivative, of: more.length === 0 ? first : { kind: 'apply', op: 'mul', args: of, span } } };
}

function isEmpty(expr: Expr): boolean {
  return expr.kind === 'hole' && expr.parts.length === 0;
}

function isBy({ wrt }: DerivativeExpr, zero: NameExpr): boolean {
  return wrt.length > 0 && wrt.every(({ expr }) => expr.kind === 'name' && expr.name === zero.name);
}

function without(expr: Expr, bar: HoleExpr): Expr {
  return expr === bar ? (bar.parts[0] as Expr) : mapParts(expr, (part) => without(part, bar));
}

/** No text writes a letter so. */
const ZERO = '₌₀';

function renamed(expr: Expr, name: string): Expr {
  return expr.kind === 'name'
    ? expr.name === name
      ? { ...expr, name: `${name}${ZERO}` }
      : expr
    : mapParts(expr, (part) => renamed(part, name));
}

function declareZeros({ scope }: Collected, { statement, section, item }: PlacedEquation, text: string): void {
  for (const part of statement.sides.flatMap((side) => withinExpr(side))) {
    if (part.kind !== 'name' || !part.name.endsWith(ZERO) || lookUp(scope, part.name, section, item) !== undefined) continue;
    const draft = introduce(scope, part.name, section, 0, part.span);
    Object.assign(draft, { declared: SCALAR, properties: ['zero'], text: text.slice(part.span.start, part.span.end) });
  }
}
