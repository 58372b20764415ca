import { OPS } from '../ops/table.ts';
import type { OpName } from '../syntax/notation.ts';
import { entryOf } from '../tensor/map.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Instruction } from './frame.ts';

const BELOW = 1;
const ABOVE = 2;
const BOTH = BELOW | ABOVE;

/** On which sides of its kink or condition an operator was evaluated since that was last forgotten. */
export interface Branch {
  sides: number;
}

const CONDITIONS: ReadonlySet<OpName> = new Set(['greater', 'greaterEqual', 'less', 'lessEqual']);
const EXTREMES: ReadonlySet<OpName> = new Set(['max', 'min']);

/** Operators that are kinked, or jump, where their operand or the difference of two is zero; of one whole operand any entry may be the largest. */
function branchesAt(op: OpName, args: readonly Tensor[]): boolean {
  if (CONDITIONS.has(op)) return true;
  if (EXTREMES.has(op)) return args.length === 2;
  return OPS[op].smoothness === 'kinked' && args.length === 1 && !(op === 'bars' && args[0]?.data.length !== 1);
}

/** Inverses of functions that turn round: `asin(sin(x))` bends where no operator of its does. */
const UNFOLDING: ReadonlySet<OpName> = new Set(['asin', 'acos', 'atan']);

/** Whether what is called may bend at places that no operator takes note of. */
export function mayBendUnseen(calls: readonly { readonly op: OpName }[]): boolean {
  return calls.some(({ op }) => UNFOLDING.has(op));
}

/** The instruction of an operator, which takes note of the sides on which it is evaluated where it has any. */
export function watched(branches: Branch[], op: OpName, out: Tensor, args: readonly Tensor[], instruction: Instruction): Instruction {
  if (!branchesAt(op, args)) return instruction;
  const branch: Branch = { sides: 0 };
  branches.push(branch);
  return () => {
    if (branch.sides !== BOTH) look(branch, out, args);
    instruction();
  };
}

function look(branch: Branch, out: Tensor, [a, b]: readonly Tensor[]): void {
  const { rows, cols } = b === undefined ? (a as Tensor) : out;
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const side = entryOf(a as Tensor, row, col) - (b === undefined ? 0 : entryOf(b, row, col));
      if (side < 0) branch.sides |= BELOW;
      if (side > 0) branch.sides |= ABOVE;
    }
  }
}

export function forgetSides(branches: readonly Branch[]): void {
  for (const branch of branches) branch.sides = 0;
}

// ---- what points have covered

/**
 * The sides of single operators, and the combinations of sides of two, at which a claim was compared. A claim that was
 * looked at on one side only, as `d|s|/ds = 1` at positive numbers, was not looked at where it may be wrong.
 */
export type Coverage = Set<string>;

/** Of more operators no combinations are asked for. */
const MOST_COMBINED = 6;

/** Adds what the last point covers; whether some of that is new. */
export function addCovered(coverage: Coverage, branches: readonly Branch[]): boolean {
  const before = coverage.size;
  branches.forEach((branch, at) => {
    for (const side of sidesOf(branch)) coverage.add(`${at}${side}`);
  });
  for (const [i, j] of pairsOf(branches)) {
    for (const one of sidesOf(branches[i] as Branch))
      for (const other of sidesOf(branches[j] as Branch)) coverage.add(`${i}${one},${j}${other}`);
  }
  return coverage.size > before;
}

export function isCovered(coverage: Coverage, branches: readonly Branch[]): boolean {
  return coverage.size === 2 * branches.length + 4 * pairsOf(branches).length;
}

/** Whether an operator was seen on one side only. */
export function isOneSided(coverage: Coverage, branches: readonly Branch[]): boolean {
  return branches.some((_, at) => !(coverage.has(`${at}<`) && coverage.has(`${at}>`)));
}

function sidesOf({ sides }: Branch): readonly string[] {
  return [...((sides & BELOW) === 0 ? [] : ['<']), ...((sides & ABOVE) === 0 ? [] : ['>'])];
}

function pairsOf(branches: readonly Branch[]): readonly (readonly [number, number])[] {
  const combined = branches.slice(0, MOST_COMBINED);
  return combined.flatMap((_, i) => combined.slice(i + 1).map((__, k) => [i, i + 1 + k] as const));
}
