import type { About, Language } from './emit-code.ts';
import { randomParameters } from './emit-numpy.ts';
import { comparisonOf, matrixPowerText, needsRealPower, PYTHON_WORDS, pythonDialect, pythonFunction, realPower } from './emit-python.ts';
import type { Dialect } from './emit-value.ts';
import type { Program } from './program.ts';

/** A function of jax.numpy by its name. */
const jnp = (name: string) => (args: readonly string[]) => `jnp.${name}(${args.join(', ')})`;
const compared =
  (sign: string) =>
  ([a, b]: readonly string[]) =>
    `(${a} ${sign} ${b})`;

function dialectOf(program: Program): Dialect {
  return {
    ...pythonDialect(program.nameOf),
    outer: (left, right) => `jnp.outer(${left}, ${right})`,
    solve: (matrix, right) => `jnp.linalg.solve(${matrix}, ${right})`,
    filled: (value, sizes) => `jnp.${value === 1 ? 'ones' : 'zeros'}(${sizes.length === 1 ? sizes[0] : `(${sizes.join(', ')})`})`,
    identity: (size) => `jnp.eye(${size})`,
    functions: {
      inverse: jnp('linalg.inv'),
      pinv: jnp('linalg.pinv'),
      det: jnp('linalg.det'),
      logdet: ([x]) => `jnp.linalg.slogdet(${x})[1]`,
      trace: jnp('trace'),
      total: jnp('sum'),
      diag: jnp('diag'),
      vec: ([x]) => `jnp.reshape(${x}, -1, order="F")`,
      kron: jnp('kron'),
      norm: jnp('linalg.norm'),
      normF: jnp('linalg.norm'),
      norm2: ([x]) => `jnp.linalg.norm(${x}, 2)`,
      pow: (args, values) => matrixPowerText(program, 'jnp', args, values),
      expm: ([x]) => `jax.scipy.linalg.expm(${x})`,
      exp: jnp('exp'),
      log: jnp('log'),
      sqrt: jnp('sqrt'),
      sin: jnp('sin'),
      cos: jnp('cos'),
      tan: jnp('tan'),
      asin: jnp('arcsin'),
      acos: jnp('arccos'),
      atan: jnp('arctan'),
      sinh: jnp('sinh'),
      cosh: jnp('cosh'),
      tanh: jnp('tanh'),
      abs: jnp('abs'),
      sign: jnp('sign'),
      erf: ([x]) => `jax.scipy.special.erf(${x})`,
      sigmoid: ([x]) => `jax.nn.sigmoid(${x})`,
      relu: ([x]) => `jax.nn.relu(${x})`,
      positivePart: ([x]) => `jax.nn.relu(${x})`,
      softplus: ([x]) => `jax.nn.softplus(${x})`,
      gelu: ([x]) => `jax.nn.gelu(${x}, approximate=False)`,
      silu: ([x]) => `jax.nn.silu(${x})`,
      softmax: ([x]) => `jax.nn.softmax(${x})`,
      logsumexp: ([x]) => `jax.nn.logsumexp(${x})`,
      indicator: ([x]) => `jnp.asarray(${x}, dtype=float)`,
      greater: compared('>'),
      greaterEqual: compared('>='),
      less: compared('<'),
      lessEqual: compared('<='),
      equal: compared('=='),
      unequal: compared('!='),
      max: (args) => (args.length === 1 ? `jnp.max(${args[0]})` : args.reduce((a, b) => `jnp.maximum(${a}, ${b})`)),
      min: (args) => (args.length === 1 ? `jnp.min(${args[0]})` : args.reduce((a, b) => `jnp.minimum(${a}, ${b})`)),
      pi: () => 'jnp.pi',
      euler: () => 'jnp.e',
    },
  };
}

export const JAX: Language = { reserved: PYTHON_WORDS, write };

function write(program: Program, about: About): string {
  const body = pythonFunction(program, about, dialectOf(program));
  return `import jax\nimport jax.numpy as jnp\nimport numpy as np\n\njax.config.update("jax_enable_x64", True)\n\n${needsRealPower(program) ? `${realPower('jnp')}\n` : ''}\n${body}${trial(program, about)}`;
}

// ---- trying it out

/** The derivative beside the one that JAX finds for the value. */
function trial(program: Program, { layout }: About): string {
  const { parameters, wrt } = program;
  const names = parameters.map(({ name }) => name);
  const comparison = comparisonOf(program, layout);
  const transform = comparison?.order === 2 ? 'hessian' : 'jacrev';
  const check =
    comparison === null
      ? []
      : [
          `found = jax.${transform}(lambda *args: value_and_derivative(*args)[0], argnums=${names.indexOf(wrt as string)})(${names.join(', ')})`,
          `print("${transform}:", jnp.allclose(found, ${comparison.derivative}))`,
        ];
  const lines = [
    'rng = np.random.default_rng(1)',
    ...randomParameters(program),
    `value, derivative = value_and_derivative(${names.join(', ')})`,
    'print("value", value)',
    'print("derivative", derivative)',
    ...check,
  ];
  return `\n\nif __name__ == "__main__":\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
}
