// VS Code without a desktop: the server inside npm's code-server package, opened in any browser.
// `npm start` and the tests in a real VS Code share it.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, modernNode, ROOT, toolEnvironment } from './install.mjs';
import { lastLines, run, StepFailed } from './tell.mjs';

const HOST = join(ROOT, 'test/host');
const VSCODE = join(HOST, 'node_modules/code-server/lib/vscode');

/** How long the server may take until it listens. */
const START_MILLISECONDS = 60_000;

/** What keeps a first start to the files: no welcome page, no chat, no update notes. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
};

/** Installs VS Code below test/host when it is not there, and answers its folder. */
export async function installVsCode({ log = console.log } = {}) {
  await ensureInstalled(HOST, { args: ['--ignore-scripts'], log });
  for (const folder of [VSCODE, join(VSCODE, 'extensions')]) await installWithin(folder, log);
  return VSCODE;
}

/** VS Code's own packages come without a record of theirs until npm has finished. */
async function installWithin(folder, log) {
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return;
  log(`  npm install in ${folder.slice(ROOT.length)}`);
  const args = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, output } = await run('npm', args, { cwd: folder, env: toolEnvironment(), quiet: true });
  if (status === 0) return;
  const remedy = 'see that npm reaches its registry (`npm ping`), delete test/host/node_modules, and try again.';
  throw new StepFailed(`Installing VS Code's own packages in ${folder}`, `status ${status}\n${lastLines(output)}`, remedy);
}

/** A port that nothing listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Starts VS Code's server and waits until it listens.
 *
 * - `dataDirectory`: where it keeps settings and extensions; a new one, removed at the end, if absent.
 * - `smokeTestDriver`: lets the page's address carry a payload (extension under development, tests).
 * - `settings`: machine settings besides the quiet ones.
 *
 * Answers `{ url, authority, port, dataDirectory, output(), stop() }`.
 */
export async function startVsCode({ port, dataDirectory, smokeTestDriver = true, settings = {}, log = console.log } = {}) {
  const folder = await installVsCode({ log });
  const chosen = port ?? (await freePort());
  const data = dataDirectory ?? mkdtempSync(join(tmpdir(), 'chainrule-vscode-'));
  writeSettings(data, settings);
  const child = spawn(modernNode(), serverArguments(chosen, data, smokeTestDriver), {
    cwd: folder,
    env: { ...toolEnvironment(), NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => stopServer(child, dataDirectory === undefined ? data : null);
  const output = await untilListening(child, stop);
  return { url: `http://127.0.0.1:${chosen}/`, authority: `127.0.0.1:${chosen}`, port: chosen, dataDirectory: data, output, stop };
}

function serverArguments(port, dataDirectory, smokeTestDriver) {
  return [
    'out/server-main.js',
    '--accept-server-license-terms',
    '--without-connection-token',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
    '--server-data-dir',
    dataDirectory,
    '--disable-telemetry',
    '--disable-workspace-trust',
  ];
}

function writeSettings(dataDirectory, settings) {
  const folder = join(dataDirectory, 'data/Machine');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'settings.json');
  const present = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, JSON.stringify({ ...QUIET_SETTINGS, ...present, ...settings }, null, 2));
}

/** Waits for the server's word that its page can be opened; answers a function that gives all it has said. */
function untilListening(child, stop) {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = async (reason) => {
      clearTimeout(timer);
      await stop();
      reject(
        new StepFailed('Starting VS Code in the browser', `${reason}\n${lastLines(said)}`, 'delete test/host/node_modules and try again.'),
      );
    };
    const timer = setTimeout(() => fail(`it did not listen within ${START_MILLISECONDS / 1000} s`), START_MILLISECONDS);
    const take = (chunk) => {
      said += chunk;
      if (!said.includes('Web UI available')) return;
      clearTimeout(timer);
      resolve(() => said);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with status ${code}`));
  });
}

async function stopServer(child, dataDirectory) {
  child.removeAllListeners('exit');
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }
  if (dataDirectory !== null) rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/**
 * The address of a folder in the workbench. With `extension` (a folder) that extension runs as one
 * under development; with `tests` (a module that exports `run`) its tests run; `web` asks for the
 * extension host inside the browser, which VS Code grants only together with the setting
 * `remote.extensionKind`, and to tests only below the extension's folder.
 */
export function workbenchAddress({ url, authority }, { folder, extension, tests, web = false, open = [] }) {
  const remote = (path) => `vscode-remote://${authority}${path}`;
  const payload = [
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ...(web ? [['extensionDevelopmentKind', 'web']] : []),
    ...open.map((path) => ['openFile', remote(path)]),
  ];
  const query = new URLSearchParams({ folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${url}?${query}`;
}

/** Installs a packed extension (.vsix) into a server's data directory, as a person would. */
export async function installVsix(vsix, dataDirectory, { log = console.log } = {}) {
  const folder = await installVsCode({ log });
  const args = ['out/server-main.js', '--accept-server-license-terms', '--server-data-dir', dataDirectory, '--install-extension', vsix];
  const { status, output } = await run(modernNode(), args, { cwd: folder, env: toolEnvironment(), quiet: true });
  if (status !== 0)
    throw new StepFailed(
      `Installing ${vsix} into VS Code`,
      `status ${status}\n${lastLines(output)}`,
      'see the lines above; `npm run package` makes the file anew.',
    );
}
