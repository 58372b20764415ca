// At home in the editor: typing, hovering, completing, renaming, mending, as a person does it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workbenchAddress } from '../../../scripts/vscode-server.mjs';
import { until as ask } from '../tally.mjs';
import { again, moveTo, openFile, openWorkbench, PATIENCE, personAt, rename, runCommand, setTheme } from './hands.mjs';

const FILE = 'editing.deriv';

/** Nothing here takes long, and one case that fails shall not hold up the others. */
const until = (what, question) => ask(what, question, { seconds: 30 });

export async function editingTests({ browser, server, folder, test, screenshots }) {
  writeFileSync(join(folder, 'failing.deriv'), "x : n\nL = x' x\ndL/dx = 3 x\n");
  const context = await browser.newContext({ viewport: { width: 1300, height: 850 } });
  const page = await context.newPage();
  const { person, shoot } = personAt(page, { test, screenshots });
  try {
    await openWorkbench(page, workbenchAddress(server, { folder }));
    await openFile(page, FILE);
    await hovering(page, person, shoot);
    await typing(page, person, shoot);
    await renaming(page, person);
    await mending(page, person, shoot);
    await looking(page, person, shoot);
  } finally {
    await context.close();
  }
}

/** The lines of the editor as they are drawn, without hints. */
function lines(page) {
  return page.locator('.editor-group-container').first().locator('.view-line').evaluateAll((all) => all
    .map((line) => [Number.parseInt(line.style.top, 10), [...line.querySelectorAll('span > span')].filter((one) => !/dyn-rule/.test(one.className)).map((one) => one.textContent).join('').replaceAll('\u00a0', ' ')])
    .sort(([a], [b]) => a - b).map(([, text]) => text));
}

async function lineWith(page, text) {
  return until(`the line ${text}`, async () => (await lines(page)).find((line) => line.includes(text)));
}

async function hovering(page, person, shoot) {
  await person('a hover draws the formula, and a lens tells the verdict', async () => {
    await until('a verdict', async () => (await page.locator('.codelens-decoration').allInnerTexts()).some((lens) => /✓ verified/.test(lens)));
    await moveTo(page, 9);
    await runCommand(page, 'Show or Focus Hover');
    const hover = page.locator('.monaco-hover:not(.hidden)').first();
    await until('an image', async () => (await hover.locator('img[src^="data:image/svg+xml"]').count()) === 1);
    await until('the shape', async () => /n×1/.test(await hover.innerText()));
    for (const [name, theme] of [['light', 'Light Modern'], ['dark', 'Dark Modern']]) {
      await page.keyboard.press('Escape');
      await setTheme(page, theme);
      await runCommand(page, 'Show or Focus Hover');
      await until('an image', async () => (await hover.locator('img[src^="data:image/svg+xml"]').count()) === 1);
      await shoot(`editing-hover-${name}`);
    }
    await page.keyboard.press('Escape');
  });

  await person('a hover grows with the selection', async () => {
    await moveTo(page, 7);
    for (let at = 0; at < 4; at++) await page.keyboard.press('ArrowRight');
    await runCommand(page, 'Show or Focus Hover');
    const hover = page.locator('.monaco-hover:not(.hidden)').first();
    await until('the letter', async () => /c\s*:\s*m×1/.test(await hover.innerText()));
    await page.keyboard.press('Escape');
    for (let at = 0; at < 11; at++) await page.keyboard.press('Shift+ArrowRight');
    await runCommand(page, 'Show or Focus Hover');
    await until('the sum', async () => /c' y \+ y' y\s*:\s*1×1/.test(await hover.innerText()));
    await page.keyboard.press('Escape');
  });
}

async function typing(page, person, shoot) {
  await person('words behind a backslash become signs, by a blank and by Tab', async () => {
    await moveTo(page, 12);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('K : m\\x', { delay: 30 });
    await page.keyboard.press('Escape');
    await page.keyboard.type(' n', { delay: 30 });
    await lineWith(page, 'K : m× n');
    await page.keyboard.press('Enter');
    await page.keyboard.type('w = \\mu', { delay: 30 });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await lineWith(page, 'w = μ');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.press('Delete');
  });

  await person('Enter behind a letter begins a line, whatever is offered, and a claim is completed with its right side', async () => {
    await page.keyboard.type('q = x\' x', { delay: 60 });
    await page.keyboard.press('Enter');
    await lineWith(page, 'q = x\' x');
    await page.keyboard.type('dq', { delay: 80 });
    const suggested = async () => (await page.locator('.suggest-widget .monaco-list-row').allInnerTexts()).some((row) => row.includes('dq/dx = 2 x'));
    await again(() => ask('the claim among the suggestions', suggested, { seconds: PATIENCE / 1000 }), () => page.keyboard.press('Control+Space'));
    await shoot('editing-completion');
    await page.keyboard.press('Tab');
    await lineWith(page, 'dq/dx = 2 x');
  });
}

