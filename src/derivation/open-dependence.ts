import type { EquationStatement, Expr, OpenStatement } from '../syntax/ast.ts';
import { letteredArguments } from '../syntax/listed-arguments.ts';
import { functionNamed } from '../syntax/notation.ts';
import { isLossName } from '../syntax/prose-function.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Opening, Walk } from './collected.ts';
import { OPERATORS } from './elaborate-derivative.ts';
import { placeArguments, placeOpen } from './place-declaration.ts';
import { type Draft, lookUp } from './scope.ts';

/** Keeps `x(t) \in \mathbb R^n` and `L = L(x)` until it is known what else the document says of x and of L; whether an equation says no more. */
export function noteOpening(walk: Walk, equation: EquationStatement): boolean {
  const own = ownArgumentsIn(equation);
  const statement = own ?? openingIn(equation);
  if (statement !== null) walk.openings.push({ statement, section: walk.section, item: walk.item });
  return own !== null;
}

/** `x(t) \in \mathbb R^n`: x depends on t in a way that is left open. */
function openingIn({ sides, membership, span }: EquationStatement): OpenStatement | null {
  const [only, ...others] = sides;
  if (only?.kind !== 'call' || others.length > 0 || membership === null || only.bracket !== '(') return null;
  const { head, args } = only;
  return isNew(head) && args.length > 0 && args.every((arg) => arg.kind === 'name')
    ? { kind: 'open', name: head, args, shape: membership, span }
    : null;
}

/** `L = L(x)`, `y = y(u, v)`, `L = L(y_1, \dots, y_m)`: what depends on what, and not how. */
function ownArgumentsIn({ sides, relations, span }: EquationStatement): Opening['statement'] | null {
  const [name, call, ...others] = sides;
  if (name === undefined || call?.kind !== 'call' || others.length > 0 || relations[0] !== '=' || call.bracket !== '(') return null;
  const args = letteredArguments(call);
  const isOwn = isNew(call.head) && symbolKey(call.head) === symbolKey(name);
  return isOwn && args !== null && args.length > 0 ? { name, args, shape: null, span } : null;
}

function isNew(head: Expr): boolean {
  return head.kind === 'name' && functionNamed(head.name) === undefined && !OPERATORS.has(head.name);
}

/** Declares those letters that nothing else declares or defines, and says what those depend on that are only declared. */
export function placeOpenings(walk: Walk): void {
  const defined = new Set(
    walk.equations.flatMap(({ statement: { sides } }) => sides.slice(0, sides.length - 1).flatMap((side) => headKey(side) ?? [])),
  );
  for (const { statement, section, item } of walk.openings) {
    const key = symbolKey(statement.name) as string;
    const known = lookUp(walk.scope, key, section, item);
    if (defined.has(key)) continue;
    Object.assign(walk, { section, item });
    if (known === undefined && (statement.shape !== null || isNumber(walk, key, statement.span.start)))
      placeOpen(walk, { kind: 'open', ...statement, shape: statement.shape ?? { dims: [], span: statement.span } });
    else if (statement.shape === null && (known === undefined || isOnlyDeclared(walk, known))) placeArguments(walk, statement);
  }
}

/** What a sentence calls a number. */
const NUMBER = /\b(?:scalar|number|loss|cost|objective|error|energy)\s+(?:\$|\\\()$/iu;

/** Whether `L = L(x)` speaks of a number. */
function isNumber({ text }: Walk, key: string, start: number): boolean {
  return isLossName(key) || NUMBER.test(text.slice(Math.max(0, start - 40), start));
}

function isOnlyDeclared({ scope }: Walk, known: Draft): boolean {
  return known.role === 'variable' && known.family === null && !scope.openArguments.some(({ draft }) => draft === known);
}
