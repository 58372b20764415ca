import type { Texts } from '../base/say.ts';
import type { CheckedDocument, KeptCheck, ListedDocument, Surface } from '../check/check-document.ts';
import type { FoundEdit } from '../check/checked-document.ts';
import { MISFIT } from '../check/claims.ts';
import { applyEdits, openCells } from '../check/source.ts';
import { claimAt } from '../ide/claims.ts';
import type { ProgressParams, VerifyOptions } from '../protocol/lsp.ts';
import type { Position } from '../protocol/report.ts';
import { type CheckJob, failed, runJob, runJobAgain, runListing } from './check-job.ts';
import { type Host, type Progressed, type StopSignal, stopSource } from './host.ts';
import type { Settings } from './settings.ts';
import type { SettingsStore } from './settings-store.ts';
import { offsetOf, type Source } from './source.ts';
import type { Sources } from './sources.ts';

/** How far a source is examined: its shapes are always checked, in an instant; the rest takes longer. */
export interface Depth {
  /** Ask numbers whether the claims are right. */
  readonly verify: boolean;
  /** Look for what would be right where something is wrong. */
  readonly repair: boolean;
}

/** A source as it was checked. */
export interface Analysis {
  readonly source: Source;
  readonly settings: Settings;
  readonly checked: CheckedDocument;
  readonly depth: Depth;
  /** Differs between any two analyses of a source that may differ. */
  readonly id: string;
}

/** Hears how far an examination is, and that it has ended. */
export interface Follower {
  readonly progressed: Progressed;
  readonly ended: () => void;
}

/** Milliseconds for a claim of which every entry was asked for: of 784×256 they take up to a fifth of that. */
const EVERY_ENTRY = 600_000;

const SHAPES: Depth = { verify: false, repair: false };

/** One revision of a source, and what was found of it so far. */
interface State {
  /** For the check of the next revision. */
  readonly kept: KeptCheck | null;
  readonly shapes: Analysis;
  readonly found: Map<string, Analysis>;
  readonly running: Map<string, Running>;
}

interface Running {
  readonly result: Promise<Analysis | null>;
  readonly stop: () => void;
}

const keyOf = ({ verify, repair }: Depth) => `${verify ? 'v' : ''}${repair ? 'r' : ''}`;

/** The deepest first. */
const KEYS: readonly string[] = ['vr', 'v', 'r'];

/** Checks sources when someone asks, each once for every revision: first their shapes, then, apart and stoppable, what takes longer. */
export class Checking {
  folders: readonly string[] = [];
  texts: Texts = {};
  /** Who follows an examination that begins: of the claims of a source, or of one of them at its points. */
  follow: (source: Source, of: ProgressParams['of']) => Follower = () => ({ progressed: () => {}, ended: () => {} });
  /** Told what was found of an open source, and in how many milliseconds. */
  onChecked: (analysis: Analysis, milliseconds: number) => void = () => {};
  readonly #sources: Sources;
  readonly #settings: SettingsStore;
  readonly #host: Host;
  readonly #states = new Map<string, State>();

  constructor(sources: Sources, settings: SettingsStore, host: Host) {
    this.#sources = sources;
    this.#settings = settings;
    this.#host = host;
  }

  /** What is known of a document now: its shapes, and what else is there. Null where it is not open. */
  async known(uri: string): Promise<Analysis | null> {
    const state = await this.#state(uri);
    return state === null ? null : best(state);
  }

  /** The document examined as deep as asked; null where it is not open or was changed meanwhile. */
  async examined(uri: string, depth: Depth): Promise<Analysis | null> {
    const state = await this.#state(uri);
    if (state === null) return null;
    const key = keyOf(depth);
    const known = key === '' ? state.shapes : state.found.get(key);
    if (known !== undefined) return known;
    const running = state.running.get(key) ?? this.#start(state, depth);
    state.running.set(key, running);
    return running.result;
  }

  /** Whether the claims of the document, as it is now, are being examined. */
  isVerifying(uri: string): boolean {
    const source = this.#sources.get(uri);
    const state = source === null ? undefined : this.#states.get(source.uri);
    return state !== undefined && state.shapes.source === source && state.running.has('v');
  }

