import { resolve } from 'node:path';
import { type CheckedDocument, type CheckOptions, checkDocument } from '../check/check-document.ts';
import { fileReport } from '../check/report.ts';
import type { FileReport } from '../protocol/report.ts';
import type { Host } from './host.ts';
import { inputReader } from './read-input.ts';
import { decode, readSource, type Source } from './read-source.ts';
import { surfaceOf } from './surface-of.ts';

/** One file's report beside the text it speaks of, which a message quotes. */
export interface CheckedFile {
  readonly report: FileReport;
  /** The lines of the file, or of one cell of a notebook. */
  readonly lines: (cell?: number) => readonly string[];
  /** Absent where the file is no text. */
  readonly checked?: CheckedDocument;
}

/** Reads and checks one file; `-` is standard input under the name `stdinPath`. Throws what reading throws. */
export async function checkFile(path: string, stdinPath: string, options: CheckOptions, host: Host): Promise<CheckedFile> {
  const name = path === '-' ? stdinPath : path;
  const surface = surfaceOf(name);
  const source: Source = path === '-' ? decode(await host.readStdin(), surface) : readSource(resolve(host.cwd, path), surface);
  if (source.kind === 'no-text') return { report: unreadReport(name, source.message), lines: () => [] };
  const checked = checkDocument(source.text, surface, { ...options, readInput: inputReader(name, host.cwd) });
  return { report: fileReport(name, checked), lines: (cell) => linesOf(checked, cell), checked };
}

/** What is said of a file that is no text: one error at its start. */
function unreadReport(path: string, message: string): FileReport {
  const start = { line: 0, character: 0 };
  return {
    path,
    diagnostics: [{ code: 'syntax', severity: 'error', message, range: { start, end: start }, related: [], fixes: [] }],
    equations: [],
    coverage: { mathBlocks: 0, read: 0, partlyRead: 0, unread: 0 },
  };
}

function linesOf({ text, notebook }: CheckedDocument, cell: number | undefined): readonly string[] {
  const span = notebook?.cells.find(({ index }) => index === cell)?.span;
  const source = span === undefined ? text : text.slice(span.start, span.end);
  return source.split(/\r\n|\n|\r/);
}
