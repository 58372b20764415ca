import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { told } from '../base/say.ts';
import type { ListedClaim } from '../protocol/lsp.ts';
import { type ClaimGroup, claimKey, countByStatus, filterClaims, firstOf, steadyKeys } from './filter-claims.ts';
import { Formula } from './formula.tsx';
import { type Looks, STATUS_FILTERS, type StatusFilter } from './looks.ts';
import { formatError } from './numbers.ts';
import { useSay } from './say.ts';
import { STATUS_WORDS, StatusMark } from './status-mark.tsx';

interface ClaimsListProps {
  readonly claims: readonly ListedClaim[];
  /** Key of the claim that is shown, null where none is. */
  readonly selected: string | null;
  readonly looks: Looks;
  readonly onLooks: (looks: Looks) => void;
  readonly onSelect: (claim: ListedClaim) => void;
  /** Shows the claim in the editor. */
  readonly onOpen: (claim: ListedClaim) => void;
}

/** The claims of the document, one of them chosen: a list box with the arrow keys. */
export function ClaimsList({ claims, selected, looks, onLooks, onSelect, onOpen }: ClaimsListProps): JSX.Element {
  const say = useSay();
  const groups = filterClaims(claims, looks);
  return (
    <nav class="claims" aria-label={say('Claims of the document')}>
      <Filters claims={claims} looks={looks} onLooks={onLooks} />
      {groups.length === 0 && (
        <p class="quiet">{claims.length === 0 ? say('The document makes no claim') : say('No claim matches the filter')}</p>
      )}
      {groups.length > 0 && <List groups={groups} selected={selected} onSelect={onSelect} onOpen={onOpen} />}
    </nav>
  );
}

function Filters({ claims, looks, onLooks }: Pick<ClaimsListProps, 'claims' | 'looks' | 'onLooks'>): JSX.Element {
  const say = useSay();
  const counts = countByStatus(claims);
  return (
    <div class="filters">
      <input
        type="search"
        class="field"
        aria-label={say('Filter claims')}
        placeholder={say('Filter claims')}
        value={looks.query}
        onInput={({ currentTarget }) => onLooks({ ...looks, query: currentTarget.value })}
      />
      <select
        class="field"
        aria-label={say('Status to show')}
        value={looks.only}
        onChange={({ currentTarget }) => onLooks({ ...looks, only: currentTarget.value as StatusFilter })}
      >
        {STATUS_FILTERS.map((only) => (
          <option key={only} value={only}>{`${say(filterWord(only))} (${counts[only]})`}</option>
        ))}
      </select>
    </div>
  );
}

function filterWord(only: StatusFilter): string {
  return only === 'all' ? told('All') : STATUS_WORDS[only];
}

interface ListProps {
  readonly groups: readonly ClaimGroup[];
  readonly selected: string | null;
  readonly onSelect: (claim: ListedClaim) => void;
  readonly onOpen: (claim: ListedClaim) => void;
}

function List({ groups, selected, onSelect, onOpen }: ListProps): JSX.Element {
  const say = useSay();
  const list = useRef<HTMLDivElement>(null);
  const typed = useTyped();
  const [aimed, setAimed] = useAim(selected);
  const order = groups.flatMap(({ claims }) => claims);
  const active = order.findIndex((claim) => claimKey(claim) === aimed);
  const shown = useShown(order.length, active);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [aimed]);
  const select = (claim: ListedClaim) => {
    setAimed(claimKey(claim));
    onSelect(claim);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && order[active] !== undefined) return onOpen(order[active]);
    const to = targetOf(event.key, active, order.length) ?? (isTyping(event) ? typedTarget(typed(event.key), active, order) : null);
    const claim = to === null ? undefined : order[to];
    if (claim === undefined) return;
    event.preventDefault();
    select(claim);
  };
  const keys = steadyKeys(order);
  return (
    <div
      ref={list}
      class="claim-list"
      role="listbox"
      aria-label={say('Claims')}
      tabIndex={0}
      onKeyDown={onKeyDown}
      {...(active < 0 ? {} : { 'aria-activedescendant': optionId(active) })}
    >
      {firstOf(groups, shown).map((group, at) => (
        <Group
          key={`${at} ${group.section}`}
          group={group}
          keys={keys}
          first={order.indexOf(group.claims[0] as ListedClaim)}
          selected={aimed}
          onSelect={select}
        />
      ))}
    </div>
  );
}

