import type { CheckedDocument } from '../check/check-document.ts';
import type { VerifyOptions } from '../protocol/lsp.ts';
import { type CheckJob, failed, runJob } from './check-job.ts';
import { type Host, type StopSignal, stopSource } from './host.ts';
import type { Settings } from './settings.ts';
import type { SettingsStore } from './settings-store.ts';
import type { Source } from './source.ts';
import type { Sources } from './sources.ts';

/** A source as it was checked. */
export interface Analysis {
  readonly source: Source;
  readonly settings: Settings;
  readonly checked: CheckedDocument;
  /** Whether numbers were asked too. */
  readonly verified: boolean;
  /** Differs between any two analyses of a source that may differ. */
  readonly id: string;
}

interface State {
  readonly shapes: Analysis;
  verified: Analysis | null;
  running: { readonly result: Promise<Analysis | null>; readonly stop: () => void } | null;
}

/** Checks sources when someone asks, each once for every revision: first their shapes, then, apart and stoppable, their claims. */
export class Checking {
  folders: readonly string[] = [];
  readonly #sources: Sources;
  readonly #settings: SettingsStore;
  readonly #host: Host;
  readonly #states = new Map<string, State>();

  constructor(sources: Sources, settings: SettingsStore, host: Host) {
    this.#sources = sources;
    this.#settings = settings;
    this.#host = host;
  }

  /** What is known of a document now: its shapes, and the verdicts if they are there. Null where it is not open. */
  async known(uri: string): Promise<Analysis | null> {
    const state = await this.#state(uri);
    return state === null ? null : (state.verified ?? state.shapes);
  }

  /** The document with every claim examined; null where it is not open or was changed meanwhile. */
  async verified(uri: string): Promise<Analysis | null> {
    const state = await this.#state(uri);
    if (state === null) return null;
    if (state.verified !== null) return state.verified;
    state.running ??= this.#start(state);
    return state.running.result;
  }

  /** Whether verification of the document, as it is now, goes on. */
  isVerifying(uri: string): boolean {
    const source = this.#sources.get(uri);
    const state = source === null ? undefined : this.#states.get(source.uri);
    return state !== undefined && state.running !== null && state.shapes.source === source;
  }

  /** The document examined once more with other options. */
  async verifiedWith(uri: string, options: VerifyOptions, stop: StopSignal): Promise<Analysis | null> {
    const state = await this.#state(uri);
    if (state === null) return null;
    const { shapes } = state;
    const checked = await this.#host.verifier.verify({ ...this.#job(shapes.source, shapes.settings, true), ...options }, stop);
    return checked === null ? null : { ...shapes, checked, verified: true };
  }

  /** Stops what runs for a document. */
  abandon(uri: string): void {
    const state = this.#states.get(uri);
    state?.running?.stop();
    if (state !== undefined) state.running = null;
  }

  forget(uri: string): void {
    this.abandon(uri);
    this.#states.delete(uri);
  }

  async #state(uri: string): Promise<State | null> {
    const owner = this.#sources.get(uri)?.uri;
    if (owner === undefined) return null;
    const settings = await this.#settings.of(owner);
    const source = this.#sources.get(owner);
    if (source === null) return null;
    const id = `${source.revision}.${this.#settings.revision}`;
    const known = this.#states.get(owner);
    if (known?.shapes.id === id) return known;
    this.abandon(owner);
    const checked = runJob(this.#job(source, settings, false), { ...this.#host, cancelled: () => false });
    const state: State = { shapes: { source, settings, checked, verified: false, id }, verified: null, running: null };
    this.#states.set(owner, state);
    return state;
  }

  #start(state: State): NonNullable<State['running']> {
    const { signal, stop } = stopSource();
    return { result: this.#examine(state, signal), stop };
  }

  async #examine(state: State, signal: StopSignal): Promise<Analysis | null> {
    const { shapes } = state;
    const checked = await this.#examined(shapes, signal);
    if (signal.stopped() || checked === null) return null;
    state.running = null;
    state.verified = { ...shapes, checked, verified: true, id: `${shapes.id}.v` };
    return state.verified;
  }

  async #examined({ source, settings }: Analysis, signal: StopSignal): Promise<CheckedDocument | null> {
    const job = this.#job(source, settings, true);
    try {
      return await this.#host.verifier.verify(job, signal);
    } catch (error) {
      return failed(job, `Verification broke off: ${error instanceof Error ? error.message : String(error)}. This is a mistake in Chainrule.`);
    }
  }

  #job({ uri, text, surface, notebook }: Source, { layout, seed, tolerance }: Settings, verify: boolean): CheckJob {
    return {
      uri, text, surface, ...(notebook === undefined ? {} : { notebook }), folders: this.folders, verify, layout,
      ...(seed === null ? {} : { seed }), ...(tolerance === null ? {} : { tolerance }),
    };
  }
}
