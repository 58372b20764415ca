import type { About, Language } from './emit-code.ts';
import { columnDialect, commentLines, computation } from './emit-columns.ts';
import { columnFunctions, comparisons, elementary, extreme } from './emit-functions.ts';
import type { Dialect } from './emit-value.ts';
import { type Program, uses } from './program.ts';

const plain = (name: string) => (args: readonly string[]) => `${name}(${args.join(', ')})`;

function dialectOf(program: Program): Dialect {
  return {
    ...columnDialect(program),
    filled: (value, sizes) => `${value === 1 ? 'ones' : 'zeros'}(${sizes.join(', ')})`,
    identity: (size) => `eye(${size})`,
    entry: (base, indices) => `${base}(${indices.join(', ')})`,
    sum: null,
    functions: {
      ...columnFunctions(),
      logdet: ([x]) => `log(abs(det(${x})))`,
      trace: plain('trace'),
      total: ([x]) => `sum(sum(${x}))`,
      diag: plain('diag'),
      vec: ([x]) => `reshape(${x}, [], 1)`,
      norm: ([x]) => `norm(${x}, 'fro')`,
      normF: ([x]) => `norm(${x}, 'fro')`,
      norm2: plain('norm'),
      lambdaMax: ([x]) => `max(eig(((${x}) + (${x})') / 2))`,
      lambdaMin: ([x]) => `min(eig(((${x}) + (${x})') / 2))`,
      vMax: plain('vmax_'),
      vMin: plain('vmin_'),
      expm: plain('expm'),
      logm: plain('logm'),
      ...elementary(plain),
      erf: plain('erf'),
      sigmoid: ([x]) => `(1 ./ (1 + exp(-(${x}))))`,
      softplus: ([x]) => `log1p(exp(${x}))`,
      relu: ([x]) => `max(${x}, 0)`,
      positivePart: ([x]) => `max(${x}, 0)`,
      gelu: ([x]) => `((${x}) / 2 .* (1 + erf((${x}) / sqrt(2))))`,
      silu: ([x]) => `((${x}) ./ (1 + exp(-(${x}))))`,
      softmax: ([x]) => `softmax_(${x})`,
      logsumexp: ([x]) => `logsumexp_(${x})`,
      indicator: ([x]) => `double(${x})`,
      ...comparisons(),
      unequal: ([a, b]) => `(${a} ~= ${b})`,
      max: extreme('max', 'max'),
      min: extreme('min', 'min'),
    },
  };
}

/** The eigenvector to the largest or the smallest eigenvalue of the symmetric part. */
function eigenvector(extreme: 'max' | 'min'): readonly string[] {
  return ["    [V, D] = eig((A + A') / 2);", `    [~, at] = ${extreme}(diag(D));`, '    v = V(:, at);', 'end'];
}

const HELPERS = [
  ['vMax', ['function v = vmax_(A)', ...eigenvector('max')]],
  ['vMin', ['function v = vmin_(A)', ...eigenvector('min')]],
  ['softmax', ['function s = softmax_(x)', '    e = exp(x - max(x));', '    s = e / sum(e);', 'end']],
  ['logsumexp', ['function s = logsumexp_(x)', '    top = max(x);', '    s = top + log(sum(exp(x - top)));', 'end']],
] as const;

const RESERVED = [
  'value',
  'derivative',
  'end',
  'function',
  'for',
  'if',
  'else',
  'while',
  'return',
  'global',
  'size',
  'sum',
  'norm',
  'trace',
  'det',
  'inv',
  'pi',
  'diag',
  'kron',
  'exp',
  'log',
  'max',
  'min',
  'abs',
  'sign',
  'eye',
  'ones',
  'zeros',
];

export const MATLAB: Language = { reserved: RESERVED, write };

function write(program: Program, about: About): string {
  const body = computation(program, dialectOf(program)).map((line) => `    ${line};`);
  const comment = commentLines(program, about).map((line, at) => `    % ${at === 0 ? 'VALUE_AND_DERIVATIVE  ' : ''}${line}`);
  const helpers = HELPERS.filter(([op]) => uses(program, op)).map(([, lines]) => `\n${lines.join('\n')}\n`);
  const lines = [
    `function [value, derivative] = value_and_derivative(${program.parameters.map(({ name }) => name).join(', ')})`,
    ...comment,
    ...body,
    'end',
    ...helpers,
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
