import type { Span } from '../../base/span.ts';
import { isDisplayEnvironment } from '../latex-symbols.ts';
import { hasLetters } from '../letters-in-words.ts';
import { definesCommand } from '../macro-definitions.ts';
import { type Macros, readDefinition } from '../macros.ts';
import { tellsOfKinds } from '../prose-kinds.ts';
import { type Finder, finderIn } from './delimiters.ts';
import { type Piece, type Pieces, wordsOf } from './piece.ts';

/** The scan of one text; it lives as long as the scan. */
interface Scan {
  readonly text: string;
  readonly find: Finder;
  readonly pieces: Piece[];
  at: number;
  end: number;
  /** Where the paragraph began, what is mathematics in it, and what is neither that nor prose. */
  paragraph: number;
  mathematics: Span[];
  excluded: Span[];
  /** Before `\begin{document}` only definitions count. */
  preamble: boolean;
  /** Commands of the text that stand for the beginning of a display, `\bea` for `\begin{eqnarray}`, and for the end of one. */
  readonly beginnings: Map<string, string>;
  readonly ends: Map<string, string>;
}

/** Cuts a LaTeX file into its pieces: one scan, in time linear in its length. */
export function splitLatex(text: string): Pieces {
  const find = finderIn(text);
  const scan: Scan = {
    text,
    find,
    pieces: [],
    at: 0,
    end: text.length,
    paragraph: 0,
    mathematics: [],
    excluded: [],
    preamble: text.includes('\\begin{document}'),
    beginnings: new Map(),
    ends: new Map(),
  };
  const special = /[\\$%\n]/g;
  while (scan.at < scan.end) {
    special.lastIndex = scan.at;
    const next = special.exec(text);
    scan.at = next === null ? scan.end : next.index;
    if (next !== null && scan.at < scan.end) step(scan, next[0]);
  }
  endParagraph(scan, scan.end);
  return { readable: text, pieces: scan.pieces };
}

function step(scan: Scan, character: string): void {
  switch (character) {
    case '%':
      return comment(scan);
    case '$':
      return dollars(scan);
    case '\n':
      return newline(scan);
    default:
      return command(scan);
  }
}

// ---- paragraphs

function endParagraph(scan: Scan, end: number): void {
  const span = { start: scan.paragraph, end };
  const words = scan.preamble ? '' : wordsOf(scan.text, span, scan.mathematics, scan.excluded).replace(/[{}~]/g, ' ');
  if (scan.mathematics.length > 0 || hasLetters(words) || tellsOfKinds(words)) scan.pieces.push({ kind: 'paragraph', span, words });
  scan.paragraph = end;
  scan.mathematics = [];
  scan.excluded = [];
}

const BLANK_LINE = /\n[ \t\r]*\n/y;
const BLANK_LINES = new RegExp(BLANK_LINE, 'g');

function newline(scan: Scan): void {
  BLANK_LINE.lastIndex = scan.at;
  if (BLANK_LINE.test(scan.text)) endParagraph(scan, scan.at);
  scan.at++;
}

function exclude(scan: Scan, end: number): void {
  scan.excluded.push({ start: scan.at, end });
  scan.at = end;
}

const STATEMENTS = /^%+\s*chainrule:/;

function comment(scan: Scan): void {
  const newlineAt = scan.find('\n', scan.at);
  const end = newlineAt < 0 ? scan.end : newlineAt;
  addStatements(scan, scan.at, end);
  exclude(scan, end);
}

function addStatements(scan: Scan, at: number, end: number): void {
  const opening = STATEMENTS.exec(scan.text.slice(at, end));
  if (opening !== null) scan.pieces.push({ kind: 'statements', span: { start: at + opening[0].length, end }, annotates: true });
}

// ---- mathematics

function dollars(scan: Scan): void {
  const { text, at } = scan;
  const double = text.startsWith('$$', at);
  const width = double ? 2 : 1;
  const close = double ? scan.find('$$', at + 2) : closingDollar(scan, at + 1);
  const limit = paragraphEnd(scan, at);
  if (close < 0 || (close > limit && !double) || close >= scan.end)
    return unclosed(scan, at, width, double ? Math.min(limit, scan.end) : at + width);
  addMathematics(scan, { start: at + width, end: close }, close + width, double);
}

function closingDollar(scan: Scan, from: number): number {
  let close = scan.find('$', from);
  while (close > 0 && scan.text.charCodeAt(close - 1) === 92) close = scan.find('$', close + 1);
  return close;
}

/** Where the paragraph at `at` ends: at a blank line. */
function paragraphEnd(scan: Scan, at: number): number {
  const blank = scan.find(BLANK_LINES, at);
  return blank < 0 ? scan.end : blank;
}

