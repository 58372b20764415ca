import type { Derivation, Equation } from '../../derivation/derivation.ts';
import { isMistake, type ShapeProblem } from '../../derivation/problem.ts';
import { CONTEXTUAL } from '../../numeric/dependencies.ts';
import { type SymbolId, type Term, termKey, walk } from '../../ops/term.ts';
import type { RuleContext } from '../words.ts';

/**
 * Whether a version of a side keeps a part that cannot fit whatever stands around it: nothing in that part takes its
 * shape from elsewhere, so that a change which leaves it as it is mends nothing.
 */
export function keepsWhatCannotFit({ built, inferred }: RuleContext, equation: Equation): (version: Term) => boolean {
  const parts = (inferred.problemsOf.get(equation) ?? [])
    .filter(isMistake)
    .flatMap(faultyPart)
    .filter((part) => isRigid(built.derivation, equation, part))
    .map((part) => ({ kind: part.kind, key: termKey(part) }));
  if (parts.length === 0) return () => false;
  return (version) => walk(version).some((term) => parts.some(({ kind, key }) => kind === term.kind && key === termKey(term)));
}

/** The term in which all lies that does not fit. */
function faultyPart(problem: ShapeProblem): readonly Term[] {
  switch (problem.kind) {
    case 'product':
    case 'sum':
    case 'argument':
    case 'block':
      return [problem.term];
    default:
      return [];
  }
}

/** Whether the shapes in a part are told by more than the equation itself. */
function isRigid(derivation: Derivation, { defines }: Equation, part: Term): boolean {
  const known = new Set<SymbolId>();
  const isKnown = (id: SymbolId): boolean => {
    if (known.has(id)) return true;
    known.add(id);
    const info = derivation.symbols.get(id);
    if (info === undefined || id === defines) return false;
    if (info.declared !== null || info.role === 'index' || info.role === 'dimension') return true;
    return info.definition !== null && isTold(info.definition.body);
  };
  const isTold = (whole: Term) =>
    walk(whole).every((term) => {
      if (term.kind === 'symbol') return isKnown(term.id);
      return term.kind === 'apply' ? !CONTEXTUAL.has(term.op) : TOLD_BY_PARTS.has(term.kind);
    });
  return isTold(part);
}

const TOLD_BY_PARTS: ReadonlySet<Term['kind']> = new Set(['number', 'entry', 'derivative', 'binder']);
