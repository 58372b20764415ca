import { lazily } from '../base/lazily.ts';
import { countBelow } from '../base/sorted-numbers.ts';
import { contains, type Span } from '../base/span.ts';
import type { Expr, Statement } from './ast.ts';
import type { MarkdownStructure } from './blocks/markdown.ts';
import type { MathPiece, Piece, Pieces } from './blocks/piece.ts';
import type { Coverage, Item, SourceDocument } from './document.ts';
import {
  type Keeping,
  type Kept,
  keeping,
  keptMath,
  keptOf,
  keptWords,
  type MacroState,
  macrosAsText,
  NO_MACROS,
  type ReadMath,
  stateAfter,
} from './kept.ts';
import { hasLetters, lettersIn } from './letters-in-words.ts';
import { lexLatex } from './lex-latex.ts';
import { type Macros, readDefinition } from './macros.ts';
import { parseMath } from './parse-math.ts';
import { readProse } from './prose.ts';
import { announcesDerivative } from './prose-derivative.ts';
import { tellsOfKinds } from './prose-kinds.ts';
import { readPlainItems } from './read-plain.ts';
import type { Token } from './token.ts';

/** What reading the pieces of a document adds up to. It lives as long as one reading. */
export interface Reading {
  readonly macros: Macros;
  readonly items: Item[];
  readonly coverage: { mathBlocks: number; read: number; partlyRead: number; unread: number };
  /** Called for each `\input`; answers a problem to report, or null. */
  readonly input: (path: string, macros: Macros) => string | null;
  readonly keeping: Keeping;
  /** Which macros hold here. */
  state: MacroState;
  /** The letters that formulas have. */
  letters: () => ReadonlySet<string>;
  block: number;
  annotated: boolean;
}

export function newReading(macros: Macros, input: Reading['input'], before: Kept | null): Reading {
  const own = keeping(before);
  return {
    macros,
    items: [],
    coverage: { mathBlocks: 0, read: 0, partlyRead: 0, unread: 0 },
    input,
    keeping: own,
    state: macros.size === 0 ? NO_MACROS : stateAfter(own, NO_MACROS, macrosAsText(macros)),
    letters: () => NO_LETTERS,
    block: 0,
    annotated: false,
  };
}

export function documentOf(
  { items, annotated, coverage, macros, keeping: own }: Reading,
  structure: MarkdownStructure | null,
): SourceDocument {
  return { items, annotated, macros, coverage: coverage satisfies Coverage, kept: keptOf(own, structure) };
}

