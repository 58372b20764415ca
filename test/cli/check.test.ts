import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCli, type Cli, RIGHT, reportOf, runHere, temporaryFolder, WRONG } from './cli.ts';

/** As it is shipped, where the process matters. */
let cli: Cli;
beforeAll(() => {
  cli = builtCli();
});
afterAll(() => cli.remove());

const folders: { readonly remove: () => void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

describe('exit status', () => {
  it('is 0 where nothing is wrong', async () => {
    const { status, out, err } = await cli.run(['check', '-'], { stdin: RIGHT });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^1 file: 0 errors, 0 warnings \(\d+ ms\)\n$/);
  });
  it('is 1 where something is', async () => expect((await cli.run(['check', '-'], { stdin: WRONG })).status).toBe(1));
  it('is 1 where a claim is in another layout than the one that is asked for', async () => {
    const stdin = "x : n\nA : m×n\ny = A x\ndy/dx = A\n";
    expect((await cli.run(['check', '-', '--layout', 'numerator'], { stdin })).status).toBe(0);
    const { status, out } = await cli.run(['check', '-', '--layout', 'denominator'], { stdin });
    expect(status).toBe(1);
    expect(out).toContain('error[layout/shape]: This is numerator layout (gradients are rows), but the section is to be in denominator layout (gradients are columns)');
  });
  it('is 1 for more warnings than allowed, 0 for as many', async () => {
    const stdin = 'x : n\nx : m\n';
    expect(reportOf(await cli.run(['check', '-', '--format', 'json'], { stdin })).summary).toMatchObject({ errors: 0, warnings: 1 });
    expect((await cli.run(['check', '-'], { stdin })).status).toBe(0);
    expect((await cli.run(['check', '-', '--max-warnings', '1'], { stdin })).status).toBe(0);
    expect((await cli.run(['check', '-', '--max-warnings', '0'], { stdin })).status).toBe(1);
  });
  it.runIf(existsSync('/dev/full'))('is 2 where the output cannot be written, which is said', () => {
    const { status, stderr } = spawnSync('sh', ['-c', '"$0" "$1" --help > /dev/full', process.execPath, cli.path], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^chainrule: the output cannot be written: [^\n]*\n$/);
  });
  it('is 2 for a file that is not there, which is named, and the others are still reported', async () => {
    const cwd = folderWith({ 'a.deriv': WRONG });
    const ended = await cli.run(['check', 'nowhere.deriv', 'a.deriv', '--format', 'json'], { cwd });
    expect(ended.status).toBe(2);
    expect(ended.err).toBe('chainrule: `nowhere.deriv` cannot be read: no such file or directory.\n');
    expect(reportOf(ended).files.map(({ path }) => path)).toEqual(['a.deriv']);
  });
});

it('stays a while after its report where a task of an editor asks for it', async () => {
  const began = performance.now();
  const { status } = await cli.run(['check', '-'], { stdin: RIGHT, env: { CHAINRULE_LINGER: '1500' } });
  expect({ status, stayed: performance.now() - began >= 1500 }).toEqual({ status: 0, stayed: true });
});

