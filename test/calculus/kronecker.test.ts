import { describe, expect, it } from 'vitest';
import { deriveText, printDerived, textOf } from '../../src/calculus/derive-text.ts';
import { checkDocument } from '../../src/check/check-document.ts';

const LEFT = { column: ['m', '1'], row: ['1', 'n'], matrix: ['m', 'n'] } as const;
const RIGHT = { column: ['p', '1'], row: ['1', 'q'], matrix: ['p', 'q'] } as const;
const FORMS = ['tr((A ⊗ X) B)', '||A ⊗ X - D||_F^2', "h' (A ⊗ X) k", 'vec(A ⊗ X)'] as const;

type Form = keyof typeof LEFT;

const times = (a: string, b: string) => (a === '1' ? b : b === '1' ? a : `(${a} ${b})`);

function given(a: Form, x: Form): string {
  const [rows, cols] = [times(LEFT[a][0], RIGHT[x][0]), times(LEFT[a][1], RIGHT[x][1])];
  return `A : ${LEFT[a].join('×')}; X : ${RIGHT[x].join('×')}; B : ${cols}×${rows}; D : ${rows}×${cols}; h : ${rows}; k : ${cols}`;
}

/** What differences say of the derivative. */
function verdict(expression: string, by: string, declared: string): string {
  const request = { expression, wrt: expression.startsWith('vec') ? `vec(${by})` : by, given: declared, layout: 'denominator' as const };
  const answer = deriveText(request);
  if (answer.kind !== 'derived') return `${expression}: none`;
  const found = printDerived(answer.built, answer.derived.term, 'plain');
  const { claims } = checkDocument(`layout denominator\n${textOf(request).trimEnd()} = ${found}\n`, 'plain', { verify: true, repair: false });
  return `${expression}: ${claims?.at(-1)?.status}`;
}

const PAIRS = (Object.keys(LEFT) as Form[]).flatMap((a) => (Object.keys(RIGHT) as Form[]).map((x) => [a, x] as const));

describe('derivatives of a Kronecker product by either factor agree with differences', () => {
  it.each(PAIRS)('of a %s and a %s', (a, x) => {
    for (const by of ['A', 'X']) expect(FORMS.map((form) => verdict(form, by, given(a, x)))).toEqual(FORMS.map((form) => `${form}: verified`));
  });
});
