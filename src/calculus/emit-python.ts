import { PYTHON_WORDS } from '../base/python-words.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import type { Value } from '../ops/algebra/value.ts';
import { contains, isVector } from '../ops/algebra/value.ts';
import { constantOf, nameOf, showDim } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, showShape } from '../shape/shape.ts';
import type { About } from './emit-code.ts';
import { type Dialect, emitValue } from './emit-value.ts';
import { type Program, uses, usesWhere } from './program.ts';
import { Refused } from './refusal.ts';

/** Words of Python, and names that the files use themselves. */
export const PYTHON_RESERVED: readonly string[] = [
  ...PYTHON_WORDS,
  'value',
  'derivative',
  'np',
  'torch',
  'jax',
  'jnp',
  'sum',
  'range',
  'rng',
  'scipy',
  'value_and_derivative',
  'softmax',
  'logsumexp',
  'erf',
  'real_power',
  'step',
  'change',
  'expected',
  'found',
];

/** What the Python libraries have in common: arrays whose vectors have one axis. */
export function pythonDialect(
  nameOfSymbol: (id: string) => string,
): Omit<Dialect, 'functions' | 'filled' | 'identity' | 'outer' | 'solve'> {
  return {
    vectors: 'arrays',
    matmul: '@',
    entrywise: '*',
    divide: '/',
    nameOf: nameOfSymbol,
    power: (base, exponent) => `${base} ** ${exponent}`,
    transpose: (text) => `${text}.T`,
    entry: (base, indices) =>
      `${base}[${indices.map((index) => (index === ':' ? ':' : /^\d+$/.test(index) ? String(Number(index) - 1) : `${index} - 1`)).join(', ')}]`,
    sum: (body, index, from, to) => `sum(${body} for ${index} in range(${from}, ${to} + 1))`,
  };
}

/** The same with the constructors of NumPy, and of a library in its manner. */
export function arrayDialect({ nameOf }: Program, library: string): Omit<Dialect, 'functions'> {
  return {
    ...pythonDialect(nameOf),
    outer: (left, right) => `${library}.outer(${left}, ${right})`,
    solve: (matrix, right) => `${library}.linalg.solve(${matrix}, ${right})`,
    filled: (value, sizes) => `${library}.${value === 1 ? 'ones' : 'zeros'}(${sizes.length === 1 ? sizes[0] : `(${sizes.join(', ')})`})`,
    identity: (size) => `${library}.eye(${size})`,
  };
}

/** A shape as the arrays have it. */
function arrayShape(shape: MatrixShape): string {
  if (isScalar(shape)) return 'a number';
  const vector = constantOf(shape.cols) === 1 ? shape.rows : constantOf(shape.rows) === 1 ? shape.cols : null;
  return vector === null ? `an array of shape (${showDim(shape.rows)}, ${showDim(shape.cols)})` : `an array of shape (${showDim(vector)},)`;
}

/** Lines that read every dimension from the arrays that have it. */
function dimensionLines(program: Program, shapeOf: (name: string) => string): readonly string[] {
  const needed = dimensionsUsed(program);
  const known = new Map<string, string>();
  for (const { name, shape } of program.parameters) {
    const axes = isVectorShape(shape)
      ? [constantOf(shape.cols) === 1 ? shape.rows : shape.cols]
      : isScalar(shape)
        ? []
        : [shape.rows, shape.cols];
    axes.forEach((dim, axis) => {
      const letter = nameOf(dim);
      if (letter !== undefined && !known.has(letter)) known.set(letter, `${letter} = ${shapeOf(name)}[${axis}]`);
    });
  }
  return [...needed].map((letter) => known.get(letter) ?? missing(letter));
}

function missing(letter: string): never {
  throw new Refused(`nothing that is given tells the size ${letter}`);
}

export function isVectorShape(shape: MatrixShape): boolean {
  return isVector({ shape } as Value);
}

/** Dimensions that occur in expressions. */
export function dimensionsUsed({ locals, value, derivative }: Program): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (one: Value): void => {
    if (one.kind === 'dimension') for (const name of one.dim.names) found.add(name);
    if (one.kind === 'constant') for (const name of [...one.shape.rows.names, ...one.shape.cols.names]) found.add(name);
    if (one.kind === 'entry') visit(one.base);
    for (const part of partsBelow(one)) visit(part);
  };
  for (const one of [value, derivative, ...locals.map((local) => local.value)]) visit(one);
  return found;
}

function partsBelow(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'sum':
      return value.terms;
    case 'product':
      return [...value.scalars, ...value.factors];
    case 'hadamard':
      return value.factors;
    case 'power':
      return [value.base, value.exponent];
    case 'apply':
    case 'call':
      return value.args;
    case 'binder':
      return [value.body, ...(value.to === null ? [] : [value.to])];
    default:
      return [];
  }
}

