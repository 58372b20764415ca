import type { ShapeRule } from '../ops/op.ts';
import { OPS } from '../ops/table.ts';
import type { EntryTerm, Term } from '../ops/term.ts';
import { constant, ONE } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, matrix, SCALAR } from '../shape/shape.ts';
import type { Scope } from './scope.ts';

const DEEPEST = 20;
const THREE = constant(3);

/**
 * The shape a term has by the declarations in it, as far as it can be seen without inference; null where it
 * cannot. It serves to tell what `∇E` is by, while the document is still being read.
 */
export function roughShape(scope: Scope, term: Term, depth = 0): MatrixShape | null {
  const inner = (arg: Term | undefined) => (arg === undefined || depth > DEEPEST ? null : roughShape(scope, arg, depth + 1));
  if (term.kind === 'symbol') {
    const draft = scope.drafts.get(term.id);
    return draft?.declared ?? inner(draft?.definition?.body);
  }
  if (term.kind === 'number') return SCALAR;
  if (term.kind === 'entry') return ofEntry(scope, term);
  if (term.kind === 'binder') return term.binder === 'sum' ? inner(term.body) : null;
  if (term.kind === 'differential') return inner(term.of);
  if (term.kind !== 'apply') return null;
  switch (term.op) {
    case 'mul':
      return ofProduct(term.args.filter(({ kind }) => kind !== 'number').map(inner));
    case 'transpose': {
      const shape = inner(term.args[0]);
      return shape === null ? null : matrix(shape.cols, shape.rows);
    }
    case 'add':
    case 'sub':
    case 'hadamard':
      return wider(inner(term.args[0]), inner(term.args[1]));
    case 'neg':
    case 'div':
    case 'inverse':
      return inner(term.args[0]);
    case 'skew':
      return matrix(THREE, THREE);
    case 'bars': {
      const shape = inner(term.args[0]);
      return shape === null || shape.rows.key !== shape.cols.key ? null : SCALAR;
    }
    default:
      if (isNumber(OPS[term.op].shape)) return SCALAR;
      return OPS[term.op].shape.kind === 'entrywise' ? inner(term.args[0]) : null;
  }
}

/** Whether an operator gives a number whatever it is of. */
function isNumber(rule: ShapeRule): boolean {
  return rule.kind === 'signature' && rule.result.rows === '1' && rule.result.cols === '1';
}

/** Beside a number, and beside what cannot be seen, the other one's. */
function wider(a: MatrixShape | null, b: MatrixShape | null): MatrixShape | null {
  return a === null || (b !== null && isScalar(a)) ? b : a;
}

/** From the rows of the first factor to the columns of the last, scalars aside. */
function ofProduct(shapes: readonly (MatrixShape | null)[]): MatrixShape | null {
  const wide = shapes.filter((shape) => shape === null || !isScalar(shape));
  if (wide.length === 0) return SCALAR;
  const [first, last] = [wide[0], wide.at(-1)];
  return first == null || last == null ? null : matrix(first.rows, last.cols);
}

/** A member of a family, or a part of a declared matrix. */
function ofEntry({ drafts }: Scope, { base, selectors }: EntryTerm): MatrixShape | null {
  const { declared, family } = (base.kind === 'symbol' ? drafts.get(base.id) : undefined) ?? { declared: null, family: null };
  const [first, second] = selectors;
  if (declared === null || first === undefined) return null;
  if (family !== null) return second === undefined ? declared : SCALAR;
  const rows = first.kind === 'at' ? ONE : declared.rows;
  if (second === undefined) return declared.cols.key === ONE.key ? SCALAR : matrix(rows, declared.cols);
  return matrix(rows, second.kind === 'at' ? ONE : declared.cols);
}
