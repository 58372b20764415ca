import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A longer file is no preamble. */
const LONGEST = 10_000_000;

/**
 * The text of a file that a LaTeX document \inputs: looked for beside the document and in the client's
 * folders, and never outside these, whatever `..` or links say.
 */
export function readInput(from: string, path: string, folders: readonly string[]): string | undefined {
  const found = search(from, path, folders);
  return found === undefined ? undefined : textOf(found);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The address of such a file. */
export function findInput(from: string, path: string, folders: readonly string[]): string | undefined {
  const found = search(from, path, folders);
  return found === undefined ? undefined : pathToFileURL(found).href;
}

function search(from: string, path: string, folders: readonly string[]): string | undefined {
  const document = toPath(from);
  if (document === undefined || path.includes('\0')) return undefined;
  const within = [dirname(document), ...folders.flatMap((folder) => toPath(folder) ?? [])];
  const candidates = within.flatMap((folder) => [resolve(folder, path), resolve(folder, `${path}.tex`)]);
  return candidates.find((one) => isReadable(one, within));
}

function toPath(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

function isReadable(path: string, folders: readonly string[]): boolean {
  try {
    const real = realpathSync(path);
    const stat = statSync(real);
    accessSync(real, constants.R_OK);
    return stat.isFile() && stat.size <= LONGEST && folders.some((folder) => isWithin(realpathSync(folder), real));
  } catch {
    return false;
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
