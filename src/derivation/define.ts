import type { Span } from '../base/span.ts';
import { type Dim, variable } from '../shape/dimension.ts';
import type { Expr } from '../syntax/ast.ts';
import { functionNamed } from '../syntax/notation.ts';
import { baseKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collect.ts';
import { type Draft, type Scope, type SectionDraft, introduce, isDefinedAround, lookUp, lookUpAround, lookUpHere } from './scope.ts';

/** What an equation states besides that its sides are equal. */
export type Role =
  | { readonly kind: 'definition'; readonly draft: Draft; readonly params: readonly Expr[]; /** The side that is the body. */ readonly body: number }
  | { readonly kind: 'size' }
  | { readonly kind: 'fact' }
  | { readonly kind: 'plain' };

/** Second reading: which equations define a symbol, fix a size, or say that two dimensions are equal. */
export function assignRoles(collected: Collected, text: string): Role[] {
  const differentiatedBy = new Set<string>();
  return collected.equations.map((equation) => {
    const role = roleOf(collected, equation, text, differentiatedBy);
    for (const key of variablesOfDerivatives(equation)) differentiatedBy.add(`${equation.section}:${key}`);
    return role;
  });
}

function roleOf(collected: Collected, equation: PlacedEquation, text: string, differentiatedBy: ReadonlySet<string>): Role {
  const aboutDimensions = dimensionRole(collected, equation);
  if (aboutDimensions !== null) return aboutDimensions;
  const { sides, relations } = equation.statement;
  const [relation] = relations;
  if (relations.at(-1) === '=:') return definitionOf(collected.scope, equation, sides.at(-1) as Expr, sides.length - 2, text, differentiatedBy);
  if (relation !== '=' && relation !== ':=' && relation !== '≡' && relation !== '←') return { kind: 'plain' };
  if (equation.identity || equation.statement.continues) return { kind: 'plain' };
  return definitionOf(collected.scope, equation, sides[0] as Expr, 1, text, differentiatedBy);
}

// ---- sizes and facts

function dimensionRole({ scope, facts }: Collected, { statement, section, item }: PlacedEquation): Role | null {
  const [left, right] = statement.sides;
  if (left === undefined || right === undefined || statement.sides.length !== 2 || statement.relations[0] !== '=') return null;
  const name = symbolKey(left);
  if (name === null || !isDimensionOnly(scope, name, section, item)) return null;
  if (right.kind === 'number' && Number.isInteger(right.value) && right.value > 0) {
    const draft = scope.sections[section] as SectionDraft;
    draft.sizes.set(name, right.value);
    return { kind: 'size' };
  }
  const other = symbolKey(right);
  if (other === null || !isDimensionOnly(scope, other, section, item)) return null;
  (facts as Map<string, Dim>).set(name, variable(other));
  return { kind: 'fact' };
}

/** Whether a name stands in shapes and is no symbol. */
function isDimensionOnly(scope: Scope, name: string, section: number, item: number): boolean {
  return scope.dimensions.has(name) && lookUp(scope, name, section, item) === undefined;
}

// ---- definitions

function definitionOf(scope: Scope, equation: PlacedEquation, left: Expr, body: number, text: string, differentiatedBy: ReadonlySet<string>): Role {
  const head = left.kind === 'call' ? left.head : left;
  const params = left.kind === 'call' ? left.args : [];
  const key = definableKey(scope, equation, head);
  const fits = key !== null && params.every((param) => symbolKey(param) !== null);
  if (!fits || differentiatedBy.has(`${equation.section}:${key}`)) return { kind: 'plain' };
  if (isDefinedAround(scope, key, equation.section, equation.item)) return { kind: 'plain' };
  return { kind: 'definition', draft: claimDraft(scope, equation, key, head.span, text), params, body };
}

/** The key a left side may define; null for derivatives, differentials, entries, functions of the table. */
function definableKey(scope: Scope, { section, item }: PlacedEquation, head: Expr): string | null {
  const key = symbolKey(head);
  if (key === null || (head.kind === 'postfix' && head.mark.kind === 'prime')) return null;
  const found = lookUp(scope, key, section, item);
  if (found !== undefined) return found.role === 'index' ? null : key;
  if (key.length > 1 && functionNamed(key) !== undefined) return null;
  return isDifferentialName(scope, key, section, item) || isEntry(scope, head, section, item) ? null : key;
}

/** `dQ` where `Q` is known and `dQ` is not. */
export function isDifferentialName(scope: Scope, key: string, section: number, item: number): boolean {
  return /^d./u.test(key) && !key.includes(':') && lookUp(scope, key, section, item) === undefined && lookUp(scope, key.slice(1), section, item) !== undefined;
}

/** `x_i` where `x` itself is known: an entry of it, or a member. */
function isEntry(scope: Scope, head: Expr, section: number, item: number): boolean {
  if (head.kind !== 'postfix' || head.mark.kind !== 'sub') return false;
  const base = baseKey(head);
  const known = base === null ? undefined : lookUpAround(scope, base, section, item);
  const counted = head.mark.items.every((one) => one.kind === 'name' && lookUp(scope, one.name, section, item)?.role === 'index');
  return counted || (known?.declared != null && head.mark.items.some((one) => one.kind === 'name'));
}

/** The draft that the definition belongs to: this section's own, or a new one that inherits the declaration around it. */
function claimDraft(scope: Scope, { section, item }: PlacedEquation, key: string, span: Span, text: string): Draft {
  const here = lookUpHere(scope, key, section, item);
  const draft = here !== undefined && here.definedAt === null ? here : inherit(scope, section, item, key, span, text);
  draft.definedAt = span;
  return draft;
}

function inherit(scope: Scope, section: number, item: number, key: string, span: Span, text: string): Draft {
  const around = lookUpAround(scope, key, section, item);
  const draft = introduce(scope, key, section, item, span);
  draft.text = text.slice(span.start, span.end);
  if (around !== undefined) Object.assign(draft, { declared: around.declared, declaredAt: around.declaredAt, properties: around.properties });
  return draft;
}

/** The letters by which an equation that begins with a derivative differentiates. */
function variablesOfDerivatives({ statement }: PlacedEquation): string[] {
  const [first] = statement.sides;
  if (first?.kind !== 'derivative') return [];
  return first.wrt.flatMap(({ expr }) => symbolKey(expr) ?? []);
}
