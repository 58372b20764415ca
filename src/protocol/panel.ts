import type {
  GraphEdgeReport,
  GraphNodeReport,
  GraphReport,
  ListedClaim,
  PlacedFactor,
  ShownClaim,
  ShownSide,
  VerifyOptions,
} from './lsp.ts';
import {
  boolean,
  finite,
  INVALID,
  list,
  natural,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Reader,
  record,
  string,
  union,
} from './read.ts';
import type {
  ConvergenceReport,
  CounterexampleReport,
  CurveReport,
  EntriesReport,
  Fix,
  FormulaPiece,
  MatrixReport,
  NamedMatrixReport,
  Position,
  Range,
  StepReport,
  TextEdit,
} from './report.ts';

/**
 * The conversation between the extension and the panel page. Each side reads what it receives with the
 * functions below, which give `null` for anything else. Positions count UTF-16 units.
 */

/** A document as the page names it. */
export interface PanelDocument {
  readonly uri: string;
  /** Its file name, for the title. */
  readonly name: string;
  readonly version: number;
}

/** What the page keeps over a reload (`vscode.setState`) and the extension reads when it revives a panel. */
export interface PanelState {
  readonly uri: string;
  readonly position: Position;
  readonly pinned: boolean;
  readonly options: VerifyOptions;
}

/** From the extension to the page. */
export type HostMessage =
  /**
   * Everything there is to show, after each check and each move of the cursor to another claim.
   * `selected` is null where the document has no claim; `state` is to be kept with `setState`.
   */
  | {
      readonly kind: 'show';
      readonly document: PanelDocument;
      readonly claims: readonly ListedClaim[];
      readonly selected: ShownClaim | null;
      readonly pinned: boolean;
      readonly state: PanelState;
      /** A reader stopped the verification. */
      readonly isStopped?: boolean;
    }
  /** The answer to `ask`: of the claim at this place, as it was asked for. */
  | {
      readonly kind: 'convergence';
      readonly uri: string;
      readonly position: Position;
      readonly convergence: ConvergenceReport | null;
      readonly reason: string;
    }
  | { readonly kind: 'graph'; readonly uri: string; readonly position: Position; readonly graph: GraphReport | null }
  /** Work began (`running` true) or ended; what is shown stays until the next `show`. */
  | { readonly kind: 'busy'; readonly running: boolean; readonly what: string }
  /** Something could not be done; a sentence. */
  | { readonly kind: 'failed'; readonly message: string };

/** From the page to the extension. */
export type PageMessage =
  /** The page listens; the extension answers with `show`. */
  | { readonly kind: 'ready' }
  /** Show the claim at this place. */
  | { readonly kind: 'select'; readonly uri: string; readonly position: Position }
  /** Examine the claim again, with these options in place of all earlier ones. */
  | { readonly kind: 'verify'; readonly uri: string; readonly position: Position; readonly options: VerifyOptions }
  /** Tell what is only computed when someone looks at it. */
  | { readonly kind: 'ask'; readonly what: 'convergence' | 'graph'; readonly uri: string; readonly position: Position }
  /** Examine every claim of the document. */
  | { readonly kind: 'verifyAll' }
  /** Stop the work that `busy` told of. */
  | { readonly kind: 'cancel' }
  /** Show this range in the editor. */
  | { readonly kind: 'reveal'; readonly uri: string; readonly range: Range }
  /** Apply a fix, if the document still has this version. */
  | { readonly kind: 'apply'; readonly uri: string; readonly version: number; readonly fix: Fix }
  /** Stay at this claim when the cursor moves on, or follow the cursor again. */
  | { readonly kind: 'pin'; readonly pinned: boolean }
  /** Put a text on the clipboard. */
  | { readonly kind: 'copy'; readonly text: string };

export function readHostMessage(value: unknown): HostMessage | null {
  return orNull(hostMessage(value));
}

export function readPageMessage(value: unknown): PageMessage | null {
  return orNull(pageMessage(value));
}

export function readPanelState(value: unknown): PanelState | null {
  return orNull(panelState(value));
}

function orNull<T>(read: T | typeof INVALID): T | null {
  return read === INVALID ? null : read;
}

// ---- readers

const layout = oneOf('denominator', 'numerator', 'mixed');
const status = oneOf('verified', 'refuted', 'inconclusive');
const position = object<Position>({ line: natural, character: natural });
const range = object<Range>({ start: position, end: position });
const textEdit = object<TextEdit>({ range, newText: string });
const fix = object<Fix>({ title: string, edits: list(textEdit) });

const options = object<VerifyOptions>({
  seed: optional(natural),
  sizes: optional(record(positive)),
  tolerance: optional(finite),
  layout: optional(oneOf('denominator', 'numerator', 'mixed', 'auto')),
  method: optional(oneOf('entries', 'directions')),
});

function positive(value: unknown): number | typeof INVALID {
  const read = natural(value);
  return read === 0 ? INVALID : read;
}

const pieces = list(object<FormulaPiece>({ latex: string, shape: optional(string) }));
const side = object<ShownSide>({ text: string, shape: string, range, relation: string, pieces });
const sized = object<EntriesReport>({ rows: natural, cols: natural, claimed: list(number), numeric: list(number) });

/** Entries must fill their rows and columns. */
const entries: Reader<EntriesReport> = (value) => {
  const read = sized(value);
  if (read === INVALID) return INVALID;
  const count = read.rows * read.cols;
  return read.claimed.length === count && read.numeric.length === count ? read : INVALID;
};

