import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { admission } from './admission.ts';
import { startServer } from './start-server.ts';
import { serveJobs, verifyInWorker } from './verify-worker.ts';

declare const self: DedicatedWorkerGlobalScope;

const now = () => performance.now();

if (!serveJobs(now)) {
  const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self), {
    messageStrategy: admission(),
  });
  startServer(connection, { now, verifier: verifyInWorker(now) });
}
