import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { random } from '../../src/base/random.ts';
import { buildDerivation } from '../../src/derivation/build.ts';
import type { Equation, Settings } from '../../src/derivation/derivation.ts';
import { inferShapes } from '../../src/derivation/infer.ts';
import { compile } from '../../src/numeric/compile.ts';
import { type Compiler, run, type Slot } from '../../src/numeric/frame.ts';
import { compilerFor } from '../../src/numeric/program.ts';
import { distinctSizes } from '../../src/numeric/sizes.ts';
import { subjectOf } from '../../src/numeric/subject.ts';
import { TIMELESS } from '../../src/numeric/ticker.ts';
import type { Term } from '../../src/ops/term.ts';
import { readPlain } from '../../src/syntax/read-plain.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';

const SETTINGS: Settings = { layout: 'denominator', layoutSpan: null, layoutAbove: null, verify: true, broadcast: false, boldConvention: false, tolerance: 1e-6, seed: 1, sizes: new Map() };

interface Compiled {
  readonly compiler: Compiler;
  readonly value: Slot;
}

/** The right side of the last equation as a program, its variables drawn at random. */
function compiled(text: string): Compiled {
  const built = buildDerivation(readPlain(text), text, SETTINGS);
  const { shapes, problems } = inferShapes(built, 'denominator');
  expect(problems).toEqual([]);
  const equation = built.derivation.equations.at(-1) as Equation;
  const subject = subjectOf(built.derivation, shapes, equation);
  const sizes = distinctSizes(subject, new Map())(0);
  const compiler = compilerFor(subject, sizes, new Set(), TIMELESS);
  const value = compile(compiler, equation.sides.at(-1) as Term, { frame: compiler.root, layout: 'denominator' });
  const { normal } = random(3);
  for (const { slot } of compiler.variables.values()) slot.tensor.data.forEach((_, k) => void (slot.tensor.data[k] = normal()));
  return { compiler, value };
}

const DECLARED = 'A, B : n×n\nM : m×n\nx, y : n\ns : scalar\nz_i : n\ni : 1..4\n';

/** Numbers that are passed around may take 16 bytes each, fewer once a function is optimized; a buffer takes more than all of these together. */
const NUMBERS = 150;

describe('a program that was compiled once is run without making anything', () => {
  const EXPRESSIONS = [
    "s (A B - B' A + M' M) x", 'tanh(A x) ⊙ sigmoid(B y) + exp(x)', 'softmax(A x) + logsumexp(y) x', "||A x - y||^2 + x' B y + sum(log(x ⊙ x + ones(n)))",
    'tr(A B) + ||M||_F + mean(x)', 'sum_{i=1}^4 ||z_i - x||^2', 'diag(x) A + x y\'', 'max(x, y) + relu(x) + |y|',
    'det(A) + logdet(A A\' + I)', 'x\' (A A\' + I)^-1 y',
  ];
  const ROUNDS = 20_000;

  /** Bytes that one run leaves behind, at best: in between memory may be cleaned, or functions be optimized. At worst it is what shows. */
  const growth = (act: () => void, chosen: (...bytes: number[]) => number = Math.min) => {
    const rounds = () => {
      const before = process.memoryUsage().heapUsed;
      for (let k = 0; k < ROUNDS; k++) act();
      return process.memoryUsage().heapUsed - before;
    };
    return chosen(...Array.from({ length: 8 }, rounds).filter((bytes) => bytes >= 0)) / ROUNDS;
  };

  for (const expression of EXPRESSIONS) it(expression, () => {
    const { compiler: { root } } = compiled(`${DECLARED}f = ${expression}\n`);
    expect(growth(() => run(root))).toBeLessThan(NUMBERS);
  });

  it('which would show if it made one buffer', () => {
    const kept: Float64Array[] = [];
    expect(growth(() => void (kept[0] = new Float64Array(3)), Math.max)).toBeGreaterThan(NUMBERS);
  });
});