  /** The claim at a position, and only that, examined once more with other options. */
  async claimWith(
    uri: string,
    position: Position,
    options: VerifyOptions & Pick<CheckJob, 'convergence'>,
    stop: StopSignal,
  ): Promise<Analysis | null> {
    const state = await this.#state(uri);
    if (state === null) return null;
    const { shapes } = state;
    const { source } = shapes;
    const offset = offsetOf(shapes.source, uri, position);
    const claim = offset === null ? null : claimAt(shapes.checked, offset);
    const only = claim === null ? {} : { examine: claim.equation.span };
    const patience = options.method === 'entries' ? { timeLimit: EVERY_ENTRY } : {};
    const job = { ...this.#job(shapes, { verify: true, repair: false }), ...only, ...patience, ...options };
    const { progressed, ended } = this.follow(source, 'points');
    const checked = await this.#host.verifier.verify(job, stop, progressed).finally(ended);
    return checked === null ? null : { ...shapes, checked, depth: { verify: true, repair: false } };
  }

  /** The shapes of a source that is not open. */
  shapesOf(source: Source, settings: Settings, id: string): Analysis {
    const checked = runJob(this.#job({ source, settings }, SHAPES), { ...this.#host, cancelled: () => false });
    return { source, settings, checked, depth: SHAPES, id };
  }

  /** What stands in a source that is not open, unchecked. */
  listed(source: Source, settings: Settings): ListedDocument {
    return runListing(this.#job({ source, settings }, SHAPES), { ...this.#host, cancelled: () => false });
  }

  /** A source as it would be after edits: what is said of its shapes. */
  shapesAfter(analysis: Analysis, edits: readonly FoundEdit[]): CheckedDocument {
    return runJob(this.#editedJob(analysis, edits, SHAPES), { ...this.#host, cancelled: () => false });
  }

  /** A source as it would be after edits, its claims verified; null when it was stopped. */
  verifiedAfter(analysis: Analysis, edits: readonly FoundEdit[], stop: StopSignal): Promise<CheckedDocument | null> {
    return this.#host.verifier.verify(this.#editedJob(analysis, edits, { verify: true, repair: false }), stop);
  }

  /** Another text in the place of a source, its claims verified; null when it was stopped. */
  verifiedText({ source, settings }: Analysis, text: string, surface: Surface, stop: StopSignal): Promise<CheckedDocument | null> {
    const { notebook: _, ...job } = this.#job({ source, settings }, { verify: true, repair: false });
    return this.#host.verifier.verify({ ...job, text, surface }, stop);
  }

  /** A text that is not among the sources, with the settings of its place. */
  async text(source: Source, depth: Depth & Pick<CheckJob, 'examine'>, stop: StopSignal): Promise<CheckedDocument | null> {
    const job = this.#job({ source, settings: await this.#settings.of(source.uri) }, depth);
    const checked = depth.verify
      ? await this.#host.verifier.verify(job, stop).catch((error: unknown) => brokenOff(job, error))
      : runJob(job, { ...this.#host, cancelled: stop.stopped });
    if (this.#sources.get(source.uri) === null) this.#settings.forget(source.uri);
    return checked;
  }

  #editedJob({ source, settings }: Analysis, edits: readonly FoundEdit[], depth: Depth): CheckJob {
    const job = this.#job({ source, settings }, depth);
    if (source.notebook === undefined) return { ...job, text: applyEdits(source.text, edits) };
    const { text, notebook } = openCells(source.notebook).edited(edits);
    return { ...job, text, ...(notebook === undefined ? {} : { notebook }) };
  }

  /** Stops what runs for a document. */
  abandon(uri: string): void {
    const state = this.#states.get(uri);
    for (const { stop } of state?.running.values() ?? []) stop();
    state?.running.clear();
  }

  /** The address of the source that a document is part of; null where it is not open. */
  sourceOf(uri: string): string | null {
    return this.#sources.get(uri)?.uri ?? null;
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
    const begun = this.#host.now();
    const { checked, kept } = runJobAgain(
      this.#job({ source, settings }, SHAPES),
      { ...this.#host, cancelled: () => false },
      known?.kept ?? null,
    );
    const state: State = { kept, shapes: { source, settings, checked, depth: SHAPES, id }, found: new Map(), running: new Map() };
    this.#states.set(owner, state);
    this.onChecked(state.shapes, this.#host.now() - begun);
    return state;
  }

  #start(state: State, depth: Depth): Running {
    const { signal, stop } = stopSource();
    return { result: this.#examine(state, depth, signal), stop };
  }

  async #examine(state: State, depth: Depth, signal: StopSignal): Promise<Analysis | null> {
    const analysis = (depth.repair ? await this.#withoutMistakes(state, depth) : null) ?? (await this.#run(state, depth, signal));
    if (signal.stopped() || analysis === null) return null;
    state.running.delete(keyOf(depth));
    state.found.set(keyOf(depth), analysis);
    return analysis;
  }

  /** Where nothing is wrong there is nothing to repair, and what is known already is all there is. */
  async #withoutMistakes({ shapes }: State, { verify }: Depth): Promise<Analysis | null> {
    const before = await this.examined(shapes.source.uri, { verify, repair: false });
    return before?.source === shapes.source && !before.checked.diagnostics.some(isMistake) && !isDoubted(before.checked) ? before : null;
  }

  async #run({ shapes }: State, depth: Depth, signal: StopSignal): Promise<Analysis | null> {
    const job = this.#job(shapes, depth);
    const { progressed, ended } = this.follow(shapes.source, 'claims');
    const begun = this.#host.now();
    const verified = this.#host.verifier.verify(job, signal, progressed).finally(ended);
    const checked = await verified.catch((error: unknown) => brokenOff(job, error));
    if (checked === null) return null;
    const analysis: Analysis = { ...shapes, checked, depth, id: `${shapes.id}.${keyOf(depth)}` };
    this.onChecked(analysis, this.#host.now() - begun);
    return analysis;
  }

  #job({ source, settings }: Pick<Analysis, 'source' | 'settings'>, depth: Depth): CheckJob {
    const { uri, text, surface, notebook } = source;
    const { layout, seed, tolerance, severity } = settings;
    return {
      uri,
      text,
      surface,
      ...(notebook === undefined ? {} : { notebook }),
      folders: this.folders,
      texts: this.texts,
      ...depth,
      layout,
      severity,
      defaults: { ...(seed === null ? {} : { seed }), ...(tolerance === null ? {} : { tolerance }) },
    };
  }
}

function best({ shapes, found }: State): Analysis {
  return KEYS.map((key) => found.get(key)).find((one) => one !== undefined) ?? shapes;
}

/** Claims whose shapes do not fit in a text that may be read otherwise: nothing is told of them before a slip explains it. */
function isDoubted({ claims = [] }: CheckedDocument): boolean {
  return claims.some(({ reason }) => reason === MISFIT);
}

function isMistake({ severity }: CheckedDocument['diagnostics'][number]): boolean {
  return severity === 'error' || severity === 'warning';
}

function brokenOff(job: CheckJob, error: unknown): CheckedDocument {
  return failed(job, `Verification broke off: ${error instanceof Error ? error.message : String(error)}. This is a mistake in Chainrule.`);
}