function addMathematics(scan: Scan, inside: Span, end: number, displayed: boolean): void {
  const outer = { start: scan.at, end };
  for (const found of scan.text.slice(inside.start, inside.end).matchAll(/%[^\n]*/g)) {
    addStatements(scan, inside.start + found.index, inside.start + found.index + found[0].length);
  }
  if (!scan.preamble) {
    scan.pieces.push({ kind: 'math', span: inside, outer, displayed });
    scan.mathematics.push(outer);
  }
  scan.at = end;
}

/** Mathematics without its end is read up to where its paragraph ends, and swallows nothing else. */
function unclosed(scan: Scan, at: number, width: number, end: number): void {
  if (!scan.preamble)
    scan.pieces.push({ kind: 'problem', message: 'This mathematics is never closed.', span: { start: at, end: at + width } });
  if (end > at + width && !scan.preamble) addMathematics(scan, { start: at + width, end }, end, true);
  else scan.at = at + Math.max(width, 1);
}

// ---- commands

const COMMAND = /\\(?:[A-Za-z@]+\*?|[\s\S])/y;

const LEVELS: Readonly<Record<string, number>> = {
  part: 1,
  chapter: 2,
  section: 3,
  subsection: 4,
  subsubsection: 5,
  paragraph: 6,
  subparagraph: 7,
  frametitle: 4,
  subsec: 4,
  subsubsec: 5,
};

/** Commands whose argument is no prose. */
const REFERENCES: ReadonlySet<string> = new Set(
  'label ref eqref cref Cref autoref cite citep citet footnotemark includegraphics url href usepackage documentclass bibliography bibliographystyle pagestyle vspace hspace index hypersetup geometry tikzset begin end color'.split(
    ' ',
  ),
);

function command(scan: Scan): void {
  COMMAND.lastIndex = scan.at;
  const found = COMMAND.exec(scan.text)?.[0] ?? '\\';
  const word = found.slice(1).replace(/\*$/, '');
  if (word === '[' || word === '(') return bracketed(scan, word);
  if (word === 'begin') return environment(scan);
  if (word === 'end' && scan.text.startsWith('\\end{document}', scan.at)) return finish(scan);
  if (Object.hasOwn(LEVELS, word)) return heading(scan, found, LEVELS[word] as number);
  if (definesCommand(`\\${word}`)) return definition(scan);
  if (scan.beginnings.has(word)) return abbreviated(scan, found, scan.beginnings.get(word) as string);
  // What ends a row of a table stays among the words.
  if (found === '\\\\') return void (scan.at += found.length);
  if (word === 'end') return environmentEnd(scan, found);
  if (word === 'input' || word === 'include' || word === 'subfile') return input(scan, found);
  if (word === 'verb' || word === 'lstinline') return verbatim(scan, found);
  exclude(scan, REFERENCES.has(word) ? argumentEnd(scan, scan.at + found.length) : scan.at + found.length);
}

function bracketed(scan: Scan, open: string): void {
  const { at } = scan;
  const close = scan.find(open === '[' ? '\\]' : '\\)', at + 2);
  const limit = paragraphEnd(scan, at);
  if (close < 0 || close >= scan.end || beginsAgain(scan, `\\${open}`, limit, close) || (open === '(' && close > limit))
    return unclosed(scan, at, 2, open === '[' ? limit : at + 2);
  addMathematics(scan, { start: at + 2, end: close }, close + 2, open === '[');
}

/** Whether what closes belongs to a later opening, behind the end of the paragraph. */
function beginsAgain(scan: Scan, open: string, paragraph: number, close: number): boolean {
  const again = paragraph < close ? scan.find(open, paragraph) : -1;
  return again >= 0 && again < close;
}

const VERBATIM: ReadonlySet<string> = new Set([
  'verbatim',
  'Verbatim',
  'lstlisting',
  'minted',
  'comment',
  'tikzpicture',
  'filecontents',
  'algorithm',
  'algorithmic',
  'alltt',
  'code',
  'python',
  'thebibliography',
]);

/** Packages and classes name their environments for programs after what is in them: `scode`, `rcode`, `xverbatim`. */
function isVerbatim(word: string): boolean {
  return VERBATIM.has(word) || /(?:[Cc]ode|[Vv]erbatim|listing)$/.test(word);
}

function environment(scan: Scan): void {
  const { text, at } = scan;
  const name = /^\\begin\s*\{([^{}\n]{1,40})\}/.exec(text.slice(at, at + 60));
  const word = (name?.[1] ?? '').trim();
  if (word === 'document') scan.preamble = false;
  const mathematical = isDisplayEnvironment(word) && word !== 'subequations';
  const verbatimAt = isVerbatim(word.replace(/\*$/, '')) ? scan.find(`\\end{${word}}`, at) : -1;
  if (mathematical) return displayEnvironment(scan, word);
  if (TABLES.has(word)) return tableBegin(scan, name?.[0] ?? '');
  exclude(scan, verbatimAt < 0 ? at + (name?.[0].length ?? 6) : verbatimAt);
}

const TABLES: ReadonlySet<string> = new Set('tabular tabular* tabularx tabulary longtable tblr'.split(' '));

