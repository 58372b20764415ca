import type {
  ClaimReport,
  ConvergenceReport,
  Fix,
  FormulaPiece,
  FormulaSide,
  Layout,
  Position,
  Range,
  SideReport,
  Status,
  TextEdit,
} from './report.ts';

/**
 * What Chainrule's client and server say to each other beyond the Language Server Protocol. Positions
 * are in the encoding that both agreed on; in a notebook a document is one of its cells.
 */

/** Request: examines one claim again, with options of its own. */
export const VERIFY_CLAIM = 'chainrule/verifyClaim';

/** Request: the claims of a document (of a notebook: of all its cells) with what is known of each. */
export const CLAIMS = 'chainrule/claims';

/** Request: how the error of a claim's finite differences depends on their step. */
export const CONVERGENCE = 'chainrule/convergence';

/** Request: what depends on what in the section of a claim. */
export const GRAPH = 'chainrule/graph';

/** Request: how the derivative at a position comes about, as a derivation of its own. */
export const STEPS = 'chainrule/steps';

/** Request: the verification of a document as a page or as Markdown. */
export const EXPORT = 'chainrule/export';

/** Request: the claims of a text that need not be open, as a list of tests has them. */
export const FILE_CLAIMS = 'chainrule/fileClaims';

/** Notification from the server: the sections of a document, whenever they were checked. */
export const SECTION_STATUS = 'chainrule/sectionStatus';

/** Notification from the server, now and then while the claims of a document, or one of them by itself, are examined. */
export const PROGRESS = 'chainrule/progress';

/** Notification from the client: the examination of a document that runs is no longer wanted. */
export const STOP = 'chainrule/stop';

/** Request: the edits that make a section's layout the chosen one. */
export const LAYOUT_EDIT = 'chainrule/layoutEdit';

/** The command of a code lens: its arguments are a `ClaimPlace`. The client executes it. */
export const VERIFY_COMMAND = 'chainrule.verifyGradient';

/** The command of a code action: its arguments are a `ClaimPlace`. The client executes it. */
export const STEPS_COMMAND = 'chainrule.showSteps';

/** The command of an action that makes a file: its argument is the file's uri. The client executes it, and shows the file. */
export const OPEN_COMMAND = 'chainrule.openFile';

/** The command of a code action: its argument is a `SeverityChange`. The client executes it, and writes the workspace's settings. */
export const SEVERITY_COMMAND = 'chainrule.setSeverity';

/** Request of the server to a client that answers it: whether there is a file at an address. */
export const IS_TAKEN = 'chainrule/isTaken';

export interface IsTakenParams {
  readonly uri: string;
}

export interface IsTakenResult {
  readonly isTaken: boolean;
}

export interface SeverityChange {
  /** The document in which it was asked for. */
  readonly uri: string;
  readonly code: string;
  readonly severity: 'off';
}

/** What a client may tell the server as `initializationOptions`. */
export interface ClientOptions {
  /** The client executes `VERIFY_COMMAND`, so code lenses may carry it. */
  readonly verifyCommand?: boolean;
  /** The client executes `STEPS_COMMAND`, so code actions may carry it. */
  readonly stepsCommand?: boolean;
  /** The client executes `SEVERITY_COMMAND`, so code actions may carry it. */
  readonly severityCommand?: boolean;
  /** The client draws a block of LaTeX at the beginning of a hover, so that hovers have one. */
  readonly formulas?: boolean;
  /** The client answers `IS_TAKEN`; otherwise the server looks by itself where it can. */
  readonly files?: boolean;
  /** What Chainrule says in the client's language, by the English; otherwise the server looks for its own by `locale`. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Where the page of a rule is, with `{code}` for the diagnostic's code. */
  readonly rulePage?: string;
}

/** What the server says of itself at the start, as `experimental` among its capabilities. */
export interface ServerAbilities {
  /** The signs of plain notation by the words that are typed for them behind a backslash. */
  readonly abbreviations: Readonly<Record<string, string>>;
}

/** What a client may add to `textDocument/hover`: what is selected around the position. */
export interface SelectedHover {
  readonly selection?: Range;
}

/** What makes a verification differ from that of `chainrule check --verify`. */
export interface VerifyOptions {
  readonly seed?: number;
  /** Sizes of dimensions, by name. */
  readonly sizes?: Readonly<Record<string, number>>;
  readonly tolerance?: number;
  readonly layout?: Layout | 'auto';
  /** Every entry, or directions where the claim has some; otherwise large claims are checked along directions. */
  readonly method?: ClaimReport['method'];
}

/** A claim is named by a place in it: its range, or a position inside or next to it. */
export interface ClaimPlace {
  readonly uri: string;
  readonly position: Position;
}

export interface VerifyClaimParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
  readonly options?: VerifyOptions;
  /** Nobody asks for numbers just now: where a person stopped the examination of this text it is not begun again, and the answer is what is known. */
  readonly unasked?: boolean;
}

export interface VerifyClaimResult {
  /** The version of the document that was examined. */
  readonly version: number;
  /** Null where neither the position nor its section has a claim. */
  readonly claim: ShownClaim | null;
  /** A person stopped the examination, and this is what is known. */
  readonly isStopped?: boolean;
}

/** A claim with everything that a page shows of it; `of` and `wrt` as a title names them, without commands. */
export interface ShownClaim extends ClaimReport {
  /** The document its ranges count in. */
  readonly uri: string;
  /** The title of its section, empty before the first heading. */
  readonly section: string;
  /** The whole claim as LaTeX. */
  readonly latex: string;
  /** The left side and the steps with their shapes. */
  readonly sides: readonly ShownSide[];
  /** The names of the dimensions that the claim's shapes are made of. */
  readonly dimensions: readonly string[];
  /** The side that `repair` writes anew, counted from 0, as it is then. */
  readonly mended?: { readonly side: number; readonly pieces: readonly FormulaPiece[] };
  /** The side that does not fit, counted from 0: the claim is wrong, and no numbers were asked. */
  readonly misfit?: number;
  /** The repairs of its first wrong step. */
  readonly fixes: readonly Fix[];
  /** With what it was examined. */
  readonly options: VerifyOptions;
}

