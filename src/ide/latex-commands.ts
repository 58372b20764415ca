import { OPS } from '../ops/table.ts';
import { NOTATION, type Notation, OP_NAMES, type OpName } from '../syntax/notation.ts';

/** A command of LaTeX as Chainrule reads it. */
export interface LatexCommand {
  readonly label: string;
  /** With `$1`, `$2` where something is to be written, as snippets have it. */
  readonly insert: string;
  /** What it means here, in a few words. */
  readonly detail: string;
  readonly documentation: string;
}

const FORMS: Readonly<Record<Notation['form'], string>> = {
  function: 'function',
  infix: 'operator',
  prefix: 'operator',
  postfix: 'operator',
  bracket: 'brackets',
  constant: 'constant',
};

/** What is no operator: derivatives, sets, notes, and the dress of names. */
const STRUCTURES: readonly LatexCommand[] = [
  [
    '\\frac{\\partial }{\\partial }',
    '\\frac{\\partial $1}{\\partial $2}',
    'derivative',
    'The derivative of the first by the second, through every path; its shape depends on the layout of the section.',
  ],
  ['\\frac{}{}', '\\frac{$1}{$2}', 'quotient', 'The first divided by the second, which is a number.'],
  ['\\nabla', '\\nabla_{$1}', 'gradient', 'The gradient of a scalar, which has the shape of its variable in any layout.'],
  ['\\partial', '\\partial', 'derivative', 'Part of a derivative.'],
  ['\\mathrm{d}', '\\mathrm{d}', 'differential', 'The differential of a symbol, and the d of a derivative.'],
  ['\\in', '\\in', 'declares a shape', 'As in `x \\in \\mathbb{R}^{n}`: what stands before it has that shape.'],
  ['\\mathbb{R}^{}', '\\mathbb{R}^{$1}', 'a set of columns', 'The columns of a length.'],
  ['\\mathbb{R}^{\\times}', '\\mathbb{R}^{$1 \\times $2}', 'a set of matrices', 'The matrices with so many rows and columns.'],
  [
    '\\underbrace{}_{\\times}',
    '\\underbrace{$1}_{$2 \\times $3}',
    'a note of a shape',
    'Declares the shape of a symbol, or is checked against what it is.',
  ],
  ['\\mathbb{E}', '\\mathbb{E}[$1]', 'expectation', 'Shapes are checked; verification is inconclusive.'],
  ['\\sum', '\\sum_{$1}', 'sum', 'A sum over an index, which reaches to the next plus or minus.'],
  ['\\prod', '\\prod_{$1}', 'product', 'A product over an index.'],
  ['\\begin{bmatrix}', '\\begin{bmatrix} $1 & $2 \\\\\\\\ $3 & $4 \\end{bmatrix}', 'matrix', 'A matrix by its entries or blocks.'],
  ['\\mathbf{}', '\\mathbf{$1}', 'bold letter', 'Another symbol than the letter without it, where both are declared.'],
  ['\\hat{}', '\\hat{$1}', 'accent', 'Part of a name.'],
  ['\\tilde{}', '\\tilde{$1}', 'accent', 'Part of a name.'],
  ['\\bar{}', '\\bar{$1}', 'accent', 'Part of a name.'],
  ['\\text{}', '\\text{$1}', 'words', 'Words say nothing to Chainrule.'],
].map(([label = '', insert = '', detail = '', documentation = '']) => ({ label, insert, detail, documentation }));

/** The operators that have commands, and what else Chainrule reads. */
export const LATEX_COMMANDS: readonly LatexCommand[] = [...STRUCTURES, ...OP_NAMES.flatMap(commandsOf)];

function commandsOf(op: OpName): readonly LatexCommand[] {
  const {
    form,
    plain: [plain = ''],
    latex,
  }: Notation = NOTATION[op];
  const spellings = latex.filter((one) => /^\^?\\[A-Za-z|]/.test(one)).slice(0, 2);
  return spellings.map(
    (spelling): LatexCommand => ({
      label: spelling.replace(/^\^/, '').replace(/#\d/g, ''),
      insert: spelling.replace(/^\^/, '').replace(/#(\d)/g, '$$$1'),
      detail: `${FORMS[form]} ${plain.replace(/#\d/g, '·')}`,
      documentation: OPS[op].doc,
    }),
  );
}
