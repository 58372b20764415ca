import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HERE, LECTURE, settingsIn, type Workplace, workplace } from './workplace.ts';

/** Packages of Debian are loaded where Emacs is started as a person does, which `-Q` is not. */
function hasEglot(): boolean {
  return spawnSync('emacs', ['--batch', '--eval', "(require 'eglot)"], { encoding: 'utf8' }).status === 0;
}

const isThere = hasEglot();
if (!isThere) console.warn('Emacs with Eglot is not installed (`apt-get install emacs-nox elpa-eglot`): Chainrule is not tried in it.');

describe.skipIf(!isThere)('in Emacs, with the settings of docs/editors.md', () => {
  let place: Workplace;
  let told: Record<string, unknown>;

  beforeAll(() => {
    place = workplace({ name: 'init.el', text: settingsIn('elisp').join('\n') });
    const env = { CHAINRULE_FILE: join(place.path, 'notes/lecture.deriv'), LANG: 'C.UTF-8' };
    told = place.run('emacs', ['--batch', '-l', join(place.path, 'init.el'), '-l', join(HERE, 'emacs.el')], env);
  }, 120_000);

  afterAll(() => place.remove());

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
