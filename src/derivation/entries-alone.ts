import { ENTRYWISE_OPS } from '../ops/entrywise.ts';
import { ONE } from '../shape/dimension.ts';
import { matrix } from '../shape/shape.ts';
import type { EquationStatement, Expr, NameExpr, PostfixExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { functionNamed, type OpName } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { axisSizes } from './axis-sizes.ts';
import type { PlacedEquation, Walk } from './collected.ts';
import { capitalOf, otherStyles } from './other-styles.ts';
import { type Draft, familyKey, introduce } from './scope.ts';

/** `x_i`, `W_{ij}`: a letter with nothing but letters that count below it. */
export interface Entry {
  readonly key: string;
  readonly base: Expr;
  readonly indices: readonly string[];
}

/**
 * Columns and matrices that a text speaks of by their entries alone: the z of `p_i = e^{z_i} / \sum_k e^{z_k}` and `\partial p_i / \partial z_j`, the W of
 * `z_i = \sum_{k=1}^d W_{ik} x_k`. Sums, and other letters that the same index counts, say how large they are.
 */
export function declareEntriesAlone(walk: Walk): void {
  const equations = walk.equations.filter(({ origin }) => origin !== 'plain');
  if (!equations.some(({ statement: { sides } }) => sides[0] !== undefined && isByEntry(walk, sides[0]))) return;
  const alone = lettersAlone(walk, equations);
  if (alone.size === 0) return;
  const sizes = axisSizes(walk, equations, alone);
  for (const [key, { base, indices }] of alone) {
    const [rows, cols] = indices.map((_, axis) => sizes(key, axis));
    if (rows == null || cols === null) continue;
    const known = draftsOf(walk, key)[0];
    const draft = known ?? introduce(walk.scope, key, 0, 0, base.span);
    Object.assign(draft, { declared: matrix(rows, cols ?? ONE), text: walk.text.slice(base.span.start, base.span.end) });
  }
}

/** What an expression is, if it is an entry. */
export function entryIn({ counts, bounds, scope }: Walk, expr: Expr): Entry | null {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'sub' || expr.mark.items.length > 2 || expr.base.kind !== 'name') return null;
  const key = expr.base.name;
  const isIndex = (item: Expr): item is NameExpr =>
    item.kind === 'name' && /^\p{Ll}$/u.test(item.name) && counts(item.name) && !bounds.has(item.name) && !scope.dimensions.has(item.name);
  const indices = expr.mark.items;
  if (!indices.every(isIndex) || RESERVED.has(key)) return null;
  return { key, base: expr.base, indices: indices.map(({ name }) => name) };
}

/** Kronecker's δ, and the columns of the identity. */
const RESERVED: ReadonlySet<string> = new Set(['δ', 'e']);

/** `\partial a / \partial z_j` at the head of a claim. */
function isByEntry(walk: Walk, side: Expr): boolean {
  return side.kind === 'derivative' && side.wrt.some(({ expr }) => entryIn(walk, expr) !== null);
}

/** The letters of which nothing is said, and which stand nowhere but as entries in formulas about numbers, each with one of them. */
function lettersAlone(walk: Walk, equations: readonly PlacedEquation[]): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  const otherwise = new Set<string>();
  const written = new Set<string>();
  for (const { statement } of equations) {
    const parts = statement.sides.flatMap(withinExpr);
    for (const part of parts) if (part.kind === 'name') written.add(part.name);
    const entries = parts.flatMap((part) => entryIn(walk, part) ?? []);
    const isOfNumbers = parts.every((part) => isNumeric(walk, part));
    for (const entry of entries) {
      const known = found.get(entry.key) ?? entry;
      found.set(entry.key, known);
      const isNamed = known === entry && endsClaim(statement, entry);
      if (!isOfNumbers || isNamed || known.indices.length !== entry.indices.length) otherwise.add(entry.key);
    }
    for (const name of statement.sides.length > 1 ? namesBeside(parts, entries) : []) otherwise.add(name);
  }
  const isUnknown = (key: string) =>
    !otherStyles(key).some((other) => written.has(other)) &&
    draftsOf(walk, key).every(isUnsaid) &&
    namesakes(key).every((other) => draftsOf(walk, other).every(({ implicit }) => implicit));
  return new Map([...found].filter(([key]) => !otherwise.has(key) && isUnknown(key)));
}

