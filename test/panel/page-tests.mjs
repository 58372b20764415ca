// The panel's page, driven as a person drives it, without VS Code.
import { join } from 'node:path';
import { seriousViolations } from '../host/axe.mjs';
import { until } from '../host/tally.mjs';
import { agreeing, assumingClaim, claim, converging, differing, graph, hostile, listed, longClaim, ornate, show, wrongClaim } from './messages.ts';
import { servePage } from './page-server.mjs';

const THEMES = ['light', 'dark', 'high-contrast', 'high-contrast-light'];

export async function panelPageTests({ browser, test, screenshots }) {
  const server = await servePage();
  const context = await browser.newContext();
  const scene = sceneOf(await context.newPage(), server, screenshots);
  try {
    for (const [name, act] of Object.entries({ ...WORDS, ...HANDS, ...LOOKS, ...GUARDS, ...HINDERED, ...UNTRANSLATED, ...GERMAN })) await test(`page: ${name}`, () => act(scene));
  } finally {
    await context.close();
    await server.stop();
  }
}

/** Loads the page anew, with nothing kept and messages already given to it; `act` gets the page. */
function sceneOf(page, { url }, screenshots) {
  let errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return async (messages, act, { theme = 'light', width = 1200, height = 900, language = 'en' } = {}) => {
    errors = [];
    await page.setViewportSize({ width, height });
    await page.goto(`${url}?theme=${theme}&language=${language}&forget`);
    await page.waitForFunction(() => window.said.some(({ kind }) => kind === 'ready'));
    for (const message of messages) await tell(page, message);
    await act(page, (name) => page.screenshot({ path: join(screenshots, `${name}.png`) }));
    equal(errors, []);
    equal(await page.evaluate(() => window.violations), []);
  };
}

/** Gives the page a message and waits until it has drawn what follows from it. As one string even a large one is there at once. */
async function tell(page, message) {
  await page.evaluate((sent) => new Promise((drawn) => {
    window.postMessage(JSON.parse(sent), '*');
    setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }), JSON.stringify(message));
}

const said = (page, kind) => page.evaluate((wanted) => window.said.filter((message) => message.kind === wanted), kind);

const lastSaid = async (page, kind) => until(`the page says ${kind}`, async () => (await said(page, kind)).at(-1));

function equal(found, wanted) {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`found ${left}\n  wanted ${right}`);
}

function contains(text, ...parts) {
  for (const part of parts) if (!text.includes(part)) throw new Error(`“${part}” is not in:\n${text}`);
}

/** The claims in the list; a choice of the status filter is an option too. */
const options = (page) => page.getByRole('listbox', { name: 'Claims' }).getByRole('option');

const mainText = (page) => page.innerText('#chainrule');

