import type { Connection } from 'vscode-languageserver';
import { PROGRESS, type ProgressParams, STOP, type StopParams } from '../protocol/lsp.ts';
import type { Feature } from './server.ts';
import { showWork } from './show-work.ts';
import type { Source } from './source.ts';

/** Tells how far an examination is that someone waits for, and stops it for one who no longer does. */
export const examination: Feature = {
  serve: (server) => {
    const { connection, checking, publisher } = server;
    connection.onNotification(STOP, ({ textDocument: { uri } }: StopParams) => publisher.stop(uri));
    checking.follow = (source, of) => {
      // Of one claim only the panel asks, which shows by itself that it waits.
      const shown = of === 'claims' ? showWork(server, source) : null;
      return {
        progressed: (done, total) => {
          tellProgress(connection, source, { of, done, total });
          shown?.progressed(done, total);
        },
        ended: () => shown?.ended(),
      };
    };
  },
};

function tellProgress(connection: Connection, { parts }: Source, progress: Omit<ProgressParams, 'uri'>): void {
  for (const { document } of parts) void connection.sendNotification(PROGRESS, { uri: document.uri, ...progress } satisfies ProgressParams);
}
