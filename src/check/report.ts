import { lineIndex, positionAt } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import type { ClaimReport, Diagnostic, EquationReport, FileReport, Range } from '../protocol/report.ts';
import { positionInCell } from '../syntax/blocks/notebook.ts';
import type { CheckedClaim, CheckedDocument, CheckedEquation, Found } from './checked-document.ts';

/** Where a span lies for a reader: in a notebook, within one of its cells. */
interface Place {
  readonly range: Range;
  readonly cell?: number;
}

type Locate = (span: Span) => Place;

/** What was found in a document, in the JSON of the command line (docs/language.md, §7). */
export function fileReport(path: string, checked: CheckedDocument): FileReport {
  const locate = locator(checked);
  return {
    path,
    diagnostics: checked.diagnostics.map((found) => reportDiagnostic(found, locate)),
    equations: checked.equations.map((equation) => reportEquation(equation, locate)),
    ...(checked.claims === undefined ? {} : { claims: checked.claims.map((claim) => reportClaim(claim, locate)) }),
    coverage: checked.coverage,
  };
}

/** Turns offsets of a checked document into lines and characters, of a cell in a notebook. */
export function locator({ text, notebook }: CheckedDocument): Locate {
  if (notebook === undefined) {
    const index = lineIndex(text);
    return ({ start, end }) => ({ range: { start: positionAt(index, start), end: positionAt(index, end) } });
  }
  return ({ start, end }) => {
    const { cell, ...first } = positionInCell(notebook, start);
    const { cell: lastCell, ...last } = positionInCell(notebook, end);
    return { range: { start: first, end: lastCell === cell ? last : first }, cell };
  };
}

export function reportDiagnostic({ code, severity, message, span, related, fixes }: Found, locate: Locate): Diagnostic {
  const rangeOf = (at: Span) => locate(at).range;
  return {
    code,
    severity,
    message,
    ...locate(span),
    related: related.map((one) => ({ message: one.message, ...locate(one.span) })),
    fixes: fixes.map(({ title, edits }) => ({ title, edits: edits.map(({ span: at, newText }) => ({ range: rangeOf(at), newText })) })),
  };
}

function reportEquation({ kind, span, sides }: CheckedEquation, locate: Locate): EquationReport {
  return { kind, ...locate(span), sides: sides.map(({ text, shape, span: at }) => ({ text, shape, range: locate(at).range })) };
}

export function reportClaim(
  { span, steps, latex: _latex, formula: _formula, mended: _mended, convergence: _convergence, ...claim }: CheckedClaim,
  locate: Locate,
): ClaimReport {
  return {
    ...claim,
    ...locate(span),
    steps: steps.map(({ span: at, entries: _entries, point: _point, ...step }) => ({ ...step, range: locate(at).range })),
  };
}
