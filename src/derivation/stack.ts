import type { Span } from '../base/span.ts';
import type { Selector, SymbolId, Term } from '../ops/term.ts';
import { type Dim, ONE, equal, namesIn } from '../shape/dimension.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import { type MatrixShape, SCALAR, isScalar, matrix } from '../shape/shape.ts';
import type { BinderExpr, EquationStatement, Expr, Members, PostfixExpr, StackStatement } from '../syntax/ast.ts';
import { partsOf } from '../syntax/depth.ts';
import { membersIn } from '../syntax/members.ts';
import { unstyled } from '../syntax/name.ts';
import { labelledKey, symbolKey } from '../syntax/symbol-key.ts';
import { type KnownStack, type MadeStack, type PlacedStack, type Walk, noteDimension } from './collected.ts';
import { type Context, bindIndex, capitalOf, otherStyles, symbolTerm } from './context.ts';
import { formOf } from './layout-shapes.ts';
import { roughShape } from './rough-shape.ts';
import { type Draft, type Scope, type Stacked, familyKey, introduce, isVector, lookUp, lookUpHere } from './scope.ts';

// What the rows, the columns or the entries of a matrix are called: `X = [x_1, …, x_n]^\top`, "the columns `$a_j$` of `$A$`".

// ---- said by an equation

/** What an equation says of the members of a matrix; null where it says nothing. */
export function stackIn(statement: EquationStatement, text: string): StackStatement | null {
  const { sides, relations } = statement;
  const [left, right] = sides;
  if (left === undefined || right === undefined || sides.length > 2 || !/^:?=$|^≡$/.test(relations[0] ?? '')) return null;
  return listedIn(statement, left, right, text) ?? takenFrom(statement, left, right);
}

/** `X = [x_1, …, x_n]^\top`. */
function listedIn({ span }: EquationStatement, whole: Expr, right: Expr, text: string): StackStatement | null {
  const isPart = whole.kind === 'postfix' && whole.mark.kind === 'sub';
  const found = isPart || symbolKey(whole) === null ? null : listIn(right, text);
  const members = found === null ? null : membersIn(found.listed);
  if (found === null || members === null || !members.counted || found.transposed !== members.transposed) return null;
  return { kind: 'stack', whole, members, axis: found.axis, upright: true, span };
}

/** `w_i = W_{i,:}^\top`, `a_j = A_{:,j}`. */
function takenFrom({ span }: EquationStatement, left: Expr, right: Expr): StackStatement | null {
  const members = membersIn([left]);
  const isTransposed = isTurned(right);
  const part = isTransposed ? right.base : right;
  if (members === null || members.transposed || part.kind !== 'postfix' || part.mark.kind !== 'sub' || left.kind !== 'postfix') return null;
  const [letter] = left.mark.kind === 'sub' ? left.mark.items.map(symbolKey) : [];
  const below = part.mark.items.map(symbolKey);
  const at = below.indexOf(letter ?? null);
  const axis = at === 1 ? 'columns' : 'rows';
  const isPart = letter != null && at >= 0 && below.length === 2 && below[1 - at] === ':' && symbolKey(part.base) !== null;
  return isPart ? { kind: 'stack', whole: part.base, members, axis, upright: isTransposed === (axis === 'rows'), span } : null;
}

function isTurned(expr: Expr): expr is PostfixExpr {
  return expr.kind === 'postfix' && (expr.mark.kind === 'transpose' || (expr.mark.kind === 'prime' && expr.mark.count === 1));
}

interface Listed {
  readonly listed: readonly Expr[];
  readonly axis: StackStatement['axis'];
  /** Whether members have to be transposed to stand there as they do. */
  readonly transposed: boolean;
}

