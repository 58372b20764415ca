import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { told } from '../base/say.ts';
import type { ListedClaim, ShownClaim } from '../protocol/lsp.ts';
import { ClaimView } from './claim-view.tsx';
import { ClaimsList } from './claims-list.tsx';
import { claimKey } from './filter-claims.ts';
import type { Host } from './host.ts';
import { useKeptFocus } from './kept-focus.ts';
import type { Looks } from './looks.ts';
import { useSay } from './say.ts';
import { Ticked } from './ticked.tsx';
import { type Action, FIRST_VIEW, nextView, type Shown, type View } from './view.ts';

/** The page: what the extension says goes in as messages, what the reader does goes out as messages. */
export function App({ host }: { readonly host: Host }): JSX.Element {
  const [view, act] = useReducer(nextView, FIRST_VIEW);
  const [looks, setLooks] = useState<Looks>(host.looks);
  useKeptFocus();
  useEffect(() => {
    host.listen(act);
    host.post({ kind: 'ready' });
  }, [host]);
  useEffect(() => {
    if (view.shown !== null) host.keep(view.shown.state, looks);
  }, [host, view.shown, looks]);
  return (
    <div class="page" tabIndex={-1} aria-busy={view.busy !== null}>
      <Toolbar shown={view.shown} busy={view.busy} host={host} />
      {view.failure !== null && <Failure message={view.failure} onDismiss={() => act({ kind: 'dismiss' })} />}
      {view.shown === null ? (
        <Waiting busy={view.busy !== null} />
      ) : (
        <Content shown={view.shown} view={view} looks={looks} onLooks={setLooks} host={host} act={act} />
      )}
    </div>
  );
}

function Failure({ message, onDismiss }: { readonly message: string; readonly onDismiss: () => void }): JSX.Element {
  const say = useSay();
  return (
    <div class="failure" role="alert">
      <p>{message}</p>
      <button type="button" class="link" onClick={onDismiss}>
        {say('Dismiss')}
      </button>
    </div>
  );
}

function Waiting({ busy }: { readonly busy: boolean }): JSX.Element {
  const say = useSay();
  return <Empty title={busy ? say('The document is being read') : say('No claim yet')} />;
}

function Empty({ title, hint = INVITATION }: { readonly title: string; readonly hint?: string }): JSX.Element {
  const say = useSay();
  return (
    <div class="empty">
      <h1>{title}</h1>
      <p>
        <Ticked text={say(hint)} />
      </p>
    </div>
  );
}

const INVITATION = told("Put the cursor on a gradient, such as `dz/dx = M' c`, and it is examined here.");

interface ContentProps {
  readonly shown: Shown;
  readonly view: View;
  readonly looks: Looks;
  readonly onLooks: (looks: Looks) => void;
  readonly host: Host;
  readonly act: (action: Action) => void;
}

function Content({ shown, view, looks, onLooks, host, act }: ContentProps): JSX.Element {
  const { selected, claims, document } = shown;
  const select = (claim: ListedClaim) => host.post({ kind: 'select', uri: claim.uri, position: claim.range.start });
  return (
    <div class="columns">
      <ClaimsList
        claims={claims}
        selected={selected === null ? null : claimKey(selected)}
        looks={looks}
        onLooks={onLooks}
        onSelect={select}
        onOpen={({ uri, range }) => host.post({ kind: 'reveal', uri, range })}
      />
      <Main looks={looks} onLooks={onLooks} claim={selected}>
        {selected === null ? (
          <NoClaim shown={shown} isBusy={view.busy !== null} />
        ) : (
          <ClaimView
            claim={selected}
            version={document.version}
            convergence={view.convergence}
            graph={view.graph}
            step={view.step}
            open={looks.open}
            onOpen={(open) => onLooks({ ...looks, open })}
            onAsk={(what) => host.post({ kind: 'ask', what, uri: selected.uri, position: selected.range.start })}
            onRevealNode={({ uri, range }) => host.post({ kind: 'reveal', uri, range })}
            onStep={(to) => act({ kind: 'step', step: to })}
            onReveal={(range) => host.post({ kind: 'reveal', uri: selected.uri, range })}
            onApply={(fix) => host.post({ kind: 'apply', uri: selected.uri, version: document.version, fix })}
            onVerify={(options) => host.post({ kind: 'verify', uri: selected.uri, position: selected.range.start, options })}
            onCopy={(text) => host.post({ kind: 'copy', text })}
          />
        )}
      </Main>
    </div>
  );
}

/** Why no claim is shown. */
function NoClaim({ shown: { claims, isStopped }, isBusy }: { readonly shown: Shown; readonly isBusy: boolean }): JSX.Element {
  const say = useSay();
  if (claims.length === 0) return <Empty title={say('The document makes no claim')} />;
  if (isBusy) return <Empty title={say('The claims are being verified')} />;
  if (isStopped !== true) return <Empty title={say('No claim is selected')} />;
  return <Empty title={say('Verification was stopped')} hint={told('Choose a claim, or verify all, and it goes on.')} />;
}

interface ToolbarProps {
  readonly shown: Shown | null;
  readonly busy: string | null;
  readonly host: Host;
}

function Toolbar({ shown, busy, host }: ToolbarProps): JSX.Element {
  const say = useSay();
  const pinned = shown?.pinned ?? false;
  return (
    <header class="toolbar">
      {busy !== null && <span class="progress-bar" aria-hidden="true" />}
      <span class="document-name">{shown?.document.name ?? 'Chainrule'}</span>
      <span class="progress" role="status">
        {busy}
      </span>
      {busy !== null && (
        <button type="button" class="link" onClick={() => host.post({ kind: 'cancel' })}>
          {say('Cancel')}
        </button>
      )}
      {shown !== null && (
        <button type="button" class="button button-quiet" onClick={() => host.post({ kind: 'verifyAll' })}>
          {say('Verify all')}
        </button>
      )}
      {shown !== null && (
        <button
          type="button"
          class="button button-quiet"
          aria-pressed={pinned}
          title={say('Stay at this claim when the cursor moves on')}
          onClick={() => host.post({ kind: 'pin', pinned: !pinned })}
        >
          {say('Pin')}
        </button>
      )}
    </header>
  );
}

interface MainProps {
  readonly looks: Looks;
  readonly onLooks: (looks: Looks) => void;
  /** The claim that is shown; before there is one, there is nothing to scroll. */
  readonly claim: ShownClaim | null;
  readonly children: JSX.Element;
}

/** The part that is scrolled; where it stood is kept, also where the claim of a page that was loaded again takes a while to come. Another claim is read from its verdict on. */
function Main({ looks, onLooks, claim, children }: MainProps): JSX.Element {
  const main = useRef<HTMLElement>(null);
  const last = useRef<ShownClaim | null>(null);
  useLayoutEffect(() => {
    if (main.current === null || claim === null) return;
    if (last.current === null) main.current.scrollTop = looks.scroll;
    else if (isAnother(last.current, claim)) main.current.scrollTop = 0;
    last.current = claim;
  }, [claim]);
  return (
    <main
      ref={main}
      class="main"
      tabIndex={-1}
      onScrollEnd={({ currentTarget }) => onLooks({ ...looks, scroll: Math.round(currentTarget.scrollTop) })}
    >
      {children}
    </main>
  );
}

/** One that moved has its words still, and one that is being written its place. */
function isAnother(before: ShownClaim, now: ShownClaim): boolean {
  return claimKey(before) !== claimKey(now) && before.text !== now.text;
}
