// A browser for what is tried in VS Code: any Chromium that is there, else Debian's.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { lastLines, run, StepFailed } from './tell.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The first program of one of these names on the PATH, or null. */
export function onPath(names) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) if (folder !== '' && isExecutable(join(folder, name))) return join(folder, name);
  }
  return null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser to use: the one CHROMIUM names, or one on the PATH; null if there is none. */
export function findChromium() {
  return process.env.CHROMIUM ?? onPath(NAMES);
}

/** Installs Debian's Chromium where there is no browser and the user may, and answers its path. */
export async function ensureChromium({ log = console.log } = {}) {
  const found = findChromium();
  if (found !== null) return found;
  const remedy = 'install Chromium (on Debian and Ubuntu: sudo apt-get install chromium), or set CHROMIUM to the path of one.';
  const sudo = await howToBeRoot();
  if (onPath(['apt-get']) === null || sudo === null) throw new StepFailed('Finding a browser', 'there is no Chromium on the PATH, and it cannot be installed from here', remedy);
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    log(`  ${[...sudo, 'apt-get', ...args].join(' ')}`);
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    const { status, output } = await run(command, rest, { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (status !== 0) throw new StepFailed('Installing Chromium', `apt-get ${args[0]} ended with status ${status}\n${lastLines(output)}`, remedy);
  }
  const installed = findChromium();
  if (installed === null) throw new StepFailed('Installing Chromium', 'apt-get installed it, but it is not on the PATH', remedy);
  return installed;
}

/** What to put before a command that only root may run: nothing, sudo where it asks no password, or null. */
async function howToBeRoot() {
  if (process.getuid?.() === 0) return [];
  if (onPath(['sudo']) === null) return null;
  return (await run('sudo', ['-n', 'true'], { quiet: true })).status === 0 ? ['sudo', '-n'] : null;
}
