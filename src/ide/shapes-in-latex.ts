import type { Span } from '../base/span.ts';
import type { FoundEdit } from '../check/checked-document.ts';

/** Of each side of an equation its terms, of each term its factors, as `n×m`. */
export type ShapesOfSides = readonly (readonly (readonly string[])[])[];

/** The shapes below an equation in LaTeX; null where nothing can stand below it: in a sentence, or in a chain over several rows. */
export function latexLine(text: string, span: Span, shapes: ShapesOfSides): FoundEdit | null {
  if (/\\\\/.test(text.slice(span.start, span.end))) return null;
  return rowBelow(text, span, shapes) ?? displayBelow(text, span, shapes);
}

/** What may stand between an equation and the end of its row or display. */
const CLOSING = /^(?:[\s.,;]|\\[,;!]|\\quad|\\(?:label|tag)\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z]))*/;

// ---- a row of the same environment

const ROWS = '(?:align|aligned|gather|gathered|alignat|flalign|split|eqnarray|dmath)';
const ROW_BEGINS = new RegExp(`(?:\\\\\\\\(?:\\[[^\\]]*\\])?|\\\\begin\\{${ROWS}\\*?\\}(?:\\{\\d+\\})?)\\s*$`);
const ROW_ENDS = new RegExp(`^(?:\\\\\\\\|\\\\end\\{${ROWS}\\*?\\})`);

function rowBelow(text: string, { start, end }: Span, shapes: ShapesOfSides): FoundEdit | null {
  const closed = end + (CLOSING.exec(text.slice(end))?.[0].length ?? 0);
  if (!ROW_BEGINS.test(text.slice(0, start)) || !ROW_ENDS.test(text.slice(closed))) return null;
  const columns = [...text.slice(start, end).matchAll(/&/g)].map(({ index }) => index);
  const isAligned = columns.length === 1 && /^&\s*=/.test(text.slice(start + (columns[0] as number)));
  if (columns.length > 0 && !isAligned) return null;
  const at = end + text.slice(end, closed).trimEnd().length;
  return {
    span: { start: at, end: at },
    newText: ` \\\\${newlineOf(text)}${indentAt(text, start)}${written(shapes, isAligned ? '&=' : '=')}`,
  };
}

// ---- a display of its own

const DISPLAYS: readonly (readonly [begins: RegExp, ends: RegExp])[] = [
  [/\$\$\s*$/, /^\$\$/],
  [/\\\[\s*$/, /^\\\]/],
  [/\\begin\{equation\*?\}\s*$/, /^\\end\{equation\*?\}/],
];

function displayBelow(text: string, { start, end }: Span, shapes: ShapesOfSides): FoundEdit | null {
  const closed = end + (CLOSING.exec(text.slice(end))?.[0].length ?? 0);
  for (const [begins, ends] of DISPLAYS) {
    const opening = begins.exec(text.slice(0, start))?.[0];
    const closing = ends.exec(text.slice(closed))?.[0];
    if (opening === undefined || closing === undefined) continue;
    const after = closed + closing.length;
    if (!/^[ \t]*\r?(?:\n|$)/.test(text.slice(after))) return null;
    const indent = indentAt(text, start - opening.length);
    const before = /\s*$/.exec(text.slice(closed - 1 - newlineOf(text).length, closed))?.[0] ?? '';
    const line = `${opening}${written(shapes, '=')}${before.includes('\n') ? newlineOf(text) + indent : before}${closing}`;
    return { span: { start: after, end: after }, newText: `${newlineOf(text)}${indent}${line}` };
  }
  return null;
}

// ---- words

function written(shapes: ShapesOfSides, first: string): string {
  const sides = shapes.map((terms) => terms.map((factors) => factors.map(shapeText).join('')).join(' + '));
  return sides.map((side, at) => (at === 0 ? side : `${at === 1 ? first : '='} ${side}`)).join(' ');
}

/** A name of several letters would be a product. */
function shapeText(shape: string): string {
  const dims = shape.split('×').map((dim) => dim.replace(/_(\w{2,})/g, '_{$1}').replace(/(?<![_{\p{L}])\p{L}{2,}/gu, '\\mathrm{$&}'));
  return `(${dims.join(' \\times ')})`;
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
