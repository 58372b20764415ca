import type { ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { registerCommands } from './commands.ts';
import { PanelHost } from './panel-host.ts';
import { Session } from './session.ts';
import { showStatus } from './status-bar.ts';

/** Starts everything around a client; what it answers with ends it. */
export async function activateWith(context: ExtensionContext, client: BaseLanguageClient): Promise<() => Promise<void>> {
  const session = new Session(client);
  const panels = new PanelHost(context.extensionUri, session);
  context.subscriptions.push(session, panels, registerCommands(session, panels), showStatus(session));
  await session.start();
  return () => session.stop();
}
