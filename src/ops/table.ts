import type { OpName } from '../syntax/notation.ts';
import { ARITHMETIC_OPS } from './arithmetic.ts';
import { BRACKET_OPS } from './brackets.ts';
import { COMPARISON_OPS } from './comparison.ts';
import { CONSTANT_OPS } from './constants.ts';
import { ENTRYWISE_OPS } from './entrywise.ts';
import { MATRIX_OPS } from './matrix.ts';
import type { Op } from './op.ts';
import { REDUCTION_OPS } from './reduction.ts';

/** THE OPERATOR TABLE: what Chainrule knows of mathematics. An operator without a record does not compile. */
export const OPS: Readonly<Record<OpName, Op>> = {
  ...ARITHMETIC_OPS,
  ...BRACKET_OPS,
  ...MATRIX_OPS,
  ...ENTRYWISE_OPS,
  ...COMPARISON_OPS,
  ...REDUCTION_OPS,
  ...CONSTANT_OPS,
};
