import { evaluate } from '../shape/dimension.ts';
import { isScalar } from '../shape/shape.ts';
import type { About, Language } from './emit-code.ts';
import {
  type Comparison,
  comparisonOf,
  isVectorShape,
  isWholeExponent,
  matrixPowerText,
  needsInverse,
  needsRealPower,
  PYTHON_WORDS,
  pythonDialect,
  pythonFunction,
  realPower,
  trialSizes,
} from './emit-python.ts';
import type { Dialect } from './emit-value.ts';
import { type Parameter, type Program, uses } from './program.ts';

/** A function of NumPy by its name. */
const np = (name: string) => (args: readonly string[]) => `np.${name}(${args.join(', ')})`;
const compared =
  (sign: string) =>
  ([a, b]: readonly string[]) =>
    `(${a} ${sign} ${b})`;

function dialectOf(program: Program): Dialect {
  return {
    ...pythonDialect(program.nameOf),
    outer: (left, right) => `np.outer(${left}, ${right})`,
    solve: (matrix, right) => `np.linalg.solve(${matrix}, ${right})`,
    filled: (value, sizes) => `np.${value === 1 ? 'ones' : 'zeros'}(${sizes.length === 1 ? sizes[0] : `(${sizes.join(', ')})`})`,
    identity: (size) => `np.eye(${size})`,
    functions: {
      inverse: np('linalg.inv'),
      pinv: np('linalg.pinv'),
      det: np('linalg.det'),
      logdet: ([x]) => `np.linalg.slogdet(${x})[1]`,
      trace: np('trace'),
      total: np('sum'),
      diag: np('diag'),
      vec: ([x]) => `np.reshape(${x}, -1, order="F")`,
      kron: np('kron'),
      norm: np('linalg.norm'),
      normF: np('linalg.norm'),
      norm2: ([x]) => `np.linalg.norm(${x}, 2)`,
      normNuclear: ([x]) => `np.linalg.norm(${x}, "nuc")`,
      expm: ([x]) => `scipy.linalg.expm(${x})`,
      pow: (args, values) => matrixPowerText(program, 'np', args, values),
      exp: np('exp'),
      log: np('log'),
      sqrt: np('sqrt'),
      sin: np('sin'),
      cos: np('cos'),
      tan: np('tan'),
      asin: np('arcsin'),
      acos: np('arccos'),
      atan: np('arctan'),
      sinh: np('sinh'),
      cosh: np('cosh'),
      tanh: np('tanh'),
      abs: np('abs'),
      sign: np('sign'),
      sigmoid: ([x]) => `1 / (1 + np.exp(-(${x})))`.replace(/^(.*)$/, '($1)'),
      relu: ([x]) => `np.maximum(${x}, 0)`,
      positivePart: ([x]) => `np.maximum(${x}, 0)`,
      softplus: ([x]) => `np.logaddexp(${x}, 0)`,
      softmax: ([x]) => `softmax(${x})`,
      logsumexp: ([x]) => `logsumexp(${x})`,
      erf: ([x]) => `erf(${x})`,
      gelu: ([x]) => `(${x}) / 2 * (1 + erf((${x}) / np.sqrt(2)))`.replace(/^(.*)$/, '($1)'),
      silu: ([x]) => `((${x}) / (1 + np.exp(-(${x}))))`,
      indicator: ([x]) => `np.asarray(${x}, dtype=float)`,
      greater: compared('>'),
      greaterEqual: compared('>='),
      less: compared('<'),
      lessEqual: compared('<='),
      equal: compared('=='),
      unequal: compared('!='),
      max: (args) => (args.length === 1 ? `np.max(${args[0]})` : args.reduce((a, b) => `np.maximum(${a}, ${b})`)),
      min: (args) => (args.length === 1 ? `np.min(${args[0]})` : args.reduce((a, b) => `np.minimum(${a}, ${b})`)),
      pi: () => 'np.pi',
      euler: () => 'np.e',
      normInf: ([x]) => `np.max(np.abs(${x}))`,
      norm1: ([x]) => `np.sum(np.abs(${x}))`,
    },
  };
}

const SOFTMAX = `
def softmax(x):
    """Exponentials divided by their sum, of a matrix in each row."""
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
`;

const LOGSUMEXP = `
def logsumexp(x):
    """The logarithm of the sum of exponentials, without overflow."""
    top = np.max(x)
    return top + np.log(np.sum(np.exp(x - top)))
`;

const ERF = `
erf = np.vectorize(math.erf)
`;

function helpers(program: Program): readonly string[] {
  const needsErf = uses(program, 'erf') || uses(program, 'gelu');
  const power = needsRealPower(program) ? [realPower('np')] : [];
  return [
    ...power,
    ...(needsErf ? [ERF] : []),
    ...(uses(program, 'softmax') ? [SOFTMAX] : []),
    ...(uses(program, 'logsumexp') ? [LOGSUMEXP] : []),
  ];
}

