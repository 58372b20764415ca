import { lazily } from '../base/lazily.ts';
import { type Dim, namesIn, ONE } from '../shape/dimension.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import { isScalar, type MatrixShape, matrix } from '../shape/shape.ts';
import type { Expr, Members, StackStatement } from '../syntax/ast.ts';
import { membersIn } from '../syntax/members.ts';
import { unstyled } from '../syntax/name.ts';
import { labelledKey, symbolKey } from '../syntax/symbol-key.ts';
import { type KnownStack, noteDimension, type PlacedStack, type Walk } from './collected.ts';
import { bareLetters, columnOfNumbers, countMembers, summedCounts } from './count-members.ts';
import { formOf } from './layout-shapes.ts';
import { capitalOf, otherStyles } from './other-styles.ts';
import { type Draft, familyKey, introduce, isVector, lookUp, lookUpHere, type Scope } from './scope.ts';
import { fits, lengthAlong, memberIn, wholeShape } from './stack-shape.ts';
import { declareUndeclaredColumns } from './undeclared-columns.ts';

// What the rows, the columns or the entries of a matrix are called: `X = [x_1, …, x_n]^\top`, "the columns `$a_j$` of `$A$`".

export function placeStack(walk: Walk, statement: StackStatement, defines: boolean): void {
  const count = countIn(statement.members);
  if (count !== null) for (const name of namesIn(count)) noteDimension(walk, name, statement.span);
  walk.stackings.push({ ...statement, section: walk.section, item: walk.item, defines });
}

/** How many members a list says there are. */
export function countIn({ last, counted }: Members): Dim | null {
  const [item] = counted && last.kind === 'postfix' && last.mark.kind === 'sub' ? last.mark.items : [];
  const count = item === undefined ? undefined : dimensionOf(item);
  return count !== undefined && isDimension(count) ? count : null;
}

/** Gives a matrix the shape that its members make, and members the shape that they have in it. */
export function declareStacks(walk: Walk): void {
  const summed = summedCounts(walk);
  for (const draft of walk.scope.drafts.values()) countMembers(walk.scope, draft, summed);
  for (const placed of walk.stackings) {
    const whole = symbolKey(placed.whole);
    const letter = lettersKey(placed.members.last);
    if (whole === null || letter === null) continue;
    const known = isOfOneLetter(walk, placed, whole, letter) ? entriesOf(walk, placed, whole) : stackOf(walk, placed, whole, letter);
    if (known !== null) walk.stacks.push(known);
    else if (whole !== letter && isMade(walk, placed, letter)) walk.made.push({ ...placed, draft: wholeOf(walk, placed, whole) });
  }
  declareUndeclaredColumns(walk, summed);
  const told = new Set(walk.stacks.map(({ members }) => members));
  const standBare = lazily(() => bareLetters(walk));
  for (const members of [...walk.scope.drafts.values()].filter((one) => !told.has(one))) {
    const known = customaryStack(walk.scope, members) ?? entriesWithTwoNumbers(walk.scope, members);
    if (known !== null) walk.stacks.push(known);
    else columnOfNumbers(members, standBare);
  }
}

/** `\mathbf x = (x_1, …, x_n)^\top` where nothing else is said of the `x_i`: the letter in another style. */
function isOfOneLetter({ scope }: Walk, { section, item }: PlacedStack, whole: string, letter: string): boolean {
  if (whole === letter) return true;
  const isUnknown = [letter, familyKey(letter)].every((key) => lookUp(scope, key, section, item) === undefined);
  return isUnknown && unstyled(whole) === unstyled(letter);
}

function wholeOf(walk: Walk, placed: PlacedStack, key: string): Draft {
  return wholeNamed(walk, placed, key) ?? introduced(walk.scope, key, placed, walk.text);
}

/** The matrix that is meant; `X = [x_1, …, x_n]` begins a new one where only another section has an X. */
function wholeNamed({ scope }: Walk, { defines, section, item }: PlacedStack, key: string): Draft | undefined {
  return defines ? lookUpHere(scope, key, section, item) : lookUp(scope, key, section, item);
}

/** Whether an equation says what each member is. */
function isMade({ equations }: Walk, { section }: PlacedStack, letter: string): boolean {
  return equations.some(({ statement: { sides }, section: other }) => {
    const members = other === section && sides.length > 1 ? membersIn(sides.slice(0, 1)) : null;
    return members !== null && lettersKey(members.last) === letter;
  });
}

/**
 * `x_1, …, x_N ∈ R^p` and `X ∈ R^{N×p}`, or `t_n ∈ R` and `\mathbf t ∈ R^N`: the same letter, a capital or in another style, for what
 * has the shape of all members together. Everyone reads it so without being told.
 */
function customaryStack(scope: Scope, members: Draft): KnownStack | null {
  const { declared, family, key, section, since } = members;
  if (declared === null || family === null || formOf(declared) === 'matrix') return null;
  const letter = key.replace('[]', '');
  const names = formOf(declared) === 'scalar' ? otherStyles(letter) : [capitalOf(letter), ...otherStyles(capitalOf(letter))];
  for (const name of names) {
    const whole = lookUp(scope, name, section, since);
    const axis =
      whole?.declared == null || whole.family !== null || name === letter ? null : customaryAxis(declared, whole.declared, family.count);
    if (whole === undefined || axis === null || whole.role !== 'variable') continue;
    if (family.count === null) members.family = { count: lengthAlong(whole.declared as MatrixShape, axis) };
    return { members, whole, axis, turned: axis !== 'entries' && formOf(declared) === (axis === 'rows' ? 'column' : 'row'), item: -1 };
  }
  return null;
}

