import { contains, type Value } from '../ops/algebra/value.ts';
import { isScalar } from '../shape/shape.ts';
import { grouped } from './brackets-in-code.ts';
import type { About, Language } from './emit-code.ts';
import { comparisons, eigen, elementary } from './emit-functions.ts';
import { powerHelpers } from './emit-powers.ts';
import {
  blocksText,
  type Comparison,
  comparisonOf,
  kroneckerOperands,
  matrixPowerText,
  PYTHON_RESERVED,
  pythonDialect,
  pythonFunction,
} from './emit-python.ts';
import { drawnParameters, type RandomArrays } from './emit-random.ts';
import type { Dialect } from './emit-value.ts';
import type { Program } from './program.ts';

/** A function of PyTorch by its name; it takes tensors only. */
const torch = (name: string) => (args: readonly string[]) => `torch.${name}(${args.join(', ')})`;
const DOUBLE = 'dtype=torch.float64';

/** A number without any variable is Python's own, and has to become a tensor among tensors. */
function tensorOf(text: string, value: Value | undefined): string {
  const isVariable = value === undefined || contains(value, ({ kind }) => kind === 'symbol' || kind === 'constant');
  return isVariable ? text : `torch.tensor(float(${text}), ${DOUBLE})`;
}

const onTensor =
  (name: string) =>
  ([x]: readonly string[], [value]: readonly Value[]) =>
    `torch.${name}(${tensorOf(x ?? '', value)})`;

/** The larger or the smaller of tensors. */
const extremeOfTensors = (one: string, several: string) => (args: readonly string[], values: readonly Value[]) =>
  args.length === 1
    ? `torch.${one}(${args[0]})`
    : args.map((arg, at) => tensorOf(arg, values[at])).reduce((a, b) => `torch.${several}(${a}, ${b})`);

function dialectOf(program: Program): Dialect {
  return {
    ...pythonDialect(program.nameOf),
    outer: (left, right) => `torch.outer(${left}, ${right})`,
    solve: (matrix, right) => `torch.linalg.solve(${matrix}, ${right})`,
    filled: (value, sizes) => `torch.${value === 1 ? 'ones' : 'zeros'}(${sizes.join(', ')}, ${DOUBLE})`,
    identity: (size) => `torch.eye(${size}, ${DOUBLE})`,
    blocks: (rows, values) => blocksText(rows, values, 'torch', (text, axes) => `torch.as_tensor(${text}, ${DOUBLE}).reshape(${axes})`),
    functions: {
      inverse: torch('linalg.inv'),
      pinv: torch('linalg.pinv'),
      det: torch('linalg.det'),
      adj: ([x]) => `(torch.linalg.det(${x}) * torch.linalg.inv(${x}))`,
      logdet: ([x]) => `torch.linalg.slogdet(${x})[1]`,
      trace: torch('trace'),
      total: torch('sum'),
      diag: torch('diag'),
      vec: ([x]) => `torch.reshape(${grouped(x)}.T, (-1,))`,
      kron: (args, values) =>
        `torch.kron(${kroneckerOperands(args, values)
          .map((one) => `${grouped(one)}.contiguous()`)
          .join(', ')})`,
      norm: torch('linalg.norm'),
      normF: torch('linalg.norm'),
      norm2: ([x]) => `torch.linalg.norm(${x}, 2)`,
      ...eigen('torch'),
      normNuclear: ([x]) => `torch.linalg.norm(${x}, "nuc")`,
      pow: (args, values) => matrixPowerText(program, 'torch', args, values),
      expm: torch('linalg.matrix_exp'),
      sinm: ([x]) => `torch.linalg.matrix_exp(1j * ${grouped(x)}).imag`,
      cosm: ([x]) => `torch.linalg.matrix_exp(1j * ${grouped(x)}).real`,
      ...elementary(onTensor),
      erf: onTensor('erf'),
      sigmoid: onTensor('sigmoid'),
      relu: onTensor('relu'),
      positivePart: onTensor('relu'),
      softplus: ([x]) => `torch.nn.functional.softplus(${x})`,
      gelu: ([x]) => `torch.nn.functional.gelu(${x})`,
      silu: ([x]) => `torch.nn.functional.silu(${x})`,
      softmax: ([x]) => `torch.softmax(${x}, -1)`,
      logsumexp: ([x]) => `torch.logsumexp(torch.reshape(${x}, (-1,)), 0)`,
      indicator: ([x]) => `${grouped(x)}.to(torch.float64)`,
      ...comparisons(),
      max: extremeOfTensors('max', 'maximum'),
      min: extremeOfTensors('min', 'minimum'),
      pi: () => 'torch.pi',
      euler: () => 'torch.e',
    },
  };
}

