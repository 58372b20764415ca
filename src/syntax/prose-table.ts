import { contains, type Span } from '../base/span.ts';
import { announcedEquation } from './announced.ts';
import type { EquationStatement, Expr } from './ast.ts';
import { withinExpr } from './depth.ts';
import { unstyled } from './name.ts';
import { type Column, columnOf, type DerivativeColumn, inSigns } from './prose-columns.ts';
import { type Cell, type Table, tablesIn } from './prose-rows.ts';
import { soleStatement, type Word } from './prose-words.ts';
import { type Condition, conditionsIn, supposing } from './row-conditions.ts';
import { headKey, symbolKey } from './symbol-key.ts';

/** What tables of derivatives claim, and the words outside of them. */
export interface Tabled {
  readonly claims: readonly EquationStatement[];
  readonly others: readonly Word[];
}

/**
 * Each row of a table below `| $f(x)$ | $\nabla f(x)$ |`, "| function | derivative w.r.t. `$X$` |" or "| parameter | gradient of `$L$` |"
 * claims what the derivative of its function is. What a row supposes ("`$A$` symmetric") holds for that row.
 */
export function tabledIn(text: string, start: number, words: readonly Word[]): Tabled {
  const told = tablesIn(text, start, words).flatMap((table) => {
    const claims = claimsOf(table);
    return claims.length === 0 ? [] : [{ claims, span: table.span }];
  });
  if (told.length === 0) return { claims: [], others: words };
  const isTabled = ({ span }: Word) => told.some((table) => contains(table.span, span));
  return { claims: told.flatMap(({ claims }) => claims), others: words.map((word) => (isTabled(word) ? ending(word.span) : word)) };
}

/** Nothing is said over the cells of a table. */
function ending(span: Span): Word {
  return { kind: 'stop', text: '.', span };
}

/** A cell of a row with its formula. */
interface Formula {
  readonly word: Word & { readonly kind: 'math' };
  readonly statement: EquationStatement;
}

interface Row {
  readonly cells: readonly Cell[];
  /** What is differentiated, or by what. */
  readonly subject: Formula;
  readonly conditions: readonly Condition[];
}

/** What the rows of a table have in common. */
interface Context {
  readonly heading: Column;
  readonly common: Expr | null;
  readonly shared: ReadonlySet<string>;
}

function claimsOf({ head, rows }: Table): readonly EquationStatement[] {
  const columns = head.map(columnOf);
  const isTelling = ({ role }: Column) => role === 'derivative' || role === 'value';
  const subject = columns.some(isTelling) ? subjectIn(columns, rows) : -1;
  const derivatives = columns.flatMap((column, at) => (at !== subject && isTelling(column) ? [at] : []));
  if (subject < 0 || derivatives.length === 0) return [];
  const read = rows.flatMap((cells) => rowOf(cells, columns, subject) ?? []);
  const heading = columns[subject] as Column;
  const context = { heading, common: heading.role === 'variable' ? null : commonLetter(read), shared: sharedNames(read) };
  return read.flatMap((row) => derivatives.flatMap((at) => claimIn(row, at, columns[at] as Column, context) ?? []));
}

