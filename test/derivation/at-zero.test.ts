import { expect, it } from 'vitest';
import { verdictsOn } from './verdicts.ts';

const QUADRATIC = 'Let $x, u, c \\in \\mathbb R^n$, $Q \\in \\mathbb S^n$ and $f(x) = \\frac12 x^\\top Q x + c^\\top x$. ';
const DETERMINANT = 'Let $X \\in \\mathbb S^n_{++}$ and $H \\in \\mathbb S^n$. ';

it.each([
  ['with brackets around all', `${QUADRATIC}$$\\left.\\frac{d}{ds} f(x + s u)\\right|_{s=0} = u^\\top (Q x + c)$$`, 'verified'],
  ['and a wrong sign', `${QUADRATIC}$$\\left.\\frac{d}{ds} f(x + s u)\\right|_{s=0} = u^\\top (Q x - c)$$`, 'refuted'],
  ['with the bar behind the function', `${QUADRATIC}$$\\frac{d f(x + s u)}{ds}\\Big|_{s=0} = u^\\top (Q x + c)$$`, 'verified'],
  ['with the bar behind the operator, and a name for it', `${QUADRATIC}$$\\delta f = \\left.\\frac{d}{d\\epsilon}\\right|_{\\epsilon = 0} f(x + \\epsilon u) = u^\\top \\nabla f(x)$$`, 'verified'],
  ['in two steps', `${QUADRATIC}$$\\left.\\frac{d}{ds} f(x + s u)\\right|_{s=0} = \\left. u^\\top (Q (x + s u) + c) \\right|_{s=0} = u^\\top (Q x + c)$$`, 'verified'],
  ['of a product', `${DETERMINANT}$$\\frac{d}{dt}\\log\\det(X + tH)\\Big|_{t=0} = \\operatorname{tr}(X^{-1} H)$$`, 'verified'],
  ['twice', `${DETERMINANT}$$\\left.\\frac{d^2}{dt^2}\\log\\det(X + tH)\\right|_{t=0} = -\\operatorname{tr}(X^{-1} H X^{-1} H)$$`, 'verified'],
  ['beside a letter that is not zero', `${QUADRATIC}With $s = 2$ we go from $x$ to $x + s u$. $$\\left.\\frac{d}{ds} f(x + s u)\\right|_{s=0} = s\\, u^\\top (Q x + c)$$`, 'refuted'],
  ['at another point, which is left open', `${QUADRATIC}$$\\left.\\frac{d}{ds} f(x + s u)\\right|_{s=1} = u^\\top c$$`, ''],
])('a derivative along a direction, %s', (_, text, verdict) => expect(verdictsOn(text)).toBe(verdict));
