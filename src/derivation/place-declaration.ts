import type { Span } from '../base/span.ts';
import { type Dim, equal, hasCount, namesIn } from '../shape/dimension.ts';
import { dimensionOf, isDimension, type NoDimension, shapeOf } from '../shape/read-dimension.ts';
import { isScalar, type MatrixShape, matrix } from '../shape/shape.ts';
import type { DeclarationStatement, Expr, OpenStatement, ShapeExpr, Statement } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { baseKey, headKey, labelledKey, symbolKey } from '../syntax/symbol-key.ts';
import { type Adjective, addProblem, noteDimension, type PlacedEquation, type Walk } from './collected.ts';
import { isCommutation } from './commutation.ts';
import { capitalOf } from './other-styles.ts';
import { type Draft, familyKey, introduce, lookUp, lookUpHere, sectionsAround, setMembersApart } from './scope.ts';
import { toldByEquations } from './told-by-equations.ts';

export function placeDeclaration(walk: Walk, { names, shape, like, properties, mild, span }: DeclarationStatement): void {
  const declared = shape !== null ? readShape(walk, shape) : like !== undefined ? shapeLike(walk, like) : null;
  if ((shape !== null || like !== undefined) && declared === null) return;
  const counted = countedFamily(walk, names);
  for (const key of listedBeside(names)) walk.scope.listed.add(key);
  const isKnown = (name: Expr) => mild !== undefined && isKnownTo(walk, symbolKey(name) ?? '', mild === 'here');
  for (const name of expandDots(names)) if (!isKnown(name)) declare(walk, name, declared, properties, span, counted);
}

/** The shape that a letter is declared to have, turned for its transpose. */
function shapeLike(walk: Walk, like: Expr): MatrixShape | null {
  if (like.kind === 'postfix' && like.mark.kind === 'transpose') {
    const turned = shapeLike(walk, like.base);
    return turned === null ? null : matrix(turned.cols, turned.rows);
  }
  const key = symbolKey(like);
  return key === null ? null : (lookUp(walk.scope, key, walk.section, walk.item)?.declared ?? null);
}

/** Whether anything is said of a letter: in its own section also what it equals, or anywhere. */
function isKnownTo(walk: Walk, key: string, here: boolean): boolean {
  const { scope, section, item } = walk;
  const found = here ? lookUpHere(scope, key, section, item) : lookUp(scope, key, section, item);
  const isOnlyCounted = here && found?.declared != null && isCounted(found.declared);
  return (found !== undefined && !isOnlyCounted) || (here && isTold(walk, key, section));
}

/** `x_1, …, x_n` names the first member, the last, and all between: a family. */
function expandDots(names: readonly Expr[]): readonly Expr[] {
  const dots = names.findIndex((name) => name.kind === 'hole');
  return dots < 0 ? names : [names[names.length - 1] as Expr];
}

/** Of `u_o, u_1, …, u_K` the `u_o`, which is one of its own. */
function listedBeside(names: readonly Expr[]): readonly string[] {
  const dots = names.findIndex((name) => name.kind === 'hole');
  const keys = names.slice(0, Math.max(dots, 0)).flatMap((name) => symbolKey(name) ?? []);
  return keys.some((key) => /_\d+$/.test(key)) ? keys.filter((key) => /_\p{L}+$/u.test(key)) : [];
}

/** Of `x_1, …, x_N` the family `x` and its count. */
function countedFamily(walk: Walk, names: readonly Expr[]): { readonly key: string; readonly count: Dim | null } | null {
  const last = names.at(-1);
  if (last?.kind !== 'postfix' || last.mark.kind !== 'sub' || last.mark.items.length !== 1 || !names.some((name) => name.kind === 'hole'))
    return null;
  const key = symbolKey(last.base);
  const count = dimensionOf(last.mark.items[0] as Expr);
  if (key === null || !isDimension(count)) return null;
  for (const name of namesIn(count)) noteDimension(walk, name, last.span);
  return { key, count };
}

/** `\mathbf 1 ∈ R^n` says how long a constant is and makes it no variable. */
const NUMERAL = /^(?:bold|bb|vec):[01]$/;

