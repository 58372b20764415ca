import { type ExtensionContext, Uri, workspace } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient, type MessageTransports } from 'vscode-languageclient/browser';
import { type Started, activateWith } from './activate.ts';
import { clientOptions } from './client-options.ts';

let stop: (() => Promise<void>) | undefined;

/** The server; a worker does not end by itself when its client leaves. */
let running: Worker | undefined;

/** Called by VS Code in the browser when a derivation is opened. */
export async function activate(context: ExtensionContext): Promise<Started['exports']> {
  const server = () => connect(Uri.joinPath(context.extensionUri, 'dist', 'server-worker.js'));
  const started = await activateWith(context, new LanguageClient('chainrule', 'Chainrule', server, clientOptions(context)));
  stop = started.stop;
  return started.exports;
}

export async function deactivate(): Promise<void> {
  await stop?.();
  running?.terminate();
}

/** The client takes a worker itself only where it is an instance of `Worker`, which those of VS Code's extension host are not. */
async function connect(program: Uri): Promise<MessageTransports> {
  running?.terminate();
  const worker = await startWorker(program);
  running = worker;
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}

/** VS Code starts no workers from a remote machine's files; their text it gives. */
async function startWorker(program: Uri): Promise<Worker> {
  try {
    return new Worker(program.toString(true));
  } catch {
    const text = await workspace.fs.readFile(program);
    return new Worker(URL.createObjectURL(new Blob([text.slice()], { type: 'text/javascript' })));
  }
}
