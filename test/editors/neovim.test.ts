import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cli, builtCli, temporaryFolder } from '../cli/cli.ts';

const HERE = import.meta.dirname;

const LECTURE = ["layout denominator", 'x : n', 'M : m×n', 'c : m', 'y = M x', "z = c' y", 'dz/dx = M c'];

/** The version of the Neovim that is there, as a number; null where there is none. */
function neovim(): number | null {
  const { status, stdout } = spawnSync('nvim', ['--version'], { encoding: 'utf8' });
  const [, major = '0', minor = '0'] = /^NVIM v(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  return status === 0 ? Number(major) + Number(minor) / 100 : null;
}

/** The settings that the page on other editors gives for this version. */
function settingsFor(version: number): string {
  const page = readFileSync(join(HERE, '../../docs/editors.md'), 'utf8');
  const [newer = '', older = ''] = [...page.matchAll(/```lua\n([\s\S]*?)```/g)].map(([, code]) => code as string);
  return version >= 0.11 ? newer : older;
}

const version = neovim();
if (version === null) console.warn('Neovim is not installed (`apt-get install neovim`): Chainrule is not tried in it.');

describe.skipIf(version === null)('in Neovim, with the settings of docs/editors.md', () => {
  let cli: Cli;
  let told: Record<string, unknown>;
  const folder = temporaryFolder({ 'notes/lecture.deriv': `${LECTURE.join('\n')}\n` });

  beforeAll(() => {
    cli = builtCli('cli,server');
    const bin = join(folder.path, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'chainrule'), `#!/bin/sh\nexec "${process.execPath}" "${cli.path}" "$@"\n`);
    chmodSync(join(bin, 'chainrule'), 0o755);
    writeFileSync(join(folder.path, 'init.lua'), settingsFor(version ?? 0));
    const out = join(folder.path, 'told.json');
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, CHAINRULE_OUT: out, HOME: folder.path, XDG_CONFIG_HOME: folder.path, XDG_STATE_HOME: folder.path, XDG_DATA_HOME: folder.path };
    const args = ['--headless', '-n', '-u', join(folder.path, 'init.lua'), join(folder.path, 'notes/lecture.deriv'), '-c', `luafile ${join(HERE, 'neovim.lua')}`];
    execFileSync('nvim', args, { env, timeout: 100_000, stdio: ['ignore', 'ignore', 'pipe'] });
    told = existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>) : {};
  }, 120_000);

  afterAll(() => {
    cli.remove();
    folder.remove();
  });

  it('a mistake is told where it stands', () => {
    expect(told.problem).toBeUndefined();
    expect(told.diagnostic).toMatchObject({ code: 'shape/product', line: 6, character: 8, message: expect.stringContaining('A transpose is missing') });
  });

  it('its fix is applied, and nothing more is told', () => expect(told.fixed).toBe("Replace `M` by `M'`"));

  it('a hover tells the shape', () => expect(told.hover).toMatchObject({ contents: { value: expect.stringContaining('`M x` : **m×1**') } }));

  it('a symbol is renamed wherever it stands, and one undo takes that back', () => {
    const mended = [...LECTURE.slice(0, 6), "dz/dx = M' c"];
    expect(told.renamed).toEqual(mended.map((line) => line.replace(/\by\b/, 'h')));
    expect(told.undone).toEqual(mended);
  });

  it('a renaming that would capture is refused with the reason', () => expect(told.refused).toEqual({ error: '`c` is another symbol here already.' }));

  it('what stands well is left by the formatter', () => expect(told.formatting).toEqual([]));

  it('symbols and functions are completed', () => expect(told.completion).toEqual(expect.arrayContaining(['M', 'c', 'softmax'])));

  it('there is an outline', () => expect(told.symbols).toEqual(['x', 'M', 'c', 'y', 'z', 'dz/dx']));
});
