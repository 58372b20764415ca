import type { EquationStatement, Expr, NameExpr, Statement, Wrt } from '../syntax/ast.ts';
import type { Item } from '../syntax/document.ts';
import { mapParts, mapStatement } from '../syntax/map-expr.ts';
import { symbolKey } from '../syntax/symbol-key.ts';

/**
 * "Subscripts are partial derivatives": `H_x` is `∂H/∂x` and `H_{ux}` is `∂²H/∂u∂x^\top`, of a function whose definition lists those letters,
 * `H(x, u) = …`, in a text that says so.
 */
export function readSubscriptDerivatives(items: readonly Item[], text: string): readonly Item[] {
  if (!SAID.test(text)) return items;
  const functions = new Map(items.flatMap((item) => (item.kind === 'statement' ? argumentsOf(item.statement) : [])));
  if (functions.size === 0) return items;
  const change = (expr: Expr): Expr => derivativeOf(mapParts(expr, change), functions);
  return items.flatMap((item): readonly Item[] => {
    if (item.kind !== 'statement') return [item];
    const { statement } = item;
    // The size of a derivative is no declaration of a letter.
    if (statement.kind === 'declaration' && statement.names.some((name) => change(name).kind === 'derivative')) return [];
    return [{ ...item, statement: mapStatement(statement, change) }];
  });
}

const SAID = new RegExp(
  [
    String.raw`\bsubscripts?\s+(?:[a-z]+\s+){0,4}(?:are|is|denotes?|means?|indicates?|stands?\s+for|for)\s+(?:[a-z]+\s+){0,3}(?:derivatives?|differentiation|partials|gradients?)`,
    String.raw`\b(?:derivatives?|partials|gradients?)\s+(?:[a-z]+\s+){0,3}(?:by|as|with|using)\s+(?:[a-z]+\s+){0,2}subscripts?`,
  ].join('|'),
  'iu',
);

/** The letters that a definition lists, by the key of its function. */
function argumentsOf(statement: Statement): readonly (readonly [string, ReadonlySet<string>])[] {
  const [head, ...values] = statement.kind === 'equation' ? (statement as EquationStatement).sides : [];
  const key = head?.kind === 'call' && values.length > 0 ? symbolKey(head.head) : null;
  if (key === null || head?.kind !== 'call') return [];
  const letters = head.args.flatMap((arg) => symbolKey(arg) ?? []);
  return letters.length === head.args.length ? [[key, new Set(letters)]] : [];
}

function derivativeOf(expr: Expr, functions: ReadonlyMap<string, ReadonlySet<string>>): Expr {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'sub') return expr;
  const letters = functions.get(symbolKey(expr.base) ?? '');
  const by = expr.mark.items.filter((item): item is NameExpr => item.kind === 'name');
  const isListed = by.length === expr.mark.items.length && by.every(({ name }) => letters?.has(name));
  if (!isListed || by.length < 1 || by.length > 2) return expr;
  const wrt: readonly Wrt[] = by.map((one, at) => ({ expr: one, transposed: at > 0 }));
  return { kind: 'derivative', form: 'partial', of: expr.base, wrt, order: by.length, span: expr.span };
}
