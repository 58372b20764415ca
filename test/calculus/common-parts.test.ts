import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveText, printDerived, printNamed, textOf } from '../../src/calculus/derive-text.ts';
import { emitCode } from '../../src/calculus/emit-code.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import { layoutOf, rowsOf } from './tables.ts';

function named(expression: string, wrt: string, given: string, notation: 'plain' | 'latex' = 'plain'): string {
  const answer = deriveText({ expression, wrt, given, layout: 'denominator' });
  return answer.kind === 'derived' ? printNamed(answer, 'denominator', notation) : answer.kind;
}

describe('what occurs several times in a derivative gets a name', () => {
  it.each([
    ['log(1 + ||y - X b||^2) + ||y - X b||^2', 'b', 'y : n; X : n×k; b : k', "-2 (1/(1 + ||y - X b||^2) + 1) X' (y - X b)"],
    ['softmax(W x)', 'x', 'W : m×n; x : n', "W' (diag(p) - p p') where p = softmax(W x)"],
    ["log(1 + (x - m)' S^-1 (x - m))", 'S', 'x, m : n; S : n×n spd', "-u u'/(1 + (x - m)' u) where u = S^-1 (x - m)"],
    ["tr((X' B X)^-1 (X' A X))", 'X', 'A, B : n×n spd; X : n×k', "2 (A - B P X' A) P where P = X (X' B X)^-1"],
  ])('d/d%2$s %1$s', (expression, wrt, given, expected) => expect(named(expression, wrt, given)).toBe(expected));

  it('in LaTeX in words', () =>
    expect(named('softmax(W x)', 'x', 'W : m×n; x : n', 'latex')).toBe("W^\\top (\\operatorname{diag}(p) - p p^\\top) \\quad\\text{where } p = \\operatorname{softmax}(W x)"));

  it.each([
    ['what is as long with its name', 'log(1 + ||A x - b||^2)', 'x', 'A : m×n; x : n; b : m', "2 A' (A x - b)/(1 + ||A x - b||^2)"],
    ['a member of a sum, which an index counts', 'sum_{i=1}^{N} exp(x_i\' w + x_i\' w (x_i\' w)^2)', 'w', 'x_i : d; w : d; i : 1..N', null],
  ])('but not %s', (_, expression, wrt, given, expected) => {
    const found = named(expression, wrt, given);
    expect(found).not.toContain('where');
    if (expected !== null) expect(found).toBe(expected);
  });

  it('by a letter that the text does not use', () =>
    expect(named('softmax(W p)', 'p', 'W : m×n; p : n; u : n; v : 1')).toBe("W' (diag(r) - r r') where r = softmax(W p)"));
});

describe('what the text has a name for is called by it', () => {
  it.each([
    ["||y - X b||^2", 'b', 'y : n; X : n×k; b : k; r = y - X b', "-2 X' r"],
    ["||X b - y||^2", 'b', 'y : n; X : n×k; b : k; r = y - X b', "-2 X' r"],
    ["x' (A + A') x", 'x', "A : n×n; x : n; S = A + A'", '2 S x'],
    ["(x - m)' S^-1 (x - m)", 'S', 'x, m : n; S : n×n spd; z = S^-1 (x - m)', "-z z'"],
    ["exp(-1/2 x' x)", 'x', "x : n; g = exp(-1/2 x' x)", '-g x'],
  ])('d/d%2$s %1$s with %3$s', (expression, wrt, given, expected) => expect(named(expression, wrt, given)).toBe(expected));
});

const ROWS = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md')).flatMap((file) => rowsOf(join(import.meta.dirname, file)));

describe('over all tables', () => {
  const written = ROWS.flatMap((row) => {
    const layout = layoutOf(row);
    const answer = deriveText({ ...row, layout });
    if (answer.kind !== 'derived') return [];
    const [plain, name] = [printDerived(answer.built, answer.derived.term, 'plain'), printNamed(answer, layout, 'plain')];
    return plain === name ? [] : [{ row, layout, plain, name }];
  });
  it('there are some with names', () => expect(written.length).toBeGreaterThan(15));
  it.each(written.map((one) => [one.name, one] as const))('%s is shorter and verified', (_, { row, layout, plain, name }) => {
    expect((name.split(' where ')[0] as string).length).toBeLessThan(plain.length);
    const text = `layout ${layout}\n${textOf({ ...row, layout }).trimEnd()} = ${name}\n`;
    const { claims, diagnostics } = checkDocument(text, 'plain', { verify: true, repair: false });
    expect({ status: claims?.at(-1)?.status, told: diagnostics.map(({ message }) => message) }).toEqual({ status: 'verified', told: [] });
  });
});

describe('code computes once what occurs twice', () => {
  const body = (expression: string, wrt: string, given: string) => {
    const request = { expression, wrt, given, layout: 'denominator' } as const;
    const answer = deriveText(request);
    const emitted = answer.kind === 'derived' ? emitCode(answer, 'numpy', request) : null;
    return emitted?.kind === 'code' ? emitted.text.slice(emitted.text.lastIndexOf('"""') + 3, emitted.text.indexOf('    return value')).trim().split(/\n\s*/) : [];
  };
  it('in value and derivative together', () =>
    expect(body('||A x - b||^2', 'x', 'A : m×n; x : n; b : m')).toEqual(['r = A @ x - b', 'value = np.linalg.norm(r) ** 2', 'derivative = 2 * (A.T @ r)']));
  it('solves a system and forms no inverse for it', () =>
    expect(body("a' X^-1 b", 'X', 'a, b : n; X : n×n')).toEqual(['u = np.linalg.solve(X.T, a)', 'value = u @ b', 'derivative = -np.outer(u, np.linalg.solve(X, b))']));
  it('in an order in which it can be computed', () =>
    expect(body('log(1 + exp(w\' x + b))', 'w', 'w, x : n; b : scalar')).toEqual(['s = np.exp(w @ x + b)', 't = 1 + s', 'value = np.log(t)', 'derivative = s * x / t']));
});
