import { describe, expect, it } from 'vitest';
import { random } from '../../src/base/random.ts';

const COUNT = 100_000;

const UNIFORM = [0.0432719179083777, 0.49097104016640947, 0.1382302552590995];
const NORMAL = 0.4697129569937302;
const MANY = [-1.3768509023196789, -1.4254920060116512, 0.6922982105924245, 0.431899471885058];

function many(seed: number): Float64Array {
  const values = new Float64Array(COUNT);
  random(seed).fillNormal(values);
  return values;
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** So far from expectation a mean of so many values is once in ten thousand times. */
const FAR = 4 / Math.sqrt(COUNT);

describe('the stream of a seed', () => {
  it('is the same on every machine: these are its first numbers', () => {
    const { uniform, normal } = random(1);
    expect([uniform(), uniform(), uniform()]).toEqual(UNIFORM);
    expect(normal()).toBeCloseTo(NORMAL, 14);
  });

  it('has the same many normal numbers on every machine, but for last digits', () => {
    [...many(1).subarray(0, 4)].forEach((value, at) => expect(value).toBeCloseTo(MANY[at] as number, 12));
  });

  it('is another one for another seed', () => expect(many(1)[0]).not.toBe(many(2)[0]));
});

describe('many normal numbers at once', () => {
  const values = many(5);

  it('have the moments of a normal distribution', () => {
    expect(Math.abs(mean(values))).toBeLessThan(FAR);
    expect(Math.abs(mean(values.map((x) => x ** 2)) - 1)).toBeLessThan(FAR * Math.sqrt(2));
    expect(Math.abs(mean(values.map((x) => x ** 3)))).toBeLessThan(FAR * Math.sqrt(15));
    expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan(FAR * Math.sqrt(96));
  });

  it.each([[0.5, 0.6170750774519738], [2, 0.0455002638963584], [3.5, 0.000465258158071]])('are further than %d from zero as often as they should be', (bound, share) => {
    const found = values.filter((x) => Math.abs(x) > bound).length / COUNT;
    expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt(share / COUNT));
  });
});
