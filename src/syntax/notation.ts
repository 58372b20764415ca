/**
 * How each operator is written, in each notation: the one list of operators there is. What an
 * operator means stands in `ops/`, whose table the compiler makes complete for the names here.
 */
export interface Notation {
  readonly form: 'function' | 'infix' | 'prefix' | 'postfix' | 'bracket' | 'constant';
  /** Spellings in plain notation, the first one printed. */
  readonly plain: readonly string[];
  /** Spellings in LaTeX, the first one printed; `#1` stands for an operand. */
  readonly latex: readonly string[];
  /** Binding power of what stands between or before operands; higher binds tighter. */
  readonly power?: number;
}

/** Binding powers, loosest first (docs/language.md, §2, "Precedence"). */
export const POWER = { sum: 10, prefix: 20, entrywise: 30, product: 40, application: 50, postfix: 60 } as const;

function fn(plain: string | readonly string[], latex?: string | readonly string[]): Notation {
  const spellings = typeof plain === 'string' ? [plain] : plain;
  const commands = latex === undefined ? [`\\operatorname{${spellings[0]}}`] : typeof latex === 'string' ? [latex] : latex;
  return { form: 'function', plain: spellings, latex: commands };
}

function infix(power: number, plain: string | readonly string[], latex: string | readonly string[]): Notation {
  return {
    form: 'infix',
    power,
    plain: typeof plain === 'string' ? [plain] : plain,
    latex: typeof latex === 'string' ? [latex] : latex,
  };
}

function constantName(plain: string, latex: string): Notation {
  return { form: 'constant', plain: [plain], latex: [latex] };
}

