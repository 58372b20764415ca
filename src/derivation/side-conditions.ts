import type { Expr, NameExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Collected, IndexCondition, PlacedEquation } from './collected.ts';
import { conditionOf } from './compared-indices.ts';
import { lookUp, type Scope } from './scope.ts';

/**
 * What is said of the letters that an equation counts by goes with that equation: `-s_i s_j \quad (i \ne j)`, "`$s_i(1 - s_i)$` for `$i = j$`",
 * "for `$i \ne j$` we have …". The condition stands in the same sentence, and both of its letters on the first side.
 */
export function takeSideConditions(collected: Collected, text: string): Collected {
  const equations: PlacedEquation[] = [];
  let waiting: { readonly condition: Condition; readonly from: PlacedEquation } | null = null;
  for (const equation of collected.equations) {
    const condition = conditionIn(collected.scope, equation);
    const before = equations.at(-1);
    if (condition !== null && before !== undefined && isAbout(condition, before) && follows(text, before, equation))
      equations[equations.length - 1] = under(before, condition);
    else if (condition !== null) {
      if (waiting !== null) equations.push(waiting.from);
      waiting = { condition, from: equation };
      continue;
    } else if (waiting !== null && isAbout(waiting.condition, equation) && isOneSentence(text, waiting.from, equation))
      equations.push(under(equation, waiting.condition));
    else equations.push(...(waiting === null ? [] : [waiting.from]), equation);
    waiting = null;
  }
  const all = waiting === null ? equations : [...equations, waiting.from];
  return { ...collected, equations: all.map((equation) => apartFromVariable(collected.scope, equation)) };
}

/** `\partial E_{ij} / \partial r_i` is by the one of two indices: the other is meant to be another. */
function apartFromVariable(scope: Scope, equation: PlacedEquation): PlacedEquation {
  const [first] = equation.statement.sides;
  if (equation.origin === 'plain' || first?.kind !== 'derivative' || first.wrt.length !== 1) return equation;
  const [by, ...more] = lettersBelow(first.wrt[0]?.expr);
  const [left, right, ...others] = lettersBelow(first.of);
  if (by === undefined || left === undefined || right === undefined || more.length + others.length > 0) return equation;
  if ((by !== left && by !== right) || left === right || equation.where.length > 0) return equation;
  return counts(scope, equation, left) && counts(scope, equation, right) ? under(equation, { left, right, equal: false }) : equation;
}

/** `i`, `j` of `E_{ij}`. */
function lettersBelow(expr: Expr | undefined): readonly string[] {
  if (expr?.kind !== 'postfix' || expr.mark.kind !== 'sub' || !expr.mark.items.every(isLetter)) return [];
  return expr.mark.items.flatMap((item) => (item.kind === 'name' ? [item.name] : []));
}

/** Whether a letter names nothing but an index. */
function counts(scope: Scope, { section, item }: PlacedEquation, name: string): boolean {
  return (lookUp(scope, name, section, item)?.role ?? 'index') === 'index' && !scope.dimensions.has(name);
}

/** `i \ne j`, or `j \ne y_i`, of which the right side is no letter that counts here. */
type Condition = IndexCondition | { readonly letter: string; readonly condition: string };

function under(equation: PlacedEquation, condition: Condition): PlacedEquation {
  return 'letter' in condition
    ? { ...equation, among: [...(equation.among ?? []), condition] }
    : { ...equation, where: [...equation.where, condition] };
}

/** `i = j`, `i \ne j` of two letters that name nothing else, and `j \ne y_i`. */
function conditionIn(scope: Scope, equation: PlacedEquation): Condition | null {
  const { sides, relations } = equation.statement;
  const [left, right] = sides;
  const [relation] = relations;
  if (sides.length !== 2 || !isLetter(left) || (relation !== '=' && relation !== '≠')) return null;
  if (!isLetter(right)) {
    const isLabel = relation === '≠' && right?.kind === 'postfix' && right.mark.kind === 'sub' && equation.origin !== 'plain';
    return isLabel && counts(scope, equation, left.name) ? { letter: left.name, condition: conditionOf({ relation, right }) } : null;
  }
  return counts(scope, equation, left.name) && counts(scope, equation, right.name)
    ? { left: left.name, right: right.name, equal: relation === '=' }
    : null;
}

function isLetter(side: Expr | undefined): side is NameExpr {
  return side?.kind === 'name' && /^\p{Ll}$/u.test(side.name);
}

function isAbout(condition: Condition, { statement }: PlacedEquation): boolean {
  const [first] = statement.sides;
  if (first === undefined || statement.sides.length < 2) return false;
  const below = new Set(
    withinExpr(first)
      .flatMap((one) => (one.kind === 'postfix' && one.mark.kind === 'sub' ? one.mark.items.flatMap((item) => withinExpr(item)) : []))
      .flatMap((one) => (one.kind === 'name' ? [one.name] : [])),
  );
  return 'letter' in condition ? below.has(condition.letter) : below.has(condition.left) && below.has(condition.right);
}

/** Whether a condition stands right behind an equation, with nothing but "for", "if" and punctuation between. */
function follows(text: string, equation: PlacedEquation, condition: PlacedEquation): boolean {
  const between = text.slice(equation.statement.span.end, condition.statement.span.start);
  return equation.section === condition.section && BEHIND.test(between) && !/\n[ \t]*\r?\n/.test(between);
}

const BEHIND =
  /^(?:[\s$,;(&}~]|\\[,;!:()[\] ]|\\q?quad|\\(?:text|textrm|mbox|mathrm|rm|tag)\s*\{|\b(?:for|if|when|where|whenever|with|provided|that|all)\b)*$/;

/** Whether nothing between two formulas ends the sentence; blank lines around a display do not. */
function isOneSentence(text: string, first: PlacedEquation, second: PlacedEquation): boolean {
  if (first.section !== second.section) return false;
  return !/[.;!?](?:\s|\$|\\[)\]])|\n[ \t]*\r?\n(?!\s*(?:\$\$|\\\[|\\begin\b))|\\(?:item|end)\b/.test(
    text.slice(first.statement.span.end, second.statement.span.start),
  );
}
