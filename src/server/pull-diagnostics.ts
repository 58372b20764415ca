import { type DocumentDiagnosticReport, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Analysis } from './checking.ts';
import { diagnosticsByDocument } from './diagnostics.ts';
import { type Feature, type Server, stopIfCancelled } from './server.ts';

/** Answers a client that asks for diagnostics. */
export const pullDiagnostics: Feature = {
  offers: ({ pullsDiagnostics }) =>
    pullsDiagnostics
      ? {
          diagnosticProvider: { identifier: 'chainrule', interFileDependencies: false, workspaceDiagnostics: true, workDoneProgress: true },
        }
      : {},
  serve: (server) =>
    server.connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
      const analysis = await analysisFor(server, uri);
      stopIfCancelled(token);
      return analysis === null ? { kind: 'full', items: [] } : report(server, analysis, uri, previousResultId);
    }),
};

function report({ rulePage }: Server, analysis: Analysis, uri: string, previousResultId: string | undefined): DocumentDiagnosticReport {
  if (previousResultId === analysis.id) return { kind: 'unchanged', resultId: analysis.id };
  return { kind: 'full', resultId: analysis.id, items: [...(diagnosticsByDocument(analysis, rulePage).get(uri) ?? [])] };
}

/** A client that cannot be told to ask again is answered when everything is known. */
async function analysisFor({ checking, client }: Server, uri: string): Promise<Analysis | null> {
  const known = await checking.known(uri);
  const waits = client.pullsDiagnostics && !client.refreshes.diagnostics && known?.settings.verify === 'change';
  if (!waits) return known;
  const verified = await checking.examined(uri, { verify: true, repair: true });
  if (verified === null)
    throw new ResponseError(LSPErrorCodes.ServerCancelled, 'The document changed meanwhile.', { retriggerRequest: true });
  return verified;
}
