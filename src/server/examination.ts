import type { Connection } from 'vscode-languageserver';
import { PROGRESS, type ProgressParams, STOP, type StopParams } from '../protocol/lsp.ts';
import type { Feature } from './server.ts';
import type { Source } from './source.ts';

/** Tells how far an examination is that someone waits for, and stops it for one who no longer does. */
export const examination: Feature = {
  serve: ({ connection, checking }) => {
    connection.onNotification(STOP, ({ textDocument: { uri } }: StopParams) => checking.stop(uri));
    checking.onProgress = (source, progress) => tellProgress(connection, source, progress);
  },
};

function tellProgress(connection: Connection, { parts }: Source, progress: Omit<ProgressParams, 'uri'>): void {
  for (const { document } of parts) void connection.sendNotification(PROGRESS, { uri: document.uri, ...progress } satisfies ProgressParams);
}
