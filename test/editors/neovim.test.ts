import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HERE, LECTURE, settingsIn, type Workplace, workplace } from './workplace.ts';

/** The version of the Neovim that is there, as a number; null where there is none. */
function neovim(): number | null {
  const { status, stdout } = spawnSync('nvim', ['--version'], { encoding: 'utf8' });
  const [, major = '0', minor = '0'] = /^NVIM v(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  return status === 0 ? Number(major) + Number(minor) / 100 : null;
}

/** The settings that the page on other editors gives for this version. */
function settingsFor(version: number): string {
  const [newer = '', older = ''] = settingsIn('lua');
  return version >= 0.11 ? newer : older;
}

const version = neovim();
if (version === null) console.warn('Neovim is not installed (`apt-get install neovim`): Chainrule is not tried in it.');

describe.skipIf(version === null)('in Neovim, with the settings of docs/editors.md', () => {
  let place: Workplace;
  let told: Record<string, unknown>;

  beforeAll(() => {
    place = workplace({ name: 'init.lua', text: settingsFor(version ?? 0) });
    const args = ['--headless', '-n', '-u', join(place.path, 'init.lua'), join(place.path, 'notes/lecture.deriv'), '-c', `luafile ${join(HERE, 'neovim.lua')}`];
    told = place.run('nvim', args, { XDG_CONFIG_HOME: place.path, XDG_STATE_HOME: place.path, XDG_DATA_HOME: place.path });
  }, 120_000);

  afterAll(() => place.remove());

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
