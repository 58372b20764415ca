import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { applyEdits } from '../../src/check/source.ts';
import { verdictsOn } from './verdicts.ts';

const NETWORK = String.raw`A network has layers $l = 1, \dots, L$ with $W_l \in \mathbb{R}^{n_l \times n_{l-1}}$, $b_l \in \mathbb{R}^{n_l}$, $y \in \mathbb{R}^{n_L}$ and
$$z_l = W_l a_{l-1} + b_l, \qquad a_l = \sigma(z_l).$$ The cost is $C = \frac12 \|y - a_L\|^2$. `;

const ABOVE = String.raw`Write $w^l_{jk}$ for the weight from the $k$-th neuron of a layer to the $j$-th of the next.
$$a^l_j = \sigma\left(\sum_k w^l_{jk} a^{l-1}_k + b^l_j\right), \qquad z^l_j = \sum_k w^l_{jk} a^{l-1}_k + b^l_j$$
The cost is $C = \frac12 \sum_j (y_j - a^L_j)^2$. Define $$\delta^l_j = \frac{\partial C}{\partial z^l_j}.$$ `;

const LQR = String.raw`The state follows $x_{t+1} = A x_t + B u_t$, $t = 0, \dots, N-1$, with $x_t \in \mathbb{R}^n$, $u_t \in \mathbb{R}^m$, $A \in \mathbb{R}^{n\times n}$, $B \in \mathbb{R}^{n\times m}$. The cost is
$$J = \frac12 x_N^\top Q_N x_N + \frac12 \sum_{t=0}^{N-1} \left( x_t^\top Q x_t + u_t^\top R u_t \right)$$ with symmetric $Q_N, Q \in \mathbb{R}^{n\times n}$, $R \in \mathbb{R}^{m \times m}$. Let $\lambda_t = \frac{\partial J}{\partial x_t}$. `;

const RNN = String.raw`Let $h_t = \tanh(W h_{t-1} + U x_t)$ for $t = 1, \dots, T$ with $W \in \mathbb{R}^{n\times n}$, $U \in \mathbb{R}^{n\times d}$, $x_t \in \mathbb{R}^d$, $h_0 \in \mathbb{R}^n$. The outputs are $o_t = V h_t$ with $V \in \mathbb{R}^{k\times n}$ and the loss $L = \sum_{t=1}^T \frac12 \|o_t - y_t\|^2$, $y_t \in \mathbb{R}^k$. `;

