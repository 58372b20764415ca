// The browser that stands for the person's: Debian's Chromium, or any other that is there.
import { existsSync } from 'node:fs';
import { lastLines, run, StepFailed } from '../../scripts/tell.mjs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The path of a Chromium, installed through apt where none is there and the user may. CHROMIUM names another one. */
export async function findChromium({ log = console.log } = {}) {
  const present = presentChromium();
  if (present !== undefined) return present;
  await installChromium(log);
  const installed = presentChromium();
  if (installed === undefined) throw new StepFailed('Installing Chromium', 'apt-get ended well, and there is still no Chromium', REMEDY);
  return installed;
}

const REMEDY = 'install Chromium or Chrome and set CHROMIUM to its path.';

function presentChromium() {
  return [process.env.CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
}

async function installChromium(log) {
  if (!existsSync('/usr/bin/apt-get')) throw new StepFailed('Finding a browser', 'there is no Chromium, and no apt-get to install it', REMEDY);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const command of [['apt-get', 'update'], ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium']]) {
    log(`  ${[...sudo, ...command].join(' ')}`);
    const [program, ...args] = [...sudo, ...command];
    const { status, output } = await run(program, args, { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (status !== 0) throw new StepFailed('Installing Chromium', `status ${status}\n${lastLines(output)}`, REMEDY);
  }
}

/** Starts the browser without a window. */
export async function startBrowser(executablePath) {
  const { chromium } = await import('playwright-core');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath, args });
}
