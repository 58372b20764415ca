import type { Connection } from 'vscode-languageserver';

/** Lets go of a request to the client: one that it refuses, or does not know, is noted and changes nothing. */
export function unanswered(connection: Connection, what: string, request: Promise<unknown>): void {
  request.catch((error: unknown) => {
    // The connection may have ended meanwhile, and then there is nobody to tell.
    void Promise.resolve()
      .then(() => connection.console.info(`The client refused ${what}: ${error instanceof Error ? error.message : String(error)}`))
      .catch(() => {});
  });
}
