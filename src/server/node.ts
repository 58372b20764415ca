import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { admission } from './admission.ts';
import type { Host } from './host.ts';
import { findInput, readInput } from './read-input.ts';
import { readTexts } from './read-texts.ts';
import { startServer as serve } from './start-server.ts';
import { serveJobs, verifyInThread } from './verify-thread.ts';
import { isTaken, listFiles, readFile } from './workspace-files.ts';

const now = () => performance.now();

/** The rules' pages lie in the package, beside the bundle. */
function rulePage(code: string): string | undefined {
  const path = join(__dirname, '..', 'docs', 'rules', `${code}.md`);
  return existsSync(path) ? pathToFileURL(path).href : undefined;
}

/** Serves the client that started this process: over standard input and output, a pipe, a socket or Node's messages, as the arguments say. */
export function startServer(): void {
  const texts = (locale: string) => readTexts(join(__dirname, '..', 'l10n'), locale);
  const host: Host = {
    now,
    readTexts: texts,
    readInput,
    findInput,
    listFiles,
    readFile,
    isTaken,
    rulePage,
    verifier: verifyInThread(__filename),
  };
  serve(createConnection(ProposedFeatures.all, { messageStrategy: admission() }), host);
}

serveJobs(now);
