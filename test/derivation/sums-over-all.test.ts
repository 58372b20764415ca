import { describe, expect, it } from 'vitest';
import { verdictsOn } from './verdicts.ts';

/** Sums over members whose number and sizes nothing tells, and the status of each claim about them. */
const CASES: readonly (readonly [title: string, text: string, ...verdicts: string[]])[] = [
  [
    'over all there are',
    String.raw`$a_k$ are vectors in $\mathbb R^n$, $v\in\mathbb R^n$ and $$q(v) = \sum_k (a_k^\top v)^2$$ $$\nabla q(v) = 2\sum_k (a_k^\top v) a_k, \qquad \nabla q(v) = \sum_k (a_k^\top v) a_k, \qquad \nabla^2 q(v) = 2\sum_k a_k a_k^\top$$`,
    'verified',
    'refuted',
    'verified',
  ],
  [
    'weights before columns, whose sizes nobody tells',
    String.raw`$a_i$ is the column of readings on day $i$ and $v_i$ the trust in them. $$B = \sum_{i=1}^m v_i\, a_i a_i^\top$$ For a fixed column $c$ let $h = c^\top B c$. $$\frac{\partial B}{\partial v_i} = a_i a_i^\top, \qquad \frac{\partial h}{\partial v_i} = (c^\top a_i)^2, \qquad \frac{\partial h}{\partial v_i} = c^\top a_i$$`,
    'verified',
    'verified',
    'refuted',
  ],
  [
    'weights before squares',
    String.raw`$t_i$ are scalars. Let $c, a_i\in\mathbb R^p$ and $$s = \sum_i v_i (t_i - c^\top a_i)^2$$ $$\frac{\partial s}{\partial v_i} = (t_i - c^\top a_i)^2, \qquad \frac{\partial s}{\partial c} = -2\sum_i v_i (t_i - c^\top a_i) a_i, \qquad \frac{\partial s}{\partial c} = -\sum_i v_i (t_i - c^\top a_i) a_i$$`,
    'verified',
    'verified',
    'refuted',
  ],
  [
    'what both are, and what so does',
    String.raw`Write $q$ for the position and $a_i$ for anchor number $i$. Both are columns. $$f(q) = \sum_{i=1}^m \|q - a_i\|^2$$ $$\nabla_{a_i} f = -2(q - a_i), \qquad \nabla_{a_i} f = 2(q - a_i)$$`,
    'verified',
    'refuted',
  ],
  [
    'numbers of each of several things',
    String.raw`$$K = \sum_e k_e\, a_e a_e^\top, \qquad K u = f$$ where $k_e$ is the stiffness of spring $e$, a plain number. Loads $f$ and displacements $u$ have one entry per node, so does $a_e$. $K$ can be inverted. $$\frac{\partial K}{\partial k_e} = a_e a_e^\top, \qquad \frac{\partial K}{\partial k_e} = 2 a_e a_e^\top$$`,
    'verified',
    'refuted',
  ],
  [
    'names in code, and the vector of weights',
    'In code `w` is the vector of weights and `mu` the mean pay-offs (same size as `w`), `S` the symmetric covariance matrix of the pay-offs. $$u = \\mu^T w - \\frac12 w^T S w$$ $$\\nabla_w u = \\mu - S w, \\qquad \\nabla_w u = \\mu - 2 S w$$',
    'verified',
    'refuted',
  ],
  [
    'a row with entries',
    String.raw`$r$ is a row with $h$ entries, $A\in\mathbb R^{h\times h}$ and $q = r A r^\top$. $$\nabla_A q = r^\top r, \qquad \nabla_A q = 2r^\top r$$`,
    'verified',
    'refuted',
  ],
];

describe('sums over members', () => {
  it.each(CASES)('%s', (_, text, ...verdicts) => {
    expect(verdictsOn(text)).toBe(verdicts.join(' '));
  });
});
