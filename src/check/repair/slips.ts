import { copyOf, made, numeral, productOf, replaced, withChildren } from '../../ops/rewrite.ts';
import { type ApplyTerm, childrenOf, type Selector, type SymbolId, type SymbolTerm, type Term, walk } from '../../ops/term.ts';
import type { OpName } from '../../syntax/notation.ts';

/** What a proposal may look at besides the node itself. */
export interface Surroundings {
  readonly isScalar: (term: Term) => boolean;
  readonly isVector: (term: Term) => boolean;
  readonly isSquare: (term: Term) => boolean;
  /** Declared to be its own transpose. */
  readonly isSymmetric: (term: Term) => boolean;
  /** Symbols and entries of the same shape, and of another one, that the claim or its section speaks of. */
  readonly alike: (term: Term) => readonly Term[];
  readonly unlike: (term: Term) => readonly Term[];
  /** Those that are no scalars. */
  readonly factors: (term: Term) => readonly Term[];
  /** Whether `x^2` of a vector is read entry by entry. */
  readonly broadcasts: boolean;
  /** The symbols that may come into the claim. */
  readonly mentions: readonly Term[];
  /** Scalars that the claim speaks of, as terms. */
  readonly scalars: readonly Term[];
  /** For a whole term, or what a sum adds up, the entries that are numbers, under the indices that count there, and the signs of what has a size. */
  readonly weights: (term: Term) => readonly Term[];
  /** Whether the node is a whole term: the side itself or an operand of its outermost sums. */
  readonly isWholeTerm: (term: Term) => boolean;
  /** Whether the node is an entry of a matrix that is written out. */
  readonly isCell: (term: Term) => boolean;
  /** Whether nobody would write a 1 in its place: among the factors of a product, below the stroke of a quotient, and as an exponent. */
  readonly isIdleAsOne: (term: Term) => boolean;
  /** Symbols, and products of two of them, that have the shape of a whole side, transposes among them; of other terms none. */
  readonly products: (term: Term) => readonly Term[];
  /** Derivatives of the functions that definitions around apply to a symbol, where they have the shape of a whole side: `\sigma'(z)`. */
  readonly slopes: (term: Term) => readonly Term[];
  /** Whether no `+` or `-` stands before the term that could be turned round. */
  readonly isLeading: (term: Term) => boolean;
}

/** A way in which people go wrong, and for a node the terms that would stand there if they had not. */
export interface Slip {
  readonly name: string;
  /** Whether shapes alone are reason enough to suggest it, where no numbers can judge. */
  readonly byShape: boolean;
  /** What went wrong, as the beginning of a sentence, of what stands there and what should. */
  readonly says: (target: Term, replacement: Term) => string;
  readonly propose: (node: Term, around: Surroundings) => readonly Term[];
}

// ---- transposes

/** The term with the sign of every transpose pushed inwards, so that two which differ in nothing else are alike. */
export function settled(term: Term, around: Surroundings): Term {
  const inside = withChildren(
    term,
    childrenOf(term).map((child) => settled(child, around)),
  );
  return inside.kind === 'apply' && inside.op === 'transpose' ? transposed(inside.args[0] as Term, around) : inside;
}

/** The transpose with the sign pushed inwards: `(A B)'` is `B' A'`, of a scalar it is itself. */
function transposed(node: Term, around: Surroundings): Term {
  if (around.isScalar(node) || node.kind === 'number' || around.isSymmetric(node)) return copyOf(node);
  if (node.kind !== 'apply') return made('transpose', copyOf(node));
  const args = node.args as readonly [Term, ...Term[]];
  switch (node.op) {
    case 'transpose':
      return copyOf(args[0]);
    case 'mul':
      return made('mul', ...transposedFactors(args, around));
    case 'add':
    case 'sub':
    case 'neg':
    case 'hadamard':
    case 'kron':
      return { ...node, args: args.map((arg) => transposed(arg, around)) };
    case 'div':
      return { ...node, args: [transposed(args[0], around), copyOf(args[1] as Term)] };
    case 'diag':
    case 'identity':
      return copyOf(node);
    default:
      return made('transpose', copyOf(node));
  }
}

/** Scalars stay in front; the others are transposed and change places. */
function transposedFactors(factors: readonly Term[], around: Surroundings): readonly Term[] {
  const scalars = factors.filter(around.isScalar);
  const others = factors.filter((factor) => !around.isScalar(factor));
  return [...scalars.map(copyOf), ...[...others].reverse().map((factor) => asWritten(factor, around))];
}

