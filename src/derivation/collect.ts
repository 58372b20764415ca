import type { Span } from '../base/span.ts';
import { type Dim, namesIn } from '../shape/dimension.ts';
import { dimensionOf, isDimension, type NoDimension, shapeOf } from '../shape/read-dimension.ts';
import { isScalar, SCALAR } from '../shape/shape.ts';
import type { AnnouncedStatement, DirectiveStatement, EquationStatement, Expr, ShapeLineStatement, Statement } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Item, SourceDocument } from '../syntax/document.ts';
import { unstyled } from '../syntax/name.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { announce, takeAnnounced } from './announced-claims.ts';
import { openAppliedMatrices } from './applied-matrices.ts';
import { readAsterisks } from './asterisks.ts';
import { readCalledSo } from './called-so.ts';
import { readCasesInWords } from './cases-in-words.ts';
import { addProblem, type Block, type Collected, noteDimension, type Walk } from './collected.ts';
import { declareStacks, placeStack } from './declare-stacks.ts';
import type { Settings } from './derivation.ts';
import { declareEntriesAlone } from './entries-alone.ts';
import { withoutGeneralFunctions } from './functions-in-general.ts';
import { readIncrements } from './increments.ts';
import { readLayersAbove } from './layers-above.ts';
import { declareLettersOfKinds, noteKind } from './letters-of-a-kind.ts';
import { lettersThatCount } from './letters-that-count.ts';
import { readNumbersAbove } from './numbers-above.ts';
import { noteDependence, noteOpening, placeOpenings } from './open-dependence.ts';
import { capitalOf } from './other-styles.ts';
import { placeAdjectives, placeDeclaration, placeFunction, placeIndex, placeOpen, readShape } from './place-declaration.ts';
import { placeDirective } from './place-directive.ts';
import { isPlainText } from './plain-text.ts';
import { stackIn } from './read-stack.ts';
import { type Draft, emptyScope, lookUp, openSection, type SectionDraft } from './scope.ts';
import { readSmallTransposes } from './small-t-above.ts';
import { readSubscriptDerivatives } from './subscript-derivatives.ts';
import { columnLayout } from './table-layouts.ts';
import { toldByEquations } from './told-by-equations.ts';
import { declareVariances } from './variances.ts';

type Placeable = Exclude<Item, { readonly kind: 'heading' }>;

/** First reading: sections, directives, declarations; equations are placed and wait for the second. */
export function collect(document: SourceDocument, text: string, settings: Settings): Collected {
  const walk: Walk = {
    text,
    scope: emptyScope(settings, text.length),
    counts: lettersThatCount(document.items),
    equations: [],
    problems: [],
    facts: new Map(),
    numerals: new Map(),
    ignored: [],
    silenced: [],
    switchedOff: [],
    bounds: new Map(),
    declarations: [],
    adjectives: [],
    kinds: [],
    stackings: [],
    openings: [],
    stacks: [],
    made: [],
    section: 0,
    item: 0,
    block: -1,
    origin: 'plain',
    identity: false,
    expectations: [],
    waiting: [],
    begun: null,
    offSince: null,
    ignoreBlock: false,
    ignoring: null,
    announced: null,
  };
  const isPlain = isPlainText(document.items);
  for (const item of isPlain ? document.items : withHabits(document.items, text)) {
    walk.item++;
    if (item.kind === 'heading') walk.section = openSection(walk.scope, walk.section, item.level, item.title, item.span);
    else placeItem(walk, item);
  }
  endAnnotated(walk, text.length);
  if (!isPlain) declareFromHabits(walk);
  declareNumbers(walk);
  placeBounds(walk);
  if (walk.offSince !== null) walk.ignored.push({ start: walk.offSince, end: text.length });
  for (const { code, from, section } of walk.switchedOff)
    walk.silenced.push({ code, within: { start: from, end: (walk.scope.sections[section] as SectionDraft).end } });
  return walk;
}

