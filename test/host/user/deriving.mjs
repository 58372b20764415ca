// Derivatives put in, put right, told in a hover and shown step by step, in LaTeX and in a notebook, as a person does it.
import { workbenchAddress } from '../../../scripts/vscode-server.mjs';
import { until as ask } from '../tally.mjs';
import { writeDerivingFiles } from './deriving-files.mjs';
import { chooseAction, FORMULA, moveTo, openCell, openFile, openWorkbench, personAt, runCommand, showHover } from './hands.mjs';

const until = (what, question) => ask(what, question, { seconds: 30 });

export async function derivingTests({ browser, server, folder, test, screenshots }) {
  writeDerivingFiles(folder);
  const context = await browser.newContext({ viewport: { width: 1300, height: 850 } });
  const page = await context.newPage();
  const { person, shoot } = personAt(page, { test, screenshots });
  try {
    await openWorkbench(page, workbenchAddress(server, { folder }));
    await inLatex(page, person, shoot);
    await inACell(page, person, shoot);
  } finally {
    await context.close();
  }
}

const group = (page) => page.locator('.editor-group-container').first();

const drawn = async (editor) => (await editor.innerText()).replaceAll('\u00a0', ' ');

const inFile = (page) => drawn(group(page).locator('.view-lines').first());

const inCell = (page) => drawn(page.locator('.notebookOverlay .monaco-editor.focused .view-lines'));

const lenses = async (page) => (await page.locator('.codelens-decoration').allInnerTexts()).join('\n');

/** What the hover at the cursor says, formulas that are drawn by their LaTeX. */
async function hovered(page, options) {
  const hover = await showHover(page, options);
  const formulas = await hover.locator(FORMULA).evaluateAll((images) => images.map(({ alt }) => alt));
  return [await hover.innerText(), ...formulas].join('\n');
}

/** The steps beside the editor, each of them verified. */
async function stepsShown(page, says) {
  const beside = page.locator('.editor-group-container').last();
  await until('the steps', async () => (await drawn(beside.locator('.view-lines').first())).includes(says));
  await until('their verdicts', async () => (await beside.locator('.codelens-decoration').allInnerTexts()).filter((lens) => /✓ verified/.test(lens)).length >= 2);
}

async function inLatex(page, person, shoot) {
  await person('in LaTeX the derivative is put into its own row of an align', async () => {
    await openFile(page, 'ridge.tex');
    await moveTo(page, '10:20');
    await chooseAction(page, 'Insert the derivative', { shootMenu: () => shoot('deriving-menu') });
    await until('the row', async () => (await inFile(page)).includes('\\frac{\\partial L}{\\partial w} &= 2 (X^\\top (X w - y) + \\lambda w) \\\\'));
    await until('the verdicts', async () => (await lenses(page)).match(/✓ verified/g)?.length === 1);
    await shoot('deriving-inserted');
  });

  await person('in LaTeX a hover tells what a derivative is', async () => {
    await moveTo(page, '11:12');
    const text = await hovered(page);
    await shoot('deriving-hover');
    if (!/-2 \(X w - y\)/.test(text)) throw new Error(`the hover says ${text}`);
    await page.keyboard.press('Escape');
  });

  await person('in LaTeX a wrong right side gives way to the derivative', async () => {
    await chooseAction(page, 'by the derivative', { shootMenu: () => shoot('deriving-replace-menu') });
    await until('the derivative', async () => (await inFile(page)).includes('\\frac{\\partial L}{\\partial y} &= -2 (X w - y)'));
    await until('the verdicts', async () => (await lenses(page)).match(/✓ verified/g)?.length === 2);
    await shoot('deriving-replaced');
  });

  await person('in LaTeX the steps to a derivative are shown, verified, and closed without a question', async () => {
    await moveTo(page, '10:12');
    await chooseAction(page, 'Show the steps');
    await stepsShown(page, 'dL/dw = ');
    await shoot('deriving-steps');
    await runCommand(page, 'View: Close Editor');
    await until('one group', async () => (await page.locator('.editor-group-container').count()) === 1);
  });
}

async function inACell(page, person, shoot) {
  await person('in a cell of a notebook the derivative is put in', async () => {
    await openFile(page, 'ridge.ipynb');
    await openCell(page, 1);
    await chooseAction(page, 'Insert the derivative', { shootMenu: () => shoot('deriving-cell-menu'), retreat: () => openCell(page, 1) });
    await until('the derivative', async () => (await inCell(page)).includes('\\nabla_w L = 2 (X^\\top (X w - y) + \\lambda w)$$'));
    await shoot('deriving-cell-inserted');
  });

  await person('in a cell of a notebook a hover tells what a derivative is', async () => {
    const place = async () => {
      await openCell(page, 1);
      await page.keyboard.press('Home');
      for (let at = 0; at < 4; at++) await page.keyboard.press('ArrowRight');
    };
    await place();
    const text = await hovered(page, { retreat: place });
    await shoot('deriving-cell-hover');
    if (!/2 \(X/.test(text)) throw new Error(`the hover says ${text}`);
    await page.keyboard.press('Escape');
  });

  await person('in a cell of a notebook a wrong right side gives way to the derivative', async () => {
    await openCell(page, 2);
    await chooseAction(page, 'by the derivative', { retreat: () => openCell(page, 2) });
    await until('the derivative', async () => (await inCell(page)).includes('\\nabla_y L = -2 (X w - y)'));
    await shoot('deriving-cell-replaced');
  });

  await person('in a cell of a notebook the steps to a derivative are shown, verified', async () => {
    await chooseAction(page, 'Show the steps', { retreat: () => openCell(page, 2) });
    await stepsShown(page, 'dL/dy = ');
    await shoot('deriving-cell-steps');
  });
}
