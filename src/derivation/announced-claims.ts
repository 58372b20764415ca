import { announcedEquation, isApplied, stepsIn } from '../syntax/announced.ts';
import type { AnnouncedStatement, EquationStatement, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Walk } from './collected.ts';

/**
 * The claim that words about a derivative make with what they say it is. Null where they leave that to the equation that follows, which is then
 * waited for, or where nothing tells of what the derivative is.
 */
export function announce(walk: Walk, announced: AnnouncedStatement): EquationStatement | null {
  const of = announced.of ?? onlyFunctionIn(walk);
  if (of === null) return null;
  const [value] = announced.values;
  if (value !== undefined) return isMadeOf(walk, of, symbolKey(value)) ? announcedEquation(announced, of, announced) : null;
  walk.announced = { ...announced, of };
  return null;
}

/** The claim that an equation makes with the words right before it, which then wait no longer. */
export function takeAnnounced(walk: Walk, statement: EquationStatement): EquationStatement | null {
  const { announced, text } = walk;
  walk.announced = null;
  if (announced?.of == null || !OPENS_DISPLAY.test(text.slice(announced.span.end, statement.span.start))) return null;
  const steps = stepsIn(statement);
  return steps === null ? null : announcedEquation(announced, announced.of, steps);
}

/**
 * Whether a function has a name in it, as it is written or as it was defined last. "The gradient of `$p^\top x$` is `$p$`" says its value, "the
 * gradient of `$f$` is `$g$`" what it is called. What is more than a name is always a value.
 */
function isMadeOf({ equations }: Walk, of: Expr, name: string | null): boolean {
  if (name === null) return true;
  const head = headKey(of);
  const defined = equations.findLast(({ statement: { sides } }) => sides.length > 1 && head !== null && headKey(sides[0] as Expr) === head);
  return [of, ...(defined?.statement.sides.slice(1) ?? [])].flatMap(withinExpr).some((expr) => symbolKey(expr) === name);
}

/** Signs that open a display between words and the equation that they announce. */
const OPENS_DISPLAY = /^(?:[\s$:>]|is|are|given|by|then|\\\[|\\begin\{[a-z]+\*?\}|\\label\{[^{}]*\})*$/;

/** `f(x)`, where a section defines no other function. */
function onlyFunctionIn({ equations, section }: Walk): Expr | null {
  const heads = equations.flatMap((one) =>
    one.section === section && one.statement.sides.length > 1 ? one.statement.sides.slice(0, 1) : [],
  );
  const [only, ...others] = heads.filter(isApplied);
  return only !== undefined && others.length === 0 ? only : null;
}
