// How long it takes to find what mends a mistake, and how often the first answer makes the document right: for the mistakes
// listed in the folders' mutants.json, and for mistakes put in by the corpus's own terms. Times are processor time, warm.
// usage: node bench/repairs.mjs FOLDER… [--most N] [--slow MILLISECONDS]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkDocument } from '../src/check/check-document.ts';
import { applyEdits } from '../src/check/source.ts';
import { mutated, mutationsOf, sampled } from '../test/mutants/mutations.ts';

const SURFACES = { '.md': 'markdown', '.qmd': 'markdown', '.tex': 'latex', '.deriv': 'plain' };
/** A usual claim's repair is there before a person looks up. */
const GOAL = 100;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { most: { type: 'string', default: '0' }, slow: { type: 'string', default: '500' } },
});

const mistakes = positionals.flatMap((folder) => [...listedIn(folder), ...putInto(folder)]);
const measured = mistakes.map(measure).filter((one) => one !== null);
report(measured);
for (const { name, what, milliseconds, outcome } of measured)
  if (milliseconds > Number(values.slow) || outcome !== 'right') console.log(`${milliseconds.toFixed(0)} ms ${outcome} ${name} ${what}`);

function listedIn(folder) {
  const path = join(folder, 'mutants.json');
  if (!existsSync(path)) return [];
  return JSON.parse(readFileSync(path, 'utf8'))
    .filter(({ doc }) => extname(doc) in SURFACES)
    .map(({ doc, line, replace, with: mistake, kind }) => {
      const lines = readFileSync(join(folder, doc), 'utf8').split('\n');
      lines[line] = lines[line].split(replace).join(mistake);
      return {
        name: `${doc}:${line + 1}`,
        what: `[${kind}] ${replace} -> ${mistake}`,
        surface: SURFACES[extname(doc)],
        text: lines.join('\n'),
      };
    });
}

function putInto(folder) {
  return readdirSync(folder)
    .filter((name) => extname(name) in SURFACES)
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const surface = SURFACES[extname(name)];
      return sampled(mutationsOf(text, surface), Number(values.most), name.length).map((mutation) => ({
        name: `${name}:${text.slice(0, mutation.start).split('\n').length}`,
        what: `[${mutation.kind}] ${text.slice(mutation.start, mutation.end)} -> ${mutation.text}`.replace(/\s+/g, ' '),
        surface,
        text: mutated(text, mutation),
      }));
    });
}

/** Null where nothing is wrong. */
function measure({ name, what, surface, text }) {
  const check = (repair, source = text) => checkDocument(source, surface, { verify: true, repair, now: () => performance.now() });
  if (!check(false).diagnostics.some(isBad)) return null;
  const without = timed(() => check(false));
  const { result: checked, milliseconds } = timed(() => check(true));
  const fix = checked.diagnostics.filter(isBad).flatMap(({ fixes }) => fixes)[0];
  const outcome = fix === undefined ? 'none' : isClean(check(false, applyEdits(text, fix.edits))) ? 'right' : 'wrong';
  return { name, what, outcome, milliseconds: Math.max(0, milliseconds - without.milliseconds) };
}

function isBad({ severity }) {
  return severity === 'error' || severity === 'warning';
}

function isClean({ diagnostics, claims }) {
  return !diagnostics.some(isBad) && claims.every(({ status }) => status === 'verified');
}

function timed(act) {
  const start = process.cpuUsage().user;
  const result = act();
  return { result, milliseconds: (process.cpuUsage().user - start) / 1000 };
}

function report(all) {
  const times = all.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const at = (part) => times[Math.floor(part * (times.length - 1))].toFixed(0);
  const share = (is) => `${((100 * all.filter(is).length) / all.length).toFixed(1)} %`;
  console.log(
    `${all.length} mistakes, first repair right ${share(({ outcome }) => outcome === 'right')}, wrong ${share(({ outcome }) => outcome === 'wrong')}`,
  );
  console.log(`milliseconds for what mends one: median ${at(0.5)}, 90 % ${at(0.9)}, 95 % ${at(0.95)}, 99 % ${at(0.99)}, most ${at(1)}`);
  console.log(
    `within ${GOAL} ms ${share(({ milliseconds }) => milliseconds <= GOAL)}, over 1 s ${share(({ milliseconds }) => milliseconds > 1000)}`,
  );
}
