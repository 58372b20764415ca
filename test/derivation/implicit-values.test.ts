import { describe, expect, it } from 'vitest';
import { verdictsOn } from './verdicts.ts';

/** A text, and the verdict on each claim in it. */
const TEXTS: readonly (readonly [title: string, text: string, ...verdicts: string[]])[] = [
  [
    'a layer in equilibrium, its differential and a loss above it',
    String.raw`The equilibrium $s \in \mathbb{R}^n$ satisfies $s = \tanh(W s + b)$ with $W \in \mathbb{R}^{n\times n}$, $b \in \mathbb{R}^n$. Let $L = L(s)$ and $D = \operatorname{diag}(1 - s \odot s)$. $$ds = D (W\, ds + db)$$ $$ds = D (W\, ds - db)$$ $$\nabla_b L = (I - D W)^{-1} D\, \nabla_s L$$ $$\nabla_b L = D (I - W^\top D)^{-1} \nabla_s L$$`,
    'verified',
    'refuted',
    'refuted',
    'verified',
  ],
  [
    'under a star, by a function that is left open',
    String.raw`Let $F : \mathbb{R}^n \times \mathbb{R}^p \to \mathbb{R}^n$ and $\theta \in \mathbb{R}^p$. The fixed point $z^\star = F(z^\star, \theta)$, $z^\star \in \mathbb{R}^n$, moves by $$\frac{\partial z^\star}{\partial \theta} = (I - \partial_1 F(z^\star, \theta))^{-1} \partial_2 F(z^\star, \theta)$$`,
    'verified',
  ],
  [
    'numbers of which nothing is said',
    String.raw`From $s = a \cos s$ follows $$\frac{ds}{da} = \frac{\cos s}{1 + a \sin s}, \qquad \frac{ds}{da} = \frac{\cos s}{1 - a \sin s}$$`,
    'verified',
    'inconclusive',
  ],
  [
    'the next step, which solves nothing',
    String.raw`The fixed point iteration is $w = w - \eta A w$ with $w \in \mathbb{R}^n$, $A \in \mathbb{R}^{n\times n}$, $\eta \in \mathbb{R}$, where $$\frac{\partial w}{\partial \eta} = -A w$$`,
    'inconclusive',
  ],
  [
    'no solution at all',
    String.raw`Let $y \in \mathbb{R}$ satisfy $y = x^2 + y^2 + 1$ with $x \in \mathbb{R}$. Then $$\frac{dy}{dx} = \frac{2 x}{1 - 2 y}$$`,
    'inconclusive',
  ],
  [
    'an eigenpair, its differentials and its gradient',
    String.raw`Let $S \in \mathbb{S}^n$ with $S u = \mu u$ and $u^\top u = 1$. $$d\mu = u^\top dS\, u$$ $$\frac{\partial \mu}{\partial S} = u u^\top$$ $$du = (\mu I - S)^{+} dS\, u$$ $$du = (S - \mu I)^{+} dS\, u$$`,
    'verified',
    'verified',
    'verified',
    'refuted',
  ],
  [
    'an eigenvector of any length, and a matrix of which nothing more is said',
    String.raw`Let $S \in \mathbb{S}^n$ with $S u = \mu u$. $$\frac{\partial \mu}{\partial S} = \frac{u u^\top}{u^\top u}$$ $$\frac{\partial \mu}{\partial S} = u u^\top$$`,
    'verified',
    'inconclusive',
  ],
  [
    'a matrix that is said later to depend on a number',
    String.raw`Let $S \in \mathbb{S}^n$, $S u = \mu u$ and $\|u\| = 1$, so that $$d\mu = u^\top dS\, u.$$ For $S(t) = K + t M$ with $K, M \in \mathbb{S}^n$ and $t \in \mathbb{R}$ $$\frac{d\mu}{dt} = u^\top M u$$`,
    'verified',
    'verified',
  ],
  [
    'a number that nothing leads to',
    String.raw`Let $S \in \mathbb{S}^n$, $M \in \mathbb{R}^{n\times n}$, $r \in \mathbb{R}$, $S u = \mu u$ and $\|u\| = 1$. $$\frac{d\mu}{dr} = u^\top M u$$`,
    'inconclusive',
  ],
  [
    'a matrix that depends on a number',
    String.raw`Let $K, M \in \mathbb{S}^n$, $t \in \mathbb{R}$, $S(t) = K + t M$, $S(t) u = \mu u$ and $\|u\| = 1$. $$\frac{d\mu}{dt} = u^\top M u$$`,
    'verified',
  ],
];

describe('what solves an equation in which it stands itself', () => {
  it.each(TEXTS)('%s', (_, text, ...verdicts) => {
    expect(verdictsOn(text)).toBe(verdicts.join(' '));
  });
});
