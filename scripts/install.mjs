// Installing what package-lock.json says, only when it is missing or no longer what the lock file says.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastLines, run, StepFailed } from './tell.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Why node_modules is not what the lock file asks for, or null when it is. Both arguments are parsed JSON; the second is npm's own record. */
export function staleness(lock, installed) {
  if (installed === null) return 'nothing is installed';
  for (const [path, wanted] of Object.entries(lock.packages ?? {})) {
    if (path === '' || wanted.link) continue;
    const found = installed.packages?.[path];
    if (found === undefined && !wanted.optional && !wanted.devOptional) return `${path} is missing`;
    if (found !== undefined && found.version !== wanted.version) return `${path} is ${found.version}, not ${wanted.version}`;
  }
  return null;
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** The same of a folder that holds a package-lock.json. */
export function stalenessOf(folder) {
  return staleness(readJson(join(folder, 'package-lock.json')) ?? {}, readJson(join(folder, 'node_modules/.package-lock.json')));
}

/** Runs `npm ci` in a folder when it is needed. */
export async function ensureInstalled(folder, { args = [], log = console.log } = {}) {
  const reason = stalenessOf(folder);
  if (reason === null) return;
  log(`  npm ci, because ${reason}`);
  const { status, output } = await run('npm', ['ci', '--no-audit', '--no-fund', ...args], { cwd: folder, quiet: true });
  if (status === 0) return;
  throw new StepFailed(
    `npm ci in ${folder}`,
    `status ${status}\n${lastLines(output)}`,
    'see that npm reaches its registry (`npm ping`), delete node_modules, and try again.',
  );
}

/** Older versions lack what the scripts use, and fail with messages that help nobody. */
export function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return;
  throw new StepFailed('Starting', `this is Node ${process.versions.node}`, 'install Node 20 or newer (https://nodejs.org).');
}

/** Node 24 as installed with the development packages; this very Node where that is not there. */
export function modernNode() {
  const bundled = join(ROOT, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(bundled) ? bundled : process.execPath;
}

/** The environment of child processes: programs of node_modules first, Node 24 among them. */
export function toolEnvironment() {
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(separator) };
}