const WORDS = {
  'before any document it says what to do': (open) => open([], async (page) => contains(await mainText(page), 'Put the cursor on a gradient')),

  'a verified claim is told with its steps and errors': (open) => open([show(claim())], async (page) => {
    contains(await page.innerText('.verdict'), 'Verified', 'Both steps agree', 'at 6 points of 2 sets of sizes', '< 1e-9');
    contains((await page.innerText('.facts')).replaceAll('\u00a0', ' '), 'm = 2, n = 3; m = 4, n = 3');
    equal(await page.locator('.step').count(), 2);
    contains(await page.innerText('.step >> nth=1'), 'n×1', 'verified, largest relative error < 1e-9');
    equal(await page.locator('.side .katex math').count(), 5);
    equal(await page.locator('.statement .piece-shape').allTextContents(), ['n×1', 'n×m', 'm×1', 'n×m', 'm×1']);
    equal(await page.locator('.statement .side > .sr-only').allTextContents(), [' of shape n×1 ', ' of shape n×m m×1 ', ' of shape n×m m×1 ']);
    equal(await page.locator('.side-wrong, .piece-wrong, .sign-wrong').count(), 0);
  }),

  'a wrong step is named, chosen, and its worst entry told': (open) => open([show(wrongClaim())], async (page) => {
    contains(await page.innerText('.verdict'), 'Step 2 is wrong', 'Entry 2 is −0.8548', 'the definitions give 0.8548');
    equal(await page.getAttribute('.step >> nth=1 >> .step-main', 'aria-pressed'), 'true');
    equal(await page.locator('.statement .piece-wrong .katex-mathml mi').allTextContents(), ['M']);
    contains(await page.innerText('.sign-wrong'), '≠');
    contains(await page.innerText('.statement .side >> nth=2'), '(wrong)');
    contains(await page.innerText('.entry-list'), 'Claimed', 'Numeric derivative', 'Difference', '−1.710');
  }),

  'shapes stand below their factors, on one line of their own': (open) => open([show(claim())], async (page) => {
    // Fonts that arrive between two looks would move what was seen in the first.
    const [pieces, shapes] = await page.evaluate(async () => {
      await document.fonts.ready;
      return ['.statement .piece', '.statement .piece-shape'].map((selector) =>
        [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect()).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })),
      );
    });
    pieces.forEach((piece, at) => {
      const center = (box) => (box.left + box.right) / 2;
      if (Math.abs(center(piece) - center(shapes[at])) > 2 || shapes[at].top < piece.bottom - 1) throw new Error(`shape ${at} stands at ${JSON.stringify(shapes[at])}, its factor at ${JSON.stringify(piece)}`);
    });
    equal(new Set(shapes.map(({ top }) => Math.round(top))).size, 1);
  }),

  'a chain that is longer than the line goes on below its equals sign': (open) => open([show(longClaim())], async (page, shoot) => {
    await until('lines of their own', async () => (await page.locator('.sides-stacked').count()) === 1);
    const lefts = await page.locator('.sign').evaluateAll((signs) => signs.map((sign) => Math.round(sign.getBoundingClientRect().left)));
    equal(new Set(lefts).size, 1);
    await shoot('page-long');
    await page.setViewportSize({ width: 1600, height: 900 });
    await until('one line again', async () => (await page.locator('.sides-row').count()) === 1);
  }, { width: 800 }),

  'the repair stands below what is written, both with their shapes, and what differs is marked': (open) => open([show(wrongClaim())], async (page) => {
    equal(await page.locator('.repair del .katex-mathml annotation').allTextContents(), ['M']);
    equal(await page.locator('.repair ins .katex-mathml annotation').allTextContents(), ['M^\\top']);
    equal(await page.locator('.repair .piece-shape').allTextContents(), ['m×n', 'm×1', 'n×m', 'm×1']);
  }),

  'in a narrow panel the entry that differs most is in sight, and the three tables are scrolled alike': (open) => open([show(wrongClaim({ steps: [agreeing(6, 9), differing(6, 9)] }))], async (page) => {
    const inSight = () => page.locator('.matrices .cell-worst').evaluateAll((cells) => cells.map((cell) => {
      const [own, around] = [cell, cell.closest('.scroller')].map((one) => one.getBoundingClientRect());
      return own.left >= around.left && own.right <= around.right;
    }));
    await until('all three', async () => JSON.stringify(await inSight()) === '[true,true,true]');
    await page.locator('.matrices .scroller').nth(1).evaluate((one) => { one.scrollLeft = 0; });
    await until('all three at the beginning', () => page.locator('.matrices .scroller').evaluateAll((all) => all.every(({ scrollLeft }) => scrollLeft === 0)));
  }, { width: 400 }),

  'a counterexample is there to be followed by hand, and an assumption to be declared': (open) => open([show(assumingClaim())], async (page, shoot) => {
    equal((await page.locator('[aria-labelledby=counterexample-title] .bracketed').allInnerTexts()).map((text) => text.trim()), ['2\n1', '2\t1\n2\t−1', '10\n6', '11\n4']);
    await page.getByRole('button', { name: 'Apply: Declare that A is symmetric' }).click();
    equal((await lastSaid(page, 'apply')).fix.edits[0].newText, '\nA : n×n symmetric');
    await shoot('page-counterexample');
    equal(await seriousViolations(page), []);
  }),

  'a claim of real sizes is told of along directions': (open) => open([show(claim({ method: 'directions', note: '6 directions were compared', steps: [agreeing(1, 1)] }))], async (page) => {
    contains(await page.innerText('.verdict'), 'along random directions', '6 directions were compared.');
    contains(await page.innerText('#entries-title'), 'Along one direction');
    equal(await page.locator('.step').count(), 0);
  }),

  'a claim of a notebook is told by its cell': (open) => open([show(claim({ cell: 2 }))], async (page) => contains(await page.innerText('.facts'), 'cell 3, line 17')),

  'an undecided claim says why': (open) => open([show(claim({ status: 'inconclusive', reason: 'its shapes do not fit', steps: [], repair: "M' c" }))], async (page) => {
    contains(await page.innerText('.verdict'), 'Not decided', 'Its shapes do not fit.');
  }),

  'a document without claims says so': (open) => open([show(null, { claims: [] })], async (page) => contains(await mainText(page), 'The document makes no claim')),

  'work in progress is told and can be cancelled': (open) => open([show(claim()), { kind: 'busy', running: true, what: 'Verifying claim 3 of 7' }], async (page) => {
    contains(await page.innerText('header'), 'Verifying claim 3 of 7');
    await page.getByRole('button', { name: 'Cancel' }).click();
    equal(await said(page, 'cancel'), [{ kind: 'cancel' }]);
    await tell(page, { kind: 'busy', running: false, what: '' });
    equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
  }),

  'a failure is told until it is dismissed': (open) => open([show(claim()), { kind: 'failed', message: 'The document has changed since.' }], async (page) => {
    contains(await page.getByRole('alert').innerText(), 'The document has changed since.');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    equal(await page.getByRole('alert').count(), 0);
  }),

  'a message that is not one of the agreed ones changes nothing': (open) => open([show(claim())], async (page) => {
    const before = await mainText(page);
    for (const message of [null, 'show', { kind: 'show' }, { ...show(claim()), claims: [{}] }, { kind: 'toString' }]) await tell(page, message);
    equal(await mainText(page), before);
  }),
};

