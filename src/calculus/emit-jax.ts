import { grouped } from './brackets-in-code.ts';
import type { About, Language } from './emit-code.ts';
import { arrayFunctions } from './emit-functions.ts';
import { NUMPY_ARRAYS, NUMPY_DRAWING } from './emit-numpy.ts';
import { powerHelpers } from './emit-powers.ts';
import { arrayDialect, comparisonOf, matrixPowerText, PYTHON_RESERVED, pythonFunction } from './emit-python.ts';
import { drawnParameters } from './emit-random.ts';
import type { Dialect } from './emit-value.ts';
import type { Program } from './program.ts';

function dialectOf(program: Program): Dialect {
  return {
    ...arrayDialect(program, 'jnp'),
    functions: {
      ...arrayFunctions('jnp'),
      pow: (args, values) => matrixPowerText(program, 'jnp', args, values),
      expm: ([x]) => `jax.scipy.linalg.expm(${x})`,
      sinm: ([x]) => `jax.scipy.linalg.expm(1j * ${grouped(x)}).imag`,
      cosm: ([x]) => `jax.scipy.linalg.expm(1j * ${grouped(x)}).real`,
      erf: ([x]) => `jax.scipy.special.erf(${x})`,
      sigmoid: ([x]) => `jax.nn.sigmoid(${x})`,
      relu: ([x]) => `jax.nn.relu(${x})`,
      positivePart: ([x]) => `jax.nn.relu(${x})`,
      softplus: ([x]) => `jax.nn.softplus(${x})`,
      gelu: ([x]) => `jax.nn.gelu(${x}, approximate=False)`,
      silu: ([x]) => `jax.nn.silu(${x})`,
      softmax: ([x]) => `jax.nn.softmax(${x})`,
      logsumexp: ([x]) => `jax.nn.logsumexp(${x})`,
    },
  };
}

export const JAX: Language = { reserved: PYTHON_RESERVED, write };

function write(program: Program, about: About): string {
  const body = pythonFunction(program, about, dialectOf(program));
  return `import jax\nimport jax.numpy as jnp\nimport numpy as np\n\njax.config.update("jax_enable_x64", True)\n\n${powerHelpers(
    program,
    'jnp',
  )
    .map((one) => `${one}\n`)
    .join('')}\n${body}${trial(program, about)}`;
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
    ...drawnParameters(program, NUMPY_ARRAYS, NUMPY_DRAWING),
    `value, derivative = value_and_derivative(${names.join(', ')})`,
    'print("value", value)',
    'print("derivative", derivative)',
    ...check,
  ];
  return `\n\nif __name__ == "__main__":\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
}
