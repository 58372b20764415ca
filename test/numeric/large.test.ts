import { describe, expect, it } from 'vitest';
import { buildDerivation } from '../../src/derivation/build.ts';
import type { Derivation, Equation, Settings, ShapeTable } from '../../src/derivation/derivation.ts';
import { inferShapes } from '../../src/derivation/infer.ts';
import { copyPoint } from '../../src/numeric/place-variables.ts';
import { dualProgramFor, programFor } from '../../src/numeric/program.ts';
import { distinctSizes } from '../../src/numeric/sizes.ts';
import { subjectOf } from '../../src/numeric/subject.ts';
import { TIMELESS } from '../../src/numeric/ticker.ts';
import { valuesAt, valuesWhere } from '../../src/numeric/values.ts';
import { verifyClaim } from '../../src/numeric/verify-claim.ts';
import type { VerifyOptions } from '../../src/numeric/verify-options.ts';
import { readPlain } from '../../src/syntax/read-plain.ts';

const SETTINGS: Settings = {
  layout: 'denominator', layoutSpan: null, layoutAbove: null, verify: true, broadcast: false, boldConvention: false, tolerance: 1e-6, seed: 1, sizes: new Map(),
};

interface Read {
  readonly derivation: Derivation;
  readonly shapes: ShapeTable;
  readonly equation: Equation;
}

/** The last equation of a text, with what it stands in. */
function read(text: string): Read {
  const built = buildDerivation(readPlain(text), text, SETTINGS);
  const { shapes, problems } = inferShapes(built, 'denominator');
  expect(problems).toEqual([]);
  return { derivation: built.derivation, shapes, equation: built.derivation.equations.at(-1) as Equation };
}

function verdict(text: string, options: VerifyOptions) {
  const { derivation, shapes, equation } = read(text);
  return verifyClaim(derivation, shapes, equation, options);
}

const SIZES = 'size p = 60\nsize q = 40\nB : p×q\nc : q\nsize m = 12\nsize n = 15\nsize k = 11\nX : m×n\nA : n×n\nW : n×k\nY : m×k\nb : k\nu : m\ns : scalar positive\n';

/** Functions through which one entry of a variable spreads in every way there is. */
const FUNCTIONS: readonly (readonly [what: string, expression: string, wrt: string])[] = [
  ['one column of a product, then everything', 'sum(Y ⊙ log(softmax(X W)))', 'W'],
  ['a softmax of rows, and their sum', 'sum(Y ⊙ softmax(X W))', 'W'],
  ['a logarithm of one, and its sum', 'sum(log(softmax(X W)))', 'W'],
  ['one that is squared', 'sum(Y ⊙ softmax(X W).^2)', 'W'],
  ['one times its own logarithm', 'sum(softmax(X W) ⊙ log(softmax(X W)))', 'W'],
  ['a logarithm of one that is weighed twice', 'sum(Y ⊙ Y ⊙ log(softmax(X W)) ⊙ Y)', 'W'],
  ['one in a product', "sum((softmax(X W) Y').^2)", 'W'],
  ['a column of one', 'sum(tanh(softmax(X W) b))', 'W'],
  ['one row of a product', 'sum(Y ⊙ tanh(X W))', 'X'],
  ['a transpose', "sum(tanh((X W)') ⊙ Y')", 'W'],
  ['both factors of a product', "sum(tanh(A A' A))", 'A'],
  ['a product with what does not move on either side', "sum(sin(X A X'))", 'A'],
  ['a column that is repeated', "sum(exp((X W + u b') / 9) ⊙ Y)", 'W'],
  ['a scalar that all of it is divided by', 'sum(tanh(X W)) / (1 + ||W||^2)', 'W'],
  ['an inverse', "tr((A A' + 3 I)^-1)", 'A'],
  ['a norm', '||tanh(X W) - Y||', 'W'],
  ['a norm of absolute values', '||tanh(X W) + 3 ones(m, k)||_1', 'W'],
  ['an inner product', '<tanh(X W), cos(X W)>', 'W'],
  ['a row times a column that both move', "(tanh(X W b) - u)' (tanh(X W b) - u)", 'W'],
  ['a softmax of a column', "u' log(softmax(X W b))", 'W'],
  ['a value that is not a number but a column', 'tanh(B c)', 'c'],
];

