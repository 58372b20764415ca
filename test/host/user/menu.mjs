// What the menu of the light bulb rewrites and switches off, in Markdown, LaTeX, plain notation and notebooks, and how one undo takes it back.
import { workbenchAddress } from '../../../scripts/vscode-server.mjs';
import { until as ask } from '../tally.mjs';
import { chooseAction, moveTo, openCell, openFile, openWorkbench, personAt } from './hands.mjs';
import { writeMenuFiles } from './menu-files.mjs';

const until = (what, question) => ask(what, question, { seconds: 30 });

export async function menuTests({ browser, server, folder, test, screenshots }) {
  writeMenuFiles(folder);
  const context = await browser.newContext({ viewport: { width: 1300, height: 850 } });
  const page = await context.newPage();
  const { person, shoot } = personAt(page, { test, screenshots });
  try {
    await openWorkbench(page, workbenchAddress(server, { folder }));
    await converting(page, person, shoot);
    await transcribing(page, person, shoot);
    await transcribingAgain(page, person);
    await ignoring(page, person, shoot);
    await mendingInACell(page, person, shoot);
  } finally {
    await context.close();
  }
}

const group = (page) => page.locator('.editor-group-container').first();

const drawn = async (page) => (await group(page).locator('.view-lines').first().innerText()).replaceAll('\u00a0', ' ');

const verdicts = async (page) => (await group(page).locator('.codelens-decoration').allInnerTexts()).join('\n').match(/[✓✗]/g)?.join('') ?? '';

const errors = (page) => page.locator('.squiggly-error').count();

const KINDS = [
  { kind: 'Markdown', ending: 'md', line: '7:3', layout: '<!-- chainrule: layout numerator -->', converted: ' = 2 x^\\top' },
  { kind: 'LaTeX', ending: 'tex', line: '6:4', layout: '% chainrule: layout numerator', converted: ' = 2 x^\\top' },
  { kind: 'plain notation', ending: 'deriv', line: '4:3', layout: 'layout numerator', converted: " = 2 x'" },
];

async function converting(page, person, shoot) {
  for (const { kind, ending, line, layout, converted } of KINDS) {
    await person(`in ${kind} a section is converted to the other layout and stays verified, and one undo takes that back`, async () => {
      await openFile(page, `right-in-${ending}.${ending}`);
      await moveTo(page, line);
      await until('the verdict', async () => (await verdicts(page)) === '✓');
      await chooseAction(page, 'Convert this section to numerator layout');
      await until('the claim', async () => (await drawn(page)).includes(layout) && (await drawn(page)).includes(converted));
      await until('the verdict of the new claim', async () => (await verdicts(page)) === '✓' && (await errors(page)) === 0);
      await shoot(`menu-converted-${ending}`);
      await page.keyboard.press('Control+z');
      await until('the old claim', async () => !(await drawn(page)).includes(layout) && !(await drawn(page)).includes(converted));
    });
  }
}

async function transcribing(page, person, shoot) {
  for (const [from, line, to, says] of [['right-in-md.md', '7:3', 'right-in-md.deriv', 'df/dx = 2 x'], ['right-in-deriv.deriv', '4:3', 'right-in-deriv.tex', '\\frac{\\partial f}{\\partial x} = 2 x']]) {
    await person(`${from} is written in the other notation, in a file of its own whose claim is verified`, async () => {
      await openFile(page, from);
      await moveTo(page, line);
      await chooseAction(page, 'Write this derivation in ');
      await page.locator(`.tab.active[data-resource-name="${to}"]`).waitFor({ timeout: 30_000 });
      await until('the claim', async () => (await drawn(page)).includes(says));
      await until('its verdict', async () => (await verdicts(page)) === '✓');
      await shoot(`menu-${to}`);
    });
  }
}

async function transcribingAgain(page, person) {
  await person('where a file of that name is there, the derivation gets one of its own, and the other stays', async () => {
    await openFile(page, 'right-in-md.md');
    await moveTo(page, '7:3');
    await chooseAction(page, 'Write this derivation in plain notation (right-in-md-2.deriv)');
    await page.locator('.tab.active[data-resource-name="right-in-md-2.deriv"]').waitFor({ timeout: 30_000 });
    await until('the claim', async () => (await drawn(page)).includes('df/dx = 2 x'));
    await openFile(page, 'right-in-md.deriv');
    await until('the same', async () => ((await drawn(page)).match(/df\/dx = 2 x/g) ?? []).length === 1);
  });
}

async function ignoring(page, person, shoot) {
  for (const [ending, line, before, after] of [['md', '7:14', '<!-- chainrule: ', ' -->'], ['tex', '6:14', '% chainrule: ', ''], ['deriv', '6:10', '', '']]) {
    for (const [title, directive] of [['Ignore this block', 'ignore'], ['Switch off `shape/product` in this section', 'off shape/product']]) {
      await person(`in wrong.${ending} “${title}” takes the problem away, and one undo brings it back`, async () => {
        await openFile(page, `wrong.${ending}`);
        await moveTo(page, line);
        await until('the problem', async () => (await errors(page)) === 1);
        await chooseAction(page, title);
        await until('the directive', async () => (await drawn(page)).split('\n').includes(`${before}${directive}${after}`));
        await until('no problem', async () => (await errors(page)) === 0);
        await shoot(`menu-ignored-${ending}`);
        await page.keyboard.press('Control+z');
        await until('the problem again', async () => (await errors(page)) === 1);
      });
    }
  }
}

async function mendingInACell(page, person, shoot) {
  await person('a wrong factor in a cell of a notebook is mended by the light bulb, and one undo takes that back', async () => {
    await openFile(page, 'wrong.ipynb');
    await openCell(page, 1);
    const cell = async () => (await page.locator('.notebookOverlay .monaco-editor.focused .view-lines').innerText()).replaceAll('\u00a0', ' ');
    await until('the problem', async () => (await page.locator('.notebookOverlay .squiggly-error').count()) === 1);
    await chooseAction(page, 'Replace', { retreat: () => openCell(page, 1) });
    await until('the right claim', async () => (await cell()).includes('= A^\\top c'));
    await until('no problem', async () => (await page.locator('.notebookOverlay .squiggly-error').count()) === 0);
    await shoot('menu-cell');
    await page.keyboard.press('Control+z');
    await until('the wrong claim', async () => (await cell()).includes('= A c'));
  });
}
