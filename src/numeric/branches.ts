import { OPS } from '../ops/table.ts';
import type { OpName } from '../syntax/notation.ts';
import { entryOf } from '../tensor/map.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Instruction } from './frame.ts';
import type { Call } from './no-value.ts';

const BELOW = 1;
const ABOVE = 2;
const BOTH = BELOW | ABOVE;

/** On which sides of its kink or condition an operator was evaluated since that was last forgotten. */
export interface Branch {
  sides: number;
  /** Of what it looks at, or at the difference of which two. */
  readonly out: Tensor;
  readonly args: readonly Tensor[];
}

const CONDITIONS: ReadonlySet<OpName> = new Set(['greater', 'greaterEqual', 'less', 'lessEqual']);
const EXTREMES: ReadonlySet<OpName> = new Set(['max', 'min']);

/** The length of a number is its absolute value. */
const LENGTHS: ReadonlySet<OpName> = new Set(['norm', 'norm1', 'normInf']);

/** Operators that are kinked, or jump, where their operand or the difference of two is zero; of one whole operand any entry may be the largest. */
function branchesAt(op: OpName, args: readonly Tensor[]): boolean {
  if (CONDITIONS.has(op)) return true;
  if (EXTREMES.has(op)) return args.length === 2;
  if (LENGTHS.has(op)) return args[0]?.data.length === 1;
  return OPS[op].smoothness === 'kinked' && args.length === 1 && !(op === 'bars' && args[0]?.data.length !== 1);
}

/** What is squared under a root: `sqrt((x - 2)^2)` and `((x - 2)^2)^(1/2)` bend where that is zero. Null for any other operator. */
export function squaredUnder(op: OpName, [arg]: readonly Tensor[], calls: readonly Call[]): Tensor | null {
  const square = op === 'sqrt' || op === 'pow' ? calls.find(({ out }) => out === arg) : undefined;
  return square !== undefined && SQUARES.has(square.op) ? (square.args[0] ?? null) : null;
}

const SQUARES: ReadonlySet<OpName> = new Set(['pow', 'hadamardPow', 'norm2']);

/** Inverses of functions that turn round: `asin(sin(x))` bends where no operator of its does. */
const UNFOLDING: ReadonlySet<OpName> = new Set(['asin', 'acos', 'atan']);

/** Whether what is called may bend at places that no operator takes note of. */
export function mayBendUnseen(calls: readonly { readonly op: OpName }[]): boolean {
  return calls.some(({ op }) => UNFOLDING.has(op));
}

/** The instruction of an operator, which takes note of the sides on which it is evaluated where it has any. */
export function watched(branches: Branch[], op: OpName, out: Tensor, args: readonly Tensor[], instruction: Instruction): Instruction {
  return branchesAt(op, args) ? watchedAt(branches, out, args, instruction) : instruction;
}

/** The same where an operand is zero, or two are equal. */
export function watchedAt(branches: Branch[], out: Tensor, args: readonly Tensor[], instruction: Instruction): Instruction {
  const branch: Branch = { sides: 0, out, args };
  branches.push(branch);
  return () => {
    if (branch.sides !== BOTH) look(branch);
    instruction();
  };
}

function look(branch: Branch): void {
  const { rows, cols } = operandOf(branch);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const side = distanceAt(branch, row, col);
      if (side < 0) branch.sides |= BELOW;
      if (side > 0) branch.sides |= ABOVE;
    }
  }
}

function operandOf({ out, args: [a, b] }: Branch): Tensor {
  return b === undefined ? (a as Tensor) : out;
}

/** How far an entry is from its kink, or from where its condition changes. */
function distanceAt({ args: [a, b] }: Branch, row: number, col: number): number {
  return entryOf(a as Tensor, row, col) - (b === undefined ? 0 : entryOf(b, row, col));
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

/** On which side each entry of each operator is at the point where the program is. */
export function sidesHere(branches: readonly Branch[]): string {
  return branches.map(sidesOfEntries).join();
}

function sidesOfEntries(branch: Branch): string {
  const { rows, cols } = operandOf(branch);
  return Array.from({ length: rows * cols }, (_, k) => Math.sign(distanceAt(branch, Math.floor(k / cols), k % cols))).join('');
}

/** Whether there are conditions on several entries at once, which points cover before each entry was on both sides of each. */
export function areWide(branches: readonly Branch[]): boolean {
  return branches.length > 1 && branches.some((branch) => operandOf(branch).data.length > 1);
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
