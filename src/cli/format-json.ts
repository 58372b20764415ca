import type { FileReport, Report, Summary } from '../protocol/report.ts';

/** One object on one line: what a program reads. */
export function formatJson(files: readonly FileReport[], summary: Summary): string {
  const report: Report = { version: 1, files, summary };
  return `${JSON.stringify(report)}\n`;
}
