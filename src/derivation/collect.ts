import { namesIn } from '../shape/dimension.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import { SCALAR } from '../shape/shape.ts';
import type { EquationStatement, Expr, ShapeLineStatement, Statement } from '../syntax/ast.ts';
import { DEEPEST_TREE, partsOf } from '../syntax/depth.ts';
import type { SourceDocument } from '../syntax/document.ts';
import { type Collected, type Walk, addProblem, noteDimension } from './collected.ts';
import type { Settings } from './derivation.ts';
import { placeDeclaration, placeFunction, placeIndex, placeOpen, readShape } from './place-declaration.ts';
import { placeDirective } from './place-directive.ts';
import { type Draft, type SectionDraft, emptyScope, openSection } from './scope.ts';

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
