import { splitLatex } from './blocks/latex.ts';
import type { SourceDocument } from './document.ts';
import type { Kept } from './kept.ts';
import { type Macros, readDefinition } from './macros.ts';
import { documentOf, newReading, readPieces } from './read-pieces.ts';

export interface LatexOptions {
  /** The text of a file that this one inputs; undefined where it is missing or may not be read. */
  readonly readInput?: (path: string) => string | undefined;
  /** Texts of the files that input this one: their macros hold here too. */
  readonly includers?: readonly string[];
}

/** Files that input files are followed so deep, and so many of them. */
const DEEPEST_INPUT = 8;
const MOST_INPUTS = 100;

/** A LaTeX file. What it inputs is read for its macros only; each file's mathematics is checked in that file. */
export function readLatex(text: string, options: LatexOptions = {}, before: Kept | null = null): SourceDocument {
  const inputs = { left: MOST_INPUTS, readInput: options.readInput };
  const macros: Macros = new Map();
  for (const includer of options.includers ?? []) takeMacros(includer, macros, inputs, 0);
  const reading = newReading(macros, (path) => readInput(path, macros, inputs, 0), before);
  readPieces(reading, splitLatex(text));
  return documentOf(reading, null);
}

/** How many files may still be read, and by what. */
interface Inputs {
  left: number;
  readonly readInput: LatexOptions['readInput'];
}

/** Takes in the macros of a file; answers what is wrong where it cannot be read. */
function readInput(path: string, macros: Macros, inputs: Inputs, depth: number): string | null {
  if (inputs.readInput === undefined) return null;
  if (isOutside(path)) return `\`${path}\` lies outside the workspace and is not read.`;
  if (depth >= DEEPEST_INPUT || inputs.left-- <= 0) return `\`${path}\` is not read: files input one another without end.`;
  const text = inputs.readInput(path);
  if (text === undefined && leavesFolder(path)) return `\`${path}\` is missing or lies outside the workspace, and is not read.`;
  if (text === undefined) return `\`${path}\` could not be read.`;
  takeMacros(text, macros, inputs, depth + 1);
  return null;
}

/** A path that leaves its folder by name is refused before anyone is asked. */
function isOutside(path: string): boolean {
  return /^(?:[/\\~]|[A-Za-z]:)/.test(path);
}

/** Whether `..` leads out of the folder, which may still be within the workspace. */
function leavesFolder(path: string): boolean {
  return path.split(/[/\\]/).includes('..');
}

function takeMacros(text: string, macros: Macros, inputs: Inputs, depth: number): void {
  for (const piece of splitLatex(text).pieces) {
    if (piece.kind === 'definition') readDefinition(text, piece.span.start, macros);
    if (piece.kind === 'input') readInput(piece.path, macros, inputs, depth);
  }
}