/** A text with a number of steps that is open, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  ['the last layer and the one before any', `${NETWORK}$$\\frac{\\partial C}{\\partial z_L} = (a_L - y) \\odot \\sigma'(z_L)$$ $$\\frac{\\partial C}{\\partial z_l} = \\left(W_{l+1}^\\top \\frac{\\partial C}{\\partial z_{l+1}}\\right) \\odot \\sigma'(z_l)$$`, 'verified verified'],
  ['a factor of the wrong layer', `${NETWORK}$$\\frac{\\partial C}{\\partial z_l} = \\left(W_{l+1}^\\top \\frac{\\partial C}{\\partial z_{l+1}}\\right) \\odot \\sigma'(z_{l+1})$$`, 'inconclusive'],
  ['what is said of a member that is named as a derivative', `${NETWORK}Let $\\delta_l = \\partial C/\\partial z_l$. $$\\delta_l = (W_{l+1}^\\top \\delta_{l+1}) \\odot \\sigma'(z_l)$$ $$\\frac{\\partial C}{\\partial W_l} = \\delta_l a_{l-1}^\\top$$ $$\\frac{\\partial C}{\\partial b_l} = 2 \\delta_l$$`, 'verified verified refuted'],
  ['members that lead down from the last one', `${NETWORK}Set $\\delta_L = (a_L - y) \\odot \\sigma'(z_L)$ and, for $l = L-1, \\dots, 1$, $$\\delta_l = (W_{l+1}^\\top \\delta_{l+1}) \\odot \\sigma'(z_l)$$ $$\\frac{\\partial C}{\\partial W_l} = \\delta_l a_{l-1}^\\top, \\qquad \\frac{\\partial C}{\\partial b_l} = -\\delta_l$$`, 'verified refuted'],
  ['entries of layers above that nothing declares', `${ABOVE}$$\\frac{\\partial C}{\\partial b^l_j} = \\delta^l_j$$ $$\\frac{\\partial C}{\\partial w^l_{jk}} = a^{l-1}_k \\delta^l_j$$`, 'verified verified'],
  ['a wrong entry there stays open, as its sizes are', `${ABOVE}$$\\frac{\\partial C}{\\partial w^l_{jk}} = a^{l-1}_k \\delta^l_k$$`, 'inconclusive'],
  ['costates', `${LQR}$$\\lambda_N = Q_N x_N, \\qquad \\lambda_t = Q x_t + A^\\top \\lambda_{t+1}$$ $$\\frac{\\partial J}{\\partial u_t} = R u_t + B^\\top \\lambda_{t+1}$$`, 'verified verified verified'],
  ['costates of the wrong step, without a transpose', `${LQR}$$\\lambda_t = Q x_t + A \\lambda_{t+1}$$ $$\\frac{\\partial J}{\\partial u_t} = R u_t + B^\\top \\lambda_t$$`, 'refuted refuted'],
  ['a loss of every step', `${RNN}$$\\frac{\\partial L}{\\partial V} = \\sum_{t=1}^T (o_t - y_t) h_t^\\top$$ $$\\frac{\\partial L}{\\partial h_t} = V^\\top (o_t - y_t) + W^\\top \\operatorname{diag}(1 - h_{t+1}^2) \\frac{\\partial L}{\\partial h_{t+1}}$$ $$\\frac{\\partial L}{\\partial W} = \\sum_{t=1}^T \\operatorname{diag}(1 - h_t^2) \\frac{\\partial L}{\\partial h_t} h_{t-1}^\\top$$`, 'verified verified verified'],
  ['steps that the words count', `${RNN}Go from $t = T-1$ down to $t = 1$. $$\\frac{\\partial L}{\\partial h_T} = V^\\top (o_T - y_T)$$ $$\\frac{\\partial L}{\\partial o_t} = 2 (o_t - y_t)$$`, 'verified refuted'],
  ['a sum over too few steps', `${RNN}$$\\frac{\\partial L}{\\partial U} = \\sum_{t=1}^{T-1} \\operatorname{diag}(1 - h_t^2) \\frac{\\partial L}{\\partial h_t} x_t^\\top$$`, 'refuted'],
  ['discounts are powers, and the first step counts', String.raw`States $s_t \in \mathbb{R}^n$, actions $u_t \in \mathbb{R}^m$, $\gamma > 0$. At times $t = 0, \dots, T-1$, $$s_{t+1} = A s_t + B u_t, \qquad r_t = c^\top s_t - u_t^\top u_t,$$ with $A \in \mathbb{R}^{n \times n}$, $B \in \mathbb{R}^{n \times m}$, $c \in \mathbb{R}^n$, and $$J = \sum_{t=0}^{T-1} \gamma^t r_t + \gamma^T c^\top s_T.$$ $$\frac{\partial J}{\partial s_t} = \gamma^t c + A^\top \frac{\partial J}{\partial s_{t+1}}$$ $$\frac{\partial J}{\partial \gamma} = \sum_{t=0}^{T-1} t \gamma^{t-1} r_t + T \gamma^{T-1} c^\top s_T$$ $$\frac{\partial J}{\partial s_0} = \sum_{t=0}^{T-1} \gamma^t (A^\top)^t c$$`, 'verified verified refuted'],
  ['layers in square brackets, and a sum over them', String.raw`$S \in \mathbb{R}^{n \times n}$, $H^{[0]} \in \mathbb{R}^{n \times d_0}$, $\Theta^{[k]} \in \mathbb{R}^{d_k \times d_{k+1}}$: $$H^{[k+1]} = \tanh(S H^{[k]} \Theta^{[k]}), \qquad k = 0, \dots, K-1.$$ With $Z^{[k+1]} = S H^{[k]} \Theta^{[k]}$, $C \in \mathbb{R}^{d_K \times q}$ and $\ell = \frac12\|H^{[K]} C\|_F^2$ $$\nabla_{\Theta^{[k]}} \ell = (S H^{[k]})^\top \nabla_{Z^{[k+1]}} \ell$$ $$\nabla_S \ell = \sum_{k=0}^{K-1} \left(\nabla_{Z^{[k+1]}} \ell\right) (H^{[k]} \Theta^{[k]})^\top$$`, 'verified verified'],
  ['a loss with the letter of the last layer leaves it open', String.raw`Layers $l = 1, \dots, L$ with $W_l \in \mathbb{R}^{n \times n}$, $y \in \mathbb{R}^{n}$ and $z_l = W_l a_{l-1}$, $a_l = \tanh(z_l)$, $L = \frac12 \|y - a_L\|^2$. $$\frac{\partial L}{\partial a_L} = a_L - y$$ $$\frac{\partial L}{\partial W_l} = \frac{\partial L}{\partial z_l} a_{l-1}^\top$$`, 'verified inconclusive'],
  ['the gradient by the last layer', String.raw`$z^l = w^l a^{l-1}$, $a^l = \sigma(z^l)$, $l = 1,\dots,L$ with $w^l \in \mathbb{R}^{n_l \times n_{l-1}}$, $y\in\mathbb{R}^{n_L}$ and $C = \frac12 \|y - a^L\|^2$. Let $\delta^l_j = \frac{\partial C}{\partial z^l_j}$. $$\delta^L_j = \frac{\partial C}{\partial a^L_j} \sigma'(z^L_j)$$ $$\delta^L = \nabla_a C \odot \sigma'(z^L)$$`, 'verified verified'],
  ['a recursion that the text tells again', `${RNN}Recall $h_t = \\tanh(W h_{t-1} + U x_t)$. $$\\frac{\\partial L}{\\partial h_T} = V^\\top (o_T - y_T)$$ $$\\frac{\\partial L}{\\partial o_t} = 2 (o_t - y_t)$$`, 'verified refuted'],
  ['a recursion that is told again by way of a name', `${RNN}With $z_t = W h_{t-1} + U x_t$ we have $h_t = \\tanh(z_t)$. $$\\frac{\\partial L}{\\partial z_T} = (1 - h_T^2) \\odot \\frac{\\partial L}{\\partial h_T}$$ $$\\frac{\\partial L}{\\partial z_T} = (1 - h_T) \\odot \\frac{\\partial L}{\\partial h_T}$$`, 'verified refuted'],
  ['sections that each tell the steps in their own way', String.raw`## Forward
Let $x_0\in\mathbb{R}^n$, $A\in\mathbb{R}^{n\times n}$, $h\in\mathbb{R}$. The states are $x_{k+1} = x_k + h A x_k$, $k=0,\dots,N-1$, and $J = \tfrac12 \|x_N\|^2$. $$\frac{\partial J}{\partial x_k} = (I + hA)^\top \frac{\partial J}{\partial x_{k+1}}$$

## Backward
The states are $x_{k+1} = (I - hA)^{-1} x_k$, and $J = \tfrac12\|x_N\|^2$. $$\frac{\partial J}{\partial x_k} = (I - hA)^{-\top} \frac{\partial J}{\partial x_{k+1}}$$ $$\frac{\partial J}{\partial x_k} = (I - hA)^{-1} \frac{\partial J}{\partial x_{k+1}}$$`, 'verified verified refuted'],
  ['steps that are told two ways in one section stay open', `${RNN}Now $h_t = W h_{t-1}$. $$\\frac{\\partial L}{\\partial h_T} = V^\\top (o_T - y_T)$$`, 'inconclusive'],
  ['what a filter corrects leads back to itself', String.raw`$$x_k = A_{k-1} x_{k-1} + q_{k-1}, \qquad y_k = H_k x_k + r_k$$ $$m_k = m_k^- + P_k^- H_k^T (H_k P_k^- H_k^T + R_k)^{-1} (y_k - H_k m_k^-)$$ The recursion is started from the prior mean $m_0$ and covariance $P_0$.`, ''],
];

describe('a recursion over a number of steps that is open', () => {
  test.each(CASES)('%s', (_, text, verdicts) => expect(verdictsOn(text)).toBe(verdicts));

  test('is left open where something declared is as long', () => {
    const text = `${RNN}Let $c \\in \\mathbb{R}^T$, $v \\in \\mathbb{R}^n$ and $E = \\sum_{t=1}^T c_t v^\\top h_t$. $$\\frac{\\partial E}{\\partial h_T} = 2 c_T v$$`;
    const { claims, diagnostics } = checkDocument(text, 'markdown', { verify: true });
    expect(claims?.map(({ status }) => status)).toEqual(['inconclusive']);
    expect(diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
  });

  test('is told in the letters of the text', () => {
    const text = `${LQR}$$\\frac{\\partial J}{\\partial u_t} = R u_t - B^\\top \\lambda_{t+1}$$`;
    const [wrong] = checkDocument(text, 'markdown', { verify: true }).diagnostics.filter(({ severity }) => severity === 'error');
    expect(wrong?.message).toMatchInlineSnapshot(`"\`R u_t - B^\\top \\lambda_{t+1}\` is not \`\\frac{\\partial J}{\\partial u_t}\`. At entry 1 it gives 1676.1, the definitions give -1675.9. A sign is wrong: \`R u_t + B^\\top \\lambda_{t+1}\` instead of \`R u_t - B^\\top \\lambda_{t+1}\` agrees."`);
  });
});

/** A text, a mistake in its last claim and the change that is offered, and what is said of it. */
const SLIPS: readonly (readonly [title: string, text: string, wrong: string, right: string, says: string])[] = [
  ['a costate of this step', LQR, String.raw`\frac{\partial J}{\partial u_t} = R u_t + B^\top \lambda_t`, String.raw`\frac{\partial J}{\partial u_t} = R u_t + B^\top \lambda_{t+1}`, 'A member has the wrong index'],
  ['a costate of the step before', LQR, String.raw`\lambda_t = Q x_t + A^\top \lambda_{t-1}`, String.raw`\lambda_t = Q x_t + A^\top \lambda_{t+1}`, 'A member has the wrong index'],
  ['an error of this layer', `${NETWORK}Let $\\delta_l = \\partial C/\\partial z_l$. `, String.raw`\delta_l = (W_{l+1}^\top \delta_l) \odot \sigma'(z_l)`, String.raw`\delta_l = (W_{l+1}^\top \delta_{l+1}) \odot \sigma'(z_l)`, 'A member has the wrong index'],
  ['activations of this layer', `${NETWORK}Let $\\delta_l = \\partial C/\\partial z_l$. `, String.raw`\frac{\partial C}{\partial W_l} = \delta_l a_l^\top`, String.raw`\frac{\partial C}{\partial W_l} = \delta_l a_{l-1}^\top`, 'One symbol stands for another'],
  ['the state before, in a sum over all steps', RNN, String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T (o_t - y_t) h_{t-1}^\top`, String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T (o_t - y_t) h_t^\top`, 'A member has the wrong index'],
  ['a sum that ends too early', RNN, String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^{T-1} (o_t - y_t) h_t^\top`, String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T (o_t - y_t) h_t^\top`, 'A sum has the wrong bounds'],
  ['a sum that begins too late', RNN, String.raw`\frac{\partial L}{\partial V} = \sum_{t=2}^T (o_t - y_t) h_t^\top`, String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T (o_t - y_t) h_t^\top`, 'A sum has the wrong bounds'],
  ['a difference turned round in a sum', RNN, String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T (y_t - o_t) h_t^\top`, String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T (o_t - y_t) h_t^\top`, 'A sign is wrong'],
  ['the derivative of an activation', `${NETWORK}Let $\\delta_l = \\partial C/\\partial z_l$. `, String.raw`\delta_l = W_{l+1}^\top \delta_{l+1}`, String.raw`\delta_l = W_{l+1}^\top \delta_{l+1} \odot \sigma'(z_l)`, 'The derivative of a function is missing'],
  ['the cost of this step', LQR, String.raw`\lambda_t = A^\top \lambda_{t+1}`, String.raw`\lambda_t = A^\top \lambda_{t+1} + Q x_t`, 'A term is missing'],
  ['a factor in a sum', RNN, String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T 2 (o_t - y_t) h_t^\top`, String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T (o_t - y_t) h_t^\top`, 'There is a factor too many'],
];

describe('a mistake within a recursion is mended', () => {
  test.each(SLIPS)('%s', (_, text, wrong, right, says) => {
    const whole = `${text}$$${wrong}$$`;
    const mistakes = checkDocument(whole, 'markdown', { verify: true }).diagnostics.filter(({ severity }) => severity === 'error');
    expect(mistakes.map(({ message }) => message.includes(says))).toEqual([true]);
    expect(applyEdits(whole, mistakes[0]?.fixes[0]?.edits ?? [])).toBe(`${text}$$${right}$$`);
  });

  test('and shapes of layers are told by their indices', () => {
    const text = `${NETWORK}$$\\frac{\\partial C}{\\partial z_l} = W_l^\\top \\frac{\\partial C}{\\partial z_{l+1}} \\odot \\sigma'(z_l)$$`;
    const [found] = checkDocument(text, 'markdown', { verify: true }).diagnostics.filter(({ severity }) => severity === 'error');
    expect(found?.message).toContain('`W_l^\\top` is n_{l-1}×n_l');
  });
});

describe('layers above without brackets', () => {
  const TWO = String.raw`Let $x \in \mathbb{R}^{d}$, $y\in\mathbb R^k$, $W^1 \in \mathbb{R}^{h\times d}$, $W^2 \in \mathbb{R}^{k \times h}$, $z^1 = W^1 x + b^1$, $a^1 = \sigma(z^1)$, $z^2 = W^2 a^1 + b^2$, $\mathcal{L} = \frac12 \|z^2 - y\|^2$. `;
  test.each([
    ['numbers', `${TWO}$$\\frac{\\partial \\mathcal{L}}{\\partial W^2} = (z^2 - y)(a^1)^\\top$$ $$\\frac{\\partial \\mathcal{L}}{\\partial W^2_{ij}} = (z^2_i - y_i) a^1_j$$ $$\\frac{\\partial \\mathcal{L}}{\\partial z^1_j} = \\sigma'(z^1_j) \\sum_i W^2_{ij} (z^2_i - y_i)$$`, 'verified verified verified'],
    ['a wrong index', `${TWO}$$\\frac{\\partial \\mathcal{L}}{\\partial z^1_j} = \\sigma'(z^1_j) \\sum_i W^2_{ij} z^2_i$$`, 'refuted'],
    ['powers stay powers', 'Let $x > 0$ be a number and $f(x) = x^1 + x^2$. $$\\frac{df}{dx} = 1 + 2 x$$', 'verified'],
    ['so do those of a matrix', 'Let $A\\in\\mathbb R^{n\\times n}$ and $f(A) = \\operatorname{tr}(A^3)$. $$\\frac{\\partial f}{\\partial A} = 3 (A^2)^\\top$$', 'verified'],
    ['and discounts', 'Let $w, g_1, g_2 \\in\\mathbb R^n$, $\\gamma > 0$ and $J = \\gamma^1 g_1^\\top w + \\gamma^2 g_2^\\top w$. $$\\nabla_w J = \\gamma g_1 + \\gamma^2 g_2$$', 'verified'],
  ])('%s', (_, text, verdicts) => expect(verdictsOn(text)).toBe(verdicts));
});

describe('a claim that rests on nothing', () => {
  test('is not verified by zeros on both sides', () => {
    const text = String.raw`Let $x\in\mathbb R^n$, $W\in\mathbb R^{m\times n}$, $z = W x$ and $\delta = \partial L/\partial u$, where $L = \|v\|^2$ with $u, v\in\mathbb R^m$. $$\frac{\partial L}{\partial W} = 3\,\delta x^\top$$`;
    expect(verdictsOn(text)).toBe('inconclusive');
  });
});
