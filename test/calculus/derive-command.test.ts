import { describe, expect, it } from 'vitest';
import { derive } from './derive-in-process.ts';

const LEAST_SQUARES = ['||A x - b||^2', '--wrt', 'x', '--given', 'A : m×n; x : n; b : m'];

describe('a derivative as a formula', () => {
  it('in plain notation', async () => expect(await derive(...LEAST_SQUARES)).toEqual({ status: 0, out: "2 A' (A x - b)\n", err: '' }));
  it('in LaTeX', async () => expect((await derive(...LEAST_SQUARES, '--to', 'latex')).out).toBe('2 A^\\top (A x - b)\n'));
  it('in the layout asked for', async () => expect((await derive(...LEAST_SQUARES, '--layout', 'numerator')).out).toBe("2 (A x - b)' A\n"));
  it('of what begins with a minus', async () => expect((await derive('-log(x)', '--wrt', 'x', '--given', 'x : scalar')).out).toBe('-1/x\n'));
  it('of second order', async () => expect((await derive('||A x - b||^2', '--wrt', "x, x'", '--given', 'A : m×n; x : n; b : m')).out).toBe("2 A' A\n"));
  it('by what does not occur is zero', async () => expect((await derive("a' b", '--wrt', 'x', '--given', 'a : n; b : n; x : k')).out).toBe('0\n'));
  it('by what does not occur is zero in code, too, with the shape of the variable', async () => {
    const { status, out } = await derive("a' b", '--wrt', 'X', '--given', 'a : n; b : n; X : k×l', '--to', 'numpy');
    expect([status, out.includes('derivative = np.zeros((k, l))')]).toEqual([0, true]);
  });
  it('in LaTeX with a dot where a bracket would be differentiated', async () => {
    expect((await derive("(x' x + 1)^2 d/4", '--wrt', 'x', '--given', 'x : d', '--to', 'latex')).out).toBe("d \\cdot (x^\\top x + 1) x\n");
  });
  it('with Greek letters in LaTeX', async () => {
    expect((await derive('lambda ||x||^2', '--wrt', 'x', '--given', 'lambda : scalar; x : n', '--to', 'latex')).out).toBe('2 \\lambda x\n');
  });
});

describe('norms', () => {
  it('weighted by a matrix, and squared', async () => expect((await derive('||x - m||_P^2', '--wrt', 'x', '--given', 'P : n×n spd; x : n; m : n')).out).toBe('2 P (x - m)\n'));
});

describe('what is refused, with status 1 and a reason', () => {
  const refused = async (expression: string, wrt: string, given: string) => {
    const { status, out, err } = await derive(expression, '--wrt', wrt, '--given', given);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    return err;
  };
  it('an expectation', async () => expect(await refused("E[x' x]", 'x', 'x : n')).toContain('an expectation'));
  it('shapes that do not fit', async () => expect(await refused("x' A x", 'x', 'A : m×n; x : n')).toContain('do not fit'));
  it('a symbol without a shape', async () => expect(await refused("x' Q x", 'x', '')).toContain('the shape of x is not known'));
  it('a function of one number of two', async () => expect(await refused('cos(x, y)', 'x', 'x : n; y : n')).toContain('was not understood'));
  it('a number beside a column', async () => expect(await refused('sum(log(1 + exp(X w)))', 'w', 'X : m×n; w : n')).toContain('write `ones(m)`'));
  it('what cannot be read', async () => expect(await refused('x +', 'x', 'x : n')).toContain('it cannot be read'));
  it('more terms than can be read', async () => expect(await refused(Array.from({ length: 100_000 }, () => 'x').join(' + '), 'x', 'x : n')).toContain('too long'));
  it('more factors than can be read', async () => expect(await refused(`x' ${'A '.repeat(100_000)}x`, 'x', 'x : n; A : n×n')).toContain('too long'));
  it('brackets in brackets without end', async () => expect(await refused(`${'('.repeat(10_000)}x${')'.repeat(10_000)}`, 'x', 'x : n')).toContain('deep'));
  it.each([
    ['a function that jumps', 'sum(round(x))', 'x', 'x : n', 'round is no function that Chainrule knows: it jumps'],
    ['a function that nobody declares', "foo(x)' x", 'x', 'x : n', 'declare it, as in `foo : R -> R`'],
    ['a minimum', 'argmin_z ||z - x||^2', 'x', 'x, z : n', 'a minimum has no derivative that follows from its text'],
    ['functions that call one another', 'f(x)', 'x', 'x : scalar; f(x) = g(x) + x; g(x) = f(x)^2', 'f is defined by itself'],
    ['what two definitions define by one another', 'y', 'x', 'x : n; A : n×n; y = A z + x; z = A y', 'y is defined by itself'],
    ['the same by a number', 'y', 't', 't : scalar; y = z + t; z = y^2', 'y is defined by itself'],
    ['what an equation gives by itself', "y' y + x' x", 'x', 'x : n; A : n×n; y = A y + x', 'an equation gives only by itself'],
    ['a sum as the variable', "x' x", 'x + y', 'x, y : n', '`x + y` is no variable'],
    ['a sum that does not say what it runs over', 'sum_{(i,j)} (R_{ij} - u_i)^2', 'u', 'R : n×m; u : n; i : 1..n; j : 1..m', 'does not say over which index'],
    ['a function that calls itself', 'f(x)', 'x', 'x : scalar; f(x) = f(x) + x', 'f is defined by itself'],
  ])('%s', async (_, expression, wrt, given, reason) => expect(await refused(expression, wrt, given)).toContain(reason));
  it('code for a function that is left open', async () => {
    const { status, err } = await derive('f(x)', '--wrt', 'x', '--given', 'f : R^n -> R; x : n', '--to', 'numpy');
    expect(status).toBe(1);
    expect(err).toContain('left open');
  });
});

describe('wrong usage', () => {
  it('no expression', async () => expect(derive('--wrt', 'x')).rejects.toThrow('Which expression?'));
  it('no variable', async () => expect(derive('x')).rejects.toThrow('By which variable?'));
  it('two expressions', async () => expect(derive('x', 'y', '--wrt', 'x')).rejects.toThrow('One expression at a time'));
  it('a form that does not exist', async () => expect(derive(...LEAST_SQUARES, '--to', 'fortran')).rejects.toThrow('--to takes'));
});
