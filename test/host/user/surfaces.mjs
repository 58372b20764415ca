// Renaming, help with functions and linked editing in Markdown, LaTeX, notebooks and plain notation, as a person does it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workbenchAddress } from '../../../scripts/vscode-server.mjs';
import { until as ask } from '../tally.mjs';
import { again, moveTo, openFile, openWorkbench, PATIENCE, personAt, rename, runCommand } from './hands.mjs';

const until = (what, question) => ask(what, question, { seconds: 30 });

export async function surfaceTests({ browser, server, folder, test, screenshots }) {
  // VS Code keeps linked places alike only where this is on.
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify({ 'editor.linkedEditing': true }));
  const context = await browser.newContext({ viewport: { width: 1300, height: 850 } });
  const page = await context.newPage();
  const { person, shoot } = personAt(page, { test, screenshots });
  try {
    await openWorkbench(page, workbenchAddress(server, { folder }));
    for (const [file, line, what] of [['layers.md', 12, 'Markdown'], ['hidden.tex', 14, 'LaTeX']]) await renamingIn(page, person, shoot, { file, line, what });
    await renamingInNotebook(page, person, shoot);
    await helping(page, person, shoot);
  } finally {
    await context.close();
  }
}

/** The text of the editor with the focus, as it is drawn. */
async function drawn(page, of = '.editor-group-container .editor-instance .monaco-editor') {
  const all = await page.locator(`${of} .view-line`).allTextContents();
  return all.join('\n').replaceAll('\u00a0', ' ');
}

/** How often a letter stands in a formula by itself. */
const times = (text, letter) => (text.match(new RegExp(`(?<![\\p{L}\\\\])${letter}(?!\\p{L})`, 'gu')) ?? []).length;

async function renamingIn(page, person, shoot, { file, line, what }) {
  await person(`a symbol of 20 places is renamed in ${what}, and one undo takes that back`, async () => {
    await openFile(page, file);
    await moveTo(page, line);
    await until('the text', async () => times(await drawn(page), 'h') >= 20);
    // A document can be renamed in once the server has read it, as its lenses tell.
    await until('the verdicts', async () => (await page.locator('.codelens-decoration').allTextContents()).some((text) => text.includes('verified')));
    const count = times(await drawn(page), 'h');
    await page.keyboard.press('Home');
    const column = (await drawnLine(page, '\\nabla_h E = ')).indexOf('\\nabla_h') + '\\nabla_'.length;
    for (let at = 0; at < column; at++) await page.keyboard.press('ArrowRight');
    await rename(page, 'q');
    await until('the new name everywhere', async () => times(await drawn(page), 'q') === count && times(await drawn(page), 'h') === 0);
    await shoot(`renamed-${what}`);
    await page.keyboard.press('Control+z');
    await until('the old name everywhere', async () => times(await drawn(page), 'h') === count && times(await drawn(page), 'q') === 0);
  });
}

async function drawnLine(page, text) {
  return until(`the line ${text}`, async () => (await drawn(page)).split('\n').find((line) => line.includes(text)));
}

async function renamingInNotebook(page, person, shoot) {
  await person('a symbol is renamed in all cells of a notebook, and undo takes that back', async () => {
    await openFile(page, 'cells.ipynb');
    const cells = page.locator('.notebookOverlay .markdown-cell-row');
    await until('the cells', async () => (await cells.count()) >= 3);
    await shoot('notebook-opened');
    const text = () => drawn(page, '.notebookOverlay .monaco-editor');
    // One cannot go further up than the first cell, nor further down than the last.
    const edit = (what, key, isIt) => again(async () => {
      await cells.first().click({ position: { x: 100, y: 12 }, force: true });
      for (const one of ['Escape', ...Array(4).fill(key), 'Enter']) await page.keyboard.press(one);
      await page.locator('.notebookOverlay .monaco-editor.focused').waitFor({ timeout: PATIENCE });
      await ask(what, async () => isIt(await text()), { seconds: PATIENCE / 1000 });
    });
    await edit('the last cell in an editor', 'ArrowDown', (drawn) => times(drawn, 'h') >= 7);
    await page.keyboard.press('Control+Home');
    for (let at = 0; at < '$$r = \\|'.length; at++) await page.keyboard.press('ArrowRight');
    await rename(page, 'q');
    await until('the new name in the last cell', async () => times(await text(), 'q') >= 7 && times(await text(), 'h') === 0);
    await edit('the new name in the first cell', 'ArrowUp', (drawn) => /q(?:: m×1)? = \\tanh/.test(drawn));
    await shoot('renamed-notebook');
    await page.keyboard.press('Control+z');
    await until('the old name in the first cell', async () => /h(?:: m×1)? = \\tanh/.test(await text()));
  });
}

async function helping(page, person, shoot) {
  await person('arguments of a function are explained while they are typed', async () => {
    await openFile(page, 'editing.deriv');
    await moveTo(page, 12);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('u = kron(', { delay: 60 });
    const help = page.locator('.parameter-hints-widget.visible');
    await until('the help', async () => /kron\(/.test(await help.innerText()));
    await shoot('signature-help');
    await page.keyboard.type('M, ', { delay: 60 });
    await until('the second argument', async () => (await help.locator('.parameter.active').innerText()) !== '');
    await page.keyboard.press('Escape');
    await runCommand(page, 'File: Revert File');
  });

  await person('all places of a symbol change together while linked editing is on', async () => {
    await moveTo(page, 6);
    await until('the file', async () => /y = /.test(await drawn(page)));
    await runCommand(page, 'Start Linked Editing');
    await until('the linked places', async () => (await page.locator('.linked-editing-decoration').count()) > 0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('z');
    await until('a change in more than one place', async () => times(await drawn(page), 'd?yz') > 10);
    await shoot('linked-editing');
    await page.keyboard.press('Control+z');
    await until('the old name', async () => times(await drawn(page), 'd?yz') === 0);
  });
}
