import type { Span } from '../base/span.ts';
import { contains } from '../base/span.ts';
import { type Built, buildDerivation } from '../derivation/build.ts';
import type { Equation, Settings } from '../derivation/derivation.ts';
import { NO_READINGS } from '../derivation/inference-run.ts';
import type { LayoutChoice } from '../derivation/layout-choice.ts';
import { keepingVerdicts, keptVerdicts } from '../numeric/kept-verdicts.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { isScalar, showShape } from '../shape/shape.ts';
import type { NotebookText } from '../syntax/blocks/notebook.ts';
import type { SourceDocument } from '../syntax/document.ts';
import type {
  CheckedClaim,
  CheckedDocument,
  CheckedEquation,
  CheckedSide,
  Found,
  Heading,
  ListedDocument,
  SectionLayout,
} from './checked-document.ts';
import type { Examined, ExamineOptions } from './claims.ts';
import { withConvergence } from './convergence.ts';
import type { Reading } from './customary-layouts.ts';
import { factorShapes } from './factor-shapes.ts';
import { allFindings, type Finding } from './findings.ts';
import { type CheckOptions, SEED } from './options.ts';
import { presented } from './presented.ts';
import { contextIn, readDocument } from './reading.ts';
import { budget } from './repair/budget.ts';
import { slipsAmong } from './repair/doubted.ts';
import { withFalseDeclaration } from './repair/false-declaration.ts';
import { mendedSide } from './repair/mended-side.ts';
import { rechecking } from './repair/recheck.ts';
import type { Repair } from './repair/repair.ts';
import { type Mending, type ReadingsOfDocument, repairs, withFix, withSureFixes } from './repair/repairs.ts';
import { slipsAmongUndeclared } from './repair/undeclared-slips.ts';
import { isShorthand } from './shorthand.ts';
import { type KeptCheck, openCells, openSource, type Source, type Surface } from './source.ts';
import { claimSpan, excerpt, type RuleContext } from './words.ts';

/** As an open shape is written. */
const UNKNOWN = '?';

export type * from './checked-document.ts';
export type { CheckOptions } from './options.ts';
export type { KeptCheck, Surface } from './source.ts';

/** Reads and checks one document. Gives a result for any text and throws for none. */
export function checkDocument(text: string, surface: Surface, options: CheckOptions): CheckedDocument {
  return checkSource(openSource(text, surface, options.readInput), options);
}

/** What stands in a document, without the shapes of it: a third less work than checking it. */
export function listDocument(text: string, surface: Surface, options: CheckOptions): ListedDocument {
  return listSource(openSource(text, surface, options.readInput), options);
}

export function listCells(notebook: NotebookText, options: CheckOptions): ListedDocument {
  return listSource(openCells(notebook), options);
}

function listSource({ text, document }: Source, options: CheckOptions): ListedDocument {
  const built = buildDerivation(document, text, startingSettings(options, document.annotated));
  const equations = writtenIn(text, built, { ofName: () => UNKNOWN, ofSide: () => ({ shape: UNKNOWN }) });
  return { text, equations, headings: headingsOf(document) };
}

/** A checked document, what to keep for the next check of it, and how much of it was not kept from the last. */
export interface Rechecked {
  readonly checked: CheckedDocument;
  readonly kept: KeptCheck;
  readonly blocksParsed: number;
  readonly sectionsInferred: number;
  /** How many claims were verified, because neither the last check nor this one had done so. */
  readonly claimsVerified: number;
}

/** Checks a document after an edit: only what the edit touches is read and inferred again. The result is that of `checkDocument`. */
export function recheckDocument(text: string, surface: Surface, options: CheckOptions, before: KeptCheck | null): Rechecked {
  return recheckSource(openSource(text, surface, options.readInput, before), options);
}

/** Checks the Markdown cells of a notebook that an editor holds, after an edit; offsets count in their joined text. */
export function recheckCells(notebook: NotebookText, options: CheckOptions, before: KeptCheck | null): Rechecked {
  return recheckSource(openCells(notebook, before), options);
}

/** Nobody asks for what is kept of it. */
function checkSource(source: Source, options: CheckOptions): CheckedDocument {
  return checkedSource(source, {
    ...options,
    keeping: keepingVerdicts(source.before?.verdicts ?? null),
    once: source.before?.inference == null,
  }).checked;
}