function declare(
  walk: Walk,
  name: Expr,
  shape: MatrixShape | null,
  properties: Draft['properties'],
  span: Span,
  counted: ReturnType<typeof countedFamily>,
): void {
  const family = counted ?? (isLabelled(walk, name, shape) ? null : familyOf(walk, name));
  const key = family === null ? symbolKey(name) : shape === null ? describedKey(walk, family.key) : familyKeyFor(walk, family.key);
  if (key === null)
    return addProblem(walk, { kind: 'syntax', span: name.span, message: 'A declaration names a symbol here.', origin: walk.origin });
  if (isCommutation(name, shape)) return;
  if (NUMERAL.test(key)) return void (shape !== null && walk.numerals.set(key.endsWith('1') ? 'ones' : 'zeros', shape));
  if (family === null) partFromFamily(walk, key);
  if (shape === null && lookUpHere(walk.scope, key, walk.section, walk.item) === undefined) {
    return void walk.adjectives.push({ key, name: name.span, properties, family, section: walk.section, item: walk.item, statement: span });
  }
  const draft = draftFor(walk, key, name.span, shape);
  if (shape !== null) draft.declared = shape;
  if (shape !== null) draft.declaredAt = span;
  // Of `c_i > 0` with a vector c the entries are positive.
  describe(walk, draft, { properties, family: shape === null ? draft.family : family, name: name.span, statement: span });
  if (shape !== null) declareLabelled(walk, name, draft);
}

/** `W^{(l)} ∈ R^{d×d}` says it of every `W^{(1)}`, `W^{(2)}` that nothing else is said of. */
function declareLabelled(walk: Walk, name: Expr, { declared, declaredAt, properties }: Draft): void {
  const labelled = labelledKey(name);
  if (labelled === null || !/^\p{Ll}$/u.test(labelled.label)) return;
  Object.assign(draftFor(walk, labelled.all, name.span, declared), { declared, declaredAt, properties });
}

function describe(
  walk: Walk,
  draft: Draft,
  { properties, family, name, statement }: Pick<Adjective, 'properties' | 'family' | 'name' | 'statement'>,
): void {
  draft.properties = [...new Set([...draft.properties, ...properties])];
  if (family !== null) draft.family = family;
  walk.declarations.push({ draft, name, statement });
}

/** "Let `$A \in \mathbb R^{n\times n}$` be symmetric": the words may come before the shape, and are about the letter that their own section declares. */
export function placeAdjectives(walk: Walk): void {
  if (walk.adjectives.length === 0) return;
  const told = toldByEquations(walk.equations);
  for (const adjective of walk.adjectives) {
    const { name, section, item } = adjective;
    // "Constant symmetric `$K_e$` …, and `$K$` is positive definite": by the end the members may be a family of their own.
    const key = adjective.family === null ? adjective.key : describedKey({ scope: walk.scope, section, item }, adjective.key);
    const known = lookUp(walk.scope, key, section, item);
    if (known === undefined && isEntryOfKnown(walk, adjective)) continue;
    // Of `c_i > 0` with a vector c the entries are positive.
    if (known !== undefined) describe(walk, known, { ...adjective, family: known.family });
    else describe(walk, named(walk, introduceTold(walk, key, told.get(key) ?? [], adjective), name), adjective);
  }
}

/** "where `γ > 0`", of a γ that an earlier section defines, is said of that one; a bandwidth `h > 0` is no function `h(u)` of a section that is over. */
function introduceTold(walk: Walk, key: string, told: readonly PlacedEquation[], { section, item, name }: Adjective): Draft {
  const { scope } = walk;
  const last = told.some((one) => one.section === section) ? undefined : told.findLast((one) => one.section < section);
  const earlier = last !== undefined && isFunctionOfOther(walk, key, last, section) ? undefined : last;
  return introduce(scope, key, earlier?.section ?? section, earlier?.item ?? item, name);
}

