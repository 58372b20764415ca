// Puts mistakes into correct documents and prints what becomes of them, kind by kind.
// usage: node scripts/mutants.mjs FOLDER… [--most N] [--only TEXT] [--kind KIND] [--list]
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { judge } from '../test/mutants/judge.ts';
import { KINDS, mutationsOf, sampled } from '../test/mutants/mutations.ts';

const SURFACES = { '.md': 'markdown', '.qmd': 'markdown', '.tex': 'latex', '.deriv': 'plain' };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    most: { type: 'string', default: '12' },
    only: { type: 'string', default: '' },
    kind: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

const documents = positionals.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => extname(name) in SURFACES && name.includes(values.only))
    .map((name) => ({ folder, name })),
);
const judged = documents.flatMap(({ folder, name }) => judgedIn(folder, name));
for (const kind of [...KINDS, 'all'])
  console.log(
    rowOf(
      kind,
      judged.filter(({ mutation }) => kind === 'all' || mutation.kind === kind),
    ),
  );

function judgedIn(folder, name) {
  const text = readFileSync(join(folder, name), 'utf8');
  const surface = SURFACES[extname(name)];
  const mutations = mutationsOf(text, surface).filter(({ kind }) => values.kind === undefined || kind === values.kind);
  return sampled(mutations, Number(values.most), name.length).map((mutation) => {
    const began = process.cpuUsage().user;
    const judgement = { ...judge(text, surface, mutation), milliseconds: (process.cpuUsage().user - began) / 1000 };
    if (values.list) tell(text, name, judgement);
    return judgement;
  });
}

/** One line for what did not go as it should, and for every mistake that seems to be none. */
function tell(text, name, { mutation, outcome, diagnostics, repair, repaired, idle }) {
  const { start, end, kind, text: mistake } = mutation;
  const what = `${name}:${text.slice(0, start).split('\n').length} [${kind}] ${oneLine(text.slice(start, end))} -> ${oneLine(mistake)}`;
  const codes = diagnostics.map(({ code }) => code).join(', ');
  if (outcome !== 'caught') console.log(`${outcome === 'true' ? 'STILL TRUE' : 'MISSED'} ${what}${codes && ` (elsewhere: ${codes})`}`);
  else if (repair !== 'holds')
    console.log(
      `${repair === 'none' ? 'NO REPAIR' : 'REPAIR FAILS'} ${what} (${codes})${repaired === null ? '' : ` => ${changedLine(text, repaired)}`}`,
    );
  for (const title of idle) console.log(`IDLE FIX ${what}: ${title}`);
  if (diagnostics.length > 1) console.log(`NOISE ${what} (${codes})`);
}

function changedLine(before, after) {
  const lines = new Set(before.split('\n'));
  return (
    after
      .split('\n')
      .find((line) => !lines.has(line))
      ?.trim() ?? ''
  );
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ');
}

function rowOf(kind, rows) {
  const counted = rows.filter(({ outcome }) => outcome !== 'true');
  const share = (is) => `${counted.filter(is).length}`.padStart(5);
  const time = counted.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const at = (part) => `${(time[Math.floor(part * (time.length - 1))] ?? 0).toFixed(0)} ms`.padStart(8);
  return [
    kind.padEnd(13),
    `${counted.length}`.padStart(5),
    'caught',
    share(({ outcome }) => outcome === 'caught'),
    'one diagnostic',
    share(({ diagnostics }) => diagnostics.length === 1),
    'repair offered',
    share(({ repair }) => repair !== 'none'),
    'holds',
    share(({ repair }) => repair === 'holds'),
    'still true',
    `${rows.length - counted.length}`.padStart(4),
    'median',
    at(0.5),
    '95%',
    at(0.95),
  ].join(' ');
}
