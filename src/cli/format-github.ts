import type { Diagnostic, FileReport, Severity } from '../protocol/report.ts';

/** GitHub shows three levels; hints would bury them, and are left out. */
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'notice' | null>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: null,
};

/** Workflow commands: GitHub shows each as an annotation at its line. */
export function formatGithub(files: readonly FileReport[]): string {
  return files.flatMap(({ path, diagnostics }) => diagnostics.flatMap((one) => annotation(path, one))).join('');
}

function annotation(path: string, one: Diagnostic): string[] {
  const level = LEVELS[one.severity];
  if (level === null) return [];
  const properties = Object.entries({ file: path, ...linesOf(one), title: one.code }).map(
    ([key, value]) => `${key}=${escapeProperty(String(value))}`,
  );
  return [`::${level} ${properties.join(',')}::${escapeData(withCell(one))}\n`];
}

/** Lines of a notebook count within a cell, not within the file, so they are said and not marked. */
function linesOf({ range, cell }: Diagnostic): Readonly<Record<string, number>> {
  if (cell !== undefined) return {};
  const lines = { line: range.start.line + 1, endLine: range.end.line + 1 };
  const columns = { col: range.start.character + 1, endColumn: range.end.character + 1 };
  // GitHub refuses columns on a range of several lines.
  return range.start.line === range.end.line ? { ...lines, ...columns } : lines;
}

function withCell({ message, range, cell }: Diagnostic): string {
  return cell === undefined ? message : `${message} (cell ${cell + 1}, line ${range.start.line + 1})`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