describe('wrong usage is status 2 and shows the command’s own usage', () => {
  const wrong: readonly (readonly [args: readonly string[], message: string])[] = [
    [['check', '--frobnicate'], 'Unknown option `--frobnicate`.'],
    [['check', '--format', 'xml'], '--format takes pretty, json, sarif or github, not `xml`.'],
    [['check', '--layout', 'wide'], '--layout takes auto, denominator, numerator or mixed, not `wide`.'],
    [['check', '--max-warnings', 'few'], '--max-warnings takes a whole number from 0 up, not `few`.'],
    [['check', '--max-warnings=-1'], '--max-warnings takes a whole number from 0 up, not `-1`.'],
    [['check', '--stdin-path', 'a.md', 'b.md'], '--stdin-path names what `-` reads'],
    [['verify'], 'Which file?'],
    [['verify', 'a', 'b'], 'One file at a time.'],
    [['verify', '-', '--tolerance', '0'], '--tolerance takes a number above 0, not `0`.'],
    [['verify', '-', '--size', '784'], '--size takes a dimension and a number, as in n=784, not `784`.'],
    [['verify', '-', '--size', 'n=0'], '--size n takes a whole number from 1 up, not `0`.'],
    [['verify', '-', '--size', 'n=2', '--size', 'n=3'], '--size sets n twice.'],
    [['verify', '-', '--seed', '1.5'], '--seed takes a whole number'],
    [['explain'], 'Which code?'],
    [['explain', 'shape/none'], 'There is no diagnostic `shape/none`.'],
    [['lsp'], '--stdio'],
  ];
  for (const [args, message] of wrong) {
    it(args.join(' '), async () => {
      const { status, out, err } = await runHere(args);
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(err).toContain(message);
      expect(err).toContain(`usage: chainrule ${args[0]} `);
    });
  }
  it('a command that does not exist', async () => {
    const { status, err } = await runHere(['frobnicate']);
    expect(status).toBe(2);
    expect(err).toContain('there is no command `frobnicate`; there are check, verify, derive, explain, lsp');
  });
  it('no command at all shows the help', async () => {
    const { status, out, err } = await runHere([]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain('chainrule check [PATH…]');
  });
});

describe('help and version', () => {
  it('--version', async () => expect((await cli.run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/));
  it('--help lists every command', async () => {
    const { status, out } = await runHere(['--help']);
    expect(status).toBe(0);
    for (const command of ['check', 'verify', 'derive', 'explain', 'lsp']) expect(out).toContain(`chainrule ${command} `);
  });
  it('check --help explains every option of its usage', async () => {
    const { out } = await runHere(['check', '--help']);
    for (const option of ['--verify', '--layout', '--format', '--max-warnings', '--stdin-path']) expect(out).toContain(`\n  ${option} `);
  });
  it('explain prints the rule’s page', async () => {
    const { status, out } = await runHere(['explain', 'shape/product']);
    expect(status).toBe(0);
    expect(out).toMatch(/^# shape\/product\n/);
    expect(out).toContain('## Mended');
  });
});

describe('--format pretty', () => {
  it('shows title, place, line, carets and where the sizes come from', async () => {
    const { out } = await runHere(['check', '-', '--stdin-path', 'notes.deriv'], { stdin: WRONG });
    const [title, ...lines] = out.split('\n');
    expect(title).toMatch(/^error\[shape\/product\]: `M` times `c` does not fit: /);
    expect(lines.slice(0, 5)).toEqual([
      '  notes.deriv:6:9',
      '   6 | dz/dx = M c',
      '     |         ^^^',
      '   1 | M : m×n    `M` is m×n, declared here',
      '   2 | c : m      `c` is m×1, declared here',
    ]);
  });
  it('has no colours in a pipe', async () => expect((await runHere(['check', '-'], { stdin: WRONG })).out).not.toContain('\x1b'));
  it('tells the verdict of every claim with --verify', async () => {
    const { status, out } = await runHere(['check', '--verify', '-'], { stdin: RIGHT });
    expect(status).toBe(0);
    expect(out).toMatch(/^✓ dz\/dx = M' c {2}verified, relative error < 1e-9 {2}<stdin>:6:1$/m);
    expect(out).toMatch(/1 claim: 1 verified, 0 refuted, 0 inconclusive/);
  });
});

describe('--format json', () => {
  it('is one object, with lines and characters from 0', async () => {
    const ended = await runHere(['check', '-', '--format', 'json', '--stdin-path', 'notes.deriv'], { stdin: WRONG });
    const report = reportOf(ended);
    expect(report.version).toBe(1);
    expect(report.summary).toMatchObject({ files: 1, errors: 1, warnings: 0, claims: 0, verified: 0, refuted: 0, inconclusive: 0 });
    const [file] = report.files;
    expect(file?.path).toBe('notes.deriv');
    expect(file?.diagnostics[0]).toMatchObject({ code: 'shape/product', severity: 'error', range: { start: { line: 5, character: 8 }, end: { line: 5, character: 11 } } });
    expect(file?.equations.find(({ kind }) => kind === 'definition')?.sides[1]).toMatchObject({ text: "c' M x", shape: '1×1' });
    expect(file).not.toHaveProperty('claims');
    expect(file).toHaveProperty('coverage');
  });
  it('has the claims with --verify', async () => {
    const ended = await runHere(['check', '--verify', '-', '--format', 'json'], { stdin: RIGHT.replace("= M' c\n", "= -M' c\n") });
    expect(ended.status).toBe(1);
    const report = reportOf(ended);
    expect(report.summary).toMatchObject({ claims: 1, verified: 0, refuted: 1 });
    expect(report.files[0]?.claims?.[0]).toMatchObject({ of: 'z', wrt: 'x', status: 'refuted', steps: [{ text: "-M' c", status: 'refuted' }] });
    expect(report.files[0]?.diagnostics.map(({ code }) => code)).toEqual(['verify/refuted']);
  });
  it('arrives whole though it is large and the reader is slow', async () => {
    const section = (at: number) => `# Part ${at}\n${RIGHT}`;
    const ended = await cli.run(['check', '-', '--format', 'json'], { stdin: Array.from({ length: 400 }, (_, at) => section(at)).join('\n') });
    expect(ended.out.length).toBeGreaterThan(500_000);
    expect(reportOf(ended).files).toHaveLength(1);
  });
});

describe('standard input', () => {
  it('is plain notation unless its name says otherwise', async () => {
    const markdown = 'With $x \\in \\mathbb{R}^n$ and $A \\in \\mathbb{R}^{m \\times n}$ we set $y = A x$.\n';
    const read = async (name: string) => reportOf(await runHere(['check', '-', '--stdin-path', name, '--format', 'json'], { stdin: markdown })).files[0];
    expect((await read('a.md'))?.coverage.mathBlocks).toBe(3);
    expect((await read('a.md'))?.diagnostics).toEqual([]);
    expect((await read('a.deriv'))?.diagnostics[0]?.code).toBe('syntax');
  });
  it('may be a notebook, whose ranges count within a cell', async () => {
    const notebook = { cells: [{ cell_type: 'code', source: 'x' }, { cell_type: 'markdown', source: ['```deriv\n', 'x : n\n', 'y = x x\n', '```\n'] }], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    const stdin = JSON.stringify(notebook);
    const [found] = reportOf(await runHere(['check', '-', '--stdin-path', 'a.ipynb', '--format', 'json'], { stdin })).files[0]?.diagnostics ?? [];
    expect(found).toMatchObject({ code: 'shape/product', cell: 1, range: { start: { line: 2, character: 4 } } });
    const { out } = await runHere(['check', '-', '--stdin-path', 'a.ipynb'], { stdin });
    expect(out).toContain('  a.ipynb:cell 2:3:5\n   3 | y = x x\n     |     ^^^\n');
  });
});

describe('bad input has a diagnostic at its place, and nothing is thrown', () => {
  const startsWith = { range: { start: { line: 0, character: 0 } } };
  const found = async (stdin: string | Uint8Array, name = 'a.deriv') => {
    const ended = await runHere(['check', '-', '--format', 'json', '--stdin-path', name, '--verify'], { stdin });
    expect(ended.err).toBe('');
    return { status: ended.status, diagnostics: reportOf(ended).files[0]?.diagnostics ?? [] };
  };
  it('an empty file is fine', async () => expect(await found('')).toEqual({ status: 0, diagnostics: [] }));
  it('a file of zero bytes and bits', async () => {
    const { status, diagnostics } = await found(Uint8Array.of(120, 0, 255, 10));
    expect({ status, diagnostics }).toMatchObject({ status: 1, diagnostics: [{ code: 'syntax', severity: 'error', ...startsWith }] });
    expect(diagnostics[0]?.message).toBe('The file is not text: byte 2 is zero.');
  });
  it('bytes that are no UTF-8, in Markdown too', async () => {
    const { diagnostics } = await found(Uint8Array.of(120, 0xe9, 10), 'a.md');
    expect(diagnostics).toMatchObject([{ code: 'syntax', severity: 'error', message: 'The file is not text: its bytes are not UTF-8.', ...startsWith }]);
  });
  it('LaTeX that is no UTF-8 is Latin-1, and a place in it is counted in characters', async () => {
    const text = '% Schr\xf6dinger\nLet $A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^m$. \xc9tats $y = A x$.\n';
    const { diagnostics } = await found(Uint8Array.from(Buffer.from(text, 'latin1')), 'a.tex');
    const character = text.split('\n')[1]?.indexOf('A x');
    expect(diagnostics).toMatchObject([{ code: 'shape/product', range: { start: { line: 1, character } } }]);
  });
  it('UTF-16 is named', async () => {
    const { diagnostics } = await found(new Uint8Array(Buffer.from('\ufeffx : n', 'utf16le')));
    expect(diagnostics[0]?.message).toContain('UTF-16 (little-endian); save it as UTF-8');
  });
  it('more than 10 MB, from a file too', async () => {
    const text = 'x : n // '.padEnd(10_000_001, 'a');
    expect(await found(text)).toMatchObject({ status: 1, diagnostics: [{ code: 'syntax', severity: 'error', ...startsWith }] });
    const cwd = folderWith({ 'long.deriv': text });
    const { status, out } = await runHere(['check', 'long.deriv'], { cwd });
    expect(status).toBe(1);
    expect(out).toContain('error[syntax]: The file has 10.0 MB; Chainrule reads files up to 10 MB.\n  long.deriv:1:1');
  });
  it('10,000 nested brackets', async () => {
    const { status, diagnostics } = await found(`x : n\ny = ${'('.repeat(10_000)}x${')'.repeat(10_000)}\nz = x x\n`);
    expect(status).toBe(1);
    expect(diagnostics[0]).toMatchObject({ code: 'syntax', range: { start: { line: 1 } } });
    expect(diagnostics.at(-1)).toMatchObject({ code: 'shape/product', range: { start: { line: 2 } } });
  });
  it('a directive that does not exist', async () => {
    const { diagnostics } = await found('layout sideways\nx : n\n');
    expect(diagnostics).toMatchObject([{ code: 'syntax', range: { start: { line: 0 }, end: { line: 0 } } }]);
    expect((await found('<!-- chainrule: frobnicate all -->\n', 'a.md')).diagnostics).toMatchObject([{ code: 'syntax', range: { start: { line: 0 } } }]);
  });
  it('a dimension n/0', async () => {
    const { status, diagnostics } = await found('y : m\nx : n/0\n');
    expect({ status, diagnostics }).toMatchObject({ status: 1, diagnostics: [{ code: 'syntax', range: { start: { line: 1 } } }] });
  });
  it('a notebook that is no JSON', async () => {
    const { diagnostics } = await found('{\n "cells": [1,\n]}', 'a.ipynb');
    expect(diagnostics).toMatchObject([{ code: 'syntax', severity: 'error', range: { start: { line: 2, character: 0 } } }]);
    expect(diagnostics[0]).not.toHaveProperty('cell');
  });
  it('CRLF and a byte order mark change nothing', async () => {
    const plain = await found(WRONG);
    expect(await found(`\ufeff${WRONG.replaceAll('\n', '\r\n')}`)).toEqual(plain);
    expect(plain.diagnostics).toHaveLength(1);
  });
});

describe('folders', () => {
  const files = {
    'a.deriv': RIGHT, 'b/c.md': '# Notes\n', 'b/d.tex': '', 'b/e.ipynb': '{"cells":[]}', 'b/f.txt': '', 'b/g.Rmd': '', 'b/h.qmd': '', 'b/i.markdown': '', 'b/j.ltx': '',
    'built/a.deriv': WRONG, 'b/secret.md': WRONG, 'node_modules/p/README.md': WRONG, '.gitignore': 'built/\nsecret.md\n',
  };
  const seen = ['a.deriv', 'b/c.md', 'b/d.tex', 'b/e.ipynb', 'b/g.Rmd', 'b/h.qmd', 'b/i.markdown', 'b/j.ltx'];
  const paths = async (args: readonly string[], cwd: string, env = {}) => reportOf(await cli.run(['check', '--format', 'json', ...args], { cwd, env })).files.map(({ path }) => path);
  const git = (cwd: string, ...args: string[]) => execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd, stdio: 'ignore' });

  it('in a repository: what git does not ignore', async () => {
    const cwd = folderWith(files);
    git(cwd, 'init');
    expect(await paths([], cwd)).toEqual(seen);
    expect(await paths(['b'], cwd)).toEqual(seen.slice(1));
  });
  it('a tracked file that is gone is no file; an ignored one that is tracked is one', async () => {
    const cwd = folderWith(files);
    git(cwd, 'init');
    git(cwd, 'add', '-f', '.');
    execFileSync('rm', ['a.deriv'], { cwd });
    expect(await paths([], cwd)).toEqual([...seen.slice(1), 'b/secret.md', 'built/a.deriv'].sort());
  });
  it('a repository within the repository is looked into', async () => {
    const cwd = folderWith({ ...files, 'sub/k.md': '', 'sub/built.md': '', 'sub/.gitignore': 'built.md\n' });
    git(cwd, 'init');
    git(`${cwd}/sub`, 'init');
    expect(await paths([], cwd)).toEqual([...seen, 'sub/k.md']);
  });
  it('without git: the same, by .gitignore', async () => {
    const cwd = folderWith({ ...files, 'b/.gitignore': '!secret.md\n' });
    expect(await paths([], cwd, { PATH: '/nowhere' })).toEqual([...seen, 'b/secret.md']);
    expect(await paths(['b'], cwd, { PATH: '/nowhere' })).toEqual([...seen.slice(1), 'b/secret.md']);
  });
  it('a file named is read though git ignores it, and once though it is named twice', async () => {
    const cwd = folderWith(files);
    git(cwd, 'init');
    expect(await paths(['built/a.deriv', 'a.deriv', './a.deriv', '.'], cwd)).toEqual(['built/a.deriv', ...seen]);
  });
  it('an empty folder is said to be one', async () => {
    const cwd = folderWith({ 'x/y.txt': '' });
    const { status, err } = await runHere(['check', 'x'], { cwd });
    expect(status).toBe(0);
    expect(err).toContain('below `x` there is no derivation file that git does not ignore');
  });
});

describe('the examples', () => {
  it('are silent, and every claim in them is verified', async () => {
    const { files, summary } = reportOf(await runHere(['check', '--verify', '--format', 'json', 'examples']));
    expect(files.flatMap(({ path, diagnostics }) => diagnostics.map(({ code, message }) => `${path}: ${code}: ${message}`))).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(6);
    expect(summary.verified).toBe(summary.claims);
    expect(summary.claims).toBeGreaterThanOrEqual(20);
  });
});

describe('\\input', () => {
  // Only the macro makes it a product that does not fit.
  const chapter = String.raw`\input{macros}
$x \in \mathbb{R}^n$ and $y = \twice{x}$.
% chainrule: layout denominator
`;
  const macros = String.raw`\newcommand{\twice}[1]{#1 #1}`;
  const codes = async (cwd: string, file: string) => reportOf(await runHere(['check', '--format', 'json', file], { cwd })).files[0]?.diagnostics.map(({ code }) => code);
  it('is read beside the file', async () => {
    const cwd = folderWith({ 'book/chapter.tex': chapter, 'book/macros.tex': macros });
    expect(await codes(cwd, 'book/chapter.tex')).toContain('shape/product');
  });
  it('is not read outside the workspace', async () => {
    const cwd = folderWith({ 'book/chapter.tex': chapter.replace('{macros}', '{../macros}'), 'macros.tex': macros });
    expect(await codes(cwd, 'book/chapter.tex')).toContain('shape/product');
    expect(await codes(`${cwd}/book`, 'chapter.tex')).not.toContain('shape/product');
  });
});