export const PYTORCH: Language = { reserved: [...PYTHON_RESERVED, 'ctx', 'grad_output', 'Value'], write };

function write(program: Program, about: About): string {
  return [
    'import torch\n',
    ...powerHelpers(program, 'torch'),
    `\n${pythonFunction(program, about, dialectOf(program))}`,
    test(program, about),
  ].join('\n');
}

// ---- trying it out

const TORCH_DRAWING = {
  seeded: (seed: string) => `torch.manual_seed(${seed})`,
  isFinite: (value: string) => `torch.isfinite(${value}).all()`,
};

/** PyTorch's own gradcheck compares the gradient of a number with differences; Jacobians and Hessians are compared with those of autograd. */
function test(program: Program, { layout }: About): string {
  const { parameters, wrt, value } = program;
  const lines = drawnParameters(program, TORCH_ARRAYS, TORCH_DRAWING);
  const comparison = comparisonOf(program, layout);
  const names = parameters.map(({ name }) => name).join(', ');
  const isGradient = comparison?.order === 1 && isScalar(value.shape);
  const body =
    comparison === null
      ? [`print(value_and_derivative(${names}))`]
      : isGradient
        ? gradcheck(wrt as string, names)
        : autogradCheck(comparison, wrt as string, names);
  const head = isGradient ? autogradClass(program, comparison) : '';
  return `${head}\nif __name__ == "__main__":\n${[...lines, ...body].map((line) => `    ${line}`).join('\n')}\n`;
}

function gradcheck(wrt: string, names: string): readonly string[] {
  return [`${wrt}.requires_grad_(True)`, `print("gradcheck:", torch.autograd.gradcheck(lambda ${wrt}: Value.apply(${names}), (${wrt},)))`];
}

function autogradCheck({ order, derivative }: Comparison, wrt: string, names: string): readonly string[] {
  const name = order === 1 ? 'jacobian' : 'hessian';
  return [
    `value, derivative = value_and_derivative(${names})`,
    `found = torch.autograd.functional.${name}(lambda ${wrt}: value_and_derivative(${names})[0], ${wrt})`,
    `print("${name}:", torch.allclose(found, ${derivative}))`,
  ];
}

function autogradClass({ parameters, wrt }: Program, { derivative }: Comparison): string {
  const names = parameters.map(({ name }) => name).join(', ');
  const results = parameters.map(({ name }) => (name === wrt ? `grad_output * ${derivative}` : 'None')).join(', ');
  return `
class Value(torch.autograd.Function):
    """The value, with the derivative above as its backward pass."""

    @staticmethod
    def forward(ctx, ${names}):
        value, derivative = value_and_derivative(${names})
        ctx.save_for_backward(derivative)
        return value.clone()

    @staticmethod
    def backward(ctx, grad_output):
        (derivative,) = ctx.saved_tensors
        return ${results}

`;
}

const TORCH_ARRAYS: RandomArrays = {
  normal: (sizes) => `torch.randn(${tupleText(sizes)}, ${DOUBLE})`,
  positive: (sizes) => `0.5 + torch.rand(${tupleText(sizes)}, ${DOUBLE})`,
  simplex: (sizes) => `torch.softmax(torch.randn(${tupleText(sizes)}, ${DOUBLE}), -1)`,
  onehot: (sizes) =>
    `torch.eye(${sizes.at(-1) ?? 1}, ${DOUBLE})[${sizes.length > 1 ? `torch.randint(${sizes.at(-1)}, (${sizes[0]},))` : '0'}]`,
  binary: (sizes) => `torch.randint(0, 2, ${tupleText(sizes)}).to(torch.float64)`,
  sign: (text) => `torch.sign(${text})`,
  eye: (size) => `torch.eye(${size}, ${DOUBLE})`,
  orthonormal: (text) => `torch.linalg.qr(${text})[0]`,
  diagonal: (text) => `torch.diag(${text})`,
  lower: (text) => `torch.tril(${text})`,
  upper: (text) => `torch.triu(${text})`,
};

function tupleText(sizes: readonly number[]): string {
  return `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
}
