import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { random as randomNumbers } from '../../src/base/random.ts';
import { isProvedEqual } from '../../src/calculus/prove.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import { openSource } from '../../src/check/source.ts';
import { buildDerivation } from '../../src/derivation/build.ts';
import type { Settings } from '../../src/derivation/derivation.ts';
import { inferShapes } from '../../src/derivation/infer.ts';
import type { Term } from '../../src/ops/term.ts';
import { readPlain } from '../../src/syntax/read-plain.ts';

const SETTINGS: Settings = {
  layout: 'denominator', layoutSpan: null, layoutAbove: null, verify: true, broadcast: false, boldConvention: false, tolerance: 1e-6, seed: 1, sizes: new Map(),
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

describe('one form for', () => {
  const isProved = (given: string, left: string, right: string) => {
    const text = `layout denominator\n${given}\nidentity\n${left} = ${right}\n`;
    const built = buildDerivation(readPlain(text), text, SETTINGS);
    const { shapes } = inferShapes(built, 'denominator');
    const [a, b] = built.derivation.equations.at(-1)?.sides ?? [];
    return isProvedEqual(built.derivation, shapes, 'denominator', a as Term, b as Term);
  };

  it.each([
    ['fractions of exponentials', 'z : n', '1 ./ (1 + exp(-z))', 'exp(z) ./ (1 + exp(z))'],
    ['what they leave to one', 'z : n; y : n', 'y - y ./ (1 + exp(z))', 'y .* exp(z) ./ (1 + exp(z))'],
    ['the same in a sum', 'a_i : n; w : n; i : 1..m', "Σ_i (1 - 1/(1 + exp(-w' a_i))) a_i", "Σ_i a_i/(1 + exp(w' a_i))"],
    ['conditions', 'm : n', 'Ind(m < 1)', 'Ind(1 - m > 0)'],
    ['masks', 'M : m×n binary; X : m×n', 'M .* M .* X', 'M .* X'],
    ['unit vectors', 'u : n unit; x : n; v : n orthogonal', "v v' v v' x", "v v' x"],
    ['the exponential of a logarithm', 'z : n', 'exp(z - log(sum(exp(z))) ones(n))', 'exp(z) / sum(exp(z))'],
  ])('%s', (_, given, left, right) => expect(isProved(given, left, right)).toBe(true));

  it.each([
    ['another sign', 'z : n', '1 ./ (1 + exp(-z))', '1 ./ (1 + exp(z))'],
    ['the other condition', 'm : n', 'Ind(m < 1)', 'Ind(m - 1 > 0)'],
    ['a matrix that is no mask', 'M : m×n; X : m×n', 'M .* M .* X', 'M .* X'],
    ['a projection, which is no identity', 'v : n orthogonal; x : n', "v v' x", 'x'],
  ])('no proof of %s', (_, given, left, right) => expect(isProved(given, left, right)).toBe(false));
});

// The documents that people might write: what is verified there is nearly always proved, and what is changed so
// that numbers refute it never is.

const CORPUS = join(import.meta.dirname, '../corpus');
const SURFACES = { md: 'markdown', tex: 'latex', deriv: 'plain' } as const;
const DOCUMENTS = readdirSync(CORPUS).filter((name) => /\.(md|tex|deriv)$/.test(name)).filter((_, at) => at % 5 === 0);

/** Small changes to the last side of a claim. */
const SLIPS: readonly ((side: string) => string)[] = [
  (side) => side.replace(/\^\\top|'/, ''),
  (side) => side.replace(' - ', ' + '),
  (side) => side.replace(' + ', ' - '),
  (side) => `2 ${side}`,
];

describe('documents', () => {
  const checked = DOCUMENTS.map((name) => {
    const text = readFileSync(join(CORPUS, name), 'utf8');
    const surface = SURFACES[name.slice(name.lastIndexOf('.') + 1) as keyof typeof SURFACES];
    return { text, surface, document: checkDocument(text, surface, { verify: true, repair: false, prove: true }) };
  });

  it('have 93 of 100 of their verified claims proved', () => {
    const claims = checked.flatMap(({ document }) => document.claims ?? []).filter(({ status }) => status === 'verified');
    // The zero at the end of a condition is no claim.
    const proved = claims.filter(({ kind, steps }) => steps.slice(0, kind === 'condition' ? -1 : undefined).every((step) => step.proved));
    expect(claims.length).toBeGreaterThan(100);
    expect(proved.length / claims.length).toBeGreaterThan(0.93);
  });

  it('with a slip have no refuted step proved', () => {
    const wrong = checked.flatMap(({ text, surface, document }, at) => {
      const equation = document.equations.find(({ kind, sides }) => kind === 'claim' && sides.length > 1);
      const { start, end } = equation?.sides.at(-1)?.span ?? { start: 0, end: 0 };
      const slipped = SLIPS.map((slip) => slip(text.slice(start, end)))[at % SLIPS.length] as string;
      return equation === undefined || slipped === text.slice(start, end) ? [] : provedThough(`${text.slice(0, start)}${slipped}${text.slice(end)}`, surface);
    });
    expect(wrong.length).toBeGreaterThan(10);
    expect(wrong.filter(({ proved }) => proved)).toEqual([]);
  });
});

/** The refuted steps of a text, and whether algebra calls each of them equal to the left side. */
function provedThough(text: string, surface: 'markdown' | 'latex' | 'plain') {
  const { claims } = checkDocument(text, surface, { verify: true, repair: false, prove: true });
  const source = openSource(text, surface, undefined);
  const built = buildDerivation(source.document, text, { ...SETTINGS, layout: 'auto', broadcast: !source.document.annotated });
  const { shapes } = inferShapes(built, 'auto');
  return (claims ?? []).flatMap((claim) => {
    const equation = built.derivation.equations.find(({ ranges }) => ranges[0]?.start === claim.span.start);
    const at = claim.steps.findIndex(({ status }) => status === 'refuted');
    const [left, right] = [equation?.sides[0], equation?.sides[at + 1]];
    if (equation === undefined || at < 0 || left === undefined || right === undefined) return [];
    return [{ claim: claim.text, proved: isProvedEqual(built.derivation, shapes, shapes.layoutOf(equation), left, right) }];
  });
}
