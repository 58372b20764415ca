/**
 * What Chainrule says of a document, in the JSON of the command line (docs/language.md, §7).
 * Lines and characters count from 0, characters in UTF-16 units, as in LSP.
 */

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export const DIAGNOSTIC_CODES = [
  'syntax',
  'name/undeclared',
  'name/redeclared',
  'shape/product',
  'shape/sum',
  'shape/broadcast',
  'shape/equation',
  'shape/annotation',
  'shape/argument',
  'layout/order',
  'layout/shape',
  'layout/mixed',
  'layout/tensor',
  'chain/broken',
  'chain/missing-path',
  'chain/independent',
  'index/range',
  'verify/refuted',
  'verify/inconclusive',
  'expect/unmet',
] as const;

export type DiagnosticCode = (typeof DIAGNOSTIC_CODES)[number];

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface RelatedInformation {
  readonly message: string;
  readonly range: Range;
  readonly cell?: number;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly related: readonly RelatedInformation[];
  readonly fixes: readonly Fix[];
  /** The notebook cell the ranges count within. */
  readonly cell?: number;
}

export type EquationKind = 'definition' | 'claim' | 'condition' | 'equation' | 'declaration' | 'identity';

export interface SideReport {
  readonly text: string;
  /** `1×1`, `n×1`, or `?` where the shape is open. */
  readonly shape: string;
  readonly range: Range;
}

export interface EquationReport {
  readonly kind: EquationKind;
  readonly range: Range;
  readonly sides: readonly SideReport[];
  readonly cell?: number;
}

export type Status = 'verified' | 'refuted' | 'inconclusive';

export type Layout = 'denominator' | 'numerator' | 'mixed';

/** A piece of a formula in LaTeX that can be typeset by itself: a factor, or what stands between two. */
export interface FormulaPiece {
  readonly latex: string;
  /** The shape that stands below it; absent of signs and numbers, and where it is open. */
  readonly shape?: string;
}

/** A side of an equation as a page typesets it, piece by piece. */
export interface FormulaSide {
  /** The sign before it; empty before the first side. */
  readonly relation: string;
  readonly pieces: readonly FormulaPiece[];
}

/** The entries of one step beside those of finite differences, row by row. */
export interface EntriesReport {
  readonly rows: number;
  readonly cols: number;
  readonly claimed: readonly number[];
  readonly numeric: readonly number[];
}

/** What is known of a step, wherever it stands. */
export interface StepFindings {
  readonly text: string;
  readonly status: Status;
  /** Algebra alone shows the step to be equal to the first side; absent where that is not known. */
  readonly proved?: boolean;
  /** Of the worst entry, relative to the largest entry; absent where nothing was compared. */
  readonly maxRelativeError?: number;
  readonly reason?: string;
  readonly entries?: EntriesReport;
  /** What every variable was where the entries were computed; absent where that is too long to show. */
  readonly point?: readonly NamedMatrixReport[];
}

export interface StepReport extends StepFindings {
  readonly range: Range;
}

export interface MatrixReport {
  readonly rows: number;
  readonly cols: number;
  /** Row by row. */
  readonly data: readonly number[];
}

export interface NamedMatrixReport extends MatrixReport {
  readonly name: string;
  /** The name as LaTeX, where it is a macro of the document. */
  readonly latex?: string;
}

/** A point at which a step is wrong, with the smallest sizes and whole numbers that show it. */
export interface CounterexampleReport {
  readonly values: readonly NamedMatrixReport[];
  readonly claimed: MatrixReport;
  readonly numeric: MatrixReport;
}

/** The relative error of one way of taking derivatives, by its step relative to the size of what is moved. */
export interface CurveReport {
  readonly method: 'central' | 'richardson' | 'complex';
  /** From the largest step to the smallest; not a number where the function has no value there. */
  readonly points: readonly { readonly step: number; readonly error: number }[];
}

/** How the error of the differences of a claim depends on their step. */
export interface ConvergenceReport {
  readonly curves: readonly CurveReport[];
  /** Why there is no curve for a complex step, where there is none. */
  readonly notAnalytic: string | null;
  /** The error of dual numbers, which need no step; null where they have no rule for the function. */
  readonly dual: number | null;
  /** The side that it is measured against, counted from 0; null for the extrapolation that verification uses. */
  readonly reference: number | null;
  /** The relative error up to which a step counts as right. */
  readonly tolerance: number;
  /** The relative error that verification estimated for its own differences. */
  readonly estimate: number;
}

/** What is known of a claim, wherever it stands. */
export interface ClaimFindings {
  readonly text: string;
  readonly of: string;
  readonly wrt: string;
  readonly layout: Layout;
  readonly status: Status;
  readonly method: 'entries' | 'directions';
  readonly reason?: string;
  /** Where not every entry was compared: what was, and how likely a mistake is missed. */
  readonly note?: string;
  readonly maxRelativeError?: number;
  /** At how many points it was compared, and the sizes of the dimensions there, one record for each set of points. */
  readonly points?: number;
  readonly sizes?: readonly Readonly<Record<string, number>>[];
  /** The mended step in the surface's own notation. */
  readonly repair?: string;
  /** Of a refuted claim: a point small enough to be followed by hand. */
  readonly counterexample?: CounterexampleReport;
}

export interface ClaimReport extends ClaimFindings {
  readonly kind?: 'claim' | 'condition' | 'identity';
  readonly range: Range;
  readonly steps: readonly StepReport[];
  readonly cell?: number;
}

export interface Coverage {
  readonly mathBlocks: number;
  readonly read: number;
  readonly partlyRead: number;
  readonly unread: number;
}

export interface FileReport {
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly equations: readonly EquationReport[];
  readonly claims?: readonly ClaimReport[];
  readonly coverage: Coverage;
}

export interface Summary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly claims: number;
  readonly verified: number;
  readonly refuted: number;
  readonly inconclusive: number;
  readonly milliseconds: number;
}

export interface Report {
  readonly version: 1;
  readonly files: readonly FileReport[];
  readonly summary: Summary;
}
