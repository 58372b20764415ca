import type { Span } from '../base/span.ts';
import type { Piece, Pieces } from './blocks/piece.ts';
import type { Expr, Statement } from './ast.ts';
import type { Coverage, Item, SourceDocument } from './document.ts';
import { lexLatex } from './lex-latex.ts';
import { type Macros, readDefinition } from './macros.ts';
import { parseMath } from './parse-math.ts';
import { type ProseMath, readProse } from './prose.ts';
import { readPlainItems } from './read-plain.ts';
import type { Token } from './token.ts';

/** What reading the pieces of a document adds up to. It lives as long as one reading. */
export interface Reading {
  readonly macros: Macros;
  readonly items: Item[];
  readonly coverage: { mathBlocks: number; read: number; partlyRead: number; unread: number };
  /** Called for each `\input`; answers a problem to report, or null. */
  readonly input: (path: string, macros: Macros) => string | null;
  block: number;
  annotated: boolean;
}

export function newReading(macros: Macros, input: Reading['input']): Reading {
  return { macros, items: [], coverage: { mathBlocks: 0, read: 0, partlyRead: 0, unread: 0 }, input, block: 0, annotated: false };
}

export function documentOf({ items, annotated, coverage, macros }: Reading): SourceDocument {
  return { items, annotated, macros, coverage: coverage satisfies Coverage };
}

/** Reads what was cut, in its order, into the items of the reading. */
export function readPieces(reading: Reading, { readable, pieces }: Pieces): void {
  let mathematics: ProseMath[] = [];
  let since = reading.items.length;
  for (const piece of pieces) {
    if (piece.kind === 'math') mathematics.push(readMathematics(reading, readable, piece));
    else if (piece.kind === 'paragraph') {
      addProse(reading, readProse(piece.words, piece.span, mathematics), since);
      mathematics = [];
      since = reading.items.length;
    } else readOther(reading, readable, piece);
  }
}

function readOther(reading: Reading, readable: string, piece: Piece): void {
  switch (piece.kind) {
    case 'heading':
      reading.items.push(piece);
      return;
    case 'statements':
      return readStatements(reading, readable, piece.span, piece.annotates);
    case 'definition':
      readDefinition(readable, piece.span.start, reading.macros);
      return;
    case 'input':
      return addProblem(reading, reading.input(piece.path, reading.macros), piece.span);
    case 'problem':
      return addProblem(reading, piece.message, piece.span);
    default:
      return;
  }
}

function addProblem(reading: Reading, message: string | null, span: Span): void {
  if (message !== null) reading.items.push({ kind: 'problem', problem: { message, span }, origin: 'math', block: reading.block });
}

function readStatements(reading: Reading, readable: string, span: Span, annotates: boolean): void {
  const items = readPlainItems(readable, span, reading.block);
  reading.items.push(...items);
  reading.block += items.length + 1;
  if (annotates && items.length > 0) reading.annotated = true;
}

// ---- mathematics

function readMathematics(reading: Reading, readable: string, piece: Piece & { kind: 'math' }): ProseMath {
  const block = reading.block++;
  const lexed = lexLatex(readable, piece.span, reading.macros);
  const parsed = parseMath(lexed.tokens, piece.displayed);
  const problems = [...lexed.problems, ...parsed.problems];
  const shown = parsed.statements.filter((statement) => piece.displayed || !isBare(statement));
  for (const statement of shown) reading.items.push({ kind: 'statement', statement, origin: 'math', block });
  for (const problem of problems) reading.items.push({ kind: 'problem', problem, origin: 'math', block });
  count(reading, lexed.tokens, parsed.statements, problems.length);
  return { outer: piece.outer, tokens: lexed.tokens, statements: parsed.statements };
}

/** `$x$`, `$m \times n$` within a sentence only name something. */
function isBare(statement: Statement): boolean {
  if (statement.kind !== 'equation' || statement.sides.length !== 1 || statement.membership !== null) return false;
  const [side] = statement.sides;
  return side === undefined || side.kind === 'name' || side.kind === 'number' || isShape(side);
}

function isShape(side: Expr): boolean {
  return side.kind === 'apply' && side.op === 'times';
}

/** Counts a block by how much of it ended in nodes with a meaning. A block without tokens counts as none. */
function count({ coverage }: Reading, tokens: readonly Token[], statements: readonly Statement[], problems: number): void {
  if (tokens.length === 0) return;
  coverage.mathBlocks++;
  if (problems === 0) coverage.read++;
  else if (statements.some(hasMeaning)) coverage.partlyRead++;
  else coverage.unread++;
}

function hasMeaning(statement: Statement): boolean {
  return statement.kind !== 'equation' || statement.sides.some((side) => side.kind !== 'hole' || side.parts.length > 0);
}

// ---- prose

/** Declarations in words, each before what else its place says. */
function addProse(reading: Reading, statements: readonly Statement[], since: number): void {
  if (statements.length === 0) return;
  const block = reading.block++;
  const prose = statements.map((statement): Item => ({ kind: 'statement', statement, origin: 'prose', block }));
  const around = reading.items.splice(since);
  const sorted = [...prose, ...around].sort((a, b) => spanOf(a).start - spanOf(b).start);
  reading.items.push(...sorted);
}

function spanOf(item: Item): Span {
  return item.kind === 'heading' ? item.span : item.kind === 'statement' ? item.statement.span : item.problem.span;
}
