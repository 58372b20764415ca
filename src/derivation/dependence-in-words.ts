import { lazily } from '../base/lazily.ts';
import { addTo } from '../base/lists-by-key.ts';
import { ONE, variable } from '../shape/dimension.ts';
import { matrix } from '../shape/shape.ts';
import type { DerivativeExpr, Expr, Property } from '../syntax/ast.ts';
import { partsOf, withinExpr } from '../syntax/depth.ts';
import { letteredArguments } from '../syntax/listed-arguments.ts';
import { unstyled } from '../syntax/name.ts';
import { functionNamed } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Opening, PlacedEquation, Walk } from './collected.ts';
import { lookUpInAnyStyle } from './other-styles.ts';
import { placeArguments } from './place-declaration.ts';
import { type Draft, introduce, lookUp } from './scope.ts';

/** Leaves open how what is declared, and what nothing but words tells, depends on what sentences say: "the matrix `$A$` changes with `$t$`". */
export function placeDependences(walk: Walk, defined: ReadonlySet<string>): void {
  const uses = lazily(() => usesOf(walk.equations));
  for (const { statement, section, item, inWords } of walk.openings) {
    const key = symbolKey(statement.name) as string;
    const known = lookUp(walk.scope, key, section, item);
    if (!inWords || defined.has(key) || known === undefined || !mayVary(walk, known)) continue;
    if (statement.args.some((arg) => standTogether(uses(), key, arg))) continue;
    Object.assign(walk, { section, item });
    placeDependence(walk, statement, uses());
    placeDerived(walk, statement, uses(), defined);
  }
}

/** Where letters stand in the equations of a text. */
interface Uses {
  /** The equations in which a letter is more than an argument in brackets or what a derivative is by. */
  readonly bare: ReadonlyMap<string, ReadonlySet<PlacedEquation>>;
  /** The letters by whose entries something is differentiated: the θ of `∂K/∂θ_j`. */
  readonly byEntry: ReadonlySet<string>;
  /** What is differentiated by a letter, or by an entry of it. */
  readonly derived: ReadonlyMap<string, readonly Derived[]>;
  /** The `m_{k-1}` by `m_k`. */
  readonly before: ReadonlyMap<string, Derived>;
  /** What stands in a left side that is no derivative, and may be told by the equation: the x of `A x = b`. */
  readonly left: ReadonlySet<string>;
}

interface Derived {
  readonly name: Expr;
  readonly equation: PlacedEquation;
}

function usesOf(equations: readonly PlacedEquation[]): Uses {
  const bare = new Map<string, Set<PlacedEquation>>();
  const byEntry = new Set<string>();
  const derived = new Map<string, Derived[]>();
  const before = new Map<string, Derived>();
  const visitDerivative = ({ of, wrt }: DerivativeExpr, equation: PlacedEquation): void => {
    for (const { expr: by } of wrt) {
      const isEntry = by.kind === 'postfix' && by.mark.kind === 'sub';
      const letter = unstyled(symbolKey(isEntry ? by.base : by) ?? '');
      if (isEntry) byEntry.add(letter);
      if (symbolKey(of) !== null) addTo(derived, letter, { name: of, equation });
    }
  };
  const visit = (expr: Expr, equation: PlacedEquation): void => {
    const key = symbolKey(expr);
    if (key !== null) bare.set(unstyled(key), (bare.get(unstyled(key)) ?? new Set()).add(equation));
    if (expr.kind === 'derivative') visitDerivative(expr, equation);
    const step = key === null ? undefined : /^(.+_\p{Ll})-1$/u.exec(key)?.[1];
    if (step !== undefined) before.set(step, { name: expr, equation });
    const isApplied = expr.kind === 'call' && letteredArguments(expr) !== null && functionNamed(symbolKey(expr.head) ?? '') === undefined;
    for (const part of isApplied ? [expr.head] : expr.kind === 'derivative' ? [expr.of] : partsOf(expr)) visit(part, equation);
  };
  for (const equation of equations)
    if (equation.statement.sides.length > 1) for (const side of equation.statement.sides) visit(side, equation);
  const heads = equations.flatMap(({ statement: { sides } }) =>
    sides.length > 1 && sides[0]?.kind !== 'derivative' ? sides.slice(0, 1) : [],
  );
  const left = new Set(heads.flatMap(withinExpr).flatMap((one) => symbolKey(one) ?? []));
  return { bare, byEntry, derived, before, left };
}

/** Of the x of `A x = b`, "a function of `$A$`", and of `x = x_0 + t v` the equation tells more than words. */
function standTogether({ bare }: Uses, name: string, arg: Expr): boolean {
  const others = bare.get(unstyled(symbolKey(arg) ?? ''));
  return others !== undefined && [...(bare.get(unstyled(name)) ?? [])].some((equation) => others.has(equation));
}

/** What is declared and may be any function: one whose values would be orthogonal, or sum to one, is none that could be drawn. */
function mayVary(walk: Walk, known: Draft): boolean {
  return isOnlyDeclared(walk, known) && known.properties.every((property) => DRAWN.has(property));
}

const DRAWN: ReadonlySet<Property> = new Set(['symmetric', 'spd', 'positive', 'invertible']);

/** What the words leave open, with a column of as many entries as it may have where an argument is only known by its entries. */
function placeDependence(walk: Walk, statement: Opening['statement'], { byEntry }: Uses): void {
  for (const arg of statement.args) {
    const key = symbolKey(arg) as string;
    if (!byEntry.has(unstyled(key)) || lookUpInAnyStyle(walk.scope, key, walk.section, walk.item) !== undefined) continue;
    const text = walk.text.slice(arg.span.start, arg.span.end);
    Object.assign(introduce(walk.scope, key, walk.section, walk.item, arg.span), { declared: matrix(variable(`|${text}|`), ONE), text });
  }
  placeArguments(walk, statement);
}

/** Beside a θ that matrices depend on the `m_{k-1}` of `∂m_{k-1}/∂θ_i`, and of `∂m_k/∂θ_i`, does, too, where nothing else is said of it. */
function placeDerived(walk: Walk, { args }: Opening['statement'], { derived, before, left }: Uses, defined: ReadonlySet<string>): void {
  const found = args.flatMap((arg) => derived.get(unstyled(symbolKey(arg) as string)) ?? []);
  for (const { name, equation } of [...found, ...found.flatMap((one) => before.get(symbolKey(one.name) as string) ?? [])]) {
    const key = symbolKey(name) as string;
    const known = lookUp(walk.scope, key, equation.section, equation.item);
    if (defined.has(key) || left.has(key) || (known !== undefined && !mayVary(walk, known))) continue;
    Object.assign(walk, { section: equation.section, item: 0 });
    placeArguments(walk, { name, args, span: name.span });
  }
}

/** Whether something is declared of a letter, and not what it depends on. */
export function isOnlyDeclared({ scope }: Walk, known: Draft): boolean {
  return known.role === 'variable' && known.family === null && !scope.openArguments.some(({ draft }) => draft === known);
}
