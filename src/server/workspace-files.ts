import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ignore, { type Ignore } from 'ignore';
import type { WorkspaceFile } from './host.ts';

/** More files are not looked into: a folder of them is no collection of notes. */
const MOST_FILES = 2000;
const LONGEST = 1_000_000;

const ENDINGS = /\.(?:deriv|md|markdown|qmd|rmd|tex|ltx|ipynb)$/i;

/** The files in folders that may hold derivations and that git does not ignore. */
export function listFiles(folders: readonly string[]): readonly WorkspaceFile[] {
  const found: WorkspaceFile[] = [];
  for (const folder of folders)
    if (folder.startsWith('file:')) walk(fileURLToPath(folder), fileURLToPath(folder), ignored(fileURLToPath(folder)), found);
  return found;
}

export function isTaken(uri: string): boolean {
  return uri.startsWith('file:') && existsSync(fileURLToPath(uri));
}

export function readFile(uri: string): string | undefined {
  try {
    return readFileSync(fileURLToPath(uri), 'utf8');
  } catch {
    return undefined;
  }
}

function ignored(folder: string): Ignore {
  const rules = ignore();
  try {
    return rules.add(readFileSync(join(folder, '.gitignore'), 'utf8'));
  } catch {
    return rules;
  }
}

function walk(root: string, folder: string, rules: Ignore, found: WorkspaceFile[]): void {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory();
    const name = relative(root, path).split(sep).join('/') + (isFolder ? '/' : '');
    if (found.length >= MOST_FILES || entry.name.startsWith('.') || entry.name === 'node_modules' || rules.ignores(name)) continue;
    if (isFolder) walk(root, path, rules, found);
    else if (entry.isFile() && ENDINGS.test(entry.name)) found.push(...fileAt(path));
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function fileAt(path: string): readonly WorkspaceFile[] {
  try {
    const { size, mtimeMs } = statSync(path);
    return size > LONGEST ? [] : [{ uri: pathToFileURL(path).href, sign: `${size}.${mtimeMs}` }];
  } catch {
    return [];
  }
}