/** A side as it is written and as it is typeset. */
export interface ShownSide extends SideReport, FormulaSide {}

/** `unchecked` until numbers were asked. */
export type ClaimStatus = Status | 'unchecked';

/** A claim in a list. */
export interface ListedClaim {
  readonly uri: string;
  readonly range: Range;
  readonly text: string;
  readonly section: string;
  readonly layout: Layout;
  readonly status: ClaimStatus;
  /** Why it is inconclusive, or why its shapes do not fit. */
  readonly reason?: string;
  readonly maxRelativeError?: number;
  /** The shapes of its factors as they are written below: `n×1 = n×m m×1`; absent where one is open. */
  readonly shapes?: string;
  /** Absent until numbers were asked. */
  readonly latex?: string;
  /** Where its factors stand in `text`, as far as they were written in LaTeX and can be told apart there. */
  readonly factors?: readonly PlacedFactor[];
}

/** A stretch of a claim's text, in UTF-16 units, with the shape of what it says. */
export interface PlacedFactor {
  readonly start: number;
  readonly end: number;
  readonly shape: string;
}

export interface ClaimsParams {
  readonly textDocument: { readonly uri: string };
  /** Ask numbers before answering, if that has not been done for this version. */
  readonly verify?: boolean;
}

export interface ClaimsResult {
  readonly version: number;
  readonly claims: readonly ListedClaim[];
}

export interface FileClaimsParams {
  readonly textDocument: { readonly uri: string; readonly languageId: string };
  readonly text: string;
  /** Ask numbers. */
  readonly verify: boolean;
  /** Ask them of the claims at these places only; positions count UTF-16 units, as they do in the answer. */
  readonly at?: readonly { readonly uri: string; readonly position: Position }[];
}

export interface FileClaimsResult {
  readonly claims: readonly FileClaim[];
}

/** A claim of a text, with what is wrong with it. */
export interface FileClaim extends ListedClaim {
  /** What the diagnostics in it say. */
  readonly problems: readonly { readonly message: string; readonly range: Range }[];
  /** What would be right in the place of the first wrong step. */
  readonly repair?: string;
}

/** A section (the text from one heading to the next) as the status bar shows it. */
export interface SectionStatus {
  readonly range: Range;
  readonly title: string;
  readonly layout: Layout;
  /** One sentence: why this layout. */
  readonly evidence: string;
  readonly verified: number;
  readonly refuted: number;
  readonly inconclusive: number;
  readonly unchecked: number;
}

export interface SectionStatusParams {
  readonly uri: string;
  readonly version: number;
  /** In their order; a section without claims is absent. */
  readonly sections: readonly SectionStatus[];
}

export interface ProgressParams {
  readonly uri: string;
  /** What is counted: the claims of the document, or the points of one claim that is examined by itself. */
  readonly of: 'claims' | 'points';
  readonly done: number;
  readonly total: number;
}

export interface StopParams {
  readonly textDocument: { readonly uri: string };
}

export interface ConvergenceResult {
  readonly version: number;
  /** Null where there is no claim or nothing to tell; why, is said in `reason`. */
  readonly convergence: ConvergenceReport | null;
  readonly reason: string;
}

export interface GraphParams {
  readonly textDocument: { readonly uri: string };
  /** In or next to the claim. */
  readonly position: Position;
}

export interface GraphResult {
  readonly version: number;
  readonly graph: GraphReport | null;
}

/** Variables and what they are made of, as a page draws them. */
export interface GraphReport {
  readonly nodes: readonly GraphNodeReport[];
  readonly edges: readonly GraphEdgeReport[];
  /** How many variables of the section are not among the nodes because there are too many. */
  readonly omitted: number;
}

export interface GraphNodeReport {
  readonly name: string;
  /** The name as LaTeX, where it is a macro of the document. */
  readonly latex?: string;
  readonly shape: string;
  readonly isDefined: boolean;
  /** Whether the claim differentiates it, or by it. */
  readonly role: 'function' | 'variable' | 'other';
  /** Where it is defined, or else declared. */
  readonly uri: string;
  readonly range: Range;
}

/** A variable in the definition of a function, both by their place among the nodes. */
export interface GraphEdgeReport {
  readonly from: number;
  readonly to: number;
  /** The shape of the local Jacobian. */
  readonly shape: string;
  /** Whether a path of the chain rule leads over it. */
  readonly isOnPath: boolean;
}

export interface StepsParams {
  readonly textDocument: { readonly uri: string };
  /** In a derivative or its equation. */
  readonly position: Position;
}

export interface StepsResult {
  /** A derivation in plain notation that passes the checker; null where there is none. */
  readonly text: string | null;
  /** Why there is none; empty where there is. */
  readonly reason: string;
}

export interface ExportParams {
  readonly textDocument: { readonly uri: string };
  readonly format: 'html' | 'markdown';
  /** What the report calls the document. */
  readonly name: string;
}

export interface ExportResult {
  readonly text: string;
}

export interface LayoutEditParams {
  readonly textDocument: { readonly uri: string };
  /** Somewhere in the section. */
  readonly position: Position;
  readonly layout: Layout | 'auto';
}

export interface LayoutEditResult {
  readonly version: number;
  readonly edits: readonly TextEdit[];
}