const HANDS = {
  'a click on a claim asks for it': (open) => open([show(claim())], async (page) => {
    await options(page).nth(2).click();
    equal((await lastSaid(page, 'select')).position, listed()[2].range.start);
  }),

  'the arrow keys go through the claims': (open) => open([show(claim())], async (page) => {
    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowDown');
    equal((await lastSaid(page, 'select')).position, listed()[1].range.start);
    await page.keyboard.press('End');
    await until('the last claim', async () => (await lastSaid(page, 'select')).position.line === listed().at(-1).range.start.line);
    equal(await page.locator('[role=option][aria-selected=true]').allTextContents().then((all) => all[0].includes('df/dz')), true);
    await page.keyboard.type('dl/db');
    await until('the claim whose words were typed', async () => (await lastSaid(page, 'select')).position.line === 47);
  }),

  'everything is reached and done by keyboard alone': (open) => open([show(wrongClaim())], async (page) => {
    const reached = new Set();
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.slice(0, 40) ?? ''));
      if ([...reached].some((name) => name.startsWith('Apply')) && presses > 45) break;
    }
    contains([...reached].join('\n'), 'Verify all', 'Pin', 'Filter claims', 'Claims', 'Apply: Replace by', 'Show step 2 in editor', 'Sizes, point and tolerance');
    await page.getByRole('button', { name: /Apply/ }).focus();
    await page.keyboard.press('Enter');
    equal((await lastSaid(page, 'apply')).fix.edits[0].newText, "M' c");
  }),

  'applying a repair names the version it was made for': (open) => open([show(wrongClaim())], async (page) => {
    await page.getByRole('button', { name: /Apply/ }).click();
    const { version, uri, fix } = await lastSaid(page, 'apply');
    equal([version, uri, fix], [7, 'file:///lecture.deriv', wrongClaim().fixes[0]]);
  }),

  'two fixes of one title are told apart by the step that they change': (open) => {
    const [first, second] = [claim().sides[1], claim().sides[2]].map(({ range }) => ({ title: 'Replace 1 by ones(n)', edits: [{ range, newText: 'ones(n)' }] }));
    return open([show(wrongClaim({ fixes: [first, second] }))], async (page) => {
      equal(await page.getByRole('button', { name: /^Apply/ }).allInnerTexts(), ['Apply: Replace 1 by ones(n) (step 1)', 'Apply: Replace 1 by ones(n) (step 2)']);
      await page.getByRole('button', { name: /step 2\)/ }).click();
      equal((await lastSaid(page, 'apply')).fix, second);
    });
  },

  'the filter shows the claims that match, by text and by status': (open) => open([show(claim())], async (page) => {
    await page.getByRole('searchbox').fill('dL/');
    equal(await options(page).count(), 2);
    await page.getByRole('combobox', { name: 'Status to show' }).selectOption('refuted');
    equal(await options(page).count(), 1);
    await page.getByRole('searchbox').fill('nothing like it');
    contains(await page.innerText('.claims'), 'No claim matches the filter');
  }),

  'a filter and the document survive a reload': (open) => open([show(claim())], async (page) => {
    await page.getByRole('searchbox').fill('dL/');
    await until('it is kept', () => page.evaluate(() => sessionStorage.getItem('state')?.includes('dL/')));
    await page.goto(page.url().replace('&forget', ''));
    await page.waitForFunction(() => window.said.length > 0);
    await tell(page, show(claim()));
    equal(await page.getByRole('searchbox').inputValue(), 'dL/');
    equal(await page.evaluate(() => JSON.parse(sessionStorage.getItem('state')).uri), 'file:///lecture.deriv');
  }),

  'the place of the reader survives a reload, also where the claim comes after the list': (open) => open([show(wrongClaim({ steps: [agreeing(12, 8), differing(12, 8)] }))], async (page) => {
    await page.evaluate(async () => { await document.fonts.ready; document.querySelector('.main').scrollTop = 120; });
    await until('it is kept', () => page.evaluate(() => sessionStorage.getItem('state')?.includes('"scroll":12')));
    await page.goto(page.url().replace('&forget', ''));
    await page.waitForFunction(() => window.said.length > 0);
    await tell(page, show(null));
    await tell(page, show(wrongClaim({ steps: [agreeing(12, 8), differing(12, 8)] })));
    await until('the place', async () => Math.abs((await page.evaluate(() => document.querySelector('.main').scrollTop)) - 120) < 3);
  }, { height: 500 }),

  'another claim is read from its verdict on, the same one, also as its text moves or changes, from where the reader was': (open) => open([show(wrongClaim({ steps: [agreeing(12, 8), differing(12, 8)] }))], async (page) => {
    const scroll = () => page.evaluate(() => document.querySelector('.main').scrollTop);
    const wrong = wrongClaim({ steps: [agreeing(12, 8), differing(12, 8)] });
    await page.evaluate(async () => { await document.fonts.ready; document.querySelector('.main').scrollTop = 120; });
    await tell(page, show({ ...wrong, text: `${wrong.text} x` }));
    equal(await scroll(), 120);
    await tell(page, show({ ...wrong, text: `${wrong.text} x`, range: { start: { line: 3, character: 0 }, end: { line: 3, character: 9 } } }));
    equal(await scroll(), 120);
    await tell(page, show({ ...wrong, text: 'dL/dx = c', range: { start: { line: 9, character: 0 }, end: { line: 9, character: 9 } } }));
    equal(await scroll(), 0);
  }, { height: 500 }),

  'from every entry, where that takes too long, a button leads back': (open) => open([show(claim({ status: 'inconclusive', reason: 'it takes longer than the time limit', steps: [], options: { method: 'entries', seed: 3 } }))], async (page) => {
    await page.getByRole('button', { name: 'Compare as usual' }).click();
    equal((await lastSaid(page, 'verify')).options, { seed: 3 });
    await tell(page, show(claim()));
    equal(await page.getByRole('button', { name: 'Compare as usual' }).count(), 0);
  }),

  'another step shows its own entries': (open) => open([show(wrongClaim())], async (page) => {
    await page.locator('.step-main').first().click();
    contains(await page.innerText('#entries-title'), 'Entries of step 1');
    await tell(page, show(wrongClaim(), { pinned: true }));
    contains(await page.innerText('#entries-title'), 'Entries of step 1');
  }),

  'an update of the same claim keeps the place of the reader': (open) => open([show(wrongClaim({ steps: [agreeing(12, 8), differing(12, 8)] }))], async (page) => {
    // A font that arrives late changes heights above the place, and the browser moves it along so that the reader sees the same lines.
    const place = () => page.evaluate(async () => { await document.fonts.ready; return document.querySelector('.main').scrollTop; });
    await place();
    await page.evaluate(() => { document.querySelector('.main').scrollTop = 120; });
    const before = await place();
    equal(before > 100, true);
    await tell(page, show(wrongClaim({ steps: [agreeing(12, 8), differing(12, 8)] }), { document: { uri: 'file:///lecture.deriv', name: 'lecture.deriv', version: 8 } }));
    equal(await place(), before);
  }, { height: 500 }),

  'the focus stays in the page when what had it goes away': (open) => open([show(wrongClaim())], async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.className);
    await page.getByRole('button', { name: /^Apply/ }).focus();
    await tell(page, show(claim(), { document: { uri: claim().uri, name: 'lecture.deriv', version: 8 } }));
    equal(await page.getByRole('button', { name: /^Apply/ }).count(), 0);
    equal(await focused(), 'main');
    await tell(page, { kind: 'busy', running: true, what: 'Verifying' });
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await tell(page, { kind: 'busy', running: false, what: '' });
    equal(await focused(), 'page');
  }),

  'Enter on a claim of the list shows it in the editor': (open) => open([show(claim())], async (page) => {
    await page.getByRole('listbox', { name: 'Claims' }).focus();
    await page.keyboard.press('Enter');
    equal((await lastSaid(page, 'reveal')).range, listed()[0].range);
  }),

  'what is too large to be compared entry by entry is when it is asked for': (open) => open([show(claim({ method: 'directions', options: { seed: 3 }, steps: [agreeing(1, 1)] }))], async (page) => {
    await page.getByRole('button', { name: 'Compare every entry' }).click();
    equal((await lastSaid(page, 'verify')).options, { seed: 3, method: 'entries' });
    await tell(page, show(claim({ options: { seed: 3, method: 'entries' }, steps: [agreeing(64, 784)] })));
    equal(await page.getByRole('button', { name: 'Compare every entry' }).count(), 0);
    equal(await page.locator('.heat-canvas').count(), 3);
  }),

  'the pictures of a large matrix begin at the entry that differs most': (open) => open([show(wrongClaim({ steps: [agreeing(64, 784), { ...differing(64, 784), entries: { ...agreeing(64, 784).entries, claimed: agreeing(64, 784).entries.numeric.map((value, at) => (at === 60 * 784 + 700 ? value + 9 : value)) } }] }))], async (page) => {
    // Row 61 of 64 is near the lower edge, column 701 of 784 stands in the middle.
    await until('scrolled', () => page.locator('.heat-frame').evaluateAll((all) => all.every((one) => Math.abs(one.scrollLeft + one.clientWidth / 2 - 7005) < 2 && one.scrollTop > 300)));
  }),

  'sizes, seed, tolerance and layout verify again': (open) => open([show(claim({ options: { seed: 4 } }))], async (page) => {
    await page.getByText('Sizes, point and tolerance').click();
    await page.getByLabel('n =').fill('784');
    await page.keyboard.press('Tab');
    equal((await lastSaid(page, 'verify')).options, { seed: 4, sizes: { n: 784 } });
    await page.getByRole('button', { name: 'New point' }).click();
    await until('another seed', async () => (await lastSaid(page, 'verify')).options.seed === 5);
    await page.getByLabel('Method').selectOption('directions');
    await until('another method', async () => (await lastSaid(page, 'verify')).options.method === 'directions');
    await page.getByLabel('Tolerance').selectOption('0.001');
    await until('another tolerance', async () => (await lastSaid(page, 'verify')).options.tolerance === 0.001);
    await page.getByLabel('Layout').selectOption('numerator');
    await until('another layout', async () => (await lastSaid(page, 'verify')).options.layout === 'numerator');
  }),

  'what is being typed stays while something new is told': (open) => open([show(claim())], async (page) => {
    await page.getByText('Sizes, point and tolerance').click();
    await page.getByLabel('n =').fill('12');
    await tell(page, show(claim(), { pinned: true }));
    equal(await page.getByLabel('n =').inputValue(), '12');
    await page.keyboard.press('Tab');
    equal((await lastSaid(page, 'verify')).options, { sizes: { n: 12 } });
  }),

  'in colours that a person forces on all pages marks have lines and shades stay': (open) => open([show(wrongClaim())], async (page) => {
    await page.emulateMedia({ forcedColors: 'active' });
    equal(await page.locator('.statement .piece-wrong').evaluate((piece) => getComputedStyle(piece).borderBottomWidth), '2px');
    equal(await page.locator('.cell-positive').last().evaluate((cell) => getComputedStyle(cell).forcedColorAdjust), 'none');
    await page.emulateMedia({ forcedColors: null });
  }),

  'pinning and verifying all are asked for': (open) => open([show(claim())], async (page) => {
    await page.getByRole('button', { name: 'Pin' }).click();
    equal(await lastSaid(page, 'pin'), { kind: 'pin', pinned: true });
    await page.getByRole('button', { name: 'Verify all' }).click();
    equal(await lastSaid(page, 'verifyAll'), { kind: 'verifyAll' });
  }),

  'the entries are copied as NumPy and as JSON': (open) => open([show(wrongClaim())], async (page) => {
    await page.getByRole('button', { name: 'Copy as JSON' }).click();
    equal(Object.keys(JSON.parse((await lastSaid(page, 'copy')).text)), ['claimed', 'finiteDifferences']);
    await page.getByRole('button', { name: 'Copy as NumPy' }).click();
    await until('NumPy', async () => (await lastSaid(page, 'copy')).text.startsWith('import numpy as np'));
  }),

  'the point is shown and copied': (open) => open([show(claim())], async (page) => {
    contains(await page.getByRole('group', { name: 'Values of the variables' }).innerText(), 'x', '−0.797228', 'is 2×30');
    await page.getByRole('button', { name: 'Copy point as NumPy' }).click();
    contains((await lastSaid(page, 'copy')).text, 'x = np.array([[0.79]', 'M = np.array([[');
    await page.getByRole('button', { name: 'Copy point as JSON' }).click();
    await until('JSON', async () => JSON.parse((await lastSaid(page, 'copy')).text).x.length === 3);
  }),

  'how the error depends on the step is asked for when it is unfolded, and told in words and numbers, too': (open) => open([show(claim())], async (page) => {
    equal(await said(page, 'ask'), []);
    await page.getByText('Error by step size').click();
    equal(await lastSaid(page, 'ask'), { kind: 'ask', what: 'convergence', uri: claim().uri, position: claim().range.start });
    await tell(page, converging());
    await until('a plot', async () => (await page.locator('.plot canvas').count()) === 1);
    contains(await page.innerText('.convergence'), 'Central differences: smallest error', 'grows like h²', 'grows like h⁻¹', 'grows like h⁶', 'which holds no derivative.', 'Dual numbers: error 3e-16, without a step.');
    equal(await page.locator('.convergence p .katex annotation').allTextContents(), ['M^\\top c']);
    contains(await page.getAttribute('.plot', 'aria-label'), 'Richardson extrapolation: smallest error');
    equal(await page.locator('.plot canvas').evaluate(paintedColors) > 10, true);
    const lines = await page.locator('.plot .u-marker').evaluateAll((markers) => markers.slice(1).map((marker) => getComputedStyle(marker).borderTopStyle));
    equal(lines, ['solid', 'dashed', 'dotted', 'dashed', 'dotted']);
    await page.getByText('Errors as a table').click();
    contains(await page.getByRole('group', { name: 'Errors by step' }).innerText(), '1e-3', 'not a number');
    equal(await page.evaluate(() => document.querySelectorAll('.convergence [style*="NaN"]').length), 0);
  }),

  'what was unfolded is asked for again when the text changes, and of another claim': (open) => open([show(claim()), converging()], async (page) => {
    await page.getByText('Error by step size').click();
    await tell(page, show(claim(), { document: { uri: claim().uri, name: 'lecture.deriv', version: 8 } }));
    await until('asked twice', async () => (await said(page, 'ask')).length === 2);
    equal(await page.locator('.plot').count(), 1);
    await tell(page, show(wrongClaim()));
    contains(await page.innerText('.unfold >> nth=1'), 'Differences are taken with many steps');
    await tell(page, { ...converging(), convergence: null, reason: 'its shapes do not fit' });
    contains(await page.innerText('.unfold >> nth=1'), 'Nothing to draw: its shapes do not fit.');
  }),

  'a graph with an edge that leads nowhere is no message': (open) => open([show(claim())], async (page) => {
    await page.getByText('What depends on what').click();
    const { graph: whole, ...rest } = graph();
    await tell(page, { ...rest, graph: { ...whole, edges: [{ from: 0, to: 99, shape: '', isOnPath: true }] } });
    contains(await page.innerText('.unfold >> nth=0'), 'The graph is drawn');
  }),

  'the graph of the section is drawn, read, and leads to definitions': (open) => open([show(claim())], async (page) => {
    await page.getByText('What depends on what').click();
    equal((await lastSaid(page, 'ask')).what, 'graph');
    await tell(page, graph());
    await until('six nodes', async () => (await page.locator('.node').count()) === 6);
    equal(await page.locator('.edge-path').count(), 4);
    contains((await page.locator('.unfold .sr-only li').allTextContents()).join('; '), 'y is made of x; the local Jacobian is n×m; on a path of the chain rule');
    await page.getByRole('button', { name: 'y, m×1; show its definition' }).focus();
    await page.keyboard.press('Enter');
    equal((await lastSaid(page, 'reveal')).range.start.line, 11);
    equal(await page.locator('svg > [style], g[style], path[style], text[style], foreignObject[style], .node[style]').count(), 0);
  }),

  'a step is shown in the editor': (open) => open([show(claim())], async (page) => {
    await page.getByRole('button', { name: 'Show step 2 in editor' }).click();
    equal((await lastSaid(page, 'reveal')).range, claim().steps[1].range);
  }),
};

