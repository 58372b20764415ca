// What a person does in the workbench, by keys and pointer.
import { join } from 'node:path';
import { until } from '../tally.mjs';

/** Opens the workbench and waits until its files are there. */
export async function openWorkbench(page, address) {
  await page.goto(address);
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
}

/** What a trial does as a person, told under its name, with a screenshot where it fails; and a screenshot of its own. */
export function personAt(page, { test, screenshots }) {
  const shoot = (name) => page.screenshot({ path: join(screenshots, `${name}.png`) });
  const person = async (name, act) => {
    if (!(await test(`user: ${name}`, () => beganAnew(page, name, act, shoot)))) await shoot(`failed-${fileName(name)}`);
  };
  return { person, shoot };
}

const fileName = (name) => name.replace(/\W+/g, '-').slice(0, 60);

/** How many trials of a run may be begun once more for another reason than a key or click that was not taken. */
const spare = { trials: 2 };

/**
 * A trial whose keys or clicks the workbench did not take is begun once more from the text on the disk, and says so: that is VS Code's own,
 * on a busy machine. A key that goes astray without a sign shows as something that does not come; two trials of a run are begun once more
 * for that, so that a fault of Chainrule's, which comes again, fails here and does not hide.
 */
async function beganAnew(page, name, act, shoot) {
  try {
    await act();
  } catch (error) {
    if (error?.name !== 'TimeoutError' && spare.trials-- <= 0) throw error;
    console.log(`  … user: ${name}: once more, since ${error.message.split('\n')[0]}`);
    await shoot(`astray-${fileName(name)}`);
    for (let presses = 0; presses < 2; presses++) await page.keyboard.press('Escape');
    await runCommand(page, 'File: Revert File', { optional: true });
    await act();
  }
}

/** How long a person waits for what a key opens before pressing it again, in milliseconds. */
export const PATIENCE = 5_000;

/**
 * Does a thing again when it does not come to its end: a busy workbench gives a key to the part that had the focus a moment before, and a
 * person then presses Escape where a box may be open, and begins anew, each time a little later. What is done here must be harmless when it is
 * done twice, and wait no longer than a person would.
 */
export async function again(act, retreat = () => {}) {
  for (let tries = 8; ; tries--) {
    try {
      return await act();
    } catch (error) {
      if (tries === 1) throw error;
      await retreat();
      await new Promise((resolve) => setTimeout(resolve, 250 * (9 - tries)));
    }
  }
}

const escapeIn = (page) => () => page.keyboard.press('Escape');

/** Opens one of the boxes in which VS Code asks for a name by its key, and types into it. */
async function ask(page, key, text) {
  await page.keyboard.press(key);
  await page.locator('.quick-input-widget input:focus').first().waitFor({ timeout: PATIENCE });
  await page.keyboard.type(text);
}

/** Ctrl+P, a name, Enter. */
export async function openFile(page, name) {
  await again(async () => {
    await ask(page, 'Control+p', name);
    // Before the list is filtered its first row is the file that was opened last.
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).first().waitFor({ timeout: PATIENCE });
    await page.keyboard.press('Enter');
    await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: PATIENCE });
  }, escapeIn(page));
}

/**
 * F1, a title, a click on it. The list knows what is offered at the moment it opens, which a file opened just before may change a moment
 * later, so that a person looks again. With `optional`, a title that is not offered is let be.
 */
export async function runCommand(page, title, { optional = false } = {}) {
  const row = page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first();
  const choose = async () => {
    await ask(page, 'F1', title);
    await row.click({ timeout: optional ? 2_000 : PATIENCE });
  };
  if (optional) await choose().catch(escapeIn(page));
  else await again(choose, escapeIn(page));
}

/** Closes a file by its tab: the command that closes an editor, given twice, closes two. */
export async function closeFile(page, name) {
  const tab = page.locator(`.tab[data-resource-name="${name}"]`);
  await until(`${name} is closed`, async () => {
    await tab.first().click({ button: 'middle', timeout: PATIENCE }).catch(() => {});
    return (await tab.count()) === 0;
  });
}

/** Puts the cursor of the first editor at the beginning of a line, counted from 1. */
export async function moveTo(page, line) {
  const editor = page.locator('.editor-group-container').first().locator('.monaco-editor.focused');
  await again(async () => {
    await page.keyboard.press('Control+1');
    await editor.waitFor({ timeout: PATIENCE });
    await ask(page, 'Control+g', String(line));
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: PATIENCE });
    // The box gives the focus back a moment after it is gone, and what is typed meanwhile is lost.
    await editor.waitFor({ timeout: PATIENCE });
  }, escapeIn(page));
}

/** An editor on a cell of the notebook that is open, counted from 0, with the cursor at its end. An arrow that goes astray opens another cell: it is asked which. */
export async function openCell(page, number) {
  const cells = page.locator('.notebookOverlay .monaco-list-row.markdown-cell-row');
  await until('the cells', async () => (await cells.count()) >= 2);
  await again(async () => {
    await cells.first().click({ position: { x: 100, y: 12 }, force: true, timeout: PATIENCE });
    for (const key of ['Escape', ...Array(number).fill('ArrowDown'), 'Enter']) await page.keyboard.press(key);
    await page.locator(`.notebookOverlay .monaco-list-row[data-index="${number}"] .monaco-editor.focused`).waitFor({ timeout: PATIENCE });
  });
  await page.keyboard.press('Control+End');
}