/** Claims that are put on the page at once; the others follow, so that a long list never keeps the page from answering. */
const AT_ONCE = 120;

/** How many claims are on the page by now; the active one is always among them. */
function useShown(count: number, active: number): number {
  const [shown, setShown] = useState(AT_ONCE);
  useEffect(() => {
    if (shown >= count) return undefined;
    const next = setTimeout(() => setShown(shown + AT_ONCE));
    return () => clearTimeout(next);
  }, [shown, count]);
  return Math.max(shown, active + AT_ONCE);
}

/** The claim that the reader chose is marked at once, and what is shown once it is. */
function useAim(selected: string | null): readonly [string | null, (key: string) => void] {
  const [aim, setAim] = useState<{ readonly key: string; readonly from: string | null } | null>(null);
  useEffect(() => setAim(null), [selected]);
  return [aim !== null && aim.from === selected ? aim.key : selected, (key) => setAim({ key, from: selected })];
}

/** Milliseconds after which a letter begins a new word. */
const WORD_ENDS = 800;

/** Puts letters that are typed one soon after the other together. */
function useTyped(): (letter: string) => string {
  const typed = useRef({ text: '', at: 0 });
  return (letter) => {
    const now = performance.now();
    typed.current = { text: now - typed.current.at > WORD_ENDS ? letter : typed.current.text + letter, at: now };
    return typed.current.text;
  };
}

function isTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && !ctrlKey && !metaKey && !altKey;
}

/** Index of the next claim whose text begins with what was typed, or else holds it; the same letter again goes on from there. Null where none does. */
export function typedTarget(typed: string, active: number, claims: readonly Pick<ListedClaim, 'text'>[]): number | null {
  const bare = (text: string) => text.toLowerCase().replace(/[\\{}\s]/g, '');
  const isRepeated = [...typed].every((letter) => letter === typed[0]);
  const wanted = bare(isRepeated ? (typed[0] ?? '') : typed);
  const first = isRepeated ? active + 1 : Math.max(active, 0);
  const order = claims.map((_, at) => (first + at) % claims.length);
  const found =
    order.find((at) => bare(claims[at]?.text ?? '').startsWith(wanted)) ??
    order.find((at) => bare(claims[at]?.text ?? '').includes(wanted));
  return wanted === '' ? null : (found ?? null);
}

/** How many claims a page of the keyboard passes over. */
const PAGE = 10;

/** Index that a key moves to, null for a key that moves nothing. */
export function targetOf(key: string, active: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(active + 1, count - 1);
    case 'ArrowUp':
      return Math.max(active - 1, 0);
    case 'PageDown':
      return Math.min(active + PAGE, count - 1);
    case 'PageUp':
      return Math.max(active - PAGE, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

interface GroupProps extends Omit<ListProps, 'groups' | 'onOpen'> {
  readonly group: ClaimGroup;
  /** Place of its first claim among all, to which `keys` belong. */
  readonly first: number;
  readonly keys: readonly string[];
}

function Group({ group, first, keys, selected, onSelect }: GroupProps): JSX.Element {
  const say = useSay();
  const named = group.section !== '';
  return (
    <div class="group" role="group" aria-label={named ? group.section : say('Before the first heading')}>
      {named && (
        <div class="group-title" aria-hidden="true" title={group.section}>
          {group.section}
        </div>
      )}
      {group.claims.map((claim, at) => (
        <Option
          key={keys[first + at]}
          id={optionId(first + at)}
          claim={claim}
          selected={claimKey(claim) === selected}
          onSelect={onSelect}
        />
      ))}
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
  const say = useSay();
  const { status, text, latex, maxRelativeError, reason } = claim;
  return (
    <div
      id={id}
      class="option"
      role="option"
      aria-selected={selected}
      title={reason === undefined ? text : `${text}\n${reason}`}
      onClick={() => onSelect(claim)}
    >
      <StatusMark status={status} />
      <span class="sr-only">{`${text}: ${say(STATUS_WORDS[status])}`}</span>
      <span class="option-text" aria-hidden="true">
        {latex === undefined ? <code>{text}</code> : <Formula latex={latex} fallback={text} lazy />}
      </span>
      {maxRelativeError !== undefined && (
        <span class="option-error">
          <span class="sr-only">, {say('largest relative error {0}', formatError(maxRelativeError))}</span>
          <span aria-hidden="true">{formatError(maxRelativeError)}</span>
        </span>
      )}
    </div>
  );
}
