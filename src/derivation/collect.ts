import type { Span } from '../base/span.ts';
import { type Dim, equal, namesIn } from '../shape/dimension.ts';
import { dimensionOf, isDimension, type NoDimension, shapeOf } from '../shape/read-dimension.ts';
import { DEEPEST_TREE, partsOf } from '../syntax/depth.ts';
import type { OpName } from '../syntax/notation.ts';
import { type MatrixShape, SCALAR } from '../shape/shape.ts';
import type { DeclarationStatement, DirectiveStatement, EquationStatement, Expr, ShapeExpr, ShapeLineStatement, Statement } from '../syntax/ast.ts';
import type { Origin, SourceDocument } from '../syntax/document.ts';
import { baseKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Settings } from './derivation.ts';
import type { Problem } from './problem.ts';
import { type Draft, type Scope, type SectionDraft, emptyScope, familyKey, introduce, lookUp, lookUpHere, openSection } from './scope.ts';

/** An equation where it stands, before it is elaborated. */
export interface PlacedEquation {
  readonly statement: EquationStatement;
  readonly section: number;
  /** Its place in the order of the document. */
  readonly item: number;
  readonly settings: Settings;
  readonly identity: boolean;
  readonly origin: Origin;
  readonly block: number;
  /** The shape lines that stand under it. */
  readonly shapeLines: ShapeLineStatement[];
}

/** `expect CODE`, and the stretch of text from the next block to the one after it, which must show the code. */
export interface Expectation {
  readonly code: string;
  readonly span: Span;
  readonly within: Span;
}

export interface Collected {
  readonly scope: Scope;
  readonly equations: readonly PlacedEquation[];
  readonly problems: Problem[];
  readonly facts: ReadonlyMap<string, Dim>;
  /** Stretches between `off` and `on`, and blocks under `ignore`, in which nothing is reported. */
  readonly ignored: readonly Span[];
  readonly declarations: readonly PlacedDeclaration[];
  /** Shapes that are declared for the constants, where nothing around one says otherwise. */
  readonly numerals: ReadonlyMap<OpName, MatrixShape>;
  readonly expectations: readonly Expectation[];
}

/** A name where it is declared. */
export interface PlacedDeclaration {
  readonly draft: Draft;
  readonly name: Span;
  readonly statement: Span;
}

/** What the walk over the items carries along; it lives as long as the walk. */
interface Walk {
  readonly text: string;
  readonly scope: Scope;
  readonly equations: PlacedEquation[];
  readonly problems: Problem[];
  readonly facts: Map<string, Dim>;
  readonly numerals: Map<OpName, MatrixShape>;
  readonly ignored: Span[];
  readonly declarations: PlacedDeclaration[];
  section: number;
  item: number;
  block: number;
  origin: Origin;
  identity: boolean;
  readonly expectations: Expectation[];
  /** Expectations that wait for their block to begin, and to end. */
  waiting: readonly DirectiveStatement[];
  begun: { readonly directives: readonly DirectiveStatement[]; readonly start: number } | null;
  offSince: number | null;
  ignoreBlock: boolean;
}

/** First reading: sections, directives, declarations; equations are placed and wait for the second. */
export function collect(document: SourceDocument, text: string, settings: Settings): Collected {
  const walk: Walk = {
    text, scope: emptyScope(settings, text.length), equations: [], problems: [], facts: new Map(), numerals: new Map(), ignored: [], declarations: [],
    section: 0, item: 0, block: -1, origin: 'plain', identity: false, expectations: [], waiting: [], begun: null, offSince: null, ignoreBlock: false,
  };
  for (const item of document.items) {
    walk.item++;
    if (item.kind === 'heading') walk.section = openSection(walk.scope, walk.section, item.level, item.title, item.span);
    else if (item.kind === 'problem') addProblem(walk, { kind: 'syntax', ...item.problem, origin: item.origin });
    else {
      walk.origin = item.origin;
      walk.block = item.block;
      beginExpectations(walk, item.statement);
      place(walk, item.statement);
    }
  }
  endExpectations(walk, text.length);
  for (const draft of walk.scope.drafts.values()) declareNumber(draft);
  if (walk.offSince !== null) walk.ignored.push({ start: walk.offSince, end: text.length });
  return walk;
}

