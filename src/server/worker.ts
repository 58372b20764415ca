import { BrowserMessageReader, BrowserMessageWriter, ProposedFeatures, createConnection } from 'vscode-languageserver/browser';
import { startServer } from './start-server.ts';
import { verifyHere } from './verify-here.ts';

declare const self: DedicatedWorkerGlobalScope;

const now = () => performance.now();

const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer(connection, { now, verifier: verifyHere(now) });