/** Statements in which what texts write in ways of their own is what it means. */
function withHabits(items: readonly Item[], text: string): readonly Item[] {
  const read = readIncrements(
    readSmallTransposes(
      readAsterisks(readCasesInWords(readSubscriptDerivatives(readCalledSo(withoutGeneralFunctions(items, text), text), text), text), text),
      text,
    ),
  );
  return readNumbersAbove(readLayersAbove(read, text), text);
}

/** What is said of letters without declaring them by themselves. */
function declareFromHabits(walk: Walk): void {
  placeOpenings(walk);
  openAppliedMatrices(walk);
  placeAdjectives(walk);
  declareStacks(walk);
  declareVariances(walk);
  declareEntriesAlone(walk);
  declareLettersOfKinds(walk);
}

/** `λ > 0` of a letter that nothing else is said of: a number. "Over `w > 0`" of a `w` that is transposed says it of each entry. */
function declareNumbers({ scope, equations }: Walk): void {
  const positive = [...scope.drafts.values()].filter(({ declared, properties }) => declared === null && properties.includes('positive'));
  if (positive.length === 0) return;
  const turned = new Set(equations.flatMap(({ statement: { sides } }) => sides.flatMap(withinExpr).flatMap(turnedKey)));
  const told = toldByEquations(equations);
  const isTold = ({ key, section }: Draft) => told.get(key)?.some((one) => one.section === section) === true;
  for (const draft of positive) if (draft.role === 'variable' && !turned.has(draft.key) && !isTold(draft)) draft.declared = SCALAR;
}

/** The key of what is transposed. */
function turnedKey(expr: Expr): readonly string[] {
  const isTurned = expr.kind === 'postfix' && (expr.mark.kind === 'transpose' || expr.mark.kind === 'prime');
  const key = isTurned ? symbolKey(expr.base) : null;
  return key === null ? [] : [key];
}

function placeItem(walk: Walk, item: Placeable): void {
  walk.origin = item.origin;
  walk.block = item.block;
  beginAnnotated(walk, item);
  if (skipped(walk, item)) return;
  if (item.kind === 'problem') addProblem(walk, { kind: 'syntax', ...item.problem, origin: item.origin });
  else place(walk, item.statement);
}

function place(walk: Walk, statement: Statement): void {
  switch (statement.kind) {
    case 'directive':
      return placeDirective(walk, statement);
    case 'declaration':
      return void (noteKind(walk, statement) || placeDeclaration(walk, statement));
    case 'function':
      return placeFunction(walk, statement);
    case 'open':
      return void (noteDependence(walk, statement) || placeOpen(walk, statement));
    case 'index':
      return placeIndex(walk, statement);
    case 'stack':
      return placeStack(walk, statement, false);
    case 'shapeLine':
      return placeShapeLine(walk, statement);
    case 'announced':
      return placeAnnounced(walk, statement);
    case 'equation':
      return placeEquation(walk, statement);
    // What is called so is an equation by now.
    case 'called':
  }
}

/** Words about a derivative make a claim with what they say it is, or wait for the equation that does. */
function placeAnnounced(walk: Walk, announced: AnnouncedStatement): void {
  const claim = announce(walk, announced);
  if (claim !== null) placeEquation(walk, claim);
}

/** Whether `off` or `ignore` takes an item out; `on` ends the first, one block the second. */
function skipped(walk: Walk, item: Placeable): boolean {
  const directive = item.kind === 'statement' && item.statement.kind === 'directive' ? item.statement : null;
  if (walk.offSince !== null) return !(directive?.name === 'on' && directive.args.length === 0);
  if (directive !== null) return false;
  if (walk.ignoreBlock) walk.ignoring = blockFrom(walk, item);
  walk.ignoreBlock = false;
  if (walk.ignoring === null || !goesOn(walk.ignoring, item)) return false;
  walk.ignored.push(spanOf(item));
  return true;
}

function spanOf(item: Placeable): Span {
  return item.kind === 'problem' ? item.problem.span : item.statement.span;
}

