import type { Connection } from 'vscode-languageserver';
import { abbreviations } from './abbreviations.ts';
import { refusals } from './admission.ts';
import { callHierarchy } from './call-hierarchy.ts';
import { claimRequests } from './claim-requests.ts';
import { codeActions } from './code-actions.ts';
import { codeLenses } from './code-lenses.ts';
import { completion } from './completion.ts';
import { configuration } from './configuration.ts';
import { convergence } from './convergence.ts';
import { documentLinks } from './document-links.ts';
import { documentSymbols } from './document-symbols.ts';
import { examination } from './examination.ts';
import { exportReport } from './export-report.ts';
import { fileClaims } from './file-claims.ts';
import { fileRenames } from './file-renames.ts';
import { folders } from './folders.ts';
import { foldingRanges } from './folding-ranges.ts';
import { formatting } from './formatting.ts';
import type { Host } from './host.ts';
import { hovers } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { layoutEdit } from './layout-edit.ts';
import { serveLifecycle } from './lifecycle.ts';
import { linkedEditing } from './linked-editing.ts';
import { log } from './log.ts';
import { navigation } from './navigation.ts';
import { pullDiagnostics } from './pull-diagnostics.ts';
import { renaming } from './rename.ts';
import { sectionGraph } from './section-graph.ts';
import { selectionRanges } from './selection-ranges.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { type Feature, Server } from './server.ts';
import { signatureHelp } from './signature-help.ts';
import { steps } from './steps.ts';
import { synchronization } from './synchronization.ts';
import { watchedFiles } from './watched-files.ts';
import { workspaceDiagnostics } from './workspace-diagnostics.ts';
import { workspaceSymbols } from './workspace-symbols.ts';

/** All that a client can ask for; each is a file. */
const FEATURES: readonly Feature[] = [
  ...[refusals, log],
  ...[synchronization, configuration, folders, watchedFiles, fileRenames],
  ...[pullDiagnostics, workspaceDiagnostics, codeActions, codeLenses, inlayHints],
  ...[hovers, completion, signatureHelp, linkedEditing, abbreviations, formatting],
  ...[navigation, renaming, callHierarchy, documentSymbols, workspaceSymbols, documentLinks],
  ...[foldingRanges, selectionRanges, semanticTokens],
  ...[claimRequests, fileClaims, steps, layoutEdit],
  ...[convergence, sectionGraph, exportReport, examination],
];

/** Serves one client over a connection, until it ends. */
export function startServer(connection: Connection, host: Host): void {
  const server = new Server(connection, host);
  serveLifecycle(server, FEATURES);
  for (const { serve } of FEATURES) serve?.(server);
  connection.listen();
}
