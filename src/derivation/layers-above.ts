import type { Expr, Mark, PostfixExpr, Statement } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Item } from '../syntax/document.ts';
import { exprsOf, mapParts, mapStatement } from '../syntax/map-expr.ts';
import { baseKey, symbolKey } from '../syntax/symbol-key.ts';

/**
 * `W^l`, `z^{l+1}`, `a^2` as `W^{(l)}`, `z^{(l+1)}`, `a^{(2)}`, where a text writes layers above without brackets. It does so of a letter that it declares, defines or
 * differentiates by with a letter, a step or the number 1 above, and never writes by itself: no power has a shape, a definition or a derivative of its own.
 */
export function readLayersAbove(written: readonly Item[], text: string): readonly Item[] {
  const items = /\^\s*\{\s*\[/u.test(text) && !/\^\s*\{\s*\(/u.test(text) ? written.map(inRoundBrackets) : written;
  if (!MAYBE.test(text)) return items;
  const statements = items.flatMap((item) => (item.kind === 'statement' ? [item.statement] : []));
  const layered = layeredLetters(statements);
  if (layered.size === 0) return items;
  const last = lastLayers(statements, layered);
  const change = (expr: Expr): Expr => byLast(labelled(mapParts(expr, change), layered), last);
  return items.map((item) => (item.kind === 'statement' ? { ...item, statement: asDeclared(mapStatement(item.statement, change)) } : item));
}

/** `W^{[l]}` as `W^{(l)}`, where a text writes one of them only. */
function inRoundBrackets(item: Item): Item {
  const change = (expr: Expr): Expr => {
    const inner = mapParts(expr, change);
    if (inner.kind !== 'postfix' || inner.mark.kind !== 'label' || !inner.mark.above) return inner;
    const label = /^\[([^\]]+)\]$/u.exec(inner.mark.text)?.[1];
    return label === undefined ? inner : { ...inner, mark: { ...inner.mark, text: `(${label})` } };
  };
  return item.kind === 'statement' ? { ...item, statement: mapStatement(item.statement, change) } : item;
}

/** `W^1 \in \mathbb R^{h \times d}` declares, now that it has a name. */
function asDeclared(statement: Statement): Statement {
  if (statement.kind !== 'equation' || statement.membership === null || statement.sides.length > 1) return statement;
  const [first] = statement.sides;
  const isNamed = first !== undefined && first.kind === 'postfix' && symbolKey(first) !== null;
  return isNamed ? { kind: 'declaration', names: [first], shape: statement.membership, properties: [], span: statement.span } : statement;
}

/** A step or a 1 above. */
const MAYBE = /\^\s*(?:\{\s*(?:\\ell|\p{Ll})\s*[+-]\s*1\s*\}|\{?\s*1(?!\d))/u;

/** What stands above a letter: a letter, a step from it, or a number. */
interface Above {
  readonly key: string;
  readonly text: string;
  readonly counter: string | null;
}

function aboveIn(expr: Expr): Above | null {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'power' || expr.mark.entrywise) return null;
  const key = letterKey(expr);
  const text = countIn(expr.mark.exponent);
  return key === null || text === null ? null : { key, text, counter: /^\p{L}/u.exec(text)?.[0] ?? null };
}

function letterKey(expr: PostfixExpr): string | null {
  const letter = letterOf(expr);
  return letter.kind === 'name' && !NEVER.has(letter.name) ? letter.name : null;
}

/** Powers of these are what they seem to be. */
const NEVER: ReadonlySet<string> = new Set(['e', 'rm:e', 'σ', '10', 'π']);

function countIn(exponent: Expr): string | null {
  if (exponent.kind === 'number') return Number.isInteger(exponent.value) && exponent.value >= 0 ? String(exponent.value) : null;
  if (exponent.kind === 'name') return /^\p{L}$/u.test(exponent.name) ? exponent.name : null;
  if (exponent.kind !== 'apply' || (exponent.op !== 'add' && exponent.op !== 'sub')) return null;
  const [left, right] = exponent.args;
  return left?.kind === 'name' && right?.kind === 'number' && /^\p{L}$/u.test(left.name)
    ? `${left.name}${exponent.op === 'add' ? '+' : '-'}${right.value}`
    : null;
}

function layeredLetters(statements: readonly Statement[]): ReadonlySet<string> {
  const exprs = statements.flatMap((statement) => exprsOf(statement).flatMap((expr) => withinExpr(expr)));
  const above = exprs.flatMap((expr) => aboveIn(expr) ?? []);
  const bare = bareLetters(exprs);
  const named = statements.flatMap(namedIn).flatMap((expr) => aboveIn(withoutSub(expr)) ?? []);
  const isNumbered = (one: string) => above.some(({ key, text }) => key === one && text === '1');
  const anchors = named.filter(({ key, text, counter }) => !bare.has(key) && (counter !== null || text === '1' || isNumbered(key)));
  const counters = new Set(anchors.flatMap(({ counter }) => counter ?? []));
  const hasSteps = above.some(({ text, counter }) => counter !== null && counters.has(counter) && text !== counter);
  const hasFirst = anchors.some(({ text }) => text === '1');
  if (!hasSteps && !hasFirst) return new Set();
  const beside = above.filter(
    ({ key, text, counter }) =>
      !bare.has(key) && !isGreek(key) && ((counter !== null && hasSteps && counters.has(counter)) || (hasFirst && text === '1')),
  );
  const ends = hasFirst ? named.filter(({ key, counter }) => counter === null && !bare.has(key)) : [];
  return new Set([...anchors, ...beside, ...ends].map(({ key }) => key));
}

/** `γ^{t-1}` discounts; a Greek letter tells layers apart only where the text says what it is. */
function isGreek(key: string): boolean {
  return /^\p{Script=Greek}/u.test(key);
}

/** The capital letter above each letter, where there is one: the L of `a^L`. */
function lastLayers(statements: readonly Statement[], layered: ReadonlySet<string>): ReadonlyMap<string, string> {
  const above = statements.flatMap(exprsOf).flatMap((expr) => withinExpr(expr).flatMap((one) => aboveIn(one) ?? []));
  const capitals = above.filter(({ key, text }) => layered.has(key) && /^\p{Lu}$/u.test(text));
  return new Map(
    capitals.flatMap(({ key, text }) =>
      capitals.every((other) => other.key !== key || other.text === text) ? [[key, text] as const] : [],
    ),
  );
}

/** `∇_a C`, where activations a^l have layers, is by those of the last one, `a^L`. */
function byLast(expr: Expr, last: ReadonlyMap<string, string>): Expr {
  if (expr.kind !== 'derivative' || expr.form !== 'gradient') return expr;
  return { ...expr, wrt: expr.wrt.map((one) => ({ ...one, expr: atLast(one.expr, last) })) };
}

function atLast(expr: Expr, last: ReadonlyMap<string, string>): Expr {
  const layer = expr.kind === 'name' ? last.get(expr.name) : undefined;
  if (layer === undefined) return expr;
  return { kind: 'postfix', base: expr, mark: { kind: 'label', text: `(${layer})`, above: true, span: expr.span }, span: expr.span };
}

/** Letters that stand somewhere with nothing above them, other than below a `∇`. */
function bareLetters(exprs: readonly Expr[]): ReadonlySet<string> {
  const below = exprs.flatMap((expr) => (expr.kind === 'derivative' && expr.form === 'gradient' ? expr.wrt.map(({ expr: by }) => by) : []));
  const within = new Set(exprs.flatMap((expr) => (aboveIn(expr) === null ? [] : [letterOf(expr as PostfixExpr)])).concat(below));
  return new Set(exprs.flatMap((expr) => (expr.kind === 'name' && !within.has(expr) ? [expr.name] : [])));
}

/** The W of `W^l` and of `W_{jk}^l`. */
function letterOf({ base }: PostfixExpr): Expr {
  return base.kind === 'postfix' && base.mark.kind === 'sub' ? base.base : base;
}

/** What a statement declares or defines, and what is differentiated by in it. */
function namedIn(statement: Statement): readonly Expr[] {
  if (statement.kind !== 'equation') return exprsOf(statement);
  const [first] = statement.sides;
  const by = statement.sides.flatMap((side) =>
    withinExpr(side).flatMap((one) => (one.kind === 'derivative' ? one.wrt.map(({ expr }) => expr) : [])),
  );
  const isNamed = statement.sides.length > 1 || statement.membership !== null;
  return [...(first === undefined || !isNamed ? [] : [first]), ...by];
}

/** `a^l` of the `a^l_j` that is defined. */
function withoutSub(expr: Expr): Expr {
  const inner = expr.kind === 'noted' ? expr.body : expr;
  return inner.kind === 'postfix' && inner.mark.kind === 'sub' && baseKey(inner) !== symbolKey(inner.base) ? inner.base : inner;
}

/** The layer as a label right above the letter, and what stands below it outside. */
function labelled(expr: Expr, layered: ReadonlySet<string>): Expr {
  const above = aboveIn(expr);
  if (expr.kind !== 'postfix' || above === null || !layered.has(above.key)) return expr;
  const mark: Mark = { kind: 'label', text: `(${above.text})`, above: true, span: expr.mark.span };
  const { base, span } = expr;
  if (base.kind !== 'postfix') return { kind: 'postfix', base, mark, span };
  return { kind: 'postfix', base: { kind: 'postfix', base: base.base, mark, span }, mark: base.mark, span };
}
