// Notes in Markdown and notebooks, and the walkthrough, as a person meets them.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { workbenchAddress } from '../../../scripts/vscode-server.mjs';
import { until as ask } from '../tally.mjs';
import { again, FORMULA, moveTo, openCell, openFile, openWorkbench, PATIENCE, personAt, problems, runCommand, setTheme, showHover } from './hands.mjs';

const until = (what, question) => ask(what, question, { seconds: 60 });

export async function notesTests({ browser, server, folder, test, screenshots }) {
  const context = await browser.newContext({ viewport: { width: 1300, height: 850 } });
  const page = await context.newPage();
  const { person, shoot } = personAt(page, { test, screenshots });
  try {
    await openWorkbench(page, workbenchAddress(server, { folder }));
    await macros(page, person, shoot);
    await statusBar(page, person, shoot);
    await notebook(page, person, shoot);
    await walkthrough(page, person, shoot);
    await task(page, folder, person, shoot);
  } finally {
    await context.close();
  }
}

const hoverOn = (page) => page.locator('.monaco-hover:not(.hidden)').first();

/** The picture at the head of the hover at the cursor, as its address. */
async function picture(page, options) {
  return (await showHover(page, options)).locator(FORMULA).first().getAttribute('src');
}

async function macros(page, person, shoot) {
  await person('a hover in Markdown draws the formula with the macros of the document, in the colours of the theme', async () => {
    await openFile(page, 'macros.md');
    await until('the verdict', async () => (await page.locator('.codelens-decoration').allInnerTexts()).some((lens) => /✓ verified/.test(lens)));
    const pictures = [];
    for (const [name, theme] of [['light', 'Light Modern'], ['dark', 'Dark Modern']]) {
      await setTheme(page, theme);
      await moveTo(page, '12:2');
      pictures.push(await picture(page));
      await shoot(`notes-hover-${name}`);
      const text = await hoverOn(page).innerText();
      if (!/n×1/.test(text) || /\\frac\{/.test(text)) throw new Error(`the hover says ${text}`);
      await page.keyboard.press('Escape');
    }
    if (pictures[0] === pictures[1]) throw new Error('both themes have the same picture');
  });
}

async function statusBar(page, person, shoot) {
  await person('the status bar says why the section has its layout', async () => {
    const item = page.locator('.statusbar-item', { hasText: '∂' }).first();
    const tooltip = page.locator('.monaco-hover:not(.hidden)', { hasText: 'claims fit it' }).first();
    await again(async () => {
      await page.mouse.move(600, 400);
      await item.hover();
      await tooltip.waitFor({ timeout: PATIENCE });
    });
    await shoot('notes-status-bar');
    await page.mouse.move(600, 400);
  });
}

const inCells = (page) => page.locator('.notebookOverlay .monaco-editor .view-lines').allInnerTexts().then((all) => all.join('\n').replaceAll('\u00a0', ' '));

/** The last of three cells. */
const LAST = 2;

async function notebook(page, person, shoot) {
  await person('a claim is completed in a cell of a notebook', async () => {
    await openFile(page, 'cells.ipynb');
    await openCell(page, LAST);
    await page.keyboard.type('\n\n$$t = 3 h^\\top h$$\n\n$$\\frac{\\partial t}{\\partial h', { delay: 40 });
    const row = page.locator('.suggest-widget .monaco-list-row', { hasText: '= 6 h' }).first();
    await again(() => row.waitFor({ timeout: PATIENCE }), () => page.keyboard.press('Control+Space'));
    await shoot('notes-cell-completion');
    await again(() => row.click({ timeout: PATIENCE }), () => page.keyboard.press('Control+Space'));
    await page.keyboard.type('$$');
    await until('the claim', async () => (await inCells(page)).includes('\\frac{\\partial t}{\\partial h} = 6 h$$'));
    await until('its verdict', async () => (await page.locator('.notebookOverlay .codelens-decoration').allInnerTexts()).filter((lens) => /✓ verified/.test(lens)).length >= 2);
  });

  await person('a hover in a cell draws its formula', async () => {
    const place = async () => {
      await openCell(page, LAST);
      await page.keyboard.press('Home');
      for (let at = 0; at < 4; at++) await page.keyboard.press('ArrowRight');
    };
    await place();
    await picture(page, { retreat: place });
    await shoot('notes-cell-hover');
    await page.keyboard.press('Escape');
  });
}

async function walkthrough(page, person, shoot) {
  await person('the walkthrough opens, with a picture for each of its steps', async () => {
    await runCommand(page, 'View: Hide Panel', { optional: true });
    await again(async () => {
      await runCommand(page, 'Welcome: Open Walkthrough');
      const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Chainrule' }).first();
      await row.click({ timeout: PATIENCE });
      await page.locator('.gettingStartedContainer .getting-started-step').first().waitFor({ timeout: PATIENCE });
    }, () => page.keyboard.press('Escape'));
    const steps = page.locator('.gettingStartedContainer .getting-started-step');
    if ((await steps.count()) !== 5) throw new Error(`${await steps.count()} steps`);
    for (let at = 0; at < 5; at++) {
      await steps.nth(at).click();
      await until('its picture', () => page.locator('.gettingStartedContainer .getting-started-media img').first().evaluate((one) => one.naturalWidth > 100));
      await shoot(`notes-walkthrough-${at}`);
    }
  });
}

async function task(page, folder, person, shoot) {
  await person('the task checks the folder, and each problem of files that are not open is among the problems', async () => {
    // As many as the panel shows without being scrolled.
    const names = ['broken', ...[1, 2, 3, 4].map((at) => `broken-${at}`)].map((name) => `${name}.deriv`);
    for (const name of names.slice(1)) copyFileSync(join(folder, names[0]), join(folder, name));
    const row = (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await again(async () => {
      await runCommand(page, 'Tasks: Run Task');
      await row('chainrule').click({ timeout: PATIENCE });
      await row('chainrule: check').click({ timeout: PATIENCE });
    }, () => page.keyboard.press('Escape'));
    await until('every file', async () => {
      const told = await problems(page);
      return names.every((name) => told.includes(name));
    });
    await shoot('notes-task');
  });
}
