import type { EquationStatement, OpenStatement } from '../syntax/ast.ts';
import { functionNamed } from '../syntax/notation.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Walk } from './collected.ts';
import { OPERATORS } from './elaborate-derivative.ts';
import { placeOpen } from './place-declaration.ts';
import { lookUp } from './scope.ts';

/** Keeps `x(t) \in \mathbb R^n` until it is known what else the document says of x. */
export function noteOpening(walk: Walk, equation: EquationStatement): void {
  const statement = openingIn(equation);
  if (statement !== null) walk.openings.push({ statement, section: walk.section, item: walk.item });
}

/** `x(t) \in \mathbb R^n`: x depends on t in a way that is left open. */
function openingIn({ sides, membership, span }: EquationStatement): OpenStatement | null {
  const [only, ...others] = sides;
  if (only?.kind !== 'call' || others.length > 0 || membership === null || only.bracket !== '(') return null;
  const { head, args } = only;
  const isNew = head.kind === 'name' && functionNamed(head.name) === undefined && !OPERATORS.has(head.name);
  return isNew && args.length > 0 && args.every((arg) => arg.kind === 'name')
    ? { kind: 'open', name: head, args, shape: membership, span }
    : null;
}

/** Declares those letters that nothing else declares or defines. */
export function placeOpenings(walk: Walk): void {
  const defined = new Set(
    walk.equations.flatMap(({ statement: { sides } }) => sides.slice(0, sides.length - 1).flatMap((side) => headKey(side) ?? [])),
  );
  for (const { statement, section, item } of walk.openings) {
    const key = symbolKey(statement.name) as string;
    if (defined.has(key) || lookUp(walk.scope, key, section, item) !== undefined) continue;
    Object.assign(walk, { section, item });
    placeOpen(walk, statement);
  }
}