describe('moving one entry at a time gives what moving all of it by dual numbers gives', () => {
  for (const [what, expression, wrt] of FUNCTIONS) {
    it(what, () => {
      const { derivation, shapes, equation } = read(`${SIZES}f = ${expression}\ndf/d${wrt} = df/d${wrt}`);
      const subject = subjectOf(derivation, shapes, equation);
      const sizes = distinctSizes(subject, equation.settings.sizes)(0);
      const program = programFor(subject, sizes, TIMELESS, 'entries');
      const dual = dualProgramFor(subject, program);
      if (typeof dual === 'string') throw new Error(dual);
      for (const seed of [1, 2]) {
        const { left, noise } = valuesAt(program, { seed, turn: 0, reach: 1 });
        copyPoint(program.compiler, dual.compiler);
        const { left: expected } = valuesWhere(dual, () => undefined);
        const scale = Math.max(...expected.map(Math.abs));
        expect(left.length).toBe(expected.length);
        expect(Math.max(...left.map((value, at) => Math.abs(value - (expected[at] as number)))) / scale).toBeLessThan(Math.min(1e-7, 2 * noise + 1e-12));
        expect(noise).toBeLessThan(1e-6);
      }
    });
  }
});

const NETWORK = `size d = 40
size h = 30
size k = 5
size N = 16
X : N×d
V : d×h
W : h×k
Y : N×k
A = tanh(X V)
P = A W
L = 1/2 ||P - Y||_F^2
`;
const RIGHT = "X' (((P - Y) W') ⊙ (ones(N, h) - A.^2))";

describe('a large claim', () => {
  for (const method of ['entries', 'directions'] as const) {
    it(`is verified by ${method} where that is asked for`, () => {
      expect(verdict(`${NETWORK}dL/dV = ${RIGHT}`, { method, points: 2 })).toMatchObject({ status: 'verified', method });
    });

    it(`is refuted by ${method} where it is wrong by a hundredth of a percent`, () => {
      expect(verdict(`${NETWORK}dL/dV = 1.0001 ${RIGHT}`, { method, points: 2 })).toMatchObject({ status: 'refuted', method });
    });
  }

  it('that is refuted by entries has one that is furthest off', () => {
    const text = NETWORK.replace('X : N×d', 'X : N×d\nE : d×h');
    const { status, steps } = verdict(`${text}dL/dV = ${RIGHT} + E / 1000`, { method: 'entries', points: 1 });
    expect(status).toBe('refuted');
    expect(steps[0]?.worst?.size).toEqual({ rows: 40, cols: 30 });
  });

  it('of which every entry would take minutes by dual numbers is refuted by one entry of theirs', () => {
    const text = NETWORK.replace('size d = 40', 'size d = 90').replace('size h = 30', 'size h = 60');
    const { status, method, steps } = verdict(`${text}dL/dV = 1.0001 ${RIGHT}`, { method: 'entries', points: 1, sizeSets: 1 });
    expect({ status, method, entries: steps[0]?.entries?.claimed.length }).toEqual({ status: 'refuted', method: 'entries', entries: 5400 });
  });

  it.each([
    ['verified', "A' diag(exp(A x / 20)) A / 400"],
    ['refuted', "A' diag(exp(A x / 20)) A / 399"],
  ])('by x twice is %s along directions of its gradient: %s', (status, side) => {
    const text = `size m = 50\nsize n = 160\nA : m×n\nx : n\nf = sum(exp(A x / 20))\nd^2 f/dx dx' = ${side}`;
    expect(verdict(text, {})).toMatchObject({ status, method: 'directions' });
  });

  it('of which every entry would take hours is compared along directions, and says so', () => {
    const text = "size m = 200\nsize n = 400\nX : m×n\nf = logdet(X X' + I)\ndf/dX = 2 (X X' + I)^-1 X";
    const { status, method, note } = verdict(text, { method: 'entries', points: 1, sizeSets: 1 });
    expect({ status, method, note }).toMatchObject({ status: 'verified', method: 'directions', note: expect.stringMatching(/^comparing every entry would take too long; /) });
  });

  it('of a million entries is verified along directions', () => {
    const { status, method } = verdict('size n = 1000000\nx : n\nf = sum(tanh(x))\ndf/dx = ones(n) - tanh(x).^2', { points: 1 });
    expect({ status, method }).toEqual({ status: 'verified', method: 'directions' });
  });
});

describe('a claim ends', () => {
  const CLAIM = `${NETWORK}dL/dV = ${RIGHT}`;

  for (const method of ['entries', 'directions'] as const) it(`when its time is over, by ${method}`, () => {
    let time = 0;
    const answer = verdict(CLAIM, { method, now: () => (time += 6000) });
    expect(answer).toMatchObject({ status: 'inconclusive', reason: 'it takes longer than the time limit' });
  });

  it('when nobody waits for it any more', () => {
    expect(verdict(CLAIM, { cancelled: () => true })).toMatchObject({ status: 'inconclusive', reason: 'it was cancelled' });
  });
});