/** `λ > 0` of a letter that nothing else is said of: a number. */
function declareNumber(draft: Draft): void {
  if (draft.declared === null && draft.properties.includes('positive') && draft.role === 'variable') draft.declared = SCALAR;
}

function addProblem(walk: Walk, problem: Problem): void {
  walk.problems.push(problem);
}

function place(walk: Walk, statement: Statement): void {
  if (skipped(walk, statement)) return;
  switch (statement.kind) {
    case 'directive':
      return placeDirective(walk, statement);
    case 'declaration':
      return placeDeclaration(walk, statement);
    case 'function':
      return placeFunction(walk, statement);
    case 'open':
      return placeOpen(walk, statement);
    case 'index':
      return placeIndex(walk, statement);
    case 'shapeLine':
      return placeShapeLine(walk, statement);
    case 'equation':
      return placeEquation(walk, statement);
  }
}

/** Whether `off` or `ignore` takes the statement out; `on` ends the first, one block the second. */
function skipped(walk: Walk, statement: Statement): boolean {
  const turnsOn = statement.kind === 'directive' && statement.name === 'on';
  if (walk.offSince !== null && !turnsOn) return true;
  if (!walk.ignoreBlock || statement.kind === 'directive') return false;
  walk.ignoreBlock = false;
  walk.ignored.push(statement.span);
  return true;
}

/** An expectation is about the block that begins next: a chain with what continues it and its shape lines. */
function beginExpectations(walk: Walk, statement: Statement): void {
  const goesOn = statement.kind === 'shapeLine' || (statement.kind === 'equation' && statement.continues);
  if (walk.begun !== null && !goesOn) endExpectations(walk, statement.span.start);
  if (statement.kind === 'directive') {
    if (statement.name === 'expect') walk.waiting = [...walk.waiting, statement];
  } else if (walk.waiting.length > 0) {
    walk.begun = { directives: walk.waiting, start: statement.span.start };
    walk.waiting = [];
  }
}

function endExpectations(walk: Walk, end: number): void {
  for (const { args, span } of walk.begun?.directives ?? []) {
    walk.expectations.push({ code: args[0] ?? '', span, within: { start: walk.begun?.start ?? end, end } });
  }
  for (const { args, span } of end === walk.text.length ? walk.waiting : []) walk.expectations.push({ code: args[0] ?? '', span, within: { start: end, end } });
  walk.begun = null;
}

// ---- directives

function placeDirective(walk: Walk, { name, args, span }: DirectiveStatement): void {
  const [first = '', second = ''] = args;
  const set = (change: Partial<Settings>) => {
    const section = walk.scope.sections[walk.section] as SectionDraft;
    section.settings = { ...section.settings, ...change };
  };
  switch (name) {
    case 'layout':
      return set({ layout: first as Settings['layout'], layoutSpan: first === 'auto' ? null : span });
    case 'verify':
      return set({ verify: first === 'on' });
    case 'broadcast':
      return set({ broadcast: first === 'on' });
    case 'tolerance':
      return set({ tolerance: Number(first) });
    case 'seed':
      return set({ seed: Number(first) });
    case 'size':
      return setSize(walk, first, Number(second));
    case 'convention':
      return set({ boldConvention: first === 'bold' });
    case 'identity':
      walk.identity = true;
      return;
    case 'expect':
      return;
    case 'off':
      walk.offSince = span.end;
      return;
    case 'on':
      if (walk.offSince !== null) walk.ignored.push({ start: walk.offSince, end: span.start });
      walk.offSince = null;
      return;
    case 'ignore':
      if (first === 'file') walk.offSince = 0;
      else walk.ignoreBlock = true;
      return;
  }
}

function setSize(walk: Walk, dimension: string, size: number): void {
  const section = walk.scope.sections[walk.section] as SectionDraft;
  section.settings = { ...section.settings, sizes: new Map([...section.settings.sizes, [dimension, size]]) };
}

