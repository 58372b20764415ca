import { execFileSync } from 'node:child_process';
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isDerivationFile } from './surface-of.ts';

/** A path that could not be looked at, and why. */
export interface Unreadable {
  readonly path: string;
  readonly reason: string;
}

export interface FoundFiles {
  /** In the order of the arguments, those of a folder by name; each once. */
  readonly files: readonly string[];
  readonly unreadable: readonly Unreadable[];
  /** Folders below which nothing was found. */
  readonly empty: readonly string[];
}

/** The files that the paths mean: a file itself, a folder every derivation file below it that git does not ignore. */
export function findFiles(paths: readonly string[], cwd: string): FoundFiles {
  const files = new Map<string, string>();
  const unreadable: Unreadable[] = [];
  const empty: string[] = [];
  for (const path of paths) {
    const found = filesOf(path, cwd);
    if (!Array.isArray(found)) unreadable.push({ path, reason: found });
    else if (found.length === 0) empty.push(path);
    else for (const file of found) if (!files.has(resolve(cwd, file))) files.set(resolve(cwd, file), file);
  }
  return { files: [...files.values()], unreadable, empty };
}

/** The files, or why there are none. */
function filesOf(path: string, cwd: string): string[] | string {
  try {
    const absolute = resolve(cwd, path);
    if (path === '-' || !statSync(absolute).isDirectory()) return [path];
    const below = listedByGit(absolute) ?? walked(absolute);
    return below.sort(byCodeUnits).map((file) => shown(path, file));
  } catch (error) {
    return reasonOf(error);
  }
}

/** `notes.md` below `.`, `docs/notes.md` below `docs`; always with `/`. */
function shown(folder: string, file: string): string {
  return join(folder, file).split(sep).join('/');
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What the system says in words, without its code and the path, which the message already has. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error)) return `${error.message} (a mistake in Chainrule: please report it)`;
  return /^[A-Z]+: (?<words>[^,]*)/.exec(error.message)?.groups?.['words'] ?? error.message;
}

// ---- with git

/** Files of a folder that git does not ignore, relative to it; null where git is not there or knows no repository. */
function listedByGit(folder: string): string[] | null {
  const names = gitLines(folder);
  return names === null ? null : names.flatMap((name) => besides(folder, name));
}

function gitLines(folder: string): string[] | null {
  try {
    const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z', '--', '.'];
    const output = execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
    return output.split('\0').filter((name) => name !== '');
  } catch {
    return null;
  }
}

/** A listed name is a derivation file, something else, or a repository within this one, which git does not enter. */
function besides(folder: string, name: string): string[] {
  if (name.split('/').includes('node_modules')) return [];
  if (isDerivationFile(name) && isFile(join(folder, name))) return [name];
  if (!name.endsWith('/') && !isRepository(join(folder, name))) return [];
  const inside = join(folder, name);
  return (listedByGit(inside) ?? walked(inside)).map((file) => `${name.replace(/\/$/, '')}/${file}`);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isRepository(folder: string): boolean {
  return existsSync(join(folder, '.git'));
}

// ---- without git

/** The rules of one folder's .gitignore, for the paths below that folder. */
interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

function walked(folder: string): string[] {
  return walk(folder, folder, rulesAbove(folder));
}

function walk(root: string, folder: string, above: readonly IgnoreRules[]): string[] {
  const rules = [...above, ...rulesIn(folder)];
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipsFolder(entry.name) || isIgnored(rules, `${path}/`) ? [] : walk(root, path, rules);
    if (!isDerivationFile(entry.name) || isIgnored(rules, path)) return [];
    return entry.isFile() || (entry.isSymbolicLink() && isFile(path)) ? [relative(root, path).split(sep).join('/')] : [];
  });
}

function skipsFolder(name: string): boolean {
  return name === '.git' || name === 'node_modules';
}

/** A folder below the one asked for that may not be opened holds nothing for us. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The .gitignore files between a folder and the root of its repository. */
function rulesAbove(folder: string): IgnoreRules[] {
  if (isRepository(folder)) return [];
  const parent = dirname(folder);
  return parent === folder ? [] : [...rulesAbove(parent), ...rulesIn(parent)];
}

function rulesIn(folder: string): IgnoreRules[] {
  try {
    return [{ folder, rules: ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8')) }];
  } catch {
    return [];
  }
}

/** The deepest .gitignore that speaks of a path decides. */
function isIgnored(rules: readonly IgnoreRules[], path: string): boolean {
  let ignored = false;
  for (const { folder, rules: own } of rules) {
    const name = relative(folder, path).split(sep).join('/') + (path.endsWith('/') ? '/' : '');
    const answer = own.test(name);
    if (answer.ignored) ignored = true;
    else if (answer.unignored) ignored = false;
  }
  return ignored;
}
