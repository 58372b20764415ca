import { lineIndex, positionAt } from '../../base/line-index.ts';
import type { Span } from '../../base/span.ts';
import type { Status } from '../../protocol/report.ts';
import { positionInCell } from '../../syntax/blocks/notebook.ts';
import type { CheckedClaim, CheckedDocument, CheckedSide, Found } from '../checked-document.ts';
import { misfitsIn } from '../misfit.ts';

/** The verification of a document, put together for a reader who has only the report. */
export interface Verification {
  /** What the document is called. */
  readonly name: string;
  /** How many claims have each status. */
  readonly counts: Readonly<Record<Status, number>>;
  readonly sections: readonly VerifiedSection[];
  /** What else is wrong, with its line. */
  readonly findings: readonly ReportedFinding[];
}

export interface VerifiedSection {
  readonly title: string;
  readonly claims: readonly ReportedClaim[];
}

export interface ReportedClaim {
  readonly claim: CheckedClaim;
  readonly place: string;
  /** The sides with their shapes, the first side first. */
  readonly sides: readonly CheckedSide[];
}

export interface ReportedFinding {
  readonly found: Found;
  readonly place: string;
}

/** What the messages of claims do not say again. */
const TOLD_BY_CLAIMS: ReadonlySet<Found['code']> = new Set(['verify/refuted', 'verify/inconclusive']);

/** Everything a report tells, section by section. */
export function verificationOf(name: string, checked: CheckedDocument): Verification {
  const misfitIn = misfitsIn(checked);
  const misfits = (checked.claims ?? []).map((claim) => misfitIn(claim.span, claim));
  const claims = (checked.claims ?? []).map((claim, at) => judged(claim, misfits[at] ?? null));
  const count = (status: Status) => claims.filter((claim) => claim.status === status).length;
  const place = placeIn(checked);
  const isTold = (found: Found) => TOLD_BY_CLAIMS.has(found.code) || misfits.includes(found);
  const findings = checked.diagnostics.filter((found) => found.severity !== 'hint' && !isTold(found));
  return {
    name,
    counts: { verified: count('verified'), refuted: count('refuted'), inconclusive: count('inconclusive') },
    sections: sectionsOf(checked, claims, place),
    findings: findings.map((found) => ({ found, place: place(found.span) })),
  };
}

/** What does not fit is wrong, and says why. */
function judged(claim: CheckedClaim, misfit: Found | null): CheckedClaim {
  return misfit === null ? claim : { ...claim, status: 'refuted', reason: misfit.message };
}

function sectionsOf(checked: CheckedDocument, claims: readonly CheckedClaim[], place: (span: Span) => string): readonly VerifiedSection[] {
  const sections: { title: string; claims: ReportedClaim[] }[] = [];
  for (const claim of claims) {
    const title = titleAround(checked, claim.span.start);
    const sides =
      checked.equations.find((equation) => equation.sides[0]?.span.start === claim.span.start && equation.kind !== 'definition')?.sides ??
      [];
    const reported = { claim, place: place(claim.span), sides };
    const last = sections.at(-1);
    if (last?.title === title) last.claims.push(reported);
    else sections.push({ title, claims: [reported] });
  }
  return sections;
}

/** The innermost section around an offset begins last. */
function titleAround({ sections }: CheckedDocument, offset: number): string {
  return (
    sections.filter(({ span }) => span.start <= offset && offset <= span.end).sort((a, b) => b.span.start - a.span.start)[0]?.title ?? ''
  );
}

/** `line 14`, in a notebook `cell 3, line 1`. */
function placeIn({ text, notebook }: CheckedDocument): (span: Span) => string {
  const index = lineIndex(text);
  return ({ start }) => {
    if (notebook === undefined) return `line ${positionAt(index, start).line + 1}`;
    const { cell, line } = positionInCell(notebook, start);
    return `cell ${cell + 1}, line ${line + 1}`;
  };
}