/** `\partial f / \partial x_i = s_i` gives the derivative a name, where s is new. */
function endsClaim({ sides }: EquationStatement, { base }: Entry): boolean {
  return sides[0]?.kind === 'derivative' && sides.slice(1).some((side) => side.kind === 'postfix' && side.base === base);
}

/** The family and the capital of a letter, whose entries may well be written so. */
function namesakes(key: string): readonly string[] {
  const capital = capitalOf(key);
  return [familyKey(key), ...(capital === key ? [] : [capital, ...otherStyles(capital)])];
}

/** Letters that stand for themselves, but not as the argument of a function: `f(x)` may well depend on all entries. */
function namesBeside(parts: readonly Expr[], entries: readonly Entry[]): readonly string[] {
  const args = parts.flatMap((part) => (part.kind === 'call' && part.head.kind === 'name' ? part.args : []));
  const aside = new Set<Expr>([...entries.map(({ base }) => base), ...args]);
  return parts.flatMap((part) => (part.kind === 'name' && !aside.has(part) ? [part.name] : []));
}

function draftsOf({ scope }: Walk, key: string): readonly Draft[] {
  return scope.sections.flatMap(({ symbols }) => symbols.get(key) ?? []);
}

function isUnsaid({ role, declared, family, open, from, stacked, range }: Draft): boolean {
  return role === 'variable' && [declared, family, open, from, stacked, range].every((said) => said === null);
}

// ---- formulas about numbers

const ARITHMETIC: ReadonlySet<OpName> = new Set([
  ...(['add', 'sub', 'neg', 'mul', 'div', 'pow', 'max', 'min', 'cases', 'bars', 'indicator', 'pi', 'euler'] as const),
  ...(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'unequal'] as const),
]);

/** Whether nothing is asked at a part of a formula that is asked of vectors and matrices only. */
function isNumeric(walk: Walk, part: Expr): boolean {
  switch (part.kind) {
    case 'apply':
      return isOfNumbers(part.op) && !(part.op === 'mul' && part.args.some((arg) => isMatrixLetter(walk, arg)));
    case 'call':
      // `p_i (1 - p_j)` is a product.
      return isKnownFunction(part.head) || entryIn(walk, part.head) !== null || part.args.every(({ kind }) => kind === 'name');
    case 'postfix':
      return !TURNED.has(part.mark.kind) && !isStep(part);
    case 'matrix':
    case 'hole':
      return false;
    default:
      return true;
  }
}

const TURNED: ReadonlySet<PostfixExpr['mark']['kind']> = new Set(['transpose', 'inverse', 'inverseTranspose', 'pseudoInverse']);

function isOfNumbers(op: OpName): boolean {
  return ARITHMETIC.has(op) || op in ENTRYWISE_OPS;
}

function isKnownFunction(head: Expr): boolean {
  const key = symbolKey(head.kind === 'postfix' && head.mark.kind === 'prime' ? head.base : head);
  const op = key === null ? undefined : functionNamed(key);
  return op !== undefined && isOfNumbers(op);
}

/** `x_{t+1}`, which tells what comes next. */
function isStep({ mark }: PostfixExpr): boolean {
  return mark.kind === 'sub' && mark.items.some(({ kind }) => kind === 'apply');
}

/** The W of `W x_i`, and of `W_l x_l`. */
function isMatrixLetter({ bounds, scope }: Walk, arg: Expr): boolean {
  const letter = arg.kind === 'postfix' && arg.mark.kind === 'sub' && arg.mark.items.length === 1 ? arg.base : arg;
  return letter.kind === 'name' && /^\p{Lu}$/u.test(letter.name) && !bounds.has(letter.name) && !scope.dimensions.has(letter.name);
}