export const NUMPY: Language = { reserved: [...PYTHON_WORDS, 'math'], write };

function write(program: Program, about: About): string {
  const needsMath = uses(program, 'erf') || uses(program, 'gelu');
  const parts = [
    `${needsMath ? 'import math\n\n' : ''}import numpy as np\n${uses(program, 'expm') ? 'import scipy.linalg\n' : ''}`,
    ...helpers(program),
    `\n${pythonFunction(program, about, dialectOf(program))}`,
    trial(program, about),
  ];
  return parts.join('\n');
}

// ---- trying it out

/** The value moves along a random direction as the derivative says. */
function trial(program: Program, { layout }: About): string {
  const { parameters, wrt } = program;
  const lines = randomParameters(program);
  const call = (change: string) => `value_and_derivative(${parameters.map(({ name }) => (name === wrt ? change : name)).join(', ')})`;
  const shown = [`value, derivative = ${call(wrt ?? '')}`, 'print("value", value)', 'print("derivative", derivative)'];
  const comparison = comparisonOf(program, layout);
  const check = comparison === null ? [] : checkOf(comparison, wrt as string, call);
  return `\nif __name__ == "__main__":\n${['rng = np.random.default_rng(1)', ...lines, ...shown, ...check].map((line) => `    ${line}`).join('\n')}\n`;
}

/** Lines that give every parameter a value. */
export function randomParameters(program: Program): readonly string[] {
  const sizes = trialSizes(program);
  const isSafe = needsInverse(program);
  return program.parameters.map(
    (parameter) => `${parameter.name} = ${isWholeExponent(program, parameter.name) ? 3 : randomOf(parameter, sizes, isSafe)}`,
  );
}

function checkOf({ order, derivative }: Comparison, wrt: string, call: (change: string) => string): readonly string[] {
  const moved = (sign: string) => `${call(`${wrt} ${sign} step`)}[0]`;
  const first = [
    `step = 1e-6 * rng.standard_normal(np.shape(${wrt}))`,
    `change = (${moved('+')} - ${moved('-')}) / 2`,
    `expected = np.tensordot(${derivative}, step, np.ndim(step))`,
  ];
  const second = [
    `step = 1e-3 * rng.standard_normal(np.shape(${wrt}))`,
    `change = ${moved('+')} - 2 * value + ${moved('-')}`,
    `expected = np.dot(np.dot(step, ${derivative}), step)`,
  ];
  return [
    ...(order === 1 ? first : second),
    'print("largest error", np.max(np.abs(change - expected)), "of a change by", np.max(np.abs(change)))',
  ];
}

function randomOf({ shape, properties }: Parameter, sizes: ReadonlyMap<string, number>, isSafe: boolean): string {
  const [m, n] = [evaluate(shape.rows, sizes) ?? 2, evaluate(shape.cols, sizes) ?? 2];
  const isPositive = properties.includes('positive') || properties.includes('simplex');
  if (isScalar(shape)) return isPositive || isSafe ? 'rng.uniform(0.5, 2.0)' : 'rng.standard_normal()';
  const size = isVectorShape(shape) ? String(Math.max(m, n)) : `(${m}, ${n})`;
  if (properties.includes('simplex')) return `rng.dirichlet(np.ones(${size}))`;
  if (properties.includes('onehot')) return `np.eye(${Math.max(m, n)})[0]`;
  if (properties.includes('binary')) return `rng.integers(0, 2, ${size}) * 1.0`;
  if (properties.includes('sign')) return `np.sign(rng.standard_normal(${size}))`;
  if (isPositive) return `rng.uniform(0.5, 2.0, ${size})`;
  if (properties.includes('spd')) return `(lambda a: a @ a.T + np.eye(${m}))(rng.standard_normal(${size}))`;
  if (properties.includes('symmetric')) return `(lambda a: a + a.T)(rng.standard_normal(${size}))`;
  if (properties.includes('skew')) return `(lambda a: a - a.T)(rng.standard_normal(${size}))`;
  if (properties.includes('projection')) return `(lambda q: q @ q.T)(np.linalg.qr(rng.standard_normal((${m}, ${Math.ceil(m / 2)})))[0])`;
  if (properties.includes('orthogonal')) return `np.linalg.qr(rng.standard_normal(${size}))[0]`;
  if (properties.includes('diagonal')) return `np.diag(rng.standard_normal(${m}))`;
  if (properties.includes('lower')) return `np.tril(rng.standard_normal(${size}))`;
  if (properties.includes('upper')) return `np.triu(rng.standard_normal(${size}))`;
  return m === n && m > 1 && isSafe ? `rng.standard_normal(${size}) + ${m + 1} * np.eye(${m})` : `rng.standard_normal(${size})`;
}
