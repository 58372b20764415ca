import { sayIn, type Texts } from '../base/say.ts';
import type { Span } from '../base/span.ts';
import {
  type CheckedDocument,
  type CheckOptions,
  type KeptCheck,
  type ListedDocument,
  listCells,
  listDocument,
  recheckCells,
  recheckDocument,
  type Surface,
} from '../check/check-document.ts';
import type { Layout } from '../protocol/report.ts';
import type { NotebookText } from '../syntax/blocks/notebook.ts';
import { type Settings, severityOf } from './settings.ts';

/** One document to check, as plain data, so that it can be sent to another thread. */
export interface CheckJob {
  readonly uri: string;
  readonly text: string;
  readonly surface: Surface;
  readonly notebook?: NotebookText;
  /** The client's folders: files are \input from inside them only. */
  readonly folders: readonly string[];
  /** The texts of the client's language, for titles of fixes. */
  readonly texts?: Texts;
  readonly verify: boolean;
  readonly repair: boolean;
  /** Only claims in here are verified. */
  readonly examine?: Span;
  readonly layout: Layout | 'auto';
  /** The severities that the person set; what they switched off is not found at all, so that nothing else speaks of it either. */
  readonly severity?: Settings['severity'];
  /** The person's settings, which what the document says overrides. */
  readonly defaults: { readonly seed?: number; readonly tolerance?: number };
  readonly seed?: number;
  readonly tolerance?: number;
  readonly sizes?: Readonly<Record<string, number>>;
  readonly method?: 'entries' | 'directions';
  readonly timeLimit?: number;
  readonly convergence?: boolean;
}

/** What a job needs of the thread that it runs in. */
export interface JobTools {
  readonly now: () => number;
  readonly cancelled: () => boolean;
  /** Of a document how many claims were examined; of one claim how many of its points. */
  readonly progressed?: (done: number, total: number) => void;
  readonly readInput?: (from: string, path: string, folders: readonly string[]) => string | undefined;
}

/** Longer documents are not read: a person writes none, and an editor must not wait for one. */
const LONGEST = 10_000_000;

/** Checks a document; whatever goes wrong in it becomes a diagnostic. */
export function runJob(job: CheckJob, tools: JobTools): CheckedDocument {
  return runJobAgain(job, tools, null).checked;
}

/** Checks a document after an edit, with what the last check of it kept. */
export function runJobAgain(
  job: CheckJob,
  tools: JobTools,
  before: KeptCheck | null,
): { readonly checked: CheckedDocument; readonly kept: KeptCheck | null } {
  if (job.text.length > LONGEST) {
    const size = (job.text.length / 1e6).toFixed(1);
    return broken(
      job,
      `This document is not checked: it has ${size} million characters, and Chainrule reads documents up to ${LONGEST / 1e6} million.`,
    );
  }
  try {
    const options = optionsOf(job, tools);
    const { checked, kept } =
      job.notebook === undefined ? recheckDocument(job.text, job.surface, options, before) : recheckCells(job.notebook, options, before);
    return { checked: withoutSwitchedOff(checked, job), kept };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return broken(
      job,
      `Chainrule could not check this document: ${what}. This is a mistake in Chainrule; please report it with the text that shows it.`,
    );
  }
}

function withoutSwitchedOff(checked: CheckedDocument, { severity = {} }: CheckJob): CheckedDocument {
  if (Object.keys(severity).length === 0) return checked;
  return { ...checked, diagnostics: checked.diagnostics.filter((found) => severityOf({ severity }, found.code, found.severity) !== 'off') };
}

/** What stands in a document, by which it is found; nothing of one that cannot be read. */
export function runListing(job: CheckJob, tools: JobTools): ListedDocument {
  if (job.text.length > LONGEST) return failed(job, '');
  try {
    const options = optionsOf(job, tools);
    return job.notebook === undefined ? listDocument(job.text, job.surface, options) : listCells(job.notebook, options);
  } catch {
    // Whoever opens the document is told what is wrong with it.
    return failed(job, '');
  }
}

function broken(job: CheckJob, message: string): { readonly checked: CheckedDocument; readonly kept: null } {
  return { checked: failed(job, message), kept: null };
}

function optionsOf(
  { uri, folders, texts, verify, repair, examine, layout, defaults, seed, tolerance, sizes, method, timeLimit, convergence }: CheckJob,
  { now, cancelled, progressed, readInput }: JobTools,
): CheckOptions {
  return {
    verify,
    repair,
    layout,
    defaults,
    now,
    cancelled,
    ...(texts === undefined ? {} : { say: sayIn(texts) }),
    ...(progressed === undefined ? {} : examine === undefined ? { progressed } : { compared: progressed }),
    ...(examine === undefined ? {} : { examine }),
    ...(seed === undefined ? {} : { seed }),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(sizes === undefined ? {} : { sizes }),
    ...(method === undefined ? {} : { method }),
    ...(timeLimit === undefined ? {} : { timeLimit }),
    ...(convergence === undefined ? {} : { convergence }),
    ...(readInput === undefined ? {} : { readInput: (path: string) => readInput(uri, path, folders) }),
  };
}

/** A checked document that says only why it was not checked. */
export function failed({ text, notebook }: CheckJob, message: string): CheckedDocument {
  const span = { start: 0, end: Math.min(1, text.length) };
  return {
    text,
    ...(notebook === undefined ? {} : { notebook }),
    diagnostics: [{ code: 'syntax', severity: 'error', message, span, related: [], fixes: [] }],
    equations: [],
    sections: [],
    headings: [],
    coverage: { mathBlocks: 0, read: 0, partlyRead: 0, unread: 0 },
  };
}
