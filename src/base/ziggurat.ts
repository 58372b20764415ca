import { exp, log } from './elementary.ts';
import { lazily } from './lazily.ts';

/** Random numbers of two kinds: 32 bits as a whole number with a sign, and uniform in [0, 1). */
export interface Source {
  readonly bits: () => number;
  readonly uniform: () => number;
}

const LAYERS = 128;
/** Where the tail begins, and the area of each layer (Marsaglia and Tsang 2000). */
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;
const SCALE = 2 ** 31;

interface Tables {
  /** Below it a number lies in the layer whatever its height. */
  readonly inside: Float64Array;
  readonly width: Float64Array;
  readonly height: Float64Array;
}

const tables = lazily((): Tables => {
  const [inside, width, height] = [new Float64Array(LAYERS), new Float64Array(LAYERS), new Float64Array(LAYERS)];
  const base = AREA / density(TAIL);
  inside[0] = (TAIL / base) * SCALE;
  width[0] = base / SCALE;
  height[0] = 1;
  let outer = TAIL;
  for (let layer = LAYERS - 1; layer > 0; layer--) {
    width[layer] = outer / SCALE;
    height[layer] = density(outer);
    const inner = layer === 1 ? 0 : Math.sqrt(-2 * log(AREA / outer + density(outer)));
    inside[layer] = (inner / outer) * SCALE;
    outer = inner;
  }
  return { inside, width, height };
});

function density(x: number): number {
  return exp((-x * x) / 2);
}

/**
 * Standard normal numbers by the ziggurat of Marsaglia and Tsang (2000): 32 bits and a table for nearly each
 * of them, several times as fast as a logarithm and a sine.
 */
export function fillByZiggurat(out: Float64Array, source: Source): void {
  const { inside, width } = tables();
  for (let k = 0; k < out.length; k++) {
    const bits = source.bits();
    const layer = bits & (LAYERS - 1);
    out[k] = Math.abs(bits) < (inside[layer] as number) ? bits * (width[layer] as number) : outside(bits, layer, source);
  }
}

/** In the wedge beside a layer, or in the tail; otherwise another one is drawn. */
function outside(first: number, start: number, { bits, uniform }: Source): number {
  const { inside, width, height } = tables();
  for (let drawn = first, layer = start; ; drawn = bits(), layer = drawn & (LAYERS - 1)) {
    const x = drawn * (width[layer] as number);
    if (Math.abs(drawn) < (inside[layer] as number)) return x;
    if (layer === 0) return Math.sign(drawn) * inTail(uniform);
    const [low, high] = [height[layer] as number, height[layer - 1] as number];
    if (low + uniform() * (high - low) < density(x)) return x;
  }
}

function inTail(uniform: () => number): number {
  for (;;) {
    const [beyond, bound] = [-log(1 - uniform()) / TAIL, -log(1 - uniform())];
    if (2 * bound > beyond * beyond) return TAIL + beyond;
  }
}