/** `r_{nk} ∈ R` beside a matrix R: its entries. */
function entriesWithTwoNumbers(scope: Scope, members: Draft): KnownStack | null {
  const { declared, key, section, since } = members;
  const [, letter] = /^(.+)_\p{Ll},\p{Ll}$/u.exec(key) ?? [];
  if (letter === undefined || declared === null || !isScalar(declared)) return null;
  const whole = [capitalOf(letter), ...otherStyles(capitalOf(letter))].flatMap((name) => lookUp(scope, name, section, since) ?? [])[0];
  const isMatrix = whole?.declared != null && formOf(whole.declared) === 'matrix' && whole.family === null;
  return isMatrix ? { members, whole: whole as Draft, axis: 'entries', turned: false, item: -1 } : null;
}

/** The only axis along which members fit a matrix; null where none does, or either. */
function customaryAxis(member: MatrixShape, whole: MatrixShape, count: Dim | null): StackStatement['axis'] | null {
  const form = formOf(member);
  const axes = form === 'scalar' ? (['entries'] as const) : (['rows', 'columns'] as const);
  const fitting = axes.filter((axis) => {
    const shape = wholeShape(axis, member, count ?? lengthAlong(whole, axis));
    return shape !== null && fits(whole, shape);
  });
  return fitting.length === 1 ? (fitting[0] as StackStatement['axis']) : null;
}

/** The key of all members: `x` of `x_i`, `x^()` of `x^{(i)}`. */
export function lettersKey(last: Expr): string | null {
  if (last.kind !== 'postfix') return null;
  return last.mark.kind === 'sub' ? symbolKey(last.base) : (labelledKey(last)?.all ?? null);
}

/** `y = (y_1, …, y_n)^\top`: numbers that a letter is the column of. */
function entriesOf(walk: Walk, placed: PlacedStack, key: string): KnownStack | null {
  const { span } = placed;
  if ((placed.axis !== 'entries' && !placed.members.counted) || isMatrixName(key)) return null;
  const found = wholeNamed(walk, placed, key);
  const count = countIn(placed.members) ?? found?.family?.count ?? null;
  const isNumbers = found === undefined || (found.family !== null && found.declared !== null && isScalar(found.declared));
  if (found !== undefined && found.family === null && isVector(found)) return stacked(found, found, placed, false);
  // "`$c_i \in [0, 1]$`, all in a column `$c$`" leaves open how many there are.
  if (isNumbers && count === null && found !== undefined) Object.assign(found, { declared: null, family: null });
  if (!isNumbers || count === null) return null;
  const whole = wholeOf(walk, placed, key);
  Object.assign(whole, { declared: matrix(count, ONE), declaredAt: span, family: null });
  return stacked(whole, whole, placed, false);
}

function stackOf(walk: Walk, placed: PlacedStack, key: string, letter: string): KnownStack | null {
  const { scope } = walk;
  const { span } = placed;
  const found = wholeNamed(walk, placed, key);
  const family = familyNamed(scope, letter, placed);
  if (family?.declared != null && family.family === null && !isMatrixName(key) && found?.declared == null) return null;
  const member = family?.declared ?? memberIn(placed, found?.declared ?? null);
  if (member === null || (found !== undefined && found.role !== 'variable')) return null;
  const axis = isScalar(member) ? 'entries' : placed.axis;
  const count = countIn(placed.members) ?? family?.family?.count ?? (found?.declared == null ? null : lengthAlong(found.declared, axis));
  const shape = count === null ? null : wholeShape(axis, member, count);
  if (shape === null || (found?.declared != null && !fits(found.declared, shape))) return null;
  const whole = wholeOf(walk, placed, key);
  if (whole.declared === null) Object.assign(whole, { declared: shape, declaredAt: span });
  const members = family?.family != null ? family : newFamily(walk, letter, placed, family);
  Object.assign(members, { declared: member, family: { count } });
  const turned = formOf(member) === (axis === 'rows' ? 'column' : 'row');
  return stacked(members, whole, { ...placed, axis }, axis !== 'entries' && turned);
}

/** `X` and `\\Phi`, where `x_R = (x_1, …, x_m)` lists entries of the vector x. */
function isMatrixName(key: string): boolean {
  return /^\p{Lu}/u.test(unstyled(key));
}

function stacked(members: Draft, whole: Draft, { axis, item }: PlacedStack, turned: boolean): KnownStack {
  return { members, whole, axis, turned, item };
}

function introduced(scope: Scope, key: string, { whole, section, item }: PlacedStack, text: string): Draft {
  const draft = introduce(scope, key, section, item, whole.span);
  draft.text = text.slice(whole.span.start, whole.span.end);
  return draft;
}

/** What is said of the members so far; of a letter that is declared by itself, members have the shape. */
export function familyNamed(scope: Scope, letter: string, { section, item }: PlacedStack): Draft | undefined {
  return lookUp(scope, familyKey(letter), section, item) ?? lookUp(scope, letter, section, item);
}

function newFamily(
  { scope, text }: Walk,
  letter: string,
  { members: { last }, section, item }: PlacedStack,
  like: Draft | undefined,
): Draft {
  const draft = introduce(scope, like === undefined ? letter : familyKey(letter), section, item, last.span);
  draft.text = text.slice(last.span.start, last.span.end);
  draft.declaredAt = like?.declaredAt ?? last.span;
  return draft;
}