/** The block that begins with an item: a formula, in running text its paragraph, in plain notation a chain with its shape lines. */
function blockFrom({ text }: Walk, item: Placeable): Block {
  const { start } = spanOf(item);
  const isInline = item.origin !== 'plain' && /(?:^|[^$])\$`?\s*$|\\\(\s*$/.test(text.slice(Math.max(0, start - 20), start));
  const blank = isInline ? text.slice(start).search(/\n[ \t]*\r?\n/) : 0;
  return { start, number: item.block, paragraphEnd: blank < 0 ? text.length : start + blank };
}

function goesOn({ number, paragraphEnd }: Block, item: Placeable): boolean {
  const continues =
    item.kind === 'statement' && (item.statement.kind === 'shapeLine' || (item.statement.kind === 'equation' && item.statement.continues));
  return continues || item.block === number || spanOf(item).start < paragraphEnd;
}

/** `expect CODE` and `ignore CODE` are about the block that begins next. */
function beginAnnotated(walk: Walk, item: Placeable): void {
  const directive = item.kind === 'statement' && item.statement.kind === 'directive' ? item.statement : null;
  if (walk.begun !== null && (directive !== null || !goesOn(walk.begun.block, item))) endAnnotated(walk, spanOf(item).start);
  if (directive !== null) {
    if (directive.name === 'expect' || (directive.name === 'ignore' && isCode(directive.args[0])))
      walk.waiting = [...walk.waiting, directive];
  } else if (walk.waiting.some((one) => isBefore(one, item))) {
    const directives = walk.waiting.filter((one) => isBefore(one, item));
    const isRow = directives.some(({ span }) => isWithinFormula(walk, span.end, item));
    walk.begun = { directives, block: isRow ? rowFrom(item) : blockFrom(walk, item) };
    walk.waiting = walk.waiting.filter((one) => !isBefore(one, item));
  }
}

/** What a comment between the rows of a formula states comes before all of them, and is about those behind it. */
function isBefore({ span }: DirectiveStatement, item: Placeable): boolean {
  return span.start < spanOf(item).start;
}

/** Whether a row of a formula begins at an item, and a place before it lies in the same formula. */
function isWithinFormula({ text }: Walk, place: number, item: Placeable): boolean {
  return item.origin === 'math' && !/\$|\\\[|\\\(|\\begin\b/.test(text.slice(place, spanOf(item).start));
}

function rowFrom(item: Placeable): Block {
  return { start: spanOf(item).start, number: Number.NaN, paragraphEnd: 0 };
}

function isCode(word: string | undefined): boolean {
  return word !== undefined && word !== 'file';
}

function endAnnotated(walk: Walk, end: number): void {
  for (const directive of walk.begun?.directives ?? []) annotate(walk, directive, { start: walk.begun?.block.start ?? end, end });
  for (const directive of end === walk.text.length ? walk.waiting : []) annotate(walk, directive, { start: end, end });
  walk.begun = null;
}

function annotate(walk: Walk, { name, args, span }: DirectiveStatement, within: Span): void {
  const code = args[0] ?? '';
  if (name === 'expect') walk.expectations.push({ code, span, within });
  else walk.silenced.push({ code, within });
}

// ---- equations and shape lines

function placeShapeLine(walk: Walk, statement: ShapeLineStatement): void {
  for (const shape of statement.sides.flat(2)) readShape(walk, shape);
  walk.equations.at(-1)?.shapeLines.push(statement);
}

/** The x of `a_0 = x \in \mathbb R^n`, where nothing else declares it. */
function declareLast(walk: Walk, { sides, membership, span }: EquationStatement): void {
  const [first, ...others] = sides;
  const last = others.at(-1);
  if (membership === null || first === undefined || last?.kind !== 'name') return;
  const isKnown = (key: string | null) => key === null || lookUp(walk.scope, key, walk.section, walk.item) !== undefined;
  if (isKnown(symbolKey(first)) || isKnown(last.name)) return;
  placeDeclaration(walk, { kind: 'declaration', names: [last], shape: membership, properties: [], span });
}

/** What an equation's membership says of its first side. */
function declareFirst(walk: Walk, { sides: [first], membership, span }: EquationStatement): void {
  if (first === undefined || membership === null) return;
  placeDeclaration(walk, { kind: 'declaration', names: [first], shape: membership, properties: [], span });
}

/** `D = (d_{ij})`, `\mathbf D = (d_{ij})`, `D = (d_{ij})_{i,j=1}^n` say what the entries of D are called. */
function listsEntries({ sides: [whole, listed, ...more], relations }: EquationStatement): boolean {
  if (more.length > 0 || relations[0] !== '=' || whole?.kind !== 'name' || listed === undefined) return false;
  const entry = withoutBounds(listed);
  const isEntry = entry.kind === 'postfix' && entry.mark.kind === 'sub' && entry.mark.items.length === 2 && entry.base.kind === 'name';
  return isEntry && entry.base.name !== whole.name && unstyled(capitalOf(entry.base.name)) === unstyled(whole.name);
}

/** What stands before `_{i,j}`, `_{1 \le i,j \le n}` and `_{i,j=1}^n` that only say how far indices run. */
function withoutBounds(listed: Expr): Expr {
  const isAbove = listed.kind === 'postfix' && listed.mark.kind === 'power' && listed.mark.exponent.kind === 'name';
  const below = isAbove ? listed.base : listed;
  const isBelow = below.kind === 'postfix' && (below.mark.kind === 'sub' || below.mark.kind === 'label') && below.base.kind === 'postfix';
  return isBelow ? below.base : listed;
}

function placeEquation(walk: Walk, statement: EquationStatement): void {
  const told = takeAnnounced(walk, statement);
  if (told !== null) placeEquation(walk, told);
  if (noteOpening(walk, statement)) return;
  for (const side of statement.sides) noteRanges(walk, side);
  if (statement.continues && continueChain(walk, statement)) return;
  if (listsEntries(statement)) return declareFirst(walk, statement);
  const stack = stackIn(statement, walk.text);
  if (stack !== null) placeStack(walk, stack, stack.whole === statement.sides[0]);
  if (stack !== null && statement.membership !== null && stack.whole === statement.sides[0]) declareFirst(walk, statement);
  declareLast(walk, statement);
  walk.equations.push({
    statement,
    section: walk.section,
    item: walk.item,
    settings: settingsAt(walk, statement.span.start),
    identity: walk.identity,
    origin: walk.origin,
    block: walk.block,
    where: [],
    shapeLines: [],
  });
  walk.identity = false;
}

/** What directives set for the section, and the heading of a column of a table for what stands below it. */
function settingsAt({ scope, section, origin, text }: Walk, at: number): Settings {
  const { settings } = scope.sections[section] as SectionDraft;
  const column = origin !== 'plain' && settings.layoutSpan === null ? columnLayout(text, at) : null;
  return column === null ? settings : { ...settings, layout: column.layout, layoutSpan: column.span, layoutAbove: null };
}

/** The names in the bound of a sum are dimensions, unless they are declared or defined as something else. */
function placeBounds(walk: Walk): void {
  const wide = new Set(
    [...walk.scope.drafts.values()].flatMap(({ key, declared }) => (declared === null || isScalar(declared) ? [] : [key])),
  );
  for (const [name, span] of walk.bounds) if (!wide.has(name)) noteDimension(walk, name, span);
}

/** Also those in the shapes under the letters of an equation: the r of `\frac{α}{r} \underbrace{B}_{m×r} x` stands before what makes it a size. */
function noteRanges(walk: Walk, side: Expr): void {
  for (const expr of withinExpr(side)) {
    if (expr.kind === 'binder' && expr.to !== null) noteBound(walk, dimensionOf(expr.to), expr.to.span);
    if (expr.kind !== 'noted') continue;
    const shape = shapeOf(expr.shape);
    if ('rows' in shape) for (const dim of [shape.rows, shape.cols]) noteBound(walk, dim, expr.shape.span);
  }
}

function noteBound({ bounds }: Walk, dim: Dim | NoDimension, span: Span): void {
  if (isDimension(dim)) for (const name of namesIn(dim)) if (!bounds.has(name)) bounds.set(name, span);
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
