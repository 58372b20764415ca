// `npm test`: everything that has to hold, on a clean clone with Node 20 or newer and npm alone.
// The last line is `N passed, N failed`, over the tests of vitest and those inside VS Code.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage } from './apt.mjs';
import { ensureInstalled, modernNode, ROOT, requireNode, toolEnvironment } from './install.mjs';
import { lastLines, progress, reportFailure, run } from './tell.mjs';

const HOST_SUITES = join(ROOT, 'test/host/run.mjs');

/** Runs a program of node_modules on Node 24, its output shown. */
function tool(command, args) {
  return run(command, args, { cwd: ROOT, env: toolEnvironment() });
}

/** A step that passes or fails as a whole adds nothing to the count of tests when it passes. */
async function gate(name, command, args) {
  const { status } = await tool(command, args);
  if (status !== 0) console.error(`\n${name} failed; what is wrong stands above.`);
  return { passed: 0, failed: status === 0 ? 0 : 1 };
}

async function unitTests() {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-test-'));
  const file = join(folder, 'results.json');
  try {
    const { status } = await tool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${file}`]);
    const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    // A file that cannot even be loaded has no failed tests, but the run has failed.
    return { passed, failed: status !== 0 && failed === 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function hostSuites() {
  const { status, output } = await run(modernNode(), [HOST_SUITES], { cwd: ROOT, env: toolEnvironment() });
  const counts = countsIn(lastLines(output, 1));
  if (counts === null) console.error('\nThe suites inside VS Code ended without saying how many tests passed.');
  const { passed, failed } = counts ?? { passed: 0, failed: 1 };
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed };
}

/** Tests that need Neovim are skipped where it cannot be had. */
async function findNeovim() {
  const { status } = await run('nvim', ['--version'], { quiet: true });
  if (status === 0) return;
  await installPackage('neovim', { remedy: 'install Neovim; without it the tests in it are skipped.' }).catch((error) =>
    console.log(`  ${error.message}`),
  );
}

/** `12 passed, 0 failed` as numbers. */
function countsIn(line) {
  const groups = /^(?<passed>\d+) passed, (?<failed>\d+) failed\s*$/.exec(line)?.groups;
  return groups === undefined ? null : { passed: Number(groups.passed), failed: Number(groups.failed) };
}

async function main() {
  requireNode();
  const steps = [
    ['Checking types', () => gate('The type check', 'tsc', ['--noEmit'])],
    [
      'Linting',
      () => gate('The linter (`npm run format` mends format and order of imports)', 'biome', ['check', '--diagnostic-level=error', '.']),
    ],
    ['Testing without VS Code', unitTests],
    ['Building', () => gate('The build', modernNode(), ['scripts/build.mjs'])],
    ...(existsSync(HOST_SUITES) ? [['Testing inside VS Code, desktop and web', hostSuites]] : []),
  ];
  const step = progress(steps.length + 2);
  await step('Installing what the lock file names', () => ensureInstalled(ROOT));
  await step('Finding Neovim', findNeovim);
  let passed = 0;
  let failed = 0;
  for (const [title, work] of steps) {
    const counts = await step(title, () => work().catch(failedStep));
    passed += counts.passed;
    failed += counts.failed;
  }
  process.exitCode = failed === 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed`);
}

function failedStep(error) {
  reportFailure(error);
  return { passed: 0, failed: 1 };
}

main().catch((error) => {
  reportFailure(error);
  console.log('0 passed, 1 failed');
});
