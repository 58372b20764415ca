import { MISFIT } from '../check/claims.ts';
import type { ClaimReport, Diagnostic, FileReport, Position } from '../protocol/report.ts';

/**
 * The claims of a file as its reader is told of them: one whose shapes do not fit only as the text was read, so that
 * nothing else is said of it, is not wrong but undecided.
 */
export function claimsTold({ claims = [], diagnostics }: FileReport): readonly ClaimReport[] {
  const isExplained = (claim: ClaimReport) =>
    saidOf(claim, diagnostics).some(({ severity }) => severity === 'error' || severity === 'warning') ||
    isOfDeclaration(claim, diagnostics);
  return claims.map((claim) => (claim.reason === MISFIT && !isExplained(claim) ? { ...claim, reason: AS_READ } : claim));
}

const AS_READ = 'its shapes do not fit as it was read, and it may be meant otherwise';

/** Whether a claim is among those that do not fit a false declaration. */
function isOfDeclaration({ range }: ClaimReport, diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code, related = [] }) => code === 'shape/annotation' && related.some((one) => isWithin(range, one.range)));
}

/** What is said of a claim or of a part of it. */
export function saidOf({ cell, range }: ClaimReport, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter((found) => found.cell === cell && isWithin(range, found.range));
}

function isWithin({ start, end }: ClaimReport['range'], inner: ClaimReport['range']): boolean {
  return !isBefore(inner.start, start) && !isBefore(end, inner.end);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