const matrix = { rows: natural, cols: natural, data: list(number) } as const;
const namedMatrix = object<NamedMatrixReport>({ ...matrix, name: string, latex: optional(string) });

const step = object<StepReport>({
  range,
  text: string,
  status,
  proved: optional(boolean),
  maxRelativeError: optional(number),
  reason: optional(string),
  entries: optional(entries),
  point: optional(list(namedMatrix)),
});

const counterexample = object<CounterexampleReport>({
  values: list(namedMatrix),
  claimed: object<MatrixReport>(matrix),
  numeric: object<MatrixReport>(matrix),
});

const listedClaim = object<ListedClaim>({
  uri: string,
  range,
  text: string,
  section: string,
  layout,
  status: oneOf('verified', 'refuted', 'inconclusive', 'unchecked'),
  reason: optional(string),
  maxRelativeError: optional(number),
  shapes: optional(string),
  latex: optional(string),
  factors: optional(list(object<PlacedFactor>({ start: natural, end: natural, shape: string }))),
});

const shownClaim = object<ShownClaim>({
  uri: string,
  range,
  text: string,
  section: string,
  layout,
  status,
  kind: optional(oneOf('claim', 'condition', 'identity')),
  of: string,
  wrt: string,
  method: oneOf('entries', 'directions'),
  reason: optional(string),
  note: optional(string),
  maxRelativeError: optional(number),
  points: optional(natural),
  sizes: optional(list(record(natural))),
  repair: optional(string),
  counterexample: optional(counterexample),
  cell: optional(natural),
  steps: list(step),
  latex: string,
  sides: list(side),
  mended: optional(object<NonNullable<ShownClaim['mended']>>({ side: natural, pieces })),
  misfit: optional(natural),
  dimensions: list(string),
  fixes: list(fix),
  options,
});

const convergence = object<ConvergenceReport>({
  curves: list(
    object<CurveReport>({
      method: oneOf('central', 'richardson', 'complex'),
      points: list(object<CurveReport['points'][number]>({ step: finite, error: number })),
    }),
  ),
  notAnalytic: nullable(string),
  dual: nullable(finite),
  reference: nullable(natural),
  tolerance: finite,
  estimate: number,
});

const drawnGraph = object<GraphReport>({
  nodes: list(
    object<GraphNodeReport>({
      latex: optional(string),
      name: string,
      shape: string,
      isDefined: boolean,
      role: oneOf('function', 'variable', 'other'),
      uri: string,
      range,
    }),
  ),
  edges: list(object<GraphEdgeReport>({ from: natural, to: natural, shape: string, isOnPath: boolean })),
  omitted: natural,
});

/** Every edge leads from a node to a node. */
const graph: Reader<GraphReport> = (value) => {
  const read = drawnGraph(value);
  if (read === INVALID) return INVALID;
  return read.edges.every(({ from, to }) => from < read.nodes.length && to < read.nodes.length) ? read : INVALID;
};

const panelState = object<PanelState>({ uri: string, position, pinned: boolean, options });
const panelDocument = object<PanelDocument>({ uri: string, name: string, version: finite });

type Of<T extends { readonly kind: string }, K extends T['kind']> = Extract<T, { readonly kind: K }>;

const hostMessage = union<HostMessage>({
  show: object<Of<HostMessage, 'show'>>({
    kind: oneOf('show'),
    document: panelDocument,
    claims: list(listedClaim),
    selected: nullable(shownClaim),
    pinned: boolean,
    state: panelState,
    isStopped: optional(boolean),
  }),
  convergence: object<Of<HostMessage, 'convergence'>>({
    kind: oneOf('convergence'),
    uri: string,
    position,
    convergence: nullable(convergence),
    reason: string,
  }),
  graph: object<Of<HostMessage, 'graph'>>({ kind: oneOf('graph'), uri: string, position, graph: nullable(graph) }),
  busy: object<Of<HostMessage, 'busy'>>({ kind: oneOf('busy'), running: boolean, what: string }),
  failed: object<Of<HostMessage, 'failed'>>({ kind: oneOf('failed'), message: string }),
});

const pageMessage = union<PageMessage>({
  ready: object<Of<PageMessage, 'ready'>>({ kind: oneOf('ready') }),
  select: object<Of<PageMessage, 'select'>>({ kind: oneOf('select'), uri: string, position }),
  verify: object<Of<PageMessage, 'verify'>>({ kind: oneOf('verify'), uri: string, position, options }),
  ask: object<Of<PageMessage, 'ask'>>({ kind: oneOf('ask'), what: oneOf('convergence', 'graph'), uri: string, position }),
  verifyAll: object<Of<PageMessage, 'verifyAll'>>({ kind: oneOf('verifyAll') }),
  cancel: object<Of<PageMessage, 'cancel'>>({ kind: oneOf('cancel') }),
  reveal: object<Of<PageMessage, 'reveal'>>({ kind: oneOf('reveal'), uri: string, range }),
  apply: object<Of<PageMessage, 'apply'>>({ kind: oneOf('apply'), uri: string, version: finite, fix }),
  pin: object<Of<PageMessage, 'pin'>>({ kind: oneOf('pin'), pinned: boolean }),
  copy: object<Of<PageMessage, 'copy'>>({ kind: oneOf('copy'), text: string }),
});
