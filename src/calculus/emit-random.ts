import type { Value } from '../ops/algebra/value.ts';
import { evaluate } from '../shape/dimension.ts';
import { isScalar } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';
import { isVectorShape, isWholeExponent, needsInverse, trialSizes } from './emit-python.ts';
import { type Parameter, type Program, usesWhere } from './program.ts';

/** How a library draws arrays of given sizes and makes others of them. */
export interface RandomArrays {
  readonly normal: (sizes: readonly number[]) => string;
  /** Between 0.5 and a small number. */
  readonly positive: (sizes: readonly number[]) => string;
  /** The last axis is on the simplex. */
  readonly simplex: (sizes: readonly number[]) => string;
  /** The last axis is one of the unit vectors. */
  readonly onehot: (sizes: readonly number[]) => string;
  readonly binary: (sizes: readonly number[]) => string;
  readonly sign: (text: string) => string;
  readonly eye: (size: number) => string;
  readonly orthonormal: (text: string) => string;
  readonly diagonal: (text: string) => string;
  readonly lower: (text: string) => string;
  readonly upper: (text: string) => string;
}

/** Lines that give every parameter a value to try the function out with, one that has the properties declared of it. */
function randomParameters(program: Program, arrays: RandomArrays): readonly string[] {
  const sizes = trialSizes(program);
  const isSafe = needsInverse(program);
  return program.parameters.map(
    (parameter) => `${parameter.name} = ${isWholeExponent(program, parameter.name) ? 3 : randomOf(parameter, sizes, isSafe, arrays)}`,
  );
}

/** How a library begins a stream of random numbers, and how it tells that a value is a number. */
interface Drawing {
  readonly seeded: (seed: string) => string;
  readonly isFinite: (value: string) => string;
}

/** The parameters drawn, with one seed after the other where the value does not exist at every point: log(b - A x). */
export function drawnParameters(program: Program, arrays: RandomArrays, { seeded, isFinite }: Drawing): readonly string[] {
  const lines = randomParameters(program, arrays);
  if (!isPartial(program)) return [seeded('1'), ...lines];
  const value = `value_and_derivative(${program.parameters.map(({ name }) => name).join(', ')})[0]`;
  const again = [seeded('seed'), ...lines, `if ${isFinite(value)}:`, '    break'];
  return ['for seed in range(1, 1000):  # until the value exists at the point', ...again.map((line) => `    ${line}`)];
}

/** Whether the value may not exist at a point that has the properties declared. */
function isPartial(program: Program): boolean {
  return usesWhere(program, (part) => {
    if (part.kind === 'apply') return PARTIAL.has(part.op) && !isPositive(program, part.args[0]);
    const isRoot = part.kind === 'power' && !(part.exponent.kind === 'number' && Number.isInteger(part.exponent.value));
    return isRoot && !isPositive(program, part.base);
  });
}

/** Whether every entry is above zero wherever it is computed: what is declared so, exponentials and what is made of them. */
function isPositive(program: Program, value: Value | undefined): boolean {
  if (value === undefined) return false;
  const areAll = (parts: readonly Value[]) => parts.every((part) => isPositive(program, part));
  switch (value.kind) {
    case 'symbol': {
      const local = program.locals.find(({ name }) => name === program.nameOf(value.id));
      return value.properties.includes('positive') || isPositive(program, local?.value);
    }
    case 'number':
      return value.value > 0;
    case 'constant':
      return value.op === 'ones';
    case 'sum':
      return areAll(value.terms);
    case 'hadamard':
      return areAll(value.factors);
    case 'product':
      return value.coefficient > 0 && areAll(value.scalars) && value.factors.length < 2 && areAll(value.factors);
    case 'power':
      return isPositive(program, value.base);
    case 'apply':
      return ABOVE_ZERO.has(value.op) || (value.op === 'total' && areAll(value.args));
    default:
      return false;
  }
}

/** Functions whose values are above zero. */
const ABOVE_ZERO: ReadonlySet<OpName> = new Set<OpName>(['exp', 'softmax', 'sigmoid', 'softplus']);

/** Functions that are not defined everywhere. */
const PARTIAL: ReadonlySet<OpName> = new Set<OpName>(['log', 'sqrt', 'asin', 'acos']);

/** Where something is inverted, numbers stay away from zero and matrices from singular ones. */
function randomOf({ shape, properties }: Parameter, sizes: ReadonlyMap<string, number>, isSafe: boolean, arrays: RandomArrays): string {
  const [m, n] = [evaluate(shape.rows, sizes) ?? 2, evaluate(shape.cols, sizes) ?? 2];
  const axes = isScalar(shape) ? [] : isVectorShape(shape) ? [Math.max(m, n)] : [m, n];
  const property = PROPERTIES.find(([name]) => (properties as readonly string[]).includes(name));
  if (property !== undefined) return property[1](arrays, axes, m);
  if (isScalar(shape) && isSafe) return arrays.positive(axes);
  const random = arrays.normal(axes);
  return m === n && m > 1 && isSafe ? `${random} + ${m + 1} * ${arrays.eye(m)}` : random;
}

type Draw = (arrays: RandomArrays, axes: readonly number[], rows: number) => string;

/** The properties that decide what is drawn, those first that decide more. */
const PROPERTIES: readonly (readonly [property: string, draw: Draw])[] = [
  ['simplex', ({ simplex }, axes) => simplex(axes)],
  ['onehot', ({ onehot }, axes) => onehot(axes)],
  ['binary', ({ binary }, axes) => binary(axes)],
  ['sign', ({ sign, normal }, axes) => sign(normal(axes))],
  ['positive', ({ positive }, axes) => positive(axes)],
  ['spd', ({ normal, eye }, axes, rows) => `(lambda a: a @ a.T + ${eye(rows)})(${normal(axes)})`],
  ['symmetric', ({ normal }, axes) => `(lambda a: a + a.T)(${normal(axes)})`],
  ['skew', ({ normal }, axes) => `(lambda a: a - a.T)(${normal(axes)})`],
  ['projection', ({ orthonormal, normal }, _, rows) => `(lambda q: q @ q.T)(${orthonormal(normal([rows, Math.ceil(rows / 2)]))})`],
  ['orthogonal', ({ orthonormal, normal }, axes) => orthonormal(normal(axes))],
  ['diagonal', ({ diagonal, normal }, _, rows) => diagonal(normal([rows]))],
  ['lower', ({ lower, normal }, axes) => lower(normal(axes))],
  ['upper', ({ upper, normal }, axes) => upper(normal(axes))],
];
