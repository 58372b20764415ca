// The panel beside a notebook, and what becomes of it when its document is closed, renamed or deleted, as a person does it.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workbenchAddress } from '../../../scripts/vscode-server.mjs';
import { until } from '../tally.mjs';
import { again, closeFile, hold, moveTo, openFile, openWorkbench, PATIENCE, panelFrame, personAt, runCommand } from './hands.mjs';

export async function panelTests({ browser, server, folder, test, screenshots }) {
  const context = await browser.newContext({ viewport: { width: 1300, height: 850 } });
  const page = await context.newPage();
  const { person, shoot } = personAt(page, { test, screenshots });
  try {
    await openWorkbench(page, workbenchAddress(server, { folder }));
    await besideNotebook(page, person, shoot);
    await mendedNotebook(page, person, folder);
    await afterItsDocument(page, person, shoot, folder);
  } finally {
    await context.close();
  }
}

/** The words about the claim that the panel shows, once they contain a text. */
async function panelTells(page, selector, text, limit = {}) {
  await until(`a panel that tells ${text}`, async () => (await (await panelFrame(page)).innerText(selector).catch(() => '')).includes(text), limit);
}

async function besideNotebook(page, person, shoot) {
  await person('Verify Gradient examines the chosen cell of a notebook, and the panel follows the choice', async () => {
    await openFile(page, 'cells.ipynb');
    const cells = page.locator('.notebookOverlay .markdown-cell-row');
    await until('the cells', async () => (await cells.count()) >= 3);
    // Keys that come before the notebook has the focus choose no cell.
    const choose = (key, cell) => again(async () => {
      await cells.first().click({ position: { x: 100, y: 12 }, force: true, timeout: PATIENCE });
      for (const one of Array(4).fill(key)) await page.keyboard.press(one);
      await until('the chosen cell', async () => (await page.innerText('.statusbar')).includes(`Cell ${cell} of 3`), { seconds: PATIENCE / 1000 });
    });
    // Escape before a second try at the box for commands leaves no cell chosen.
    await again(async () => {
      await choose('ArrowDown', 3);
      await runCommand(page, 'Chainrule: Verify Gradient');
      await panelTells(page, '.facts', 'cell 3, line 1 · r by h', { seconds: PATIENCE / 1000 });
    });
    await panelTells(page, '.verdict', 'Verified');
    await shoot('panel-notebook');
    await choose('ArrowUp', 1);
    await panelTells(page, '.facts', 'cell 2, line 1 · s by h');
    await choose('ArrowDown', 3);
    await panelTells(page, '.facts', 'r by h');
  });

  await person('a notebook in which Escape has left no cell chosen leads the panel nowhere', async () => {
    await page.keyboard.press('Escape');
    await hold('the claim', async () => (await (await panelFrame(page)).innerText('.facts')).includes('r by h'), { seconds: 1.5 });
  });
  await runCommand(page, 'View: Close All Editors', { optional: true });
}

/** A wrong claim behind a cell of code. */
const WRONG = {
  cells: [
    { cell_type: 'markdown', metadata: {}, source: ['Let $x \\in \\mathbb{R}^n$ and $q = x^\\top x$.'] },
    { cell_type: 'code', metadata: {}, source: ['import numpy'], outputs: [], execution_count: null },
    { cell_type: 'markdown', metadata: {}, source: ['$$\\frac{dq}{dx} = 3 x$$'] },
  ],
  metadata: {}, nbformat: 4, nbformat_minor: 5,
};

async function mendedNotebook(page, person, folder) {
  await person('a repair in a notebook is seen where it was applied, undone by one undo, and its cell has the number that VS Code tells', async () => {
    writeFileSync(join(folder, 'wrong.ipynb'), JSON.stringify(WRONG));
    await openFile(page, 'wrong.ipynb');
    await until('the cells', async () => (await page.locator('.notebookOverlay .markdown-cell-row').count()) >= 2);
    await runCommand(page, 'Chainrule: Verify Gradient');
    await panelTells(page, '.facts', 'cell 3, line 1 · q by x');
    await panelTells(page, '.verdict', 'The claim is wrong');
    await (await panelFrame(page)).getByRole('button', { name: /^Apply/ }).first().click();
    await panelTells(page, '.verdict', 'Verified');
    await page.locator('.notebookOverlay .view-line', { hasText: '2 x' }).click();
    await page.keyboard.press('Control+z');
    await panelTells(page, '.verdict', 'The claim is wrong');
  });
  await runCommand(page, 'View: Close All Editors', { optional: true });
}

async function afterItsDocument(page, person, shoot, folder) {
  const inPanel = async (name) => (await panelFrame(page)).getByRole('button', { name }).first();

  await person('a panel whose document was closed stays, and shows the text beside itself', async () => {
    await openFile(page, 'lecture.deriv');
    await moveTo(page, 13);
    await runCommand(page, 'Chainrule: Verify Gradient');
    await panelTells(page, '.verdict', 'Verified');
    await (await inPanel('Pin')).click();
    await until('it is pinned', async () => (await (await inPanel('Pin')).getAttribute('aria-pressed')) === 'true');
    await closeFile(page, 'lecture.deriv');
    await panelTells(page, '.facts', 'z by x');
    await (await inPanel('Show in editor')).click();
    await page.locator('.tab[data-resource-name="lecture.deriv"]').waitFor();
    await panelTells(page, '.facts', 'z by x');
    equal(await page.locator('.editor-group-container').count(), 2);
    await closeFile(page, 'lecture.deriv');
  });

  await person('a panel goes along when its document is renamed', async () => {
    const row = (name) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await again(async () => {
      // A menu that opens below the pointer takes the first click for the one that opened it; its key works at once.
      await row('lecture.deriv').click({ button: 'right', timeout: PATIENCE });
      await page.locator('.context-view .action-label', { hasText: /^Rename/ }).waitFor({ timeout: PATIENCE });
      await page.keyboard.press('Escape');
      await page.keyboard.press('F2');
      await page.locator('.explorer-folders-view input:focus').waitFor({ timeout: PATIENCE });
    }, () => page.keyboard.press('Escape'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('renamed.deriv');
    await page.keyboard.press('Enter');
    await panelTells(page, '.document-name', 'renamed.deriv');
    await panelTells(page, '.facts', 'z by x');
    await shoot('panel-renamed');
  });

  await person('a panel says when its document is gone', async () => {
    // VS Code keeps the text of a document in memory that no editor shows.
    rmSync(join(folder, 'renamed.deriv'));
    await until('the sentence', async () => {
      await (await inPanel('Verify all')).click({ timeout: PATIENCE });
      return (await (await panelFrame(page)).innerText('.failure', { timeout: PATIENCE })).includes('renamed.deriv cannot be opened');
    });
    await shoot('panel-gone');
  });
}

function equal(found, wanted) {
  if (found !== wanted) throw new Error(`found ${found}, wanted ${wanted}`);
}