/** The transpose as people write it: `(A x - b)'`, not `x' A' - b'`, where that is longer. */
function asWritten(node: Term, around: Surroundings): Term {
  const inside = transposed(node, around);
  const isLonger = (isUnder(node, 'add') || isUnder(node, 'sub')) && count(inside, 'transpose') > count(node, 'transpose');
  return isLonger ? made('transpose', copyOf(node)) : inside;
}

function transposes(node: Term, around: Surroundings): readonly Term[] {
  if (
    around.isScalar(node) ||
    around.isSymmetric(node) ||
    node.kind === 'number' ||
    node.kind === 'hole' ||
    isUnder(node, 'diag') ||
    isUnder(node, 'identity')
  )
    return [];
  return [asWritten(node, around)];
}

function isUnder(node: Term, op: OpName): boolean {
  return node.kind === 'apply' && node.op === op;
}

/** `A_{ij}` for `A_{ji}`, which nobody would write as an entry of the transpose, and `z_i x_j` for `z_j x_i`. */
function exchangedIndices(node: Term): readonly Term[] {
  if (node.kind === 'apply' && node.op === 'mul') return indexPairs(node).map(([i, j]) => underExchanged(node, i, j));
  if (node.kind !== 'entry' || node.selectors.length !== 2 || node.selectors.some(({ kind }) => kind === 'all')) return [];
  return [{ ...node, base: copyOf(node.base), selectors: [...node.selectors].reverse() }];
}

/** The letters that count in the entries of a product and are not bound in it, two by two. */
function indexPairs(product: Term): readonly (readonly [SymbolId, SymbolId])[] {
  const inside = [...walk(product)];
  const bound = new Set(inside.flatMap((term) => (term.kind === 'binder' ? term.indices : [])));
  const counting = inside.flatMap((term) => (term.kind === 'entry' ? term.selectors : [])).flatMap(countingIn);
  const ids = [...new Set(counting)].filter((id) => !bound.has(id));
  return ids.flatMap((i, at) => ids.slice(at + 1).map((j) => [i, j] as const)).slice(0, MOST_INDEX_PAIRS);
}

/** Pairs of indices that are exchanged in one product. */
const MOST_INDEX_PAIRS = 3;

function countingIn(selector: Selector): readonly SymbolId[] {
  return selector.kind === 'at' && selector.index.kind === 'symbol' ? [selector.index.id] : [];
}

function underExchanged(term: Term, i: SymbolId, j: SymbolId): Term {
  if (term.kind === 'symbol') return { ...term, id: term.id === i ? j : term.id === j ? i : term.id };
  return withChildren(
    term,
    childrenOf(term).map((child) => underExchanged(child, i, j)),
  );
}

// ---- order

const ORDERED: ReadonlySet<OpName> = new Set(['mul', 'kron', 'dot']);
/** Longer products are not permuted. */
const MOST_FACTORS = 7;

/** The factors in other orders; scalars stay where they are. */
function orders(node: Term, around: Surroundings): readonly Term[] {
  if (node.kind !== 'apply' || !ORDERED.has(node.op) || node.args.length > MOST_FACTORS) return [];
  const moving = node.args.filter((arg) => !around.isScalar(arg));
  const pairs = moving.flatMap((_, i) => moving.slice(i + 1).map((_, k) => [i, i + 1 + k] as const));
  const nearest = [...pairs].sort(([a, b], [c, d]) => b - a - (d - c));
  const others = [...nearest.map(([i, j]) => swapped(moving, i, j)), [...moving].reverse(), [...moving.slice(1), ...moving.slice(0, 1)]];
  return others.map((order) => ({ ...node, args: amongScalars(node.args, order, around) }));
}

function amongScalars(args: readonly Term[], order: readonly Term[], around: Surroundings): readonly Term[] {
  const rest = [...order];
  return args.map((arg) => (around.isScalar(arg) ? arg : (rest.shift() as Term)));
}

function swapped(args: readonly Term[], i: number, j: number): readonly Term[] {
  return args.map((arg, at) => (at === i ? args[j] : at === j ? args[i] : arg) as Term);
}

// ---- `A + λ I` for `A + λ`, and an identity of another size

