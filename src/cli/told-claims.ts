import { MISFIT } from '../check/claims.ts';
import type { ClaimReport, Diagnostic, FileReport, Position } from '../protocol/report.ts';

/**
 * The claims of a file as its reader is told of them: one whose shapes do not fit only as the text was read, so that
 * nothing else is said of it, is not wrong but undecided.
 */
export function claimsTold({ claims = [], diagnostics }: FileReport): readonly ClaimReport[] {
  const isExplained = (claim: ClaimReport) =>
    saidOf(claim, diagnostics).some(({ severity }) => severity === 'error' || severity === 'warning');
  return claims.map((claim) => (claim.reason === MISFIT && !isExplained(claim) ? { ...claim, reason: AS_READ } : claim));
}

const AS_READ = 'its shapes do not fit as it was read, and it may be meant otherwise';

/** What is said of a claim or of a part of it. */
export function saidOf({ cell, range: { start, end } }: ClaimReport, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter((found) => found.cell === cell && !isBefore(found.range.start, start) && !isBefore(end, found.range.end));
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
