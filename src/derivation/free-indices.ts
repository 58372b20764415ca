import { ONE } from '../shape/dimension.ts';
import type { Expr, Mark } from '../syntax/ast.ts';
import { countingLetters } from '../syntax/counting-letters.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { type Context, draftNamed, find, isKnown, matrixOfEntries } from './context.ts';
import { isPlaceFromEnd } from './last-entry.ts';
import { type Draft, familyKey, hasEntriesOfMember } from './scope.ts';

/**
 * The letters that stand below something that has entries, and so may count: `i` in `z_i` where `z`
 * is known and `z_i` is not, `i` and `j` in `δ_{ij}`. Letters bound inside the expression are left out.
 */
export function lettersBelow(context: Context, expr: Expr): readonly string[] {
  return [...new Set(lettersIn(context, expr, new Set()))];
}

function lettersIn(context: Context, expr: Expr, bound: ReadonlySet<string>): string[] {
  const below = (parts: readonly Expr[]) => parts.flatMap((part) => lettersIn(context, part, bound));
  switch (expr.kind) {
    case 'number':
    case 'name':
      return [];
    case 'apply':
      return below(expr.args);
    case 'call':
      return below([expr.head, ...expr.args]);
    case 'postfix':
      return [
        ...below(expr.mark.kind === 'power' ? [expr.base, expr.mark.exponent] : [expr.base]),
        ...lettersOfMark(context, expr.base, expr.mark, expr).filter((letter) => !bound.has(letter)),
      ];
    case 'derivative':
      return below([expr.of, ...expr.wrt.map((wrt) => wrt.expr)]);
    case 'binder':
      return lettersIn(context, expr.body, new Set([...bound, ...countingLetters(expr).map((name) => name.name)]));
    case 'matrix':
      return below(expr.rows.flat());
    case 'noted':
    case 'named':
      return below([expr.body]);
    case 'hole':
      return below(expr.parts);
  }
}

function lettersOfMark(context: Context, base: Expr, mark: Mark, whole: Expr): string[] {
  if (mark.kind !== 'sub' || !hasEntries(context, base, whole) || isPlaceFromEnd(context, base, mark.items)) return [];
  return mark.items.flatMap((item) => lettersOfItem(context, item));
}

/** A letter, or in plain notation a run of letters such as `ij`, that names nothing else. */
function lettersOfItem(context: Context, item: Expr): string[] {
  if (item.kind === 'apply' && (item.op === 'add' || item.op === 'sub')) return item.args.flatMap((arg) => lettersOfItem(context, arg));
  if (item.kind !== 'name') return [];
  const letters = item.name.length <= 3 && /^\p{Ll}+$/u.test(item.name) ? [...item.name] : [item.name];
  return letters.filter((letter) => /^\p{Ll}$/u.test(letter) && isFree(context, letter));
}

/** A declared index, a letter that is neither a symbol nor bound, or the name of a function, which is no place. */
function isFree(context: Context, letter: string): boolean {
  const found = find(context, letter);
  return found === undefined || found.implicit || found.role === 'index' || found.from !== null || found.params.length > 0;
}

function hasEntries(context: Context, base: Expr, whole: Expr): boolean {
  const named = draftNamed(context, whole);
  if (named !== undefined && !named.implicit) return false;
  const key = symbolKey(base);
  return (
    key === null ||
    isKnown(context, key) ||
    isKnown(context, familyKey(key)) ||
    matrixOfEntries(context, key) !== undefined ||
    hasEntriesOfMember(context.scope, base) ||
    key === 'δ' ||
    key === 'e' ||
    key === 'bold:e'
  );
}

/**
 * The letters an equation is claimed for, each value of them: those that stand on its first side and
 * on another side too, or beside nothing but numbers.
 */
export function freeLetters(context: Context, sides: readonly Expr[]): readonly string[] {
  const [first, ...others] = sides.map((side) => lettersBelow(context, side));
  if (first === undefined) return [];
  const constant = sides.slice(1).every((side) => side.kind === 'number');
  return first.filter(
    (letter) =>
      !context.bound.has(letter) &&
      (constant ||
        others.some((letters) => letters.includes(letter)) ||
        find(context, letter)?.role === 'index' ||
        picksEntry(context, sides[0] as Expr, letter) ||
        isOfMember(context, sides[0] as Expr, letter)),
  );
}

/**
 * `\partial J/\partial θ_j` of a declared column θ, by `W_{ij}` or `W_{i,:}` of a matrix, or by a member `w_i`, is by that part, also where the
 * other side forgets which; so is `∂^2 f/∂x_i ∂x_j` by both.
 */
function picksEntry(context: Context, side: Expr, letter: string): boolean {
  if (side.kind !== 'derivative' || !side.wrt.some(({ expr }) => isPartWith(context, expr, letter))) return false;
  return side.wrt.every(({ expr }) => lettersBelow(context, expr).some((other) => isPartWith(context, expr, other)));
}

/** `\partial z_i/\partial b` of members that the text defines, also where it is the same for each, as I is for `z_i = W x_i + b`. */
function isOfMember(context: Context, side: Expr, letter: string): boolean {
  if (side.kind !== 'derivative' || side.of.kind !== 'postfix' || !isPartWith(context, side.of, letter)) return false;
  const key = symbolKey(side.of.base);
  return key !== null && (find(context, familyKey(key)) ?? find(context, key))?.definedAt != null;
}

function isPartWith(context: Context, expr: Expr, letter: string): boolean {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'sub') return false;
  const { items } = expr.mark;
  const key = symbolKey(expr.base);
  const draft = key === null ? undefined : (find(context, familyKey(key)) ?? find(context, key));
  if (draft === undefined || !items.flatMap((item) => lettersOfItem(context, item)).includes(letter)) return false;
  return draft.family !== null || draft.stacked !== null
    ? items.length === 1
    : draft.definedAt === null && placesIn(context, items) === axesOf(draft);
}

/** How many axes a subscript chooses in: letters of a run, and `:` for all of one. */
function placesIn(context: Context, items: readonly Expr[]): number {
  return items.flatMap((item) => (item.kind === 'name' && item.name === ':' ? [':'] : lettersOfItem(context, item))).length;
}

function axesOf({ declared }: Draft): number {
  return declared === null ? 0 : [declared.rows, declared.cols].filter(({ key }) => key !== ONE.key).length;
}