const LOOKS = Object.fromEntries([
  ...THEMES.map((theme) => [`nothing hinders a reader with a disability (${theme})`, (open) => open([show(wrongClaim({ steps: [agreeing(4, 5), differing(4, 5)] }))], async (page, shoot) => {
    await shoot(`page-${theme}`);
    equal(await seriousViolations(page), []);
  }, { theme })]),
  ...THEMES.map((theme) => [`graph and plot hinder nobody (${theme})`, (open) => open([show(claim())], async (page, shoot) => {
    await unfoldAll(page);
    await shoot(`page-background-${theme}`);
    equal(await seriousViolations(page), []);
  }, { theme, height: 1500 })]),
  ...[400, 1600].flatMap((width) => THEMES.map((theme) => [`all of a wrong claim hinders nobody and fits into ${width} pixels (${theme})`, (open) => open([show(wrongClaim({ steps: [agreeing(6, 9), differing(6, 9)] }))], async (page, shoot) => {
    await page.getByText('Sizes, point and tolerance').click();
    await unfoldAll(page);
    equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await shoot(`page-all-${width}-${theme}`);
    equal(await seriousViolations(page), []);
  }, { theme, width, height: 2600 })])),
  ...[400, 1600].map((width) => [`graph and plot fit into ${width} pixels`, (open) => open([show(claim())], async (page, shoot) => {
    await unfoldAll(page);
    equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await page.locator('.graph').scrollIntoViewIfNeeded();
    await shoot(`page-background-${width}`);
  }, { width })]),
  ...[400, 1600].map((width) => [`at ${width} pixels nothing is cut off`, (open) => open([show(wrongClaim({ steps: [agreeing(6, 9), differing(6, 9)] }))], async (page, shoot) => {
    await shoot(`page-${width}`);
    equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    equal(await page.getByRole('button', { name: /Apply/ }).isVisible(), true);
  }, { width })]),
  ['a verified claim, all open', (open) => open([show(claim()), { kind: 'busy', running: true, what: 'Verifying claim 3 of 7' }], async (page, shoot) => {
    await page.getByText('Sizes, point and tolerance').click();
    await shoot('page-verified');
    equal(await seriousViolations(page), []);
  })],
]);

