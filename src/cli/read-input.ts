import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { decode } from './read-source.ts';

/**
 * How a LaTeX file's `\input` is read: beside the file, or in the folder the command runs in, and
 * never outside these two, whatever `..` or links say.
 */
export function inputReader(file: string, cwd: string): (path: string) => string | undefined {
  const folders = [dirname(resolve(cwd, file)), resolve(cwd)];
  return (path) => {
    for (const folder of folders) {
      for (const name of [path, `${path}.tex`]) {
        const text = textWithin(resolve(folder, name), folders);
        if (text !== undefined) return text;
      }
    }
    return undefined;
  };
}

function textWithin(path: string, folders: readonly string[]): string | undefined {
  try {
    const real = realpathSync(path);
    if (!folders.some((folder) => isWithin(realpathSync(folder), real))) return undefined;
    const source = decode(readFileSync(real), 'latex');
    return source.kind === 'text' ? source.text : undefined;
  } catch {
    return undefined;
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
