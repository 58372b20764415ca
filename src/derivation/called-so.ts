import type { EquationStatement, Expr } from '../syntax/ast.ts';
import { type Formula, type Item, isFormula } from '../syntax/document.ts';
import { naming } from '../syntax/prose-naming.ts';
import { symbolKey } from '../syntax/symbol-key.ts';

/**
 * "Call this vector `$\delta$`" behind `∂L/∂z = q - t` says that δ is `q - t`: the last side of the equation before, or of the last display.
 * A letter of which another equation says what it is keeps that.
 */
export function readCalledSo(items: readonly Item[], text: string): readonly Item[] {
  if (!items.some((item) => item.kind === 'statement' && item.statement.kind === 'called')) return items;
  const equations: Formula[] = [];
  return items.flatMap((item): readonly Item[] => {
    if (item.kind !== 'statement') return [item];
    const { statement } = item;
    if (isFormula(item) && statement.kind === 'equation' && statement.sides.length > 1) equations.push(item);
    if (statement.kind !== 'called') return [item];
    const value = isDefined(items, statement.name) ? null : valueBefore(equations, item, text);
    return value === null ? [] : [{ ...item, origin: 'math', statement: naming(statement.name, value, statement.name.span) }];
  });
}

/** What is called so stands within so many characters before. */
const FARTHEST = 400;

function valueBefore(equations: readonly Formula[], { statement }: Formula, text: string): Expr | null {
  const near = equations.filter(
    (one) =>
      statement.span.start - one.statement.span.end < FARTHEST &&
      !/\n#|\\(?:sub)*section\b/u.test(text.slice(one.statement.span.end, statement.span.start)),
  );
  const last = near.findLast((one) => (one.statement as EquationStatement).displayed) ?? near.at(-1);
  const { sides = [], relations = [] } = (last?.statement as EquationStatement | undefined) ?? {};
  return relations.every((relation) => relation === '=' || relation === ':=') ? (sides.at(-1) ?? null) : null;
}

function isDefined(items: readonly Item[], name: Expr): boolean {
  const key = symbolKey(name);
  return items.some(
    (item) =>
      item.kind === 'statement' &&
      item.statement.kind === 'equation' &&
      item.statement.sides.length > 1 &&
      item.statement.sides.some((side) => symbolKey(side) === key),
  );
}
