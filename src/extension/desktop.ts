import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activate.ts';
import { clientOptions } from './client-options.ts';

let stop: (() => Promise<void>) | undefined;

/** Called by VS Code when a derivation is opened. */
export async function activate(context: ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc };
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  stop = await activateWith(context, new LanguageClient('chainrule', 'Chainrule', { run: server, debug }, clientOptions(context)));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
