import { type ExtensionContext, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { activateWith, type Started } from './activate.ts';
import { clientOptions } from './client-options.ts';
import type { Typesetter } from './formula-hover.ts';

let stop: (() => Promise<void>) | undefined;

/** The server; a worker does not end by itself when its client leaves. */
let running: Worker | undefined;

/** What draws formulas, begun with the first. */
let drawing: Promise<Worker> | undefined;

/** An error that nobody handled is told of, and its worker works on. */
const LASTING: ErrorHandler = {
  error: () => ({ action: ErrorAction.Continue }),
  closed: () => ({ action: CloseAction.DoNotRestart }),
};

/** Called by VS Code in the browser when a derivation is opened. */
export async function activate(context: ExtensionContext): Promise<Started['exports']> {
  const server = () => connect(Uri.joinPath(context.extensionUri, 'dist', 'server-worker.js'));
  const outputChannel = window.createOutputChannel('Chainrule', { log: true });
  context.subscriptions.push(outputChannel);
  const logs = { outputChannel, traceOutputChannel: tracing(outputChannel) };
  const started = activateWith(
    context,
    new LanguageClient('chainrule', 'Chainrule', server, { ...clientOptions(context), ...logs, errorHandler: LASTING }),
    typesetter(Uri.joinPath(context.extensionUri, 'dist', 'typeset.cjs')),
  );
  stop = started.stop;
  await started.ready;
  return started.exports;
}

/** VS Code in the browser drops what is written below the level `info`, whichever was chosen; what is traced is told as information. */
function tracing(channel: LogOutputChannel): LogOutputChannel {
  return Object.create(channel, { trace: { value: channel.info } });
}

export async function deactivate(): Promise<void> {
  await stop?.();
  running?.terminate();
  await drawing?.then((worker) => worker.terminate());
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

// ---- formulas

/** Answers each request of a page around the program with the image of its formula. */
const SERVE =
  'self.onmessage = ({ data: { id, latex, colour } }) => self.postMessage({ id, image: module.exports.typeset(latex, colour) });';

/** A module of CommonJS is a worker when it is told what a module is. */
async function startDrawing(program: Uri): Promise<Worker> {
  const text = new TextDecoder().decode(await workspace.fs.readFile(program));
  return new Worker(
    URL.createObjectURL(
      new Blob([`const module = { exports: {} }; const exports = module.exports;\n${text}\n${SERVE}`], { type: 'text/javascript' }),
    ),
  );
}

function typesetter(program: Uri): Typesetter {
  let last = 0;
  return async (latex, colour) => {
    drawing ??= startDrawing(program);
    const worker = await drawing;
    const id = ++last;
    return new Promise((resolve) => {
      const answer = ({ data }: MessageEvent<{ readonly id: number; readonly image: string | null }>) => {
        if (data.id !== id) return;
        worker.removeEventListener('message', answer);
        resolve(data.image);
      };
      worker.addEventListener('message', answer);
      worker.postMessage({ id, latex, colour });
    });
  };
}