/** Reads what was cut, in its order, into the items of the reading. */
export function readPieces(reading: Reading, { readable, pieces }: Pieces): void {
  reading.letters = lazily(() =>
    lettersIn(pieces.flatMap(({ kind, span }) => (kind === 'math' ? [readable.slice(span.start, span.end)] : []))),
  );
  let mathematics: Formula[] = [];
  let since = reading.items.length;
  for (const piece of pieces) {
    if (piece.kind === 'math') mathematics.push(readMathematics(reading, readable, piece));
    else if (piece.kind === 'paragraph') {
      addProse(reading, readWords(reading, readable, piece, mathematics), since);
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
      return takeDefinition(reading, readable, piece.span.start);
    case 'input':
      return takeInput(reading, piece.path, piece.span);
    case 'problem':
      return addProblem(reading, piece.message, piece.span);
    default:
      return;
  }
}

function takeDefinition(reading: Reading, readable: string, start: number): void {
  const end = readDefinition(readable, start, reading.macros);
  reading.state = stateAfter(reading.keeping, reading.state, readable.slice(start, end));
}

/** A file may say another thing each time, so that all macros that hold behind it tell what they are. */
function takeInput(reading: Reading, path: string, span: Span): void {
  addProblem(reading, reading.input(path, reading.macros), span);
  reading.state = stateAfter(reading.keeping, NO_MACROS, macrosAsText(reading.macros));
}

function addProblem(reading: Reading, message: string | null, span: Span): void {
  if (message !== null) reading.items.push({ kind: 'problem', problem: { message, span }, origin: 'math', block: reading.block });
}

function readStatements(reading: Reading, readable: string, span: Span, annotates: boolean): void {
  const items = readPlainItems(readable, span, reading.block, reading.keeping);
  reading.items.push(...items);
  reading.block += items.length + 1;
  if (annotates && items.length > 0) reading.annotated = true;
}

// ---- mathematics

/** A formula and what it was read as. */
interface Formula extends ReadMath {
  readonly outer: Span;
  readonly displayed: boolean;
}

function readMathematics(reading: Reading, readable: string, piece: MathPiece): Formula {
  const block = reading.block++;
  const { span, displayed } = piece;
  const sought = {
    text: readable.slice(span.start, span.end),
    context: `${displayed ? 'display' : 'inline'} ${reading.state}`,
    start: span.start,
  };
  const read = keptMath(reading.keeping, sought, () => readAnew(reading, readable, piece));
  const { tokens, statements, problems, defines } = read;
  if (defines) reading.state = stateAfter(reading.keeping, reading.state, sought.text);
  for (const statement of statements)
    if (displayed || !isBare(statement)) reading.items.push({ kind: 'statement', statement, origin: 'math', block });
  for (const problem of problems) reading.items.push({ kind: 'problem', problem, origin: 'math', block });
  count(reading, tokens, statements, problems.length);
  return { tokens, statements, problems, defines, outer: piece.outer, displayed };
}

function readAnew({ macros }: Reading, readable: string, { span, displayed }: MathPiece): ReadMath {
  const { tokens, contents, problems, defines } = lexLatex(readable, span, macros);
  const parsed = parseMath(tokens, contents, displayed);
  return { tokens, statements: parsed.statements, problems: [...problems, ...parsed.problems], defines };
}

/** `$x$`, `$m \times n$` within a sentence only name something. */
function isBare(statement: Statement): boolean {
  if (statement.kind !== 'equation' || statement.sides.length !== 1 || statement.membership !== null) return false;
  const side = statement.sides[0];
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

function readWords(
  reading: Reading,
  readable: string,
  { words, span }: Piece & { kind: 'paragraph' },
  mathematics: readonly Formula[],
): readonly Statement[] {
  if (isFormulaAlone(span, mathematics)) return readProse(words, span, mathematics, NO_LETTERS);
  const letters = hasLetters(words) ? knownIn(words, reading.letters()) : null;
  if (mathematics.length === 0 && letters === null && !announcesDerivative(words) && !tellsOfKinds(words)) return [];
  // What is no prose is blanked out in the words and stands in the text; both decide what is read.
  const sought = {
    text: `${words}\n${readable.slice(span.start, span.end)}`,
    context: `${reading.state} ${letters === null ? '' : [...letters].join('')}`,
    start: span.start,
  };
  return keptWords(reading.keeping, sought, () => readProse(words, span, mathematics, letters ?? NO_LETTERS));
}

/** A paragraph that is a formula has no words to keep. */
function isFormulaAlone({ start, end }: Span, mathematics: readonly Formula[]): boolean {
  const outer = mathematics.length === 1 ? mathematics[0]?.outer : undefined;
  return outer?.start === start && outer.end === end;
}

const NO_LETTERS: ReadonlySet<string> = new Set();

/** Those of some letters that words have by themselves. */
function knownIn(words: string, letters: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...words].filter((letter) => letters.has(letter)).sort());
}

/** Declarations in words, each before what else its place says. */
function addProse(reading: Reading, statements: readonly Statement[], since: number): void {
  if (statements.length === 0) return;
  const block = reading.block++;
  const prose = statements.map((statement): Item => ({ kind: 'statement', statement, origin: 'prose', block }));
  const told = statements.flatMap((statement) => (statement.kind === 'equation' ? (statement.told ?? []) : []));
  const around = withoutTold(reading.items.splice(since), told);
  const sorted = [...prose, ...around].sort((a, b) => spanOf(a).start - spanOf(b).start);
  reading.items.push(...sorted);
}

/** Items without those within formulas that a row of a table says together with others. */
function withoutTold(items: readonly Item[], told: readonly Span[]): readonly Item[] {
  if (told.length === 0) return items;
  const cells = [...told].sort((a, b) => a.start - b.start);
  const starts = cells.map(({ start }) => start);
  return items.filter((item) => {
    const cell = cells[countBelow(starts, spanOf(item).start + 1) - 1];
    return cell === undefined || !contains(cell, spanOf(item));
  });
}

function spanOf(item: Item): Span {
  return item.kind === 'heading' ? item.span : item.kind === 'statement' ? item.statement.span : item.problem.span;
}
