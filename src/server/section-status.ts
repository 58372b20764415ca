import { claimsOf, sectionAt, statusOf } from '../ide/claims.ts';
import type { SectionStatus, SectionStatusParams } from '../protocol/lsp.ts';
import type { Analysis } from './checking.ts';
import { locate, versionOf } from './source.ts';

/** The sections of each document of a source, for the status bar. */
export function sectionStatus({ source, checked }: Analysis): readonly SectionStatusParams[] {
  const statuses = claimsOf(checked).map((claim) => ({ section: sectionAt(checked, claim.span.start), status: statusOf(claim) }));
  const placed = checked.sections.flatMap((section) => {
    const at = locate(source, section.span);
    const count = (status: string) => statuses.filter((one) => one.section === section && one.status === status).length;
    const counts = {
      verified: count('verified'),
      refuted: count('refuted'),
      inconclusive: count('inconclusive'),
      unchecked: count('unchecked'),
    };
    const { title, layout, evidence } = section;
    return at === null ? [] : [{ uri: at.uri, status: { range: at.range, title, layout, evidence, ...counts } satisfies SectionStatus }];
  });
  return source.parts.map(({ document: { uri } }) => ({
    uri,
    version: versionOf(source, uri),
    sections: placed.filter((one) => one.uri === uri).map(({ status }) => status),
  }));
}
