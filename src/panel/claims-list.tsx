import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ListedClaim } from '../protocol/lsp.ts';
import { type ClaimGroup, claimKey, countByStatus, filterClaims } from './filter-claims.ts';
import { Formula } from './formula.tsx';
import { type Looks, STATUS_FILTERS, type StatusFilter } from './looks.ts';
import { formatError } from './numbers.ts';
import { STATUS_WORDS, StatusMark } from './status-mark.tsx';

interface ClaimsListProps {
  readonly claims: readonly ListedClaim[];
  /** Key of the claim that is shown, null where none is. */
  readonly selected: string | null;
  readonly looks: Looks;
  readonly onLooks: (looks: Looks) => void;
  readonly onSelect: (claim: ListedClaim) => void;
}

/** The claims of the document, one of them chosen: a list box with the arrow keys. */
export function ClaimsList({ claims, selected, looks, onLooks, onSelect }: ClaimsListProps): JSX.Element {
  const groups = filterClaims(claims, looks);
  return (
    <nav class="claims" aria-label="Claims of the document">
      <Filters claims={claims} looks={looks} onLooks={onLooks} />
      {groups.length === 0 && <p class="quiet">{claims.length === 0 ? 'The document makes no claim.' : 'No claim matches the filter.'}</p>}
      {groups.length > 0 && <List groups={groups} selected={selected} onSelect={onSelect} />}
    </nav>
  );
}

function Filters({ claims, looks, onLooks }: Pick<ClaimsListProps, 'claims' | 'looks' | 'onLooks'>): JSX.Element {
  const counts = countByStatus(claims);
  return (
    <div class="filters">
      <input type="search" class="field" aria-label="Filter claims" placeholder="Filter claims" value={looks.query}
        onInput={({ currentTarget }) => onLooks({ ...looks, query: currentTarget.value })} />
      <select class="field" aria-label="Status to show" value={looks.only}
        onChange={({ currentTarget }) => onLooks({ ...looks, only: currentTarget.value as StatusFilter })}>
        {STATUS_FILTERS.map((only) => <option key={only} value={only}>{`${filterWord(only)} (${counts[only]})`}</option>)}
      </select>
    </div>
  );
}

function filterWord(only: StatusFilter): string {
  return only === 'all' ? 'All' : STATUS_WORDS[only];
}

interface ListProps {
  readonly groups: readonly ClaimGroup[];
  readonly selected: string | null;
  readonly onSelect: (claim: ListedClaim) => void;
}

function List({ groups, selected, onSelect }: ListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const order = groups.flatMap(({ claims }) => claims);
  const active = order.findIndex((claim) => claimKey(claim) === selected);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = targetOf(event.key, active, order.length);
    const claim = to === null ? undefined : order[to];
    if (claim === undefined) return;
    event.preventDefault();
    onSelect(claim);
  };
  return (
    <div ref={list} class="claim-list" role="listbox" aria-label="Claims" tabIndex={0} onKeyDown={onKeyDown}
      {...(active < 0 ? {} : { 'aria-activedescendant': optionId(active) })}>
      {groups.map((group, at) => <Group key={`${at} ${group.section}`} group={group} first={order.indexOf(group.claims[0] as ListedClaim)} selected={selected} onSelect={onSelect} />)}
    </div>
  );
}

/** Index that a key moves to, null for a key that moves nothing. */
export function targetOf(key: string, active: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown': return Math.min(active + 1, count - 1);
    case 'ArrowUp': return Math.max(active - 1, 0);
    case 'Home': return 0;
    case 'End': return count - 1;
    default: return null;
  }
}

function Group({ group, first, selected, onSelect }: { readonly group: ClaimGroup; readonly first: number } & Omit<ListProps, 'groups'>): JSX.Element {
  const named = group.section !== '';
  return (
    <div class="group" role="group" aria-label={named ? group.section : 'Before the first heading'}>
      {named && <div class="group-title" aria-hidden="true">{group.section}</div>}
      {group.claims.map((claim, at) => <Option key={claimKey(claim)} id={optionId(first + at)} claim={claim} selected={claimKey(claim) === selected} onSelect={onSelect} />)}
    </div>
  );
}

function optionId(at: number): string {
  return `claim-${at}`;
}

interface OptionProps {
  readonly id: string;
  readonly claim: ListedClaim;
  readonly selected: boolean;
  readonly onSelect: (claim: ListedClaim) => void;
}

function Option({ id, claim, selected, onSelect }: OptionProps): JSX.Element {
  const { status, text, latex, maxRelativeError, reason } = claim;
  return (
    <div id={id} class="option" role="option" aria-selected={selected} title={reason ?? ''} onClick={() => onSelect(claim)}>
      <StatusMark status={status} />
      <span class="sr-only">{`${text}: ${STATUS_WORDS[status]}`}</span>
      <span class="option-text" aria-hidden="true">{latex === undefined ? <code>{text}</code> : <Formula latex={latex} fallback={text} lazy />}</span>
      {maxRelativeError !== undefined && <span class="option-error"><span class="sr-only">, largest relative error </span>{formatError(maxRelativeError)}</span>}
    </div>
  );
}
