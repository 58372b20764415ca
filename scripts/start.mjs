// `npm start`: builds Chainrule and opens it on examples/, in the desktop's VS Code if there is one,
// else in VS Code in the browser. Works on a clean clone with Node 20 or newer and npm alone.
import { join } from 'node:path';
import { ensureInstalled, modernNode, ROOT, requireNode, toolEnvironment } from './install.mjs';
import { onPath } from './on-path.mjs';
import { lastLines, progress, reportFailure, run, StepFailed } from './tell.mjs';
import { installVsCode, startVsCode, workbenchAddress } from './vscode-server.mjs';

const EXAMPLES = join(ROOT, 'examples');

const FIRST = join(EXAMPLES, 'chain-rule.deriv');

const WHAT_NEXT = 'Put the cursor on a claim and run "Chainrule: Verify Gradient" (F1).';

const DESKTOP_NAMES = process.platform === 'win32' ? ['code.cmd', 'code'] : ['code', 'code-insiders', 'codium'];

async function buildAll() {
  const { status, output } = await run(modernNode(), ['scripts/build.mjs'], { cwd: ROOT, env: toolEnvironment(), quiet: true });
  if (status !== 0)
    throw new StepFailed(
      'Building',
      `status ${status}\n${lastLines(output)}`,
      'see the lines above; on an untouched clone, delete node_modules and try again.',
    );
}

/** VS Code of the desktop, or null. Root may not run it without more ado, and is better served by the browser. */
function desktopCode() {
  return process.getuid?.() === 0 ? null : onPath(DESKTOP_NAMES);
}

async function openDesktop(code) {
  const { status, output } = await run(code, ['--new-window', `--extensionDevelopmentPath=${ROOT}`, EXAMPLES, FIRST], { quiet: true });
  if (status !== 0)
    throw new StepFailed(
      `Starting ${code}`,
      `status ${status}\n${lastLines(output)}`,
      'see that VS Code starts by itself, or take it off the PATH to use the browser.',
    );
  console.log(`\nVS Code shows examples/ with Chainrule. ${WHAT_NEXT}`);
}

/** Keeps the server until the person ends it. */
function tellAddress(server) {
  const address = workbenchAddress(server, { folder: EXAMPLES, extension: ROOT.replace(/\/$/, ''), open: [FIRST] });
  console.log(`\nVS Code with Chainrule, on examples/:\n\n  ${address}\n\nOpen it in a browser. ${WHAT_NEXT} Ctrl+C ends it.`);
  const end = () => server.stop().then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

async function main() {
  requireNode();
  const code = desktopCode();
  const step = progress(code === null ? 4 : 3);
  await step('Installing what the lock file names', () => ensureInstalled(ROOT));
  await step('Building', buildAll);
  if (code !== null) return step(`Opening ${code}`, () => openDesktop(code));
  await step('Installing VS Code for the browser, as there is none for the desktop', () => installVsCode());
  tellAddress(await step('Starting VS Code in the browser', () => startVsCode()));
}

main().catch(reportFailure);
