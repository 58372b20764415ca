// The workbench in a browser, with an extension under development or an installed one.

import { workbenchAddress } from '../../scripts/vscode-server.mjs';
import { until } from './tally.mjs';

const MARK = '@chainrule ';

/** How long a suite may take inside the extension host. */
const SUITE_SECONDS = 240;

/**
 * Runs a suite inside the extension host and records each of its cases. `web` chooses the host in the browser.
 */
export async function runSuite({ browser, server, folder, extension, tests, web, record }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const told = suiteReport(record);
  await page.exposeFunction('codeAutomationLog', (_type, args) => told.take(args.map(String).join(' ')));
  await page.exposeFunction('codeAutomationExit', (code) => told.end(code));
  try {
    await page.goto(workbenchAddress(server, { folder, extension, tests, web }));
    await until('the suite ends', () => told.ended(), { seconds: SUITE_SECONDS });
  } catch (error) {
    record('the suite runs to its end', new Error(`${error.message}\n${told.lastWords()}`));
  } finally {
    await context.close();
  }
  if (told.ended() && !told.complete()) record('the suite runs to its end', new Error(`it ended early, with status ${told.status()}\n${told.lastWords()}`));
}

/** Reads the console of a suite: one line a case, a sum at its end. */
function suiteReport(record) {
  const lines = [];
  let [status, sum] = [null, null];
  const take = (line) => {
    lines.push(line);
    const at = line.indexOf(MARK);
    if (at < 0) return;
    const said = JSON.parse(line.slice(at + MARK.length).trim());
    if (said.cases !== undefined) sum = said;
    else record(said.name, said.problem === null ? null : new Error(said.problem));
  };
  return {
    take,
    end: (code) => { status = code ?? 0; },
    ended: () => status !== null,
    complete: () => sum !== null,
    status: () => status,
    lastWords: () => lines.slice(-15).join('\n'),
  };
}
