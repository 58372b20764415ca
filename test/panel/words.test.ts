import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { english } from '../../src/base/say.ts';
import { curveWords } from '../../src/panel/convergence-words.ts';
import { jsonText, numpyText } from '../../src/panel/entries-text.ts';
import { nameLatex } from '../../src/panel/name-latex.ts';
import { formatEntry, formatError, formatSmall } from '../../src/panel/numbers.ts';
import { changedPieces } from '../../src/panel/piece-diff.ts';
import { pointJson, pointNumpy } from '../../src/panel/point-text.ts';
import { entryName, sizesWords, verdictWords } from '../../src/panel/verdict.ts';
import { wordDiff } from '../../src/panel/word-diff.ts';
import type { ShownClaim } from '../../src/protocol/lsp.ts';
import type { StepReport } from '../../src/protocol/report.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

function step(changes: Partial<StepReport> = {}): StepReport {
  return { range, text: 'M c', status: 'verified', maxRelativeError: 2.1e-10, ...changes };
}

function claim(changes: Partial<ShownClaim> = {}): ShownClaim {
  return {
    uri: 'file:///a.deriv', range, text: 'dz/dx = M c', section: '', layout: 'denominator', of: 'z', wrt: 'x', status: 'verified', method: 'entries',
    maxRelativeError: 2.1e-10, latex: '', sides: [], dimensions: [], fixes: [], options: {}, steps: [step()], ...changes,
  };
}

describe('a verdict in words', () => {
  const words = (changes: Partial<ShownClaim>) => Object.values(verdictWords(english, claim(changes))).join(' | ');

  test.each<[string, Partial<ShownClaim>, string]>([
    ['verified, one step', {}, 'Verified | The right side agrees with numeric derivatives, entry by entry; largest relative error < 1e-9.'],
    ['verified, two steps', { steps: [step(), step()] }, 'Verified | Both steps agree with numeric derivatives, entry by entry; largest relative error < 1e-9.'],
    ['verified and proved', { steps: [step({ proved: true }), step({ proved: true })] }, 'Verified and proved | Both steps agree with numeric derivatives, entry by entry; largest relative error < 1e-9.'],
    ['verified, one of two steps proved', { steps: [step({ proved: true }), step()] }, 'Verified | Both steps agree with numeric derivatives, entry by entry; largest relative error < 1e-9.'],
    [
      'verified at points of several sizes', { points: 6, sizes: [{ n: 2, m: 3 }, { n: 4, m: 3 }] },
      'Verified | The right side agrees with numeric derivatives, entry by entry, at 6 points of 2 sets of sizes; largest relative error < 1e-9.',
    ],
    ['verified at points of one size', { points: 3, sizes: [{ n: 784 }] }, 'Verified | The right side agrees with numeric derivatives, entry by entry, at 3 points; largest relative error < 1e-9.'],
    ['verified along directions', { method: 'directions', note: '6 directions were compared' }, 'Verified | The right side agrees with numeric derivatives along random directions; largest relative error < 1e-9. 6 directions were compared.'],
    [
      'wrong along a direction',
      { method: 'directions', status: 'refuted', steps: [step({ status: 'refuted', entries: { rows: 1, cols: 1, claimed: [1], numeric: [2] } })] },
      'The claim is wrong | Along one direction it gives 1.000, the definitions give 2.000.',
    ],
    ['the only step is wrong', { status: 'refuted', steps: [step({ status: 'refuted', maxRelativeError: 0.5 })] }, 'The claim is wrong | It differs from the numeric derivative; largest relative error 0.5.'],
    [
      'the first of two wrong steps counts',
      { status: 'refuted', steps: [step(), step({ status: 'refuted', entries: { rows: 2, cols: 2, claimed: [1, 2, 3, 4], numeric: [1, 2, 3, -4] } }), step({ status: 'refuted' })] },
      'Step 2 is wrong | Entry (2, 2) is 4.000, the definitions give −4.000.',
    ],
    ['an identity', { kind: 'identity', status: 'refuted', steps: [step({ status: 'refuted', reason: 'because' })] }, 'The identity does not hold | because'],
    ['shapes that do not fit', { status: 'refuted', steps: [], misfit: 1, reason: '`M` times `c` does not fit.' }, 'The shapes do not fit | `M` times `c` does not fit.'],
    ['a symbol at the beginning of a reason', { status: 'inconclusive', reason: 'g is not declared', steps: [] }, 'Not decided | g is not declared.'],
    ['a word at the beginning of a reason', { status: 'inconclusive', reason: 'it takes longer than the time limit', steps: [] }, 'Not decided | It takes longer than the time limit.'],
    ['undecided', { status: 'inconclusive', reason: '`W` is not declared', steps: [] }, 'Not decided | `W` is not declared.'],
  ])('%s', (_, changes, said) => expect(words(changes)).toBe(said));

  test('entries are counted from 1, as a person does', () => {
    expect(entryName(english, { rows: 3, cols: 2 }, 0, 1)).toBe('Entry (1, 2)');
    expect(entryName(english, { rows: 3, cols: 1 }, 2, 0)).toBe('Entry 3');
    expect(entryName(english, { rows: 1, cols: 3 }, 0, 1)).toBe('Entry 2');
    expect(entryName(english, { rows: 1, cols: 1 }, 0, 0)).toBe('The value');
  });
});

