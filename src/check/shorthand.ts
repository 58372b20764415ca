import { contains } from '../base/span.ts';
import { symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from '../derivation/derivation.ts';
import type { Problem } from '../derivation/problem.ts';
import { isInSight } from './charity.ts';
import type { Finding } from './findings.ts';
import { statementAt } from './statement-environments.ts';
import type { RuleContext } from './words.ts';

/**
 * An equation that claims nothing, in a text that never heard of Chainrule, with letters from elsewhere than the sections around it or its lemma, and that no
 * small change would make fit: its author's shorthand, or letters that have another meaning there.
 */
export function isShorthand({ built: { derivation }, text }: RuleContext, { found, problem, equation }: Finding): boolean {
  if (problem === null || equation === null || !OF_SHAPES.has(problem.kind) || found.fixes.length > 0) return false;
  if (equation.kind !== 'equation' && equation.kind !== 'definition') return false;
  const letters = equation.sides.flatMap(symbolsIn).flatMap((id) => derivation.symbols.get(id) ?? []);
  return letters.some((info) => info.role === 'variable' && !isGivenNear(derivation, text, equation, info));
}

/** Declared, or defined, in a section around an equation, and in no lemma that the equation stands outside of. */
function isGivenNear(derivation: Derivation, text: string, equation: Equation, info: SymbolInfo): boolean {
  const statement = statementAt(text, info.span.start);
  const isGiven = (info.declared !== null || info.definition !== null) && isInSight({ derivation, equation }, info);
  return isGiven && (statement === null || contains(statement, equation.span));
}

const OF_SHAPES: ReadonlySet<Problem['kind']> = new Set(['product', 'sum', 'side', 'argument', 'block']);
