import { type CancellationToken, type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import type { Analysis } from './checking.ts';
import type { Client } from './client.ts';
import { derivativeActions, SHOW_STEPS } from './derivative-actions.ts';
import { lacksFix, quickFixes } from './quick-fixes.ts';
import { type Abilities, REFACTORING_KINDS, refactorings } from './refactorings.ts';
import { type Feature, type Server, stopIfCancelled } from './server.ts';
import { offsetOf } from './source.ts';
import { stopWith } from './stop-with.ts';
import { resolveTranscription, transcriptionActions } from './transcription-actions.ts';

/** Offers what mends, changes or shows something at a place. */
export const codeActions: Feature = {
  offers: () => ({
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, SHOW_STEPS, ...REFACTORING_KINDS], resolveProvider: true },
  }),
  serve: (server) => {
    server.connection.onCodeAction(async (params, token) => {
      const analysis = await analysisFor(server, params);
      stopIfCancelled(token);
      return analysis === null ? [] : actionsFor(server, analysis, params, token);
    });
    server.connection.onCodeActionResolve((action, token) =>
      resolveTranscription(server, action, abilitiesOf(server.client), stopWith(token)),
    );
  },
};

/** Where something is wrong and nothing mends it yet, repairs are waited for. */
async function analysisFor({ checking }: Server, params: CodeActionParams): Promise<Analysis | null> {
  const { uri } = params.textDocument;
  const known = await checking.known(uri);
  if (known === null || !lacksFix(known, params)) return known;
  const verify = known.depth.verify || known.settings.verify === 'change';
  return (await checking.examined(uri, { verify, repair: true })) ?? checking.known(uri);
}

async function actionsFor(server: Server, analysis: Analysis, params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
  const { views, client, rulePage, say } = server;
  const offset = offsetOf(analysis.source, params.textDocument.uri, params.range.start);
  const stop = stopWith(token);
  const abilities = abilitiesOf(client);
  const options = {
    rulePage,
    say,
    versioned: client.versionedEdits,
    showsSteps: client.options.stepsCommand === true,
    setsSeverity: client.options.severityCommand === true,
  };
  const changes = [
    ...(await refactorings(server, analysis, params, abilities, stop)),
    ...(await transcriptionActions(server, analysis, params, abilities, stop)),
  ];
  stopIfCancelled(token);
  const { mending, silencing } = quickFixes(analysis, params, options);
  const derivatives = offset === null ? [] : derivativeActions({ analysis, offset, views }, params, options);
  return [...mending, ...derivatives, ...silencing, ...changes];
}

function abilitiesOf({ versionedEdits, createsFiles, resolvesEdits, options }: Client): Abilities {
  return { versionedEdits, createsFiles, resolvesEdits, opensFiles: options.verifyCommand === true };
}
