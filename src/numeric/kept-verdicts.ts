import type { Counterexample } from './counterexample.ts';
import type { Verdict } from './verdict.ts';

/** What a check leaves for the next one of the same document, which need not verify again what did not change: answers by what they depend on. */
export interface KeptVerdicts {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly counterexamples: ReadonlyMap<string, Counterexample | null>;
}

/** What one check takes from the last and keeps for the next. It lives as long as the check. */
export interface KeepingVerdicts {
  readonly before: KeptVerdicts | null;
  readonly verdicts: Map<string, Verdict>;
  readonly counterexamples: Map<string, Counterexample | null>;
  /** Verdicts that neither the last check nor this one had found already. */
  found: number;
}

export function keepingVerdicts(before: KeptVerdicts | null): KeepingVerdicts {
  return { before, verdicts: new Map(), counterexamples: new Map(), found: 0 };
}

/** What is kept: all that this check asked for, and where it did not ask for everything what the last one kept, too. */
export function keptVerdicts({ before, verdicts, counterexamples }: KeepingVerdicts, isWhole: boolean): KeptVerdicts {
  if (isWhole || before === null) return { verdicts, counterexamples };
  return {
    verdicts: new Map([...before.verdicts, ...verdicts]),
    counterexamples: new Map([...before.counterexamples, ...counterexamples]),
  };
}

/** The verdict that is known under a key, or else one that is found now; it is kept unless it was broken off. */
export function verdictUnder(
  keeping: KeepingVerdicts,
  key: string,
  find: () => { readonly verdict: Verdict; readonly isBrokenOff: boolean },
): Verdict {
  const known = keeping.verdicts.get(key) ?? keeping.before?.verdicts.get(key);
  if (known !== undefined) {
    keeping.verdicts.set(key, known);
    return known;
  }
  keeping.found++;
  const { verdict, isBrokenOff } = find();
  if (!isBrokenOff) keeping.verdicts.set(key, verdict);
  return verdict;
}

export function counterexampleUnder(keeping: KeepingVerdicts, key: string, find: () => Counterexample | null): Counterexample | null {
  const known = keeping.counterexamples.get(key) ?? keeping.before?.counterexamples.get(key);
  const example = known === undefined ? find() : known;
  keeping.counterexamples.set(key, example);
  return example;
}
