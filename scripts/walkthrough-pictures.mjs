// Takes the pictures of the walkthrough anew, in a light and a dark theme: `node scripts/walkthrough-pictures.mjs [NAME…]`.
// They show what Chainrule says today; take them again when that changes.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, startBrowser } from '../test/host/chromium.mjs';
import { until } from '../test/host/tally.mjs';
import { moveTo, openFile, openWorkbench, panelFrame, runCommand, setTheme, typeOver } from '../test/host/user/hands.mjs';
import { build } from './build.mjs';
import { ROOT } from './install.mjs';
import { startVsCode, workbenchAddress } from './vscode-server.mjs';

const MEDIA = join(ROOT, 'media/walkthrough');

const THEMES = [
  ['light', 'Light Modern'],
  ['dark', 'Dark Modern'],
];

const SMALL = { width: 752, height: 554 };
const TALL = { width: 752, height: 720 };
const WIDE = { width: 1052, height: 645 };

/** The line of the example that is wrong, and that of the first expression. */
const WRONG = 16;
const PRODUCT = 8;

/** What brings the window to what each picture shows; the last changes the text. */
const SCENES = {
  write: [SMALL, showShape],
  mend: [TALL, offerFixes],
  layout: [SMALL, offerLayouts],
  all: [WIDE, runTests],
  verify: [WIDE, verifyMended],
};

async function showShape(page) {
  await moveTo(page, PRODUCT);
  for (let at = 0; at < 5; at++) await page.keyboard.press('ArrowRight');
  await runCommand(page, 'Show or Focus Hover');
  await until('the shape', async () =>
    /n×1/.test(
      await page
        .locator('.monaco-hover:not(.hidden)')
        .first()
        .innerText({ timeout: 1000 })
        .catch(() => ''),
    ),
  );
}

async function offerFixes(page) {
  await moveTo(page, WRONG);
  for (let at = 0; at < 8; at++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget:visible').waitFor();
}

async function offerLayouts(page) {
  await moveTo(page, 12);
  await page.locator('.statusbar-item', { hasText: '∂' }).first().click();
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'denominator' }).first().waitFor();
}

async function runTests(page) {
  await runCommand(page, 'Testing: Focus on Test Explorer View');
  await until('the files', async () => (await page.locator('.test-explorer .monaco-list-row').count()) > 4);
  await runCommand(page, 'Test: Run All Tests');
  await until('every verdict', async () => (await page.locator('.test-explorer .codicon-testing-passed-icon').count()) > 4, {
    seconds: 90,
  });
  await page.waitForTimeout(1500);
  if (await page.locator('.part.panel').isVisible()) await page.keyboard.press('Control+j');
  await moveTo(page, WRONG);
}

async function verifyMended(page) {
  await runCommand(page, 'View: Close Primary Side Bar', { optional: true });
  if ((await page.locator('.squiggly-error').count()) > 0) await typeOver(page, 'dL/da = W dL/dz', "dL/da = W' dL/dz");
  await moveTo(page, WRONG);
  await runCommand(page, 'Chainrule: Verify Gradient');
  const panel = await panelFrame(page);
  await until('the verdict', async () => /Verified/.test(await panel.innerText('.verdict').catch(() => '')));
}

async function takeAll(page) {
  await openFile(page, 'layer.deriv');
  await until('a verdict', async () => (await page.locator('.codelens-decoration').allInnerTexts()).some((lens) => /✗/.test(lens)));
  await runCommand(page, 'View: Close Primary Side Bar', { optional: true });
  const wanted = process.argv.slice(2);
  for (const [name, [size, act]] of Object.entries(SCENES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await page.setViewportSize(size);
    for (const [shade, theme] of THEMES) {
      await setTheme(page, theme);
      await act(page);
      // Nothing is shown for a pointer that rests on a button.
      await page.mouse.move(size.width - 20, size.height - 60);
      await page.waitForTimeout(800);
      await page.screenshot({ path: join(MEDIA, `${name}-${shade}.png`) });
      console.log(`  ${name}-${shade}.png`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
  }
}

const work = mkdtempSync(join(tmpdir(), 'chainrule-pictures-'));
cpSync(join(ROOT, 'examples'), work, { recursive: true });
cpSync(join(MEDIA, 'example.deriv'), join(work, 'layer.deriv'));
await build({ log: console.log });
const server = await startVsCode({
  settings: { 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'editor.minimap.enabled': false },
});
const browser = await startBrowser(await findChromium());
try {
  const page = await browser.newPage({ viewport: { width: 1300, height: 850 } });
  await openWorkbench(page, workbenchAddress(server, { folder: work, extension: ROOT.replace(/\/$/, '') }));
  await takeAll(page);
} finally {
  await browser.close();
  await server.stop();
  rmSync(work, { recursive: true, force: true });
}
