import type { Say } from '../base/say.ts';
import type { Span } from '../base/span.ts';
import type { CheckedDocument } from '../check/checked-document.ts';
import { sourceLatex } from '../check/formula.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { OPS } from '../ops/table.ts';
import type { Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { namesIn } from '../shape/dimension.ts';
import { showShape } from '../shape/shape.ts';
import { type Claim, claimsOf, sectionAt, statusOf } from './claims.ts';
import { type DerivationView, occurrenceAt, type PlacedTerm, termPointedAt } from './derivation-view.ts';
import { derivativeAt, derivativeText, differentialText, entriesText, inOtherLayout, type WrittenDerivative } from './derive.ts';
import { asCode, LAYOUT_WORDS, STATUS_SIGN, showError, showVerdict } from './figures.ts';
import { latexBlock } from './formula.ts';
import { layoutEvidence } from './layout-evidence.ts';
import { type Region, regionAt } from './region.ts';
import { origins, shapeOfSymbol } from './shape-origins.ts';

export interface HoverText {
  readonly span: Span;
  readonly markdown: string;
}

/** What is asked about, and whether the reader sees blocks of LaTeX as formulas. */
export interface Asked {
  readonly selection?: Span;
  readonly draws?: boolean;
}

/** What is known of the expression at an offset: its shape, where its dimensions come from, and the verdict of its claim. */
export function hover(checked: CheckedDocument, view: DerivationView, offset: number, asked: Asked = {}): HoverText | null {
  const found = termPointedAt(view, offset, asked.selection);
  return found === null ? hoverName(view, offset) : hoverTerm(checked, view, found, offset, asked.draws === true);
}

/** A name where it is declared is no term. */
function hoverName(view: DerivationView, offset: number): HoverText | null {
  const here = occurrenceAt(view, offset);
  const info = here === null ? undefined : view.built.derivation.symbols.get(here.id);
  if (here === null || info === undefined) return null;
  if (info.role === 'dimension') return { span: here.span, markdown: dimensionText(view, info) };
  return { span: here.span, markdown: paragraphs([heading(view, here.span, shapeOfSymbol(view, info)), propertiesOf(info)]) };
}

/** What has a dimension, and the size it is given. */
function dimensionText(view: DerivationView, { text, id }: SymbolInfo): string {
  const name = asCode(text);
  const having = [...view.built.derivation.symbols.values()].filter(
    ({ declared }) => declared !== null && [declared.rows, declared.cols].some((dim) => namesIn(dim).includes(text)),
  );
  const shapes = having.map((info) => `- ${view.say('{0} is {1}', asCode(info.text), shapeOfSymbol(view, info))}`);
  const sizes = new Set(view.built.derivation.equations.flatMap(({ settings }) => settings.sizes.get(id.slice('dim:'.length)) ?? []));
  return paragraphs([
    `${name} : **${view.say('dimension')}**`,
    ...[...sizes].map((size) => view.say('{0} in the numeric check', size)),
    [...new Set(shapes)].join('\n'),
  ]);
}

function hoverTerm(checked: CheckedDocument, view: DerivationView, placed: PlacedTerm, offset: number, draws: boolean): HoverText {
  const { term } = placed;
  const claim = claimsOf(checked).find(({ span }) => span.start <= offset && offset <= span.end);
  const parts = [
    heading(view, term.span, showShape(view.shapes.ofTerm(term))),
    operatorText(term),
    origins(view, term),
    foundText(view, offset, draws),
    layoutText(checked, view, placed),
    claim === undefined ? '' : verdictText(view.say, claim),
  ];
  return { span: term.span, markdown: paragraphs(parts) };
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function heading({ text, say }: DerivationView, { start, end }: Span, shape: string): string {
  return `${asCode(text.slice(start, end))} : **${shape === '?' ? say('open shape') : shape}**`;
}

function operatorText(term: Term): string {
  if (term.kind === 'apply' && term.op !== 'mul') return OPS[term.op].doc;
  return term.kind === 'call' && term.callee.kind === 'op' ? OPS[term.callee.op].doc : '';
}

function propertiesOf({ properties }: SymbolInfo): string {
  return properties.join(', ');
}

/** What the derivative at an offset is, as Chainrule finds it, and what it would be in the other layout. */
function foundText(view: DerivationView, offset: number, draws: boolean): string {
  const written = derivativeAt(view, offset);
  const region = regionAt(view.text, view.surface, offset);
  if (region === null) return '';
  if (written === null) return differentialFound(view, offset, region);
  const found = derivativeText(view, written, region);
  const entries = found === null ? entriesText(view, written, region) : null;
  if (found === null) return entries === null ? '' : asCode(entries);
  const other = inOtherLayout(view, written, region);
  if (draws && region === 'mathematics') return drawnDerivative(view, written, found, other);
  const turned =
    other === null || other.text === found
      ? ''
      : `. ${view.say('In {0} it is the transpose of that: {1}', view.say(LAYOUT_WORDS[other.layout]), asCode(other.text))}`;
  return `${view.say('{0} is {1}', asCode(view.text.slice(written.term.span.start, written.term.span.end)), asCode(found))}${turned}`;
}

/** A derivative in LaTeX is read as a formula. */
function drawnDerivative(
  { text, document, say }: DerivationView,
  { term: { span } }: WrittenDerivative,
  found: string,
  other: { readonly layout: Layout; readonly text: string } | null,
): string {
  const latex = `${text.slice(span.start, span.end)} = ${found}`;
  const turned = other === null || other.text === found ? '' : say('In {0} it is the transpose of that.', say(LAYOUT_WORDS[other.layout]));
  return paragraphs([latexBlock(sourceLatex(latex, { start: 0, end: latex.length }, document.macros)), turned]);
}

function differentialFound(view: DerivationView, offset: number, region: Region): string {
  const found = differentialText(view, offset, region);
  return found === null ? '' : view.say('{0} is {1}', asCode(view.text.slice(found.of.start, found.of.end)), asCode(found.text));
}

/** For a derivative the layout it is read in, and which claims speak for which. */
function layoutText(checked: CheckedDocument, view: DerivationView, { term, equation }: PlacedTerm): string {
  const section = term.kind === 'derivative' ? sectionAt(checked, term.span.start) : null;
  if (section === null) return '';
  const read = view.say('Read in {0}: {1}.', view.say(LAYOUT_WORDS[section.layout]), section.evidence);
  return paragraphs([read, equation.settings.layoutSpan === null ? layoutEvidence(view, equation.section) : '']);
}

function verdictText(say: Say, claim: Claim): string {
  const { verdict } = claim;
  if (verdict === null) return statusOf(claim) === 'unchecked' ? say('Not verified numerically yet.') : '';
  const steps =
    verdict.steps.length < 2
      ? ''
      : verdict.steps
          .map(
            ({ text, status, maxRelativeError }, at) =>
              `${at + 1}. ${STATUS_SIGN[status]} ${asCode(text)}${maxRelativeError === undefined ? '' : ` ${showError(maxRelativeError)}`}`,
          )
          .join('\n');
  const repair = verdict.repair === undefined ? '' : say('{0} would be right.', asCode(verdict.repair));
  return paragraphs([say('Claim: {0}', showVerdict(say, verdict)), steps, repair]);
}