/** Every state of the page that has words of its own. */
const STATES = [
  ['nothing', []],
  ['no claims', [show(null, { claims: [] })]],
  ['verification that was stopped', [show(null, { isStopped: true })]],
  ['no claim chosen, work in progress', [show(null), { kind: 'busy', running: true, what: '' }]],
  ['a verified claim', [show(claim())]],
  ['a wrong claim', [show(wrongClaim())]],
  ['a wrong claim with an assumption', [show(assumingClaim())]],
  ['a wrong matrix', [show(wrongClaim({ steps: [agreeing(4, 5), differing(4, 5)] }))]],
  ['a large matrix', [show(wrongClaim({ steps: [differing(40, 40)] }))]],
  ['an undecided claim', [show(claim({ status: 'inconclusive', steps: [] }))]],
  ['a misfit', [show(wrongClaim({ steps: [], misfit: 2 }))]],
  ['along directions', [show(claim({ method: 'directions', steps: [agreeing(1, 1)] }))]],
  ['a claim in an ornate macro', [ornate()]],
  ['a failure', [show(claim()), { kind: 'failed', message: 'The text has changed since.' }]],
  ['too many to tell', [show(claim({ steps: [{ ...agreeing(1, 1), entries: undefined }] }))]],
  ['no numbers', [show(claim({ steps: [{ ...agreeing(1, 1), maxRelativeError: null }] }))]],
];

