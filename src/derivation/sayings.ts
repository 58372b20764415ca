import { addTo } from '../base/lists-by-key.ts';
import { childrenOf, type SymbolId, type Term } from '../ops/term.ts';
import type { Equation } from './derivation.ts';
import { type Eigenpair, eigenpairsIn } from './eigenpairs.ts';

/** An equation and its number in the derivation. */
interface Placed {
  readonly equation: Equation;
  readonly at: number;
}

/** What the equations of each section say, by what they say it of, so that a claim need not look through all equations of a document. */
export interface Sayings {
  /** Equations `x = …`, by section and symbol. */
  readonly stated: ReadonlyMap<string, readonly Placed[]>;
  /** Equations that define a version of a letter, by section and letter. */
  readonly defining: ReadonlyMap<string, readonly Placed[]>;
  /** Equations that define a symbol by more than one side, `y = T x = P k`. */
  readonly severally: ReadonlyMap<SymbolId, Equation>;
  /** Equations `z = f(z)`, the first one of each symbol. */
  readonly byThemselves: ReadonlyMap<SymbolId, Equation>;
  /** Equations `A v = \lambda v`. */
  readonly eigenpairs: readonly Eigenpair[];
}

export function sayingsOf(equations: readonly Equation[]): Sayings {
  const stated = new Map<string, Placed[]>();
  const defining = new Map<string, Placed[]>();
  const severally = new Map<SymbolId, Equation>();
  const byThemselves = new Map<SymbolId, Equation>();
  equations.forEach((equation, at) => {
    const { kind, section, sides, relations, defines } = equation;
    const [left] = sides;
    const states = kind === 'equation' && sides.length === 2 && relations[0] === '=' && left?.kind === 'symbol';
    if (states) addTo(stated, keyOf(section, left.id), { equation, at });
    if (states && !byThemselves.has(left.id) && standsIn(sides[1] as Term, left.id)) byThemselves.set(left.id, equation);
    if (defines !== null && sides.length > 2 && !severally.has(defines)) severally.set(defines, equation);
    if (defines !== null) addTo(defining, keyOf(section, letterOf(defines)), { equation, at });
  });
  return { stated, defining, severally, byThemselves, eigenpairs: eigenpairsIn(equations) };
}

/** Whether a symbol stands in a term as a whole: `X = [x_1, x_2]` only lists parts of X. */
function standsIn(term: Term, id: SymbolId): boolean {
  if (term.kind === 'symbol') return term.id === id;
  return term.kind !== 'entry' && childrenOf(term).some((child) => standsIn(child, id));
}

/** The last equation before a claim, in one of some sections, that states what a symbol equals. */
export function lastStated({ stated }: Sayings, sections: readonly number[], claim: Equation, id: SymbolId): Equation | null {
  return lastBefore(stated, sections, claim, id, () => true);
}

/** The last equation before a claim, in one of some sections, that defines a version of a letter which fits. */
export function lastDefining(
  { defining }: Sayings,
  sections: readonly number[],
  claim: Equation,
  letter: string,
  fits: (defined: SymbolId) => boolean,
): Equation | null {
  return lastBefore(defining, sections, claim, letter, ({ defines }) => defines !== null && fits(defines));
}

function lastBefore(
  lists: ReadonlyMap<string, readonly Placed[]>,
  sections: readonly number[],
  claim: Equation,
  name: string,
  fits: (equation: Equation) => boolean,
): Equation | null {
  const isBefore = ({ equation }: Placed) => equation.span.start < claim.span.start && fits(equation);
  const found = sections.flatMap((section) => lists.get(keyOf(section, name))?.findLast(isBefore) ?? []);
  return found.length === 0 ? null : found.reduce((last, one) => (one.at > last.at ? one : last)).equation;
}

function keyOf(section: number, name: string): string {
  return `${section} ${name}`;
}

/** Versions of one letter in several sections differ in what follows `@`. */
export function letterOf(id: SymbolId): string {
  return id.slice(0, id.lastIndexOf('@'));
}
