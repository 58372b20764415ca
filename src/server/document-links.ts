import type { DocumentLink } from 'vscode-languageserver';
import { inputLinks } from '../ide/document-links.ts';
import type { Analysis } from './checking.ts';
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
    const target = targetOf(server, uri, path);
    const at = locate(source, span);
    return target === undefined || at === null ? [] : [{ range: at.range, target }];
  });
}

/** Where files cannot be looked for, a path is taken to be beside the document. */
function targetOf({ host: { findInput }, folders }: Server, uri: string, path: string): string | undefined {
  if (findInput !== undefined) return findInput(uri, path, folders);
  try {
    return new URL(/\.\w+$/.test(path) ? path : `${path}.tex`, uri).href;
  } catch {
    return undefined;
  }
}