test('the sizes of each set are told', () => {
  expect(sizesWords({ sizes: [{ n: 2, m: 3 }, { n: 4, m: 3 }] })).toBe('n = 2, m = 3; n = 4, m = 3');
  expect(sizesWords({ sizes: [{}] })).toBe('');
});

describe('a point to take along', () => {
  const scalar = (name: string, value = 2) => ({ name, rows: 1, cols: 1, data: [value] });

  test('as NumPy: under names that Python allows, each once', () => {
    const text = pointNumpy([{ name: 'x', rows: 2, cols: 1, data: [1, -0] }, scalar('\\mathbf{W}_1'), scalar('W_1'), scalar('λ'), scalar('lambda', Number.NaN), scalar("\\theta'"), scalar('np'), scalar('+\nimport os')]);
    expect(text.match(/^\S+ = /gm)?.map((one) => one.slice(0, -3))).toEqual(['x', 'W_1', 'W_1_', 'λ', 'lambda_', 'theta_prime', 'np_', 'import_os']);
    expect(text).toContain('x = np.array([[1],\n              [-0.0]])');
    expect(text).toContain('# \\mathbf{W}_1\nW_1 = np.array([[2]])');
    expect(text).not.toMatch(/^import os/m);
  });

  test('as JSON: under the names of the document', () => {
    expect(JSON.parse(pointJson([{ name: 'x', rows: 2, cols: 1, data: [1, Number.NaN] }, scalar('\\theta')]))).toEqual({ x: [[1], [null]], '\\theta': [[2]] });
  });
});

describe('numbers', () => {
  test.each([[2.14e-10, '2.1e-10'], [0, '0'], [0.5, '0.5'], [0.333, '0.33'], [1, '1'], [12345, '1.2e4'], [Number.NaN, 'NaN'], [1e-13, '1e-13']])('the error %s is written %s', (error, text) => {
    expect(formatError(error)).toBe(text);
  });

  test.each([
    [0, '0'], [1, '1.000'], [-0.8548, '−0.8548'], [12.3456, '12.35'], [1234.5, '1235'], [99999, '99999'], [1e5, '1.00e5'], [0.00012, '1.20e-4'], [0.00123, '0.0012'],
    [Number.NaN, 'NaN'], [Number.NEGATIVE_INFINITY, '−∞'],
  ])('the entry %s is written %s', (value, text) => {
    expect(formatEntry(value)).toBe(text);
  });
});

describe('numbers to calculate with by hand', () => {
  test.each([[10.999999999999611, '11'], [-0, '0'], [-2, '−2'], [1 / 3, '0.333333'], [Number.NaN, 'NaN']])('%s is written %s', (value, text) => expect(formatSmall(value)).toBe(text));
});