// ---- declarations

function placeDeclaration(walk: Walk, { names, shape, properties, span }: DeclarationStatement): void {
  const declared = shape === null ? null : readShape(walk, shape);
  if (shape !== null && declared === null) return;
  const counted = countedFamily(walk, names);
  for (const name of expandDots(names)) declare(walk, name, declared, properties, span, counted);
}

/** `x_1, …, x_n` names the first member, the last, and all between: a family. */
function expandDots(names: readonly Expr[]): readonly Expr[] {
  const dots = names.findIndex((name) => name.kind === 'hole');
  return dots < 0 ? names : [names[names.length - 1] as Expr];
}

/** Of `x_1, …, x_N` the family `x` and its count. */
function countedFamily(walk: Walk, names: readonly Expr[]): { readonly key: string; readonly count: Dim | null } | null {
  const last = names.at(-1);
  if (last?.kind !== 'postfix' || last.mark.kind !== 'sub' || last.mark.items.length !== 1 || !names.some((name) => name.kind === 'hole')) return null;
  const key = symbolKey(last.base);
  const count = dimensionOf(last.mark.items[0] as Expr);
  if (key === null || !isDimension(count)) return null;
  for (const name of namesIn(count)) noteDimension(walk, name, last.span);
  return { key, count };
}

/** `\mathbf 1 ∈ R^n` says how long a constant is and makes it no variable. */
const NUMERAL = /^(?:bold|bb|vec):[01]$/;

function declare(walk: Walk, name: Expr, shape: MatrixShape | null, properties: Draft['properties'], span: Span, counted: ReturnType<typeof countedFamily>): void {
  const family = counted ?? familyOf(walk, name);
  const key = family === null ? symbolKey(name) : familyKeyFor(walk, family.key);
  if (key === null) return addProblem(walk, { kind: 'syntax', span: name.span, message: 'A declaration names a symbol here.', origin: walk.origin });
  if (NUMERAL.test(key)) return void (shape !== null && walk.numerals.set(key.endsWith('1') ? 'ones' : 'zeros', shape));
  if (family === null) partFromFamily(walk, key);
  const draft = draftFor(walk, key, name.span, shape);
  if (shape !== null) draft.declared = shape;
  if (shape !== null) draft.declaredAt = span;
  draft.properties = [...new Set([...draft.properties, ...properties])];
  if (family !== null) draft.family = { count: family.count };
  walk.declarations.push({ draft, name: name.span, statement: span });
}

/** `x_i`, with a letter below that counts: every member of the family `x` has the shape. */
function familyOf(walk: Walk, name: Expr): { readonly key: string; readonly count: Dim | null } | null {
  if (name.kind !== 'postfix' || name.mark.kind !== 'sub' || name.mark.items.length !== 1) return null;
  const [item] = name.mark.items;
  const base = baseKey(name.base) === null ? null : symbolKey(name.base);
  if (base === null || item?.kind !== 'name' || !/^\p{Ll}$/u.test(item.name)) return null;
  const index = lookUp(walk.scope, item.name, walk.section, walk.item);
  const known = index?.role === 'index' ? (index.range?.to ?? null) : null;
  return { key: base, count: known };
}

/** Where `u` is declared by itself, the members `u_k` are a family of their own. */
function familyKeyFor(walk: Walk, key: string): string {
  const here = lookUpHere(walk.scope, key, walk.section, walk.item);
  return here?.declared != null && here.family === null ? familyKey(key) : key;
}

/** The other way round: `u` is declared by itself after its members. */
function partFromFamily(walk: Walk, key: string): void {
  const here = lookUpHere(walk.scope, key, walk.section, walk.item);
  if (here?.family == null) return;
  // Of `c_i > 0` with a vector c the entries are positive.
  if (here.declared === null) return void (here.family = null);
  const { declared, declaredAt, properties, family, text } = here;
  Object.assign(introduce(walk.scope, familyKey(key), walk.section, walk.item, here.span), { declared, declaredAt, properties, family, text });
  here.family = null;
}

