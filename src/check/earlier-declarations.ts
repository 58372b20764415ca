import { groupedBy } from '../base/lists-by-key.ts';
import type { Built } from '../derivation/build.ts';
import { isOpenEnd, symbolsIn } from '../derivation/dependencies.ts';
import type { Equation, SymbolInfo } from '../derivation/derivation.ts';
import type { Inferred } from '../derivation/infer.ts';
import { isReached } from '../derivation/read-equations.ts';
import { letterOf } from '../derivation/sayings.ts';
import { replacedAlike } from '../ops/rewrite.ts';
import { ITSELF, type SymbolId, type Term, termKey } from '../ops/term.ts';
import { isMistaken } from './findings.ts';
import { homeOf } from './home-of.ts';

/**
 * A text in which a claim that does not fit is about what its section declared before by the same letter, where it fits so: "Example 1. Let `$x \in \mathbb R^n$` … Example 2.
 * Let `$x \in \mathbb R^m$` …", and then a remark with `c^\top x` of a `c \in \mathbb R^n`.
 */
export function withEarlierDeclarations(built: Built, inferred: Inferred): Built {
  const { equations } = built.derivation;
  const unfit = equations.filter((one) => (one.kind === 'claim' || one.kind === 'condition') && isMistaken(inferred, one));
  if (unfit.length === 0) return built;
  const versions = declaredVersions(built);
  const read = new Map(unfit.flatMap((claim) => entryOf(claim, versionThatFits(built, inferred, claim, versions))));
  if (read.size === 0) return built;
  return { ...built, derivation: { ...built.derivation, equations: equations.map((one) => read.get(one) ?? one) } };
}

function entryOf(claim: Equation, version: Equation | null): readonly (readonly [Equation, Equation])[] {
  return version === null ? [] : [[claim, version]];
}

/** What sections declare more than once, by section and letter. */
function declaredVersions({ derivation }: Built): ReadonlyMap<string, readonly SymbolInfo[]> {
  const declared = [...derivation.symbols.values()].filter((info) => isOpenEnd(info) && info.declared !== null);
  const groups = groupedBy(declared, (info) => `${homeOf(derivation, info)}:${letterOf(info.id)}`);
  return new Map([...groups].filter(([, group]) => group.length > 1));
}

/** The claim with one of its letters as it was declared before, the last time first; null where it fits for none. */
function versionThatFits(
  { derivation }: Built,
  inferred: Inferred,
  claim: Equation,
  versions: ReadonlyMap<string, readonly SymbolInfo[]>,
): Equation | null {
  const letters = [...new Set(claim.sides.flatMap(symbolsIn))];
  for (const id of letters) {
    const all = versions.get(`${claim.section}:${letterOf(id)}`) ?? [];
    const at = all.findIndex((one) => one.id === id);
    for (const earlier of all.slice(0, Math.max(0, at)).reverse()) {
      const version = { ...claim, sides: claim.sides.map((side) => withSymbol(side, id, earlier.id)) };
      if (isReached(derivation, version) && inferred.attempt(claim, version, () => true) === true) return version;
    }
  }
  return null;
}

function withSymbol(side: Term, id: SymbolId, other: SymbolId): Term {
  const key = termKey({ kind: 'symbol', id, span: side.span }, ITSELF);
  return replacedAlike(side, key, (found) => ({ kind: 'symbol', id: other, span: found.span }));
}