/** `[x_1, …, x_n]` lists columns, its transpose rows; a column of `x_i^\top` lists rows, one of `x_i` entries. */
function listIn(expr: Expr, text: string): Listed | null {
  const isTransposed = isTurned(expr);
  const row = rowIn(isTransposed ? expr.base : expr, text);
  if (row !== null) return { listed: row, axis: isTransposed ? 'rows' : 'columns', transposed: false };
  if (expr.kind !== 'matrix' || expr.rows.length < 2 || expr.rows.some((one) => one.length !== 1)) return null;
  const listed = expr.rows.flat();
  const transposed = membersIn(listed)?.transposed === true;
  return { listed, axis: transposed ? 'rows' : 'entries', transposed };
}

/** Written with commas or `&`, or in brackets with dots between, as in `(a_1 \cdots a_n)`. */
function rowIn(expr: Expr, text: string): readonly Expr[] | null {
  if (expr.kind === 'matrix') return expr.rows.length === 1 ? (expr.rows[0] as readonly Expr[]) : null;
  const isBracketed =
    expr.kind === 'apply' && expr.op === 'mul' && /[[(]\s*$/.test(text.slice(Math.max(0, expr.span.start - 8), expr.span.start));
  return isBracketed ? expr.args : null;
}

export function placeStack(walk: Walk, statement: StackStatement): void {
  const count = countIn(statement.members);
  if (count !== null) for (const name of namesIn(count)) noteDimension(walk, name, statement.span);
  walk.stackings.push({ ...statement, section: walk.section, item: walk.item });
}

/** How many members a list says there are. */
function countIn({ last, counted }: Members): Dim | null {
  const [item] = counted && last.kind === 'postfix' && last.mark.kind === 'sub' ? last.mark.items : [];
  const count = item === undefined ? undefined : dimensionOf(item);
  return count !== undefined && isDimension(count) ? count : null;
}

// ---- shapes, once everything is declared

/** Gives a matrix the shape that its members make, and members the shape that they have in it. */
export function declareStacks(walk: Walk): void {
  const summed = summedCounts(walk);
  for (const draft of walk.scope.drafts.values()) countMembers(walk.scope, draft, summed);
  for (const placed of walk.stackings) {
    const whole = symbolKey(placed.whole);
    const letter = lettersKey(placed.members.last);
    if (whole === null || letter === null) continue;
    const known = whole === letter ? entriesOf(walk, placed, whole) : stackOf(walk, placed, whole, letter);
    if (known !== null) walk.stacks.push(known);
    else if (whole !== letter && isMade(walk, placed, letter)) walk.made.push({ ...placed, draft: wholeOf(walk, placed, whole) });
  }
  for (const members of [...walk.scope.drafts.values()]) {
    const known = walk.stacks.some((one) => one.members === members)
      ? null
      : (customaryStack(walk.scope, members) ?? entriesWithTwoNumbers(walk.scope, members));
    if (known !== null) walk.stacks.push(known);
    else columnOfNumbers(walk, members);
  }
}

/** How many members there are is told after them, "for `$i = 1, \dots, n$`", or by the sums that run over them. */
function countMembers(scope: Scope, draft: Draft, summed: ReadonlyMap<string, Dim>): void {
  const { family, section, since, key } = draft;
  if (family === null || family.count !== null) return;
  const index = family.letter === undefined ? undefined : lookUpHere(scope, family.letter, section, since);
  const count = index?.role === 'index' ? index.range?.to : summed.get(`${section}:${key.replace('[]', '')}`);
  if (count !== undefined) draft.family = { ...family, count };
}

/** Of each section the letters that sums from 1 run over, where all of them run as far. */
function summedCounts({ equations }: Walk): ReadonlyMap<string, Dim> {
  const found = new Map<string, Dim | null>();
  for (const { statement, section } of equations) {
    for (const { key, count } of statement.sides.flatMap((side) => summedIn(side, new Map()))) {
      const known = found.get(`${section}:${key}`);
      found.set(`${section}:${key}`, known === undefined || known?.key === count.key ? count : null);
    }
  }
  return new Map([...found].flatMap(([key, count]) => (count === null ? [] : [[key, count] as const])));
}

/** `x_i` under sums over i, each with how far i runs. */
function summedIn(expr: Expr, bounds: ReadonlyMap<string, Dim>): readonly { readonly key: string; readonly count: Dim }[] {
  const [item, ...more] = expr.kind === 'postfix' && expr.mark.kind === 'sub' ? expr.mark.items : [];
  const count = item?.kind === 'name' && more.length === 0 ? bounds.get(item.name) : undefined;
  const key = count === undefined ? null : symbolKey((expr as PostfixExpr).base);
  const within = expr.kind === 'binder' ? new Map([...bounds, ...boundsOf(expr)]) : bounds;
  const below = partsOf(expr).flatMap((part) => summedIn(part, within));
  return key === null || count === undefined ? below : [{ key, count }, ...below];
}

function boundsOf({ names, from, to }: BinderExpr): readonly (readonly [string, Dim])[] {
  const count = to === null || from?.kind !== 'number' || from.value !== 1 ? undefined : dimensionOf(to);
  return count !== undefined && isDimension(count) ? names.map(({ name }) => [name, count]) : [];
}

/** `y_i ∈ R` for `i = 1, …, n` and then `X w - y`, outside of any sum: y is their column. */
function columnOfNumbers({ equations }: Walk, members: Draft): void {
  const { declared, family, key } = members;
  if (declared === null || !isScalar(declared) || family?.count == null || members.properties.length > 0) return;
  const isNamed = equations.some(
    ({ statement, section }) => section === members.section && statement.sides.some((side) => standsBare(side, key)),
  );
  if (isNamed) Object.assign(members, { declared: matrix(family.count, ONE), family: null });
}

/** Whether a letter stands by itself, with nothing below and in no sum. */
function standsBare(expr: Expr, key: string): boolean {
  if (symbolKey(expr) === key) return true;
  if (expr.kind === 'binder') return false;
  return expr.kind === 'postfix' && expr.mark.kind === 'sub' ? false : partsOf(expr).some((part) => standsBare(part, key));
}

function wholeOf(walk: Walk, placed: PlacedStack, key: string): Draft {
  return wholeNamed(walk, placed, key) ?? introduced(walk.scope, key, placed, walk.text);
}

/** The matrix that is meant; `X = [x_1, …, x_n]` begins a new one where only another section has an X. */
function wholeNamed({ scope, equations }: Walk, { whole, section, item }: PlacedStack, key: string): Draft | undefined {
  const defines = equations.some(({ statement }) => statement.sides[0] === whole);
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
function lettersKey(last: Expr): string | null {
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
function familyNamed(scope: Scope, letter: string, { section, item }: PlacedStack): Draft | undefined {
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

/** The shape that a matrix gives its members; of rows that are written as `x_i` nobody knows which way they stand. */
function memberIn({ axis, members, upright }: PlacedStack, whole: MatrixShape | null): MatrixShape | null {
  if (whole === null) return null;
  const isWide = whole.rows.key !== ONE.key && whole.cols.key !== ONE.key;
  if (!isWide) return isScalar(whole) || members.transposed ? null : SCALAR;
  if (axis === 'entries' || upright === null) return null;
  if (axis === 'columns') return upright ? matrix(whole.rows, ONE) : matrix(ONE, whole.rows);
  return upright ? matrix(whole.cols, ONE) : matrix(ONE, whole.cols);
}

function lengthAlong({ rows, cols }: MatrixShape, axis: StackStatement['axis']): Dim {
  return axis === 'columns' || rows.key === ONE.key ? cols : rows;
}

function wholeShape(axis: StackStatement['axis'], member: MatrixShape, count: Dim): MatrixShape | null {
  if (axis === 'entries') return isScalar(member) ? matrix(count, ONE) : null;
  const form = formOf(member);
  if (form !== 'column' && form !== 'row') return null;
  const length = form === 'column' ? member.rows : member.cols;
  return axis === 'columns' ? matrix(length, count) : matrix(count, length);
}

function fits(declared: MatrixShape, shape: MatrixShape): boolean {
  const isTurned = declared.rows.key === ONE.key && shape.cols.key === ONE.key && equal(declared.cols, shape.rows);
  return isTurned || (equal(declared.rows, shape.rows) && equal(declared.cols, shape.cols));
}

// ---- values, once it is known what is defined

/**
 * Members are parts of the matrix, so that what is said of one holds of the other. Only where the text defines the members,
 * and not the matrix, it is the matrix that is made of them.
 */
export function linkStacks(stacks: readonly KnownStack[], context: Omit<Context, 'section' | 'item' | 'origin'>): void {
  for (const stack of stacks) {
    const { members, whole, axis, turned } = stack;
    if (members === whole) continue;
    if (members.definedAt === null || whole.definedAt !== null) members.stacked = { whole: whole.id, axis, turned };
    else define(stack, { ...context, section: whole.section, item: whole.since, origin: 'plain' });
  }
}

/** `Z = [z_1, …, z_n]` where `z_i = W x_i`. */
export function makeStacks(made: readonly MadeStack[], context: Omit<Context, 'section' | 'item' | 'origin'>): void {
  const { scope } = context;
  for (const { draft: whole, ...placed } of made) {
    const members = familyNamed(scope, lettersKey(placed.members.last) as string, placed);
    const body = members?.definition?.body;
    const member = body?.kind === 'binder' ? roughShape(scope, body.body) : null;
    if (members === undefined || member === null) continue;
    const axis = isScalar(member) ? 'entries' : placed.axis;
    const count = countIn(placed.members) ?? members.family?.count ?? null;
    const shape = count === null ? null : wholeShape(axis, member, count);
    if (shape === null || whole.definedAt !== null) continue;
    whole.declared ??= shape;
    define(
      { members, whole, axis, turned: false, item: placed.item },
      { ...context, section: whole.section, item: whole.since, origin: 'plain' },
    );
  }
}

/** `Z_{ij}` is the j-th entry of `z_i`. */
function define({ members, whole, axis }: KnownStack, context: Context): void {
  const { span, declared } = whole;
  if (declared === null) return;
  const rows = countingTo(declared.rows, 'i', span, context);
  const cols = axis === 'entries' ? null : countingTo(declared.cols, 'j', span, context);
  const selectors = cols === null ? [rows] : axis === 'rows' ? [rows, cols] : [cols, rows];
  const body: Term = {
    kind: 'entry',
    base: symbolTerm(members.id, span),
    selectors: selectors.map((id) => ({ kind: 'at', index: symbolTerm(id, span) })),
    span,
  };
  const indices = cols === null ? [rows] : [rows, cols];
  const stack: Term = { kind: 'binder', binder: 'stack', indices, from: null, to: null, distinct: false, body, span };
  whole.definition = { params: [], body: stack, span };
  whole.definedAt = span;
}

function countingTo(to: Dim, letter: string, span: Span, context: Context): SymbolId {
  const { id } = bindIndex(context, letter, span);
  (context.scope.drafts.get(id) as Draft).range = { from: ONE, to };
  return id;
}

/** `x_i` as a part of the matrix whose row, column or entry it is. */
export function partOf({ whole, axis, turned }: Stacked, selectors: readonly Selector[], base: Span, span: Span): Term {
  const [member, ...within] = selectors;
  const entry = (chosen: readonly (Selector | undefined)[]): Term => ({
    kind: 'entry',
    base: symbolTerm(whole, base),
    selectors: chosen.filter((one) => one !== undefined),
    span,
  });
  const all: Selector = { kind: 'all' };
  if (axis === 'entries') return entry(selectors);
  if (within.length > 0) return entry(axis === 'rows' ? [member, ...within] : [...within, member]);
  const part = entry(axis === 'columns' ? [all, member] : [member, all]);
  return turned ? { kind: 'apply', op: 'transpose', args: [part], span } : part;
}
