// How long a reader waits in VS Code, from a control of the panel to the new picture: on the clock, so that the machine should have nothing else to do.
//   node bench/control-to-picture.mjs [--web]
// A fresh VS Code in headless Chromium with the packed extension; the claim is one of usual sizes.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toolEnvironment } from '../scripts/install.mjs';
import { run } from '../scripts/tell.mjs';
import { installVsix, startVsCode, workbenchAddress } from '../scripts/vscode-server.mjs';
import { findChromium, startBrowser } from '../test/host/chromium.mjs';
import { until } from '../test/host/tally.mjs';
import { moveTo, openFile, openWorkbench, panelFrame, runCommand } from '../test/host/user/hands.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Changes that are measured, and those before them, in which programs are compiled. */
const ROUNDS = 40;
const WARMING = 5;

/** Changes one control and waits: for the answer, until it is in the page, and until the second frame after that. */
const CHANGE = ([name, round]) =>
  new Promise((done) => {
    const started = performance.now();
    const heard = ({ data }) => {
      if (data?.kind !== 'show') return;
      window.removeEventListener('message', heard);
      const told = performance.now() - started;
      setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => done({ told, drawn: performance.now() - started }))));
    };
    window.addEventListener('message', heard);
    const control = [...document.querySelectorAll('button, label')].find((one) => one.textContent.trim().startsWith(name));
    const field = control.querySelector('input, select');
    if (field === null) return control.click();
    field.value = field.options?.[1 + (round % (field.options.length - 1))].value ?? String(4 + (round % 3));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });

const CONTROLS = { 'a new point': 'New point', 'a size': 'n =', 'the tolerance': 'Tolerance', 'the layout': 'Layout' };

const at = (times, share) => [...times].sort((one, other) => one - other)[Math.floor((times.length - 1) * share)].toFixed(0);

async function measure(frame, name, control) {
  const found = [];
  for (let round = 0; round < ROUNDS + WARMING; round += 1) {
    found.push(await frame.evaluate(CHANGE, [control, round]));
    await frame.waitForTimeout(100);
  }
  const kept = found.slice(WARMING);
  const row = (what, key) =>
    `${what} ${at(
      kept.map((one) => one[key]),
      0.5,
    )} ms (nine of ten ${at(
      kept.map((one) => one[key]),
      0.9,
    )}, slowest ${at(
      kept.map((one) => one[key]),
      1,
    )})`;
  console.log(`${name.padEnd(14)} ${row('answered', 'told')}, ${row('drawn', 'drawn')}`);
}

/** Two frames in which nothing is done. */
async function idle(frame) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1)
    times.push(
      await frame.evaluate(
        () =>
          new Promise((done) => {
            const started = performance.now();
            requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)));
          }),
      ),
    );
  console.log(`two frames without work ${at(times, 0.5)} ms`);
}

const { values } = parseArgs({ options: { web: { type: 'boolean', default: false } } });
const work = mkdtempSync(join(tmpdir(), 'chainrule-bench-'));
const browser = await startBrowser(await findChromium());
let server;
try {
  const folder = join(work, 'notes');
  mkdirSync(folder);
  copyFileSync(join(ROOT, 'test/host/workspace/lecture.deriv'), join(folder, 'lecture.deriv'));
  const vsix = join(work, 'chainrule.vsix');
  const { status, output } = await run('npm', ['run', 'package', '--', '--out', vsix], { cwd: ROOT, env: toolEnvironment(), quiet: true });
  if (status !== 0) throw new Error(output);
  const dataDirectory = join(work, 'data');
  mkdirSync(dataDirectory);
  await installVsix(vsix, dataDirectory);
  server = await startVsCode({
    dataDirectory,
    smokeTestDriver: false,
    settings: values.web ? { 'remote.extensionKind': { 'chainrule.chainrule': ['web'] } } : {},
  });
  const page = await (await browser.newContext({ viewport: { width: 1600, height: 1000 } })).newPage();
  await openWorkbench(page, workbenchAddress(server, { folder }));
  await openFile(page, 'lecture.deriv');
  await moveTo(page, 13);
  await runCommand(page, 'Chainrule: Verify Gradient');
  const frame = await panelFrame(page);
  await until('a verdict', async () => (await frame.innerText('.verdict').catch(() => '')).includes('Verified'));
  await frame.getByText('Sizes, point and tolerance').click();
  console.log(`${values.web ? 'web' : 'desktop'} host, load ${loadavg()[0].toFixed(1)}`);
  await idle(frame);
  for (const [name, control] of Object.entries(CONTROLS)) await measure(frame, name, control);
} finally {
  await browser.close();
  await server?.stop();
  rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