/** An expression in Chainrule's notation and in that of mathjs. */
type Both = readonly [ours: string, theirs: string];

const scalar: fc.Arbitrary<Both> = fc.constantFrom<Both>(['s', 's'], ['2', '2'], ["x' y", "(x' * y)[1, 1]"], ['tr(A)', 'trace(A)'], ['det(B)', 'det(B)']);
const LEAVES: readonly Both[] = [['A', 'A'], ['B', 'B'], ["A'", "A'"], ["x y'", "x * y'"], ["M' M", "M' * M"]];

/** Square matrices by everything that both know. */
function square(depth: number): fc.Arbitrary<Both> {
  if (depth === 0) return fc.constantFrom(...LEAVES);
  const below = square(depth - 1);
  const pair = fc.tuple(below, below);
  return fc.oneof(
    pair.map(([a, b]): Both => [`(${a[0]} + ${b[0]})`, `(${a[1]} + ${b[1]})`]), pair.map(([a, b]): Both => [`(${a[0]} - ${b[0]})`, `(${a[1]} - ${b[1]})`]),
    pair.map(([a, b]): Both => [`(${a[0]}) (${b[0]})`, `(${a[1]}) * (${b[1]})`]), pair.map(([a, b]): Both => [`((${a[0]}) ⊙ (${b[0]}))`, `((${a[1]}) .* (${b[1]}))`]),
    fc.tuple(scalar, below).map(([c, a]): Both => [`((${c[0]}) (${a[0]}))`, `((${c[1]}) * (${a[1]}))`]), below.map((a): Both => [`(${a[0]})'`, `(${a[1]})'`]),
    below.map((a): Both => [`tanh(${a[0]})`, `map(${a[1]}, tanh)`]), below.map((a): Both => [`sin(${a[0]})`, `map(${a[1]}, sin)`]),
    below.map((a): Both => [`((${a[0]})' (${a[0]}) + I)^-1`, `inv((${a[1]})' * (${a[1]}) + identity(n))`]),
  );
}

it('random expressions have the values that mathjs finds', () => {
  const math = create(all as never);
  const rowsOf = ({ rows, cols, data }: Tensor) => Array.from({ length: rows }, (_, row) => [...data.subarray(row * cols, (row + 1) * cols)]);
  fc.assert(fc.property(square(3), ([ours, theirs]) => {
    const { compiler, value } = compiled(`${DECLARED}f = ${ours} + 0 A + 0 B + 0 (x y') + 0 (M' M) + 0 s A\n`);
    run(compiler.root);
    const scope = Object.fromEntries([...compiler.variables.values()].map(({ info: { text }, slot: { tensor } }) => [text, tensor.data.length === 1 ? tensor.data[0] : math.matrix(rowsOf(tensor))]));
    const expected = (math.evaluate(theirs, { ...scope, n: value.tensor.rows }) as { toArray: () => number[][] }).toArray().flat();
    const scale = Math.max(1, ...expected.map(Math.abs));
    expect(value.tensor.data.length).toBe(expected.length);
    value.tensor.data.forEach((one, k) => expect(Math.abs(one - (expected[k] as number)) / scale).toBeLessThan(1e-9));
  }), { numRuns: 100, seed: 11 });
});

describe('no text of a document is ever run as a program', () => {
  const SRC = join(import.meta.dirname, '../../src');
  const sources = globSync('**/*.{ts,tsx}', { cwd: SRC }).map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }));

  it('because nothing evaluates text', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.filter(({ text }) => /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|\bimport\s*\(\s*['"]data:/.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('and mathjs stands behind one file, without its parser', () => {
    const using = sources.filter(({ text }) => /from 'mathjs'/.test(text));
    expect(using.map(({ name }) => name)).toEqual([join('tensor', 'matrix-functions.ts')]);
    expect(using[0]?.text).not.toMatch(/evaluate|parse(?!r)|compile|\ball\b/);
  });
});
