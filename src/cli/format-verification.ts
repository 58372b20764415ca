import type { ClaimReport, Diagnostic, Position, Summary } from '../protocol/report.ts';
import type { CheckedFile } from './check-file.ts';
import { formatClaimSteps, formatDiagnostic, formatSummary, type PrettyOptions } from './format-pretty.ts';

/** Each claim with its steps, then what else is wrong with the file, for a person at a terminal. */
export function formatVerification(file: CheckedFile, summary: Summary, options: PrettyOptions): string {
  const { path, diagnostics, claims } = file.report;
  const blocks = (claims ?? []).map((claim) => formatClaimSteps(path, claim, whyRefuted(claim, diagnostics), options));
  // What the claims already tell is not told twice.
  const others = diagnostics.filter(({ code, severity }) => severity !== 'hint' && !code.startsWith('verify/'));
  return `${[...blocks, ...others.map((one) => formatDiagnostic(file, one, options)), formatSummary(summary, [file], options)].join('\n\n')}\n`;
}

/** The worst entry, the slip and the assumption under which it would hold, and a point to follow by hand. */
function whyRefuted(claim: ClaimReport, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics
    .filter(
      ({ code, cell, range }) =>
        code === 'verify/refuted' &&
        cell === claim.cell &&
        !isBefore(range.start, claim.range.start) &&
        !isBefore(claim.range.end, range.end),
    )
    .flatMap(({ message, related }) => [message, ...related.map((one) => one.message)]);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
