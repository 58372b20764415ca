import { lazily } from '../base/lazily.ts';
import type { Expr, Statement } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Item } from '../syntax/document.ts';
import { symbolKey } from '../syntax/symbol-key.ts';

/** Letters that count wherever they stand below another one. */
const CUSTOMARY: ReadonlySet<string> = new Set([...'ijklmnpqrst']);

/**
 * Whether a letter below another counts, so that `x_i` is one of many. Of others than the customary ones the text has to say it: by a sum
 * or a range over the letter, or by another member beside one of the letter's, as `z_c` beside `z_k`. Else `p_d` is a name, like `f_x` and `f_y`;
 * so is the `f_p` of a text with `d/dp` in it, whatever time t does.
 */
export function lettersThatCount(items: readonly Item[]): (letter: string) => boolean {
  const told = lazily(() => toldLetters(items));
  const varied = lazily(() => variedLetters(items));
  return (letter) => (CUSTOMARY.has(letter) ? letter === 't' || !varied().has(letter) : told().has(letter));
}

/** Letters that derivatives are by, and that no sum runs over. */
function variedLetters(items: readonly Item[]): ReadonlySet<string> {
  const parts = partsOf(items);
  const bound = new Set(parts.flatMap(boundIn));
  const varied = parts.flatMap((part) => (part.kind === 'derivative' ? part.wrt.map(({ expr }) => symbolKey(expr) ?? '') : []));
  return new Set(varied.filter((letter) => !bound.has(letter)));
}

function partsOf(items: readonly Item[]): readonly Expr[] {
  const statements = items.flatMap((item) => (item.kind === 'statement' ? [item.statement] : []));
  return statements.flatMap(expressionsOf).flatMap((expr) => withinExpr(expr));
}

function boundIn(part: Expr): readonly string[] {
  return part.kind === 'binder' ? part.names.map(({ name }) => name) : [];
}

function toldLetters(items: readonly Item[]): ReadonlySet<string> {
  const statements = items.flatMap((item) => (item.kind === 'statement' ? [item.statement] : []));
  const parts = partsOf(items);
  const bound = [...statements.flatMap(indexNames), ...parts.flatMap(boundIn)];
  return withMembersOf(new Set([...CUSTOMARY, ...bound]), below(parts));
}

function indexNames(statement: Statement): readonly string[] {
  return statement.kind === 'index' ? statement.names.flatMap((name) => symbolKey(name) ?? []) : [];
}

function expressionsOf(statement: Statement): readonly Expr[] {
  if (statement.kind === 'equation') return statement.sides;
  return statement.kind === 'declaration' ? statement.names : [];
}

/** Of each letter what stands below it, one thing at a time. */
function below(parts: readonly Expr[]): readonly ReadonlySet<string>[] {
  const found = new Map<string, Set<string>>();
  for (const part of parts) {
    const [item, ...more] = part.kind === 'postfix' && part.mark.kind === 'sub' ? part.mark.items : [];
    const key = part.kind === 'postfix' ? symbolKey(part.base) : null;
    const name = item?.kind === 'number' ? String(item.value) : item?.kind === 'name' ? item.name : null;
    if (key !== null && name !== null && more.length === 0) found.set(key, (found.get(key) ?? new Set()).add(name));
  }
  return [...found.values()];
}

function withMembersOf(counting: ReadonlySet<string>, groups: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const counts = (name: string) => counting.has(name) || /^[1-9]\d*$/u.test(name);
  return new Set([...counting, ...groups.filter((group) => [...group].some(counts)).flatMap((group) => [...group])]);
}
