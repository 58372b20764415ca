import type { Span } from '../base/span.ts';
import type { CheckedDocument } from '../check/checked-document.ts';
import { claimsOf, sectionAt, statusOf } from '../ide/claims.ts';
import type { ClaimStatus, SectionStatus, SectionStatusParams } from '../protocol/lsp.ts';
import type { Range } from '../protocol/report.ts';
import type { Analysis } from './checking.ts';
import { locate, type Source, spanOfDocument, versionOf } from './source.ts';

/** The sections of each document of a source, for the status bar; one that goes over cells of a notebook is in each of them. */
export function sectionStatus({ source, checked }: Analysis): readonly SectionStatusParams[] {
  const counted = countedSections(checked);
  return source.parts.map(({ document: { uri } }) => ({
    uri,
    version: versionOf(source, uri),
    sections: counted.flatMap(({ span, status }): readonly SectionStatus[] => {
      const range = rangeWithin(source, uri, span);
      return range === null ? [] : [{ range, ...status }];
    }),
  }));
}

interface Counted {
  readonly span: Span;
  readonly status: Omit<SectionStatus, 'range'>;
}

function countedSections(checked: CheckedDocument): readonly Counted[] {
  const claims = claimsOf(checked).map((claim) => ({ section: sectionAt(checked, claim.span.start), status: statusOf(claim) }));
  return checked.sections.map((section) => {
    const count = (status: ClaimStatus) => claims.filter((one) => one.section === section && one.status === status).length;
    const { span, title, layout, evidence } = section;
    const counts = {
      verified: count('verified'),
      refuted: count('refuted'),
      inconclusive: count('inconclusive'),
      unchecked: count('unchecked'),
    };
    return { span, status: { title, layout, evidence, ...counts } };
  });
}

/** What of a span stands in a document. */
function rangeWithin(source: Source, uri: string, { start, end }: Span): Range | null {
  const own = spanOfDocument(source, uri);
  if (own === null || end < own.start || start > own.end) return null;
  return locate(source, { start: Math.max(start, own.start), end: Math.min(end, own.end) })?.range ?? null;
}
