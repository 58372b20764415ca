// A derivation with a right side that is missing and one that is wrong, in LaTeX and in a notebook.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const GIVEN = 'Let $X \\in \\mathbb{R}^{N \\times d}$, $y \\in \\mathbb{R}^N$, $w \\in \\mathbb{R}^d$, $\\lambda > 0$ and';
const LOSS = 'L = \\|X w - y\\|^2 + \\lambda \\|w\\|^2.';

const LATEX = `\\documentclass{article}
\\usepackage{amsmath,amssymb}
\\begin{document}
\\section{Ridge}
${GIVEN}
\\begin{equation}
  ${LOSS}
\\end{equation}
\\begin{align}
  \\frac{\\partial L}{\\partial w} &= \\\\
  \\frac{\\partial L}{\\partial y} &= X w + y
\\end{align}
\\end{document}
`;

const cell = (id, source) => ({ cell_type: 'markdown', metadata: {}, id, source });

const NOTEBOOK = {
  cells: [cell('a', `# Ridge\n\n${GIVEN} $$${LOSS}$$`), cell('b', '$$\\nabla_w L =$$'), cell('c', '$$\\nabla_y L = X w + y$$')],
  metadata: {}, nbformat: 4, nbformat_minor: 5,
};

export function writeDerivingFiles(folder) {
  writeFileSync(join(folder, 'ridge.tex'), LATEX);
  writeFileSync(join(folder, 'ridge.ipynb'), JSON.stringify(NOTEBOOK));
}