function recheckSource(source: Source, options: CheckOptions): Rechecked {
  return checkedSource(source, { ...options, keeping: keepingVerdicts(source.before?.verdicts ?? null), once: false });
}

function checkedSource(source: Source, options: ExamineOptions): Rechecked {
  const { keeping } = options;
  const { text, document, notebook } = source;
  const built = buildDerivation(document, text, startingSettings(options, document.annotated));
  const reading = readDocument(source, built, options);
  const { context, examined } = reading;
  const { found, repaired, refuted } = findingsOf(reading, source, options);
  const checked = {
    text,
    diagnostics: found,
    equations: options.typeset === false ? [] : equationsOf(context),
    sections: sectionsOf(context),
    headings: headingsOf(document),
    coverage: document.coverage,
    ...(options.verify
      ? {
          claims: examined.map((one) =>
            withRepair(
              context,
              source,
              options,
              refuted.get(one.equation) ?? { ...one, claim: withConvergence(context, one, options) },
              repaired.get(one.equation)?.repair ?? null,
            ),
          ),
        }
      : {}),
    ...(notebook === undefined ? {} : { notebook }),
  };
  const { kept: inference, sectionsInferred } = context.inferred;
  const isWhole = options.verify && options.examine === undefined && options.cancelled?.() !== true;
  const kept = { reading: document.kept, inference, verdicts: keptVerdicts(keeping, isWhole) };
  return { checked, kept, blocksParsed: document.kept.parsed, sectionsInferred, claimsVerified: keeping.found };
}

function withRepair(
  context: RuleContext,
  source: Source,
  options: CheckOptions,
  { equation, claim }: Examined,
  repair: Repair | null,
): CheckedClaim {
  if (repair === null) return claim;
  const [{ edits }] = repair.fixes;
  const edited = source.edited(edits);
  const mended = mendedSide(
    context,
    equation,
    edits,
    contextIn(edited, buildDerivation(edited.document, edited.text, startingSettings(options, edited.document.annotated)), options),
  );
  return { ...claim, repair: repair.mended, ...(mended == null ? {} : { mended }) };
}

function startingSettings(options: CheckOptions, annotated: boolean): Settings {
  return {
    layout: 'auto',
    layoutSpan: null,
    layoutAbove: null,
    verify: true,
    broadcast: !annotated,
    boldConvention: false,
    tolerance: options.tolerance ?? options.defaults?.tolerance ?? 1e-6,
    seed: options.seed ?? options.defaults?.seed ?? SEED,
    sizes: new Map(Object.entries(options.sizes ?? {})),
  };
}

interface Told {
  readonly found: readonly Found[];
  readonly repaired: ReadonlyMap<Equation, Mending>;
  /** Claims that a slip showed to be wrong, though numbers were not asked at first. */
  readonly refuted: ReadonlyMap<Equation, Examined>;
}

function findingsOf({ context, examined, unsaid = new Map() }: Reading, source: Source, options: ExamineOptions): Told {
  const { built } = context;
  const { told: findings, doubted } = allFindings(context, examined, options.examine);
  const unsuppressed = findings.filter(({ found }) => !isSuppressed(built, found));
  const kept =
    options.repair === false
      ? unsuppressed
      : withFalseDeclaration(context, unsuppressed, (edits) => diagnosticsOf(source.edited(edits), options));
  if (options.repair === false)
    return {
      found: presented(
        built,
        kept.map(({ found }) => found),
      ),
      repaired: new Map(),
      refuted: new Map(),
    };
  const recheckingWith = (findings: readonly Finding[]) => rechecking(checkSource, source, options, findings);
  const recheck = recheckingWith(kept);
  const sure = kept.map((finding) => withSureFixes(finding, recheck));
  const slips = slipsAmong(
    context,
    doubted.filter(({ found }) => !isSuppressed(built, found)),
    (finding) => recheckingWith([...kept, finding]),
  );
  const isTold = (claim: Equation) => kept.some(({ equation, found }) => equation === claim && found.severity === 'error');
  const undeclared = slipsAmongUndeclared(unsaid, isTold, (finding) => recheckingWith([...kept, finding]));
  const repaired = new Map([
    ...repairs({ context, inMixedLayout: inMixed(context, source, options) }, sure, recheck),
    ...slips.mended,
    ...undeclared.mended,
  ]);
  const mended = [...sure, ...slips.told, ...undeclared.told].map((finding) => ({
    ...finding,
    found: withFix(finding.found, finding.equation === null ? undefined : repaired.get(finding.equation)),
  }));
  const told = context.annotated ? mended : mended.filter((finding) => !isShorthand(context, finding));
  return {
    found: presented(
      built,
      told.map(({ found }) => found),
    ),
    repaired,
    refuted: undeclared.refuted,
  };
}

