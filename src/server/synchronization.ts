import { TextDocumentSyncKind } from 'vscode-languageserver';
import type { Feature } from './server.ts';

/** Follows what is opened, typed, saved and closed: documents, and notebooks with all their cells, so that a cell has the number that the editor shows. */
export const synchronization: Feature = {
  offers: () => ({
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    notebookDocumentSync: { notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook' } }] },
  }),
  serve: ({ sources, publisher, settings }) =>
    sources.on({
      changed: (uri) => publisher.changed(uri),
      saved: (uri) => publisher.saved(uri),
      closed: (uri) => {
        publisher.closed(uri);
        settings.forget(uri);
      },
    }),
};
