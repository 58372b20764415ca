import type { Span } from '../base/span.ts';
import type { Surface } from '../check/check-document.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { OPS } from '../ops/table.ts';
import { showShape } from '../shape/shape.ts';
import { type Notation, NOTATION, OP_NAMES } from '../syntax/notation.ts';
import type { DerivationView } from './derivation-view.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'symbol' | 'function' | 'directive' | 'value';
  /** The shape of a symbol, the use of a directive. */
  readonly detail: string;
  readonly documentation?: string;
  /** What it takes the place of. */
  readonly replaces: Span;
}

/** What may be written at an offset: in a statement everything, in LaTeX mathematics the symbols, in prose nothing. */
export function complete(view: DerivationView, surface: Surface, offset: number): readonly Completion[] {
  const region = regionAt(view.text, surface, offset);
  if (region === null) return [];
  const word = wordBefore(view.text, offset);
  const symbols = symbolsBefore(view, word.start).map(({ text, shape }): Completion => ({ label: text, kind: 'symbol', detail: shape, replaces: word }));
  if (region === 'mathematics') return symbols;
  const before = statementBefore(view.text, word.start);
  if (before === '') return [...directives(word), ...symbols];
  const values = VALUES[before.trim()];
  return values === undefined ? [...symbols, ...functions(word)] : values.map((label) => ({ label, kind: 'value', detail: '', replaces: word }));
}

// ---- where

export type Region = 'statement' | 'mathematics';

/** Whether statements or formulas are written at an offset; null in prose. */
export function regionAt(text: string, surface: Surface, offset: number): Region | null {
  if (surface === 'plain') return 'statement';
  if (surface === 'latex') return /^[^\n]*%+\s*chainrule:[^\n]*$/.test(lineBefore(text, offset)) ? 'statement' : mathematicsAt(text, offset);
  return isInComment(text, offset) || isInFence(text, offset) ? 'statement' : mathematicsAt(text, offset);
}

function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function isInComment(text: string, offset: number): boolean {
  const open = text.lastIndexOf('<!--', offset);
  return open >= 0 && text.lastIndexOf('-->', offset - 1) < open && /^<!--\s*chainrule:/.test(text.slice(open, offset));
}

function isInFence(text: string, offset: number): boolean {
  const fences = [...text.slice(0, offset).matchAll(/^[ \t]*(?:`{3,}|~{3,})(.*)$/gm)];
  return fences.length % 2 === 1 && /^\s*\{?\.?(?:deriv|chainrule)\b/.test(fences.at(-1)?.[1] ?? '');
}

/** No formula that is being typed is longer. */
const NEARBY = 4000;

function mathematicsAt(text: string, offset: number): Region | null {
  const before = text.slice(Math.max(0, offset - NEARBY), offset);
  const paragraph = before.slice(Math.max(before.lastIndexOf('\n\n'), 0));
  const dollars = paragraph.replace(/\\\$/g, '').match(/\$\$?/g) ?? [];
  if (dollars.length % 2 === 1) return 'mathematics';
  const marks = [...before.matchAll(/\\(begin|end)\{(?:equation|align|aligned|alignat|gather|multline|split|eqnarray|flalign|dmath)\*?\}|\\([[\]])/g)];
  const last = marks.at(-1);
  return last?.[1] === 'begin' || last?.[2] === '[' ? 'mathematics' : null;
}

function wordBefore(text: string, offset: number): Span {
  const word = /\\?(?:\p{L}[\p{L}\p{N}_]*)?$/u.exec(text.slice(Math.max(0, offset - 100), offset))?.[0] ?? '';
  return { start: offset - word.length, end: offset };
}

/** The statement so far, without what a comment of Markdown or LaTeX puts before it. */
function statementBefore(text: string, offset: number): string {
  return lineBefore(text, offset).replace(/^.*chainrule:/, '').replace(/^.*;/, '').trimStart();
}

// ---- what

/** The last version of each symbol before an offset. */
function symbolsBefore({ built, shapes }: DerivationView, offset: number): readonly { readonly text: string; readonly shape: string }[] {
  const known = new Map<string, SymbolInfo>();
  for (const info of built.derivation.symbols.values()) {
    if (info.role === 'dimension' || info.span.start >= offset || built.implicit.has(info.id)) continue;
    known.set(info.text, info);
  }
  return [...known.values()].map(({ text, id, role }) => ({ text, shape: role === 'index' ? 'index' : showShape(shapes.ofSymbol(id)) }));
}

function functions(replaces: Span): readonly Completion[] {
  return OP_NAMES.flatMap((op): Completion[] => {
    const { form, plain: [label] }: Notation = NOTATION[op];
    return form === 'function' && label !== undefined ? [{ label, kind: 'function', detail: 'function', documentation: OPS[op].doc, replaces }] : [];
  });
}

const DIRECTIVES: Readonly<Record<string, string>> = {
  'layout': 'how derivatives are laid out in this section',
  'gradient as column': 'denominator layout',
  'gradient as row': 'numerator layout',
  'convention bold': 'bold small letters are columns, bold capitals matrices',
  'verify': 'whether claims of this section are checked numerically',
  'broadcast': 'whether scalar + matrix and row + matrix are meant',
  'tolerance': 'the largest relative error of a verified claim',
  'seed': 'the seed of the points at which claims are checked',
  'size': 'the size of a dimension in the numeric check',
  'identity': 'the next equation is verified too',
  'ignore': 'the next block is not read',
  'ignore file': 'the whole document is not read',
  'expect': 'the next block must show this diagnostic',
};

const VALUES: Readonly<Record<string, readonly string[]>> = {
  layout: ['denominator', 'numerator', 'mixed', 'auto'], convention: ['bold', 'off'], verify: ['on', 'off'], broadcast: ['on', 'off'],
};

function directives(replaces: Span): readonly Completion[] {
  return Object.entries(DIRECTIVES).map(([label, detail]) => ({ label, kind: 'directive', detail, replaces }));
}
