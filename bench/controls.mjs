// How long a claim takes that is verified again with a control of the panel changed: from the server's request to its answer.
//   node bench/controls.mjs [FILE…]
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CLAIMS, VERIFY_CLAIM } from '../src/protocol/lsp.ts';
import { startClient } from '../test/server/client.ts';

const CORPUS = fileURLToPath(new URL('../test/corpus/', import.meta.url));
const LANGUAGES = { '.md': 'markdown', '.tex': 'latex', '.deriv': 'derivation' };

/** Claims of one document that are asked about; a document of many would decide for all. */
const A_DOCUMENT = 4;

/** What a reader changes, one control at a time. */
const CONTROLS = {
  seed: () => ({ seed: 7 }),
  'a size': ({ dimensions: [name] }) => (name === undefined ? null : { sizes: { [name]: 6 } }),
  tolerance: () => ({ tolerance: 1e-4 }),
  'every entry': () => ({ method: 'entries' }),
  directions: () => ({ method: 'directions' }),
  layout: ({ layout }) => ({ layout: layout === 'numerator' ? 'denominator' : 'numerator' }),
};

const at = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];

/** Milliseconds of processor time: other programs on the machine do not count. */
async function costOf(act) {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Asks about some claims of a document that was verified already, as the panel does. */
async function measure({ connection, open }, file, found) {
  const textDocument = { uri: `file:///${file}` };
  await open(textDocument.uri, LANGUAGES[extname(file)], readFileSync(join(CORPUS, file), 'utf8'));
  const { claims } = await connection.sendRequest(CLAIMS, { textDocument, verify: true });
  const every = Math.ceil(claims.length / A_DOCUMENT);
  for (const { range } of claims.filter((_, index) => index % every === 0)) {
    const ask = (options) => connection.sendRequest(VERIFY_CLAIM, { textDocument, position: range.start, options });
    const { claim } = await ask({});
    if (claim === null) continue;
    for (const [name, change] of Object.entries(CONTROLS)) {
      const options = change(claim);
      if (options !== null) found[name].push({ time: await costOf(() => ask(options)), file, line: range.start.line + 1 });
    }
  }
}

const { positionals } = parseArgs({ allowPositionals: true });
const files = positionals.length > 0 ? positionals : readdirSync(CORPUS).filter((name) => extname(name) in LANGUAGES);
const found = Object.fromEntries(Object.keys(CONTROLS).map((name) => [name, []]));
const client = await startClient();
for (const file of files) await measure(client, file, found);
client.close();

for (const [name, all] of Object.entries(found)) {
  const sorted = all.toSorted((one, other) => one.time - other.time);
  const times = sorted.map(({ time }) => time);
  const within = times.filter((time) => time <= 100).length / times.length;
  const slowest = sorted.at(-1);
  console.log(
    `${name.padEnd(12)} ${times.length} claims: median ${at(times, 0.5).toFixed(0)} ms, nine of ten ${at(times, 0.9).toFixed(0)} ms, ` +
      `${(100 * within).toFixed(1)} % within 100 ms, slowest ${slowest.time.toFixed(0)} ms (${slowest.file}:${slowest.line})`,
  );
}
process.exit();
