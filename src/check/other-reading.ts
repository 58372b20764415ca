import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import { formOf } from '../derivation/layout-shapes.ts';
import { withChildren } from '../ops/rewrite.ts';
import { childrenOf, type Term } from '../ops/term.ts';
import type { OpName } from '../syntax/notation.ts';

/** What a claim says where operators that texts use in two senses have their other one. */
export interface OtherReading {
  readonly derivation: Derivation;
  readonly shapes: ShapeTable;
  readonly equation: Equation;
}

/**
 * `‖M‖_2` of a matrix as the Frobenius norm, `exp(A)` and `e^A` of a square matrix as the matrix exponential, `\log A`, `\sqrt A`,
 * `\sin A` and `\cos A` likewise. Null where the document has nothing that could be read so.
 */
export function otherReading(derivation: Derivation, shapes: ShapeTable, equation: Equation): OtherReading | null {
  const sides = equation.sides.map((side) => reread(shapes, side));
  const symbols = new Map(derivation.symbols);
  for (const [id, info] of symbols) {
    const body = info.definition === null ? undefined : reread(shapes, info.definition.body);
    if (info.definition !== null && body !== undefined && body !== info.definition.body)
      symbols.set(id, { ...info, definition: { ...info.definition, body } });
  }
  const isSame =
    sides.every((side, at) => side === equation.sides[at]) && [...symbols].every(([id, info]) => derivation.symbols.get(id) === info);
  if (isSame) return null;
  const version: Equation = { ...equation, sides };
  const layoutOf: ShapeTable['layoutOf'] = (one) => shapes.layoutOf(one === version ? equation : one);
  return { derivation: { ...derivation, symbols }, shapes: { ...shapes, layoutOf }, equation: version };
}

/** Functions entry by entry, and those of a whole matrix that are written with the same word. */
const OF_MATRICES: Partial<Record<OpName, OpName>> = { exp: 'expm', log: 'logm', sqrt: 'sqrtm', sin: 'sinm', cos: 'cosm' };

function reread(shapes: ShapeTable, term: Term): Term {
  const children = childrenOf(term);
  const changed = children.map((child) => reread(shapes, child));
  const whole = changed.every((child, at) => child === children[at]) ? term : withChildren(term, changed);
  if (whole.kind !== 'apply' || !isMatrix(shapes, children[0])) return whole;
  if (whole.op === 'norm2') return { ...whole, op: 'normF' };
  const ofMatrix = OF_MATRICES[whole.op];
  return ofMatrix !== undefined && isSquare(shapes, children[0]) ? { ...whole, op: ofMatrix } : whole;
}

function isMatrix(shapes: ShapeTable, term: Term | undefined): boolean {
  const shape = term === undefined ? undefined : shapes.ofTerm(term);
  return shape?.kind === 'matrix' && formOf(shape) === 'matrix';
}

function isSquare(shapes: ShapeTable, term: Term | undefined): boolean {
  const shape = term === undefined ? undefined : shapes.ofTerm(term);
  return shape?.kind === 'matrix' && shape.rows.key === shape.cols.key;
}
