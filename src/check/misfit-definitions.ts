import { overlaid } from '../base/overlaid.ts';
import type { Built } from '../derivation/build.ts';
import type { Inferred } from '../derivation/infer.ts';
import type { SymbolId } from '../ops/term.ts';
import { isMistaken } from './findings.ts';

/**
 * A text in which letters that are declared are what they were declared as, where an equation that would define them has another shape: after "we have
 * `$x = A s$`", of an A that another section made `m\times n`, "one example `$x \in \mathbb R^n$`" is an x. The equation itself stays, with what does not fit in it.
 */
export function withoutMisfitDefinitions(built: Built, inferred: Inferred): Built {
  const { symbols, equations } = built.derivation;
  const misfits = equations.flatMap((equation): readonly SymbolId[] => {
    const info = equation.defines === null ? undefined : symbols.get(equation.defines);
    return info?.declared != null && info.definition !== null && isMistaken(inferred, equation) ? [info.id] : [];
  });
  if (misfits.length === 0) return built;
  const declared = misfits.flatMap((id) => {
    const info = symbols.get(id);
    return info === undefined ? [] : [[id, { ...info, definition: null }] as const];
  });
  return { ...built, derivation: { ...built.derivation, symbols: overlaid(symbols, new Map(declared)) } };
}
