// Programs of Debian and its kin that tests use.
import { existsSync } from 'node:fs';
import { lastLines, run, StepFailed } from './tell.mjs';

/** Installs a package through apt, where it is there and the user may; fails with what to do otherwise. */
export async function installPackage(name, { remedy, log = console.log }) {
  if (!existsSync('/usr/bin/apt-get')) throw new StepFailed(`Installing ${name}`, 'it is not there, and no apt-get to install it', remedy);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const command of [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', name],
  ]) {
    log(`  ${[...sudo, ...command].join(' ')}`);
    const [program, ...args] = [...sudo, ...command];
    const { status, output } = await run(program, args, { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (status !== 0) throw new StepFailed(`Installing ${name}`, `status ${status}\n${lastLines(output)}`, remedy);
  }
}
