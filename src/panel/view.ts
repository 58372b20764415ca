import type { ShownClaim } from '../protocol/lsp.ts';
import type { HostMessage } from '../protocol/panel.ts';

export type Shown = Extract<HostMessage, { readonly kind: 'show' }>;

/** Everything the page is drawn from, the reader's own arrangement (`Looks`) apart. */
export interface View {
  /** Null until the extension has told of a document. */
  readonly shown: Shown | null;
  /** What is being done, null when nothing is. */
  readonly busy: string | null;
  readonly failure: string | null;
  /** Index of the step whose entries are shown. */
  readonly step: number;
  /** What was computed because someone looks at it, each for the question that it answers. */
  readonly convergence: Answer<'convergence'> | null;
  readonly graph: Answer<'graph'> | null;
}

export type Answer<K extends 'convergence' | 'graph'> = Extract<HostMessage, { readonly kind: K }>;

export type Action = HostMessage | { readonly kind: 'step'; readonly step: number } | { readonly kind: 'dismiss' };

export const FIRST_VIEW: View = { shown: null, busy: null, failure: null, step: 0, convergence: null, graph: null };

/** The view after a message or a choice of the reader. */
export function nextView(view: View, action: Action): View {
  switch (action.kind) {
    case 'show':
      return { ...view, ...answersAfter(view, action), shown: action, failure: null, step: stepAfter(view, action.selected) };
    case 'convergence':
      return { ...view, convergence: action };
    case 'graph':
      return { ...view, graph: action };
    case 'busy':
      return { ...view, busy: action.running ? action.what : null };
    case 'failed':
      return { ...view, failure: action.message, busy: null };
    case 'step':
      return { ...view, step: action.step };
    case 'dismiss':
      return { ...view, failure: null };
  }
}

/** What was told of another claim is gone; of the same one it stays until it is told anew, so that nothing flickers. */
function answersAfter({ shown, convergence, graph }: View, { selected }: Shown): Pick<View, 'convergence' | 'graph'> {
  const before = shown?.selected;
  return before != null && before.uri === selected?.uri && before.text === selected.text
    ? { convergence, graph }
    : { convergence: null, graph: null };
}

/** The same claim with the same outcome keeps the step that was chosen; another begins at the step that matters. */
function stepAfter({ shown, step }: View, claim: ShownClaim | null): number {
  const before = shown?.selected;
  if (claim === null) return 0;
  const same = before?.uri === claim.uri && before.text === claim.text && before.status === claim.status;
  return same ? Math.min(step, Math.max(0, claim.steps.length - 1)) : stepThatMatters(claim);
}

/** The first wrong step, otherwise the first that is undecided, otherwise the first with entries. */
export function stepThatMatters({ steps }: ShownClaim): number {
  const wanted = [
    steps.findIndex(({ status }) => status === 'refuted'),
    steps.findIndex(({ status }) => status === 'inconclusive'),
    steps.findIndex(({ entries }) => entries !== undefined),
  ];
  return wanted.find((at) => at >= 0) ?? 0;
}