export const NOTATION = {
  // arithmetic
  add: infix(POWER.sum, '+', '+'),
  sub: infix(POWER.sum, '-', '-'),
  /** `±`: one of two values, so that it has a shape and no value. */
  plusMinus: infix(POWER.sum, '±', '\\pm'),
  neg: { form: 'prefix', plain: ['-'], latex: ['-'], power: POWER.prefix },
  mul: infix(POWER.product, [' ', '*'], [' ', '\\,']),
  /** `·`, `\cdot`: the inner product of two columns, otherwise a product. */
  dot: infix(POWER.product, '·', '\\cdot'),
  /** `×`: a product where a factor is a scalar. */
  times: infix(POWER.product, '×', '\\times'),
  div: infix(POWER.product, '/', '/'),
  hadamard: infix(POWER.entrywise, ['.*', '⊙'], '\\odot'),
  /** `∘`: entrywise on two equal shapes. */
  compose: infix(POWER.entrywise, '∘', '\\circ'),
  hadamardDiv: infix(POWER.entrywise, ['./', '⊘'], '\\oslash'),
  kron: infix(POWER.entrywise, '⊗', '\\otimes'),
  inner: { form: 'bracket', plain: ['<#1, #2>'], latex: ['\\langle #1, #2 \\rangle'] },
  transpose: { form: 'postfix', plain: ["'"], latex: ['^\\top'], power: POWER.postfix },
  inverse: { form: 'postfix', plain: ['^-1'], latex: ['^{-1}'], power: POWER.postfix },
  pinv: { form: 'postfix', plain: ['^+'], latex: ['^{+}'], power: POWER.postfix },
  pow: { form: 'postfix', plain: ['^'], latex: ['^'], power: POWER.postfix },
  hadamardPow: { form: 'postfix', plain: ['.^'], latex: ['^{\\circ #2}'], power: POWER.postfix },

  // brackets
  norm: { form: 'bracket', plain: ['||#1||'], latex: ['\\|#1\\|'] },
  norm1: { form: 'bracket', plain: ['||#1||_1'], latex: ['\\|#1\\|_1'] },
  normInf: { form: 'bracket', plain: ['||#1||_inf'], latex: ['\\|#1\\|_\\infty'] },
  normF: { form: 'bracket', plain: ['||#1||_F'], latex: ['\\|#1\\|_F'] },
  /** `‖A‖_2`: of a vector the Euclidean, of a matrix the spectral norm. */
  norm2: { form: 'bracket', plain: ['||#1||_2'], latex: ['\\|#1\\|_2'] },
  normNuclear: { form: 'bracket', plain: ['||#1||_*'], latex: ['\\|#1\\|_*'] },
  /** `‖x‖_A`: the square root of `x' A x`. */
  normWeighted: { form: 'bracket', plain: ['||#1||_#2'], latex: ['\\|#1\\|_{#2}'] },
  /** `|s|`: the absolute value, of a square matrix the determinant. */
  bars: { form: 'bracket', plain: ['|#1|'], latex: ['\\left|#1\\right|'] },

  // functions of matrices
  det: fn('det', '\\det'),
  logdet: fn('logdet', ['\\log\\det', '\\operatorname{logdet}']),
  adj: fn(['adj', 'adjugate']),
  trace: fn(['tr', 'Tr', 'trace'], ['\\operatorname{tr}', '\\tr', '\\Tr']),
  diag: fn(['diag', 'Diag'], ['\\operatorname{diag}', '\\operatorname{Diag}', '\\diag']),
  vec: fn('vec', '\\operatorname{vec}'),
  vech: fn('vech'),
  /** `[a]_×`, which takes b to the cross product a × b. */
  skew: { form: 'bracket', plain: ['skew(#1)'], latex: ['[#1]_\\times'] },
  expm: fn('expm'),
  logm: fn('logm'),
  sqrtm: fn('sqrtm'),
  sinm: fn('sinm'),
  cosm: fn('cosm'),
  rank: fn('rank'),
  /** The largest and the smallest eigenvalue of a symmetric matrix. */
  lambdaMax: fn('lambdamax', '\\lambda_{\\max}'),
  lambdaMin: fn('lambdamin', '\\lambda_{\\min}'),
  /** Their eigenvectors, of length one. */
  vMax: fn('vmax'),
  vMin: fn('vmin'),

  // entry by entry
  exp: fn('exp', '\\exp'),
  log: fn(['log', 'ln'], ['\\log', '\\ln']),
  sqrt: fn('sqrt', '\\sqrt'),
  sin: fn('sin', '\\sin'),
  cos: fn('cos', '\\cos'),
  tan: fn('tan', '\\tan'),
  asin: fn(['asin', 'arcsin'], '\\arcsin'),
  acos: fn(['acos', 'arccos'], '\\arccos'),
  atan: fn(['atan', 'arctan'], '\\arctan'),
  sinh: fn('sinh', '\\sinh'),
  cosh: fn('cosh', '\\cosh'),
  tanh: fn('tanh', '\\tanh'),
  sigmoid: fn(['sigmoid', 'σ', 'logistic', 'sigm'], ['\\sigma', '\\operatorname{sigmoid}']),
  relu: fn(['relu', 'ReLU', 'Relu', 'RELU']),
  softplus: fn('softplus'),
  gelu: fn(['gelu', 'GELU']),
  silu: fn(['silu', 'SiLU', 'swish']),
  erf: fn('erf'),
  abs: fn('abs'),
  sign: fn(['sign', 'sgn']),
  /** `[x]_+`, the positive part. */
  positivePart: { form: 'bracket', plain: ['[#1]_+'], latex: ['[#1]_+'] },
  /** One where a condition holds, entry by entry. */
  indicator: fn(['Ind', '1'], ['\\operatorname{Ind}', '\\mathbb{1}']),
  greater: infix(5, '>', '>'),
  greaterEqual: infix(5, ['>=', '≥'], '\\ge'),
  less: infix(5, '<', '<'),
  lessEqual: infix(5, ['<=', '≤'], '\\le'),
  equal: infix(5, '==', '='),
  unequal: infix(5, ['!=', '≠'], '\\ne'),

  // of a whole vector
  total: fn('sum'),
  mean: fn('mean'),
  softmax: fn('softmax'),
  logsumexp: fn(['logsumexp', 'lse', 'LSE']),
  /** Of one argument the largest entry, of several the larger entry by entry. */
  max: fn('max', '\\max'),
  min: fn('min', '\\min'),
  /** `\begin{cases}`: value, condition, value, condition, …, value otherwise. */
  cases: { form: 'bracket', plain: ['cases'], latex: ['\\begin{cases}'] },
  cov: fn('cov', ['\\operatorname{cov}', '\\operatorname{Cov}']),
  variance: fn('var', ['\\operatorname{var}', '\\operatorname{Var}']),

  // constants, their sizes as operands where they are written
  identity: constantName('I', 'I'),
  ones: constantName('ones', '\\mathbf{1}'),
  zeros: constantName('zeros', '\\mathbf{0}'),
  basis: constantName('e_', 'e_'),
  kronecker: constantName('delta_', '\\delta_'),
  pi: constantName('pi', '\\pi'),
  euler: constantName('e', 'e'),
  infinity: constantName('inf', '\\infty'),
  commutation: constantName('K_', 'K_'),
  duplication: constantName('D_', 'D_'),
} satisfies Record<string, Notation>;

export type OpName = keyof typeof NOTATION;

/** Every operator's name, in the order of the table. */
export const OP_NAMES = Object.keys(NOTATION) as readonly OpName[];

/** The function a word names in any dress, by its plain spelling. */
export function functionNamed(word: string): OpName | undefined {
  return FUNCTIONS.get(word);
}

const FUNCTIONS: ReadonlyMap<string, OpName> = new Map(
  OP_NAMES.flatMap((op) => {
    const notation: Notation = NOTATION[op];
    return notation.form === 'function' ? notation.plain.map((word): [string, OpName] => [word, op]) : [];
  }),
);