/** The version of the letter that a declaration is about: this section's, or a new one where it differs. */
function draftFor(walk: Walk, key: string, span: Span, shape: MatrixShape | null): Draft {
  const here = lookUpHere(walk.scope, key, walk.section, walk.item);
  const differs = here?.declared != null && shape !== null && !sameShape(here.declared, shape);
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

function sameShape(a: MatrixShape, b: MatrixShape): boolean {
  return equal(a.rows, b.rows) && equal(a.cols, b.cols);
}

/** The shape a note states; its names become dimensions. Null, with a problem, where it states none. */
function readShape(walk: Walk, note: ShapeExpr): MatrixShape | null {
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

function noteDimension(walk: Walk, name: string, span: Span): void {
  if (!walk.scope.dimensions.has(name)) walk.scope.dimensions.set(name, span);
}

function placeFunction(walk: Walk, { names, from, to, span }: Statement & { kind: 'function' }): void {
  const shapes = from.map((shape) => readShape(walk, shape));
  const result = readShape(walk, to);
  if (result === null || shapes.includes(null)) return;
  for (const name of names) {
    const key = symbolKey(name);
    if (key === null) continue;
    const draft = draftFor(walk, key, name.span, null);
    draft.role = 'function';
    draft.from = shapes as MatrixShape[];
    draft.declared = result;
    draft.declaredAt = span;
    walk.declarations.push({ draft, name: name.span, statement: span });
  }
}

function placeOpen(walk: Walk, { name, args, shape, span }: Statement & { kind: 'open' }): void {
  const declared = readShape(walk, shape);
  const key = symbolKey(name);
  if (declared === null || key === null) return;
  const draft = draftFor(walk, key, name.span, declared);
  draft.declared = declared;
  draft.declaredAt = span;
  walk.declarations.push({ draft, name: name.span, statement: span });
  walk.scope.openArguments.push({ draft, args, section: walk.section, item: walk.item });
}

function placeIndex(walk: Walk, { names, from, to, span }: Statement & { kind: 'index' }): void {
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

// ---- equations and shape lines

function placeShapeLine(walk: Walk, statement: ShapeLineStatement): void {
  for (const shape of statement.sides.flat(2)) readShape(walk, shape);
  walk.equations.at(-1)?.shapeLines.push(statement);
}

function placeEquation(walk: Walk, statement: EquationStatement): void {
  for (const side of statement.sides) noteRanges(walk, side);
  if (statement.continues && continueChain(walk, statement)) return;
  const { settings } = walk.scope.sections[walk.section] as SectionDraft;
  walk.equations.push({
    statement, section: walk.section, item: walk.item, settings, identity: walk.identity, origin: walk.origin,
    block: walk.block, shapeLines: [],
  });
  walk.identity = false;
}

/** The names in the bound of a sum are dimensions, unless they are declared or defined as something else. */
function noteRanges(walk: Walk, side: Expr): void {
  let level: readonly Expr[] = [side];
  for (let depth = 0; level.length > 0 && depth <= DEEPEST_TREE; depth++) {
    for (const expr of level) if (expr.kind === 'binder' && expr.to !== null) noteBound(walk, expr.to);
    level = level.flatMap(partsOf);
  }
}

function noteBound(walk: Walk, bound: Expr): void {
  const dim = dimensionOf(bound);
  if (isDimension(dim)) for (const name of namesIn(dim)) noteDimension(walk, name, bound.span);
}

/** A chain that begins with a relation goes on from the equation before it in the section. */
function continueChain(walk: Walk, statement: EquationStatement): boolean {
  const before = walk.equations.at(-1);
  if (before === undefined || before.section !== walk.section) return false;
  const joined: EquationStatement = {
    ...before.statement,
    sides: [...before.statement.sides, ...statement.sides],
    relations: [...before.statement.relations, ...statement.relations],
    demanded: statement.demanded,
    membership: statement.membership ?? before.statement.membership,
    span: { start: before.statement.span.start, end: statement.span.end },
  };
  walk.equations[walk.equations.length - 1] = { ...before, statement: joined };
  return true;
}
