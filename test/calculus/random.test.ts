import { describe, expect, it } from 'vitest';
import { random as randomNumbers } from '../../src/base/random.ts';
import { deriveText, printDerived, printEntries } from '../../src/calculus/derive-text.ts';
import { checkDocument } from '../../src/check/check-document.ts';

// Random numbers made of vectors and matrices of fitting shapes, differentiated by one of their symbols:
// whatever comes out has to pass the check against finite differences.

const GIVEN = ['x, a : n', 'b, c : m', 'M : m×n', 'Q : n×n'];
const SYMBOLS = ['x', 'a', 'b', 'c', 'M', 'Q'] as const;
const FUNCTIONS = ['tanh', 'sigmoid', 'sin', 'exp', 'softplus', 'cos'];

type Size = 'n' | 'm';

function grower(uniform: () => number) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(uniform() * list.length)] as T;
  const column = (size: Size, depth: number): string => {
    if (depth <= 0) return size === 'n' ? pick(['x', 'a', 'x']) : pick(['b', 'c']);
    const again = () => column(size, depth - 1);
    const common = [
      () => `(${again()} + ${again()})`, () => `(${again()} - ${again()})`, () => `${pick(FUNCTIONS)}(${again()})`, () => `(${again()} .* ${again()})`, () => `(${scalar(depth - 1)} ${again()})`,
    ];
    const own = size === 'n' ? [() => `(M' ${column('m', depth - 1)})`, () => `(Q ${again()})`] : [() => `(M ${column('n', depth - 1)})`];
    return pick([...common, ...own])();
  };
  const scalar = (depth: number): string => {
    const size = pick<Size>(['n', 'm']);
    const one = () => column(size, depth - 1);
    return pick([
      () => `(${one()})' (${one()})`, () => `||${one()}||^2`, () => `sum(${one()})`, () => `logsumexp(${one()})`, () => `||${one()}||`, () => `log(1 + ||${one()}||^2)`,
      () => `(${column('n', depth - 1)})' Q (${column('n', depth - 1)})`,
    ])();
  };
  return { pick, scalar };
}

function verdict(expression: string, wrt: string): string {
  const asked = deriveText({ expression, wrt, given: GIVEN.join('\n'), layout: 'denominator' });
  if (asked.kind !== 'derived') return asked.kind === 'refused' ? asked.reason : printEntries(asked, 'plain');
  const derivative = printDerived(asked.built, asked.derived.term, 'plain');
  const text = ['layout denominator', ...GIVEN, `g = ${expression}`, `dg/d${wrt} = ${derivative}`, ''].join('\n');
  const { claims, diagnostics } = checkDocument(text, 'plain', { verify: true, repair: false });
  const claim = claims?.[0];
  return claim?.status === 'verified' ? 'verified' : [derivative, claim?.reason ?? '', ...diagnostics.map(({ message }) => message)].join('\n');
}

describe('derivatives of random expressions', () => {
  const { pick, scalar } = grower(randomNumbers(31).uniform);
  const cases = Array.from({ length: 120 }, (_, at) => {
    const expression = scalar(2 + (at % 4));
    return { expression, wrt: pick(SYMBOLS.filter((symbol) => new RegExp(`\\b${symbol}\\b`).test(expression))) };
  });
  for (const { expression, wrt } of cases) it(`d/d${wrt} ${expression}`, () => expect(verdict(expression, wrt)).toBe('verified'));
});

describe('what cancels keeps its shape', () => {
  const CASES = [
    ["sum(logsumexp(c - c) ((x - a) .* sigmoid(x)))", 'x'], ["(exp(c - c) .* M x)' b", 'b'], ['sum(cos(M\' exp(c - c)))', 'M'], ["(tanh(x - x))' Q a", 'a'],
    ["(Q softplus(x - x))' a", 'a'], ['sum(max(x, x - x))', 'x'], ['||sigmoid(x - x) .* x||^2', 'x'], ["(c - c)' M x", 'M'],
  ] as const;
  for (const [expression, wrt] of CASES) it(`d/d${wrt} ${expression}`, () => expect(verdict(expression, wrt)).toBe('verified'));
});
