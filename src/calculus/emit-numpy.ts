import { grouped } from './brackets-in-code.ts';
import type { About, Language } from './emit-code.ts';
import { arrayFunctions } from './emit-functions.ts';
import { powerHelpers } from './emit-powers.ts';
import {
  arrayDialect,
  type Comparison,
  comparisonOf,
  matrixPowerText,
  needsRealPower,
  PYTHON_RESERVED,
  pythonFunction,
} from './emit-python.ts';
import { drawnParameters, type RandomArrays } from './emit-random.ts';
import type { Dialect } from './emit-value.ts';
import { type Program, uses } from './program.ts';

/** Functions of whole matrices, which SciPy has under the same names. */
const OF_SCIPY = ['expm', 'logm', 'sinm', 'cosm'] as const;

function dialectOf(program: Program): Dialect {
  return {
    ...arrayDialect(program, 'np'),
    functions: {
      ...arrayFunctions('np'),
      // By itself NumPy takes the rounding of a singular value for a singular value.
      pinv: ([x]) => `np.linalg.pinv(${x}, 1e-12)`,
      pow: (args, values) => matrixPowerText(program, 'np', args, values),
      ...Object.fromEntries(OF_SCIPY.map((op) => [op, ([x]: readonly string[]) => `scipy.linalg.${op}(${x})`])),
      sigmoid: ([x]) => `(1 / (1 + np.exp(-${grouped(x)})))`,
      relu: ([x]) => `np.maximum(${x}, 0)`,
      positivePart: ([x]) => `np.maximum(${x}, 0)`,
      softplus: ([x]) => `np.logaddexp(${x}, 0)`,
      softmax: ([x]) => `softmax(${x})`,
      logsumexp: ([x]) => `logsumexp(${x})`,
      erf: ([x]) => `erf(${x})`,
      gelu: ([x]) => `(${grouped(x)} / 2 * (1 + erf(${grouped(x)} / np.sqrt(2))))`,
      silu: ([x]) => `(${grouped(x)} / (1 + np.exp(-${grouped(x)})))`,
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
  return [
    ...powerHelpers(program, 'np'),
    ...(needsErf ? [ERF] : []),
    ...(uses(program, 'softmax') ? [SOFTMAX] : []),
    ...(uses(program, 'logsumexp') ? [LOGSUMEXP] : []),
  ];
}

export const NUMPY: Language = { reserved: [...PYTHON_RESERVED, 'math'], write };

function write(program: Program, about: About): string {
  const needsMath = uses(program, 'erf') || uses(program, 'gelu');
  const parts = [
    `${needsMath ? 'import math\n\n' : ''}import numpy as np\n${OF_SCIPY.some((op) => uses(program, op)) || needsRealPower(program, false) ? 'import scipy.linalg\n' : ''}`,
    ...helpers(program),
    `\n${pythonFunction(program, about, dialectOf(program))}`,
    trial(program, about),
  ];
  return parts.join('\n');
}

// ---- trying it out

export const NUMPY_DRAWING = {
  seeded: (seed: string) => `rng = np.random.default_rng(${seed})`,
  isFinite: (value: string) => `np.all(np.isfinite(${value}))`,
};

/** The value moves along a random direction as the derivative says. */
function trial(program: Program, { layout }: About): string {
  const { parameters, wrt } = program;
  const lines = drawnParameters(program, NUMPY_ARRAYS, NUMPY_DRAWING);
  const call = (change: string) => `value_and_derivative(${parameters.map(({ name }) => (name === wrt ? change : name)).join(', ')})`;
  const shown = [`value, derivative = ${call(wrt ?? '')}`, 'print("value", value)', 'print("derivative", derivative)'];
  const comparison = comparisonOf(program, layout);
  const check = comparison === null ? [] : checkOf(comparison, wrt as string, call);
  return `\nif __name__ == "__main__":\n${[...lines, ...shown, ...check].map((line) => `    ${line}`).join('\n')}\n`;
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

const sizeText = (sizes: readonly number[]) => (sizes.length === 1 ? String(sizes[0]) : `(${sizes.join(', ')})`);

/** Arrays of NumPy, drawn by the generator `rng`. */
export const NUMPY_ARRAYS: RandomArrays = {
  normal: (sizes) => `rng.standard_normal(${sizes.length === 0 ? '' : sizeText(sizes)})`,
  positive: (sizes) => `rng.uniform(0.5, 2.0${sizes.length === 0 ? '' : `, ${sizeText(sizes)}`})`,
  simplex: (sizes) => `rng.dirichlet(np.ones(${sizes.at(-1) ?? 1})${sizes.length > 1 ? `, ${sizes[0]}` : ''})`,
  onehot: (sizes) => `np.eye(${sizes.at(-1) ?? 1})[${sizes.length > 1 ? `rng.integers(${sizes.at(-1)}, size=${sizes[0]})` : '0'}]`,
  binary: (sizes) => `rng.integers(0, 2, ${sizeText(sizes)}) * 1.0`,
  sign: (text) => `np.sign(${text})`,
  eye: (size) => `np.eye(${size})`,
  orthonormal: (text) => `np.linalg.qr(${text})[0]`,
  diagonal: (text) => `np.diag(${text})`,
  lower: (text) => `np.tril(${text})`,
  upper: (text) => `np.triu(${text})`,
};
