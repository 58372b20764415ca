// How long the panel takes: node bench/panel.mjs
// The claim behind it is examined with real sizes; the page draws 784×64 and 784×256 entries, a graph and a plot.
import { checkDocument } from '../src/check/check-document.ts';
import { findChromium, startBrowser } from '../test/host/chromium.mjs';
import { agreeing, claim, converging, differing, graph, listed, show, wrongClaim } from '../test/panel/messages.ts';
import { servePage } from '../test/panel/page-server.mjs';

const ROUNDS = 9;

const DENSE = "x : n\nW : m×n\nb : m\nt : m\na = sin(W x + b)\nL = (a - t)' (a - t)\ndL/dW = 2 ((a - t) ∘ cos(W x + b)) x'\n";

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

const told = (what, times) =>
  console.log(`${what.padEnd(62)} ${median(times).toFixed(1).padStart(8)} ms (worst ${Math.max(...times).toFixed(1)})`);

function verification(what, sizes, more = {}) {
  const times = Array.from({ length: ROUNDS }, (_, seed) => {
    const started = performance.now();
    const [one] = checkDocument(DENSE, 'plain', { verify: true, repair: false, seed, sizes, now: () => performance.now(), ...more }).claims;
    if (one.status !== 'verified') throw new Error(`${what}: ${one.status}, ${one.reason}`);
    return performance.now() - started;
  });
  told(what, times);
}

/** Milliseconds from a message to the second frame after it, by when it is drawn. */
function drawing(page, message) {
  return page.evaluate(
    (sent) =>
      new Promise((drawn) => {
        const started = performance.now();
        window.postMessage(sent, '*');
        setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => drawn(performance.now() - started))));
      }),
    message,
  );
}

async function draws(page, what, messages) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await drawing(page, messages[round % messages.length]));
  told(what, times);
}

/** The longest frame while a picture is scrolled from end to end. */
async function scrolls(page) {
  const times = await page.evaluate(
    () =>
      new Promise((done) => {
        const frame = document.querySelector('.heat-frame');
        const found = [];
        let before = performance.now();
        const step = () => {
          const now = performance.now();
          found.push(now - before);
          before = now;
          frame.scrollTop += 80;
          if (frame.scrollTop + frame.clientHeight < frame.scrollHeight - 1) requestAnimationFrame(step);
          else done(found);
        };
        requestAnimationFrame(step);
      }),
  );
  told('a frame while 784 rows are scrolled', times);
}

verification('a claim of usual sizes is verified', {});
verification('dL/dW with n = 784, m = 64 is verified', { n: 784, m: 64 });
verification('the error by step of a claim of usual sizes', {}, { convergence: true });

const server = await servePage();
const browser = await startBrowser(await findChromium());
try {
  const page = await (await browser.newContext({ viewport: { width: 1600, height: 1000 } })).newPage();
  await page.goto(`${server.url}?theme=dark`);
  await draws(page, 'a verdict is drawn', [show(claim()), show(wrongClaim())]);
  await draws(page, '784×64 entries are drawn', [
    show(wrongClaim({ steps: [differing(784, 64)] })),
    show(claim({ steps: [agreeing(784, 64)] })),
  ]);
  await draws(page, '784×256 entries are drawn', [
    show(wrongClaim({ steps: [differing(784, 256)] })),
    show(claim({ steps: [agreeing(784, 256)] })),
  ]);
  await scrolls(page);
  const many = Array.from({ length: 1000 }, (_, line) => ({
    ...listed()[0],
    range: { start: { line, character: 0 }, end: { line, character: 9 } },
  }));
  await draws(page, 'a list of 1000 claims is drawn', [show(claim(), { claims: many }), show(wrongClaim(), { claims: many })]);
  await drawing(page, show(claim()));
  for (const part of ['What depends on what', 'Error by step size']) await page.getByText(part).click();
  await draws(page, 'a graph and a plot are drawn', [graph(), converging()]);
} finally {
  await browser.close();
  await server.stop();
}
