import type { ListedClaim } from '../protocol/lsp.ts';
import { type Looks, STATUS_FILTERS, type StatusFilter } from './looks.ts';

/** The claims of one section, in the order of the document. */
export interface ClaimGroup {
  readonly section: string;
  readonly claims: readonly ListedClaim[];
}

/** The claims with the wanted status whose text or section contains the query, section by section. */
export function filterClaims(claims: readonly ListedClaim[], { query, only }: Pick<Looks, 'query' | 'only'>): readonly ClaimGroup[] {
  const wanted = query.trim().toLowerCase();
  const matches = ({ text, section, status }: ListedClaim) =>
    (only === 'all' || status === only) && (wanted === '' || text.toLowerCase().includes(wanted) || section.toLowerCase().includes(wanted));
  return groupBySection(claims.filter(matches));
}

/** Neighbours of one section together; a title that comes again later begins a group again. */
function groupBySection(claims: readonly ListedClaim[]): readonly ClaimGroup[] {
  const groups: { section: string; claims: ListedClaim[] }[] = [];
  for (const claim of claims) {
    const last = groups[groups.length - 1];
    if (last?.section === claim.section) last.claims.push(claim);
    else groups.push({ section: claim.section, claims: [claim] });
  }
  return groups;
}

/** The groups with their first claims, so many in all. */
export function firstOf(groups: readonly ClaimGroup[], count: number): readonly ClaimGroup[] {
  let left = count;
  return groups.flatMap(({ section, claims }) => {
    const first = claims.slice(0, Math.max(0, left));
    left -= claims.length;
    return first.length === 0 ? [] : [{ section, claims: first }];
  });
}

/** How many claims each filter would show. */
export function countByStatus(claims: readonly ListedClaim[]): Readonly<Record<StatusFilter, number>> {
  const count = (only: StatusFilter) => claims.filter(({ status }) => only === 'all' || status === only).length;
  return Object.fromEntries(STATUS_FILTERS.map((only) => [only, count(only)])) as Record<StatusFilter, number>;
}

/** Names that stay with claims while text above them is typed: their words, and their number among those with the same. */
export function steadyKeys(claims: readonly ListedClaim[]): readonly string[] {
  const seen = new Map<string, number>();
  return claims.map(({ text }) => {
    const number = (seen.get(text) ?? 0) + 1;
    seen.set(text, number);
    return `${number} ${text}`;
  });
}

/** Names a claim within a document: its place. */
export function claimKey({ uri, range }: Pick<ListedClaim, 'uri' | 'range'>): string {
  return `${uri}#${range.start.line}:${range.start.character}`;
}
