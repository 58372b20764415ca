// Chainrule in a real VS Code: inside its extension hosts, and from outside as a person uses it.
//   node test/host/run.mjs [--only panel,desktop,web,user]
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build as buildPrograms } from '../../scripts/build.mjs';
import { ensureInstalled, ROOT, toolEnvironment } from '../../scripts/install.mjs';
import { lastLines, progress, reportFailure, run, StepFailed } from '../../scripts/tell.mjs';
import { installVsCode, installVsix, startVsCode } from '../../scripts/vscode-server.mjs';
import { findChromium, startBrowser } from './chromium.mjs';
import { tally } from './tally.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

const SUITES = join(HERE, 'built');

const PARTS = ['panel', 'desktop', 'web', 'user'];

/** Runs the chosen parts and answers how many tests passed and failed. */
export async function runHostTests({ only = PARTS } = {}) {
  const work = mkdtempSync(join(tmpdir(), 'chainrule-host-'));
  const { counts, record, test } = tally();
  const step = progress(5 + only.length);
  try {
    await step('Installing what the tests need', () => ensureInstalled(HERE, { args: ['--ignore-scripts'] }));
    await step('Installing VS Code', () => installVsCode());
    const executable = await step('Finding a browser', () => findChromium());
    await step('Building', () => buildPrograms({ log: console.log }));
    await step('Bundling the suite', () => bundleSuite(work));
    const browser = await startBrowser(executable);
    const scene = { work, browser, record, test };
    try {
      for (const part of only) await step(TITLES[part], () => RUNS[part](scene));
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  return counts;
}

/** The window as a person leaves it who has closed the empty side bar on the right. */
const TIDY = { 'workbench.secondarySideBar.defaultVisibility': 'hidden' };

const TITLES = {
  panel: 'The panel’s page by itself',
  desktop: 'Inside the desktop extension host',
  web: 'Inside the web extension host',
  user: 'As a person: the packed extension in a fresh VS Code',
};

const RUNS = {
  panel: async ({ browser, test }) => {
    const { panelPageTests } = await import('../panel/page-tests.mjs');
    await panelPageTests({ browser, test, screenshots: screenshots() });
  },
  desktop: (scene) => suiteRun(scene, false),
  web: (scene) => suiteRun(scene, true),
  user: (scene) => asPerson(scene, async (person) => {
    const { userTests } = await import('./user/lecture.mjs');
    const { editingTests } = await import('./user/editing.mjs');
    const { surfaceTests } = await import('./user/surfaces.mjs');
    const { notesTests } = await import('./user/notes.mjs');
    const { menuTests } = await import('./user/menu.mjs');
    const { derivingTests } = await import('./user/deriving.mjs');
    const { panelTests } = await import('./user/panel.mjs');
    const { stoppingTests } = await import('./user/stopping.mjs');
    for (const tests of [userTests, editingTests, surfaceTests, notesTests, menuTests, derivingTests, panelTests, stoppingTests]) await tests({ ...person, folder: workspaceCopy(scene.work) });
  }),
};

/** A fresh VS Code with the packed extension. */
async function asPerson({ work, browser, test }, act) {
  const vsix = await packExtension(work);
  const dataDirectory = join(work, 'fresh');
  mkdirSync(dataDirectory);
  await installVsix(vsix, dataDirectory);
  const server = await startVsCode({ dataDirectory, smokeTestDriver: false, settings: TIDY });
  try {
    await act({ browser, server, test, screenshots: screenshots() });
  } finally {
    await server.stop();
  }
}

async function suiteRun({ work, browser, record }, web) {
  const { runSuite } = await import('./workbench.mjs');
  const server = await startVsCode({ settings: { ...UNSAVED, ...(web ? IN_THE_BROWSER : {}) } });
  const host = web ? 'web' : 'desktop';
  try {
    const named = (name, error) => record(`${host}: ${name}`, error);
    await runSuite({ browser, server, folder: workspaceCopy(work), extension: resolve(ROOT), tests: join(SUITES, `${host}.cjs`), web, record: named });
  } finally {
    await server.stop();
  }
}

/**
 * VS Code in a browser saves a second after an edit. A case that waits longer for what is said of a wrong text
 * would leave that text on the disk to the cases after it.
 */
const UNSAVED = { 'files.autoSave': 'off' };

/** A workbench with a remote prefers its host for extensions that have both entries; this asks for the one in the browser. */
const IN_THE_BROWSER = { 'remote.extensionKind': { 'chainrule.chainrule': ['web'] } };

/**
 * The suite is one module without Node's own, so that it runs in both hosts. It has to lie below the
 * extension: VS Code runs tests from elsewhere in the remote host. The host in the browser reads
 * CommonJS alone, which `.cjs` says.
 */
async function bundleSuite(work) {
  const { build } = await import('esbuild');
  const answers = await answersOfCommandLine(work);
  for (const host of ['desktop', 'web']) {
    await build({
      entryPoints: [join(HERE, 'suite/index.ts')], outfile: join(SUITES, `${host}.cjs`), bundle: true, format: 'cjs', platform: 'browser', target: 'es2022',
      external: ['vscode'], define: { HOST: JSON.stringify(host), ANSWERS: JSON.stringify(answers) }, logLevel: 'warning',
    });
  }
}

/** Documents that are verified on the command line and inside VS Code, with the reports of the first. */
const COMPARED = ['workspace/lecture.deriv', 'workspace/notes.md', 'answers/numbers.deriv'];

async function answersOfCommandLine(work) {
  const answers = [];
  for (const path of COMPARED) {
    const [source, target] = [join(HERE, path), join(work, 'report.md')];
    // Its status is 1 where a claim is wrong.
    await run('node', [join(ROOT, 'dist/cli.js'), 'verify', source, '--report', target], { cwd: ROOT, env: toolEnvironment(), quiet: true });
    answers.push({ name: basename(path), text: readFileSync(source, 'utf8'), report: readFileSync(target, 'utf8') });
  }
  return answers;
}

/** Tests edit files; each run has its own. */
function workspaceCopy(work) {
  const folder = mkdtempSync(join(work, 'workspace-'));
  cpSync(join(HERE, 'workspace'), folder, { recursive: true });
  return folder;
}

function screenshots() {
  const folder = join(HERE, 'screenshots');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Packs the extension by the package's own script. */
async function packExtension(work) {
  const vsix = join(work, 'chainrule.vsix');
  const { status, output } = await run('npm', ['run', 'package', '--', '--out', vsix], { cwd: ROOT, env: toolEnvironment(), quiet: true });
  if (status !== 0) throw new StepFailed('Packing the extension', `status ${status}\n${lastLines(output)}`, 'see the lines above: they name what is missing in package.json.');
  return vsix;
}

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const only = values.only?.split(',') ?? PARTS;
  const unknown = only.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new StepFailed('Reading the options', `there is no part ${unknown}`, `choose from ${PARTS.join(', ')}.`);
  const { passed, failed } = await runHostTests({ only });
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    reportFailure(error);
    console.log('0 passed, 1 failed');
  });
}
