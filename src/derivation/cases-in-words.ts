import { cover, type Span } from '../base/span.ts';
import type { EquationStatement, Expr, Relation } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { type Formula, type Item, isFormula } from '../syntax/document.ts';
import type { OpName } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { someIn } from './find-in.ts';

/**
 * A sentence that tells a value by cases is one equation: "`$a_i = 1$` if `$\xi_i > 0$` and `$a_i = 0$` if not", "`$s = 1$` for `$x \ge 0$`,
 * otherwise `$s = -1$`", "`$t = 1$` when `$x > 0$` and 0 else". A last case without "otherwise" has its own condition. What is claimed of a
 * derivative under one condition on what stands there, "`$f'(x) = 1$` if `$x > 0$`", is claimed there alone. A number under a condition of
 * nothing but words, "`$S_{ij} = 1$` if j is at risk", is no value of the whole.
 */
export function readCasesInWords(items: readonly Item[], text: string): readonly Item[] {
  if (!/\b(?:if|when|whenever|otherwise)\b/u.test(text)) return items;
  const formulas = items.filter(isFormula);
  const instead = new Map<Item, Item | null>();
  for (let at = 0; at < formulas.length; ) {
    const first = formulas[at] as Formula;
    const found = casesAt(formulas, at, text);
    if (found !== null) {
      for (const item of formulas.slice(at, found.next)) instead.set(item, null);
      instead.set(first, { ...first, statement: found.equation });
    } else if (isOneCase(first, text)) instead.set(first, null);
    at = found?.next ?? at + 1;
  }
  return instead.size === 0 ? items : items.flatMap((item) => instead.get(item) ?? (instead.has(item) ? [] : [item]));
}

interface Found {
  readonly equation: EquationStatement;
  readonly next: number;
}

/** A value or a condition of a case, and the place behind it. */
interface Part {
  readonly expr: Expr;
  readonly next: number;
  readonly end: number;
}

function casesAt(formulas: readonly Formula[], at: number, text: string): Found | null {
  const { statement } = formulas[at] as Formula;
  const [subject, value, ...more] = statement.kind === 'equation' && statement.relations[0] === '=' ? statement.sides : [];
  if (statement.kind !== 'equation' || subject === undefined || value === undefined || more.length > 0) return null;
  const args: Expr[] = [];
  let of: Part | null = { expr: value, next: at + 1, end: statement.span.end };
  while (of !== null) {
    const condition = conditionBehind(formulas, of, text, args.length > 0);
    if (condition === null || isOfIndices(subject, condition.expr)) return null;
    args.push(of.expr, condition.expr);
    const numeral = numeralOtherwise(text, condition.end);
    if (numeral !== null) return { equation: byCases(statement, [...args, numeral]), next: condition.next };
    const other = valueBehind(formulas, condition, text, subject);
    const isLast = other !== null && (other.isLast || OTHERWISE_BEHIND.test(text.slice(other.end, other.end + WORDS)));
    if (isLast) return { equation: byCases(statement, [...args, other.expr]), next: other.next };
    of = other;
    if (of === null)
      return args.length > 2 || isClaimedThere(statement, condition.expr)
        ? { equation: byCases(statement, args), next: condition.next }
        : null;
  }
  return null;
}

function isOneCase({ statement }: Formula, text: string): boolean {
  if (statement.kind !== 'equation' || statement.sides.length !== 2 || statement.relations[0] !== '=') return false;
  const [subject, value] = statement.sides as readonly [Expr, Expr];
  const isNumber = value.kind === 'number' && subject.kind !== 'number' && !someIn(subject, isDerivative);
  return isNumber && IF_IN_WORDS.test(text.slice(statement.span.end, statement.span.end + WORDS));
}

function byCases(statement: EquationStatement, args: readonly Expr[]): EquationStatement {
  const span = args.map((one) => one.span).reduce(cover);
  return {
    ...statement,
    sides: [statement.sides[0] as Expr, { kind: 'apply', op: 'cases', args, span }],
    span: cover(statement.span, span),
  };
}

/** Whether an equation is of a derivative where a letter of the condition stands. */
function isClaimedThere({ sides: [subject] }: EquationStatement, condition: Expr): boolean {
  if (subject === undefined || !someIn(subject, isDerivative)) return false;
  const [compared] = condition.kind === 'apply' ? condition.args : [];
  const key = compared === undefined ? null : symbolKey(compared);
  return key !== null && withinExpr(subject).some((one) => symbolKey(one) === key);
}

/** Of "`\frac{\partial s_i}{\partial z_j} = …` if `$i = j$`" the letters count entries, of which each claim tells some. */
function isOfIndices(subject: Expr, condition: Expr): boolean {
  const letters = condition.kind === 'apply' && someIn(subject, isDerivative) ? condition.args.flatMap((one) => symbolKey(one) ?? []) : [];
  const isBelow = (letter: string) =>
    someIn(
      subject,
      (one) => one.kind === 'postfix' && one.mark.kind === 'sub' && one.mark.items.some((item) => symbolKey(item) === letter),
    );
  return letters.length === 2 && letters.every(isBelow);
}

function isDerivative(expr: Expr): boolean {
  return expr.kind === 'derivative' || (expr.kind === 'postfix' && expr.mark.kind === 'prime');
}

// ---- words

