import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { cos, log } from './elementary.ts';
import { fillByZiggurat } from './ziggurat.ts';

/** A stream of random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly uniform: () => number;
  /** Standard normal. */
  readonly normal: () => number;
  /** Many standard normal ones at once. */
  readonly fillNormal: (out: Float64Array) => void;
}

/** First numbers of similar seeds are similar, and are passed over. */
const WARM_UP = 8;

/** The finalizer of MurmurHash3 (Appleby 2008): similar seeds become unlike. */
function mixed(seed: number): number {
  const first = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

export function random(seed: number): Random {
  const generator = xoroshiro128plus(mixed(seed));
  for (let k = 0; k < WARM_UP; k++) uniformFloat64(generator);
  const uniform = () => uniformFloat64(generator);
  const bits = () => generator.next();
  return { uniform, normal: () => normalOf(uniform), fillNormal: (out) => fillByZiggurat(out, { bits, uniform }) };
}

/** Box and Muller (1958), of which one of the two numbers is used. */
function normalOf(uniform: () => number): number {
  return Math.sqrt(-2 * log(1 - uniform())) * cos(2 * Math.PI * uniform());
}
