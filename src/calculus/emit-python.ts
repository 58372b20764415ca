import { PYTHON_WORDS } from '../base/python-words.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import type { Value } from '../ops/algebra/value.ts';
import { contains, isVector } from '../ops/algebra/value.ts';
import { constantOf, nameOf, ONE, showDim } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, showShape } from '../shape/shape.ts';
import { grouped } from './brackets-in-code.ts';
import type { About } from './emit-code.ts';
import { type Dialect, emitValue } from './emit-value.ts';
import { assignmentsOf, derivativeBy, isWritten, type Program, uses, usesWhere } from './program.ts';
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
  'root_power',
  'step',
  'change',
  'expected',
  'found',
];

/** What the Python libraries have in common: arrays whose vectors have one axis. */
export function pythonDialect(
  nameOfSymbol: (id: string) => string,
): Omit<Dialect, 'functions' | 'filled' | 'identity' | 'outer' | 'solve' | 'blocks'> {
  return {
    vectors: 'arrays',
    matmul: '@',
    entrywise: '*',
    divide: '/',
    broadcast: { plus: '+', minus: '-' },
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
    blocks: (rows, values) => blocksText(rows, values, library, (text) => text),
  };
}

/** A shape as the arrays have it. */
function arrayShape(shape: MatrixShape): string {
  if (isScalar(shape)) return 'a number';
  const vector = constantOf(shape.cols) === 1 ? shape.rows : constantOf(shape.rows) === 1 ? shape.cols : null;
  return vector === null ? `an array of shape (${showDim(shape.rows)}, ${showDim(shape.cols)})` : `an array of shape (${showDim(vector)},)`;
}

/** Lines that read every dimension from the arrays that have it. */
function dimensionLines(program: Program, needed: readonly string[], shapeOf: (name: string) => string): readonly string[] {
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
  return needed.map((letter) => known.get(letter) ?? missing(letter));
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
    case 'blocks':
      return value.rows.flat();
    default:
      return [];
  }
}

/** The function itself, its documentation included. */
export function pythonFunction(program: Program, about: About, dialect: Dialect): string {
  const { parameters, value, derivative } = program;
  const assignments = assignmentsOf(program, (one) => emitValue(dialect, one));
  const sizes = [...dimensionsUsed(program)].filter((letter) => isWritten(letter, assignments));
  const clash = sizes.find((letter) => parameters.some(({ name }) => name === letter));
  if (clash !== undefined) throw new Refused(`${clash} is a size and a variable`);
  const body = [
    ...dimensionLines(program, sizes, (name) => `${name}.shape`),
    ...assignments.map(({ name, text }) => `${name} = ${text}`),
    'return value, derivative',
  ];
  const lines = [
    `${about.expression} and ${derivativeBy(about.wrt)}.`,
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
  return contains(exponent, (part) => (isSymmetric(base) && isGiven(part)) || (part.kind === 'number' && !Number.isInteger(part.value)));
}

/** A power of a matrix in a library whose functions begin with `prefix`. */
export function matrixPowerText(program: Program, prefix: string, [x, k]: readonly string[], values: readonly Value[]): string {
  if (!isRealPower(program, values)) return `${prefix}.linalg.matrix_power(${x}, ${k})`;
  if (isSymmetric(values[0] as Value)) return `real_power(${x}, ${k})`;
  const isHalf = values[1]?.kind === 'number' && Number.isInteger(2 * values[1].value);
  if (prefix !== 'np' && !isHalf) throw new Refused('this language has no power of a matrix by other numbers than whole and half ones');
  return `root_power(${x}, ${k})`;
}

function isSymmetric(value: Value): boolean {
  return transpose(value).key === value.key;
}

/** Whether a matrix is raised to a power that is no whole number: one that is symmetric, or any other. */
export function needsRealPower(program: Program, symmetric: boolean): boolean {
  return usesWhere(
    program,
    (part) =>
      part.kind === 'apply' && part.op === 'pow' && isRealPower(program, part.args) && isSymmetric(part.args[0] as Value) === symmetric,
  );
}

/** Whether a parameter is the whole exponent of a matrix, or a part of it. */
export function isWholeExponent(program: Program, name: string): boolean {
  const isIt = (part: Value) => part.kind === 'symbol' && program.nameOf(part.id) === name;
  return usesWhere(
    program,
    (part) => part.kind === 'apply' && part.op === 'pow' && !isRealPower(program, part.args) && contains(part.args[1] as Value, isIt),
  );
}

/**
 * A matrix of blocks in libraries whose vectors have one axis: one column of columns is one vector. `lifted` makes an array of a number
 * where the library does not.
 */
export function blocksText(
  rows: readonly (readonly string[])[],
  values: readonly (readonly Value[])[],
  library: string,
  lifted: (text: string, axes: '1' | '1, 1') => string,
): string {
  const isOneColumn = values.every((row) => row.length === 1 && (row[0] as Value).shape.cols.key === ONE.key);
  const isOneRow = values.length === 1 && (values[0] as readonly Value[]).every(({ shape }) => shape.rows.key === ONE.key);
  if (isOneColumn || isOneRow)
    return `${library}.hstack((${rows
      .flat()
      .map((text, at) => (isScalar((values.flat()[at] as Value).shape) ? lifted(text, '1') : text))
      .join(', ')}))`;
  const blocks = rows.map((row, i) => row.map((text, j) => besideMatrices(text, (values[i] as readonly Value[])[j] as Value, lifted)));
  if (library !== 'torch') return `${library}.block([${blocks.map((row) => `[${row.join(', ')}]`).join(', ')}])`;
  const joined = blocks.map((row) => (row.length === 1 ? row[0] : `torch.hstack((${row.join(', ')}))`));
  return joined.length === 1 ? (joined[0] as string) : `torch.vstack((${joined.join(', ')}))`;
}

/** A column or a row as a matrix of two axes. */
function besideMatrices(text: string, { shape }: Value, lifted: (text: string, axes: '1, 1') => string): string {
  if (isScalar(shape)) return lifted(text, '1, 1');
  if (shape.cols.key === ONE.key) return `${grouped(text)}[:, None]`;
  return shape.rows.key === ONE.key ? `${grouped(text)}[None, :]` : text;
}

/** The operands of a Kronecker product: a column beside a matrix needs its second axis. */
export function kroneckerOperands(args: readonly string[], values: readonly Value[]): readonly string[] {
  const isBesideMatrix = values.some((value) => !isVector(value));
  return args.map((text, at) =>
    isBesideMatrix && !isScalar((values[at] as Value).shape) ? besideMatrices(text, values[at] as Value, (same) => same) : text,
  );
}

/** What has a value, or a derivative, for matrices that have an inverse. */
const INVERTING = ['inverse', 'det', 'logdet', 'logm'] as const;

/** Whether a square matrix had better be far from a singular one. */
export function needsInverse(program: Program): boolean {
  return INVERTING.some((op) => uses(program, op)) || needsRealPower(program, false);
}
