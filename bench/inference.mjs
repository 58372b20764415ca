// How the time of a check grows with the text, for texts of different build: an exponent of 1 is linear.
// Processor time, and all sizes of one text in one process.
//   node bench/inference.mjs [largest number of lines]
import { checkDocument } from '../src/check/check-document.ts';
import { GROWING_TEXTS } from './growing-texts.ts';

function processorTime(run) {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function measure(part, lines) {
  const text = Array.from({ length: lines / 10 }, (_, k) => part(k)).join('');
  const times = Array.from({ length: lines > 20_000 ? 1 : 3 }, () =>
    processorTime(() => checkDocument(text, 'plain', { verify: false, repair: false })),
  );
  return Math.min(...times);
}

const largest = Number(process.argv[2] ?? 100_000);
const sizes = [1000, 10_000, 100_000].filter((lines) => lines <= largest);
console.log(
  `| milliseconds for | ${sizes.map((lines) => `${lines.toLocaleString('en')} lines`).join(' | ')} | exponent |\n|---|${sizes.map(() => '---:|').join('')}---:|`,
);
for (const [name, part] of Object.entries(GROWING_TEXTS)) {
  measure(part, 1000);
  const times = sizes.map((lines) => measure(part, lines));
  const exponent = Math.log(times.at(-1) / times[0]) / Math.log(sizes.at(-1) / sizes[0]);
  console.log(`| ${name} | ${times.map((time) => time.toFixed(0)).join(' | ')} | ${exponent.toFixed(2)} |`);
}
