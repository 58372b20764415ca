import type { ClaimReport, FileReport, Severity, Status, Summary } from '../protocol/report.ts';

/** Counts what the files of a run hold. */
export function summarize(files: readonly FileReport[], milliseconds: number): Summary {
  const claims = files.flatMap((file) => file.claims ?? []);
  return {
    files: files.length,
    errors: countSeverity(files, 'error'),
    warnings: countSeverity(files, 'warning'),
    claims: claims.length,
    verified: countStatus(claims, 'verified'),
    refuted: countStatus(claims, 'refuted'),
    inconclusive: countStatus(claims, 'inconclusive'),
    milliseconds: Math.round(milliseconds),
  };
}

function countSeverity(files: readonly FileReport[], severity: Severity): number {
  return files.reduce((sum, file) => sum + file.diagnostics.filter((one) => one.severity === severity).length, 0);
}

function countStatus(claims: readonly ClaimReport[], status: Status): number {
  return claims.filter((claim) => claim.status === status).length;
}

/** `1 error`, `3 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
