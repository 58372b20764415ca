/*
 * exp, log and cos by additions, multiplications and divisions alone, which every engine rounds alike. `Math.exp` and its fellows
 * differ in their last digit between engines, and random numbers made with them would be others in a browser than on the command line.
 *
 * After FDLIBM: Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** A number beside the two halves of its bits. */
const number = new Float64Array(1);
const halves = new Uint32Array(number.buffer);
/** Which half is the one with the exponent: the second, unless the machine is big-endian. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

function highBits(value: number): number {
  number[0] = value;
  return halves[HIGH] as number;
}

function withHighBits(value: number, bits: number): number {
  number[0] = value;
  halves[HIGH] = bits;
  return number[0] as number;
}

const FRACTION = 0x000fffff;
const LEAST_NORMAL = 2 ** -1022;

/** The natural logarithm of a positive number. */
export function log(value: number): number {
  if (!(value >= LEAST_NORMAL && value < Number.POSITIVE_INFINITY)) return value === 0 ? Number.NEGATIVE_INFINITY : Math.log(value);
  const bits = highBits(value);
  const fraction = bits & FRACTION;
  // With x = 2^k (1 + f) and √2/2 < 1 + f < √2.
  const carry = (fraction + 0x95f64) & 0x100000;
  const k = (bits >> 20) - 1023 + (carry >> 20);
  const f = withHighBits(value, fraction | (carry ^ 0x3ff00000)) - 1;
  if ((FRACTION & (2 + fraction)) < 3) {
    const rest = f * f * (0.5 - 0.3333333333333333 * f);
    return k * LN2_HIGH - (rest - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const rest = odd + even;
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) <= 0) return k * LN2_HIGH - (s * (f - rest) - k * LN2_LOW - f);
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
}

/** The exponential of a number that is not so large that it, or its reciprocal, is none. */
export function exp(value: number): number {
  if (!(Math.abs(value) < 700)) return Math.exp(value);
  // With x = k ln 2 + r and |r| ≤ ln 2 / 2.
  const k = Math.abs(value) > 0.5 * Math.LN2 ? Math.trunc(1.4426950408889634 * value + (value < 0 ? -0.5 : 0.5)) : 0;
  const [high, low] = [value - k * LN2_HIGH, k * LN2_LOW];
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t * (-2.7777777777015593e-3 + t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  return (1 - (low - (r * c) / (2 - c) - high)) * withHighBits(0, (1023 + k) << 20);
}

const QUARTER_HIGH = 1.5707963267341256;
const QUARTER_LOW = 6.077100506506192e-11;

/** The cosine of an angle of a few turns. */
export function cos(angle: number): number {
  const quarters = Math.trunc(Math.abs(angle) / (Math.PI / 2) + 0.5);
  const high = Math.abs(angle) - quarters * QUARTER_HIGH;
  const low = quarters * QUARTER_LOW;
  const rest = high - low;
  const beyond = high - rest - low;
  const turned = quarters % 4;
  const value = turned % 2 === 0 ? cosNearZero(rest, beyond) : sinNearZero(rest, beyond);
  return turned === 1 || turned === 2 ? -value : value;
}

/** The cosine of x + y with |x| ≤ π/4 and an y that is nothing beside x. */
function cosNearZero(x: number, y: number): number {
  const z = x * x;
  const r =
    z *
    (4.16666666666666e-2 +
      z *
        (-1.388888888887411e-3 +
          z * (2.480158728947673e-5 + z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const size = Math.abs(x);
  if (size < 0.3) return 1 - (0.5 * z - (z * r - x * y));
  const part = size > 0.78125 ? 0.28125 : quarterOf(size);
  return 1 - part - (0.5 * z - part - (z * r - x * y));
}

/** About a quarter of a number: of its bits the upper half. */
function quarterOf(value: number): number {
  return withHighBits(0, highBits(value) - 0x00200000);
}

function sinNearZero(x: number, y: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332249e-3 +
    z * (-1.984126982985795e-4 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * y - v * r) - y - v * -0.16666666666666632);
}
