import { type ExtensionContext, l10n, Uri } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import type { ClientOptions } from '../protocol/lsp.ts';
import { SELECTOR } from './documents.ts';

/** What client and server are told at the start, on the desktop and in the web alike. */
export function clientOptions({ extensionUri }: ExtensionContext): LanguageClientOptions {
  const initializationOptions: ClientOptions = {
    verifyCommand: true,
    stepsCommand: true,
    severityCommand: true,
    formulas: true,
    files: true,
    rulePage: rulePage(extensionUri),
    ...(l10n.bundle === undefined ? {} : { texts: l10n.bundle }),
  };
  return {
    documentSelector: SELECTOR,
    initializationOptions,
    middleware: {},
    // A problem is asked for when its document is shown and when it changes.
    diagnosticPullOptions: { onChange: true, onTabs: true },
  };
}

/** The rules' pages come with the extension; a code in the Problems panel opens its page. */
function rulePage(extensionUri: Uri): string {
  return `${Uri.joinPath(extensionUri, 'docs', 'rules').toString(true)}/{code}.md`;
}
