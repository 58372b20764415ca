/**
 * An analytic function of z = a + ib that is real on the real axis, as its real and its imaginary part.
 * Where b is tiny, the imaginary part keeps all its digits: f(a + ib) = f(a) + ib f'(a) (Squire and Trapp
 * 1998). NaN where the function of a real number a has no value, or no derivative.
 */
export interface Analytic {
  readonly re: (a: number, b: number) => number;
  readonly im: (a: number, b: number) => number;
}

export const exp: Analytic = { re: (a, b) => Math.exp(a) * Math.cos(b), im: (a, b) => Math.exp(a) * Math.sin(b) };

/** Numbers below are so small that the imaginary part of a short step has lost its digits, or all of itself. */
const LEAST = 1e-280;

/** The principal value; a negative number has no logarithm here, as it has none among the real ones. */
export const log: Analytic = {
  re: (a, b) => (a > LEAST ? Math.log(size(a, b)) : Number.NaN),
  im: (a, b) => (a > LEAST ? Math.atan2(b, a) : Number.NaN),
};

export const sqrt: Analytic = { re: (a, b) => (a > 0 ? rootRe(a, b) : edge(a, b)), im: (a, b) => (a > 0 ? rootIm(a, b) : edge(a, b)) };

/** The root of zero is zero, but it has no slope there. */
function edge(a: number, b: number): number {
  return a === 0 && b === 0 ? 0 : Number.NaN;
}

/** |z|, which is a where b is too small to count. */
export function size(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : Math.hypot(a, b);
}

/** The root with a positive real part, of any z. */
function rootRe(a: number, b: number): number {
  return Math.sqrt((size(a, b) + a) / 2);
}

function rootIm(a: number, b: number): number {
  return b / (2 * rootRe(a, b));
}

// ---- trigonometric and hyperbolic functions

export const sin: Analytic = { re: (a, b) => Math.sin(a) * Math.cosh(b), im: (a, b) => Math.cos(a) * Math.sinh(b) };
export const cos: Analytic = { re: (a, b) => Math.cos(a) * Math.cosh(b), im: (a, b) => -Math.sin(a) * Math.sinh(b) };
export const sinh: Analytic = { re: (a, b) => Math.sinh(a) * Math.cos(b), im: (a, b) => Math.cosh(a) * Math.sin(b) };
export const cosh: Analytic = { re: (a, b) => Math.cosh(a) * Math.cos(b), im: (a, b) => Math.sinh(a) * Math.sin(b) };

/** (t + iτ) / (1 + i tτ) with t = tanh a and τ = tan b. */
export const tanh: Analytic = {
  re: (a, b) => (Math.tanh(a) * (1 + Math.tan(b) ** 2)) / (1 + (Math.tanh(a) * Math.tan(b)) ** 2),
  im: (a, b) => Math.tan(b) / (Math.cosh(a) ** 2 * (1 + (Math.tanh(a) * Math.tan(b)) ** 2)),
};

/** tan z = −i tanh iz. */
export const tan: Analytic = { re: (a, b) => tanh.im(-b, a), im: (a, b) => -tanh.re(-b, a) };

/** Kahan (1987), from the roots of 1 − z and 1 + z. */
export const asin: Analytic = {
  re: (a, b) => (Math.abs(a) < 1 ? Math.atan2(a, rootRe(1 - a, -b) * rootRe(1 + a, b) - rootIm(1 - a, -b) * rootIm(1 + a, b)) : Number.NaN),
  im: (a, b) => (Math.abs(a) < 1 ? Math.asinh(rootRe(1 - a, -b) * rootIm(1 + a, b) - rootIm(1 - a, -b) * rootRe(1 + a, b)) : Number.NaN),
};

export const acos: Analytic = { re: (a, b) => Math.PI / 2 - asin.re(a, b), im: (a, b) => -asin.im(a, b) };

export const atan: Analytic = {
  re: (a, b) => Math.atan2(2 * a, 1 - a * a - b * b) / 2,
  im: (a, b) => Math.log1p((4 * b) / (a * a + (1 - b) ** 2)) / 4,
};

// ---- of neural networks

