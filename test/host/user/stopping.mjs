// What a person sees who stops the verification of a document that takes long, also right behind an edit.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workbenchAddress } from '../../../scripts/vscode-server.mjs';
import { until } from '../tally.mjs';
import { hold, isDrawn, moveTo, openFile, openWorkbench, panelFrame, personAt, runCommand } from './hands.mjs';

/** So many that to verify them takes seconds, each time that the seed of them all is changed. */
const SECTIONS = 20;

const section = (_, k) => `# Flow ${k}\nA_${k} : n×n\nL_${k} = tr(expm(A_${k}))\ndL_${k}/dA_${k} = expm(A_${k})'\n`;

/** The line of the first claim. */
const LINE = 7;

export async function stoppingTests({ browser, server, folder, test, screenshots }) {
  writeFileSync(join(folder, 'long.deriv'), ['seed 1\nsize n = 8\n', ...Array.from({ length: SECTIONS }, section)].join('\n'));
  const context = await browser.newContext({ viewport: { width: 1300, height: 850 } });
  const page = await context.newPage();
  const { person, shoot } = personAt(page, { test, screenshots });
  try {
    await openWorkbench(page, workbenchAddress(server, { folder }));
    await openFile(page, 'long.deriv');
    await moveTo(page, LINE);
    await runCommand(page, 'Chainrule: Verify Gradient');
    await stopped(page, person, shoot);
  } finally {
    await context.close();
  }
}

/** Presses a button as soon as it is there. */
async function press(frame, name) {
  await until(name, () => frame.evaluate((wanted) => {
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === wanted);
    button?.click();
    return button !== undefined;
  }, name), { seconds: 60 });
}

async function stopped(page, person, shoot) {
  const panel = await panelFrame(page);
  const said = () => panel.innerText('.main');
  const isStopped = async () => (await said()).includes('Verification was stopped') && (await panel.locator('.verdict').count()) === 0 && (await panel.locator('[aria-busy=true]').count()) === 0;

  await person('after Cancel no verdict on an earlier text is left, and nothing is begun again', async () => {
    await until('a verdict', async () => (await said()).includes('Verified'), { seconds: 90 });
    await moveTo(page, 1);
    await page.keyboard.press('End');
    await page.keyboard.type('2');
    await isDrawn(page, 'seed 12');
    await press(panel, 'Cancel');
    await until('that it was stopped', isStopped);
    await hold('that it was stopped', isStopped, { seconds: 3 });
    await shoot('panel-stopped');
  });

  await person('Verify all goes on, and Cancel right behind an edit lasts as well', async () => {
    await press(panel, 'Verify all');
    await until('work', async () => (await panel.locator('[aria-busy=true]').count()) === 1);
    await page.keyboard.type('3');
    await isDrawn(page, 'seed 123');
    await press(panel, 'Cancel');
    await until('that it was stopped', isStopped);
    await hold('that it was stopped', isStopped, { seconds: 3 });
  });

  await person('a claim that is chosen is verified again', async () => {
    await panel.locator('[role=listbox] [role=option]').nth(1).click();
    await until('a verdict', async () => (await said()).includes('Verified'), { seconds: 90 });
  });
}
