import type { Texts } from '../base/say.ts';
import type { CheckedDocument } from '../check/check-document.ts';
import type { CheckJob } from './check-job.ts';

/** What the server needs of the place it runs in. */
export interface Host {
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
  /** Checks what takes long, away from the thread that talks to the client where there is one. */
  readonly verifier: Verifier;
  /** The text of a file that a document \inputs; only from inside the client's folders. */
  readonly readInput?: (from: string, path: string, folders: readonly string[]) => string | undefined;
  /** The address of such a file. */
  readonly findInput?: (from: string, path: string, folders: readonly string[]) => string | undefined;
  /** The files in the client's folders that may hold derivations, with a sign that changes when they do. */
  readonly listFiles?: (folders: readonly string[]) => readonly WorkspaceFile[];
  /** The text of one of those; undefined where it is gone. */
  readonly readFile?: (uri: string) => string | undefined;
  /** Whether there is a file at an address. */
  readonly isTaken?: (uri: string) => boolean;
  /** What Chainrule says, in the language of a locale, where it knows it. */
  readonly readTexts?: (locale: string) => Texts | undefined;
  /** The address of the page of a rule, where there is one. */
  readonly rulePage?: (code: string) => string | undefined;
}

/** A file that is not open. */
export interface WorkspaceFile {
  readonly uri: string;
  readonly sign: string;
}

export interface Verifier {
  /** Null when it was stopped before it ended. `progressed` is told now and then how far it is. */
  readonly verify: (job: CheckJob, stop: StopSignal, progressed?: Progressed) => Promise<CheckedDocument | null>;
  readonly dispose: () => void;
}

/** How many claims of a document were examined, and how many there are. */
export type Progressed = (done: number, total: number) => void;

/** Tells a job that its answer is no longer wanted. */
export interface StopSignal {
  readonly stopped: () => boolean;
  /** Calls back once, when it is stopped. */
  readonly onStop: (callback: () => void) => void;
}

/** A signal and the hand that stops it. */
export function stopSource(): { readonly signal: StopSignal; readonly stop: () => void } {
  const callbacks: (() => void)[] = [];
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    for (const callback of callbacks) callback();
  };
  const onStop = (callback: () => void) => {
    if (stopped) callback();
    else callbacks.push(callback);
  };
  return { signal: { stopped: () => stopped, onStop }, stop };
}
