import { type Random, random } from '../base/random.ts';
import type { Property } from '../syntax/ast.ts';
import type { Look } from '../tensor/look.ts';
import type { Size } from '../tensor/product-plan.ts';
import { holdAll, isSquare, MARGIN, makeDefinite, makePositive } from './properties.ts';

/**
 * Where a value is drawn from when nothing is declared of it: a first guess, and others for when an
 * expression has no real value there, such as the logarithm of a negative number.
 */
export type Region = 'normal' | 'positive' | 'unit' | 'spd' | 'small' | 'whole';

/** Those of vectors and matrices. */
const REGIONS: readonly Region[] = ['normal', 'positive', 'unit', 'spd', 'small'];
/** A number may be the exponent of a matrix, which is a whole one where the matrix has no other powers. */
const REGIONS_OF_NUMBERS: readonly Region[] = [...REGIONS, 'whole'];

/** One of the regions for so many entries, as a number between 0 and 1 decides. */
export function regionAt(uniform: number, entries: number): Region {
  const regions = entries === 1 ? REGIONS_OF_NUMBERS : REGIONS;
  return regions[Math.floor(uniform * regions.length)] as Region;
}

/** Draws values row by row into `out`, as the properties ask, otherwise from the region. */
export function drawInto(
  out: Float64Array,
  size: Size,
  properties: readonly Property[],
  region: Region,
  random: Random,
  look: Look = () => undefined,
): void {
  fillNormal(out, random, look);
  if (properties.length === 0) shapeRegion(out, size, region, random, look);
  else holdAll(out, size, properties, look);
}

/** How often a number falls into each of its strata is fixed, so that it is never positive throughout, or small. */
export const STRATA = 6;
/** Where a standard normal number lies below with a probability of 1/6, 1/3, 1/2, 2/3, 5/6. */
const BETWEEN_STRATA: readonly number[] = [-0.967421566, -0.430727299, 0, 0.430727299, 0.967421566];

/**
 * A standard normal number from a stratum that is another one each turn, in an order that the name and the round decide: Latin
 * hypercube sampling (McKay, Beckman and Conover 1979).
 */
export function drawStratified(out: Float64Array, turn: number, name: number, { normal }: Random): void {
  const wanted = orderOf(name + Math.floor(turn / STRATA))[turn % STRATA];
  do out[0] = normal();
  while (stratumOf(out[0]) !== wanted);
}

function stratumOf(value: number): number {
  let stratum = 0;
  while (stratum < BETWEEN_STRATA.length && (BETWEEN_STRATA[stratum] as number) < value) stratum++;
  return stratum;
}

/** A permutation of the strata (Fisher and Yates). */
function orderOf(seed: number): readonly number[] {
  const { uniform } = random(seed);
  const order = Array.from({ length: STRATA }, (_, at) => at);
  for (let at = STRATA - 1; at > 0; at--) {
    const other = Math.floor(uniform() * (at + 1));
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return order;
}

/** Properties that a multiple of a value does not have. */
const OF_ONE_SIZE: ReadonlySet<Property> = new Set(['simplex', 'zero', 'unit', 'onehot', 'binary', 'sign', 'orthogonal', 'projection']);

/** Multiplies values by a positive number, where neither properties nor the region confine their size. */
export function stretch(values: Float64Array, properties: readonly Property[], region: Region, by: number): void {
  const isFree =
    !properties.some((property) => OF_ONE_SIZE.has(property)) && (region === 'normal' || region === 'positive' || properties.length > 0);
  if (isFree) for (let k = 0; k < values.length; k++) values[k] = by * (values[k] as number);
}

/** From so many values on they are drawn all at once. */
const MANY = 1024;

/** Values between two looks at the clock, and what each costs, in multiplications. */
const AT_ONCE = 65_536;
const DRAWN = 10;

/** Standard normal values. */
export function fillNormal(out: Float64Array, { normal, fillNormal: fillAll }: Random, look: Look): void {
  if (out.length < MANY) for (let k = 0; k < out.length; k++) out[k] = normal();
  for (let from = 0; out.length >= MANY && from < out.length; from += AT_ONCE) {
    fillAll(out.subarray(from, from + AT_ONCE));
    look(DRAWN * AT_ONCE);
  }
}

function shapeRegion(out: Float64Array, size: Size, region: Region, { uniform }: Random, look: Look): void {
  if (region === 'positive') makePositive(out);
  if (region === 'unit') for (let k = 0; k < out.length; k++) out[k] = MARGIN + (1 - 2 * MARGIN) * uniform();
  if (region === 'spd') isSquare(size) ? makeDefinite(out, size, look) : makePositive(out);
  if (region === 'whole') out[0] = 2 + Math.floor(3 * uniform());
  if (region === 'small') for (let k = 0; k < out.length; k++) out[k] = 0.2 * (out[k] as number);
}
