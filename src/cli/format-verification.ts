import type { Summary } from '../protocol/report.ts';
import type { CheckedFile } from './check-file.ts';
import { formatClaimSteps, formatDiagnostic, formatSummary, type PrettyOptions } from './format-pretty.ts';

/** Each claim with its steps, then what else is wrong with the file, for a person at a terminal. */
export function formatVerification(file: CheckedFile, summary: Summary, options: PrettyOptions): string {
  const { path, diagnostics, claims } = file.report;
  const blocks = (claims ?? []).map((claim) => formatClaimSteps(path, claim, options));
  // What the claims already tell is not told twice.
  const others = diagnostics.filter(({ code, severity }) => severity !== 'hint' && !code.startsWith('verify/'));
  return `${[...blocks, ...others.map((one) => formatDiagnostic(file, one, options)), formatSummary(summary, [file], options)].join('\n\n')}\n`;
}
