import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtCli, temporaryFolder } from '../cli/cli.ts';

export const HERE = import.meta.dirname;

export const LECTURE = ['layout denominator', 'x : n', 'M : m×n', 'c : m', 'y = M x', "z = c' y", 'dz/dx = M c'];

/** The settings that the page on other editors gives, one text a fence. */
export function settingsIn(language: 'lua' | 'elisp'): readonly string[] {
  const page = readFileSync(join(HERE, '../../docs/editors.md'), 'utf8');
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code]) => code as string);
}

/** A folder with the lecture, the editor's settings, and `chainrule` on the path. */
export interface Workplace {
  readonly path: string;
  /** Runs the editor; what its script wrote down as JSON. */
  readonly run: (editor: string, args: readonly string[], env: Record<string, string>) => Record<string, unknown>;
  readonly remove: () => void;
}

export function workplace(settings: { readonly name: string; readonly text: string }): Workplace {
  const cli = builtCli('cli,server,server-program');
  const folder = temporaryFolder({ 'notes/lecture.deriv': `${LECTURE.join('\n')}\n`, [settings.name]: settings.text });
  const bin = join(folder.path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'chainrule'), `#!/bin/sh\nexec "${process.execPath}" "${cli.path}" "$@"\n`);
  chmodSync(join(bin, 'chainrule'), 0o755);
  const out = join(folder.path, 'told.json');
  return {
    path: folder.path,
    run: (editor, args, env) => {
      const all = { ...process.env, PATH: `${bin}:${process.env.PATH}`, CHAINRULE_OUT: out, HOME: folder.path, ...env };
      execFileSync(editor, args, { env: all, timeout: 100_000, stdio: ['ignore', 'ignore', 'pipe'] });
      return existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>) : {};
    },
    remove: () => {
      cli.remove();
      folder.remove();
    },
  };
}