/**
 * Ctrl+. and a click on a row of the menu. `retreat` leads back to where the cursor was: in a file Escape closes a menu that does not have
 * the row, in a cell of a notebook it may leave the cell, which has to be opened again.
 */
export async function chooseAction(page, title, { shootMenu = () => {}, retreat = escapeIn(page) } = {}) {
  await again(async () => {
    await page.keyboard.press('Control+.');
    const row = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await row.waitFor({ timeout: PATIENCE });
    await shootMenu();
    await row.click({ timeout: PATIENCE });
  }, retreat);
}

/** The hover at the cursor with a formula that is drawn; `retreat` as above. */
export async function showHover(page, { retreat = escapeIn(page) } = {}) {
  const hover = page.locator('.monaco-hover:not(.hidden)').first();
  await again(async () => {
    await runCommand(page, 'Show or Focus Hover');
    await hover.locator(FORMULA).first().waitFor({ timeout: PATIENCE });
  }, retreat);
  return hover;
}

/** A formula that is drawn in a hover. */
export const FORMULA = 'img[src^="data:image/svg+xml"]';

/** F2, a name, Enter: asked again until the server has read the document, before which nothing can be renamed. */
export async function rename(page, name) {
  const box = page.locator('.rename-box input:focus');
  await again(async () => {
    await page.keyboard.press('F2');
    await box.waitFor({ timeout: PATIENCE });
  });
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await box.waitFor({ state: 'detached' });
}

/** Finds a text in the editor as it is drawn, selects its line and types another in its place. */
export async function typeOver(page, before, after) {
  await again(async () => {
    await moveTo(page, await lineOf(page, before));
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    const line = await until(`the line with ${before}`, () => drawnLine(page, before));
    await page.keyboard.insertText(line.replace(before, after));
    await isDrawn(page, after);
  }, escapeIn(page));
}

/** Waits until the first editor shows a text; what was typed while something else had the focus is drawn nowhere, and is typed again. */
export async function isDrawn(page, text) {
  for (const end = Date.now() + PATIENCE; (await drawnLine(page, text)) === undefined; await page.waitForTimeout(100))
    if (Date.now() > end) throw new Error(`nothing shows ${text}`);
}

/** Lines are drawn with spaces that do not break. */
function drawnLine(page, text) {
  return page.locator('.editor-group-container').first().locator('.view-line').evaluateAll(
    (lines, wanted) => lines.map((line) => line.textContent.replaceAll('\u00a0', ' ')).find((line) => line.includes(wanted)),
    text,
  );
}

async function lineOf(page, text) {
  return until(`the number of the line with ${text}`, () => page.locator('.editor-group-container').first().evaluate((group, wanted) => {
    const drawn = [...group.querySelectorAll('.view-line')].find((line) => line.textContent.replaceAll('\u00a0', ' ').includes(wanted));
    if (drawn === undefined) return null;
    const top = drawn.getBoundingClientRect().top;
    const number = [...group.querySelectorAll('.line-numbers')].find((one) => Math.abs(one.getBoundingClientRect().top - top) < 3);
    return number === undefined ? null : Number(number.textContent);
  }, text));
}

/** The wavy lines under errors. */
export function squiggles(page) {
  return page.locator('.squiggly-error');
}

/** What the Problems panel says; it is opened when it is not. */
export async function problems(page) {
  if ((await page.locator('.markers-panel').count()) === 0) {
    await again(async () => {
      await runCommand(page, 'Problems: Focus on Problems View');
      await page.locator('.markers-panel').waitFor({ timeout: PATIENCE });
    }, escapeIn(page));
  }
  return page.locator('.markers-panel').innerText();
}

/** Chooses a theme by its name. */
export async function setTheme(page, name) {
  await again(async () => {
    await runCommand(page, 'Preferences: Color Theme');
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor({ timeout: PATIENCE });
    await page.keyboard.type(name);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor({ timeout: PATIENCE });
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: PATIENCE });
  }, escapeIn(page));
}

/** The page of the panel: a frame within the frame that VS Code puts around every webview. */
export async function panelFrame(page) {
  return until('the panel', async () => {
    for (const frame of page.frames()) {
      if (await frame.locator('#chainrule').count().catch(() => 0)) return frame;
    }
    return null;
  });
}

/** The page of the panel that shows the claim whose facts contain a text. */
export async function panelAbout(page, text) {
  return until(`a panel about ${text}`, async () => {
    for (const frame of page.frames()) {
      const facts = await frame.locator('.facts').innerText({ timeout: 500 }).catch(() => '');
      if (facts.includes(text)) return frame;
    }
    return null;
  });
}

/** The page of the Markdown preview. */
export async function previewFrame(page) {
  return until('the preview', async () => {
    for (const frame of page.frames()) {
      if (await frame.locator('.markdown-body').count().catch(() => 0)) return frame;
    }
    return null;
  });
}

/** Holds for a while: what must not come needs time in which it could. */
export async function hold(what, ask, { seconds = 3 } = {}) {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    if (!(await ask())) throw new Error(`${what}: it did not last`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
