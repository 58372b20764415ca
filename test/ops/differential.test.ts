import { describe, expect, it } from 'vitest';
import { deriveText, printDerived, textOf } from '../../src/calculus/derive-text.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import { OPS } from '../../src/ops/table.ts';
import { OP_NAMES, type OpName } from '../../src/syntax/notation.ts';

/** What is differentiated by what, with what given. */
type Example = readonly [expression: string, wrt: string, given: string];

const VECTOR = 'x : n; g : n';
const SQUARE = 'X : n×n; G : n×n';

function entrywise(name: string, given = VECTOR): readonly Example[] {
  return [[`g' ${name}(x)`, 'x', given], [`${name}(s)`, 's', given.replace('x : n', 's : scalar')]];
}

/** For every operator expressions in which it is differentiated; null where it has no rule, or where plain notation cannot write it. */
const EXAMPLES: Readonly<Record<OpName, readonly Example[] | null>> = {
  add: [["g' (x + 2 x)", 'x', VECTOR]],
  sub: [["g' (x - 3 x)", 'x', VECTOR]],
  plusMinus: null,
  neg: [["g' (-x)", 'x', VECTOR]],
  mul: [["g' X h", 'X', 'X : m×n; g : m; h : n'], ["tr(G' X X)", 'X', SQUARE], ["s g' x s", 's', `${VECTOR}; s : scalar`]],
  dot: [['g · x', 'x', VECTOR]],
  times: [["2 × g' x", 'x', VECTOR]],
  div: [["g' x / (x' x)", 'x', VECTOR]],
  hadamard: [["g' (x .* x .* g)", 'x', VECTOR]],
  compose: [["g' (x ∘ x)", 'x', VECTOR]],
  hadamardDiv: [["g' (g ./ x)", 'x', `${VECTOR} `.replace('x : n', 'x : n positive')]],
  kron: [['tr(A ⊗ X)', 'X', 'A : m×m; X : n×n'], ['sum(A ⊗ X)', 'X', 'A : m×k; X : n×l'], ["tr((C ⊗ D)' (A ⊗ X))", 'X', 'A : m×k; X : n×l; C : m×k; D : n×l']],
  inner: [['<g, x>', 'x', VECTOR], ['<G, X>', 'X', SQUARE]],
  transpose: [["x' g", 'x', VECTOR], ["tr(G X')", 'X', SQUARE]],
  inverse: [["tr(G' X^-1)", 'X', SQUARE]],
  pinv: [["tr(G' X^+)", 'X', 'X : m×n; G : n×m']],
  pow: [['s^3', 's', 's : scalar'], ['s^t', 't', 's : scalar positive; t : scalar'], ["tr(G' X^3)", 'X', SQUARE], ["tr(G' X^(-2))", 'X', SQUARE]],
  hadamardPow: [["g' x.^3", 'x', VECTOR]],
  norm: [['||x||', 'x', VECTOR], ['||X||', 'X', SQUARE]],
  norm1: [['||x||_1', 'x', VECTOR]],
  normInf: [['||x||_inf', 'x', VECTOR]],
  normF: [['||X||_F', 'X', SQUARE]],
  norm2: [['||x||_2', 'x', VECTOR], ['||X||_2', 'X', 'X : m×n'], ['||A X - B||_2^2', 'X', 'A : k×n; X : n×m; B : k×m']],
  normNuclear: [['||X||_*', 'X', 'X : n×2']],
  normWeighted: [['||x||_A', 'x', 'x : n; A : n×n spd'], ['||x||_A', 'A', 'x : n; A : n×n spd']],
  bars: [['|s|', 's', 's : scalar'], ['|X|', 'X', SQUARE]],
  det: [['det(X)', 'X', SQUARE]],
  adj: [["tr(G' adj(X))", 'X', SQUARE]],
  logdet: [['logdet(X)', 'X', 'X : n×n spd']],
  trace: [['tr(X)', 'X', SQUARE]],
  diag: [["g' diag(x) g", 'x', VECTOR], ["g' diag(X)", 'X', 'X : n×n; g : n']],
  vec: [["vec(G)' vec(X)", 'X', SQUARE], ["vec(H)' (B ⊗ A) vec(X)", 'X', 'A : k×n; X : n×m; B : l×m; H : k×l']],
  vech: null,
  skew: [["g' (x × h)", 'x', 'g : 3; x : 3; h : 3'], ["g' (h × (h × x))", 'x', 'g : 3; x : 3; h : 3'], ["g' skew(2 x + h)' h", 'x', 'g : 3; x : 3; h : 3']],
  expm: [['tr(expm(X))', 'X', SQUARE]],
  logm: [['tr(logm(X))', 'X', 'X : n×n spd']],
  sqrtm: [['tr(sqrtm(X))', 'X', 'X : n×n spd'], ['tr(sqrtm(X)) + tr(X)', 'X', 'X : n×n spd']],
  sinm: [['tr(sinm(X))', 'X', SQUARE], ['tr(X sinm(2 X))', 'X', SQUARE]],
  cosm: [['tr(cosm(X))', 'X', SQUARE], ['tr(cosm(X) expm(X))', 'X', SQUARE]],
  rank: null,
  lambdaMax: [['lambdamax(S)', 'S', 'S : n×n symmetric'], ["lambdamax(X' X)", 'X', 'X : m×n'], ['lambdamax(S + s T)', 's', 's : scalar; S : n×n symmetric; T : n×n symmetric']],
  lambdaMin: [['lambdamin(S)', 'S', 'S : n×n spd'], ['log(lambdamax(S)/lambdamin(S))', 'S', 'S : n×n spd']],
  vMax: [["g' vmax(S)", 'S', 'S : n×n symmetric; g : n'], ["g' vmax(S + s T)", 's', 's : scalar; S : n×n symmetric; T : n×n symmetric; g : n']],
  vMin: [["g' vmin(S)", 'S', 'S : n×n symmetric; g : n']],
  exp: entrywise('exp'), log: entrywise('log', 'x : n positive; g : n'), sqrt: entrywise('sqrt', 'x : n positive; g : n'),
  sin: entrywise('sin'), cos: entrywise('cos'), tan: entrywise('tan'), asin: entrywise('asin'), acos: entrywise('acos'), atan: entrywise('atan'),
  sinh: entrywise('sinh'), cosh: entrywise('cosh'), tanh: entrywise('tanh'), sigmoid: entrywise('sigmoid'), relu: entrywise('relu'),
  softplus: entrywise('softplus'), gelu: entrywise('gelu'), silu: entrywise('silu'), erf: entrywise('erf'), abs: entrywise('abs'),
  sign: [["g' sign(x)", 'x', VECTOR]],
  positivePart: [["g' [x]_+", 'x', VECTOR]],
  indicator: [["g' Ind(x > 0)", 'x', VECTOR]],
  greater: [["x' Ind(x > g)", 'x', VECTOR]],
  greaterEqual: [["x' Ind(x >= g)", 'x', VECTOR]],
  less: [["x' Ind(x < g)", 'x', VECTOR]],
  lessEqual: [["x' Ind(x <= g)", 'x', VECTOR]],
  equal: null,
  unequal: [["x' Ind(x != g)", 'x', VECTOR]],
  total: [['sum(X)', 'X', SQUARE]],
  mean: [['mean(X)', 'X', SQUARE]],
  softmax: [["g' softmax(x)", 'x', VECTOR], ["sum(G .* softmax(X))", 'X', 'X : m×n; G : m×n']],
  logsumexp: [['logsumexp(x)', 'x', VECTOR], ['logsumexp(X)', 'X', SQUARE]],
  max: [['max(x)', 'x', VECTOR], ["g' max(x, 2 g)", 'x', VECTOR], ["g' max(0, x)", 'x', VECTOR]],
  min: [['min(x)', 'x', VECTOR], ["g' min(x, 2 g)", 'x', VECTOR]],
  cases: null,
  cov: null,
  variance: null,
  identity: [["g' I x", 'x', VECTOR]],
  ones: [["ones(n)' x", 'x', VECTOR]],
  zeros: [["zeros(n)' x", 'x', VECTOR]],
  basis: null,
  kronecker: null,
  pi: [["pi g' x", 'x', VECTOR]],
  euler: [["e^s", 's', 's : scalar']],
  infinity: null,
  commutation: null,
  duplication: null,
};

describe('the differential rule of every operator agrees with differences', () => {
  for (const op of OP_NAMES) {
    for (const [expression, wrt, given] of EXAMPLES[op] ?? []) {
      it(`${op}: d/d${wrt} ${expression}`, () => {
        const request = { expression, wrt, given, layout: 'denominator' } as const;
        const answer = deriveText(request);
        const result = answer.kind !== 'derived' ? 'no derivative' : printDerived(answer.built, answer.derived.term, 'plain');
        const { claims, diagnostics } = checkDocument(`layout denominator\n${textOf(request).trimEnd()} = ${result}\n`, 'plain', { verify: true, repair: false });
        const mistakes = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
        expect({ result, status: claims?.at(-1)?.status, mistakes }).toEqual({ result, status: 'verified', mistakes: [] });
      });
    }
  }
});

describe('an operator without an example', () => {
  for (const op of OP_NAMES.filter((name) => EXAMPLES[name] === null)) {
    it(`${op} says why it has no rule, or never changes, or is written in LaTeX only`, () => {
      const { differential } = OPS[op];
      if (differential.kind === 'none') expect(differential.reason.length).toBeGreaterThan(20);
      else expect(differential.kind === 'constant' || op === 'cases').toBe(true);
    });
  }
});
