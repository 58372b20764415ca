import { describe, expect, it } from 'vitest';
import { cos, exp, log } from '../../src/base/elementary.ts';
import { random } from '../../src/base/random.ts';

/** The bits of a number: two engines that add and multiply alike give the same. */
function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
}

/** The largest difference from what the engine has, relative to it; nothing but the last digit may differ. */
function distance(own: (x: number) => number, engine: (x: number) => number, from: number, to: number): number {
  const { uniform } = random(7);
  const places = Array.from({ length: 20_000 }, () => from + (to - from) * uniform());
  return Math.max(...places.map((x) => Math.abs(own(x) - engine(x)) / Math.max(Math.abs(engine(x)), 1e-3)));
}

describe('functions that are the same in every engine', () => {
  it('are those of the engine but for the last digit', () => {
    expect(distance(log, Math.log, 0, 1)).toBeLessThan(1e-13);
    expect(distance(log, Math.log, 1, 1000)).toBeLessThan(1e-15);
    expect(distance(exp, Math.exp, -40, 5)).toBeLessThan(1e-15);
    expect(distance(cos, Math.cos, -7, 7)).toBeLessThan(1e-13);
  });

  it('have these bits', () => {
    expect([log(0.3), log(1.7), log(0.9999999), exp(-0.2), exp(-7.3), cos(0.4), cos(2.1), cos(5.9)].map(bits)).toEqual([
      'bff34378fcbda721', '3fe0fae81914a991', 'be7ad7f2b1049b9f', '3fea330ad6166159', '3f4622d4792b6a8d', '3fed7954e7dba2f8', 'bfe027b304989eca', '3fedade73ef95029',
    ]);
  });

  it('have the values that mathematics has where those are numbers', () => {
    expect([log(1), log(0), exp(0), cos(0)]).toEqual([0, Number.NEGATIVE_INFINITY, 1, 1]);
    expect([log(-1), exp(1000), exp(-1000), log(Number.POSITIVE_INFINITY)]).toEqual([Number.NaN, Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY]);
  });
});

it('normal numbers have these bits', () => {
  const { normal, fillNormal } = random(1);
  const many = new Float64Array(2000);
  fillNormal(many);
  expect([normal(), normal(), many.reduce((sum, value) => sum + value, 0)].map(bits)).toEqual(['3fecf4854be316e5', 'bfcbc6f510d6792e', '40551478f50c92b2']);
});
