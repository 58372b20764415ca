import type { WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { Follower } from './checking.ts';
import type { Server } from './server.ts';
import type { Source } from './source.ts';

/** Milliseconds that claims may be examined before a client shows that they are. */
const PATIENCE = 1000;

/** Shows in the client, where it shows work, how far an examination is that takes long; a person may end it there. */
export function showWork(server: Server, { uri }: Source): Follower {
  let reporter: WorkDoneProgressServerReporter | null = null;
  let isOver = false;
  const begin = async () => {
    const made = await server.connection.window.createWorkDoneProgress();
    if (isOver) return made.done();
    reporter = made;
    made.token.onCancellationRequested(() => void server.publisher.stop(uri));
    made.begin(server.say('Verifying claims'), 0, uri.slice(uri.lastIndexOf('/') + 1), true);
  };
  // A client that refuses sees nothing of the work, and has it done all the same.
  const timer = setTimeout(() => void begin().catch(() => {}), PATIENCE);
  return {
    progressed: (done, total) => reporter?.report((100 * done) / total, server.say('Verifying claim {0} of {1}', done + 1, total)),
    ended: () => {
      isOver = true;
      clearTimeout(timer);
      reporter?.done();
    },
  };
}
