import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveText, printEntries } from '../../src/calculus/derive-text.ts';
import { emitCode, TARGETS, type Target } from '../../src/calculus/emit-code.ts';
import { isScalar } from '../../src/shape/shape.ts';
import { layoutOf, type Row, rowsOf } from './tables.ts';

type Example = readonly [expression: string, wrt: string, given: string];

const EXAMPLES: readonly Example[] = [
  ["x' A x", 'x', 'A : n×n; x : n'],
  ["x' A x", 'A', 'A : n×n; x : n'],
  ['1/2 ||A x - b||^2 + lambda/2 ||x||^2', 'x', 'A : m×n; x : n; b : m; lambda : scalar'],
  ['logdet(A + X\' X)', 'X', 'A : m×m spd; X : n×m'],
  ["y' log(softmax(W x))", 'W', 'y : m; W : m×n; x : n'],
  ['logsumexp(A x)', 'x', 'A : m×n; x : n'],
  ['L', 'W_1', 'W_1 : k×n; W_2 : m×k; x : n; b : k; y : m; u = W_1 x + b; a = relu(u); L = 1/2 ||W_2 a - y||^2'],
  ["a' X^-1 b", 'X', 'a : n; X : n×n; b : n'],
  ["a' X^-T b", 'X', 'a : n; X : n×n; b : n'],
  ["(x' A x)/(x' x)", 'x', 'A : n×n symmetric; x : n'],
  ["exp(-1/2 (x - mu)' S^-1 (x - mu))", 'x', 'x : n; mu : n; S : n×n spd'],
  ['sum(gelu(x))', 'x', 'x : n'],
  ['sum(sigmoid(A x))', 'x', 'A : m×n; x : n'],
  ["p' log(p)", 'p', 'p : n positive'],
  ["a' x x' b", 'x', 'a : n; b : n; x : n'],
  ['tr(A X^3)', 'X', 'A : n×n; X : n×n'],
  ['det(A X B)', 'X', 'A : n×n; X : n×n; B : n×n'],
  ["vec(G)' vec(A X B)", 'X', 'A : k×n; X : n×m; B : m×l; G : k×l'],
  ['1/N ||X w - y||^2', 'w', 'X : N×n; w : n; y : N'],
  ['tr(sin(X) A)', 'X', 'X : n×n; A : n×n'],
  ['lambdamax(A)', 'A', 'A : n×n symmetric'],
  ['log(lambdamax(A)/lambdamin(A))', 'A', 'A : n×n spd'],
  ["(a' vmax(A))^2 + (a' vmin(A))^2", 'A', 'a : n; A : n×n symmetric'],
  ['||X||_2', 'X', 'X : n×m'],
  ["a' adj(X) b", 'X', 'a : n; X : n×n; b : n'],
  ["||b - X X^+ b||^2", 'X', 'X : m×n; b : m'],
];

function code([expression, wrt, given]: Example, target: Target): string {
  const request = { expression, wrt, given, layout: 'denominator' } as const;
  const answer = deriveText(request);
  if (answer.kind !== 'derived') return answer.kind === 'refused' ? answer.reason : printEntries(answer, 'plain');
  const emitted = emitCode(answer, target, request);
  return emitted.kind === 'code' ? emitted.text : emitted.reason;
}

interface Ended {
  readonly out: string;
  readonly error: string;
}

/** Runs programs one after the other, each as a file of its own would. */
const RUNNER = `
import contextlib, io, json, sys, traceback
ended = []
for program in json.load(sys.stdin):
    out, error = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(program, "program.py", "exec"), {"__name__": "__main__"})
    except Exception:
        error = traceback.format_exc()
    ended.append({"out": out.getvalue(), "error": error})
json.dump(ended, sys.stdout)
`;

