import type { Expr, FunctionStatement, ShapeExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { type Formula, type Item, isFormula } from '../syntax/document.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';

/**
 * Items without the functions that a text has only in general: "for `$f : \mathbb R^n \to \mathbb R^m$` the Jacobian is an `$m\times n$` matrix", of sizes that no letter has,
 * and then "let `$x \in \mathbb R^D$` and `$f(x) = …$`", which is another f. Such an f has the shapes of what defines it.
 */
export function withoutGeneralFunctions(items: readonly Item[], text: string): readonly Item[] {
  const general = items.filter((item) => isInGeneral(item, text));
  if (general.length === 0) return items;
  const sizes = new Set(items.flatMap(sizesOfLetters));
  const dropped: ReadonlySet<Item> = new Set(general.filter((item) => isUnsized(item, sizes) && isDefinedAfter(item, items)));
  return items.filter((item) => !dropped.has(item));
}

type Declared = Item & { readonly kind: 'statement'; readonly statement: FunctionStatement };

function isFunction(item: Item): item is Declared {
  return item.kind === 'statement' && item.origin !== 'plain' && item.statement.kind === 'function';
}

/** "For `$f : …$`", "of a smooth function `$f : …$`", and not "for the function", which speaks of one. */
const GENERAL = /\b(?:for|of|if)\s+(?:(?:an?|any|every|each)\s+(?:[\p{L}-]+\s+){0,3})?[$\\(]*$/iu;

function isInGeneral(item: Item, text: string): item is Declared {
  return isFunction(item) && GENERAL.test(text.slice(Math.max(0, item.statement.span.start - 60), item.statement.span.start));
}

/** The names in the shapes that a text gives its letters. */
function sizesOfLetters(item: Item): readonly string[] {
  if (item.kind !== 'statement' || item.statement.kind !== 'declaration' || item.statement.shape === null) return [];
  return namesIn(item.statement.shape);
}

function namesIn({ dims }: ShapeExpr): readonly string[] {
  return dims.flatMap(withinExpr).flatMap((one) => (one.kind === 'name' ? [one.name] : []));
}

/** Whether a function has sizes, of which no letter has any. */
function isUnsized({ statement: { from, to } }: Declared, sizes: ReadonlySet<string>): boolean {
  const own = [...from, to].flatMap(namesIn);
  return own.length > 0 && sizes.size > 0 && own.every((name) => !sizes.has(name));
}

/** Whether a later equation defines the function, of letters that the text says something else of. */
function isDefinedAfter(item: Declared, items: readonly Item[]): boolean {
  const names = new Set(item.statement.names.map(symbolKey));
  const later = items.slice(items.indexOf(item) + 1);
  const told = new Set(items.flatMap(namedBy));
  return later.filter(isFormula).some((one) => {
    const call = callIn(one, names);
    return call !== null && call.every((arg) => told.has(symbolKey(arg) ?? ''));
  });
}

/** The arguments in `f(x) = …`; null for any other equation. */
function callIn({ statement }: Formula, names: ReadonlySet<string | null>): readonly Expr[] | null {
  const [left, ...others] = statement.kind === 'equation' ? statement.sides : [];
  if (left?.kind !== 'call' || others.length === 0 || !names.has(headKey(left))) return null;
  return left.args;
}

/** The letters that a statement declares or begins with. */
function namedBy(item: Item): readonly string[] {
  if (item.kind !== 'statement') return [];
  const { statement } = item;
  if (statement.kind === 'declaration') return statement.names.flatMap((name) => symbolKey(name) ?? []);
  const [left, ...others] = statement.kind === 'equation' ? statement.sides : [];
  return left === undefined || others.length === 0 ? [] : [symbolKey(left) ?? ''];
}
