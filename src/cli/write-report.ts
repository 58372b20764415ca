import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { CheckedDocument } from '../check/check-document.ts';
import type { ReportFormat } from '../check/export/report.ts';
import { UsageError } from './host.ts';

const FORMATS: Readonly<Record<string, ReportFormat>> = { '.html': 'html', '.htm': 'html', '.md': 'markdown', '.markdown': 'markdown' };

/** Where a report goes and how it is written, which the ending of its name tells. */
export interface ReportTarget {
  readonly path: string;
  readonly format: ReportFormat;
}

export function reportTarget(path: string): ReportTarget {
  const format = FORMATS[extname(path).toLowerCase()];
  if (format === undefined) throw new UsageError(`--report takes a name that ends in .html or .md, not \`${path}\`.`);
  return { path, format };
}

/** Writes the report; answers why that was not possible, null when it was. */
export async function writeReport(
  { path, format }: ReportTarget,
  name: string,
  checked: CheckedDocument,
  cwd: string,
): Promise<string | null> {
  // What typesets formulas is loaded by those who want a report.
  const { verificationReport } = await import('../check/export/report.ts');
  try {
    await writeFile(resolve(cwd, path), verificationReport(format, name, checked));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
