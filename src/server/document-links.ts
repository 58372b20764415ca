import type { DocumentLink } from 'vscode-languageserver';
import { inputLinks } from '../ide/document-links.ts';
import type { Analysis } from './checking.ts';
import { inputTarget } from './input-target.ts';
import type { Feature, Server } from './server.ts';
import { locate } from './source.ts';

/** Answers where the files are that a document inputs. */
export const documentLinks: Feature = {
  offers: () => ({ documentLinkProvider: {} }),
  serve: (server) =>
    server.connection.onDocumentLinks(async ({ textDocument: { uri } }, token) => {
      const analysis = await server.known(uri, token);
      return analysis === null ? [] : linksIn(server, analysis, uri);
    }),
};

function linksIn(server: Server, { source }: Analysis, uri: string): DocumentLink[] {
  return inputLinks(source.text, source.surface).flatMap(({ span, path }) => {
    const target = inputTarget(server, uri, path);
    const at = locate(source, span);
    return target === undefined || at === null ? [] : [{ range: at.range, target }];
  });
}
