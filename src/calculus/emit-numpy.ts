import { evaluate } from '../shape/dimension.ts';
import { type MatrixShape, isScalar } from '../shape/shape.ts';
import type { About, Language } from './emit-code.ts';
import { PYTHON_WORDS, isVectorShape, pythonDialect, pythonFunction, trialSizes } from './emit-python.ts';
import type { Dialect } from './emit-value.ts';
import { type Program, type Parameter, uses } from './program.ts';

/** A function of NumPy by its name. */
const np = (name: string) => (args: readonly string[]) => `np.${name}(${args.join(', ')})`;
const compared = (sign: string) => ([a, b]: readonly string[]) => `(${a} ${sign} ${b})`;

function dialectOf({ nameOf }: Program): Dialect {
  return {
    ...pythonDialect(nameOf),
    outer: (left, right) => `np.outer(${left}, ${right})`,
    solve: (matrix, right) => `np.linalg.solve(${matrix}, ${right})`,
    filled: (value, sizes) => `np.${value === 1 ? 'ones' : 'zeros'}(${sizes.length === 1 ? sizes[0] : `(${sizes.join(', ')})`})`,
    identity: (size) => `np.eye(${size})`,
    functions: {
      inverse: np('linalg.inv'), pinv: np('linalg.pinv'), det: np('linalg.det'), logdet: ([x]) => `np.linalg.slogdet(${x})[1]`, trace: np('trace'), total: np('sum'),
      diag: np('diag'), vec: ([x]) => `np.reshape(${x}, -1, order="F")`, kron: np('kron'), norm: np('linalg.norm'), normF: np('linalg.norm'), norm2: ([x]) => `np.linalg.norm(${x}, 2)`,
      normNuclear: ([x]) => `np.linalg.norm(${x}, "nuc")`, pow: ([x, k]) => `np.linalg.matrix_power(${x}, ${k})`,
      exp: np('exp'), log: np('log'), sqrt: np('sqrt'), sin: np('sin'), cos: np('cos'), tan: np('tan'), asin: np('arcsin'), acos: np('arccos'), atan: np('arctan'),
      sinh: np('sinh'), cosh: np('cosh'), tanh: np('tanh'), abs: np('abs'), sign: np('sign'),
      sigmoid: ([x]) => `1 / (1 + np.exp(-(${x})))`.replace(/^(.*)$/, '($1)'),
      relu: ([x]) => `np.maximum(${x}, 0)`, positivePart: ([x]) => `np.maximum(${x}, 0)`, softplus: ([x]) => `np.logaddexp(${x}, 0)`,
      softmax: ([x]) => `softmax(${x})`, logsumexp: ([x]) => `logsumexp(${x})`, erf: ([x]) => `erf(${x})`,
      gelu: ([x]) => `(${x}) / 2 * (1 + erf((${x}) / np.sqrt(2)))`.replace(/^(.*)$/, '($1)'), silu: ([x]) => `((${x}) / (1 + np.exp(-(${x}))))`,
      indicator: ([x]) => `np.asarray(${x}, dtype=float)`,
      greater: compared('>'), greaterEqual: compared('>='), less: compared('<'), lessEqual: compared('<='), equal: compared('=='), unequal: compared('!='),
      max: (args) => (args.length === 1 ? `np.max(${args[0]})` : args.reduce((a, b) => `np.maximum(${a}, ${b})`)),
      min: (args) => (args.length === 1 ? `np.min(${args[0]})` : args.reduce((a, b) => `np.minimum(${a}, ${b})`)),
      pi: () => 'np.pi', euler: () => 'np.e',
      normInf: ([x]) => `np.max(np.abs(${x}))`, norm1: ([x]) => `np.sum(np.abs(${x}))`,
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
  return [...(needsErf ? [ERF] : []), ...(uses(program, 'softmax') ? [SOFTMAX] : []), ...(uses(program, 'logsumexp') ? [LOGSUMEXP] : [])];
}

export const NUMPY: Language = { reserved: [...PYTHON_WORDS, 'math'], write };

function write(program: Program, about: About): string {
  const needsMath = uses(program, 'erf') || uses(program, 'gelu');
  const parts = [`${needsMath ? 'import math\n\n' : ''}import numpy as np\n`, ...helpers(program), `\n${pythonFunction(program, about, dialectOf(program))}`, trial(program)];
  return parts.join('\n');
}

// ---- trying it out

/** The value moves along a random direction as the derivative says. */
function trial(program: Program): string {
  const { parameters, wrt, value, derivative } = program;
  const sizes = trialSizes(program);
  const lines = parameters.map((parameter) => `${parameter.name} = ${randomOf(parameter, sizes)}`);
  const own = parameters.find(({ name }) => name === wrt);
  const compares = wrt !== null && own !== undefined && isScalar(value.shape) && isGradient(own.shape, derivative.shape);
  const call = (change: string) => `value_and_derivative(${parameters.map(({ name }) => (name === wrt ? change : name)).join(', ')})`;
  const check = compares
    ? [
        `value, derivative = ${call(wrt)}`,
        `h = 1e-6 * rng.standard_normal(np.shape(${wrt}))`,
        `change = (${call(`${wrt} + h`)}[0] - ${call(`${wrt} - h`)}[0]) / 2`,
        `expected = np.sum(np.reshape(derivative, np.shape(h)${transposed(program)}) * h${transposed(program) === '[::-1]' ? '.T' : ''})`,
        'print("value", value)',
        'print("derivative", derivative)',
        'print("central difference", change, "derivative", expected)',
      ]
    : [`value, derivative = ${call(wrt ?? '')}`, 'print("value", value)', 'print("derivative", derivative)'];
  return `\nif __name__ == "__main__":\n${['rng = np.random.default_rng(1)', ...lines, ...check].map((line) => `    ${line}`).join('\n')}\n`;
}

/** Whether it has the entries of the variable, and is no second derivative. */
function isGradient(own: MatrixShape, found: MatrixShape): boolean {
  const same = own.rows.key === found.rows.key && own.cols.key === found.cols.key;
  return same || (own.rows.key === found.cols.key && own.cols.key === found.rows.key);
}

/** In numerator layout the derivative by a matrix has the shape of its transpose. */
function transposed({ derivative, parameters, wrt }: Program): string {
  const own = parameters.find(({ name }) => name === wrt)?.shape;
  const isTurned = own !== undefined && !isVectorShape(own) && (own.rows.key !== derivative.shape.rows.key || own.cols.key !== derivative.shape.cols.key);
  return isTurned ? '[::-1]' : '';
}

function randomOf({ shape, properties }: Parameter, sizes: ReadonlyMap<string, number>): string {
  const [m, n] = [evaluate(shape.rows, sizes) ?? 2, evaluate(shape.cols, sizes) ?? 2];
  const isPositive = properties.includes('positive') || properties.includes('simplex');
  if (isScalar(shape)) return isPositive ? 'rng.uniform(0.5, 2.0)' : 'rng.standard_normal()';
  const size = isVectorShape(shape) ? String(Math.max(m, n)) : `(${m}, ${n})`;
  if (properties.includes('simplex')) return `rng.dirichlet(np.ones(${size}))`;
  if (properties.includes('onehot')) return `np.eye(${Math.max(m, n)})[0]`;
  if (isPositive) return `rng.uniform(0.5, 2.0, ${size})`;
  if (properties.includes('spd')) return `(lambda a: a @ a.T + np.eye(${m}))(rng.standard_normal(${size}))`;
  if (properties.includes('symmetric')) return `(lambda a: a + a.T)(rng.standard_normal(${size}))`;
  if (properties.includes('orthogonal')) return `np.linalg.qr(rng.standard_normal(${size}))[0]`;
  if (properties.includes('diagonal')) return `np.diag(rng.standard_normal(${m}))`;
  if (properties.includes('lower')) return `np.tril(rng.standard_normal(${size}))`;
  if (properties.includes('upper')) return `np.triu(rng.standard_normal(${size}))`;
  return `rng.standard_normal(${size})`;
}
