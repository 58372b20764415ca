import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cli, builtCli, temporaryFolder } from '../cli/cli.ts';

const HERE = import.meta.dirname;

const LECTURE = ['layout denominator', 'x : n', 'M : m×n', 'c : m', 'y = M x', "z = c' y", 'dz/dx = M c'];

/** Packages of Debian are loaded where Emacs is started as a person does, which `-Q` is not. */
function hasEglot(): boolean {
  return spawnSync('emacs', ['--batch', '--eval', "(require 'eglot)"], { encoding: 'utf8' }).status === 0;
}

/** The settings that the page on other editors gives. */
function settings(): string {
  const page = readFileSync(join(HERE, '../../docs/editors.md'), 'utf8');
  return [...page.matchAll(/```elisp\n([\s\S]*?)```/g)].map(([, code]) => code).join('\n');
}

const isThere = hasEglot();
if (!isThere) console.warn('Emacs with Eglot is not installed (`apt-get install emacs-nox elpa-eglot`): Chainrule is not tried in it.');

describe.skipIf(!isThere)('in Emacs, with the settings of docs/editors.md', () => {
  let cli: Cli;
  let told: Record<string, unknown>;
  const folder = temporaryFolder({ 'notes/lecture.deriv': `${LECTURE.join('\n')}\n` });

  beforeAll(() => {
    cli = builtCli('cli,server');
    const bin = join(folder.path, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'chainrule'), `#!/bin/sh\nexec "${process.execPath}" "${cli.path}" "$@"\n`);
    chmodSync(join(bin, 'chainrule'), 0o755);
    writeFileSync(join(folder.path, 'init.el'), settings());
    const out = join(folder.path, 'told.json');
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, CHAINRULE_OUT: out, CHAINRULE_FILE: join(folder.path, 'notes/lecture.deriv'), HOME: folder.path, LANG: 'C.UTF-8' };
    execFileSync('emacs', ['--batch', '-l', join(folder.path, 'init.el'), '-l', join(HERE, 'emacs.el')], { env, timeout: 100_000, stdio: ['ignore', 'ignore', 'pipe'] });
    told = existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>) : {};
  }, 120_000);

  afterAll(() => {
    cli.remove();
    folder.remove();
  });

  it('a mistake is told where it stands', () => {
    expect(told.problem).toBeUndefined();
    expect(told.server).toBe('chainrule');
    expect(told.diagnostic).toContain('A transpose is missing');
    expect(told.range).toEqual([7, 'M c']);
  });

  it('its fix is applied, and nothing more is told', () => expect(told.fixed).toBe("Replace `M` by `M'`"));

  it('a hover tells the shape, in plain text where no Markdown is shown', () => expect(told.hover).toContain('M x : m×1'));

  it('a symbol is renamed wherever it stands', () => {
    expect(told.renamed).toEqual([...LECTURE.slice(0, 6), "dz/dx = M' c"].map((line) => line.replace(/\by\b/, 'h')));
  });

  it('a renaming that would capture is refused with the reason', () => expect(told.refused).toContain('`c` is another symbol here already.'));

  it('there is an outline', () => expect(told.symbols).toEqual(expect.arrayContaining(['x', 'M', 'c', 'h', 'z', 'dz/dx'])));
});
