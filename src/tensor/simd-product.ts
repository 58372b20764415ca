import { lazily } from '../base/lazily.ts';

/**
 * A matrix product in WebAssembly, two numbers at a time: a program of its own of some 250 bytes, assembled
 * here from the instructions below. Every entry of the result is the same sum in the same order as in the
 * plain loop of `product.ts`, so that both give the same digits, and it does not matter which one a machine has.
 */
export interface SimdProduct {
  readonly memory: WebAssembly.Memory;
  /** out (m×n) = a (m×k) b (k×n), by their addresses in memory; m is at least 2, and n at least 4. */
  readonly multiply: (a: number, b: number, out: number, m: number, k: number, n: number) => void;
}

/** Null where there is no WebAssembly, no SIMD in it, or a page's policy does not allow it. */
export const simdProduct: () => SimdProduct | null = lazily(() => {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble()));
    return { memory: exports.memory as WebAssembly.Memory, multiply: exports.multiply as SimdProduct['multiply'] };
  } catch {
    return null;
  }
});

// ---- instructions (WebAssembly 2.0, appendix A.7)

type Code = readonly number[];

const I32 = 0x7f;
const V128 = 0x7b;

const get = (local: number): Code => [0x20, local];
const set = (local: number, ...value: readonly Code[]): Code => [...value.flat(), 0x21, local];
/** Below 64, which takes one byte. */
const constant = (value: number): Code => [0x41, value];
const plus = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
const minus = (a: Code, b: Code): Code => [...a, ...b, 0x6b];
const times = (a: Code, b: Code): Code => [...a, ...b, 0x6c];
/** The smaller of two numbers that are not negative. */
const smaller = (a: Code, b: Code): Code => [...a, ...b, ...a, ...b, 0x48, 0x1b];
/** Repeats the body, at least once, as long as a < b. */
const repeat = (body: Code, a: Code, b: Code): Code => [0x03, 0x40, ...body, ...a, ...b, 0x48, 0x0d, 0, 0x0b];

/** Two neighbouring numbers; one number twice; the addresses are multiples of 8. */
const pair = (address: Code, offset: number): Code => [...address, 0xfd, 0x00, 3, offset];
const twice = (address: Code): Code => [...address, 0xfd, 0x0a, 3, 0];
const store = (address: Code, offset: number, value: Code): Code => [...address, ...value, 0xfd, 0x0b, 3, offset];
const zeros: Code = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const sum = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xf0, 0x01];
const product = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xf2, 0x01];

// ---- the program

const [A, B, OUT, M, K, N] = [0, 1, 2, 3, 4, 5] as const;
/** Rows and columns done, where the tile begins, what is read next, and where it ends. */
const [DOWN, ALONG, ROW, COL, LEFT, RIGHT, END, WIDTH, STRIDE, PLACE] = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;
const [P, Q, R, S, X, Y, FACTOR] = [16, 17, 18, 19, 20, 21, 22] as const;

/** A row of `b` into a tile of two rows and four columns. */
const STEP: Code = [
  ...set(X, pair(get(RIGHT), 0)),
  ...set(Y, pair(get(RIGHT), 16)),
  ...set(FACTOR, twice(get(LEFT))),
  ...set(P, sum(get(P), product(get(FACTOR), get(X)))),
  ...set(Q, sum(get(Q), product(get(FACTOR), get(Y)))),
  ...set(FACTOR, twice(plus(get(LEFT), get(WIDTH)))),
  ...set(R, sum(get(R), product(get(FACTOR), get(X)))),
  ...set(S, sum(get(S), product(get(FACTOR), get(Y)))),
  ...set(LEFT, plus(get(LEFT), constant(8))),
  ...set(RIGHT, plus(get(RIGHT), get(STRIDE))),
];

/** The last tiles of a row and of a column overlap those before, where the size is no multiple of theirs. */
const TILE: Code = [
  ...set(COL, smaller(get(ALONG), minus(get(N), constant(4)))),
  ...[P, Q, R, S].flatMap((tile) => set(tile, zeros)),
  ...set(LEFT, plus(get(A), times(get(ROW), get(WIDTH)))),
  ...set(END, plus(get(LEFT), get(WIDTH))),
  ...set(RIGHT, plus(get(B), times(get(COL), constant(8)))),
  ...repeat(STEP, get(LEFT), get(END)),
  ...set(PLACE, plus(plus(get(OUT), times(get(ROW), get(STRIDE))), times(get(COL), constant(8)))),
  ...store(get(PLACE), 0, get(P)),
  ...store(get(PLACE), 16, get(Q)),
  ...set(PLACE, plus(get(PLACE), get(STRIDE))),
  ...store(get(PLACE), 0, get(R)),
  ...store(get(PLACE), 16, get(S)),
  ...set(ALONG, plus(get(ALONG), constant(4))),
];

const ROWS: Code = [
  ...set(ROW, smaller(get(DOWN), minus(get(M), constant(2)))),
  ...set(ALONG, constant(0)),
  ...repeat(TILE, get(ALONG), get(N)),
  ...set(DOWN, plus(get(DOWN), constant(2))),
];

const BODY: Code = [
  ...set(WIDTH, times(get(K), constant(8))),
  ...set(STRIDE, times(get(N), constant(8))),
  ...set(DOWN, constant(0)),
  ...repeat(ROWS, get(DOWN), get(M)),
  0x0b,
];

// ---- the module

/** Types, functions, memory, exports and code, in that order. */
function assemble(): Uint8Array<ArrayBuffer> {
  const locals = [2, 10, I32, 7, V128];
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, [1, 0x60, 6, I32, I32, I32, I32, I32, I32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...named('memory'), 2, 0, ...named('multiply'), 0, 0]),
    ...section(10, [1, ...sized([...locals, ...BODY])]),
  ]);
}

function section(id: number, content: Code): Code {
  return [id, ...sized(content)];
}

function sized(content: Code): Code {
  return [...unsigned(content.length), ...content];
}

function named(name: string): Code {
  return sized([...name].map((letter) => letter.charCodeAt(0)));
}

/** Numbers below 2^14 (LEB128). */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value % 128) + 128, Math.floor(value / 128)];
}
