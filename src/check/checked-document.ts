import type { Span } from '../base/span.ts';
import type {
  ClaimFindings,
  ConvergenceReport,
  Coverage,
  DiagnosticCode,
  EquationKind,
  FormulaPiece,
  FormulaSide,
  Layout,
  Severity,
  StepFindings,
} from '../protocol/report.ts';
import type { NotebookText } from '../syntax/blocks/notebook.ts';

/** What was found in one document, by offsets; hosts turn them into lines and characters. */
export interface CheckedDocument {
  /** What the offsets count in: of a notebook the joined text of its Markdown cells. */
  readonly text: string;
  readonly notebook?: NotebookText;
  readonly diagnostics: readonly Found[];
  /** Empty where nothing is typeset. */
  readonly equations: readonly CheckedEquation[];
  /** Absent unless verification was asked for. */
  readonly claims?: readonly CheckedClaim[];
  readonly sections: readonly SectionLayout[];
  readonly headings: readonly Heading[];
  readonly coverage: Coverage;
}

/** What a document is made of, before it is checked. */
export type ListedDocument = Pick<CheckedDocument, 'text' | 'equations' | 'headings'>;

export interface Heading {
  /** 1 for the topmost. */
  readonly level: number;
  readonly title: string;
  readonly span: Span;
}

/** A diagnostic by offsets. */
export interface Found {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly FoundRelated[];
  readonly fixes: readonly FoundFix[];
}

export interface FoundRelated {
  readonly message: string;
  readonly span: Span;
}

export interface FoundEdit {
  readonly span: Span;
  readonly newText: string;
}

export interface FoundFix {
  readonly title: string;
  readonly edits: readonly FoundEdit[];
  /** What went wrong in a word: `transpose`, `order`, `sign`; absent where no one word says it. */
  readonly slip?: string;
}

export interface CheckedSide {
  readonly text: string;
  readonly shape: string;
  /** Of a product or a sum the shapes of what it is made of, `n×m m×1 + n×1`; absent where one is open or there is nothing to tell. */
  readonly factors?: string;
  readonly span: Span;
}

export interface CheckedEquation {
  readonly kind: EquationKind;
  readonly span: Span;
  /** From its first side to its last, with what is put around them: the stretch of a claim that it makes. */
  readonly stretch: Span;
  readonly sides: readonly CheckedSide[];
}

export interface CheckedStep extends StepFindings {
  readonly span: Span;
}

/** A piece of a formula with the stretch of LaTeX it was written as, where that is a group of its own; nothing is known of where printed ones stand. */
export interface PlacedPiece extends FormulaPiece {
  readonly span?: Span;
}

export interface PlacedSide extends FormulaSide {
  readonly pieces: readonly PlacedPiece[];
}

export interface CheckedClaim extends ClaimFindings {
  readonly kind: 'claim' | 'condition' | 'identity';
  readonly span: Span;
  readonly steps: readonly CheckedStep[];
  /** How the error of its differences depends on their step, or why that is not known; absent unless it was asked for. */
  readonly convergence?: ConvergenceReport | string;
  /** The whole claim as LaTeX, for display. */
  readonly latex: string;
  /** The claim side by side and factor by factor; empty, as the whole, where nothing is typeset. */
  readonly formula: readonly PlacedSide[];
  /** The side that `repair` writes anew, counted from 0, as it is then. */
  readonly mended?: { readonly side: number; readonly pieces: FormulaSide['pieces'] };
}

/** The layout a section settled on, for the status bar. */
export interface SectionLayout {
  readonly span: Span;
  readonly title: string;
  readonly layout: Layout;
  /** One sentence: a directive, or the claims that fit it. */
  readonly evidence: string;
}
