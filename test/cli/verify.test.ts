import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCli, type Cli, RIGHT, reportOf, temporaryFolder } from './cli.ts';

const LECTURE = `${RIGHT}
W : k×n
a = W x
gradient as row
dz/dx = M' c
      = c' M
da/dx = W + W
`;

let cli: Cli;
let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  cli = builtCli();
  const notebook = { cells: [{ cell_type: 'markdown', source: '# Title' }, { cell_type: 'markdown', source: `\`\`\`deriv\n${RIGHT}\`\`\`\n` }] };
  folder = temporaryFolder({
    'right.deriv': RIGHT,
    'wrong.deriv': RIGHT.replace("= M' c\n", "= M' c\n      = 2 M' c\n"),
    'lecture.deriv': LECTURE,
    'book.ipynb': JSON.stringify(notebook),
    'odd:3': RIGHT,
  });
});
afterAll(() => {
  cli.remove();
  folder.remove();
});

const run = (...args: string[]) => cli.run(['verify', ...args], { cwd: folder.path });

describe('a file', () => {
  it('with right gradients is status 0', async () => {
    const { status, out, err } = await run('right.deriv');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^✓ dz\/dx = M' c {2}verified, relative error < 1e-9 {2}right\.deriv:6:1\n\n1 file: 0 errors/);
  });
  it('with a wrong step is status 1, and the step is named', async () => {
    const { status, out } = await run('wrong.deriv');
    expect(status).toBe(1);
    expect(out).toMatch(/^✗ dz\/dx = M' c = 2 M' c {2}refuted/);
    expect(out).toMatch(/^ {4}✓ = M' c {4}verified/m);
    expect(out).toMatch(/^ {4}✗ = 2 M' c {2}refuted/m);
    expect(out).toMatch(/1 claim: 0 verified, 1 refuted, 0 inconclusive/);
    expect(out).toMatch(/^ {2}note: `2 M' c` is not `dz\/dx`\. At entry \d it gives /m);
    expect(out).toMatch(/^ {2}note: by hand: at x = \S+, c = \S+, M = \S+ it gives /m);
    expect(out).toMatch(/^ {2}help: `M' c` would be right$/m);
  });
  it('gives the report as JSON', async () => {
    const ended = await run('wrong.deriv', '--format', 'json');
    expect(ended.status).toBe(1);
    expect(reportOf(ended).files[0]?.claims?.[0]?.steps.map(({ text, status }) => [text, status])).toEqual([["M' c", 'verified'], ["2 M' c", 'refuted']]);
  });
  it('that is not there is status 2', async () => {
    const { status, out, err } = await run('nowhere.deriv');
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain('`nowhere.deriv` cannot be read');
  });
  it('may have a colon in its name', async () => expect((await run('odd:3')).status).toBe(0));
  it('of which nothing is told though its shapes do not fit as it was read has an undecided claim, and no wrong one', async () => {
    const text = 'Let $A \\in \\mathbb R^{n\\times n}$, $x \\in \\mathbb R^n$ and $f = x^\\top x$.\n\n$$\\nabla_x f = 2 x$$\n$$\\nabla_x f = 2 \\operatorname{diag}(A) x$$\n';
    const { status, out } = await cli.run(['verify', '-', '--stdin-path', 'x.md'], { stdin: text });
    expect(status).toBe(0);
    expect(out).toMatch(/^\? .* inconclusive: its shapes do not fit as it was read, and it may be meant otherwise {2}x\.md:4:3$/m);
    expect(out).toMatch(/: 1 verified, 0 refuted, 1 inconclusive /);
  });
  it('may be standard input', async () => {
    const { status, out } = await cli.run(['verify', '-', '--stdin-path', 'x.deriv'], { stdin: RIGHT });
    expect(status).toBe(0);
    expect(out).toContain('x.deriv:6:1');
  });
});

describe('one line', () => {
  it('is judged by itself: the other mistakes of the file do not count', async () => {
    const whole = await run('lecture.deriv', '--format', 'json');
    expect(whole.status).toBe(1);
    expect(reportOf(whole).files[0]?.claims).toHaveLength(3);
    const one = await run('lecture.deriv:6', '--format', 'json');
    expect(one.status).toBe(0);
    expect(reportOf(one).files[0]?.claims).toHaveLength(1);
    expect(reportOf(one).summary).toMatchObject({ errors: 0, claims: 1, verified: 1 });
  });
  it('may be any line of a claim, and have a column', async () => {
    const ended = await run('lecture.deriv:12:3', '--format', 'json');
    expect(reportOf(ended).files[0]?.claims?.map(({ range }) => range.start.line)).toEqual([10]);
  });
  it('without a claim is wrong usage that tells where claims are', async () => {
    const { status, err } = await run('lecture.deriv:2');
    expect(status).toBe(2);
    expect(err).toContain('There is no claim on line 2 of `lecture.deriv`: claims begin on lines 6, 11, 13.');
  });
  it('of a notebook needs its cell', async () => {
    expect((await run('book.ipynb:7')).err).toContain('FILE:CELL:LINE');
    for (const place of ['book.ipynb:2:7', 'book.ipynb:cell 2:7']) {
      const ended = await run(place, '--format', 'json');
      expect(reportOf(ended).files[0]?.claims).toMatchObject([{ cell: 1, status: 'verified', range: { start: { line: 6 } } }]);
    }
    expect((await run('book.ipynb:1:1')).err).toContain('There is no claim on line 1 of `book.ipynb` in cell 1: there is none.');
  });
});

describe('options', () => {
  const errorOf = async (...args: string[]) => reportOf(await run('right.deriv', '--format', 'json', ...args)).files[0]?.claims?.[0]?.maxRelativeError;
  it('the same seed gives the same answer, another seed other points', async () => {
    const first = await errorOf('--seed', '7');
    expect(await errorOf('--seed', '7')).toBe(first);
    expect(await errorOf('--seed', '8')).not.toBe(first);
  });
  it('a claim is verified only within the tolerance that is asked for', async () => {
    const [claim] = reportOf(await run('right.deriv', '--format', 'json', '--tolerance', '1e-30')).files[0]?.claims ?? [];
    expect(claim?.status === 'verified' && (claim.maxRelativeError as number) > 1e-30).toBe(false);
  });
  it('a size is used', async () => {
    const first = await errorOf('--seed', '7');
    expect(await errorOf('--seed', '7', '--size', 'm=9', '--size', 'n=11')).not.toBe(first);
  });
  it('a report is written as a page or as Markdown, of one claim where a line is named', async () => {
    expect((await run('wrong.deriv', '--report', 'out.html')).status).toBe(1);
    expect(readFileSync(join(folder.path, 'out.html'), 'utf8')).toMatch(/^<!DOCTYPE html>.*Verification of wrong\.deriv.*1 claim: 1 wrong\..*>2 M\^\\top c<.*>M\^\\top c</s);
    expect((await run('lecture.deriv:6', '--report', 'out.md')).status).toBe(0);
    expect(readFileSync(join(folder.path, 'out.md'), 'utf8')).toMatch(/^# Verification of lecture\.deriv\n\n1 claim: 1 verified\./);
  });
  it('a report of another kind is wrong usage, and one that cannot be written is told of', async () => {
    const other = await run('right.deriv', '--report', 'out.pdf');
    expect([other.status, other.err]).toEqual([2, expect.stringContaining('--report takes a name that ends in .html or .md, not `out.pdf`.')]);
    const nowhere = await run('right.deriv', '--report', 'nowhere/out.md');
    expect([nowhere.status, nowhere.err]).toEqual([2, expect.stringContaining('the report cannot be written')]);
  });
});