/** A table is a paragraph of its own, without what its columns look like. */
function tableBegin(scan: Scan, opening: string): void {
  endParagraph(scan, scan.at);
  let end = argumentEnd(scan, scan.at + opening.length);
  if (/^\\begin\s*\{tabular(?:\*|x|y)\}/u.test(opening)) end = argumentEnd(scan, end);
  exclude(scan, end);
}

function environmentEnd(scan: Scan, found: string): void {
  const end = argumentEnd(scan, scan.at + found.length);
  const isTable = TABLES.has(scan.text.slice(scan.at + found.length, end).replace(/[{}\s]/gu, ''));
  if (isTable) endParagraph(scan, scan.at);
  exclude(scan, end);
}

/** The display keeps its environment: `\begin{align} … \end{align}`. */
function displayEnvironment(scan: Scan, word: string): void {
  const { at } = scan;
  const closing = `\\end{${word}}`;
  const close = scan.find(closing, at);
  const limit = paragraphEnd(scan, at);
  if (close < 0 || close >= scan.end || beginsAgain(scan, `\\begin{${word}}`, limit, close)) return unclosed(scan, at, 0, limit);
  addMathematics(scan, { start: at, end: close + closing.length }, close + closing.length, true);
}

function finish(scan: Scan): void {
  scan.end = scan.at;
}

/** Where the braced argument after optional ones ends. */
function argumentEnd(scan: Scan, from: number): number {
  const found = /^\s*(?:\[[^\]\n]*\]\s*)*\{/.exec(scan.text.slice(from, from + 300));
  return found === null ? from : closingBrace(scan.text, from + found[0].length - 1);
}

const LONGEST_ARGUMENT = 2000;

/** The offset behind the brace that closes the one at `open`. */
function closingBrace(text: string, open: number): number {
  for (let at = open, depth = 0; at < Math.min(text.length, open + LONGEST_ARGUMENT); at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return at + 1;
  }
  return open + 1;
}

function heading(scan: Scan, found: string, level: number): void {
  const { at, text } = scan;
  const end = argumentEnd(scan, at + found.length);
  if (end === at + found.length) return exclude(scan, end);
  endParagraph(scan, at);
  const title = text.slice(text.indexOf('{', at) + 1, end - 1);
  scan.pieces.push({ kind: 'heading', level, title, span: { start: at, end } });
  scan.at = end;
  scan.paragraph = end;
}

function definition(scan: Scan): void {
  const macros: Macros = new Map();
  const end = readDefinition(scan.text, scan.at, macros);
  noteAbbreviations(scan, macros);
  scan.pieces.push({ kind: 'definition', span: { start: scan.at, end } });
  exclude(scan, Math.max(end, scan.at + 1));
}

const ABBREVIATES = /^\s*\\(?<side>begin|end)\s*\{(?<name>[A-Za-z]+\*?)\}\s*$/;

/** `\newcommand{\bea}{\begin{eqnarray}}` gives a display a shorter beginning. */
function noteAbbreviations(scan: Scan, macros: Macros): void {
  for (const [command, macro] of macros) {
    const { side, name } = ABBREVIATES.exec(macro.body.map(({ text }) => text).join(''))?.groups ?? {};
    if (name === undefined || !isDisplayEnvironment(name) || name === 'subequations') continue;
    (side === 'begin' ? scan.beginnings : scan.ends).set(command.slice(1), name);
  }
}

/** `\bea … \eea`, up to the first command that ends such a display, or to its `\end`. */
function abbreviated(scan: Scan, found: string, name: string): void {
  const { at } = scan;
  const closings = [...scan.ends].flatMap(([command, ended]) => (ended === name ? [command] : []));
  const closing = new RegExp(`\\\\(?:end\\s*\\{${name.replace('*', '\\*')}\\}|(?:${closings.join('|') || '(?!)'})(?![A-Za-z@]))`, 'g');
  closing.lastIndex = at + found.length;
  const close = closing.exec(scan.text);
  const limit = paragraphEnd(scan, at);
  if (close === null || close.index >= scan.end) return unclosed(scan, at, found.length, limit);
  const end = close.index + close[0].length;
  addMathematics(scan, { start: at, end }, end, true);
}

function input(scan: Scan, found: string): void {
  const end = argumentEnd(scan, scan.at + found.length);
  const path = /\{([^{}]*)\}$/.exec(scan.text.slice(scan.at, end))?.[1]?.trim();
  if (path !== undefined && path !== '') scan.pieces.push({ kind: 'input', path, span: { start: scan.at, end } });
  exclude(scan, end);
}

function verbatim(scan: Scan, found: string): void {
  const from = scan.at + found.length;
  const delimiter = scan.text.charAt(from);
  const close = delimiter === '' ? -1 : scan.text.indexOf(delimiter === '{' ? '}' : delimiter, from + 1);
  const line = scan.text.indexOf('\n', from);
  exclude(scan, close < 0 || (line >= 0 && close > line) ? from : close + 1);
}
