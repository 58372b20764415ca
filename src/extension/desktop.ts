import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith, type Started } from './activate.ts';
import { clientOptions } from './client-options.ts';
import type { Typesetter } from './formula-hover.ts';
import { registerTasks } from './tasks.ts';

let stop: (() => Promise<void>) | undefined;

/** Called by VS Code when a derivation is opened. */
export async function activate(context: ExtensionContext): Promise<Started['exports']> {
  const server = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc };
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  context.subscriptions.push(registerTasks(context.asAbsolutePath('dist/cli.js')));
  const started = activateWith(
    context,
    new LanguageClient('chainrule', 'Chainrule', { run: server, debug }, clientOptions(context)),
    typesetter(context.asAbsolutePath('dist/typeset.cjs')),
  );
  stop = started.stop;
  await started.ready;
  return started.exports;
}

export async function deactivate(): Promise<void> {
  await stop?.();
}

/** The program that draws formulas is large, and read when the first is drawn. */
function typesetter(program: string): Typesetter {
  return async (latex, colour) => (require(program) as typeof import('./typeset.ts')).typeset(latex, colour);
}
