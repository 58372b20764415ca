import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith } from './activate.ts';
import { clientOptions } from './client-options.ts';

let stop: (() => Promise<void>) | undefined;

/** Called by VS Code in the browser when a derivation is opened. */
export async function activate(context: ExtensionContext): Promise<void> {
  const program = Uri.joinPath(context.extensionUri, 'dist', 'server-worker.js').toString(true);
  const server = async () => new Worker(program);
  stop = await activateWith(context, new LanguageClient('chainrule', 'Chainrule', server, clientOptions(context)));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
