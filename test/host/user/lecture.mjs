// As a person has it: the packed extension in a fresh VS Code, a mistake typed and mended, the panel read.
import { workbenchAddress } from '../../../scripts/vscode-server.mjs';
import { seriousViolations } from '../axe.mjs';
import { until } from '../tally.mjs';
import { again, closeFile, hold, moveTo, openFile, openWorkbench, PATIENCE, panelAbout, panelFrame, personAt, previewFrame, problems, runCommand, setTheme, squiggles, typeOver } from './hands.mjs';

/** VS Code's own themes. */
const THEMES = [['light', 'Light Modern'], ['dark', 'Dark Modern'], ['high-contrast', 'Dark High Contrast'], ['high-contrast-light', 'Light High Contrast']];

export async function userTests({ browser, server, folder, test, screenshots }) {
  const context = await browser.newContext({ viewport: { width: 1500, height: 950 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const { person, shoot } = personAt(page, { test, screenshots });
  try {
    await openWorkbench(page, workbenchAddress(server, { folder }));
    await lecture(page, person);
    await gradientPanel(page, person, shoot);
    await secondPanel(page, person, shoot);
    await markdownPreview(page, person, shoot);
  } finally {
    await context.close();
  }
}

async function lecture(page, person) {
  await person('the lecture opens as a derivation, and its status bar entry tells layout and verdicts', async () => {
    await openFile(page, 'lecture.deriv');
    await moveTo(page, 13);
    await until('the status bar tells of the section', async () => /∂ column · 1\/1 ✓/.test(await page.innerText('.statusbar')));
  });

  await person('nothing in the lecture is underlined', async () => {
    await hold('no squiggle', async () => (await squiggles(page).count()) === 0);
  });

  await person('with the transpose gone a squiggle appears, and an entry in the Problems panel', async () => {
    await typeOver(page, "dy/dx dz/dy = M' c", 'dy/dx dz/dy = M c');
    await squiggles(page).first().waitFor();
    await until('the Problems panel tells of it', async () => (await problems(page)).includes('`M` times `c` does not fit'));
  });

  await person('with the transpose back the squiggle goes', async () => {
    await typeOver(page, 'dy/dx dz/dy = M c', "dy/dx dz/dy = M' c");
    await until('no squiggle', async () => (await squiggles(page).count()) === 0);
    await until('no problem', async () => !(await problems(page)).includes('does not fit'));
    await runCommand(page, 'View: Hide Panel', { optional: true });
  });
}

/** From now on notes what each frame shows of the list and of the claim, line numbers apart. Runs in the panel's page. */
function watchFrames() {
  const seen = [];
  const look = () => {
    const count = (selector) => document.querySelectorAll(selector).length;
    seen.push(`${document.querySelector('.verdict')?.textContent}, ${count('.option .katex')} of ${count('.option')} claims, ${count('.statement .katex')} pieces`);
    if (!window.isEnough) requestAnimationFrame(look);
  };
  window.isEnough = false;
  window.framesSeen = () => {
    window.isEnough = true;
    return seen;
  };
  look();
}

async function gradientPanel(page, person, shoot) {
  let panel = null;

  await person('Verify Gradient opens the panel with the verdict on the claim at the cursor', async () => {
    await moveTo(page, 13);
    await runCommand(page, 'Chainrule: Verify Gradient');
    panel = await panelFrame(page);
    await until('the verdict', async () => (await panel.innerText('.verdict')).includes('Verified'));
    await until('a claim drawn by KaTeX', () => panel.locator('.side .katex math').count());
    const steps = await panel.locator('.step').allInnerTexts();
    if (steps.length !== 2 || !steps.every((step) => /verified(?: and proved)?, largest relative error (?:< )?\S*e-\d+/.test(step))) throw new Error(`the steps say ${steps.join(' | ')}`);
    const entries = await panel.innerText('.entry-list, .matrices');
    if (!entries.includes('Claimed') || !entries.includes('Numeric derivative') || !/\d\.\d{3}/.test(entries)) throw new Error(`the entries say ${entries}`);
  });

  await person('the panel lists the claims of the document', async () => {
    const texts = await until('six claims', async () => {
      const all = await panel.locator('[role=listbox] [role=option]').allInnerTexts();
      return all.length === 6 ? all : null;
    });
    if (!texts[0].includes("dz/dx = dy/dx dz/dy = M' c")) throw new Error(`the first is ${texts[0]}`);
  });

  await person('the panel follows the cursor to another claim', async () => {
    await moveTo(page, 42);
    await until('the other claim', async () => (await panel.innerText('.facts')).includes('L by b'));
  });

  await person('a line typed where no claim is made changes nothing on the page but line numbers', async () => {
    const line = async () => Number(/line (\d+)/.exec(await panel.innerText('.facts'))?.[1]);
    const before = await line();
    await panel.evaluate(watchFrames);
    await moveTo(page, 2);
    await page.keyboard.type('\n');
    await until('the next line', async () => (await line()) === before + 1);
    const seen = new Set(await panel.evaluate(() => window.framesSeen()));
    if (seen.size !== 1) throw new Error(`the page showed ${[...seen].join(' | ')}`);
    await page.keyboard.press('Control+z');
    await until('the line before', async () => (await line()) === before);
    await moveTo(page, 42);
  });

  await person('a wrong factor makes the panel name the step and offer the repair', async () => {
    await typeOver(page, "dL/da = dz/da dL/dz = W' dL/dz", "dL/da = dz/da dL/dz = 2 W' dL/dz");
    await moveTo(page, 41);
    await until('the verdict', async () => (await panel.innerText('.verdict')).includes('Step 2 is wrong'));
    await until('the repair', async () => (await panel.innerText('.repair')).includes("W' dL/dz"));
    const marked = await panel.locator('.statement .piece-wrong .katex-mathml annotation').allTextContents();
    if (marked.length !== 1 || !marked[0].includes('2')) throw new Error(`marked as wrong is ${marked.join(' | ')}`);
  });

  await person('the graph of the section is drawn and leads to definitions, and the plot tells how the error depends on the step', async () => {
    await panel.getByText('What depends on what').click();
    await until('the nodes', async () => (await panel.locator('.node').count()) > 3);
    await panel.getByRole('button', { name: /^W, .*show its/ }).click();
    await until('the declaration of W', async () => (await page.locator('.editor-group-container').first().locator('.view-line').allInnerTexts()).some((line) => /^\s*W\s*:/.test(line.replaceAll('\u00a0', ' '))));
    await panel.getByText('Error by step size').click();
    await until('the plot', () => panel.locator('.plot canvas').count());
    await until('its words', async () => (await panel.innerText('.convergence')).includes('Central differences: smallest error'));
    await panel.locator('.graph').scrollIntoViewIfNeeded();
    await shoot('panel-background');
    for (const name of ['What depends on what', 'Error by step size']) await panel.getByText(name).click();
    await moveTo(page, 41);
  });

  for (const [name, theme] of THEMES) {
    await person(`a reader with a disability is not hindered in the theme ${theme}`, async () => {
      await setTheme(page, theme);
      await until('the theme', async () => (await panel.getAttribute('body', 'class'))?.split(' ').includes(`vscode-${name}`));
      await shoot(`panel-${name}`);
      const violations = await seriousViolations(panel);
      if (violations.length > 0) throw new Error(violations.join('\n'));
    });
  }

  await person('by keyboard alone Apply puts the repair into the document, the focus stays in the panel, and one undo takes it back', async () => {
    await again(async () => {
      await page.keyboard.press('Control+2');
      await until('the focus in the panel', () => panel.evaluate(() => document.hasFocus()), { seconds: PATIENCE / 1000 });
    });
    const focused = () => panel.evaluate(() => document.activeElement.textContent);
    for (let tabs = 0; tabs < 20 && !(await focused()).startsWith('Apply'); tabs += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until('the verdict', async () => (await panel.innerText('.verdict')).includes('Verified'));
    if (!(await panel.evaluate(() => document.hasFocus() && document.activeElement.classList.contains('main')))) throw new Error('the focus is lost');
    await until('no squiggle', async () => (await squiggles(page).count()) === 0);
    await moveTo(page, 41);
    await page.keyboard.press('Control+z');
    await until('wrong again', () => squiggles(page).count());
    await page.keyboard.press('Control+Shift+z');
    await until('right again', async () => (await squiggles(page).count()) === 0);
    await until('the lens above it says so', async () => !(await page.locator('.codelens-decoration').allInnerTexts()).some((lens) => lens.includes('✗')));
  });

  await person('a click in the claims list leads the panel and another size verifies again', async () => {
    await panel.locator('[role=listbox] [role=option]').last().click();
    await until('the last claim', async () => (await panel.innerText('.facts')).includes('E by V'));
    await panel.getByText('Sizes, point and tolerance').click();
    await panel.getByLabel('n =').fill('7');
    await panel.getByLabel('n =').press('Tab');
    await until('entries of that size', async () => (await panel.innerText('#entries-title')).includes('7×'));
    await shoot('panel-sizes');
  });

  await person('a filter typed into the panel is there again after its tab was hidden', async () => {
    await panel.getByRole('searchbox').fill('dL/');
    await until('three claims', async () => (await panel.locator('[role=listbox] [role=option]').count()) === 3);
    await page.keyboard.press('Control+2');
    await openFile(page, 'settings.json');
    await until('the panel is hidden', async () => (await page.locator('.tab.active[data-resource-name="settings.json"]').count()) > 0);
    await closeFile(page, 'settings.json');
    panel = await panelFrame(page);
    await until('three claims again', async () => (await panel.locator('[role=listbox] [role=option]').count()) === 3);
    await panel.getByRole('searchbox').fill('');
  });

  await person('a pinned panel shows the same claim after the window was loaded again', async () => {
    await panel.getByRole('button', { name: 'Pin' }).click();
    await until('it is pinned', async () => (await panel.getByRole('button', { name: 'Pin' }).getAttribute('aria-pressed')) === 'true');
    await moveTo(page, 41);
    const before = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
    await runCommand(page, 'Developer: Reload Window');
    await before;
    panel = await panelFrame(page);
    await until('the same claim', async () => (await panel.innerText('.facts')).includes('E by V'), { seconds: 60 });
    await until('its verdict', async () => (await panel.innerText('.verdict')).includes('Verified'));
    await until('the size that was chosen', async () => (await panel.innerText('#entries-title')).includes('7×'));
  });
}

async function secondPanel(page, person, shoot) {
  await person('beside a pinned panel another one follows the cursor', async () => {
    await moveTo(page, 42);
    await runCommand(page, 'Chainrule: Verify Gradient');
    const second = await panelAbout(page, 'L by b');
    await moveTo(page, 13);
    await until('the other claim', async () => (await second.innerText('.facts')).includes('z by x'));
    await shoot('two-panels');
  });

  await person('a hidden panel is as it was when it is seen again', async () => {
    await page.locator('.tab', { hasText: /dE\/dV/ }).first().click();
    const first = await panelAbout(page, 'E by V');
    await until('it is pinned', async () => (await first.getByRole('button', { name: 'Pin' }).getAttribute('aria-pressed')) === 'true');
  });

  await person('a panel that was hidden shows what was typed meanwhile', async () => {
    await typeOver(page, "dz/dx = dy/dx dz/dy = M' c", "dz/dx = dy/dx dz/dy = 2 M' c");
    await page.locator('.tab', { hasText: /dz\/dx/ }).first().click();
    const second = await panelAbout(page, 'z by x');
    await until('the verdict', async () => (await second.innerText('.verdict')).includes('Step 2 is wrong'));
    await typeOver(page, "dz/dx = dy/dx dz/dy = 2 M' c", "dz/dx = dy/dx dz/dy = M' c");
    await until('right again', async () => (await second.innerText('.verdict')).includes('Verified'));
  });
}

async function markdownPreview(page, person, shoot) {
  await person('the Markdown preview marks the gradient, and what is wrong with it once it is', async () => {
    await page.keyboard.press('Control+1');
    await openFile(page, 'notes.md');
    await runCommand(page, 'Markdown: Open Preview to the Side');
    // The preview makes its page anew when verdicts come.
    const says = (text) => async () => (await (await previewFrame(page)).innerText('body').catch(() => '')).includes(text);
    await until('verified', says('✓ verified'));
    await typeOver(page, '\\nabla_x f = 2 A^', '\\nabla_x f = 3 A^');
    await until('wrong', says('✗ wrong'));
    for (const [name, theme] of THEMES) {
      await setTheme(page, theme);
      await until('the theme', async () => (await (await previewFrame(page)).getAttribute('body', 'class').catch(() => ''))?.split(' ').includes(`vscode-${name}`));
      await shoot(`preview-${name}`);
    }
    await typeOver(page, '\\nabla_x f = 3 A^', '\\nabla_x f = 2 A^');
    await until('verified again', says('✓ verified'));
  });

  await person('a person who writes on between the equations sees their marks stay, on a page that is not made anew', async () => {
    // The page is made anew when verdicts come, those of the last edit and those that come later than an old verdict stays, and once more at rest.
    const stays = async (seconds) => hold('a page with marks', async () => (await previewFrame(page)).evaluate(() => window.isSame === true && document.querySelectorAll('.chainrule-mark').length > 0), { seconds });
    const settles = () => until('a page that rests', async () => {
      await (await previewFrame(page)).evaluate(() => { window.isSame = true; });
      await stays(4);
      return true;
    }, { seconds: 40 });
    const writesOn = async (before, after) => {
      await settles();
      await typeOver(page, before, after);
      await until('the new words', async () => (await (await previewFrame(page)).innerText('body')).includes(after));
      await stays(3);
    };
    for (const [words, more] of [['Its gradient is', 'Its gradient is, as one sees,'], ['Least squares', 'Least squares, and more']]) {
      await again(() => writesOn(words, more), () => typeOver(page, more, words));
      await typeOver(page, more, words);
    }
  });
}
