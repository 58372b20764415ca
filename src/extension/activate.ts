import type { ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { Abbreviations } from './abbreviations.ts';
import { ClaimTests } from './claim-tests.ts';
import { registerCommands } from './commands.ts';
import { drawFormulas, type Typesetter } from './formula-hover.ts';
import { PanelHost } from './panel-host.ts';
import { Preview } from './preview.ts';
import { Session } from './session.ts';
import { provideSteps } from './show-steps.ts';
import { showStatus } from './status-bar.ts';

/** What VS Code gets of the extension, and what ends it, even before it is ready. */
export interface Started {
  readonly ready: Promise<void>;
  readonly stop: () => Promise<void>;
  readonly exports: Pick<Preview, 'extendMarkdownIt'>;
}

/** Starts everything around a client; what it answers with ends it. */
export function activateWith(context: ExtensionContext, client: BaseLanguageClient, typeset: Typesetter): Started {
  const session = new Session(client);
  drawFormulas(client, session, typeset);
  const panels = new PanelHost(context.extensionUri, session);
  const preview = new Preview(session);
  const abbreviations = new Abbreviations(() => session.abbreviations());
  context.subscriptions.push(
    session,
    panels,
    preview,
    abbreviations,
    provideSteps(),
    registerCommands(context.extensionUri, session, panels, abbreviations),
    showStatus(session),
    new ClaimTests(session),
  );
  // The client tells why a server does not start; the commands stay, and one of them starts it again.
  const ready = session.start().catch(() => {});
  return { ready, stop: () => session.stop(), exports: { extendMarkdownIt: preview.extendMarkdownIt } };
}
