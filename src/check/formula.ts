import type { Span } from '../base/span.ts';
import type { Equation } from '../derivation/derivation.ts';
import { type Printing, printFactor, printTerm } from '../derivation/print-term.ts';
import { factorsOf, type SignedTerm, signedTermsOf } from '../derivation/shape-line.ts';
import type { Term } from '../ops/term.ts';
import type { FormulaPiece, FormulaSide } from '../protocol/report.ts';
import { showShape } from '../shape/shape.ts';
import { expandedText, type Macros } from '../syntax/macros.ts';
import { nameToLatex } from '../syntax/name.ts';
import { texTokens } from '../syntax/tex-tokens.ts';
import type { PlacedPiece, PlacedSide } from './checked-document.ts';
import { isNumber } from './factor-shapes.ts';
import { isClaimedInWords, type RuleContext } from './words.ts';

/**
 * An equation as a page typesets it: side by side, and each side factor by factor, so that shapes can stand below.
 * Where it was written in LaTeX it stays as it was written, the document's own macros apart, which no page knows.
 */
export function formulaOf(context: RuleContext, equation: Equation): readonly PlacedSide[] {
  const { span } = equation;
  const isLatex = context.text.slice(span.start, span.end).includes('\\');
  return equation.sides.map((side, at) => {
    const relation = at === 0 ? '' : (equation.relations[at - 1] ?? '=');
    if (at === 0 && isClaimedInWords(equation)) return { relation, pieces: [wholePiece(context, side, printed(context, side))] };
    const range = equation.ranges[at] ?? side.span;
    const pieces = (isLatex ? writtenPieces(context, side, range) : printedPieces(context, side)) ?? [
      isLatex ? wholeWritten(context, side, range) : wholePiece(context, side, printed(context, side)),
    ];
    return { relation, pieces };
  });
}

/** The whole equation. */
export function formulaLatex(sides: readonly FormulaSide[]): string {
  return sides
    .map(({ relation, pieces }) => [...(relation === '' ? [] : [relation]), ...pieces.map(({ latex }) => latex)].join(' '))
    .join(' ');
}

/** One shape below the whole side. */
function wholePiece({ inferred }: RuleContext, side: Term, latex: string): FormulaPiece {
  return { latex, ...shapeBelow(showShape(inferred.shapes.ofTerm(side))) };
}

function wholeWritten(context: RuleContext, side: Term, range: Span): PlacedPiece {
  return { ...wholePiece(context, side, written(context, range)), ...placed(context, withoutAlignment(context, range)) };
}

/** What is open is not shown. */
function shapeBelow(shape: string): Pick<FormulaPiece, 'shape'> {
  return shape.includes('?') ? {} : { shape };
}

function factorPiece({ inferred }: RuleContext, factor: Term, latex: string): FormulaPiece {
  const shape = showShape(inferred.shapes.ofTerm(factor));
  return isNumber(factor) && shape === '1×1' ? { latex } : { latex, ...shapeBelow(shape) };
}

// ---- what is printed

function printedPieces(context: RuleContext, side: Term): readonly FormulaPiece[] {
  const printing = printingOf(context);
  return signedTermsOf(side).flatMap((signed, at) => {
    const factors = factorsOf(signed.term);
    const isAlone = factors.length === 1;
    const pieces = factors.map((factor) =>
      factorPiece(context, factor, isAlone && !isSubtracted(signed) ? printTerm(factor, printing) : printFactor(factor, printing)),
    );
    return signed.negative || at > 0 ? [{ latex: signed.negative ? '-' : '+' }, ...pieces] : pieces;
  });
}

/** A sum that is taken away keeps its brackets. */
function isSubtracted({ term, negative }: SignedTerm): boolean {
  return negative && term.kind === 'apply' && (term.op === 'add' || term.op === 'sub' || term.op === 'neg');
}

/** A term as LaTeX that is printed from what it means. */
export function printed(context: Pick<RuleContext, 'built'>, term: Term): string {
  return printTerm(term, printingOf(context));
}

function printingOf({ built }: Pick<RuleContext, 'built'>): Printing {
  return { notation: 'latex', symbol: (id) => symbolLatex(built.derivation.symbols.get(id)?.text ?? id) };
}

/** `W_1` is `W_{1}`; words stand upright. */
function symbolLatex(text: string): string {
  const [base = '', ...below] = text.split('_');
  return nameToLatex(base) + below.map((part) => `_{${part.replace(/[{}]/g, '')}}`).join('');
}

// ---- what is written

/** The text of a side cut at its factors; null where a cut would part what belongs together. */
function writtenPieces(context: RuleContext, side: Term, range: Span): readonly PlacedPiece[] | null {
  const factors = signedTermsOf(side).flatMap(({ term }) => factorsOf(term));
  if (factors.length < 2) return null;
  const pieces: PlacedPiece[] = [];
  let from = range.start;
  for (const factor of factors) {
    const { start, end } = factor.span;
    if (start < from || end > range.end) return null;
    const piece = { ...factorPiece(context, factor, written(context, factor.span)), ...placed(context, factor.span) };
    pieces.push({ latex: written(context, { start: from, end: start }) }, piece);
    from = end;
  }
  pieces.push({ latex: written(context, { start: from, end: range.end }) });
  return pieces.every(({ latex }) => isBalanced(latex)) ? pieces.filter(({ latex }) => latex !== '') : null;
}

/** A stretch of a side, without marks of alignment around it. */
function written({ text, macros }: RuleContext, span: Span): string {
  return sourceLatex(text, span, macros).replace(/^(?:\s|&|\\\\)+|(?:\s|&|\\\\)+$/g, '');
}

/** Where marks of alignment around a stretch are left out. */
function withoutAlignment({ text }: RuleContext, { start, end }: Span): Span {
  const whole = text.slice(start, end);
  const [before = '', after = ''] = [/^(?:\s|&|\\\\)+/, /(?:\s|&|\\\\)+$/].map((marks) => marks.exec(whole)?.[0]);
  return { start: start + before.length, end: Math.max(start + before.length, end - after.length) };
}

/** A stretch as it stands in the text, if a command can be put around it there. */
function placed({ text }: RuleContext, span: Span): Pick<PlacedPiece, 'span'> {
  const isGroup = isBalanced(text.slice(span.start, span.end)) && !/^\s*[_^']/.test(text.slice(span.end, span.end + 8));
  return isGroup ? { span } : {};
}

/** A stretch of LaTeX as it is written, without the document's own macros, labels and numbers. */
export function sourceLatex(text: string, span: Span, macros: Macros): string {
  return expandedText(text, span, macros)
    .replace(/\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])/g, '')
    .trim();
}

const OPENING: ReadonlySet<string> = new Set(['{', '(', '[', '\\left', '\\begin', '\\{']);
const CLOSING: ReadonlySet<string> = new Set(['}', ')', ']', '\\right', '\\end', '\\}']);

/** Whether a stretch can be typeset by itself: what is opened in it is closed in it, and no mark at its beginning asks for a letter before. */
function isBalanced(latex: string): boolean {
  let depth = 0;
  for (const { text } of texTokens(latex, { start: 0, end: latex.length }).raws) {
    depth += OPENING.has(text) ? 1 : CLOSING.has(text) ? -1 : 0;
    if (depth < 0 || (depth === 0 && text === '&')) return false;
  }
  return depth === 0 && !/^[_^']/.test(latex);
}
