import type { Span } from '../base/span.ts';
import type { Statement } from './ast.ts';
import { cursorOver } from './cursor.ts';
import type { Item, SourceDocument } from './document.ts';
import { type Keeping, type Kept, keeping, keptOf, keptPlain, type ReadPlain } from './kept.ts';
import { lexPlain } from './lex-plain.ts';
import { parseStatement } from './parse-statement.ts';
import type { Token } from './token.ts';

/** A whole `.deriv` file. What an earlier reading of it kept is not read again. */
export function readPlain(text: string, before: Kept | null = null): SourceDocument {
  const own = keeping(before);
  const items = readPlainItems(text, { start: 0, end: text.length }, 0, own);
  const [blocks, unread] = [new Set<number>(), new Set<number>()];
  for (const item of items) {
    if (item.kind !== 'heading') blocks.add(item.block);
    if (item.kind === 'problem') unread.add(item.block);
  }
  const coverage = { mathBlocks: blocks.size, read: blocks.size - unread.size, partlyRead: unread.size, unread: 0 };
  return { items, annotated: true, coverage, macros: new Map(), kept: keptOf(own, null) };
}

/** The statements of a stretch of plain notation: a file, a fenced block, a comment. Each is a block of its own. */
export function readPlainItems(text: string, span: Span, firstBlock: number, own: Keeping): Item[] {
  const items: Item[] = [];
  let block = firstBlock;
  for (const line of logicalLines(text, span)) {
    const heading = readHeading(text, line);
    if (heading !== null) items.push(heading);
    else for (const part of readLine(text, line, own)) items.push(...itemsOf(part, block++));
  }
  return items;
}

const HEADING = /^[ \t]*(#+)[ \t]*(.*?)[ \t#]*$/;

function readHeading(text: string, line: Span): Item | null {
  const written = text.slice(line.start, line.end);
  const found = written.includes('#') ? HEADING.exec(written.replace(/\r$/, '')) : null;
  if (found === null) return null;
  return { kind: 'heading', level: (found[1] as string).length, title: found[2] as string, span: line };
}

/** Line ends within a logical line part nothing. */
function lexLine(text: string, line: Span): Token[] {
  const tokens = lexPlain(text, line);
  return tokens.some((token) => token.kind === 'newline') ? tokens.filter((token) => token.kind !== 'newline') : tokens;
}

function readLine(text: string, line: Span, own: Keeping): readonly ReadPlain[] {
  const sought = { text: text.slice(line.start, line.end), context: '', start: line.start };
  return keptPlain(own, sought, () => splitStatements(lexLine(text, line)).map((part) => readStatement(part, line.end)));
}

function itemsOf({ statements, problems }: ReadPlain, block: number): Item[] {
  const items = statements.map((statement): Item => ({ kind: 'statement', statement, origin: 'plain', block }));
  return problems.length === 0
    ? items
    : [...items, ...problems.map((problem): Item => ({ kind: 'problem', problem, origin: 'plain', block }))];
}

function readStatement(tokens: readonly Token[], end: number): ReadPlain {
  const cursor = cursorOver(tokens, 'plain', end);
  const statements: Statement[] = [];
  while (cursor.at < tokens.length && cursor.problems.length === 0) {
    const statement = parseStatement(cursor);
    if (statement !== null) statements.push(statement);
    if (statement?.kind !== 'directive') break;
  }
  return { statements, problems: cursor.problems.slice(0, 1) };
}

/** Statements on one line are parted by `;` outside brackets, and by the `where` before a definition. */
function splitStatements(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if (token.kind === 'close' || token.kind === 'ungroup') depth--;
    const isParting = (token.kind === 'separator' && token.text === ';') || isWhere(tokens, at);
    if (isParting && depth <= 0) parts.push([]);
    else (parts.at(-1) as Token[]).push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** `where r = …`, `where S_1 = …`: the word before a name that is defined. */
function isWhere(tokens: readonly Token[], at: number): boolean {
  const isWord = tokens[at]?.kind === 'name' && tokens[at]?.text === 'where';
  return isWord && tokens[at + 1]?.kind === 'name' && tokens.slice(at + 2).some(({ text }) => text === '=');
}

const CONTINUES = /^[ \t]*(?:=(?!:)|[+*/·⊙⊗≈≤≥∘]|−|-(?!>)|:=)/;
const MOST_LINES = 100;

/** Lines with what continues them: those that begin with an operator, or that stand in open brackets. */
function logicalLines(text: string, span: Span): Span[] {
  const lines: Span[] = [];
  let current: Span | null = null;
  let depth = 0;
  let joined = 0;
  const contents = physicalLines(text, span);
  for (let at = 0; at < contents.length; at++) {
    const { line, content } = contents[at] as PhysicalLine;
    const blank = content.trim() === '';
    const goesOn: boolean =
      current !== null && !blank && joined < MOST_LINES && !/^[ \t]*#/.test(content) && (depth > 0 || CONTINUES.test(content));
    if (blank && !CONTINUES.test(content)) depth = 0;
    if (blank) continue;
    current = goesOn && current !== null ? { start: current.start, end: line.end } : line;
    joined = goesOn ? joined + 1 : 0;
    const balance = bracketBalance(content);
    depth = goesOn ? Math.max(0, depth + balance) : balance !== 0 && closesLater(contents, at) ? balance : 0;
    if (goesOn) lines[lines.length - 1] = current;
    else lines.push(current);
  }
  return lines;
}

/** Whether the brackets that a line opens are closed before a blank line; one that never is holds no other line. */
function closesLater(contents: readonly PhysicalLine[], first: number): boolean {
  let depth = 0;
  for (let at = first; at < Math.min(contents.length, first + MOST_LINES); at++) {
    const { content } = contents[at] as PhysicalLine;
    if (content.trim() === '') return false;
    depth += bracketBalance(content);
    if (depth <= 0) return true;
  }
  return false;
}

/** A line, and what is on it besides a comment. */
interface PhysicalLine {
  readonly line: Span;
  readonly content: string;
}

function physicalLines(text: string, span: Span): readonly PhysicalLine[] {
  const lines: PhysicalLine[] = [];
  for (let start = span.start; start < span.end; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 || newline > span.end ? span.end : newline;
    lines.push({ line: { start, end }, content: withoutComment(text.slice(start, end)) });
    start = end + 1;
  }
  return lines;
}

function withoutComment(line: string): string {
  const comment = line.indexOf('//');
  return comment < 0 ? line : line.slice(0, comment);
}

const BRACKET = /[()[\]{}]/;

/** How many more brackets a line opens than it closes. */
function bracketBalance(line: string): number {
  if (!BRACKET.test(line)) return 0;
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] as string;
    if (character === '(' || character === '[' || character === '{') depth++;
    if (character === ')' || character === ']' || character === '}') depth--;
  }
  return depth;
}
