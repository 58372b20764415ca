import { SCALAR } from '../shape/shape.ts';
import type { Expr, NameExpr, PostfixExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { functionNamed } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { familyKey, introduce, isFreeNumber, lookUp, type Scope } from './scope.ts';
import { derivativesIn } from './written-derivatives.ts';

/**
 * `∂ℓ/∂σ^2`, `ℓ(β, σ^2) = …`: what is varied is the square, so that it is the variable, `σ^4` is its square and σ its root. Only where no derivative is
 * by σ itself, and nothing else says what σ is than that it is a number.
 */
export function takeSquares(collected: Collected, text: string): Collected {
  const squared = squaredVariables(collected.equations);
  if (squared.size === 0) return collected;
  const equations = collected.equations.map((equation) => {
    const here = new Set(
      [...squared].filter((key) => mayBeRoot(collected.scope, equation, key) && !isOneOfMany(collected.scope, equation, key)),
    );
    const { statement } = equation;
    return here.size === 0
      ? equation
      : { ...equation, statement: { ...statement, sides: statement.sides.map((side) => inSquares(side, here)) } };
  });
  for (const { statement, section, item } of equations)
    for (const part of statement.sides.flatMap((side) => withinExpr(side))) declareSquare(collected, part, text, section, item);
  return { ...collected, equations };
}

/** The letters by whose squares derivatives are, or of whose squares a function is, and by which none is. */
function squaredVariables(equations: readonly PlacedEquation[]): ReadonlySet<string> {
  const variables = [...derivativesIn(equations).flatMap(({ wrt }) => wrt.map(({ expr }) => expr)), ...equations.flatMap(argumentsOf)];
  const by = new Set(variables.flatMap((expr) => symbolKey(expr) ?? []));
  const bound = boundIn(equations);
  const isOne = (expr: Expr): expr is PostfixExpr => isPower(expr) && !by.has(keyBelow(expr)) && !isCounted(expr.base, bound);
  return new Set(variables.filter(isOne).map(keyBelow));
}

/** The letters that sums and the like run over. */
function boundIn(equations: readonly PlacedEquation[]): ReadonlySet<string> {
  const parts = equations.flatMap(({ statement }) => statement.sides.flatMap((side) => withinExpr(side)));
  return new Set(parts.flatMap((part) => (part.kind === 'binder' ? part.names.map(({ name }) => name) : [])));
}

/** `σ_i` of a text that sums over i, or whose i can be nothing but an index. */
function isCounted(letter: Expr, bound: ReadonlySet<string>): boolean {
  const items = letter.kind === 'postfix' && letter.mark.kind === 'sub' ? letter.mark.items : [];
  return items.some((item) => item.kind !== 'number' && (item.kind !== 'name' || bound.has(item.name) || /^[ijkl]$/u.test(item.name)));
}

/** Of `ℓ(β, σ^2) = …` the β and the σ^2; `\sqrt(s^2) = s` defines no function of s². */
function argumentsOf({ statement: { sides } }: PlacedEquation): readonly Expr[] {
  const [first] = sides;
  if (sides.length < 2 || first?.kind !== 'call' || first.bracket !== '(') return [];
  const key = symbolKey(first.head);
  return key === null || functionNamed(key) !== undefined ? [] : first.args;
}

/** `σ^2`, `σ^4`, `σ_u^2`. */
function isPower(expr: Expr): expr is PostfixExpr {
  const exponent = expr.kind === 'postfix' && expr.mark.kind === 'power' ? expr.mark.exponent : null;
  return expr.kind === 'postfix' && isLetter(expr.base) && exponent?.kind === 'number' && exponent.value > 0 && exponent.value % 2 === 0;
}

/** A letter, or one with a name below. */
function isLetter(expr: Expr): boolean {
  return (
    expr.kind === 'name' || (expr.kind === 'postfix' && expr.base.kind === 'name' && expr.mark.kind === 'sub' && symbolKey(expr) !== null)
  );
}

const keyBelow = ({ base }: PostfixExpr): string => symbolKey(base) as string;

function mayBeRoot(scope: Scope, { section, item }: PlacedEquation, key: string): boolean {
  const draft = lookUp(scope, key, section, item);
  return draft === undefined || isFreeNumber(draft);
}

/** `σ_u` beside a vector or a family σ. */
function isOneOfMany(scope: Scope, { section, item }: PlacedEquation, key: string): boolean {
  const letter = /^(.+?)_/u.exec(key)?.[1];
  if (letter === undefined) return false;
  const draft = lookUp(scope, letter, section, item);
  return lookUp(scope, familyKey(letter), section, item) !== undefined || (draft !== undefined && !isFreeNumber(draft));
}

function inSquares(expr: Expr, squared: ReadonlySet<string>): Expr {
  if (isPower(expr) && squared.has(keyBelow(expr))) return power(expr);
  if (isLetter(expr) && squared.has(symbolKey(expr) as string))
    return { kind: 'apply', op: 'sqrt', args: [squareOf(symbolKey(expr) as string, expr)], span: expr.span };
  if (expr.kind === 'call' && expr.head.kind === 'name' && functionNamed(expr.head.name) !== undefined)
    return { ...expr, args: expr.args.map((arg) => inSquares(arg, squared)) };
  if (expr.kind === 'postfix' && expr.mark.kind === 'sub') return { ...expr, base: inSquares(expr.base, squared) };
  return mapParts(expr, (part) => inSquares(part, squared));
}

/** `σ^2` is the variable, `σ^6` its third power. */
function power(expr: PostfixExpr): Expr {
  const { mark } = expr;
  const half = mark.kind === 'power' && mark.exponent.kind === 'number' ? mark.exponent.value / 2 : 1;
  const square = squareOf(keyBelow(expr), expr);
  if (half === 1 || mark.kind !== 'power') return square;
  return { ...expr, base: square, mark: { ...mark, exponent: { kind: 'number', value: half, span: mark.exponent.span } } };
}

function squareOf(key: string, { span }: Expr): NameExpr {
  return { kind: 'name', name: `${key}${SQUARED}`, span };
}

const SQUARED = '²';

function declareSquare({ scope }: Collected, part: Expr, text: string, section: number, item: number): void {
  if (part.kind !== 'name' || !part.name.endsWith(SQUARED) || lookUp(scope, part.name, section, item) !== undefined) return;
  const root = lookUp(scope, part.name.slice(0, -SQUARED.length), section, item);
  const draft = introduce(scope, part.name, root?.section ?? section, root?.since ?? 0, part.span);
  const letter = withoutPower(text.slice(part.span.start, part.span.end));
  Object.assign(draft, { declared: SCALAR, properties: ['positive'], text: `${letter}^2` });
}

/** The `σ_u` of `σ_u^2` and of `σ^2_u`. */
function withoutPower(written: string): string {
  return written.replace(/\s*\^\s*(?:\{[^}]*\}|\S)/u, '');
}
