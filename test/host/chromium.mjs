// The browser that stands for the person's: Debian's Chromium, or any other that is there.
import { existsSync } from 'node:fs';
import { installPackage } from '../../scripts/apt.mjs';
import { StepFailed } from '../../scripts/tell.mjs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The path of a Chromium, installed through apt where none is there and the user may. CHROMIUM names another one. */
export async function findChromium({ log = console.log } = {}) {
  const present = presentChromium();
  if (present !== undefined) return present;
  await installPackage('chromium', { remedy: REMEDY, log });
  const installed = presentChromium();
  if (installed === undefined) throw new StepFailed('Installing Chromium', 'apt-get ended well, and there is still no Chromium', REMEDY);
  return installed;
}

const REMEDY = 'install Chromium or Chrome and set CHROMIUM to its path.';

function presentChromium() {
  return [process.env.CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
}

/** Starts the browser without a window. */
export async function startBrowser(executablePath) {
  const { chromium } = await import('playwright-core');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath, args });
}