function identities(node: Term, around: Surroundings): readonly Term[] {
  if (isUnder(node, 'identity')) return node.kind === 'apply' && node.args.length > 0 ? [made('identity')] : [];
  if (node.kind !== 'apply' || (node.op !== 'add' && node.op !== 'sub')) return [];
  const [left, right] = node.args as readonly [Term, Term];
  const scaled = (scalar: Term) => productOf([copyOf(scalar), made('identity')]);
  if (around.isSquare(left) && around.isScalar(right)) return [{ ...node, args: [left, scaled(right)] }];
  return around.isSquare(right) && around.isScalar(left) ? [{ ...node, args: [scaled(left), right] }] : [];
}

// ---- signs

const OPPOSITE: Partial<Record<OpName, OpName>> = {
  add: 'sub',
  sub: 'add',
  greater: 'less',
  less: 'greater',
  greaterEqual: 'lessEqual',
  lessEqual: 'greaterEqual',
};

/** `z > 0` for `z >= 0`. */
const STRICT: Partial<Record<OpName, OpName>> = { greater: 'greaterEqual', less: 'lessEqual', greaterEqual: 'greater', lessEqual: 'less' };

function signs(node: Term, around: Surroundings): readonly Term[] {
  const whole = around.isLeading(node) ? [made('neg', copyOf(node))] : [];
  if (node.kind !== 'apply') return whole;
  const opposite = OPPOSITE[node.op];
  if (node.op === 'neg') return [copyOf(node.args[0] as Term)];
  if (opposite === undefined) return whole;
  const strict = STRICT[node.op];
  if (strict !== undefined)
    return [
      { ...node, op: opposite },
      { ...node, op: strict },
    ];
  return [{ ...node, op: opposite }, ...(node.op === 'sub' ? [{ ...node, args: swapped(node.args, 0, 1) }] : []), ...whole];
}

// ---- constant and scalar factors

function factors(node: Term, around: Surroundings): readonly Term[] {
  const weighted = around.weights(node).map((weight) => times(weight, node));
  return [
    ...ofNumber(node, around),
    ...withoutScalars(node, around),
    ...weighted,
    ...(around.isWholeTerm(node) ? scaled(node, around) : []),
  ];
}

function ofNumber(node: Term, { isIdleAsOne, isCell }: Surroundings): readonly Term[] {
  if (node.kind === 'apply' && node.op === 'div' && node.args[1]?.kind === 'number') return [copyOf(node.args[0] as Term)];
  if (node.kind !== 'number') return [];
  return [node.value * 2, node.value / 2, node.value + 1, node.value - 1]
    .filter((value) => Number.isInteger(value) && (value > (isIdleAsOne(node) ? 1 : 0) || (value === 0 && isCell(node))))
    .map((value) => numeral(value, node));
}

/** A product without one of its scalar factors. */
function withoutScalars(node: Term, around: Surroundings): readonly Term[] {
  if (node.kind !== 'apply' || node.op !== 'mul') return [];
  const { args } = node;
  return args.flatMap((arg, at) => (around.isScalar(arg) ? [productOf(args.filter((_, k) => k !== at))] : []));
}

function scaled(node: Term, around: Surroundings): readonly Term[] {
  const two = numeral(2, node);
  const half = made('div', numeral(1, node), numeral(2, node));
  const byScalars = around.scalars.flatMap((scalar) => [times(scalar, node), times(made('div', numeral(1, node), copyOf(scalar)), node)]);
  const byRoots = around.scalars.map((scalar) => times(made('div', numeral(1, node), made('sqrt', copyOf(scalar))), node));
  return [...(isHalved(node) ? [] : [times(two, node)]), times(half, node), ...byScalars, ...byRoots];
}

/** Twice `λ/2 w` is `λ w`, which leaves the two out. */
function isHalved(node: Term): boolean {
  const factors = node.kind === 'apply' && node.op === 'mul' ? node.args : [node];
  return factors.some(
    (factor) => factor.kind === 'apply' && factor.op === 'div' && factor.args[1]?.kind === 'number' && factor.args[1].value === 2,
  );
}

function isReciprocal(term: Term): term is ApplyTerm {
  return term.kind === 'apply' && term.op === 'div' && term.args[0]?.kind === 'number' && term.args[0].value === 1;
}

