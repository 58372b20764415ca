import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import type { Term } from '../ops/term.ts';
import { claimKey } from './claim-key.ts';
import { judge } from './judge.ts';
import { verdictUnder } from './kept-verdicts.ts';
import { observe } from './observe.ts';
import { largeProjectable } from './project.ts';
import { commonOf, type Subject, subjectOf } from './subject.ts';
import { BrokenOff, TimeOver, Unverifiable } from './unverifiable.ts';
import type { StepVerdict, Verdict } from './verdict.ts';
import type { VerifyOptions } from './verify-options.ts';

/**
 * Checks a claim at random points: its first side by finite differences of what the definitions say, and
 * every other side against that. Never answers `verified` where a step was not compared.
 */
export function verifyClaim(derivation: Derivation, shapes: ShapeTable, equation: Equation, options: VerifyOptions): Verdict {
  return claimVerifier(derivation, shapes)(equation, options);
}

export type ClaimVerifier = (equation: Equation, options: VerifyOptions) => Verdict;

/** Checks claims of one derivation, which have much in common. */
export function claimVerifier(derivation: Derivation, shapes: ShapeTable): ClaimVerifier {
  const common = commonOf(derivation, shapes);
  return (equation, options) => verify(subjectOf(derivation, shapes, equation, common), options);
}

export type ClaimVerifiers = (derivation: Derivation) => ClaimVerifier;

/** The same for several readings of one text: what claims of a derivation have in common is found once. */
export function claimVerifiers(shapes: ShapeTable): ClaimVerifiers {
  const known = new Map<Derivation, ClaimVerifier>();
  return (derivation) => {
    const verifier = known.get(derivation) ?? claimVerifier(derivation, shapes);
    known.set(derivation, verifier);
    return verifier;
  };
}

function verify(subject: Subject, options: VerifyOptions): Verdict {
  const { keeping } = options;
  if (keeping === undefined) return verdictOn(subject, options).verdict;
  return verdictUnder(keeping, `${claimKey(subject)}\n${limitsKey(options)}`, () => verdictOn(subject, options));
}

function limitsKey({ seed, tolerance, sizes, method, smallSizes, sizeSets, points, hasty }: VerifyOptions): string {
  return JSON.stringify([seed, tolerance, [...(sizes ?? [])], method, smallSizes, sizeSets, points, hasty]);
}

interface Found {
  readonly verdict: Verdict;
  /** Whether more would be found another time. */
  readonly isBrokenOff: boolean;
}

function verdictOn(subject: Subject, options: VerifyOptions): Found {
  const { equation } = subject;
  const early = contradictionAlong(subject, options);
  try {
    const observations = observe(subject, options);
    return { verdict: judge(equation, observations, options.method), isBrokenOff: observations.isCutShort };
  } catch (problem) {
    if (!(problem instanceof Unverifiable)) throw problem;
    if (problem instanceof TimeOver && early !== null) return { verdict: early, isBrokenOff: true };
    const steps = equation.sides.slice(1).map((): StepVerdict => ({ status: 'inconclusive', reason: problem.message }));
    return {
      verdict: { status: 'inconclusive', method: 'entries', reason: problem.message, steps },
      isBrokenOff: problem instanceof BrokenOff,
    };
  }
}

/** As many points show a large mistake along a direction, and then along an entry. */
const GLANCE = { method: 'directions', sizeSets: 1, points: 2 } as const;

/**
 * Where every entry of a claim is asked for, and time is limited, what directions say against it: they take a moment, and the
 * entries of a large claim may take longer than there is time. Null where they say nothing.
 */
function contradictionAlong(subject: Subject, options: VerifyOptions): Verdict | null {
  const { equation } = subject;
  if (options.method !== 'entries' || options.now === undefined || largeProjectable(equation.sides[0] as Term) === null) return null;
  const { compared: _, ...limits } = options;
  try {
    const verdict = judge(equation, observe(subject, { ...limits, ...GLANCE }), options.method);
    return verdict.status === 'refuted' ? verdict : null;
  } catch (problem) {
    if (problem instanceof Unverifiable) return null;
    throw problem;
  }
}