/** The column of what is differentiated: by its heading, or the only one that has a formula in each row. */
function subjectIn(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number {
  const formulas = (at: number) => rows.map((cells) => (cells[at] === undefined ? null : formulaIn(cells[at])));
  const isFilled = (at: number) => formulas(at).every((formula) => formula !== null);
  const derived = columns.findIndex((_, at) => formulas(at).every((formula) => formula !== null && isDerivative(formula)));
  if (derived >= 0) return derived;
  const named = columns.flatMap((column, at) => ((column.role === 'function' || column.role === 'variable') && isFilled(at) ? [at] : []));
  const applied = named.find((at) => columns[at]?.role === 'function' && (columns[at] as { by: Expr | null }).by !== null);
  if (named.length > 0) return applied ?? (named[0] as number);
  const others = columns.flatMap(({ role }, at) => (role === 'other' && isFilled(at) ? [at] : []));
  return others.length === 1 ? (others[0] as number) : -1;
}

/** `\frac{\partial A x}{\partial x}`, of which another column says what it is. */
function isDerivative({ statement: { sides } }: Formula): boolean {
  return sides.length === 1 && sides[0]?.kind === 'derivative';
}

/** The first formula of a cell, where no words stand before it. */
function formulaIn({ words }: Cell): Formula | null {
  const [word] = words;
  const statement = soleStatement(word);
  if (word?.kind !== 'math' || statement?.kind !== 'equation' || statement.membership !== null) return null;
  const isEquation = statement.relations.every((relation) => relation === '=' || relation === ':=');
  return isEquation && statement.sides.every(({ kind }) => kind !== 'hole') ? { word, statement } : null;
}

function rowOf(cells: readonly Cell[], columns: readonly Column[], at: number): Row | null {
  const subject = cells[at] === undefined ? null : formulaIn(cells[at]);
  const conditions = cells.map((cell, place) => {
    const isTold = place === at || columns[place]?.role === 'derivative' || columns[place]?.role === 'value';
    return conditionsIn(isTold ? cell.words.slice(1) : cell.words);
  });
  return subject === null || conditions.includes(null) ? null : { cells, subject, conditions: conditions.flatMap((one) => one ?? []) };
}

// ---- one claim

function claimIn(row: Row, at: number, column: Column, { heading, common, shared }: Context): EquationStatement | null {
  const { cells, subject, conditions } = row;
  const formula = cells[at] === undefined ? null : formulaIn(cells[at]);
  if (formula === null) return null;
  const [first, ...more] = formula.statement.sides as readonly [Expr, ...Expr[]];
  const own = first.kind === 'derivative' && more.length > 0 ? inSigns(first) : null;
  const values = (own === null ? [first, ...more] : more).map((value) => supposing(conditions, value));
  const told = [...(isDefinition(subject, shared) ? [] : [subject.word.span]), formula.word.span];
  if (isDerivative(subject)) return { ...claiming(supposing(conditions, subject.statement.sides[0] as Expr), values), told };
  // `\nabla g = 2 x` beside the only `g(x) = …` is a claim by itself.
  const isOwn = own !== null && (own.of === null || isDefinition(subject, shared));
  if (column.role !== 'derivative' || isOwn) return null;
  const meant = own === null ? column : { ...column, ...own, by: own.by ?? column.by, of: column.of };
  const sought = heading.role === 'variable' ? byRow(meant, subject) : ofRow(meant, subject, heading, common);
  if (sought === null || !leads(sought, values)) return null;
  const { form, order, span } = meant;
  const announced = { kind: 'announced', form, order, by: sought.by, name: null, values, of: sought.of, span } as const;
  const claim = announcedEquation(announced, supposing(conditions, sought.of), { name: null, values });
  return { ...claim, told };
}

function claiming(derivative: Expr, values: readonly Expr[]): EquationStatement {
  const sides = [derivative, ...values];
  const span = { start: (values[0] as Expr).span.start, end: (values.at(-1) as Expr).span.end };
  const relations = values.map(() => '=' as const);
  return { kind: 'equation', sides, relations, demanded: false, membership: null, displayed: true, continues: false, span };
}

/** What is differentiated, and by what. */
interface Told {
  readonly of: Expr;
  readonly by: Expr | null;
}

function byRow({ of }: DerivativeColumn, { statement: { sides } }: Formula): Told | null {
  const [by, ...more] = sides;
  return of === null || by === undefined || more.length > 0 || symbolKey(by) === null ? null : { of, by };
}

function ofRow(column: DerivativeColumn, { statement }: Formula, heading: Column, common: Expr | null): Told | null {
  const of = valueOf(statement);
  const by = column.by ?? (heading.role === 'function' ? heading.by : null) ?? common;
  if (by === null) return column.form === 'gradient' || column.form === 'hessian' ? { of, by } : null;
  return { of, by: inRow(of, by) };
}

/** Whether the row says what a function is that no other row calls by the same name. */
function isDefinition({ statement: { sides } }: Formula, shared: ReadonlySet<string>): boolean {
  const name = sides.length > 1 ? headKey(sides[0] as Expr) : null;
  return name !== null && !shared.has(name);
}

/** The names that several rows give to their functions. */
function sharedNames(rows: readonly Row[]): ReadonlySet<string> {
  const names = rows.flatMap(({ subject: { statement } }) =>
    statement.sides.length > 1 ? (headKey(statement.sides[0] as Expr) ?? []) : [],
  );
  return new Set(names.filter((name, at) => names.indexOf(name) < at));
}

/** Of `f(x) = x^\top A x` the value. */
function valueOf({ sides }: EquationStatement): Expr {
  return (sides.length === 1 ? sides[0] : sides[1]) as Expr;
}

/** The letter of a heading as the row has it, bold where that is. */
function inRow(of: Expr, by: Expr): Expr {
  const key = symbolKey(by);
  const within = withinExpr(of);
  if (key === null || within.some((expr) => symbolKey(expr) === key)) return by;
  return within.find((expr) => expr.kind === 'name' && unstyled(expr.name) === unstyled(key)) ?? by;
}

/** Whether the function has its variable in it, is a name for something else, or is said not to change. */
function leads({ of, by }: Told, values: readonly Expr[]): boolean {
  const key = by === null ? null : symbolKey(by);
  if (key === null || symbolKey(of) !== null || of.kind === 'call') return true;
  return withinExpr(of).some((expr) => symbolKey(expr) === key) || values.every(isZero);
}

function isZero(value: Expr): boolean {
  return (value.kind === 'number' && value.value === 0) || (value.kind === 'name' && unstyled(value.name) === '0');
}

/** The only letter that all functions have, or the x among several: what they are differentiated by where no heading says it. */
function commonLetter(rows: readonly Row[]): Expr | null {
  const letters = rows.map(({ subject }) => lettersIn(valueOf(subject.statement)));
  const [first, ...more] = letters;
  if (first === undefined || more.length === 0) return null;
  const common = [...first.values()].filter((name) => more.every((one) => one.has(name.name)));
  const unknown = common.length === 1 ? common : common.filter(({ name }) => /^[xX]$/u.test(unstyled(name)));
  return unknown.length === 1 ? (unknown[0] as Expr) : null;
}

function lettersIn(expr: Expr): ReadonlyMap<string, Expr & { readonly kind: 'name' }> {
  const names = withinExpr(expr).filter((one) => one.kind === 'name');
  return new Map(names.filter(({ name }) => /^(?:[a-z]+:)*\p{L}$/u.test(name)).map((one) => [one.name, one]));
}
