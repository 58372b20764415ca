import { cover } from '../base/span.ts';
import type { AnnouncedStatement, EquationStatement, Expr, Wrt } from './ast.ts';
import { symbolKey } from './symbol-key.ts';

/** What a derivative is said to equal, and the name that it gets. */
export interface Steps {
  readonly name: Expr | null;
  readonly values: readonly Expr[];
}

/** What an equation says of a derivative that words before it speak of: its values, behind a name or `g(x)`; null where it says something else. */
export function stepsIn({ sides, relations, membership, continues }: EquationStatement): Steps | null {
  if (membership !== null || continues) return null;
  const told = sides.slice(0, relations.at(-1) === '=:' ? -1 : undefined);
  if (!relations.slice(0, told.length - 1).every((relation) => relation === '=' || relation === ':=')) return null;
  const [first, ...more] = told;
  if (first === undefined || told.some(({ kind }) => kind === 'hole')) return null;
  if (more.length === 0) return isExpression(first) ? { name: null, values: [first] } : null;
  // `J_f(x) = …` is a claim by itself, and so is `\nabla f = …` behind the name.
  if (!(isName(first) || isApplied(first)) || isOperator(first) || more[0]?.kind === 'derivative') return null;
  return { name: isName(first) ? first : null, values: more };
}

/** The name that an equation consists of: a value, or what the derivative is called from here on. */
export function nameAlone({ sides, membership, continues }: EquationStatement): Expr | null {
  const [only, ...others] = sides;
  return only !== undefined && others.length === 0 && membership === null && !continues && isName(only) ? only : null;
}

/** The claim that the words and the equation make, which stands where the equation does. A name is that of the derivative. */
export function announcedEquation({ form, order, by, span }: AnnouncedStatement, of: Expr, { name, values }: Steps): EquationStatement {
  const wrt: readonly Wrt[] = by === null ? [] : Array.from({ length: order }, (_, at) => ({ expr: by, transposed: at > 0 }));
  const sides: readonly Expr[] = [...(name === null ? [] : [name]), { kind: 'derivative', form, order, of, wrt, span }, ...values];
  const begin = name ?? (values[0] as Expr);
  return {
    kind: 'equation',
    sides,
    relations: sides.slice(1).map(() => '=' as const),
    demanded: false,
    membership: null,
    displayed: true,
    continues: false,
    span: cover(begin.span, (values.at(-1) as Expr).span),
  };
}

/** `J_f`, `H_f(x)`. */
function isOperator(expr: Expr): boolean {
  const head = expr.kind === 'call' ? expr.head : expr;
  return head.kind === 'postfix' && head.base.kind === 'name' && /^(?:[a-z]+:)?[JHD]$/u.test(head.base.name);
}

function isName(expr: Expr): boolean {
  return symbolKey(expr) !== null;
}

/** `f(x)`, `f(u, v)`: a name applied to names. */
export function isApplied(expr: Expr): boolean {
  return expr.kind === 'call' && expr.bracket === '(' && isName(expr.head) && expr.args.every(isName);
}

function isExpression(expr: Expr): boolean {
  return !isName(expr) && expr.kind !== 'number' && !(expr.kind === 'apply' && expr.op === 'times') && !isApplied(expr);
}
