import type { Expr, Property } from './ast.ts';
import { mapParts } from './map-expr.ts';
import { propertiesAt } from './prose-phrase.ts';
import { namedBy, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/** What the remarks of a row suppose for this row alone: "`$A$` symmetric", "(`$S = -S^\top$`)". */
export interface Condition {
  readonly key: string;
  readonly property: 'symmetric' | 'skew';
}

/** The conditions among the words of a cell; null where one supposes something else, or more than is understood. */
export function conditionsIn(words: readonly Word[]): readonly Condition[] | null {
  const equations = words.flatMap((word) => (word.kind === 'math' ? word.math.statements : [])).map(reflectionOf);
  const said = words.flatMap((_, at) => propertiesAt(words, at)?.found ?? []).filter((property) => !EXISTENCE.has(property));
  if (said.length === 0) return equations.flatMap((one) => one ?? []);
  const property = said.every((one) => one === 'symmetric' || one === 'spd')
    ? 'symmetric'
    : said.every((one) => one === 'skew')
      ? 'skew'
      : null;
  const names = words.flatMap(namedBy).map(symbolKey);
  if (property === null || names.length === 0 || names.includes(null) || !words.every(isOfCondition)) return null;
  return names.map((key) => ({ key: key as string, property }));
}

/** Without these a derivative does not exist, and with them it is the same. */
const EXISTENCE: ReadonlySet<Property> = new Set<Property>(['positive', 'invertible']);

const LINKS: ReadonlySet<string> = new Set(
  'if for when where is are be and with only a an real any all given assuming assume requires needs suppose matrix matrices square definite positive semidefinite'.split(
    ' ',
  ),
);

/** Whether a cell that has a word is about what it supposes, and nothing else. */
function isOfCondition(word: Word, at: number, words: readonly Word[]): boolean {
  if (word.kind !== 'word') return true;
  return LINKS.has(word.text) || propertiesAt(words, at) !== null || words[at - 1]?.text === 'skew';
}

/** `A = A^\top`, `A^\top = -A`. */
function reflectionOf(statement: (Word & { readonly kind: 'math' })['math']['statements'][number]): Condition | null {
  if (statement.kind !== 'equation' || statement.sides.length !== 2 || statement.relations[0] !== '=') return null;
  const [left, right] = statement.sides as readonly [Expr, Expr];
  const [one, other] = turned(left) === null ? [left, right] : [right, left];
  const negated = other.kind === 'apply' && other.op === 'neg' ? (other.args[0] as Expr) : null;
  const plain = one.kind === 'apply' && one.op === 'neg' ? (one.args[0] as Expr) : null;
  const key = symbolKey(plain ?? one);
  if (key === null || key !== turned(negated ?? other)) return null;
  return { key, property: (negated === null) === (plain === null) ? 'symmetric' : 'skew' };
}

function turned(expr: Expr): string | null {
  const inner = expr.kind === 'apply' && expr.op === 'neg' ? (expr.args[0] as Expr) : expr;
  return inner.kind === 'postfix' && (inner.mark.kind === 'transpose' || inner.mark.kind === 'prime') ? symbolKey(inner.base) : null;
}

/** An expression under conditions: a matrix that is supposed to be symmetric is the symmetric part of any. */
export function supposing(conditions: readonly Condition[], expr: Expr): Expr {
  if (conditions.length === 0) return expr;
  const key = symbolKey(expr);
  const condition = key === null ? undefined : conditions.find((one) => one.key === key);
  return condition === undefined ? mapParts(expr, (part) => supposing(conditions, part)) : halved(expr, condition.property);
}

function halved(name: Expr, property: Condition['property']): Expr {
  const { span } = name;
  const reflected: Expr = { kind: 'postfix', base: name, mark: { kind: 'transpose', span }, span };
  const number = (value: number): Expr => ({ kind: 'number', value, span });
  const half: Expr = { kind: 'apply', op: 'div', args: [number(1), number(2)], span };
  const both: Expr = { kind: 'apply', op: property === 'symmetric' ? 'add' : 'sub', args: [name, reflected], span };
  return { kind: 'apply', op: 'mul', args: [half, both], span };
}