/** What may stand between two formulas of one sentence, besides the words that join them. */
const GLUE = String.raw`(?:[\s$,;&}]|\\[,;!: ()]|\\q?quad|\\(?:text|textrm|mbox|mathrm|rm)\s*\{)*`;
const SURE_IF = new RegExp(String.raw`^${GLUE}\b(?:if|when|whenever)\b${GLUE}$`, 'u');
const IF = new RegExp(String.raw`^${GLUE}\b(?:if|when|whenever|where|for)\b${GLUE}$`, 'u');
const IF_IN_WORDS = new RegExp(String.raw`^${GLUE}\b(?:if|iff|when|whenever|unless)\b`, 'u');
const JOINED = new RegExp(String.raw`^${GLUE}(?:\b(?:and|or|but|while)\b${GLUE})?$`, 'u');
const JOINED_OTHERWISE = new RegExp(String.raw`^${GLUE}(?:\b(?:and|or|but)\b${GLUE})?\b(?:otherwise|else)\b${GLUE}$`, 'u');
const OTHERWISE_BEHIND = new RegExp(String.raw`^${GLUE}\b(?:otherwise|elsewhere|else|if\s+(?:it\s+is\s+)?not)\b`, 'u');
const NUMERAL_OTHERWISE = new RegExp(
  String.raw`^(${GLUE}(?:\b(?:and|or|but)\b${GLUE})?)(?:([+-]?\d+)${GLUE}\b(?:otherwise|elsewhere|else|if\s+not)\b|\b(?:otherwise|else)\b${GLUE}([+-]?\d+)(?=[.;,)\s]))`,
  'u',
);

/** Words that end a case stand within so many characters behind it. */
const WORDS = 80;

const COMPARED: ReadonlyMap<Relation, OpName> = new Map([
  ['>', 'greater'],
  ['≥', 'greaterEqual'],
  ['<', 'less'],
  ['≤', 'lessEqual'],
  ['=', 'equal'],
  ['≠', 'unequal'],
]);

/** The comparison in the next formula, behind "if"; "for" and "where" begin one only in a list of cases. */
function conditionBehind(formulas: readonly Formula[], { next, end }: Part, text: string, isListed: boolean): Part | null {
  const words = wordsBetween(formulas, next, end, text);
  const statement = formulas[next]?.statement;
  if (words === null || statement === undefined) return null;
  const compared = comparisonIn(statement);
  if (compared === null) return null;
  const isListedNext = isListed || valueBehind(formulas, { expr: compared, next: next + 1, end: statement.span.end }, text, null) !== null;
  return SURE_IF.test(words) || (isListedNext && IF.test(words)) ? { expr: compared, next: next + 1, end: statement.span.end } : null;
}

/** A comparison of two sides, or `x > 0`, which by itself declares what is positive. */
function comparisonIn(statement: Formula['statement']): Expr | null {
  const equation = statement.kind === 'declaration' ? statement.compared : statement.kind === 'equation' ? statement : undefined;
  const op = COMPARED.get(equation?.relations[0] as Relation);
  return equation === undefined || equation.sides.length !== 2 || op === undefined
    ? null
    : { kind: 'apply', op, args: equation.sides, span: equation.span };
}

/** The value in the next formula, `0` or `a_i = 0`, and whether the words before it say that no other case follows. */
function valueBehind(
  formulas: readonly Formula[],
  { next, end }: Part,
  text: string,
  subject: Expr | null,
): (Part & { readonly isLast: boolean }) | null {
  const words = wordsBetween(formulas, next, end, text);
  const statement = formulas[next]?.statement;
  if (words === null || statement?.kind !== 'equation') return null;
  const isLast = JOINED_OTHERWISE.test(words);
  if (!isLast && !JOINED.test(words)) return null;
  const { sides, relations, span } = statement;
  const isAgain = sides.length === 2 && relations[0] === '=' && (subject === null || written(text, sides[0]) === written(text, subject));
  const value = isAgain ? sides[1] : sides.length === 1 ? sides[0] : undefined;
  return value === undefined ? null : { expr: value, next: next + 1, end: span.end, isLast };
}

/** What stands before a formula that goes on with the sentence of the one before. */
function wordsBetween(formulas: readonly Formula[], next: number, end: number, text: string): string | null {
  const start = formulas[next]?.statement.span.start ?? -1;
  const between = start < end || start > end + WORDS ? null : text.slice(end, start);
  return between === null || /\n[ \t]*\r?\n/u.test(between) ? null : between;
}

function written(text: string, side: Expr | undefined): string {
  return side === undefined ? '' : text.slice(side.span.start, side.span.end).replaceAll(/\s/gu, '');
}

/** "and 0 otherwise", "else -1": a number among the words. */
function numeralOtherwise(text: string, end: number): Expr | null {
  const match = NUMERAL_OTHERWISE.exec(text.slice(end, end + WORDS));
  const numeral = match?.[2] ?? match?.[3];
  if (match === null || numeral === undefined) return null;
  const start = end + match[0].indexOf(numeral, (match[1] as string).length);
  return numeralAt(numeral, { start, end: start + numeral.length });
}

function numeralAt(numeral: string, span: Span): Expr {
  const value: Expr = { kind: 'number', value: Math.abs(Number(numeral)), span };
  return numeral.startsWith('-') ? { kind: 'apply', op: 'neg', args: [value], span } : value;
}
