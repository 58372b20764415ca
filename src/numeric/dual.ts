import { type Tensor, tensor } from '../tensor/tensor.ts';
import type { Frame, Instruction } from './frame.ts';

/** What ε² is: 0 for dual numbers (Clifford 1873), −1 for complex numbers. */
export type Algebra = 'dual' | 'complex';

/** A value and what rides beside it, x + x' ε: how fast it changes or, of a complex number, its imaginary part. */
export interface Dual {
  readonly value: Tensor;
  /** Zero where nothing that moves leads to the value. */
  readonly tangent: Tensor;
}

/** Where the tangents of values lie, and what they are; values that share their memory share their tangents. */
export interface Tangents {
  readonly algebra: Algebra;
  /** The memory of values that stay as they are, and whose tangents are zero. */
  readonly fixed: ReadonlySet<Float64Array>;
  readonly dual: (value: Tensor) => Dual;
}

/** Why a value has no tangent here: no kernel for it, or because it is a derivative itself. */
export interface Abstention {
  readonly abstains: string;
  readonly isDerivative: boolean;
}

/** What computes a value together with its tangent, in place of the instruction that computes the value alone. */
export type DualRule = (tangents: Tangents) => Instruction | Abstention;

/** What memory for a number costs, in multiplications. */
const ALLOCATED = 4;

/** Tangents for running a frame: what lies in the frames around it stays. */
export function newTangents(algebra: Algebra, { parent, look }: Frame): Tangents {
  const known = new Map<Float64Array, Float64Array>();
  return {
    algebra,
    fixed: valuesAround(parent),
    dual: (value) => {
      const data = known.get(value.data) ?? tensor(value.rows, value.cols).data;
      if (!known.has(value.data)) look(ALLOCATED * data.length);
      known.set(value.data, data);
      return { value, tangent: { rows: value.rows, cols: value.cols, data } };
    },
  };
}

function valuesAround(frame: Frame | null): ReadonlySet<Float64Array> {
  const fixed = new Set<Float64Array>();
  for (let at = frame; at !== null; at = at.parent)
    for (const {
      tensor: { data },
    } of at.memo.values())
      fixed.add(data);
  return fixed;
}

export function abstain(abstains: string): Abstention {
  return { abstains, isDerivative: false };
}

/** Derivatives are differentiated by differences of dual numbers, not by dual numbers of dual numbers. */
export const DERIVATIVE: DualRule = () => ({ abstains: 'a derivative within a derivative', isDerivative: true });

/** The value first, then its tangent: for what is linear, and so the same in every algebra. */
export function afterwards(value: Instruction, tangentOf: (tangents: Tangents) => Instruction): DualRule {
  return (tangents) => {
    const tangent = tangentOf(tangents);
    return () => {
      value();
      tangent();
    };
  };
}

/** The instructions of a frame with tangents; where one abstains, why. */
export function lower({ duals }: Frame, tangents: Tangents): readonly Instruction[] | Abstention {
  const lowered = duals.map((rule) => rule(tangents));
  const abstentions = lowered.filter((one) => typeof one !== 'function');
  const abstention = abstentions.find(({ isDerivative }) => isDerivative) ?? abstentions[0];
  return abstention ?? (lowered as Instruction[]);
}

/** A rule for what runs a frame: `make` gets something that runs it with tangents. */
export function within(child: Frame, make: (tangents: Tangents, runChild: Instruction) => Instruction): DualRule {
  return (tangents) => {
    const code = lower(child, tangents);
    return 'abstains' in code ? code : make(tangents, () => code.forEach((instruction) => instruction()));
  };
}
