import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildDerivation } from '../../src/derivation/build.ts';
import type { Equation, Settings } from '../../src/derivation/derivation.ts';
import { inferShapes } from '../../src/derivation/infer.ts';
import { copyPoint } from '../../src/numeric/place-variables.ts';
import { dualProgramFor, programFor } from '../../src/numeric/program.ts';
import { distinctSizes } from '../../src/numeric/sizes.ts';
import { subjectOf } from '../../src/numeric/subject.ts';
import { TIMELESS } from '../../src/numeric/ticker.ts';
import { valuesAt, valuesWhere } from '../../src/numeric/values.ts';
import { readPlain } from '../../src/syntax/read-plain.ts';

const SETTINGS: Settings = {
  layout: 'denominator', layoutSpan: null, layoutAbove: null, verify: true, broadcast: false, boldConvention: false, tolerance: 1e-6, seed: 1, sizes: new Map(),
};
const DECLARED = "x, b : n\nX, A : n×n\nM : m×n\ns, t : scalar\nq_i : n\ni in 1..4\ni : 1..4\nphi : R -> R\nh : R^n -> R\n";

type Kind = 'scalar' | 'column' | 'square';

const LEAVES: Readonly<Record<Kind, readonly string[]>> = { scalar: ['s', 't', "x' b", 'h(x)'], column: ['x', 'b', 'A x', 'X b', "M' M x"], square: ['X', 'A', "x b'", "M' M", "X'"] };
const ENTRYWISE = ['exp', 'sin', 'tanh', 'sigmoid', 'softplus', 'atan', 'erf', 'gelu', 'silu', 'relu', 'abs', 'phi'] as const;

/** Well-shaped expressions over most of the operator table: of a kind, at most so deep. */
function expression(kind: Kind, depth: number): fc.Arbitrary<string> {
  const leaf = fc.constantFrom(...LEAVES[kind]);
  if (depth === 0) return leaf;
  const below = (of: Kind) => expression(of, depth - 1);
  const of1 = (of: Kind, ...forms: readonly ((a: string) => string)[]) => fc.tuple(fc.constantFrom(...forms), below(of)).map(([form, a]) => form(a));
  const of2 = (p: Kind, q: Kind, ...forms: readonly ((a: string, b: string) => string)[]) => fc.tuple(fc.constantFrom(...forms), below(p), below(q)).map(([form, a, b]) => form(a, b));
  const common = [
    leaf, of2(kind, kind, (a, b) => `(${a} + ${b})`, (a, b) => `(${a} - ${b})`), of2('scalar', kind, (a, b) => `((${a}) (${b}))`), of2(kind, 'scalar', (a, b) => `(${a}) / (2 + (${b})^2)`),
    of1(kind, ...ENTRYWISE.map((f) => (a: string) => `${f}((${a}) / 4)`)),
  ];
  const own: Readonly<Record<Kind, readonly fc.Arbitrary<string>[]>> = {
    scalar: [
      of1('column', (a) => `||${a}||^2`, (a) => `||${a} + 3 ones(n)||`, (a) => `sum(${a})`, (a) => `mean(${a})`, (a) => `logsumexp(${a})`, (a) => `max(${a})`, (a) => `||${a}||_1`, (a) => `sum_{i=1}^4 ((${a})' q_i)^2`, (a) => `h(${a})`),
      of1('square', (a) => `tr(${a})`, (a) => `det(${a})`, (a) => `||${a}||_F`, (a) => `logdet((${a}) (${a})' + 2 I)`, (a) => `x' (${a}) b`),
      of2('column', 'column', (a, b) => `((${a})' (${b}))`, (a, b) => `<${a}, ${b}>`),
    ],
    column: [
      of2('square', 'column', (a, b) => `((${a}) (${b}))`), of2('column', 'column', (a, b) => `((${a}) ⊙ (${b}))`, (a, b) => `max(${a}, ${b})`, (a, b) => `(${a}) ./ (2 ones(n) + (${b}).^2)`),
      of1('column', (a) => `softmax(${a})`), of1('square', (a) => `diag(${a})`),
    ],
    square: [
      of2('square', 'square', (a, b) => `((${a}) (${b}))`, (a, b) => `((${a}) ⊙ (${b}))`), of2('column', 'column', (a, b) => `((${a}) (${b})')`),
      of1('square', (a) => `(${a})'`, (a) => `((${a})' (${a}) + 2 I)^-1`, (a) => `expm((${a}) / 8)`, (a) => `(${a})^2`), of1('column', (a) => `diag(${a})`),
    ],
  };
  return fc.oneof(...common, ...own[kind]);
}

/** The derivative of an expression at a point, by differences and by dual numbers; null where it has no value there, or a kink close by. */
function bothWays(body: string, wrt: string): { readonly differences: Float64Array; readonly duals: Float64Array; readonly error: number } | null | string {
  const text = `${DECLARED}f = ${body}\ndf/d${wrt} = df/d${wrt}\n`;
  const built = buildDerivation(readPlain(text), text, SETTINGS);
  const { shapes, problems } = inferShapes(built, 'denominator');
  const equation = built.derivation.equations.at(-1) as Equation;
  if (problems.length > 0 || built.derivation.symbols.size === 0) return `${body} does not fit`;
  const subject = subjectOf(built.derivation, shapes, equation);
  const sizes = distinctSizes(subject, new Map())(0);
  const program = programFor(subject, sizes, TIMELESS);
  const dual = dualProgramFor(subject, program);
  if (typeof dual === 'string') return dual;
  const { left, error, noise } = valuesAt(program, { seed: 5, turn: 0, reach: 1 });
  if (!(noise < 1e-7) || left.some((value) => !(Math.abs(value) < 1e6))) return null;
  expect(copyPoint(program.compiler, dual.compiler)).toBe(true);
  return { differences: left, duals: valuesWhere(dual, () => undefined).left, error };
}

it('dual numbers and differences agree on random expressions over the operator table', () => {
  let compared = 0;
  const kinds = fc.constantFrom<readonly [string, string]>(['x', 'column'], ['X', 'square'], ['s', 'scalar']);
  const drawn = fc.tuple(fc.constantFrom<Kind>('scalar', 'column'), kinds).chain(([of, [wrt, kind]]) => fc.tuple(expression(kind === 'square' ? 'scalar' : of, 3), fc.constant(wrt)));
  fc.assert(
    fc.property(drawn, ([body, wrt]) => {
      const both = bothWays(body, wrt);
      if (typeof both === 'string') throw new Error(both);
      if (both === null) return;
      compared++;
      const scale = Math.max(1e-3, ...both.differences.map(Math.abs));
      both.differences.forEach((value, k) => expect(Math.abs(value - (both.duals[k] as number))).toBeLessThanOrEqual(1e-6 * scale + 20 * both.error));
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(compared).toBeGreaterThan(100);
});