const HINDERED = Object.fromEntries([...STATES, ['commands that are refused', [hostile()]]].map(([name, messages]) => [`no state hinders a reader with a disability: ${name}`, (open) => open(messages, async (page) => {
  for (const theme of THEMES) {
    await page.evaluate((chosen) => { document.body.className = `vscode-${chosen}`; }, theme);
    await page.waitForFunction((chosen) => document.body.className.endsWith(chosen), theme);
    const violations = await seriousViolations(page);
    if (violations.length > 0) throw new Error(`${theme}: ${violations.join('\n')}`);
  }
})]));

/** Words that a reader sees or hears outside of brackets, those of formulas, of code and of the document apart. */
function wordsOutside() {
  const ours = (element) => element.closest('.katex, code, .document-name, .group-title, .step-reason, .uplot .u-hz') === null;
  const texts = [];
  const walk = document.createTreeWalker(document.getElementById('chainrule'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (ours(walk.currentNode.parentElement)) texts.push(walk.currentNode.data);
  for (const element of document.querySelectorAll('#chainrule *'))
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-roledescription']) if (element.hasAttribute(name) && ours(element)) texts.push(element.getAttribute(name));
  return texts.filter((text) => {
    let bare = text;
    for (let before = ''; before !== bare; ) [before, bare] = [bare, bare.replace(/⟦[^⟦⟧]*⟧/g, '')];
    // Code and numbers within a text part it into several: what is left of the brackets opens or closes in another one.
    return /\p{L}{3}/u.test(bare.replace(/^.*⟧/s, '').replace(/⟦.*$/s, ''));
  });
}

const UNTRANSLATED = Object.fromEntries(STATES.map(([name, messages]) => [`every label can be said in another language: ${name}`, (open) => open(messages, async (page) => {
  for (const part of ['Sizes, point and tolerance', 'What depends on what', 'Error by step size']) if (await page.getByText(part).count()) await page.getByText(part).click();
  if (await page.locator('.unfold').count()) {
    await tell(page, graph());
    await tell(page, converging());
    await until('both', async () => (await page.locator('.plot canvas').count()) === 1 && (await page.locator('.node').count()) === 6);
    for (const summary of await page.locator('.values > summary').all()) await summary.click();
  }
  const fromDocument = ['The text has changed since', 'denominator', 'numerator', 'mixed', 'hidden', 'every point lies on a kink', ...listed().flatMap(({ text, section }) => [text, section])];
  equal((await page.evaluate(wordsOutside)).filter((text) => !fromDocument.some((own) => text.startsWith(own))), []);
}, { language: 'brackets' })]));

const GERMAN = {
  'a German reader reads German': (open) => open([show(wrongClaim())], async (page, shoot) => {
    contains(await mainText(page), 'Schritt 2 ist falsch', 'Was richtig wäre', 'Alle prüfen', 'Numerische Ableitung');
    await shoot('page-german');
  }, { language: 'de', width: 400 }),
};

/** Shows the graph and the plot. */
async function unfoldAll(page) {
  await page.getByText('What depends on what').click();
  await page.getByText('Error by step size').click();
  await tell(page, graph());
  await tell(page, converging());
  await until('both', async () => (await page.locator('.plot canvas').count()) === 1 && (await page.locator('.node').count()) === 6);
}

const GUARDS = {
  'a large matrix is drawn as a picture, scrolled, and read by keyboard': (open) => open([show(wrongClaim({ steps: [agreeing(784, 256), differing(784, 256)] }))], async (page, shoot) => {
    await until('three pictures', async () => (await page.locator('.heat-canvas').count()) === 3);
    equal(await page.locator('.entry-list tbody tr').count(), 10);
    const frame = page.locator('.heat-frame').first();
    await frame.focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'End']) await page.keyboard.press(key);
    contains(await page.innerText('.heat-readout'), '(2, 256): claimed −1.319, numeric 1.319, difference −2.638');
    await until('all three show the same part', () => page.locator('.heat-frame').evaluateAll((all) => all.every((one) => one.scrollLeft > 0 && one.scrollLeft === all[0].scrollLeft)));
    for (const key of ['PageDown', 'PageDown', 'PageUp', 'Home']) await page.keyboard.press(key);
    contains(await page.innerText('.heat-readout'), '(18, 1): claimed');
    const box = await frame.boundingBox();
    await page.mouse.move(box.x + 40, box.y + 40);
    await until('the entry under the pointer', async () => /^\(\d+, \d+\): claimed .*, numeric .*, difference /.test(await page.innerText('.heat-readout')));
    await page.mouse.move(5, 5);
    await until('no entry', async () => (await page.innerText('.heat-readout')).startsWith('Point at an entry'));
    await page.getByText('Entries as a table').click();
    await page.getByLabel('From row').fill('784');
    await page.getByLabel('and column').fill('250');
    await page.keyboard.press('Tab');
    equal(await page.locator('.matrices >> nth=1 >> thead th').allInnerTexts().then((all) => all.slice(0, 7)), ['250', '251', '252', '253', '254', '255', '256']);
    equal(await page.locator('.matrices >> nth=1 >> tbody th').allInnerTexts(), ['784', '784', '784']);
    equal(await page.locator('.heat-canvas').first().evaluate(paintedColors) > 10, true);
    await shoot('page-large');
    equal(await seriousViolations(page), []);
  }, { theme: 'dark', width: 1600 }),

  'a picture takes the colours of a new theme': (open) => open([show(wrongClaim({ steps: [differing(40, 40)] }))], async (page) => {
    const canvas = page.locator('.heat-canvas').first();
    const before = await canvas.evaluate(firstPixels);
    await page.evaluate(() => { document.body.className = 'vscode-dark'; });
    await until('other colours', async () => (await canvas.evaluate(firstPixels)) !== before);
  }),

  'entries that are no numbers are shown as such': (open) => open([show(wrongClaim({ steps: [{ ...differing(2, 2), entries: { rows: 2, cols: 2, claimed: [null, 1, 2, 3], numeric: [1, 1, 2, 3] } }] }))], async (page) => {
    contains(await page.innerText('.matrix >> nth=0'), 'NaN');
    contains(await page.innerText('.verdict'), 'Entry (1, 1) is NaN');
  }),

  'a formula that cannot be read is shown as it was written': (open) => open([show(claim({ latex: '\\frac{', sides: [] }))], async (page) => contains(await page.innerText('.statement'), "dz/dx = dy/dx dz/dy = M' c")),

  'everything KaTeX draws keeps to the content security policy': (open) => open([ornate()], async (page, shoot) => {
    equal(await page.locator('.statement .katex-html').count(), 3);
    await shoot('page-ornate');
  }),

  'text of the document becomes neither markup nor script nor link': (open) => open([hostile()], async (page) => {
    equal(await page.evaluate(() => window.injected ?? null), null);
    equal(await page.locator('#chainrule img, #chainrule script, #chainrule a').count(), 0);
    contains(await mainText(page), '<img src=x onerror=');
  }),

  'a thousand claims are listed, and only formulas near the eye are drawn': (open) => {
    const one = listed()[0];
    const many = Array.from({ length: 1000 }, (_, line) => ({ ...one, range: { start: { line, character: 0 }, end: { line, character: 9 } } }));
    return open([show(claim(), { claims: many })], async (page) => {
      await until('all are there', async () => (await options(page).count()) === 1000);
      await until('some are drawn', async () => (await page.locator('.option .katex').count()) > 5);
      equal((await page.locator('.option .katex').count()) < 200, true);
    });
  },
};

/** How many colours a canvas shows. */
function paintedColors(canvas) {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}

function firstPixels(canvas) {
  return canvas.getContext('2d').getImageData(0, 0, 60, 60).data.join();
}
