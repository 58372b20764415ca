import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A longer file is no preamble. */
const LONGEST = 10_000_000;

/**
 * The text of a file that a LaTeX document \inputs: looked for beside the document and in the client's
 * folders, and never outside these, whatever `..` or links say.
 */
export function readInput(from: string, path: string, folders: readonly string[]): string | undefined {
  const document = toPath(from);
  if (document === undefined || path.includes('\0')) return undefined;
  const within = [dirname(document), ...folders.flatMap((folder) => toPath(folder) ?? [])];
  const candidates = within.flatMap((folder) => [resolve(folder, path), resolve(folder, `${path}.tex`)]);
  return candidates.map((one) => textWithin(one, within)).find((text) => text !== undefined);
}

function toPath(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

function textWithin(path: string, folders: readonly string[]): string | undefined {
  try {
    const real = realpathSync(path);
    const stat = statSync(real);
    if (!stat.isFile() || stat.size > LONGEST || !folders.some((folder) => isWithin(realpathSync(folder), real))) return undefined;
    return readFileSync(real, 'utf8');
  } catch {
    return undefined;
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
