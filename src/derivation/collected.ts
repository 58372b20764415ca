import type { Span } from '../base/span.ts';
import type { Dim } from '../shape/dimension.ts';
import type { MatrixShape } from '../shape/shape.ts';
import type {
  AnnouncedStatement,
  DeclarationStatement,
  DirectiveStatement,
  EquationStatement,
  LettersOfKind,
  OpenStatement,
  ShapeLineStatement,
  StackStatement,
} from '../syntax/ast.ts';
import type { Origin } from '../syntax/document.ts';
import type { OpName } from '../syntax/notation.ts';
import type { Settings } from './derivation.ts';
import type { Problem } from './problem.ts';
import type { Draft, Scope } from './scope.ts';

/** An equation where it stands, before it is elaborated. */
export interface PlacedEquation {
  readonly statement: EquationStatement;
  readonly section: number;
  /** Its place in the order of the document. */
  readonly item: number;
  readonly settings: Settings;
  readonly identity: boolean;
  readonly origin: Origin;
  readonly block: number;
  /** What has to hold of the letters that it counts by. */
  readonly where: readonly IndexCondition[];
  /** `j \ne y`: that a letter is among the values over which sums with the same condition run. */
  readonly among?: readonly { readonly letter: string; readonly condition: string }[];
  /** The shape lines that stand under it. */
  readonly shapeLines: ShapeLineStatement[];
}

/** `i = j`, or `i \ne j`, as it is written. */
export interface IndexCondition {
  readonly left: string;
  readonly right: string;
  readonly equal: boolean;
}

/** `expect CODE`, and the stretch of text from the next block to the one after it, which must show the code. */
export interface Expectation {
  readonly code: string;
  readonly span: Span;
  readonly within: Span;
}

/** A stretch of text in which one diagnostic is not shown: a block under `ignore CODE`, what follows `off CODE` in its section. */
export interface Silenced {
  readonly code: string;
  readonly within: Span;
}

export interface Collected {
  readonly scope: Scope;
  readonly equations: readonly PlacedEquation[];
  readonly problems: Problem[];
  readonly facts: StatedFacts;
  /** Stretches between `off` and `on`, and blocks under `ignore`, in which nothing is reported. */
  readonly ignored: readonly Span[];
  readonly silenced: readonly Silenced[];
  readonly declarations: readonly PlacedDeclaration[];
  readonly stacks: readonly KnownStack[];
  /** Matrices of members that are defined one by one. */
  readonly made: readonly MadeStack[];
  /** Shapes that are declared for the constants, where nothing around one says otherwise. */
  readonly numerals: ReadonlyMap<OpName, MatrixShape>;
  readonly expectations: readonly Expectation[];
}

/** What the text says of its dimensions so far, each with the equation that says so and the section it stands in. */
export type StatedFacts = Map<string, { readonly value: Dim; readonly span: Span; readonly section: number }>;

/** A name where it is declared. */
export interface PlacedDeclaration {
  readonly draft: Draft;
  readonly name: Span;
  readonly statement: Span;
}

/** What a sentence says of all letters of a kind, and where it stands. */
export interface PlacedKind {
  readonly statement: DeclarationStatement;
  readonly letters: LettersOfKind;
  readonly section: number;
  readonly item: number;
}

/** What a statement before it is about: an item with those of its number, and of its paragraph. */
export interface Block {
  readonly start: number;
  readonly number: number;
  /** Where the paragraph of a formula in running text ends; of any other its own start. */
  readonly paragraphEnd: number;
}

/** What is said of a letter besides its shape, where its section has not spoken of the letter before. */
export interface Adjective {
  readonly key: string;
  readonly name: Span;
  readonly statement: Span;
  readonly properties: Draft['properties'];
  readonly family: Draft['family'];
  readonly section: number;
  readonly item: number;
}

/** What the rows, columns or entries of a matrix are called, where it is said. */
export interface PlacedStack extends Omit<StackStatement, 'kind'> {
  readonly section: number;
  readonly item: number;
  /** Whether an equation says it of its left side, which may be new by it. */
  readonly defines: boolean;
}

/** A stack of members that an equation defines, and the draft of what they make. */
export interface MadeStack extends PlacedStack {
  readonly draft: Draft;
}

/** A stack whose parts fit: the family of its members, and what they make. */
export interface KnownStack {
  readonly members: Draft;
  readonly whole: Draft;
  readonly axis: StackStatement['axis'];
  /** Whether members are the transposes of what stands in the whole. */
  readonly turned: boolean;
  readonly item: number;
}

/** `x(t) \in \mathbb R^n`, and `L = L(x)`, which says no shape. */
export interface Opening {
  readonly statement: Pick<OpenStatement, 'name' | 'args' | 'shape' | 'span'>;
  /** Whether words say it, which hold where no equation tells more. */
  readonly inWords: boolean;
  /** `x = x(t)`, which says no more. */
  readonly isOwn: boolean;
  readonly section: number;
  readonly item: number;
}

/** What the walk over the items carries along; it lives as long as the walk. */
export interface Walk {
  readonly text: string;
  readonly scope: Scope;
  /** Whether a letter below another tells one of many. */
  readonly counts: (letter: string) => boolean;
  readonly equations: PlacedEquation[];
  readonly problems: Problem[];
  readonly facts: StatedFacts;
  readonly numerals: Map<OpName, MatrixShape>;
  readonly ignored: Span[];
  readonly silenced: Silenced[];
  /** Codes that are switched off from an offset to the end of a section. */
  switchedOff: readonly { readonly code: string; readonly from: number; readonly section: number }[];
  readonly declarations: PlacedDeclaration[];
  readonly adjectives: Adjective[];
  /** What is said of all letters of a kind. */
  readonly kinds: PlacedKind[];
  readonly stackings: PlacedStack[];
  /** `$x(t) \in \mathbb R^n$`, which declares x where nothing defines it. */
  readonly openings: Opening[];
  readonly stacks: KnownStack[];
  readonly made: MadeStack[];
  /** "The gradient of `$f$` is", which waits for the equation that says what it is. */
  announced: AnnouncedStatement | null;
  section: number;
  item: number;
  block: number;
  origin: Origin;
  identity: boolean;
  readonly expectations: Expectation[];
  /** `expect CODE` and `ignore CODE` that wait for their block to begin, and to end. */
  waiting: readonly DirectiveStatement[];
  begun: { readonly directives: readonly DirectiveStatement[]; readonly block: Block } | null;
  offSince: number | null;
  /** Names in the bounds of sums and in shapes under letters, with where they stand first. */
  readonly bounds: Map<string, Span>;
  /** Whether `ignore` waits for its block, and which block it has. */
  ignoreBlock: boolean;
  ignoring: Block | null;
}

export function addProblem(walk: Walk, problem: Problem): void {
  walk.problems.push(problem);
}

export function noteDimension(walk: Walk, name: string, span: Span): void {
  if (!walk.scope.dimensions.has(name)) walk.scope.dimensions.set(name, span);
}
