import { isVector, type Value } from '../ops/algebra/value.ts';
import { grouped } from './brackets-in-code.ts';
import type { About, Language } from './emit-code.ts';
import { columnDialect, commentLines, computation } from './emit-columns.ts';
import { columnFunctions, comparisons, elementary, extreme, symmetricPart, type Write } from './emit-functions.ts';
import type { Dialect } from './emit-value.ts';
import { type Program, uses } from './program.ts';

const plain = (name: string) => (args: readonly string[]) => `${name}(${args.join(', ')})`;

const isVectorValue = (value: Value | undefined) => value !== undefined && isVector(value);
const frobenius: Write = ([x], [value]) => (isVectorValue(value) ? `norm(${x})` : `norm(${x}, 'fro')`);

/** MATLAB indexes no result of a call: a unit vector is where its index is met. */
function entry(base: string, indices: readonly string[]): string {
  const size = /^eye\((.*)\)$/.exec(base)?.[1];
  return size !== undefined && indices[0] === ':' ? `double((1:${size})' == ${indices[1]})` : `${base}(${indices.join(', ')})`;
}

/** Half powers by way of the root, which needs no eigenvectors, as `^` does. */
const power: Write = ([x = '', k = ''], [, exponent]) => {
  const isHalf = exponent?.kind === 'number' && Number.isInteger(2 * exponent.value) && !Number.isInteger(exponent.value);
  if (!isHalf) return `${grouped(x)}^${grouped(k)}`;
  return exponent.value === 0.5 ? `sqrtm(${x})` : `sqrtm(${x})^${grouped(String(2 * exponent.value))}`;
};

function dialectOf(program: Program): Dialect {
  return {
    ...columnDialect(program),
    filled: (value, sizes) => `${value === 1 ? 'ones' : 'zeros'}(${sizes.join(', ')})`,
    identity: (size) => `eye(${size})`,
    entry,
    broadcast: { plus: '+', minus: '-' },
    sum: (body, index, from, to) =>
      `sum(cell2mat(reshape(arrayfun(@(${index}) ${body}, ${from}:${to}, 'UniformOutput', false), 1, 1, [])), 3)`,
    functions: {
      ...columnFunctions(),
      logdet: ([x]) => `log(abs(det(${x})))`,
      trace: plain('trace'),
      total: ([x], [value]) => (isVectorValue(value) ? `sum(${x})` : `sum(sum(${x}))`),
      diag: plain('diag'),
      vec: ([x]) => `reshape(${x}, [], 1)`,
      norm: frobenius,
      normF: frobenius,
      norm2: plain('norm'),
      lambdaMax: ([x = ''], [value]) => `max(eig(${symmetricPart(x, value, "'")}))`,
      lambdaMin: ([x = ''], [value]) => `min(eig(${symmetricPart(x, value, "'")}))`,
      vMax: plain('vmax_'),
      vMin: plain('vmin_'),
      pow: power,
      expm: plain('expm'),
      logm: plain('logm'),
      sinm: ([x]) => `imag(expm(1i * ${grouped(x)}))`,
      cosm: ([x]) => `real(expm(1i * ${grouped(x)}))`,
      ...elementary(plain),
      erf: plain('erf'),
      sigmoid: ([x]) => `(1 ./ (1 + exp(-${grouped(x)})))`,
      softplus: ([x]) => `log1p(exp(${x}))`,
      relu: ([x]) => `max(${x}, 0)`,
      positivePart: ([x]) => `max(${x}, 0)`,
      gelu: ([x]) => `(${grouped(x)} / 2 .* (1 + erf(${grouped(x)} / sqrt(2))))`,
      silu: ([x]) => `(${grouped(x)} ./ (1 + exp(-${grouped(x)})))`,
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
  'sqrtm',
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
