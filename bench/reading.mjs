// How long reading takes as documents grow: Markdown and LaTeX of 250 to 4,000 blocks, each read
// cold (the first time in a fresh process), warm, and after one letter was typed in its middle, beside
// micromark on the same Markdown, which reads no formulas, and unified-latex on the same LaTeX, which reads
// them as macros with arguments. Processor time.
// With a number, documents of that many blocks only.
//   node bench/reading.mjs [blocks]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SIZES = [250, 500, 1000, 2000, 4000];
const REPEATS = 5;

/** One section of notes: words with mathematics among them, and three displays; ten lines in Markdown. */
function section(at) {
  const k = at % 7;
  return [
    `## Layer ${at}`,
    '',
    `Let $W_{${at}} \\in \\mathbb{R}^{m \\times n}$ be a matrix and $x_{${k}}$ an $n$-dimensional vector; it costs $5 to store.`,
    '',
    `$$ z_{${at}} = W_{${at}} x_{${k}} + b_{${k}}, \\qquad a_{${at}} = \\sigma(z_{${at}}) $$`,
    '',
    '$$',
    `\\frac{\\partial L}{\\partial W_{${at}}} = \\left( \\frac{\\partial L}{\\partial a_{${at}}} \\odot \\sigma'(z_{${at}}) \\right) x_{${k}}^\\top`,
    '$$',
    '',
  ].join('\n');
}

/** A document of about so many blocks of mathematics. */
function markdownOf(blocks) {
  return Array.from({ length: Math.ceil(blocks / 5) }, (_, at) => section(at)).join('\n');
}

function latexOf(blocks) {
  const body = markdownOf(blocks)
    .replace(/^## (.*)$/gm, '\\section{$1}')
    .replace(/\$5/g, '\\$5');
  return `\\documentclass{article}\n\\newcommand{\\R}{\\mathbb{R}}\n\\begin{document}\n${body}\n\\end{document}\n`;
}

async function readers() {
  const { readMarkdown } = await import('../src/syntax/read-markdown.ts');
  const { readLatex } = await import('../src/syntax/read-latex.ts');
  const { micromark } = await import('micromark');
  const { math, mathHtml } = await import('micromark-extension-math');
  const { parse } = await import('@unified-latex/unified-latex-util-parse');
  return {
    Markdown: { textOf: markdownOf, read: readMarkdown },
    LaTeX: { textOf: latexOf, read: readLatex },
    micromark: { textOf: markdownOf, read: (text) => micromark(text, { extensions: [math()], htmlExtensions: [mathHtml()] }) },
    'unified-latex': { textOf: latexOf, read: parse },
  };
}

/** Milliseconds of processor time: other work on the machine does not count. */
function measure(run) {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** In a process of its own: the time of the first reading, and the median of later ones. */
async function measureHere(name, blocks) {
  const { textOf, read } = (await readers())[name];
  const text = textOf(blocks);
  const cold = measure(() => read(text));
  const warm = Array.from({ length: REPEATS }, () => measure(() => read(text))).sort((a, b) => a - b)[REPEATS >> 1];
  return {
    cold,
    warm,
    edited: name === 'Markdown' ? measureEdit(read, text) : null,
    characters: text.length,
    lines: text.split('\n').length,
    memory: process.memoryUsage().rss,
  };
}

/** The median of readings that each follow one letter more in the middle of the text. */
function measureEdit(read, text) {
  let now = text;
  let { kept } = read(now);
  const times = Array.from({ length: REPEATS }, () => {
    const at = now.indexOf('be a matrix', now.length / 2);
    now = `${now.slice(0, at)}x${now.slice(at)}`;
    return measure(() => ({ kept } = read(now, kept)));
  });
  return times.sort((a, b) => a - b)[REPEATS >> 1];
}

function measureApart(name, blocks) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name, String(blocks)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name} with ${blocks} blocks: ${stderr}`);
  return JSON.parse(stdout);
}

function row(cells) {
  return cells.map((cell, at) => (at === 0 ? String(cell).padEnd(14) : String(cell).padStart(10))).join('');
}

function main(sizes) {
  console.log(row(['', 'blocks', 'lines', 'kB', 'cold ms', 'warm ms', 'edit ms', 'µs/block', 'growth', 'MB']));
  for (const name of ['Markdown', 'LaTeX', 'micromark', 'unified-latex']) {
    let before = null;
    for (const blocks of sizes) {
      const { cold, warm, edited, characters, lines, memory } = measureApart(name, blocks);
      const growth = before === null ? '' : (warm / before).toFixed(2);
      console.log(
        row([
          name,
          blocks,
          lines,
          Math.round(characters / 1000),
          cold.toFixed(0),
          warm.toFixed(1),
          edited?.toFixed(1) ?? '',
          ((1000 * warm) / blocks).toFixed(1),
          growth,
          Math.round(memory / 1e6),
        ]),
      );
      before = warm;
    }
  }
  console.log('\nGrowth is the time against that of half the size: 2 is linear, 4 quadratic.');
}

const [name, blocks] = process.argv.slice(2);
if (name === undefined || blocks === undefined) main(name === undefined ? SIZES : [Number(name)]);
else console.log(JSON.stringify(await measureHere(name, Number(blocks))));
