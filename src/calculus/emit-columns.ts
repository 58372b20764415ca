import { constantOf, nameOf } from '../shape/dimension.ts';
import { isScalar, showShape } from '../shape/shape.ts';
import { grouped } from './brackets-in-code.ts';
import type { About } from './emit-code.ts';
import { dimensionsUsed } from './emit-python.ts';
import { type Dialect, emitValue } from './emit-value.ts';
import { type Assignment, assignmentsOf, derivativeBy, isWritten, type Program } from './program.ts';
import { Refused } from './refusal.ts';

/** What languages of matrices have in common, in which vectors are columns and rows. */
export function columnDialect({
  nameOf,
}: Program): Pick<
  Dialect,
  'vectors' | 'matmul' | 'entrywise' | 'divide' | 'nameOf' | 'power' | 'transpose' | 'outer' | 'solve' | 'blocks'
> {
  return {
    vectors: 'columns',
    matmul: '*',
    entrywise: '.*',
    divide: './',
    nameOf,
    power: (base, exponent, isNumber) => `${base} ${isNumber ? '^' : '.^'} ${exponent}`,
    transpose: (text) => `${text}'`,
    outer: (left, right) => `${left} * ${right}`,
    solve: (matrix, right) => `(${grouped(matrix)} \\ ${grouped(right)})`,
    blocks: (rows) => `[${rows.map((row) => row.map(grouped).join(' ')).join('; ')}]`,
  };
}

/** Lines for the sizes that occur in expressions, `size(A, 1)`, in languages that count from 1. */
function sizeLines(program: Program, lines: readonly Assignment[]): readonly string[] {
  const known = new Map<string, string>();
  for (const { name, shape } of program.parameters) {
    if (isScalar(shape)) continue;
    [shape.rows, shape.cols].forEach((dim, axis) => {
      const letter = nameOf(dim);
      if (letter !== undefined && constantOf(dim) === undefined && !known.has(letter))
        known.set(letter, `${letter} = size(${name}, ${axis + 1})`);
    });
  }
  return [...dimensionsUsed(program)].filter((letter) => isWritten(letter, lines)).map((letter) => known.get(letter) ?? missing(letter));
}

function missing(letter: string): never {
  throw new Refused(`nothing that is given tells the size ${letter}`);
}

/** The lines that compute, without what ends a line in the language. */
export function computation(program: Program, dialect: Dialect): readonly string[] {
  const lines = assignmentsOf(program, (value) => emitValue(dialect, value));
  return [...sizeLines(program, lines), ...lines.map(({ name, text }) => `${name} = ${text}`)];
}

/** What the comment above the function says. */
export function commentLines({ parameters, value, derivative }: Program, { expression, wrt, layout, formula }: About): readonly string[] {
  return [
    `${expression} and ${derivativeBy(wrt)}.`,
    ...parameters.map(({ name, shape, properties }) => `  ${name} : ${[showShape(shape), ...properties].join(' ')}`),
    `  value : ${showShape(value.shape)}`,
    `  derivative : ${showShape(derivative.shape)} (${layout} layout), ${formula}`,
  ];
}
