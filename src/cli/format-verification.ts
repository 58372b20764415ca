import type { ClaimReport, Diagnostic, Summary } from '../protocol/report.ts';
import type { CheckedFile } from './check-file.ts';
import { formatClaimSteps, formatDiagnostic, formatSummary, type PrettyOptions } from './format-pretty.ts';
import { claimsTold, saidOf } from './told-claims.ts';

/** Each claim with its steps, then what else is wrong with the file, for a person at a terminal. */
export function formatVerification(file: CheckedFile, summary: Summary, options: PrettyOptions): string {
  const { path, diagnostics } = file.report;
  const blocks = claimsTold(file.report).map((claim) => formatClaimSteps(path, claim, whyRefuted(claim, diagnostics), options));
  // What the claims already tell is not told twice.
  const others = diagnostics.filter(({ code, severity }) => severity !== 'hint' && !code.startsWith('verify/'));
  return `${[...blocks, ...others.map((one) => formatDiagnostic(file, one, options)), formatSummary(summary, [file], options)].join('\n\n')}\n`;
}

/** The worst entry, the slip and the assumption under which it would hold, and a point to follow by hand. */
function whyRefuted(claim: ClaimReport, diagnostics: readonly Diagnostic[]): readonly string[] {
  return saidOf(claim, diagnostics)
    .filter(({ code }) => code === 'verify/refuted')
    .flatMap(({ message, related }) => [message, ...related.map((one) => one.message)]);
}
