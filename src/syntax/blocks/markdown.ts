import { type Tree, type TreeCursor, TreeFragment } from '@lezer/common';
import {
  type BlockContext,
  type BlockParser,
  parser as commonMark,
  type InlineParser,
  type Line,
  type MarkdownParser,
} from '@lezer/markdown';
import { contains, type Span } from '../../base/span.ts';
import { hasLetters, isCodeOfLetters } from '../letters-in-words.ts';
import { announcesDerivative } from '../prose-derivative.ts';
import { tellsOfKinds } from '../prose-kinds.ts';
import {
  type Delimited,
  displayOpening,
  FARTHEST,
  type Finder,
  finderIn,
  mathematicsAt,
  mathematicsIn,
  withoutOptions,
} from './delimiters.ts';
import { blanked, type Piece, type Pieces, wordsOf } from './piece.ts';

const MATH = 'Mathematics';

/** What an inline rule, ours or CommonMark's, may begin with; two blanks begin a hard break. */
const BEGINNING = /[\\&`<_*![\]${]| {2}/g;

/** Passes over what begins nothing in one go, where every rule would otherwise be asked at every character. */
const wordsRule: InlineParser = {
  name: 'Words',
  before: 'Escape',
  parse(cx, _next, pos) {
    BEGINNING.lastIndex = pos - cx.offset;
    const at = BEGINNING.exec(cx.text)?.index ?? cx.text.length;
    return at + cx.offset > pos ? at + cx.offset : -1;
  },
};

const parserWithMathematics: MarkdownParser = commonMark.configure({
  defineNodes: [{ name: MATH }, { name: 'MathematicsBlock', block: true }],
  parseInline: [wordsRule],
});

/** The mathematics found so far, by where it begins. One table serves the reading of one text. */
type Found = Map<number, Delimited>;

/** The structure that was found in a text, for the next reading of it. */
export interface MarkdownStructure {
  readonly text: string;
  readonly tree: Tree;
  readonly found: ReadonlyMap<number, Delimited>;
}

/**
 * Cuts Markdown into its pieces. `@lezer/markdown` finds the structure; what is mathematics in it is
 * decided here, before any other inline rule looks at the text.
 */
export function splitMarkdown(text: string, before: MarkdownStructure | null = null): Pieces & { readonly structure: MarkdownStructure } {
  const prepared = withoutFrontMatter(withPlainLineEnds(text));
  const found: Found = new Map();
  const find = finderIn(prepared);
  const rules = { parseBlock: [displayRule(prepared, find, found)], parseInline: [inlineRule(prepared, find, found)] };
  const change = before === null ? null : changeFrom(before.text, prepared);
  const tree = parserWithMathematics
    .configure(rules)
    .parse(prepared, before === null || change === null ? [] : fragmentsOf(before, change));
  const walk: Walk = {
    text: prepared,
    find,
    found: foundWithin(found, before, change),
    kept: new Map(),
    divisions: prepared.includes(':::') ? divisionsIn(prepared) : [],
    pieces: [],
    markers: [],
    paragraphs: [],
  };
  return { ...piecesOf(walk, tree), structure: { text: prepared, tree, found: walk.kept } };
}

// ---- what an edit left as it was

/** Up to `start` and from `end` on, `by` characters further, the text is what it was. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly by: number;
}

function changeFrom(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, end: before.length - same, by: after.length - before.length };
}

/**
 * The blocks that are the same after a change: those behind it, and those before it that did not look as far as to it. The last ones are parsed again:
 * a display that begins within a line makes several blocks of the line, and of what stands at the end of a fragment some may be taken without the others.
 */
function fragmentsOf({ text, tree }: MarkdownStructure, { start, end, by }: Change): readonly TreeFragment[] {
  const before = lineStartOfBlock(text, tree, start - FARTHEST);
  const fragments = [];
  if (before > 0) fragments.push(new TreeFragment(0, before, tree, 0, false, true));
  const behind = text.indexOf('\n', end) + 1;
  const last = lastLineStartOfBlock(text, tree);
  if (behind > 0 && behind < last) fragments.push(new TreeFragment(behind + by, last + by, tree, -by, true, true));
  return fragments;
}

/** The last offset up to `limit` where a block of the document begins with its line. */
function lineStartOfBlock(text: string, tree: Tree, limit: number): number {
  let block = limit <= 0 ? null : tree.topNode.childBefore(limit);
  while (block !== null && block.from > 0 && text.charCodeAt(block.from - 1) !== 10) block = block.prevSibling;
  return block?.from ?? 0;
}

/** The offset where the last block begins that begins with its line. */
function lastLineStartOfBlock(text: string, tree: Tree): number {
  let block = tree.topNode.lastChild;
  while (block !== null && block.from > 0 && text.charCodeAt(block.from - 1) !== 10) block = block.prevSibling;
  return block?.from ?? 0;
}

/** The mathematics of blocks that were parsed again, and of those that were not. */
function foundWithin(found: Found, before: MarkdownStructure | null, change: Change | null): (start: number) => Delimited | undefined {
  return (start) => {
    const known = found.get(start);
    if (known !== undefined || before === null || change === null) return known;
    const by = start < change.start ? 0 : change.by;
    const kept = before.found.get(start - by);
    return kept === undefined || by === 0
      ? kept
      : { ...kept, inside: { start: kept.inside.start + by, end: kept.inside.end + by }, end: kept.end + by };
  };
}

/** Lines that end as on Windows, or as on old Macintoshes, which no rule of the parser knows of; offsets stay. */
function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?=\n)/g, ' ').replaceAll('\r', '\n') : text;
}

/** Without a byte order mark and the YAML at the top, which are blanked out. */
function withoutFrontMatter(text: string): string {
  const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const yaml = /^\ufeff?---[ \t]*\r?\n[\s\S]*?\r?\n(?:---|\.\.\.)[ \t]*(?=\r?\n|$)/.exec(text);
  const labels = text.includes('(\\#')
    ? [...text.matchAll(/\(\\#[\w:.-]+\)/g)].map((one) => ({ start: one.index, end: one.index + one[0].length }))
    : [];
  return blanked(text, [{ start: 0, end: yaml?.[0].length ?? mark }, ...labels]);
}

// ---- rules for mathematics

function inlineRule(text: string, find: Finder, found: Found): InlineParser {
  return {
    name: MATH,
    before: 'Escape',
    parse(cx, next, pos) {
      if (next !== 36 && next !== 92 && next !== 60 && next !== 123) return -1;
      const one = mathematicsAt(text, pos, cx.end, find);
      if (one === null) return next === 36 && text.startsWith('$$', pos) ? pos + 2 : -1;
      found.set(pos, one);
      return cx.addElement(cx.elt(MATH, pos, one.end));
    },
  };
}

function displayRule(text: string, find: Finder, found: Found): BlockParser {
  const opening = (cx: BlockContext, line: Line) => displayOpening(text, cx.lineStart + line.pos, cx.lineStart + line.text.length, find);
  return {
    name: 'MathematicsBlock',
    after: 'HTMLBlock',
    parse: (cx, line) => parseDisplays(cx, line, text, () => opening(cx, line), found),
    endLeaf: (cx, line) => opening(cx, line) !== null,
  };
}

/** The line as `@lezer/markdown` keeps it: `depth` counts the quotes and lists that it continues. */
interface DeepLine extends Line {
  readonly depth: number;
}

/** A display over several lines, with the words before and after it on its first and last line. */
function parseDisplays(
  cx: BlockContext,
  line: Line,
  text: string,
  opening: () => (Delimited & { readonly start: number }) | null,
  found: Found,
): boolean {
  const display = opening();
  if (display === null) return false;
  const { depth } = cx;
  addWords(cx, text, cx.lineStart + line.pos, display.start);
  const marks = [];
  let last = cx.lineStart + line.text.length;
  while (last < display.end && cx.nextLine() && (line as DeepLine).depth >= depth) {
    marks.push(...line.markers);
    last = cx.lineStart + line.text.length;
  }
  const end = Math.min(display.end, last);
  found.set(display.start, { ...display, end, inside: { start: display.inside.start, end: Math.min(display.inside.end, end) } });
  cx.addElement(cx.elt('MathematicsBlock', display.start, end, marks));
  if (last >= display.end) {
    addWords(cx, text, display.end, last);
    cx.nextLine();
  }
  return true;
}

function addWords(cx: BlockContext, text: string, from: number, to: number): void {
  const words = text.slice(from, to);
  if (words.trim() !== '') cx.addElement(cx.elt('Paragraph', from, to, cx.parser.parseInline(words, from)));
}

// ---- from the tree to pieces

interface Walk {
  readonly text: string;
  readonly find: Finder;
  /** The mathematics that begins at an offset. */
  readonly found: (start: number) => Delimited | undefined;
  /** The mathematics met so far. */
  readonly kept: Found;
  /** The divisions of Pandoc and MyST, from `:::` to `:::`. */
  readonly divisions: readonly Span[];
  readonly pieces: Piece[];
  /** Markers within the text of a block: `>`. */
  readonly markers: Span[];
  /** Paragraphs, what is mathematics in them, and what is neither that nor prose. */
  readonly paragraphs: { readonly span: Span; readonly place: number; readonly mathematics: Span[]; readonly excluded: Span[] }[];
}

function piecesOf(walk: Walk, tree: Tree): Pieces {
  const cursor = tree.cursor();
  for (let more = true; more; ) {
    const descend = visit(walk, cursor);
    more = descend ? cursor.next() : nextSibling(cursor);
  }
  const readable = blanked(walk.text, walk.markers);
  return { readable, pieces: withParagraphs(walk, readable) };
}

/** Moves on without entering what was just visited. */
function nextSibling(cursor: TreeCursor): boolean {
  while (!cursor.nextSibling()) if (!cursor.parent()) return false;
  return true;
}

/** Takes in one node; answers whether what is in it has to be visited too. */
function visit(walk: Walk, cursor: TreeCursor): boolean {
  const { name } = cursor.type;
  const span = { start: cursor.from, end: cursor.to };
  switch (name) {
    case 'ATXHeading1':
    case 'ATXHeading2':
    case 'ATXHeading3':
    case 'ATXHeading4':
    case 'ATXHeading5':
    case 'ATXHeading6':
    case 'SetextHeading1':
    case 'SetextHeading2':
      return addHeading(walk, span, Number(name.at(-1)));
    case 'Paragraph':
      walk.paragraphs.push({ span, place: walk.pieces.length, mathematics: [], excluded: [] });
      return true;
    case MATH:
    case 'MathematicsBlock':
      return addMathematics(walk, span, cursor);
    case 'QuoteMark':
      walk.markers.push(span);
      return false;
    case 'Comment':
    case 'CommentBlock':
      return addComment(walk, span);
    case 'FencedCode':
      return addFence(walk, span, cursor);
    case 'HTMLBlock':
      return addHtml(walk, span);
    case 'InlineCode':
      walk.paragraphs.at(-1)?.excluded.push(...ticksOf(walk.text, span));
      return false;
    case 'URL':
    case 'HTMLTag':
    case 'Autolink':
    case 'EmphasisMark':
      walk.paragraphs.at(-1)?.excluded.push(span);
      return false;
    case 'CodeBlock':
    case 'LinkReference':
      return false;
    default:
      return true;
  }
}

/** Of `X` and `n x p` in code only the backquotes are no prose. */
function ticksOf(text: string, span: Span): readonly Span[] {
  const [, open = '', inside = '', close = ''] = /^(`+)([^]*?)(`+)$/u.exec(text.slice(span.start, span.end)) ?? [];
  if (!isCodeOfLetters(inside)) return [span];
  return [
    { start: span.start, end: span.start + open.length },
    { start: span.end - close.length, end: span.end },
  ];
}

/** Each `::: {.note}` with the `:::` that closes it; one that nothing closes is none. */
function divisionsIn(text: string): readonly Span[] {
  const open: number[] = [];
  const found: Span[] = [];
  for (const fence of text.matchAll(/^[ \t>]*:{3,}[ \t]*(\S[^\n]*)?$/gm)) {
    if (fence[1]?.trim()) open.push(fence.index);
    else found.push({ start: open.pop() ?? fence.index, end: fence.index });
  }
  return found;
}

/** The heading within a division is the title of a theorem or a note, and begins no section. */
function addHeading(walk: Walk, span: Span, level: number): false {
  if (walk.divisions.some((division) => contains(division, span))) return false;
  const title = walk.text
    .slice(span.start, span.end)
    .replace(/^[ \t]*#+[ \t]*|[ \t#]*$/g, '')
    .replace(/\r?\n[ \t]*[=-]+[ \t]*$/, '');
  walk.pieces.push({ kind: 'heading', level, title, span });
  return false;
}

function addMathematics(walk: Walk, outer: Span, cursor: TreeCursor): boolean {
  const one = walk.found(outer.start);
  if (one === undefined) return false;
  walk.kept.set(outer.start, one);
  addDelimited(walk, { ...one, start: outer.start });
  const paragraph = walk.paragraphs.at(-1);
  if (paragraph !== undefined && paragraph.span.end >= outer.end) paragraph.mathematics.push(outer);
  return cursor.type.name === 'MathematicsBlock';
}

function addDelimited(walk: Walk, one: Delimited & { readonly start: number }): void {
  const outer = { start: one.start, end: one.end };
  walk.pieces.push({ kind: 'math', span: one.inside, outer, displayed: one.displayed });
  if (one.closed) return;
  walk.pieces.push({
    kind: 'problem',
    message: 'This display is never closed.',
    span: { start: one.start, end: Math.min(one.start + 2, one.end) },
  });
}

const STATEMENTS = /<!--\s*chainrule:([\s\S]*?)(?:-->|$)/g;

function addComment(walk: Walk, span: Span): false {
  walk.paragraphs.at(-1)?.excluded.push(span);
  for (const found of walk.text.slice(span.start, span.end).matchAll(STATEMENTS)) {
    const inside = found[1] as string;
    const start = span.start + found.index + found[0].indexOf(inside, found[0].indexOf(':') + 1);
    walk.pieces.push({ kind: 'statements', span: { start, end: start + inside.length }, annotates: true });
  }
  return false;
}

/** MyST's boxes of text: remarks, exercises, and `{prf:theorem}` with its kin. */
const BOX =
  /^\{(?:note|tip|hint|important|warning|caution|attention|danger|seealso|admonition|topic|sidebar|margin|dropdown|exercise|solution|prf:[a-z]+)(?:-start)?\}/;

/** ` ```math `, ` ```{math} ` with its options, ` ```deriv `, ` ```{note} ` with text; any other fence is code. */
function addFence(walk: Walk, span: Span, cursor: TreeCursor): boolean {
  const first = walk.text.indexOf('\n', span.start);
  const info = walk.text
    .slice(span.start, first < 0 || first > span.end ? span.end : first)
    .replace(/^[`~]+/, '')
    .trim();
  const language = /^\{?\s*\.?(math|deriv|chainrule)\b/.exec(info)?.[1];
  if ((language === undefined && !BOX.test(info)) || first < 0 || first > span.end) return false;
  const close = /\r?\n[ \t>]*(?:`{3,}|~{3,})[ \t]*$/.exec(walk.text.slice(first, span.end));
  const inside = { start: first + 1, end: Math.max(first + 1, close === null ? span.end : first + close.index) };
  if (language === undefined) addBox(walk, withoutOptions(walk.text, inside));
  else if (language === 'math') walk.pieces.push({ kind: 'math', span: withoutOptions(walk.text, inside), outer: span, displayed: true });
  else walk.pieces.push({ kind: 'statements', span: inside, annotates: true });
  return cursor.type.name === 'FencedCode';
}

function addBox(walk: Walk, span: Span): void {
  const place = walk.pieces.length;
  const found = [...mathematicsIn(walk.text, span, walk.find)];
  for (const one of found) addDelimited(walk, one);
  walk.paragraphs.push({ span, place, mathematics: found.map(({ start, end }) => ({ start, end })), excluded: [] });
}

/** A block of HTML: scripts of mathematics, comments, and mathematics between tags. */
function addHtml(walk: Walk, span: Span): false {
  const text = walk.text.slice(span.start, span.end);
  if (/^\s*<(?:script|style|pre|code)\b/i.test(text) && !/^\s*<script\s+type=["']math/.test(text)) return false;
  addComment(walk, span);
  for (const one of mathematicsIn(walk.text, span, walk.find)) addDelimited(walk, one);
  return false;
}

/** The pieces in order, each paragraph behind the mathematics it holds. */
function withParagraphs({ paragraphs, pieces }: Walk, readable: string): Piece[] {
  const result: Piece[] = [];
  let taken = 0;
  for (const { span, mathematics, excluded } of paragraphs) {
    for (; taken < pieces.length && (pieces[taken] as Piece).span.start < span.end; taken++) result.push(pieces[taken] as Piece);
    const words = wordsOf(readable, span, mathematics, excluded);
    if (mathematics.length > 0 || hasLetters(words) || announcesDerivative(words) || tellsOfKinds(words))
      result.push({ kind: 'paragraph', span, words });
  }
  return [...result, ...pieces.slice(taken)];
}