/** Another factor, behind a number that stands in front, or multiplied with it. */
function times(factor: Term, node: Term): Term {
  const rest = (node.kind === 'apply' && node.op === 'mul' ? node.args : [node]).map(copyOf);
  const first = rest[0] as Term;
  if (first.kind === 'number' && factor.kind === 'number') return productOf([numeral(first.value * factor.value, first), ...rest.slice(1)]);
  if (first.kind === 'number' && isReciprocal(factor))
    return productOf([{ ...factor, args: [first, factor.args[1] as Term] }, ...rest.slice(1)]);
  return first.kind === 'number' && factor.kind !== 'number'
    ? productOf([first, copyOf(factor), ...rest.slice(1)])
    : productOf([copyOf(factor), ...rest]);
}

// ---- entry by entry, diag, the derivative of a function

function entrywise(node: Term, around: Surroundings): readonly Term[] {
  if (node.kind === 'call') return [{ ...node, order: node.order === 0 ? 1 : node.order - 1 }, ...wrapped(node, around)];
  if (node.kind !== 'apply') return wrapped(node, around);
  const { op, args } = node;
  if (op === 'hadamard') return [{ ...node, op: 'mul' }, ...wrapped(node, around)];
  if (op === 'diag') return [copyOf(args[0] as Term)];
  if (op !== 'mul') return wrapped(node, around);
  return args.slice(1).flatMap((_, at) => [joined(args, at)]);
}

/** A product with two neighbours multiplied entry by entry. */
function joined(args: readonly Term[], at: number): Term {
  const pair = made('hadamard', args[at] as Term, args[at + 1] as Term);
  return productOf([...args.slice(0, at), pair, ...args.slice(at + 2)]);
}

function wrapped(node: Term, around: Surroundings): readonly Term[] {
  return around.isVector(node) ? [made('diag', copyOf(node))] : [];
}

// ---- symbols, inverses, powers

function symbols(node: Term, around: Surroundings): readonly Term[] {
  if (node.kind === 'symbol' || node.kind === 'entry')
    return [...around.alike(node), ...around.unlike(node)].map((other) => ({ ...copyOf(other), span: node.span }));
  return around.isWholeTerm(node) || (node.kind === 'apply' && node.op === 'mul') ? exchanged(node) : [];
}

/** Sums and products of more symbols are not permuted. */
const MOST_LEAVES = 9;

/** Two symbols in each other's place: `B' A v` for `A' B v`. */
function exchanged(node: Term): readonly Term[] {
  const leaves = [...walk(node)].filter((term): term is SymbolTerm => term.kind === 'symbol');
  if (leaves.length > MOST_LEAVES) return [];
  const pairs = leaves.flatMap((a, at) =>
    leaves
      .slice(at + 1)
      .filter((b) => b.id !== a.id)
      .map((b) => [a, b] as const),
  );
  return pairs.map(([a, b]) => replaced(replaced(node, a, { ...a, id: b.id }), b, { ...b, id: a.id }));
}

function inverses(node: Term, around: Surroundings): readonly Term[] {
  if (node.kind === 'apply') {
    const [a, b] = node.args as readonly [Term, Term];
    if (node.op === 'inverse') return [copyOf(a)];
    if (node.op === 'div') return [{ ...node, args: [b, a] }, made('mul', a, b)];
    if (node.op === 'pow' && b.kind === 'number') return powers(node, a, b.value);
    if (node.op === 'sqrt') return [copyOf(a)];
  }
  if (around.isScalar(node) && node.kind !== 'number') return [made('div', numeral(1, node), copyOf(node))];
  return around.isSquare(node) && node.kind === 'symbol' ? [made('inverse', copyOf(node))] : [];
}

/** `1 - \tanh^2 z` for `1 - \tanh z`, `‖x‖` for `‖x‖²`. */
function squares(node: Term, around: Surroundings): readonly Term[] {
  if (node.kind === 'number' || node.kind === 'hole' || (around.isSquare(node) && !around.isScalar(node))) return [];
  if (node.kind === 'apply' && POWERS.has(node.op)) {
    const [base, exponent] = node.args as readonly [Term, Term];
    return exponent.kind === 'number' && exponent.value === 2 ? [copyOf(base)] : [];
  }
  const op = around.isScalar(node) || around.broadcasts ? 'pow' : 'hadamardPow';
  return [made(op, copyOf(node), numeral(2, node))];
}

const POWERS: ReadonlySet<OpName> = new Set(['pow', 'hadamardPow']);

