import type { CheckOptions } from '../check/check-document.ts';
import type { Summary } from '../protocol/report.ts';
import { type CheckedFile, checkFile } from './check-file.ts';
import { findFiles, reasonOf, type Unreadable } from './find-files.ts';
import type { Host } from './host.ts';
import { summarize } from './summarize.ts';

/** What a run over some paths found. */
export interface Run {
  readonly files: readonly CheckedFile[];
  readonly summary: Summary;
  /** Whether something could not be read; what, is already said. */
  readonly incomplete: boolean;
}

/** Checks every file that the paths mean, and says on standard error what could not be read. */
export async function checkPaths(paths: readonly string[], stdinPath: string, options: CheckOptions, host: Host): Promise<Run> {
  const started = host.now();
  const found = findFiles(paths, host.cwd);
  for (const folder of found.empty) host.err(`chainrule: below \`${folder}\` there is no derivation file that git does not ignore.\n`);
  const files: CheckedFile[] = [];
  const unreadable: Unreadable[] = [...found.unreadable];
  for (const path of found.files) {
    try {
      files.push(await checkFile(path, stdinPath, options, host));
    } catch (error) {
      unreadable.push({ path, reason: reasonOf(error) });
    }
  }
  for (const { path, reason } of unreadable) host.err(`chainrule: \`${path}\` cannot be read: ${reason}.\n`);
  const summary = summarize(
    files.map(({ report }) => report),
    host.now() - started,
  );
  return { files, summary, incomplete: unreadable.length > 0 };
}
