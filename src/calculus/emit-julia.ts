import type { Value } from '../ops/algebra/value.ts';
import { isScalar } from '../shape/shape.ts';
import type { About, Language } from './emit-code.ts';
import { columnDialect, commentLines, computation } from './emit-columns.ts';
import { columnFunctions, comparisons, elementary, symmetricPart } from './emit-functions.ts';
import type { Dialect } from './emit-value.ts';
import { type Program, uses } from './program.ts';

const plain = (name: string) => (args: readonly string[]) => `${name}(${args.join(', ')})`;

/** A function of numbers, with a dot where it is applied to more. */
const dotted = (name: string) => (args: readonly string[], values: readonly Value[]) =>
  `${name}${values.every(({ shape }) => isScalar(shape)) ? '' : '.'}(${args.join(', ')})`;
const compared =
  (sign: string) =>
  ([a, b]: readonly string[], values: readonly Value[]) =>
    `(${a} ${values.every(({ shape }) => isScalar(shape)) ? '' : '.'}${sign} ${b})`;

const symmetric = ([x = '']: readonly string[], [value]: readonly Value[]) => `Symmetric(${symmetricPart(x, value, "'")})`;

function dialectOf(program: Program): Dialect {
  return {
    ...columnDialect(program),
    filled: (value, sizes) => `${value === 1 ? 'ones' : 'zeros'}(${sizes.at(-1) === '1' ? sizes[0] : sizes.join(', ')})`,
    identity: (size) => `Matrix(I, ${size}, ${size})`,
    entry: (base, indices) => `${base}[${indices.join(', ')}]`,
    sum: (body, index, from, to) => `sum(${body} for ${index} in ${from}:${to})`,
    broadcast: { plus: '.+', minus: '.-' },
    functions: {
      ...columnFunctions(),
      logdet: plain('logdet'),
      trace: plain('tr'),
      total: plain('sum'),
      diag: ([x], [value]) => (value !== undefined && value.shape.cols.key === '1*' ? `diagm(${x})` : `diag(${x})`),
      vec: plain('vec'),
      norm: plain('norm'),
      normF: plain('norm'),
      norm2: plain('opnorm'),
      lambdaMax: (args, values) => `eigmax(${symmetric(args, values)})`,
      lambdaMin: (args, values) => `eigmin(${symmetric(args, values)})`,
      vMax: (args, values) => `eigvecs(${symmetric(args, values)})[:, end]`,
      vMin: (args, values) => `eigvecs(${symmetric(args, values)})[:, 1]`,
      expm: plain('exp'),
      logm: plain('log'),
      sinm: plain('sin'),
      cosm: plain('cos'),
      ...elementary(dotted),
      sigmoid: dotted('sigmoid'),
      softplus: dotted('softplus'),
      relu: ([x]) => `max.(${x}, 0)`,
      positivePart: ([x]) => `max.(${x}, 0)`,
      softmax: plain('softmax'),
      logsumexp: plain('logsumexp'),
      indicator: ([x]) => `Float64.(${x})`,
      ...comparisons(compared),
      max: (args) => (args.length === 1 ? `maximum(${args[0]})` : `max.(${args.join(', ')})`),
      min: (args) => (args.length === 1 ? `minimum(${args[0]})` : `min.(${args.join(', ')})`),
    },
  };
}

const HELPERS = [
  ['sigmoid', 'sigmoid(x) = 1 / (1 + exp(-x))'],
  ['softplus', 'softplus(x) = max(x, 0) + log1p(exp(-abs(x)))'],
  ['softmax', 'softmax(x) = (e = exp.(x .- maximum(x)); e ./ sum(e))'],
  ['logsumexp', 'logsumexp(x) = (top = maximum(x); top + log(sum(exp.(x .- top))))'],
] as const;

const RESERVED = [
  'value',
  'derivative',
  'value_and_derivative',
  'begin',
  'end',
  'function',
  'for',
  'in',
  'if',
  'else',
  'let',
  'module',
  'struct',
  'using',
  'import',
  'global',
  'local',
  'const',
  'return',
  'while',
  'I',
  'size',
  'sum',
  'norm',
  'tr',
  'det',
  'inv',
  'pi',
  'diag',
  'diagm',
  'kron',
  'vec',
  'exp',
  'log',
  'max',
  'min',
  'abs',
  'sign',
  'e',
];

export const JULIA: Language = { reserved: RESERVED, write };

function write(program: Program, about: About): string {
  const helpers = HELPERS.filter(([op]) => uses(program, op)).map(([, text]) => `${text}\n`);
  const comment = commentLines(program, about).map((line) => line.replaceAll('\\', '\\\\').replaceAll('"', "'").replaceAll('$', '\\$'));
  const body = computation(program, dialectOf(program)).map((line) => `    ${line}`);
  return [
    'using LinearAlgebra\n',
    ...helpers,
    `"""\n${comment.join('\n')}\n"""`,
    `function value_and_derivative(${program.parameters.map(({ name }) => name).join(', ')})`,
    ...body,
    '    return value, derivative',
    'end',
    '',
  ].join('\n');
}