async function renaming(page, person) {
  await person('a symbol is renamed in all its places, and one undo takes that back', async () => {
    await moveTo(page, 6);
    const before = (await lines(page)).join('\n');
    await rename(page, 'h');
    await until('the new name everywhere', async () => {
      const text = (await lines(page)).join('\n');
      return !/\by\b/.test(text.replace(/^# .*$/m, '')) && (text.match(/(?<!\p{L})d?h(?!\p{L})/gu) ?? []).length >= 20;
    });
    await page.keyboard.press('Control+z');
    await until('the old text', async () => (await lines(page)).join('\n') === before);
  });

  await person('a renaming that would capture is refused with the reason', async () => {
    await moveTo(page, 6);
    await rename(page, 'c');
    await until('the reason', async () => /is another symbol here already/.test(await page.locator('.monaco-workbench').innerText()));
    await page.keyboard.press('Escape');
  });
}

async function mending(page, person, shoot) {
  await person('a wrong step is named by its lens, and the light bulb mends it or keeps quiet about it', async () => {
    await moveTo(page, 11);
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.locator('.squiggly-warning').first().waitFor();
    await until('the lens', async () => (await page.locator('.codelens-decoration').allInnerTexts()).some((lens) => /✗ step 1: transpose\?/.test(lens)));
    const menu = page.locator('.action-widget').first();
    const fixes = async () => {
      const text = await menu.innerText({ timeout: PATIENCE });
      return /Replace M by M'/.test(text.replaceAll('`', '')) && /Switch off .* in this section/.test(text) && /in this workspace/.test(text);
    };
    await again(async () => {
      await page.keyboard.press('Control+.');
      await ask('the fixes', fixes, { seconds: PATIENCE / 1000 });
    }, () => page.keyboard.press('Escape'));
    await shoot('editing-quick-fix');
    await page.keyboard.press('Enter');
    await lineWith(page, "dy/dx = M'");
    await until('no squiggle', async () => (await page.locator('.squiggly-warning').count()) === 0);
  });
}

async function looking(page, person, shoot) {
  await person('shapes of definitions are shown, and hidden by one command', async () => {
    const shown = async () => (await page.locator('.editor-group-container').first().locator('.view-lines').innerText()).replaceAll('\u00a0', ' ');
    await until('a hint', async () => /y: m×1/.test(await shown()));
    await runCommand(page, 'Chainrule: Toggle Shape Hints');
    await until('no hint', async () => !/y: m×1/.test(await shown()));
    await runCommand(page, 'Chainrule: Toggle Shape Hints');
    await until('a hint', async () => /y: m×1/.test(await shown()));
  });

  await person('the status bar changes the layout of the section', async () => {
    await moveTo(page, 9);
    await again(async () => {
      await page.locator('.statusbar-item', { hasText: '∂' }).first().click();
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'denominator' }).first().waitFor({ timeout: PATIENCE });
    }, () => page.keyboard.press('Escape'));
    await shoot('editing-status-bar');
    await page.keyboard.press('Enter');
    await lineWith(page, 'layout denominator');
    await page.keyboard.press('Control+z');
  });

  await person('the Testing view has a test for each claim, which passes', async () => {
    await runCommand(page, 'Testing: Focus on Test Explorer View');
    const listed = () => page.locator('.test-explorer').innerText();
    await until('the file, and a notebook that is not open', async () => /cells\.ipynb[^]*editing\.deriv/.test(await listed()));
    await runCommand(page, 'Test: Run All Tests');
    await until('a passed test', async () => (await page.locator('.test-explorer .testing-icon, .test-explorer .codicon-testing-passed-icon').count()) > 0);
    await shoot('editing-tests');
  });

  await person('a wrong claim fails in the Testing view, and its message with what would be right is read at its place', async () => {
    const file = page.locator('.test-explorer .monaco-list-row', { hasText: 'failing.deriv' }).first();
    await again(async () => {
      await file.click({ timeout: PATIENCE });
      await page.keyboard.press('ArrowRight');
      await page.locator('.test-explorer .monaco-list-row .codicon-testing-failed-icon').first().waitFor({ timeout: PATIENCE });
    });
    await openFile(page, 'failing.deriv');
    await until('the failed test in the margin', () => page.locator('.editor-group-container .codicon-testing-failed-icon').count());
    await until('the message in its line', async () => /`?3 x`? is not `?dL\/dx/.test((await page.locator('.editor-group-container').first().innerText()).replaceAll('\u00a0', ' ')));
    await moveTo(page, 3);
    await runCommand(page, 'Test: Peek Output');
    const peek = page.locator('.test-output-peek');
    await until('the message', async () => /is not dL\/dx[^]*Right would be 2 x/.test((await peek.innerText()).replaceAll('`', '').replaceAll('\u00a0', ' ')));
    await shoot('editing-test-failed');
    await page.keyboard.press('Escape');
  });

  await person('a claim of a notebook leads from the Testing view to its cell', async () => {
    const file = page.locator('.test-explorer .monaco-list-row', { hasText: 'cells.ipynb' }).first();
    const claim = page.locator('.test-explorer .monaco-list-row[aria-level="2"]', { hasText: '4 h' }).first();
    await again(async () => {
      await file.click({ timeout: PATIENCE });
      await page.keyboard.press('ArrowRight');
      await claim.waitFor({ timeout: PATIENCE });
    });
    // Where its cells are is known a moment after the notebook was unfolded; before that a claim opens the notebook alone.
    await again(async () => {
      await claim.dblclick({ timeout: PATIENCE });
      await page.locator('.statusbar-item', { hasText: /Cell 3 of 3/ }).first().waitFor({ timeout: PATIENCE });
    });
    await shoot('editing-test-of-a-cell');
  });
}
