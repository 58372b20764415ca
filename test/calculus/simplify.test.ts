import { describe, expect, it } from 'vitest';
import { random as randomNumbers } from '../../src/base/random.ts';
import { printDerived } from '../../src/calculus/derive-text.ts';
import { isRefusal, simplifyTerm } from '../../src/calculus/differentiate.ts';
import { isProvedEqual } from '../../src/calculus/prove.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import { buildDerivation } from '../../src/derivation/build.ts';
import type { Settings } from '../../src/derivation/derivation.ts';
import { inferShapes } from '../../src/derivation/infer.ts';
import { readPlain } from '../../src/syntax/read-plain.ts';

const GIVEN = 'A : n×n; B : n×n; S : n×n symmetric; P : n×n spd; Q : n×n orthogonal; D : n×n diagonal; x : n; y : n; z : n positive; s : scalar positive; t : scalar';

const SETTINGS: Settings = {
  layout: 'denominator', layoutSpan: null, layoutAbove: null, verify: true, broadcast: false, boldConvention: false, tolerance: 1e-6, seed: 1, sizes: new Map(),
};

function read(text: string) {
  const built = buildDerivation(readPlain(text), text, SETTINGS);
  return { built, shapes: inferShapes(built, 'denominator').shapes };
}

/** The two sides of an identity, simplified, and whether algebra shows them equal. */
function examine(left: string, right: string) {
  const { built, shapes } = read(`${GIVEN}\nidentity\n${left} = ${right}\n`);
  const sides = built.derivation.equations.at(-1)?.sides ?? [];
  const [a, b] = sides;
  if (a === undefined || b === undefined) throw new Error(`${left} = ${right} is not read`);
  const simple = simplifyTerm(built.derivation, shapes, a, 'denominator');
  return { proved: isProvedEqual(built.derivation, shapes, 'denominator', a, b), text: isRefusal(simple) ? simple.reason : printDerived(built, simple, 'plain') };
}

// ---- random expressions

type Random = () => number;
type Grow = (random: Random, depth: number) => string;

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

const MATRICES = ['A', 'B', 'S', 'P', 'Q', 'D', "A'", "B'", "Q'", 'I_n', 'P^-1', '2 A', 'x y\''];
const COLUMNS = ['x', 'y', 'z', '2 x', '-y', 'ones(n)', '0.5 z'];
const SCALARS = ['s', 't', '2', "x' y", 'tr(A)', '||x||', '3'];

const matrixOf: Grow = (random, depth) => {
  if (depth === 0) return pick(random, MATRICES);
  const m = () => matrixOf(random, depth - 1);
  const v = () => columnOf(random, depth - 1);
  return pick<() => string>(random, [
    () => `(${m()} + ${m()})`, () => `(${m()} - ${m()})`, () => `(${m()}) (${m()})`, () => `(${m()})'`, () => `diag(${v()})`, () => `(${v()}) (${v()})'`,
    () => `(${m()}) .* (${m()})`, () => `(${scalarOf(random, depth - 1)}) (${m()})`, () => `tanh(${m()})`,
  ])();
};

const columnOf: Grow = (random, depth) => {
  if (depth === 0) return pick(random, COLUMNS);
  const v = () => columnOf(random, depth - 1);
  const m = () => matrixOf(random, depth - 1);
  return pick<() => string>(random, [
    () => `(${v()} + ${v()})`, () => `(${v()} - ${v()})`, () => `(${m()}) (${v()})`, () => `(${v()}) .* (${v()})`, () => `diag(${v()}) (${v()})`, () => `diag(${m()})`,
    () => `sin(${v()})`, () => `(${scalarOf(random, depth - 1)}) (${v()})`, () => `(${v()}) .* (${v()}) ./ z`,
  ])();
};

const scalarOf: Grow = (random, depth) => {
  if (depth === 0) return pick(random, SCALARS);
  const s = () => scalarOf(random, depth - 1);
  const v = () => columnOf(random, depth - 1);
  const m = () => matrixOf(random, depth - 1);
  return pick<() => string>(random, [
    () => `(${s()} + ${s()})`, () => `(${s()}) (${s()})`, () => `(${v()})' (${v()})`, () => `tr(${m()})`, () => `sum(${v()})`, () => `(${v()})' (${m()}) (${v()})`, () => `(${s()})^2`, () => `sum(${m()})`, () => `(${s()})/s`,
  ])();
};

