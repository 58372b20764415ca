import type { EquationStatement, Expr, OpenStatement } from '../syntax/ast.ts';
import { letteredArguments } from '../syntax/listed-arguments.ts';
import { functionNamed } from '../syntax/notation.ts';
import { isLossName } from '../syntax/prose-function.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Opening, Walk } from './collected.ts';
import { isOnlyDeclared, placeDependences } from './dependence-in-words.ts';
import { OPERATORS } from './elaborate-derivative.ts';
import { placeArguments, placeOpen } from './place-declaration.ts';
import { type Draft, lookUp, lookUpAround, lookUpHere } from './scope.ts';

/** Keeps `x(t) \in \mathbb R^n` and `L = L(x)` until it is known what else the document says of x and of L; whether an equation says no more. */
export function noteOpening(walk: Walk, equation: EquationStatement): boolean {
  const own = ownArgumentsIn(equation);
  const statement = own ?? openingIn(equation);
  if (statement !== null) walk.openings.push({ statement, isOwn: own !== null, section: walk.section, item: walk.item, inWords: false });
  return own !== null;
}

/** Keeps "`$A$` changes with `$t$`", which says no shape, until it is known what else the document says of A; whether a statement is of that kind. */
export function noteDependence(walk: Walk, statement: OpenStatement): boolean {
  if (statement.shape === null) walk.openings.push({ statement, isOwn: false, section: walk.section, item: walk.item, inWords: true });
  return statement.shape === null;
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

/** `L = L(x)`, `y = y(u, v)`, `L = L(y_1, \dots, y_m)`, `A = A(p) \in \mathbb R^{n\times n}`: what depends on what, and not how. */
function ownArgumentsIn({ sides, relations, membership, span }: EquationStatement): Opening['statement'] | null {
  const [name, call, ...others] = sides;
  if (name === undefined || call?.kind !== 'call' || others.length > 0 || relations[0] !== '=' || call.bracket !== '(') return null;
  const args = letteredArguments(call);
  const isOwn = isNew(call.head) && symbolKey(call.head) === symbolKey(name);
  return isOwn && args !== null && args.length > 0 ? { name, args, shape: membership, span } : null;
}

function isNew(head: Expr): boolean {
  return head.kind === 'name' && functionNamed(head.name) === undefined && !OPERATORS.has(head.name);
}

/** Declares those letters that nothing else declares or defines, and says what those depend on that are only declared. */
export function placeOpenings(walk: Walk): void {
  const defined = new Set(
    walk.equations.flatMap(({ statement: { sides } }) => sides.slice(0, sides.length - 1).flatMap((side) => headKey(side) ?? [])),
  );
  placeDependences(walk, defined);
  for (const { statement, isOwn, section, item, inWords } of walk.openings) {
    const key = symbolKey(statement.name) as string;
    const known = knownLetter(walk, statement, key, section, item);
    if (inWords || defined.has(key)) continue;
    Object.assign(walk, { section, item });
    if (known === undefined && (statement.shape !== null || isNumber(walk, key, statement.span.start)))
      placeOpen(walk, { kind: 'open', ...statement, shape: statement.shape ?? { dims: [], span: statement.span } });
    else if (isOwn && (known === undefined || isOnlyDeclared(walk, known))) placeArguments(walk, statement);
  }
}

/** What a letter was before; of what gets a shape of its own here only what its section says of it, or one around it where the arguments are from there. */
function knownLetter(
  { scope }: Walk,
  { shape, args }: Opening['statement'],
  key: string,
  section: number,
  item: number,
): Draft | undefined {
  if (shape === null) return lookUp(scope, key, section, item);
  const isOwn = args.some((arg) => lookUpHere(scope, symbolKey(arg) ?? '', section, item)?.declared != null);
  return isOwn ? lookUpHere(scope, key, section, item) : lookUpAround(scope, key, section, item);
}

/** What a sentence calls a number. */
const NUMBER = /\b(?:scalar|number|loss|cost|objective|error|energy)\s+(?:\$|\\\()$/iu;

/** Whether `L = L(x)` speaks of a number. */
function isNumber({ text }: Walk, key: string, start: number): boolean {
  return isLossName(key) || NUMBER.test(text.slice(Math.max(0, start - 40), start));
}
