import { isScalar, SCALAR } from '../shape/shape.ts';
import type { Expr, NameExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { functionNamed } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { lookUpInAnyStyle } from './other-styles.ts';
import { introduce, lookUp } from './scope.ts';

/**
 * `\pi(f) = 1 / (1 + e^{-f})` in a section that also has the vector `\mathbf f`: where a text keeps the two apart, its plain letter is a number from there on, as is an
 * entry of the vector.
 */
export function takePlainBesideBold(collected: Collected): Collected {
  const { scope, equations } = collected;
  for (const equation of equations) {
    if (argumentOfNumber(collected, equation) === null) continue;
    const near = equations.filter(({ section, item }) => section === equation.section && item >= equation.item - BEFORE);
    const own = equations.filter(({ section }) => section === equation.section).flatMap(partsIn);
    for (const { letter, item } of near.flatMap((one) => lettersIn(one))) {
      const bold = boldOf(collected, letter, equation);
      if (bold === null || !own.some((one) => symbolKey(one) === bold) || own.some((one) => isVectorThere(one, letter.name))) continue;
      Object.assign(introduce(scope, letter.name, equation.section, item, letter.span), { declared: SCALAR, text: letter.name });
    }
  }
  return collected;
}

/** So many formulas before the function its numbers may be spoken of: "with `$t = (y + 1)/2$` and `$\pi(f) = …$`". */
const BEFORE = 2;

function partsIn({ statement: { sides } }: PlacedEquation): readonly Expr[] {
  return sides.flatMap(withinExpr);
}

function lettersIn(equation: PlacedEquation): readonly { readonly letter: NameExpr; readonly item: number }[] {
  return partsIn(equation).flatMap((one) => (isLetter(one) ? [{ letter: one, item: equation.item }] : []));
}

function isLetter(expr: Expr | undefined): expr is NameExpr {
  return expr?.kind === 'name' && /^\p{Ll}$/u.test(expr.name);
}

/** The `\mathbf f` that is declared as a vector, where no plain f is known. */
function boldOf({ scope }: Collected, { name }: NameExpr, { section, item }: PlacedEquation): string | null {
  const known = lookUp(scope, name, section, item) === undefined ? lookUpInAnyStyle(scope, name, section, item) : undefined;
  return known?.declared == null || isScalar(known.declared) ? null : known.key;
}

/** The f of `\pi(f) = …`, made of nothing but numbers and f, where only `\mathbf f` is declared, as more than a number. */
function argumentOfNumber(collected: Collected, equation: PlacedEquation): NameExpr | null {
  const { statement, section, item, origin } = equation;
  const [left, body, ...more] = statement.sides;
  const [letter, ...others] = left?.kind === 'call' ? left.args : [];
  if (origin === 'plain' || more.length > 0 || body === undefined || statement.relations[0] === '∈') return null;
  if (!isLetter(letter) || others.length > 0 || boldOf(collected, letter, equation) === null) return null;
  const shapeOf = (key: string) => lookUpInAnyStyle(collected.scope, key, section, item)?.declared ?? SCALAR;
  const isOther = (one: Expr) => one.kind === 'name' && one.name !== letter.name && functionNamed(one.name) === undefined;
  const isWide = (one: Expr) => /\p{Lu}$/u.test(symbolKey(one) ?? '') || !isScalar(shapeOf(symbolKey(one) ?? ''));
  return withinExpr(body).some((one) => (isOther(one) && isWide(one)) || isOfVectors(one)) ? null : letter;
}

/** What is only written of vectors. */
function isOfVectors(one: Expr): boolean {
  if (one.kind === 'postfix') return one.mark.kind === 'transpose' || one.mark.kind === 'prime' || one.mark.kind === 'sub';
  return one.kind === 'apply' && (one.op.startsWith('norm') || one.op === 'hadamard' || one.op === 'hadamardDiv');
}

/** `W f`, `f^\top`, `\|f\|`, `f_i`. */
function isVectorThere(one: Expr, name: string): boolean {
  const isIt = (part: Expr | undefined) => part?.kind === 'name' && part.name === name;
  if (one.kind === 'postfix') return isIt(one.base) && isOfVectors(one);
  if (one.kind !== 'apply') return false;
  const at = one.op === 'mul' ? one.args.findIndex(isIt) : -1;
  return (isOfVectors(one) && one.args.some(isIt)) || (at > 0 && /\p{Lu}$/u.test(symbolKey(one.args[at - 1] as Expr) ?? ''));
}
