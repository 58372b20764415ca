import type { Span } from '../base/span.ts';
import { printed, sourceLatex } from '../check/formula.ts';
import type { Equation } from '../derivation/derivation.ts';
import type { DerivationView, PlacedTerm } from './derivation-view.ts';

/**
 * The formula that explains a term, as LaTeX without macros of the document: of a symbol its definition,
 * of a claimed derivative its claim, of anything else the term itself. Null where that is a letter or a number.
 */
export function formulaOf(view: DerivationView, { term, equation }: PlacedTerm): string | null {
  if (term.kind === 'derivative' && term === equation.sides[0]) return equationLatex(view, equation);
  const definition = term.kind === 'symbol' ? definitionOf(view, term.id) : undefined;
  if (definition !== undefined) return equationLatex(view, definition);
  if (term.kind === 'symbol' || term.kind === 'number') return null;
  return isLatex(view, term.span) ? inRows(view, term.span) : printed(view, term);
}

/** A formula on one line of a block of its own, which a client draws. */
export function latexBlock(formula: string): string {
  return `\`\`\`latex\n${formula.replace(/\s*\n\s*/g, ' ')}\n\`\`\``;
}

function definitionOf({ built }: DerivationView, id: string): Equation | undefined {
  return built.derivation.symbols.get(id)?.definition == null
    ? undefined
    : built.derivation.equations.find(({ defines }) => defines === id);
}

/** Whether a stretch of text is mathematics in LaTeX, or words around it. */
export function isLatex({ document }: DerivationView, { start, end }: Span): boolean {
  const item = document.items.find((one) => one.kind === 'statement' && one.statement.span.start <= start && end <= one.statement.span.end);
  return item?.kind === 'statement' && item.origin !== 'plain';
}

/** As it is written, rows below one another where it has several. */
function inRows({ text, document }: DerivationView, span: Span): string {
  const source = sourceLatex(text, span, document.macros);
  return /&|\\\\/.test(source) && !source.startsWith('\\begin') ? `\\begin{aligned} ${source} \\end{aligned}` : source;
}

function equationLatex(view: DerivationView, equation: Equation): string {
  if (isLatex(view, equation.span)) return inRows(view, equation.span);
  const sides = equation.sides.map((side) => printed(view, side));
  const signs = equation.relations;
  if (sides.length < 3) return sides.map((side, at) => (at === 0 ? side : `${signs[at - 1] ?? '='} ${side}`)).join(' ');
  const rows = sides.slice(1).map((side, at) => `${at === 0 ? sides[0] : ''} &${signs[at] ?? '='} ${side}`);
  return `\\begin{aligned} ${rows.join(' \\\\ ')} \\end{aligned}`;
}
