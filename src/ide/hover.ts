import type { CheckedDocument } from '../check/checked-document.ts';
import type { Span } from '../base/span.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { OPS } from '../ops/table.ts';
import { namesIn } from '../shape/dimension.ts';
import { showShape } from '../shape/shape.ts';
import { type Claim, claimsOf, sectionAt, statusOf } from './claims.ts';
import { derivativeAt, derivativeText } from './derive.ts';
import { type DerivationView, occurrenceAt, termPointedAt } from './derivation-view.ts';
import { LAYOUT_WORDS, STATUS_SIGN, asCode, showError, showVerdict } from './figures.ts';
import { regionAt } from './region.ts';

export interface HoverText {
  readonly span: Span;
  readonly markdown: string;
}

/** What is known of the expression at an offset: its shape, where its dimensions come from, and the verdict of its claim. */
export function hover(checked: CheckedDocument, view: DerivationView, offset: number, selection?: Span): HoverText | null {
  const found = termPointedAt(view, offset, selection);
  return found === null ? hoverName(view, offset) : hoverTerm(checked, view, found.term, offset);
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
  const having = [...view.built.derivation.symbols.values()].filter(({ declared }) => declared !== null && [declared.rows, declared.cols].some((dim) => namesIn(dim).includes(text)));
  const shapes = having.map((info) => `- ${asCode(info.text)} is ${shapeOfSymbol(view, info)}`);
  const sizes = new Set(view.built.derivation.equations.flatMap(({ settings }) => settings.sizes.get(id.slice('dim:'.length)) ?? []));
  return paragraphs([`${name} : **dimension**`, ...[...sizes].map((size) => `${size} in the numeric check`), [...new Set(shapes)].join('\n')]);
}

function hoverTerm(checked: CheckedDocument, view: DerivationView, term: Term, offset: number): HoverText {
  const claim = claimsOf(checked).find(({ span }) => span.start <= offset && offset <= span.end);
  const parts = [
    heading(view, term.span, showShape(view.shapes.ofTerm(term))),
    operatorText(term),
    origins(view, term),
    foundText(view, offset),
    layoutText(checked, term),
    claim === undefined ? '' : verdictText(claim),
  ];
  return { span: term.span, markdown: paragraphs(parts) };
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function heading({ text }: DerivationView, { start, end }: Span, shape: string): string {
  return `${asCode(text.slice(start, end))} : **${shape === '?' ? 'open shape' : shape}**`;
}

function operatorText(term: Term): string {
  if (term.kind === 'apply' && term.op !== 'mul') return OPS[term.op].doc;
  return term.kind === 'call' && term.callee.kind === 'op' ? OPS[term.callee.op].doc : '';
}

/** The symbols in an expression with their shapes, and where these come from. */
export function origins(view: DerivationView, term: Term): string {
  const ids = [...new Set([...walk(term)].flatMap(symbolsOf))];
  return ids.flatMap((id) => originOf(view, id)).join('\n');
}

function symbolsOf(term: Term): readonly SymbolId[] {
  if (term.kind === 'symbol') return [term.id];
  return term.kind === 'call' && term.callee.kind === 'symbol' ? [term.callee.id] : [];
}

function originOf(view: DerivationView, id: SymbolId): readonly string[] {
  const info = view.built.derivation.symbols.get(id);
  if (info === undefined || info.role === 'dimension') return [];
  const name = asCode(info.text);
  if (info.role === 'index') return [`- ${name} is an index`];
  const shape = shapeOfSymbol(view, info);
  if (shape === '?') return [`- ${name} has no shape yet: nothing declares or defines it`];
  return [`- ${name} is ${shape}, ${sourceOf(view, info)}`];
}

function shapeOfSymbol({ shapes }: DerivationView, { id, family, declared }: SymbolInfo): string {
  return showShape(family !== null && declared !== null ? declared : shapes.ofSymbol(id));
}

/** The words that give a symbol its shape. */
function sourceOf({ text, built }: DerivationView, info: SymbolInfo): string {
  const quote = ({ start, end }: Span) => {
    const words = text.slice(start, end).replace(/\s+/g, ' ');
    return asCode(words.length > 60 ? `${words.slice(0, 59)}…` : words);
  };
  const declaration = info.declared === null ? undefined : built.declarations.find(({ id }) => id === info.id);
  if (declaration !== undefined) return `declared by ${quote(declaration.statement)}`;
  if (info.declared !== null) return 'declared where it stands';
  return info.definition === null ? 'from how it is used' : `defined by ${quote(info.definition.span)}`;
}

function propertiesOf({ properties }: SymbolInfo): string {
  return properties.join(', ');
}

/** What the derivative at an offset is, as Chainrule finds it. */
function foundText(view: DerivationView, offset: number): string {
  const written = derivativeAt(view, offset);
  const region = written === null ? null : regionAt(view.text, view.surface, offset);
  const found = written === null || region === null ? null : derivativeText(view, written, region);
  return written === null || found === null ? '' : `${asCode(view.text.slice(written.term.span.start, written.term.span.end))} is ${asCode(found)}`;
}

/** For a derivative the layout it is read in, and why. */
function layoutText(checked: CheckedDocument, term: Term): string {
  const section = term.kind === 'derivative' ? sectionAt(checked, term.span.start) : null;
  return section === null ? '' : `Read in ${LAYOUT_WORDS[section.layout]}: ${section.evidence}.`;
}

function verdictText(claim: Claim): string {
  const { verdict } = claim;
  if (verdict === null) return statusOf(claim) === 'unchecked' ? 'Not verified numerically yet.' : '';
  const steps = verdict.steps.length < 2 ? '' : verdict.steps.map(({ text, status, maxRelativeError }, at) => `${at + 1}. ${STATUS_SIGN[status]} ${asCode(text)}${maxRelativeError === undefined ? '' : ` ${showError(maxRelativeError)}`}`).join('\n');
  const repair = verdict.repair === undefined ? '' : `${asCode(verdict.repair)} would be right.`;
  return paragraphs([`Claim: ${showVerdict(verdict)}`, steps, repair]);
}