/** e^(−|a|), of which logistic functions are made without overflow. */
function small(a: number): number {
  return Math.exp(-Math.abs(a));
}

/** |1 + e^(−|a|) e^(±ib)|² − 1. */
function excess(a: number, b: number): number {
  return small(a) * (2 * Math.cos(b) + small(a));
}

export const sigmoid: Analytic = {
  re: (a, b) => (a >= 0 ? 1 + small(a) * Math.cos(b) : small(a) * (Math.cos(b) + small(a))) / (1 + excess(a, b)),
  im: (a, b) => (small(a) * Math.sin(b)) / (1 + excess(a, b)),
};

export const softplus: Analytic = {
  re: (a, b) => Math.max(a, 0) + Math.log1p(excess(a, b)) / 2,
  im: (a, b) => (a > 0 ? b : 0) + Math.atan2((a > 0 ? -1 : 1) * small(a) * Math.sin(b), 1 + small(a) * Math.cos(b)),
};

export const silu: Analytic = timesArgument(sigmoid);

/** z f(z). */
function timesArgument({ re, im }: Analytic): Analytic {
  return { re: (a, b) => a * re(a, b) - b * im(a, b), im: (a, b) => a * im(a, b) + b * re(a, b) };
}

/** Terms of the series of `erf`, of which the last is below rounding. */
const TERMS = 13;

/** The error function off the real axis (Abramowitz and Stegun 1964, 7.1.29), from that on it. */
export function errorFunction(erf: (x: number) => number): Analytic {
  return {
    re: (a, b) => erf(a) + Math.exp(-a * a) * (a === 0 ? 0 : (1 - Math.cos(2 * a * b)) / (2 * Math.PI * a)) + waves(a, b, waveRe),
    im: (a, b) => Math.exp(-a * a) * (a === 0 ? b / Math.PI : Math.sin(2 * a * b) / (2 * Math.PI * a)) + waves(a, b, waveIm),
  };
}

function waves(a: number, b: number, wave: (a: number, b: number, n: number) => number): number {
  let sum = 0;
  for (let n = 1; n <= TERMS; n++) sum += (Math.exp((-n * n) / 4) / (n * n + 4 * a * a)) * wave(a, b, n);
  return (2 / Math.PI) * Math.exp(-a * a) * sum;
}

function waveRe(a: number, b: number, n: number): number {
  const turn = 2 * a * b;
  return 2 * a * (1 - Math.cosh(n * b) * Math.cos(turn)) + n * Math.sinh(n * b) * Math.sin(turn);
}

function waveIm(a: number, b: number, n: number): number {
  const turn = 2 * a * b;
  return 2 * a * Math.cosh(n * b) * Math.sin(turn) + n * Math.sinh(n * b) * Math.cos(turn);
}

/** z Φ(z) = z (1 + erf(z / √2)) / 2. */
export function gelu(erf: Analytic): Analytic {
  return timesArgument({
    re: (a, b) => (1 + erf.re(a * Math.SQRT1_2, b * Math.SQRT1_2)) / 2,
    im: (a, b) => erf.im(a * Math.SQRT1_2, b * Math.SQRT1_2) / 2,
  });
}

// ---- powers

/** z^p with a real exponent. A negative number has whole powers only, and zero no slope of a power below one. */
export function powerRe(a: number, b: number, p: number): number {
  if (a < 0) return Number.isInteger(p) ? parity(p) * powerRe(-a, -b, p) : Number.NaN;
  if (a === 0 && !Number.isInteger(p)) return zeroPower(b, p);
  return size(a, b) ** p * Math.cos(p * Math.atan2(b, a));
}

export function powerIm(a: number, b: number, p: number): number {
  if (a < 0) return Number.isInteger(p) ? parity(p) * powerIm(-a, -b, p) : Number.NaN;
  if (a === 0 && !Number.isInteger(p)) return b === 0 ? 0 : zeroPower(b, p);
  return b === 0 ? 0 : size(a, b) ** p * Math.sin(p * Math.atan2(b, a));
}

function parity(p: number): number {
  return p % 2 === 0 ? 1 : -1;
}

function zeroPower(b: number, p: number): number {
  return b === 0 || p > 1 ? 0 ** p : Number.NaN;
}
