import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Found } from '../check/checked-document.ts';
import type { Severity } from '../protocol/report.ts';
import type { Analysis } from './checking.ts';
import { severityOf } from './settings.ts';
import { locate } from './source.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export type RulePage = (code: string) => string | undefined;

/** What was found, by the document it stands in; each document of the source has its list. */
export function diagnosticsByDocument(analysis: Analysis, rulePage: RulePage): ReadonlyMap<string, readonly Diagnostic[]> {
  const lists = new Map<string, Diagnostic[]>(analysis.source.parts.map(({ document }) => [document.uri, []]));
  for (const found of analysis.checked.diagnostics) {
    const placed = toDiagnostic(analysis, found, rulePage);
    if (placed !== null) lists.get(placed.uri)?.push(placed.diagnostic);
  }
  return lists;
}

/** Null where the person switched its code off. */
export function toDiagnostic(
  { source, settings }: Analysis,
  found: Found,
  rulePage: RulePage,
): { readonly uri: string; readonly diagnostic: Diagnostic } | null {
  const severity = severityOf(settings, found.code, found.severity);
  const at = locate(source, found.span);
  if (severity === 'off' || at === null) return null;
  const href = rulePage(found.code);
  const related = found.related.flatMap(({ message, span }) => {
    const location = locate(source, span);
    return location === null ? [] : [{ message, location }];
  });
  const diagnostic: Diagnostic = {
    range: at.range,
    severity: SEVERITIES[severity],
    code: found.code,
    source: 'chainrule',
    message: found.message,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
  return { uri: at.uri, diagnostic };
}
