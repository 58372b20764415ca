import { addTo } from '../base/lists-by-key.ts';
import { childrenOf, ITSELF, type SymbolId, type Term, termKey, walk } from '../ops/term.ts';
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
  /** By the letter that it is said of, what is taken away from what: the `y` and the `X b` of `S = \|y - X b\|^2`. */
  readonly takenAway: ReadonlyMap<string, ReadonlySet<string>>;
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
  return { stated, defining, severally, byThemselves, takenAway: takenAwayIn(equations), eigenpairs: eigenpairsIn(equations) };
}

function takenAwayIn(equations: readonly Equation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { sides } of equations) {
    const said = sides[0]?.kind === 'symbol' ? letterOf(sides[0].id) : null;
    if (said === null) continue;
    const taken = sides.flatMap((side) => [...walk(side)].flatMap(takenAwayBy));
    if (taken.length > 0) found.set(said, new Set([...(found.get(said) ?? []), ...taken]));
  }
  return found;
}

/** The `y` and the `X b` of `y - X b`, and of `X b - y`. */
function takenAwayBy(term: Term): readonly string[] {
  if (term.kind !== 'apply' || term.op !== 'sub') return [];
  const [left, right] = term.args as readonly [Term, Term];
  return [...(left.kind === 'symbol' ? [takenKey(left.id, right)] : []), ...(right.kind === 'symbol' ? [takenKey(right.id, left)] : [])];
}

function takenKey(id: SymbolId, what: Term): string {
  return `${letterOf(id)} ${lettersOf(what)}`;
}

/** A term by the letters of its symbols, of which a parameter has the same as what it stands for. */
export function lettersOf(term: Term): string {
  return termKey(term, { ...ITSELF, symbol: (id) => id.replace(/[@#]\d+$/u, '') });
}

/** Whether a symbol stands in a term as a whole: `X = [x_1, x_2]` only lists parts of X. */
function standsIn(term: Term, id: SymbolId): boolean {
  if (term.kind === 'symbol') return term.id === id;
  return term.kind !== 'entry' && childrenOf(term).some((child) => standsIn(child, id));
}

/** Whether `y - X b` stands in what is said of a letter anywhere, of a `y` and an `X b`. */
export function isTakenFrom({ takenAway }: Sayings, of: SymbolId, id: SymbolId, value: Term): boolean {
  return takenAway.get(letterOf(of))?.has(takenKey(id, value)) === true;
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
