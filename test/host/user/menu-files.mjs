// One right and one wrong derivation in each notation, for what the light bulb offers on them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const GRADIENT = '\\frac{\\partial f}{\\partial x}';

const markdown = (declared, f, gradient) => `# A function\n\n${declared}\nLet $f = ${f}$.\n\n$$\n${GRADIENT} = ${gradient}\n$$\n`;

const latex = (declared, f, gradient) =>
  `\\documentclass{article}\n\\begin{document}\n\\section{A function}\n${declared} Let $f = ${f}$.\n\\[\n  ${GRADIENT} = ${gradient}\n\\]\n\\end{document}\n`;

const plain = (declared, f, gradient) => `# A function\n${declared}\nf = ${f}\ndf/dx = ${gradient}\n`;

const cell = (id, source) => ({ cell_type: 'markdown', metadata: {}, id, source });

const RIGHT = ['Let $x \\in \\mathbb{R}^n$.', 'x^\\top x', '2 x'];

const WRONG = ['Let $x \\in \\mathbb{R}^n$, $c \\in \\mathbb{R}^m$ and $A \\in \\mathbb{R}^{m \\times n}$.', 'c^\\top A x', 'A c'];

const NOTEBOOK = {
  cells: [cell('a', `# A function\n\n${WRONG[0]} Let $f = ${WRONG[1]}$.`), cell('b', `$$${GRADIENT} = ${WRONG[2]}$$`)],
  metadata: {}, nbformat: 4, nbformat_minor: 5,
};

/** What is written in another notation gets the same name with another ending: each has a name of its own. */
const FILES = {
  'right-in-md.md': markdown(...RIGHT),
  'right-in-tex.tex': latex(...RIGHT),
  'right-in-deriv.deriv': plain('x : n', "x' x", '2 x'),
  'wrong.md': markdown(...WRONG),
  'wrong.tex': latex(...WRONG),
  'wrong.deriv': plain('x : n\nc : m\nA : m×n', "c' A x", 'A c'),
  'wrong.ipynb': JSON.stringify(NOTEBOOK),
};

export function writeMenuFiles(folder) {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
}