/** Whether an equation says what a function is, in a section that is not around this one, and this one does not apply it. */
function isFunctionOfOther(
  { scope, equations }: Walk,
  key: string,
  { statement, section: other }: PlacedEquation,
  section: number,
): boolean {
  if (statement.sides[0]?.kind !== 'call' || [...sectionsAround(scope, section)].includes(other)) return false;
  const here = equations.filter((one) => one.section === section).flatMap(({ statement: { sides } }) => sides.flatMap(withinExpr));
  return !here.some((expr) => expr.kind === 'call' && headKey(expr) === key);
}

/** `a_{ij} \ge 0` of a declared matrix `A` speaks of its entries. */
function isEntryOfKnown({ scope }: Walk, { key, section, item }: Adjective): boolean {
  const letter = /^(.*\p{Ll})_\p{Ll},\p{Ll}$/u.exec(key)?.[1];
  const matrix = letter === undefined ? undefined : lookUp(scope, capitalOf(letter), section, item)?.declared;
  return matrix != null && !isScalar(matrix);
}

/** `x_i`, with a letter below that counts: every member of the family `x` has the shape. */
function familyOf(walk: Walk, name: Expr): { readonly key: string; readonly count: Dim | null; readonly letter: string } | null {
  if (name.kind !== 'postfix' || name.mark.kind !== 'sub' || name.mark.items.length !== 1) return null;
  const [item] = name.mark.items;
  const base = baseKey(name.base) === null ? null : symbolKey(name.base);
  if (base === null || item?.kind !== 'name' || !/^\p{Ll}$/u.test(item.name) || !walk.counts(item.name)) return null;
  const index = lookUp(walk.scope, item.name, walk.section, walk.item);
  const known = index?.role === 'index' ? (index.range?.to ?? null) : null;
  return { key: base, count: known, letter: item.name };
}

/** `\mu_b ∈ R^q` beside `\mu_a ∈ R^p`: the letters below tell two symbols apart and count nothing. */
function isLabelled(walk: Walk, name: Expr, shape: MatrixShape | null): boolean {
  const family = familyOf(walk, name);
  const here = family === null ? undefined : lookUpHere(walk.scope, family.key, walk.section, walk.item);
  if (here?.family == null || here.declared === null || shape === null || sameShape(here.declared, shape)) return false;
  return here.text !== walk.text.slice(name.span.start, name.span.end);
}

/** Where `u` is declared by itself, the members `u_k` are a family of their own. */
function familyKeyFor(walk: Walk, key: string): string {
  const here = lookUpHere(walk.scope, key, walk.section, walk.item);
  return here?.declared != null && here.family === null ? familyKey(key) : key;
}

/** Where members `u_k` are a family of their own, `u_k > 0` is said of them, and else of the entries of u. */
function describedKey(walk: Pick<Walk, 'scope' | 'section' | 'item'>, key: string): string {
  return lookUp(walk.scope, familyKey(key), walk.section, walk.item) === undefined ? key : familyKey(key);
}

/** The other way round: `u` is declared by itself after its members. */
function partFromFamily(walk: Walk, key: string): void {
  const here = lookUpHere(walk.scope, key, walk.section, walk.item);
  if (here?.family == null) return;
  // Of `c_i > 0` with a vector c the entries are positive.
  if (here.declared === null) return void (here.family = null);
  setMembersApart(walk.scope, here, walk.section, walk.item);
}

/** The version of the letter that a declaration is about: this section's, or a new one where it differs. */
function draftFor(walk: Walk, key: string, span: Span, shape: MatrixShape | null): Draft {
  const here = lookUpHere(walk.scope, key, walk.section, walk.item);
  const differs = here?.declared != null && shape !== null && !isCounted(here.declared) && !sameShape(here.declared, shape);
  if (here !== undefined && !differs) return here;
  if (here !== undefined && here.declared !== null && shape !== null) {
    const strict = walk.origin === 'plain';
    addProblem(walk, { kind: 'redeclared', span, text: key, earlier: here.declaredAt ?? here.span, shape, before: here.declared, strict });
  }
  const around = shape === null ? lookUp(walk.scope, key, walk.section, walk.item) : undefined;
  return around ?? named(walk, introduce(walk.scope, key, walk.section, walk.item, span), span);
}