describe('simplification leaves the value as it is', () => {
  const random = randomNumbers(20_260_417).uniform;
  const expressions = Array.from({ length: 150 }, (_, at) => pick(random, [matrixOf, columnOf, scalarOf])(random, 1 + (at % 3)));
  for (const expression of expressions) {
    it(expression, () => {
      const { text, proved } = examine(expression, expression);
      expect(proved).toBe(true);
      const { claims, diagnostics } = checkDocument(`${GIVEN}\nidentity\n${expression} = ${text}\n`, 'plain', { verify: true, repair: false });
      const mistakes = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
      expect({ text, mistakes, refuted: claims?.some(({ status }) => status === 'refuted') }).toEqual({ text, mistakes: [], refuted: false });
    });
  }
});

describe('what a person would write', () => {
  const CASES: readonly (readonly [string, string])[] = [
    ["A' (A x - y) + A' (A x - y)", "2 A' (A x - y)"],
    ["(A B)'", "B' A'"],
    ["(A')'", 'A'],
    ["S'", 'S'],
    ["Q' Q x", 'x'],
    ['Q^-1', "Q'"],
    ['A A^-1 x', 'x'],
    ['tr(x y\')', "y' x"],
    ['I_n A', 'A'],
    ['diag(x) y', 'x .* y'],
    ['A x + B x', '(A + B) x'],
    ["ones(n)' ones(n)", 'n'],
    ['x 2 s', '2 s x'],
    ['A - A', '0'],
    ['A A^+ A x', 'A x'],
    ["A^+ A A'", "A'"],
    ["(A^+)' A' x", 'A A^+ x'],
    ["(I_n - A A^+) (A^+)'", '0'],
    ["(A' A)^-1 A' A x", 'x'],
    ["A' A (A' A)^-1 x", 'x'],
    ["(A' A)^-1 A A' x", "(A' A)^-1 A A' x"],
    ["vmax(S)' vmax(S)", '1'],
    ['(x .* y) ./ x', 'y'],
  ];
  for (const [before, after] of CASES) it(`${before} is ${after}`, () => expect(examine(before, before).text).toBe(after));
});

describe('what algebra shows to be equal', () => {
  const PROVED: readonly (readonly [string, string])[] = [
    ["(A x - y)' (A x - y)", "x' A' A x - 2 y' A x + y' y"],
    ['tr(A B)', 'tr(B A)'],
    ["d/dx (x' S x)", '2 S x'],
    ["d/dx (x' A x)", "A x + A' x"],
    ['d/dA (tr(A B))', "B'"],
    ['(A + B)^-1 (A + B)', 'I_n'],
    ['sigmoid(-t)', '1 - sigmoid(t)'],
    ['exp(t)/(1 + exp(t))', 'sigmoid(t)'],
    ['softmax(x)', 'exp(x)/sum(exp(x))'],
    ['d/dx logsumexp(x)', 'exp(x)/(ones(n)\' exp(x))'],
    ['sum(softmax(x))', '1'],
    ['max(0, t)', 't Ind(t > 0)'],
    ["x' diag(y)", "(x .* y)'"],
    ['diag(x) diag(y)', 'diag(x .* y)'],
    ["diag(x y')", 'x .* y'],
    ['tr(A B S)', "tr(S B' A')"],
    ["tr(Q A Q')", 'tr(A)'],
    ["||x - y||^2", "x' x - 2 x' y + y' y"],
    ['A^-2', 'A^-1 A^-1'],
    ["ones(n)' A ones(n)", 'sum(A)'],
    ['sum_{i=1}^{n} (x_i + y_i) z_i', "x' z + y' z"],
    ['sum_{i=1}^{n} x_i A_{i:}', "x' A"],
    ['sum_{i=1}^{n} sum_{j=1}^{n} A_{ij} B_{ij}', "tr(A' B)"],
    ['sum_{i=1}^{n} exp(x_i) y_i', 'sum_{j=1}^{n} y_j exp(x_j)'],
    ["1/(s + t) + 1/(s - t)", '2 s/((s + t) (s - t))'],
  ];
  for (const [left, right] of PROVED) it(`${left} = ${right}`, () => expect(examine(left, right).proved).toBe(true));
  for (const [left, right] of [["x' A x", "x' S x"], ['A B', 'B A'], ['sigmoid(t)', '1 - sigmoid(t)'], ["x' diag(y)", "x' .* y'"], ['sum_{i=1}^{n} x_i y_i', 'sum_{i=1}^{n} x_i z_i'], ['1/(s + t)', '1/s + 1/t'], ["d/dx (x' A x)", '2 A x']] as const) it(`but not ${left} = ${right}`, () => expect(examine(left, right).proved).toBe(false));
});
