import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Command, type ExitStatus, type Host, UsageError } from './host.ts';
import { readOptions } from './read-options.ts';

export const LSP: Command = {
  name: 'lsp',
  usage: 'chainrule lsp --stdio',
  summary: 'serve an editor by the language server protocol',
  details: '  --stdio            speak on standard input and output',
  run: lsp,
};

/** What dist/server.cjs offers. */
interface Server {
  readonly startServer: () => void;
}

async function lsp(args: readonly string[], host: Host): Promise<ExitStatus> {
  // Editors' client libraries add the process to watch; the server reads it from the arguments itself.
  const { values, positionals } = readOptions(args, { stdio: { type: 'boolean' }, clientProcessId: { type: 'string' } });
  if (values.stdio !== true || positionals.length > 0) throw new UsageError('The server speaks on standard input and output: --stdio.');
  const path = fileURLToPath(new URL('./server.cjs', import.meta.url));
  if (!existsSync(path)) {
    host.err(`chainrule: the language server is not there: ${path}\n`);
    return 2;
  }
  const server: Server = createRequire(import.meta.url)(path);
  server.startServer();
  return 0;
}