function powers(node: Term, base: Term, exponent: number): readonly Term[] {
  const other = (value: number) => (value === 1 ? copyOf(base) : made('pow', copyOf(base), numeral(value, node)));
  return [exponent - 1, exponent + 1, 2 * exponent].filter((value) => value > 0).map(other);
}

/** `A⁻¹ (dA) A⁻¹` for `(dA) A⁻²`: of what does not commute a half of the power stands on each side. */
function halvesOnBothSides(node: Term, around: Surroundings): readonly Term[] {
  if (node.kind !== 'apply' || node.op !== 'mul') return [];
  return node.args.flatMap((factor, at) => {
    const half = around.isScalar(factor) ? null : halfOf(factor);
    if (half === null) return [];
    const others = node.args.filter((_, k) => k !== at);
    const [scalars, rest] = [others.filter(around.isScalar), others.filter((other) => !around.isScalar(other))];
    return [productOf([...scalars.map(copyOf), half, ...rest.map(copyOf), copyOf(half)])];
  });
}

/** The root of an even power. */
function halfOf(factor: Term): Term | null {
  if (factor.kind !== 'apply' || factor.op !== 'pow') return null;
  const [base, exponent] = factor.args as readonly [Term, Term];
  const isNegative = isUnder(exponent, 'neg');
  const size = isNegative ? (exponent as ApplyTerm).args[0] : exponent;
  if (size?.kind !== 'number' || size.value === 0 || size.value % 2 !== 0) return null;
  if (Math.abs(size.value) === 2) return isNegative === size.value > 0 ? made('inverse', copyOf(base)) : copyOf(base);
  const half = numeral(size.value / 2, size);
  return made('pow', copyOf(base), isNegative ? made('neg', half) : half);
}

// ---- terms

/** `(A + A') x` for `2 A x`. */
function symmetrized(node: Term, around: Surroundings): readonly Term[] {
  if (node.kind !== 'apply' || node.op !== 'mul' || node.args[0]?.kind !== 'number' || node.args[0].value !== 2) return [];
  const [, ...rest] = node.args;
  return rest.flatMap((factor, at) => {
    if (!around.isSquare(factor) || around.isSymmetric(factor)) return [];
    const both = made('add', copyOf(factor), transposed(factor, around));
    return [productOf(rest.map((other, k) => (k === at ? both : copyOf(other))))];
  });
}

function terms(node: Term, around: Surroundings): readonly Term[] {
  return [...symmetrized(node, around), ...moreOrFewer(node, around)];
}

function moreOrFewer(node: Term, around: Surroundings): readonly Term[] {
  if (node.kind === 'apply' && (node.op === 'add' || node.op === 'sub')) return node.args.map(copyOf);
  if (node.kind === 'number')
    return around.scalars.flatMap((scalar) => [made('sub', copyOf(node), copyOf(scalar)), made('add', copyOf(node), copyOf(scalar))]);
  const others = around.isScalar(node)
    ? [numeral(1, node)]
    : [...(around.isSquare(node) ? [made('identity')] : []), transposed(node, around)];
  const alike = around.alike(node).map((other) => ({ ...copyOf(other), span: node.span }));
  return [...others, ...alike].flatMap((other) => [
    made('add', copyOf(node), other),
    made('sub', copyOf(node), copyOf(other)),
    made('sub', copyOf(other), copyOf(node)),
  ]);
}

// ---- a factor that was lost

/** A product with one factor more, at any place. */
function lostFactors(node: Term, around: Surroundings): readonly Term[] {
  const isProduct = node.kind === 'apply' && node.op === 'mul';
  if (node.kind === 'number' || node.kind === 'hole') return [];
  if (around.isScalar(node) && !isProduct && !around.isWholeTerm(node)) return [];
  const given = withoutIdentities(isProduct ? node.args : [node]);
  if (given.length > MOST_FACTORS) return [];
  const front = numbersInFront(given);
  const lost = around.factors(node).flatMap((factor) => (around.isSymmetric(factor) ? [factor] : [factor, made('transpose', factor)]));
  return lost.flatMap((factor) =>
    Array.from({ length: given.length + 1 - front }, (_, at) =>
      productOf(given.map(copyOf).toSpliced(front + at, 0, { ...copyOf(factor), span: node.span })),
    ),
  );
}

/** How many factors are numbers before one that is none: another factor is written behind them. */
export function numbersInFront(factors: readonly Term[]): number {
  const first = factors.findIndex(({ kind }) => kind !== 'number');
  return first < 0 ? factors.length : first;
}

