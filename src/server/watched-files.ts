import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import type { Feature } from './server.ts';
import { unanswered } from './unanswered.ts';

/** Reads LaTeX documents again when what they input changes on the disk; which files that is, only reading them tells. */
export const watchedFiles: Feature = {
  serve: ({ connection, sources }) =>
    connection.onDidChangeWatchedFiles(({ changes }) => {
      if (changes.length > 0) sources.reread('latex');
    }),
  begin: ({ connection, client }) => {
    const watchers = [{ globPattern: '**/*.{tex,ltx,sty}' }];
    if (client.watchesFiles)
      unanswered(connection, 'to watch files', connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  },
};