/** What is wrong with an edited document: its shapes, or where these are right, its claims. */
function diagnosticsOf(source: Source, options: ExamineOptions): readonly Found[] {
  const { diagnostics } = checkSource(source, { ...options, verify: false, repair: false });
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  return isWrong || !options.verify
    ? diagnostics
    : checkSource(source, { ...options, repair: false, prove: false, spend: budget() }).diagnostics;
}

/** The document with an equation's section in mixed layout, where nothing says that it is in denominator layout. */
function inMixed({ built, annotated, inferred }: RuleContext, source: Source, options: CheckOptions): ReadingsOfDocument['inMixedLayout'] {
  if (annotated || (options.layout ?? 'auto') !== 'auto') return () => null;
  const isOfColumn = (term: Term) => term.kind === 'derivative' && !isScalar(inferred.shapes.ofTerm(term.of));
  return (equation) => {
    const isFree = inferred.shapes.layoutOf(equation) === 'denominator' && equation.sides.some((side) => [...walk(side)].some(isOfColumn));
    return isFree ? contextIn(source, built, options, { ...NO_READINGS, sections: new Map([[equation.section, 'mixed']]) }) : null;
  };
}

/** Whether the document asks not to be told of it: `ignore`, `off`, and both with a code. */
function isSuppressed({ ignored, silenced }: RuleContext['built'], { code, span }: Found): boolean {
  return ignored.some((within) => contains(within, span)) || silenced.some((one) => one.code === code && contains(one.within, span));
}

// ---- equations and sections

function equationsOf({ text, built, inferred: { shapes } }: RuleContext): readonly CheckedEquation[] {
  return writtenIn(text, built, {
    ofName: (id) => {
      const info = built.derivation.symbols.get(id);
      return showShape(info?.family != null && info.declared !== null ? info.declared : shapes.ofSymbol(id));
    },
    ofSide: (term) => ({ shape: showShape(shapes.ofTerm(term)), ...factorShapes(shapes, term) }),
  });
}

/** What is told of the shapes in an equation. */
interface ShapesTold {
  readonly ofName: (id: SymbolId) => string;
  readonly ofSide: (term: Term) => Pick<CheckedSide, 'shape' | 'factors'>;
}

function writtenIn(text: string, { declarations, derivation }: Built, { ofName, ofSide }: ShapesTold): readonly CheckedEquation[] {
  const side = (span: Span) => ({ text: excerpt(text, span), span });
  const declared = declarations.map(
    ({ id, name, statement }): CheckedEquation => ({
      kind: 'declaration',
      span: statement,
      stretch: statement,
      sides: [{ ...side(name), shape: ofName(id) }],
    }),
  );
  const equations = derivation.equations.map(
    (equation): CheckedEquation => ({
      kind: equation.kind,
      span: equation.span,
      stretch: claimSpan(equation),
      sides: equation.sides.map((term) => ({ ...side(term.span), ...ofSide(term) })),
    }),
  );
  return [...declared, ...equations].sort((a, b) => a.span.start - b.span.start);
}

function headingsOf({ items }: SourceDocument): readonly Heading[] {
  return items.flatMap((item) => (item.kind === 'heading' ? [{ level: item.level, title: item.title, span: item.span }] : []));
}

/** Each section that has claims, with its layout and what speaks for it. */
function sectionsOf({ built: { derivation }, inferred: { layouts }, say }: RuleContext): readonly SectionLayout[] {
  const choices = new Map<number, LayoutChoice>();
  for (const [{ section }, choice] of layouts) if (!choices.has(section)) choices.set(section, choice);
  return derivation.sections.flatMap(({ span, title }, at) => {
    const choice = choices.get(at);
    if (choice === undefined) return [];
    const evidence =
      choice.by === 'directive' ? say('set by a layout directive') : say('{0} of {1} claims fit it', choice.fitting, choice.claims);
    return [{ span, title, layout: choice.layout, evidence }];
  });
}