/** What another factor stands beside: the identity that was left of it goes. */
export function withoutIdentities(factors: readonly Term[]): readonly Term[] {
  return factors.filter((factor) => !isUnder(factor, 'identity'));
}

// ---- in words

function sizeOf(term: Term): number {
  return [...walk(term)].length;
}

function count(term: Term, op: OpName): number {
  return [...walk(term)].filter((one) => one.kind === 'apply' && one.op === op).length;
}

/** One of three sentences, by whether the mended term has more, fewer or as many of an operator. */
function byCount(op: OpName, more: string, fewer: string, otherwise: string): Slip['says'] {
  return (target, replacement) => {
    const change = count(replacement, op) - count(target, op);
    return change > 0 ? more : change < 0 ? fewer : otherwise;
  };
}

/** The slips, those that people make most often first. */
export const SLIPS: readonly Slip[] = [
  { name: 'indices', byShape: true, says: () => 'The indices are exchanged', propose: exchangedIndices },
  {
    name: 'transpose',
    byShape: true,
    says: byCount('transpose', 'A transpose is missing', 'There is a transpose too many', 'A transpose is in the wrong place'),
    propose: transposes,
  },
  { name: 'order', byShape: true, says: () => 'The factors stand in the wrong order', propose: orders },
  {
    name: 'identity',
    byShape: true,
    says: (target) => (isUnder(target, 'identity') ? 'The identity has another size' : 'A scalar is no matrix'),
    propose: identities,
  },
  { name: 'sign', byShape: false, says: () => 'A sign is wrong', propose: signs },
  {
    name: 'square',
    byShape: false,
    says: (target, replacement) => (sizeOf(replacement) > sizeOf(target) ? 'A square is missing' : 'There is a square too many'),
    propose: squares,
  },
  {
    name: 'factor',
    byShape: false,
    says: (target, replacement) => {
      const change = target.kind === 'number' ? 0 : sizeOf(replacement) - sizeOf(target);
      return change > 0 ? 'A factor is missing' : change < 0 ? 'There is a factor too many' : 'A factor is wrong';
    },
    propose: factors,
  },
  {
    name: 'entrywise',
    byShape: false,
    says: byCount(
      'diag',
      'A `diag` is missing',
      'There is a `diag` too many',
      'A matrix product and a product entry by entry are mixed up',
    ),
    propose: entrywise,
  },
  { name: 'symbol', byShape: false, says: () => 'One symbol stands for another', propose: symbols },
  {
    name: 'inverse',
    byShape: false,
    says: byCount('inverse', 'An inverse is missing', 'There is an inverse too many', 'A power or a quotient is wrong'),
    propose: inverses,
  },
  {
    name: 'sides',
    byShape: false,
    says: () => 'The factor stands on both sides of what does not commute with it',
    propose: halvesOnBothSides,
  },
  { name: 'lost', byShape: false, says: () => 'A factor is missing', propose: lostFactors },
  {
    name: 'term',
    byShape: false,
    says: (target, replacement) => (sizeOf(replacement) > sizeOf(target) ? 'A term is missing' : 'There is a term too many'),
    propose: terms,
  },
];

// ---- where nothing else helps

function lostProducts(node: Term, around: Surroundings): readonly Term[] {
  return around.products(node).flatMap((lost) => [made('add', copyOf(node), copyOf(lost)), made('sub', copyOf(node), copyOf(lost))]);
}

function lostSlopes(node: Term, around: Surroundings): readonly Term[] {
  return around.slopes(node).map((slope) => made('hadamard', copyOf(node), copyOf(slope)));
}

/** Numbers that powers leave in front; two and one half are looked for before. */
const NUMBERS_OF_POWERS = [3, 4, 5, 6] as const;

function multiples(node: Term, { isWholeTerm }: Surroundings): readonly Term[] {
  return isWholeTerm(node) ? NUMBERS_OF_POWERS.map((power) => times(numeral(power, node), node)) : [];
}

/** What is looked for last, where no derivative is found that would tell what is missing: that of an activation, or a whole term of one symbol or of two. */
export const LAST_SLIPS: readonly Slip[] = [
  { name: 'factor', byShape: false, says: () => 'A factor is missing', propose: multiples },
  { name: 'lost', byShape: false, says: () => 'The derivative of a function is missing', propose: lostSlopes },
  { name: 'term', byShape: false, says: () => 'A term is missing', propose: lostProducts },
];
