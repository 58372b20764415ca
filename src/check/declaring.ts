import type { Equation } from '../derivation/derivation.ts';
import { ONE, showDim } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, showShape } from '../shape/shape.ts';
import type { FoundFix } from './checked-document.ts';
import type { RuleContext } from './words.ts';

/** Fixes that declare a symbol above an equation, each as a document of some kind would do it. */
export function declaring(context: RuleContext, name: string, shape: MatrixShape, { span }: Equation): readonly FoundFix[] {
  const { text, notation, annotated, say } = context;
  const statement = `${name} : ${showShape(shape)}`;
  const title = say('Declare `{0}`', statement);
  if (notation === 'plain') return [inserting(title, lineStart(text, span.start), `${statement}\n`)];
  const isTex = text.includes('\\begin{document}');
  const said = annotated
    ? isTex
      ? `% chainrule: ${statement}`
      : `<!-- chainrule: ${statement} -->`
    : `Let $${inSet(text, name, shape)}$.`;
  return [inserting(title, paragraphStart(text, span.start), `${said}\n\n`)];
}

function inserting(title: string, at: number, newText: string): FoundFix {
  return { title, edits: [{ span: { start: at, end: at }, newText }] };
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** After the last empty line above, or at the beginning of the document's body. */
function paragraphStart(text: string, at: number): number {
  const empty = [...text.slice(0, at).matchAll(/\n[ \t]*\n/g)].at(-1);
  const body = /\\begin\{document\}[^\n]*\n/.exec(text);
  const begin = body === null ? 0 : body.index + body[0].length;
  return Math.max(begin, empty === undefined ? 0 : empty.index + empty[0].length);
}

/** `x \in \mathbb{R}^n`, with the sign for the real numbers that the text has. */
function inSet(text: string, name: string, shape: MatrixShape): string {
  const reals = /\\mathbb\s*\{?R\}?|\\R(?![A-Za-z])|\\reals(?![A-Za-z])|\\mathbf\{R\}|ℝ/.exec(text)?.[0] ?? '\\mathbb{R}';
  if (isScalar(shape)) return `${name} \\in ${reals}`;
  const isColumn = shape.cols.key === ONE.key;
  const rows = showDim(shape.rows);
  return `${name} \\in ${reals}^{${isColumn ? rows : `${rows} \\times ${showDim(shape.cols)}`}}`;
}
