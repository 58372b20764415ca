import { describe, expect, it } from 'vitest';
import { readLatex } from '../../src/syntax/read-latex.ts';
import { readMarkdown } from '../../src/syntax/read-markdown.ts';
import { countCalls, sumOf } from '../count-calls.ts';

const SECTIONS = 40;
const BLOCKS = 5;

/** Notes as they are written most: a sentence with formulas in it, and displays. */
function notes(k: number): string {
  return [
    `## Layer ${k}`,
    '',
    `Let $W_{${k}} \\in \\mathbb{R}^{m \\times n}$ be a matrix and $x_{${k}}$ an $n$-dimensional vector; it costs $5 to store.`,
    '',
    `$$ z_{${k}} = W_{${k}} x_{${k}} + b_{${k}}, \\qquad a_{${k}} = \\sigma(z_{${k}}) $$`,
    '',
    '$$',
    `\\frac{\\partial L}{\\partial W_{${k}}} = \\left( \\frac{\\partial L}{\\partial a_{${k}}} \\odot \\sigma'(z_{${k}}) \\right) x_{${k}}^\\top`,
    '$$',
    '',
  ].join('\n');
}

const NOTES = Array.from({ length: SECTIONS }, (_, k) => notes(k)).join('\n');

/** What reads sentences in one way each, by the words without which no sentence is said so. */
const READERS_BY_WORDS: readonly (readonly [reader: string, sentence: string])[] = [
  ['namingsIn', 'We denote the residual $A x - b$ by $r$.'],
  ['calledIn', 'Call this matrix $J$.'],
  ['derivativesIn', 'The gradient of $f$ is $2 A x$.'],
  ['derivativeNamesIn', '$H$ denotes the Hessian of $f$.'],
  ['constantsIn', 'With the identity matrix $E$.'],
  ['stacksIn', 'The rows of $X$ are $x_i^\\top$.'],
  ['numbersIn', 'The lengths $l_1$, $l_2$.'],
  ['bothIn', 'Both covariances $P$ and $R$ are symmetric.'],
  ['entrywiseIn', '$\\phi$ is applied elementwise.'],
  ['knownFunctionsIn', 'With the logistic function $g$.'],
  ['mappingsIn', '$g$ maps $\\mathbb R^m$ to $\\mathbb R^k$.'],
  ['dependencesIn', '$A$ depends on $t$.'],
];

describe('reading takes few calls', () => {
  // Functions without a name are left out: the runner of tests adds many.
  it.each([
    ['Markdown', readMarkdown],
    ['LaTeX', readLatex],
  ] as const)('%s: a block of notes', async (_, read) => {
    const calls = await countCalls(() => void read(NOTES));
    expect((sumOf(calls) - (calls.get('') ?? 0)) / (SECTIONS * BLOCKS)).toBeLessThan(950);
  });

  it('a sentence is read by those whose words it has', async () => {
    const calls = await countCalls(() => void readMarkdown('Let $A$ be a symmetric $n\\times n$ matrix.'));
    expect(READERS_BY_WORDS.filter(([reader]) => (calls.get(reader) ?? 0) > 0)).toEqual([]);
  });

  it.each(READERS_BY_WORDS)('%s reads "%s"', async (reader, sentence) => {
    const calls = await countCalls(() => void readMarkdown(sentence));
    expect(calls.get(reader)).toBe(1);
  });

  it('a formula by itself is asked for no words', async () => {
    const calls = await countCalls(() => void readMarkdown('$$ y = A x $$'));
    expect(['countsIn', 'tabledIn', 'withLetters', 'phraseAt'].filter((one) => (calls.get(one) ?? 0) > 0)).toEqual([]);
  });
});
