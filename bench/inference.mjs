// How the time of a check grows with the text, for texts of different build: an exponent of 1 is linear.
// Processor time, and all sizes of one text in one process.
//   node bench/inference.mjs [largest number of lines]
import { checkDocument } from '../src/check/check-document.ts';

/** Ten lines each, of which the k-th may refer to what stands before it. */
const TEXTS = {
  'many sections': (k) =>
    `## Section ${k}\nA : m×n\nx : n\nb : m\nr = A x - b\nf = ||r||^2\ndf/dx = 2 A' r\ndf/dr = 2 r\ndr/dx = A'\ng = r' r\n`,
  'one section': (k) =>
    `\nA${k} : m×n\nx${k} : n\nb${k} : m\nr${k} = A${k} x${k} - b${k}\nf${k} = ||r${k}||^2\ndf${k}/dx${k} = 2 A${k}' r${k}\ndf${k}/dr${k} = 2 r${k}\ndr${k}/dx${k} = A${k}'\ng${k} = r${k}' r${k}\n`,
  'sections in sections': (k) =>
    `${'#'.repeat(1 + (k % 6))} Section ${k}\nA : m×n\nx : n\nb : m\nr = A x - b\nf = ||r||^2\ndf/dx = 2 A' r\ndf/dr = 2 r\ndr/dx = A'\ng = r' r\n`,
  'a long chain': (k) =>
    (k === 0 ? 'W : n×n\nx0 : n\n' : '') +
    Array.from({ length: 10 }, (_, at) => `x${10 * k + at + 1} = tanh(W x${10 * k + at})\n`).join(''),
  'nothing declared': (k) =>
    `## Section ${k}\n\nz = W x + b\na = sigma(z)\nu = V a + c\ndL/dV = dL/du a'\ndL/dz = dL/da .* sigma'(z)\ndL/dW = dL/dz x'\n\nq = W x\n`,
};

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
for (const [name, part] of Object.entries(TEXTS)) {
  measure(part, 1000);
  const times = sizes.map((lines) => measure(part, lines));
  const exponent = Math.log(times.at(-1) / times[0]) / Math.log(sizes.at(-1) / sizes[0]);
  console.log(`| ${name} | ${times.map((time) => time.toFixed(0)).join(' | ')} | ${exponent.toFixed(2)} |`);
}
