import { describe, expect, it } from 'vitest';
import { random as randomNumbers } from '../../src/base/random.ts';
import { isProvedEqual } from '../../src/calculus/prove.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import { buildDerivation } from '../../src/derivation/build.ts';
import type { Settings } from '../../src/derivation/derivation.ts';
import { inferShapes } from '../../src/derivation/infer.ts';
import type { Term } from '../../src/ops/term.ts';
import { readPlain } from '../../src/syntax/read-plain.ts';

const SETTINGS: Settings = {
  layout: 'denominator', layoutSpan: null, verify: true, broadcast: false, boldConvention: false, tolerance: 1e-6, seed: 1, sizes: new Map(),
};

// What algebra calls equal, numbers must find equal: random chains of matrices beside changed versions of
// themselves, some of which are the same by an identity and most of which are not.

const GIVEN = 'A : n×n; B : n×n; S : n×n symmetric; Q : n×n orthogonal; x : n; y : n; s : scalar positive';
const ATOMS = ['A', 'B', 'S', 'Q', "A'", "B'", "S'", "Q'", 'S^-1'];

type Random = () => number;

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

function sumOfChains(random: Random): string {
  const chain = () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, ATOMS)).join(' ');
  return Array.from({ length: 1 + Math.floor(random() * 2) }, chain).join(random() < 0.5 ? ' + ' : ' - ');
}

const CHANGES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/\bA\b(?!')/, "A'"),
  (text) => text.replace(/\bS\b(?!')/, "S'"),
  (text) => text.replace(' - ', ' + '),
  (text) => text.replace(/^(\S+) (\S+)/, '$2 $1'),
  (text) => text.split(' + ').reverse().join(' + '),
  (text) => `Q' Q (${text})`,
  (text) => `((${text})')'`,
  (text) => `2 (${text})`,
  (text) => `1/2 (${text}) + 1/2 (${text})`,
];

const WRAPS: readonly ((text: string) => string)[] = [(text) => `tr(${text})`, (text) => `x' (${text}) y`, (text) => `(${text}) x`, (text) => `s (${text})`];

describe('what is proved is verified', () => {
  const random = randomNumbers(77).uniform;
  const pairs = Array.from({ length: 120 }, () => {
    const [chain, wrap] = [sumOfChains(random), pick(random, WRAPS)];
    return [wrap(chain), wrap(pick(random, CHANGES)(chain))] as const;
  });
  const text = `layout denominator\n${GIVEN}\n${pairs.map(([left, right]) => `identity\n${left} = ${right}\n`).join('')}`;
  const built = buildDerivation(readPlain(text), text, SETTINGS);
  const { shapes } = inferShapes(built, 'denominator');
  // Every equation is asked, whatever numbers say of it.
  const proved = built.derivation.equations.filter(({ sides }) => isProvedEqual(built.derivation, shapes, 'denominator', sides[0] as Term, sides[1] as Term)).map(({ span }) => text.slice(span.start, span.end));
  const refuted = (checkDocument(text, 'plain', { verify: true, repair: false }).claims ?? []).filter(({ status }) => status === 'refuted').map((claim) => claim.text);

  const all = built.derivation.equations.map(({ span }) => text.slice(span.start, span.end));

  it('has enough of both kinds', () => expect([proved.length > 20, refuted.length > 20, refuted.every((one) => all.includes(one))]).toEqual([true, true, true]));
  it('over random pairs', () => expect(proved.filter((one) => refuted.includes(one))).toEqual([]));
});
