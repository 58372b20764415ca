import { ENTRYWISE_OPS } from '../ops/entrywise.ts';
import type { CallExpr, Expr, NameExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { functionNamed } from '../syntax/notation.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { isPrimed } from './primed-names.ts';
import { lookUp, type Scope } from './scope.ts';

/** What a function that is named without an argument is at: a sign that no letter of a text is. */
const ARGUMENT = '·';

/** "Put `\psi = \rho'`" of a function ρ, and "with `h = \tanh`", say what ψ and h are at every argument, as `\psi(t) = \rho'(t)` does. */
export function takeUnappliedFunctions(collected: Collected): Collected {
  const { scope, equations } = collected;
  const named = equations.filter(
    ({ statement: { sides } }) => sides.length === 2 && (isPrimed(sides[1] as Expr) || isKnown(sides[1] as Expr)),
  );
  if (named.length === 0) return collected;
  const heads = equations.flatMap(({ statement: { sides } }) => (sides.length > 1 ? headOf(sides[0] as Expr) : []));
  const called = new Set(equations.flatMap(({ statement: { sides } }) => sides.flatMap(withinExpr).flatMap(calledKey)));
  const taken = new Set(named.filter((equation) => isNew(scope, equation, heads) && isOfFunction(scope, equation, heads, called)));
  if (taken.size === 0) return collected;
  return { ...collected, equations: equations.map((equation) => (taken.has(equation) ? applied(equation) : equation)) };
}

interface Head {
  readonly key: string;
  readonly isFunction: boolean;
}

function headOf(left: Expr): readonly Head[] {
  const key = headKey(left);
  return key === null ? [] : [{ key, isFunction: left.kind === 'call' && left.args.length === 1 }];
}

/** `\tanh`, which works entry by entry. */
function isKnown(right: Expr): boolean {
  const op = right.kind === 'name' ? functionNamed(right.name) : undefined;
  return op !== undefined && op in ENTRYWISE_OPS;
}

/** The h of `h(x)` and of `h'(x)`. */
function calledKey(expr: Expr): readonly string[] {
  const key = expr.kind === 'call' ? symbolKey(isPrimed(expr.head) ? expr.head.base : expr.head) : null;
  return key === null ? [] : [key];
}

/** Whether the left side is a letter of which nothing else is said. */
function isNew(scope: Scope, { statement: { sides, relations }, section, item }: PlacedEquation, heads: readonly Head[]): boolean {
  const [left] = sides;
  if (left?.kind !== 'name' || !/^(?:=|:=|≡)$/.test(relations[0] ?? '')) return false;
  return lookUp(scope, left.name, section, item) === undefined && heads.filter(({ key }) => key === left.name).length === 1;
}

/** Whether the right side is the derivative of a function, or a function that the text applies by its new name. */
function isOfFunction(
  scope: Scope,
  { statement: { sides }, section, item }: PlacedEquation,
  heads: readonly Head[],
  called: ReadonlySet<string>,
): boolean {
  const [left, right] = sides as readonly [Expr, Expr];
  const of = symbolKey(isPrimed(right) ? right.base : right);
  if (of === null) return false;
  if (!isPrimed(right)) return called.has(symbolKey(left) ?? '') && lookUp(scope, of, section, item) === undefined;
  return lookUp(scope, of, section, item)?.from?.length === 1 || heads.some(({ key, isFunction }) => isFunction && key === of);
}

function applied(equation: PlacedEquation): PlacedEquation {
  const { statement } = equation;
  const at = (head: Expr): CallExpr => ({
    kind: 'call',
    head,
    args: [argumentAt(head)],
    bracket: '(',
    argsSpan: head.span,
    span: head.span,
  });
  return { ...equation, statement: { ...statement, sides: statement.sides.map(at) } };
}

function argumentAt({ span }: Expr): NameExpr {
  return { kind: 'name', name: ARGUMENT, span };
}