function named(walk: Walk, draft: Draft, span: Span): Draft {
  draft.text = walk.text.slice(span.start, span.end);
  return draft;
}

/** A shape that is only told in words, "a vector", gives way to one with letters. */
function isCounted({ rows, cols }: MatrixShape): boolean {
  return hasCount(rows) || hasCount(cols);
}

function sameShape(a: MatrixShape, b: MatrixShape): boolean {
  return equal(a.rows, b.rows) && equal(a.cols, b.cols);
}

/** The shape a note states; its names become dimensions. Null, with a problem, where it states none. */
export function readShape(walk: Walk, note: ShapeExpr): MatrixShape | null {
  const shape = shapeOf(note);
  if (!('rows' in shape)) return refuseDimension(walk, shape);
  for (const name of [...namesIn(shape.rows), ...namesIn(shape.cols)]) noteDimension(walk, name, note.span);
  return shape;
}

function refuseDimension(walk: Walk, { expr, why }: NoDimension): null {
  const written = walk.text.slice(expr.span.start, expr.span.end);
  addProblem(walk, { kind: 'syntax', span: expr.span, message: `\`${written}\` is no dimension: ${why}.`, origin: walk.origin });
  return null;
}

export function placeFunction(walk: Walk, { names, from, to, span }: Statement & { kind: 'function' }): void {
  const shapes = from.map((shape) => readShape(walk, shape));
  const result = readShape(walk, to);
  if (result === null || shapes.includes(null)) return;
  for (const name of names) {
    const key = symbolKey(name);
    if (
      key === null ||
      (walk.origin === 'prose' && (isTold(walk, key, null) || lookUp(walk.scope, key, walk.section, walk.item)?.declared != null))
    )
      continue;
    const draft = draftFor(walk, key, name.span, null);
    draft.role = 'function';
    draft.from = shapes as MatrixShape[];
    draft.declared = result;
    draft.declaredAt = span;
    walk.declarations.push({ draft, name: name.span, statement: span });
  }
}

/** Whether an equation before, of a section or of all, says what a letter is. */
function isTold({ equations }: Walk, key: string, within: number | null): boolean {
  return equations.some(
    ({ statement: { sides }, section }) => sides.length > 1 && (within === null || section === within) && headKey(sides[0] as Expr) === key,
  );
}

export function placeOpen(walk: Walk, { name, args, shape, span, bound }: Statement & { kind: 'open' }): void {
  const declared = shape === null ? null : readShape(walk, shape);
  const key = symbolKey(name);
  if (declared === null || key === null) return;
  const draft = draftFor(walk, key, name.span, declared);
  draft.declared = declared;
  if (bound === true) draft.bound = true;
  leaveOpen(walk, draft, { name, args, span });
}

/** `L = L(x)`: what L depends on, and nothing of its shape. */
export function placeArguments(walk: Walk, statement: Pick<OpenStatement, 'name' | 'args' | 'span'>): void {
  const key = symbolKey(statement.name);
  if (key !== null) leaveOpen(walk, draftFor(walk, key, statement.name.span, null), statement);
}

function leaveOpen(walk: Walk, draft: Draft, { name, args, span }: Pick<OpenStatement, 'name' | 'args' | 'span'>): void {
  draft.declaredAt ??= span;
  walk.declarations.push({ draft, name: name.span, statement: span });
  walk.scope.openArguments.push({ draft, args, section: walk.section, item: walk.item });
}

export function placeIndex(walk: Walk, { names, from, to, span }: Statement & { kind: 'index' }): void {
  const range = { from: dimensionOf(from), to: dimensionOf(to) };
  const wrong = [range.from, range.to].find((dim): dim is NoDimension => !isDimension(dim));
  if (wrong !== undefined) return void refuseDimension(walk, wrong);
  const dims = range as { readonly from: Dim; readonly to: Dim };
  for (const name of namesIn(dims.to)) noteDimension(walk, name, span);
  for (const name of names) {
    const key = symbolKey(name);
    if (key === null) continue;
    const draft = draftFor(walk, key, name.span, null);
    draft.role = 'index';
    draft.range = dims;
  }
}
