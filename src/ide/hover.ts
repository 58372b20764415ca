import type { CheckedDocument, CheckedEquation, CheckedSide } from '../check/checked-document.ts';
import type { Span } from '../base/span.ts';
import { type Claim, claimsOf, sectionAt, statusOf } from './claims.ts';
import { foundations, mentions } from './mentions.ts';
import { LAYOUT_WORDS, STATUS_SIGN, asCode, showError, showVerdict } from './figures.ts';

export interface HoverText {
  readonly span: Span;
  readonly markdown: string;
}

/** What is known of the expression at an offset: its shape, where its dimensions come from, and a claim's verdict. */
export function hover(checked: CheckedDocument, offset: number): HoverText | null {
  const found = sideAt(checked.equations, offset);
  if (found === null) return null;
  const { equation, side } = found;
  const claim = claimsOf(checked).find((one) => one.equation === equation);
  const parts = [
    `${asCode(side.text)} : **${side.shape === '?' ? 'open shape' : side.shape}**`,
    origins(checked, equation, side),
    claim === undefined ? '' : verdictText(checked, claim),
  ];
  return { span: side.span, markdown: parts.filter((part) => part !== '').join('\n\n') };
}

interface SideAt {
  readonly equation: CheckedEquation;
  readonly side: CheckedSide;
}

/** The smallest side around an offset. */
function sideAt(equations: readonly CheckedEquation[], offset: number): SideAt | null {
  const around = equations.flatMap((equation) => equation.sides.map((side) => ({ equation, side }))).filter(({ side: { span } }) => span.start <= offset && offset <= span.end);
  const size = ({ side: { span } }: SideAt) => span.end - span.start;
  return around.reduce<SideAt | null>((best, one) => (best === null || size(one) < size(best) ? one : best), null);
}

/** What is declared and defined of the symbols that stand in an expression. */
function origins(checked: CheckedDocument, at: CheckedEquation, side: CheckedSide): string {
  const stated = foundations(checked, [side.text], at.span.start).filter(({ sides }) => sides[0] !== side && mentions(side.text, sides[0]?.text ?? ''));
  const lines = new Map(stated.flatMap(({ kind, sides: [symbol] }) => {
    if (symbol === undefined || symbol.shape === '?') return [];
    return [[symbol.text, `- ${asCode(symbol.text)} is ${symbol.shape}, ${kind === 'declaration' ? 'declared' : 'from its definition'}`] as const];
  }));
  return [...lines.values()].join('\n');
}

function verdictText(checked: CheckedDocument, claim: Claim): string {
  const section = sectionAt(checked, claim.span.start);
  const layout = section === null ? '' : `Read in ${LAYOUT_WORDS[section.layout]}: ${section.evidence}.`;
  const { verdict } = claim;
  if (verdict === null) return [layout, statusOf(claim) === 'unchecked' ? 'Not verified numerically yet.' : ''].filter((line) => line !== '').join('\n\n');
  const steps = verdict.steps.length < 2 ? '' : verdict.steps.map(({ text, status, maxRelativeError }, at) => `${at + 1}. ${STATUS_SIGN[status]} ${asCode(text)}${maxRelativeError === undefined ? '' : ` ${showError(maxRelativeError)}`}`).join('\n');
  const repair = verdict.repair === undefined ? '' : `${asCode(verdict.repair)} would be right.`;
  return [layout, showVerdict(verdict), steps, repair].filter((line) => line !== '').join('\n\n');
}
