import { describe, expect, it } from 'vitest';
import { random } from '../../src/base/random.ts';
import { type CheckedDocument, checkDocument } from '../../src/check/check-document.ts';
import { buildDerivation } from '../../src/derivation/build.ts';
import type { Equation, Settings } from '../../src/derivation/derivation.ts';
import { inferShapes } from '../../src/derivation/infer.ts';
import { programFor } from '../../src/numeric/program.ts';
import { distinctSizes } from '../../src/numeric/sizes.ts';
import { subjectOf } from '../../src/numeric/subject.ts';
import { TIMELESS } from '../../src/numeric/ticker.ts';
import { Unverifiable } from '../../src/numeric/unverifiable.ts';
import { valuesAt } from '../../src/numeric/values.ts';
import { readPlain } from '../../src/syntax/read-plain.ts';
import { DECLARED, maker, mistaken } from './hand-table.ts';

// Gradients of random expressions by a table written by hand: right ones are verified in every layout, wrong ones are not.

const LAYOUTS = ['denominator', 'numerator', 'mixed'] as const;
/** What numerator layout does not turn around: scalars and rows. */
const UNTURNED = new Set(['s', 't', 'r', 'q']);

interface Case {
  readonly seed: number;
  readonly wrt: string;
  readonly stated: readonly string[];
  readonly gradient: string;
}

function caseOf(seed: number): Case {
  const source = random(seed);
  const { make, definitions } = maker(source);
  const f = make('1', '1', 1 + (seed % 3));
  const parts = f.pull('1');
  const wrt = parts[Math.floor(source.uniform() * parts.length)]?.leaf as string;
  const gradient = parts.filter(({ leaf }) => leaf === wrt).map(({ text }) => `(${text})`).join(' + ');
  return { seed, wrt, stated: [...DECLARED, ...definitions, `f = ${f.text}`], gradient };
}

function checked({ seed, wrt, stated }: Case, claim: string, layout: (typeof LAYOUTS)[number] = 'denominator'): CheckedDocument {
  const turned = layout === 'numerator' && !UNTURNED.has(wrt) ? `(${claim})'` : claim;
  return checkDocument([`layout ${layout}`, `seed ${seed}`, ...stated, `df/d${wrt} = ${turned}`, ''].join('\n'), 'plain', { verify: true, repair: false });
}

const statusOf = ({ claims }: CheckedDocument) => claims?.at(-1)?.status;
const isAccepted = (one: CheckedDocument) => statusOf(one) === 'verified' && one.diagnostics.every(({ severity }) => severity !== 'error');

const SETTINGS: Settings = { layout: 'denominator', layoutSpan: null, layoutAbove: null, verify: true, broadcast: false, boldConvention: false, tolerance: 1e-6, seed: 1, sizes: new Map() };
const POINTS = 8;

/** By how much two expressions differ at some points at most, relative to their largest entry; null where they do not fit or have no value. */
function distance(stated: readonly string[], one: string, other: string): number | null {
  const text = [...stated, `${one} = ${other}`, ''].join('\n');
  const built = buildDerivation(readPlain(text), text, SETTINGS);
  const { shapes, problems } = inferShapes(built, 'denominator');
  if (problems.length > 0) return null;
  const subject = subjectOf(built.derivation, shapes, built.derivation.equations.at(-1) as Equation);
  try {
    const program = programFor(subject, distinctSizes(subject, new Map())(0), TIMELESS);
    const distances = Array.from({ length: POINTS }, (_, turn) => {
      const { left, rights: [right] } = valuesAt(program, { seed: 77 + turn, turn, reach: 1 });
      const scale = Math.max(1e-9, ...[...left, ...(right ?? [])].map(Math.abs));
      return Math.max(...[...left].map((value, k) => Math.abs(value - (right?.[k] ?? Number.NaN)))) / scale;
    });
    return Math.max(...distances.filter(Number.isFinite));
  } catch (problem) {
    if (problem instanceof Unverifiable) return null;
    throw problem;
  }
}

/** `||v - v||` has no derivative anywhere. */
const hasNone = (one: CheckedDocument) => one.claims?.at(-1)?.reason?.endsWith('it divides by zero') === true;

describe('gradients of random expressions, by a table written by hand', () => {
  const cases = Array.from({ length: 75 }, (_, at) => caseOf(at + 1));

  it('are verified, in every layout', () => {
    for (const one of cases) {
      const layout = LAYOUTS[one.seed % LAYOUTS.length];
      const found = checked(one, one.gradient, layout);
      expect(isAccepted(found) || hasNone(found), `${layout} ${found.text}`).toBe(true);
    }
  });

  it('are refuted when they are a hundredth of a percent too large', () => {
    let refuted = 0;
    for (const one of cases) {
      if (distance(one.stated, one.gradient, `2 (${one.gradient})`) !== 0.5) continue;
      const found = checked(one, `1.0001 (${one.gradient})`);
      expect(statusOf(found), found.text).toBe('refuted');
      refuted++;
    }
    expect(refuted).toBeGreaterThan(60);
  });

  it('are not accepted with a mistake that shows in their values', () => {
    let refused = 0;
    for (const one of cases) {
      const source = random(one.seed);
      const mistakes = Array.from({ length: 4 }, () => mistaken(one.gradient, source));
      const mistake = mistakes.find((text) => text !== null && (distance(one.stated, one.gradient, text) ?? 0) > 1e-5);
      if (mistake == null) continue;
      const found = checked(one, mistake);
      expect(isAccepted(found), found.text).toBe(false);
      refused++;
    }
    expect(refused).toBeGreaterThan(40);
  });
});