describe('the factors that a repair changes', () => {
  const pieces = (text: string) => text.split('|').map((latex) => ({ latex }));
  const marked = (written: string, mended: string) => {
    const changed = changedPieces(pieces(written), pieces(mended));
    const shown = (text: string, marks: readonly boolean[]) => text.split('|').map((latex, at) => (marks[at] === true ? `*${latex}*` : latex)).join('|');
    return [shown(written, changed.before), shown(mended, changed.after)];
  };

  test.each([
    ['M|c', 'M^\\top|c', '*M*|c', '*M^\\top*|c'],
    ['2|A|x', '(A + A^\\top)|x', '*2*|*A*|x', '*(A + A^\\top)*|x'],
    ['2|X^\\top|r', '-|2|X^\\top|r', '2|X^\\top|r', '*-*|2|X^\\top|r'],
    ['A ^\\top|x', 'A^\\top|x', 'A ^\\top|x', 'A^\\top|x'],
  ])('%s to %s', (written, mended, before, after) => expect(marked(written, mended)).toEqual([before, after]));
});

describe('entries as text', () => {
  const entries = { rows: 2, cols: 2, claimed: [1, -0, Number.NaN, 4e-9], numeric: [1, 2, Number.NEGATIVE_INFINITY, 4] };

  test('NumPy reads both matrices', () => {
    expect(numpyText(entries)).toBe('import numpy as np\n\nclaimed = np.array([[1, -0.0],\n          [np.nan, 4e-9]])\n\nfinite_differences = np.array([[1, 2],\n          [-np.inf, 4]])\n');
  });

  test('JSON holds them row by row', () => {
    expect(JSON.parse(jsonText(entries))).toEqual({ claimed: [[1, 0], [null, 4e-9]], finiteDifferences: [[1, 2], [null, 4]] });
  });
});

describe('what a repair changes', () => {
  const shown = (before: string, after: string) =>
    wordDiff(before, after).map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `{-${text}-}`)).join('');

  test.each([
    ['M c', "M' c", "M{+'+} c"],
    ["2 W' dL/dz", "W' dL/dz", "{-2 -}W' dL/dz"],
    ['A B', 'B A', '{-A -}B{+ A+}'],
    ['M c', '\\operatorname{diag}(c)', expect.any(String)],
    ['M^\\top c', 'M c', 'M{-^\\top-} c'],
  ])('%s to %s', (before, after, diff) => expect(shown(before, after)).toEqual(diff));

  test.each([['M c', "c' M"], ['', 'x'], ['x', ''], ['αβ γ', 'γ αβ']])('the runs of %s and %s add up to both', (before, after) => {
    const runs = wordDiff(before, after);
    const text = (without: string) => runs.filter(({ kind }) => kind !== without).map((run) => run.text).join('');
    expect([text('added'), text('removed')]).toEqual([before, after]);
  });
});

describe('a plain name as LaTeX', () => {
  test.each([
    ['x', 'x'],
    ['W_1', 'W_{1}'],
    ['A_ij', 'A_{ij}'],
    ['x_{t+1}', 'x_{t+1}'],
    ['loss', '\\mathrm{loss}'],
    ['hidden_weights', '\\mathrm{hidden}_{\\mathrm{weights}}'],
    ['bias_of_the_first_layer', '\\mathrm{bias\\_of\\_the\\_first\\_layer}'],
    ['_x', '\\mathrm{\\_x}'],
    ['\\mathbf{x}_1', '\\mathbf{x}_1'],
  ])('%s', (name, latex) => {
    expect(nameLatex(name)).toBe(latex);
    expect(() => katex.renderToString(latex, { throwOnError: true, output: 'mathml' })).not.toThrow();
  });
});

describe('how an error depends on the step, in words', () => {
  const words = (floor: number, order: number) =>
    curveWords(english, { method: 'complex', points: Array.from({ length: 40 }, (_, at) => 10 ** (-at / 3)).map((step) => ({ step, error: Math.max(0.1 * step ** order, floor) })) });

  test('steps whose error lies on the floor do not flatten the slope above it', () => {
    expect(words(1e-16, 2)).toContain('larger steps truncate: the error grows like h².');
    expect(words(1e-9, 4)).toContain('grows like h⁴.');
  });
});
