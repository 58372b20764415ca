import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Feature, Server } from './server.ts';
import { unanswered } from './unanswered.ts';

/** Checks everything again when the person's settings changed. */
export const configuration: Feature = {
  serve: (server) =>
    server.connection.onDidChangeConfiguration((params: { readonly settings?: unknown } | null) => changed(server, params?.settings)),
  begin: ({ connection, client }) => {
    if (client.watchesSettings)
      unanswered(
        connection,
        'to tell of settings',
        connection.client.register(DidChangeConfigurationNotification.type, { section: 'chainrule' }),
      );
  },
};

function changed({ connection, settings, sources, publisher, client }: Server, given: unknown): void {
  settings.give(given);
  settings.refresh();
  for (const uri of sources.all()) publisher.changed(uri);
  if (client.pullsDiagnostics && client.refreshes.diagnostics)
    unanswered(connection, 'to ask for diagnostics again', connection.languages.diagnostics.refresh());
  if (client.refreshes.inlayHint) unanswered(connection, 'to ask for hints again', connection.languages.inlayHint.refresh());
}