/** The function itself, its documentation included. */
export function pythonFunction(program: Program, about: About, dialect: Dialect): string {
  const { parameters, locals, value, derivative } = program;
  const clash = [...dimensionsUsed(program)].find((letter) => parameters.some(({ name }) => name === letter));
  if (clash !== undefined) throw new Refused(`${clash} is a size and a variable`);
  const body = [
    ...dimensionLines(program, (name) => `${name}.shape`),
    ...locals.map((local) => `${local.name} = ${emitValue(dialect, local.value)}`),
    `value = ${emitValue(dialect, value)}`,
    `derivative = ${emitValue(dialect, derivative)}`,
    'return value, derivative',
  ];
  const lines = [
    `${about.expression} and its derivative by ${about.wrt}.`,
    '',
    ...parameters.map(({ name, shape, properties }) => `${name} : ${[showShape(shape), ...properties].join(' ')}, ${arrayShape(shape)}`),
    '',
    'Returns',
    `value      : ${showShape(value.shape)}, ${arrayShape(value.shape)}`,
    `derivative : ${showShape(derivative.shape)}, ${arrayShape(derivative.shape)} (${about.layout} layout)`,
    `             ${about.formula}`,
  ];
  const doc = lines
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n')
    .trimStart();
  return `def value_and_derivative(${parameters.map(({ name }) => name).join(', ')}):\n    """${escaped(doc)}\n    """\n${body.map((line) => `    ${line}`).join('\n')}\n`;
}

/** A docstring ends at three quotes and reads backslashes. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"""', "'''");
}

/**
 * Sizes for trying the function out: what the text fixes, and for every other dimension another small number. Dimensions of what is
 * inverted get the smallest, as `(W' S W)^-1` of a W : n×k has no value where k is larger than n.
 */
export function trialSizes(program: Program): ReadonlyMap<string, number> {
  const { parameters, sizes } = program;
  const named = parameters.flatMap(({ shape }) => [...shape.rows.names, ...shape.cols.names]);
  const inverted = invertedDimensions(program);
  const letters = new Set([...named.filter((name) => inverted.has(name)), ...named]);
  return new Map([...letters].map((letter, at) => [letter, sizes.get(letter) ?? at + 3]));
}

function invertedDimensions(program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  usesWhere(program, (part) => {
    const [of] = part.kind === 'apply' && (INVERTING as readonly string[]).includes(part.op) ? part.args : [];
    for (const name of of?.kind === 'product' ? of.shape.rows.names : []) found.add(name);
    return false;
  });
  return found;
}

/** What numbers may be held against the derivative: it has the axes of the value and then those of the variable, or is turned round. */
export interface Comparison {
  readonly order: 1 | 2;
  readonly derivative: string;
}

/** How the derivative can be checked; null where that would take more than the function itself. */
export function comparisonOf({ parameters, wrt, order, value }: Program, layout: About['layout']): Comparison | null {
  const own = parameters.find(({ name }) => name === wrt)?.shape;
  if (own === undefined || order === null) return null;
  if (order === 2) return isScalar(value.shape) && (isScalar(own) || isVectorShape(own)) ? { order, derivative: 'derivative' } : null;
  const isByMatrix = !isScalar(own) && !isVectorShape(own);
  const isOfMatrix = !isScalar(value.shape) && !isVectorShape(value.shape);
  const isOfVector = !isScalar(value.shape) && !isOfMatrix;
  const isTurned = isByMatrix ? layout === 'numerator' : layout === 'denominator' && (isOfMatrix || (isOfVector && !isScalar(own)));
  return order === 1 && !(isByMatrix && !isScalar(value.shape)) ? { order, derivative: isTurned ? 'derivative.T' : 'derivative' } : null;
}

/**
 * Whether a power of a matrix is by any real number: of a symmetric one by a number that is given. Other matrices have
 * powers by whole numbers only, and what is given is one.
 */
function isRealPower({ parameters, nameOf }: Program, [base, exponent]: readonly Value[]): boolean {
  if (base === undefined || exponent === undefined) return false;
  const isGiven = (part: Value) => part.kind === 'symbol' && parameters.some(({ name }) => name === nameOf(part.id));
  const isSymmetric = transpose(base).key === base.key;
  return contains(exponent, (part) => (isSymmetric && isGiven(part)) || (part.kind === 'number' && !Number.isInteger(part.value)));
}

/** A power of a matrix in a library whose functions begin with `prefix`. */
export function matrixPowerText(program: Program, prefix: string, [x, k]: readonly string[], values: readonly Value[]): string {
  return isRealPower(program, values) ? `real_power(${x}, ${k})` : `${prefix}.linalg.matrix_power(${x}, ${k})`;
}

/** Whether a matrix is raised to a power that is no whole number. */
export function needsRealPower(program: Program): boolean {
  return usesWhere(program, (part) => part.kind === 'apply' && part.op === 'pow' && isRealPower(program, part.args));
}

/** Whether a parameter is the whole exponent of a matrix, or a part of it. */
export function isWholeExponent(program: Program, name: string): boolean {
  const isIt = (part: Value) => part.kind === 'symbol' && program.nameOf(part.id) === name;
  return usesWhere(
    program,
    (part) => part.kind === 'apply' && part.op === 'pow' && !isRealPower(program, part.args) && contains(part.args[1] as Value, isIt),
  );
}

/** A real power by way of the eigenvalues, in a library whose functions begin with `prefix`. */
export function realPower(prefix: string): string {
  return `
def real_power(x, k):
    """A real power of a symmetric positive definite matrix."""
    eigenvalues, vectors = ${prefix}.linalg.eigh((x + x.T) / 2)
    return (vectors * eigenvalues**k) @ vectors.T
`;
}

/** What has a value, or a derivative, for matrices that have an inverse. */
const INVERTING = ['inverse', 'det', 'logdet', 'logm'] as const;

/** Whether a square matrix had better be far from a singular one. */
export function needsInverse(program: Program): boolean {
  return INVERTING.some((op) => uses(program, op));
}
