import { IS_TAKEN, type IsTakenParams, type IsTakenResult } from '../protocol/lsp.ts';
import type { Server } from './server.ts';

/** What knows which files there are: the client, or the place that the server runs in. */
type Knowing = Pick<Server, 'client' | 'connection' | 'host' | 'sources'>;

/** More names are not tried; a file that is there is not written over all the same. */
const MOST_NAMES = 100;

/** Where a new file may be put: at the address, or, where something is there, at the next with a number. */
export async function freeFile(server: Knowing, uri: string): Promise<string> {
  for (let number = 2, at = uri; number <= MOST_NAMES; number++) {
    if (!(await isTaken(server, at))) return at;
    at = uri.replace(/\.\w+$/, (ending) => `-${number}${ending}`);
  }
  return uri;
}

/** Whether a file is there, or a document of its name is open. */
async function isTaken({ client, connection, host, sources }: Knowing, uri: string): Promise<boolean> {
  if (sources.get(uri) !== null) return true;
  if (client.options.files !== true) return host.isTaken?.(uri) ?? false;
  return (await connection.sendRequest<IsTakenResult>(IS_TAKEN, { uri } satisfies IsTakenParams)).isTaken;
}
