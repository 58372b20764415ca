import { needsRealPower } from './emit-python.ts';
import type { Program } from './program.ts';

/** Functions for powers of matrices by numbers that are not whole, where a program takes some, in a library whose functions begin with `prefix`. */
export function powerHelpers(program: Program, prefix: 'np' | 'jnp' | 'torch'): readonly string[] {
  return [
    ...(needsRealPower(program, true) ? [symmetricPower(prefix)] : []),
    ...(needsRealPower(program, false) ? [prefix === 'np' ? SCIPY_POWER : halfPower(prefix)] : []),
  ];
}

/** A real power by way of the eigenvalues. */
function symmetricPower(prefix: string): string {
  return `
def real_power(x, k):
    """A real power of a symmetric positive definite matrix."""
    eigenvalues, vectors = ${prefix}.linalg.eigh((x + x.T) / 2)
    return (vectors * eigenvalues**k) @ vectors.T
`;
}

/** SciPy has powers of any matrix, and gives complex ones where there is no real one. */
const SCIPY_POWER = `
def root_power(x, k):
    """The principal power of a matrix; not a number where that is not real."""
    power = scipy.linalg.fractional_matrix_power(x, k)
    return np.real(power) if np.allclose(np.imag(power), 0) else np.full(x.shape, np.nan)
`;

/** Other libraries have no root of a matrix that is not symmetric: Newton's iteration for it and its inverse (Denman and Beavers 1976). */
function halfPower(prefix: 'jnp' | 'torch'): string {
  const [eye, nothing] =
    prefix === 'torch' ? ['torch.eye(len(x), dtype=x.dtype)', 'torch.full_like(x, float("nan"))'] : ['jnp.eye(len(x))', 'jnp.nan'];
  const kept =
    prefix === 'torch'
      ? `power if torch.allclose(root @ root, x) else ${nothing}`
      : `jnp.where(jnp.allclose(root @ root, x), power, ${nothing})`;
  return `
def root_power(x, k):
    """The principal power of a matrix by half of a whole number; not a number where that is not real."""
    root, inverse = x, ${eye}
    for _ in range(30):
        root, inverse = (root + ${prefix}.linalg.inv(inverse)) / 2, (inverse + ${prefix}.linalg.inv(root)) / 2
    power = ${prefix}.linalg.matrix_power(root, round(2 * k))
    return ${kept}
`;
}