function runAll(interpreter: string, programs: readonly string[]): readonly Ended[] {
  const { stdout } = spawnSync(interpreter, ['-c', RUNNER], { input: JSON.stringify(programs), encoding: 'utf8', maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as readonly Ended[];
}

/** A Python that has a package: the first on the path, or that of the system. */
function pythonWith(name: string): string | undefined {
  return [process.env.CHAINRULE_PYTHON ?? 'python3', 'python3', '/usr/bin/python3'].find((one) => spawnSync(one, ['-c', `import ${name}`]).status === 0);
}

const NUMPY = pythonWith('numpy');
const TORCH = pythonWith('torch');
const JAX = pythonWith('jax');

/** The error of a derivative along a direction, of the change there; null where a file prints none. */
function largestError({ out }: Ended): number | null {
  const [, error, change] = /largest error (\S+) of a change by (\S+)/.exec(out) ?? [];
  return error === undefined ? null : Number(error) / Math.max(Number(change), 1e-12);
}

/** The lines of the function that compute, as they are written. */
function body(example: Example, target: Target): readonly string[] {
  const [whole = ''] = /value_and_derivative\([^]*?(?:return value|\nend)/.exec(code(example, target)) ?? [];
  return whole.split('\n').filter((line) => /^ {4}\w+ = /.test(line)).map((line) => line.trim());
}

describe('what is computed reads as a person writes it', () => {
  const NETWORK: Example = ['||tanh(X W) V - Y||_F^2', 'W', 'X : N×d; W : d×h; V : h×k; Y : N×k'];
  it.each([
    ['without arrays of ones and sizes that nobody needs', NETWORK, 'numpy', ['Q = np.tanh(X @ W)', 'P = Q @ V - Y', 'value = np.linalg.norm(P) ** 2', 'derivative = 2 * (X.T @ ((P @ V.T) * (1 - Q ** 2)))']],
    ['with dots in Julia', NETWORK, 'julia', ['Q = tanh.(X * W)', 'P = Q * V - Y', 'value = norm(P) ^ 2', "derivative = 2 * (X' * ((P * V') .* (1 .- Q .^ 2)))"]],
    ['without double brackets', ["a' X^-1 b", 'X', 'a : n; X : n×n; b : n'], 'matlab', ["u = X' \\ a;", "value = u' * b;", "derivative = -(u * (X \\ b)');"]],
    ['with the value used by its name', ['softmax(x)', 'x', 'x : n'], 'numpy', ['value = softmax(x)', 'derivative = np.diag(value) - np.outer(value, value)']],
    ['without factors that cancel', ['||x||_3', 'x', 'x : n'], 'matlab', ['u = abs(x);', 's = sum(u .^ 3);', 'value = s ^ (1 / 3);', 'derivative = (u .^ 2 .* sign(x)) / s ^ (2 / 3);']],
  ] as const)('%s', (_, example, target, expected) => expect(body(example, target)).toEqual(expected));
});

describe.skipIf(NUMPY === undefined)('a NumPy file runs, and its derivative is that of its value', () => {
  const ended = NUMPY === undefined ? [] : runAll(NUMPY, EXAMPLES.map((example) => code(example, 'numpy')));
  EXAMPLES.forEach(([expression, wrt], at) => {
    it(`d/d${wrt} ${expression}`, () => {
      expect(ended[at]?.error).toBe('');
      expect(largestError(ended[at] as Ended)).toBeLessThan(1e-6);
    });
  });
});

describe.skipIf(TORCH === undefined)('a PyTorch file passes gradcheck', () => {
  const ended = TORCH === undefined ? [] : runAll(TORCH, EXAMPLES.map((example) => code(example, 'pytorch')));
  EXAMPLES.forEach(([expression, wrt], at) => {
    it(`d/d${wrt} ${expression}`, () => expect(ended[at]).toEqual({ out: 'gradcheck: True\n', error: '' }));
  });
});

// ---- every derivative of the tables that can be computed

interface Written {
  readonly row: Row;
  readonly program: string;
}

const ROWS = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md')).flatMap((file) => rowsOf(join(import.meta.dirname, file)));

/** The programs of the rows; what is left open, a family or an index has none. */
function programsFor(target: Target): readonly Written[] {
  return ROWS.flatMap((row) => {
    const request = { ...row, layout: layoutOf(row) };
    const answer = deriveText(request);
    const emitted = answer.kind === 'derived' ? emitCode(answer, target, request) : null;
    return emitted?.kind === 'code' ? [{ row, program: emitted.text }] : [];
  });
}

/** Rows whose file fails, or finds another derivative than the library beside it. A second difference is worth less. */
function failures(interpreter: string, target: Target, agrees: (ended: Ended, row: Row) => boolean): readonly string[] {
  const written = programsFor(target);
  const ended = runAll(interpreter, written.map(({ program }) => program));
  return written.flatMap(({ row }, at) => {
    const one = ended[at] as Ended;
    return one.error === '' && agrees(one, row) ? [] : [`d/d${row.wrt} ${row.expression}: ${one.error.trim().split('\n').at(-1)} ${one.out.trim()}`];
  });
}

const isNotFalse = ({ out }: Ended) => !out.includes(': False');

describe('the derivatives of the tables as code', () => {
  it('are enough to be worth it', () => expect(programsFor('numpy').length).toBeGreaterThan(220));
  it.skipIf(NUMPY === undefined)('agree with differences in NumPy', () => {
    const wrong = failures(NUMPY as string, 'numpy', (ended, { wrt }) => (largestError(ended) ?? 0) < (wrt.includes(',') ? 1e-4 : 1e-5));
    expect(wrong).toEqual([]);
  }, 60_000);
  it.skipIf(TORCH === undefined)('agree with gradcheck and autograd in PyTorch', () => expect(failures(TORCH as string, 'pytorch', isNotFalse)).toEqual([]), 60_000);
});

// ---- what the other languages are checked with, where their interpreters are there

const SIZES: Readonly<Record<string, number>> = { n: 5, m: 4, k: 3, l: 2, N: 6, d: 7 };

/** Sizes that a text fixes, `n = 4`, and others that differ. */
function sizesOf(given: string): Readonly<Record<string, number>> {
  return { ...SIZES, ...Object.fromEntries([...given.matchAll(/(\w+) *= *(\d+)(?![^;])/g)].map(([, name, size]) => [name, Number(size)])) };
}

/** The shape of every declared name: of each of `x, y : n`. */
function declaredIn(given: string): ReadonlyMap<string, string> {
  const declarations = given.split(';').map((part) => /^\s*([^:=]+?)\s*:(.*)$/.exec(part));
  return new Map(declarations.flatMap((found) => (found?.[1] ?? '').split(',').map((name) => [name.trim().replace(/\W/g, ''), (found?.[2] ?? '').trim()] as const)));
}

/** A value for a parameter, with the properties that its declaration names. */
function octaveValue(shape: string, named: Readonly<Record<string, number>>): string {
  const [, first = '', second = '1', rest = ''] = /^(\([^)]*\)|[^\s×]+)(?:×(\([^)]*\)|\S+))?(.*)$/.exec(shape) ?? [];
  const properties = rest.trim().split(' ');
  const sizeOf = (factor: string) => named[factor] ?? (Number(factor) || 1);
  const [rows, cols] = [first, second].map((size) => size.replace(/[()]/g, '').split('+').reduce((sum, term) => sum + term.trim().split(' ').reduce((product, factor) => product * sizeOf(factor), 1), 0)) as [number, number];
  const uniform = `(0.5 + rand(${rows}, ${cols}))`;
  if (properties.includes('spd')) return `(@(B) B * B' + eye(${rows}))${uniform}`;
  if (properties.includes('simplex')) return `(@(p) p / sum(p))${uniform}`;
  if (properties.includes('orthogonal')) return `orth(rand(${rows}, ${cols}))`;
  if (properties.includes('symmetric')) return `(@(B) B + B')${uniform}`;
  // Far from a singular one.
  return rows === cols && rows > 1 ? `(${uniform} + eye(${rows}))` : uniform;
}

/** Compares the derivative along a random direction with central differences, and prints both. */
function octaveTrial([expression, wrt, given]: Example, program: string): string {
  const [declared, sizes] = [declaredIn(given), sizesOf(given)];
  const parameters = /value_and_derivative\((.*?)\)/.exec(program)?.[1]?.split(', ') ?? [];
  const shapeOf = (name: string) => declared.get(name.replace(/_$/, ''));
  // What a matrix is raised to is a whole number.
  const isPower = (name: string) => new RegExp(`[A-Z]\\^${name}\\b`).test(expression);
  const setUp = parameters.map((name) => `${name} = ${isPower(name) ? '3' : shapeOf(name) === undefined ? `${sizes[name] ?? 1}` : octaveValue(shapeOf(name) as string, sizes)};`);
  const moved = (sign: string) => `value_and_derivative(${parameters.map((name) => (name.replace(/_$/, '') === wrt ? `${name} ${sign} 1e-5 * direction` : name)).join(', ')})`;
  return [
    `% ${expression}`, program, ...setUp, `[value, derivative] = value_and_derivative(${parameters.join(', ')});`,
    `direction = 2 * rand(size(${wrt})) - 1;`,
    `printf("%.12g %.12g\\n", (${moved('+')} - ${moved('-')}) / 2e-5, sum(sum(derivative .* direction)));`,
  ].join('\n');
}

const OCTAVE = ['octave-cli', 'octave'].find((one) => spawnSync(one, ['--version']).status === 0);

describe.skipIf(OCTAVE === undefined)(`a MATLAB file runs in Octave, and its derivative is that of its value${OCTAVE === undefined ? ' (skipped: there is no octave-cli)' : ''}`, () => {
  const lines = OCTAVE === undefined ? [] : inOctave(OCTAVE, EXAMPLES.map((example) => octaveTrial(example, code(example, 'matlab'))));
  EXAMPLES.forEach(([expression, wrt], at) => {
    it(`d/d${wrt} ${expression}`, () => expect(`${lines[at]} ${isAlike(lines[at], 1e-6)}`).toBe(`${lines[at]} true`));
  });

  it('so do those of all numbers of the tables', () => {
    const numbers = programsFor('matlab').filter(({ row }) => /^\w+$/.test(row.wrt) && layoutOf(row) !== 'numerator' && isOfNumber(row));
    const found = inOctave(OCTAVE as string, numbers.map(({ row, program }) => octaveTrial([row.expression, row.wrt, row.given], program)));
    const wrong = numbers.flatMap(({ row }, at) => (isAlike(found[at], 1e-5) ? [] : [`d/d${row.wrt} ${row.expression}: ${found[at]}`]));
    expect(numbers.length).toBeGreaterThan(400);
    expect(wrong).toEqual([]);
  }, 60_000);
});

/** What each trial prints in a line of its own; a trial that fails prints why. */
function inOctave(interpreter: string, trials: readonly string[]): readonly string[] {
  const guarded = trials.map((trial) => `try\n eval(${octaveText(trial)});\ncatch problem\n printf("%s\\n", strtrim(strrep(problem.message, "\\n", " ")));\nend`);
  const { stdout } = spawnSync(interpreter, ['--norc', '-q'], { input: ['1;', 'rand("seed", 3);', ...guarded].join('\n'), encoding: 'utf8', maxBuffer: 1 << 26 });
  return stdout.trim().split('\n');
}

function isAlike(line: string | undefined, tolerance: number): boolean {
  const [change, expected] = (line ?? 'nothing came').split(' ').map(Number) as [number, number];
  return Math.abs(change - expected) < tolerance * Math.max(1, Math.abs(expected));
}

function isOfNumber(row: Row): boolean {
  const answer = deriveText({ ...row, layout: layoutOf(row) });
  const shape = answer.kind === 'derived' ? answer.shapes.ofTerm(answer.asked.of) : null;
  return shape?.kind === 'matrix' && isScalar(shape);
}

/** A text in double quotes, as Octave reads it. */
function octaveText(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

// JAX compiles every operation, which takes seconds a file.
describe.skipIf(JAX === undefined)(`a JAX file agrees with jax.jacrev${JAX === undefined ? ' (skipped: there is no jax)' : ''}`, () => {
  it('on a few examples', () => {
    const ended = runAll(JAX as string, EXAMPLES.slice(0, 8).map((example) => code(example, 'jax')));
    expect(ended.filter((one) => one.error !== '' || !one.out.includes(': True'))).toEqual([]);
  }, 120_000);
});

describe.skipIf(NUMPY === undefined)('a JAX file is Python', () => {
  const parse = 'import ast, json, sys\nfor program in json.load(sys.stdin): ast.parse(program)';
  it('can be parsed', () => {
    const { status, stderr } = spawnSync(NUMPY as string, ['-c', parse], { input: JSON.stringify(EXAMPLES.map((example) => code(example, 'jax'))), encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

const JULIA = spawnSync('julia', ['--version']).status === 0;

describe.skipIf(!JULIA)(`a Julia file is Julia${JULIA ? '' : ' (skipped: there is no julia)'}`, () => {
  it.each(EXAMPLES)('d/d%2$s %1$s', (...example) => {
    const parse = 'tree = Meta.parseall(read(stdin, String)); any(one -> one isa Expr && one.head in (:error, :incomplete), tree.args) && exit(1)';
    expect(spawnSync('julia', ['-e', parse], { input: code(example, 'julia'), encoding: 'utf8' }).status).toBe(0);
  });
});

describe('every language', () => {
  const example: Example = ["x' A x", 'x', 'A : n×n; x : n'];
  const DERIVATIVES: Readonly<Record<Target, string>> = {
    numpy: 'derivative = (A + A.T) @ x', pytorch: 'derivative = (A + A.T) @ x', jax: 'derivative = (A + A.T) @ x',
    julia: "derivative = (A + A') * x", matlab: "derivative = (A + A') * x;",
  };
  for (const target of TARGETS) {
    it(`${target}: states shapes and the formula, and computes the derivative`, () => {
      const text = code(example, target);
      for (const wanted of ['A : n×n', 'x : n×1', "(A + A') x", DERIVATIVES[target]]) expect(text).toContain(wanted);
    });
  }
});
