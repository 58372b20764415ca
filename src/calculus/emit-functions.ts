import { symbol } from '../ops/algebra/leaves.ts';
import { rebuild } from '../ops/algebra/rebuild.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import type { Value } from '../ops/algebra/value.ts';
import type { OpName } from '../syntax/notation.ts';
import { grouped } from './brackets-in-code.ts';
import { kroneckerOperands } from './emit-python.ts';
import type { Dialect } from './emit-value.ts';

/** How an operator is written, from its arguments as texts and as what they are. */
export type Write = (args: readonly string[], values: readonly Value[]) => string;

type Functions = Dialect['functions'];

/** Functions of numbers that every language has, and names that some spell out. */
const ELEMENTARY = ['exp', 'log', 'sqrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'abs', 'sign'] as const;
const SPELLED_OUT: Readonly<Record<string, string>> = { asin: 'arcsin', acos: 'arccos', atan: 'arctan' };

/** The elementary functions, each written as `write` does it with a name. */
export function elementary(write: (name: string) => Write): Functions {
  return Object.fromEntries(ELEMENTARY.map((name) => [name, write(name)]));
}

const COMPARISONS: readonly (readonly [OpName, string])[] = [
  ['greater', '>'],
  ['greaterEqual', '>='],
  ['less', '<'],
  ['lessEqual', '<='],
  ['equal', '=='],
  ['unequal', '!='],
];

const betweenOperands =
  (sign: string): Write =>
  ([a, b]) =>
    `(${a} ${sign} ${b})`;

/** Comparisons in brackets, each written as `write` does it with a sign. */
export function comparisons(write: (sign: string) => Write = betweenOperands): Functions {
  return Object.fromEntries(COMPARISONS.map(([op, sign]) => [op, write(sign)]));
}

/** The largest or smallest of one array, or of several at each place. */
export function extreme(one: string, several: string): Write {
  return (args) => (args.length === 1 ? `${one}(${args[0]})` : args.reduce((a, b) => `${several}(${a}, ${b})`));
}

/** What NumPy has and libraries in its manner, under the name that the file gives them. */
export function arrayFunctions(library: string): Functions {
  const named =
    (name: string): Write =>
    (args) =>
      `${library}.${name}(${args.join(', ')})`;
  return {
    inverse: named('linalg.inv'),
    pinv: named('linalg.pinv'),
    det: named('linalg.det'),
    adj: ([x]) => `(${library}.linalg.det(${x}) * ${library}.linalg.inv(${x}))`,
    logdet: ([x]) => `${library}.linalg.slogdet(${x})[1]`,
    trace: named('trace'),
    total: named('sum'),
    diag: named('diag'),
    vec: ([x]) => `${library}.reshape(${x}, -1, order="F")`,
    kron: (args, values) => named('kron')(kroneckerOperands(args, values), values),
    norm: named('linalg.norm'),
    normF: named('linalg.norm'),
    norm1: ([x]) => `${library}.sum(${library}.abs(${x}))`,
    norm2: ([x]) => `${library}.linalg.norm(${x}, 2)`,
    ...eigen(library),
    normInf: ([x]) => `${library}.max(${library}.abs(${x}))`,
    normNuclear: ([x]) => `${library}.linalg.norm(${x}, "nuc")`,
    ...elementary((name) => named(SPELLED_OUT[name] ?? name)),
    indicator: ([x]) => `${library}.asarray(${x}, dtype=float)`,
    ...comparisons(),
    max: extreme(`${library}.max`, `${library}.maximum`),
    min: extreme(`${library}.min`, `${library}.minimum`),
    pi: () => `${library}.pi`,
    euler: () => `${library}.e`,
  };
}

/** The symmetric part of a matrix, which is all of it where its form says so: differences move a matrix that is only declared symmetric. */
export function symmetricPart(text: string, value: Value | undefined, mark: string): string {
  const bare = value === undefined ? null : rebuild(value, (part) => (part.kind === 'symbol' ? symbol(part.id, part.shape) : part));
  return bare !== null && transpose(bare).key === bare.key ? text : `(${text} + ${grouped(text)}${mark}) / 2`;
}

/** Eigenvalues, which libraries sort, and eigenvectors of the symmetric part of a matrix. */
export function eigen(library: string): Functions {
  const of = ([x = '']: readonly string[], [value]: readonly Value[]) => symmetricPart(x, value, '.T');
  const value =
    (at: number): Write =>
    (args, values) =>
      `${library}.linalg.eigvalsh(${of(args, values)})[${at}]`;
  const vector =
    (at: number): Write =>
    (args, values) =>
      `${library}.linalg.eigh(${of(args, values)})[1][:, ${at}]`;
  return { lambdaMax: value(-1), lambdaMin: value(0), vMax: vector(-1), vMin: vector(0) };
}

/** What languages of matrices have under the same name. */
export function columnFunctions(): Functions {
  const plain =
    (name: string): Write =>
    (args) =>
      `${name}(${args.join(', ')})`;
  return {
    inverse: plain('inv'),
    pinv: plain('pinv'),
    det: plain('det'),
    adj: ([x]) => `(det(${x}) * inv(${x}))`,
    kron: plain('kron'),
    pow: ([x, k]) => `${grouped(x)}^${grouped(k)}`,
    pi: () => 'pi',
    euler: () => 'exp(1)',
  };
}
