import type { InitializeParams, InitializeResult, ServerCapabilities } from 'vscode-languageserver';
import type { Texts } from '../base/say.ts';
import { VERSION } from '../base/version.ts';
import { type Client, clientOf } from './client.ts';
import type { Feature, Server } from './server.ts';

/** Hears who the client is, tells it what is offered, and ends what runs when it leaves. */
export function serveLifecycle(server: Server, features: readonly Feature[]): void {
  server.connection.onInitialize((params) => {
    meet(server, params);
    return {
      serverInfo: { name: 'chainrule', version: VERSION },
      capabilities: offered(features, server.client),
    } satisfies InitializeResult;
  });
  server.connection.onInitialized(() => {
    for (const { begin } of features) begin?.(server);
  });
  server.connection.onShutdown(() => {
    server.publisher.dispose();
    server.host.verifier.dispose();
  });
}

function meet(server: Server, params: InitializeParams): void {
  server.client = clientOf(params);
  server.sources.encoding = server.client.encoding;
  server.settings.usePull(server.client.answersSettings);
  server.settings.give(params.initializationOptions);
  server.folders = foldersOf(params);
  server.texts = server.client.options.texts ?? textsOf(server);
}

/** A client that brings no texts has those that come with the server, where there are some. */
function textsOf({ client: { locale }, host }: Server): Texts {
  return (locale === undefined ? undefined : host.readTexts?.(locale)) ?? {};
}

function offered(features: readonly Feature[], client: Client): ServerCapabilities {
  const offers = features.map((feature) => feature.offers?.(client));
  const workspace = Object.assign({}, ...offers.map((one) => one?.workspace));
  return Object.assign({ positionEncoding: client.encoding }, ...offers, { workspace });
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri == null ? [] : [rootUri]);
}
