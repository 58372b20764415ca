import type { CheckedDocument, CheckedEquation, CheckedSide } from '../check/checked-document.ts';
import type { Span } from '../base/span.ts';
import { type Claim, claimsOf, sectionAt, statusOf } from './claims.ts';
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

/** The declarations and definitions before it whose symbols stand in an expression. */
function origins({ equations }: CheckedDocument, at: CheckedEquation, side: CheckedSide): string {
  const known = new Map<string, string>();
  for (const { kind, sides, span } of equations) {
    const [symbol] = sides;
    if (symbol === undefined || (kind !== 'declaration' && kind !== 'definition') || symbol === side) continue;
    if (span.start > at.span.start && known.has(symbol.text)) continue;
    if (symbol.shape !== '?' && mentions(side.text, symbol.text)) known.set(symbol.text, `- ${asCode(symbol.text)} is ${symbol.shape}, ${kind === 'declaration' ? 'declared' : 'from its definition'}`);
  }
  return [...known.values()].join('\n');
}

/** Whether a symbol stands in an expression as a word of its own. */
function mentions(expression: string, symbol: string): boolean {
  const letter = /[\p{L}\p{N}_]/u;
  for (let at = expression.indexOf(symbol); at >= 0; at = expression.indexOf(symbol, at + 1)) {
    const [before, after] = [expression[at - 1] ?? ' ', expression[at + symbol.length] ?? ' '];
    if (!letter.test(before) && before !== '\\' && !letter.test(after)) return true;
  }
  return false;
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
