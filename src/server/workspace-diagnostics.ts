import type { CancellationToken, WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver';
import type { WorkspaceFile } from './host.ts';
import type { PerFile } from './per-file.ts';
import type { Feature, Server } from './server.ts';

/** Answers with the diagnostics of files that are not open, in the folders where a person wants these. */
export const workspaceDiagnostics: Feature = {
  serve: (server) => {
    server.connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, workDone, partial) => {
      const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      const take = (item: WorkspaceDocumentDiagnosticReport) =>
        partial === undefined ? items.push(item) : partial.report({ items: [item] });
      const wanted = await wantedFiles(server);
      if (wanted.length > 0) workDone.begin(server.say('Checking files'), 0, '', true);
      for (const [at, one] of wanted.entries()) {
        workDone.report((100 * at) / wanted.length);
        take(await report(server.files, one, previous, token));
      }
      for (const uri of previous.keys()) if (!wanted.some(({ file }) => file.uri === uri)) take(silence(uri));
      workDone.done();
      return { items };
    });
  },
};

interface Wanted {
  readonly folder: string;
  readonly file: WorkspaceFile;
}

/** Documents that are open are asked for one by one. */
async function wantedFiles({ files, folders, settings }: Server): Promise<readonly Wanted[]> {
  const found: Wanted[] = [];
  for (const folder of folders) {
    if ((await settings.of(folder)).problems !== 'workspace') continue;
    found.push(...files.in(folder).map((file) => ({ folder, file })));
  }
  return found;
}

async function report(
  files: PerFile,
  { folder, file }: Wanted,
  previous: ReadonlyMap<string, string>,
  token: CancellationToken,
): Promise<WorkspaceDocumentDiagnosticReport> {
  const made = await files.diagnostics(folder, file, token);
  if (made === null) return silence(file.uri);
  return made.id === previous.get(file.uri)
    ? { kind: 'unchanged', uri: file.uri, version: null, resultId: made.id }
    : { kind: 'full', uri: file.uri, version: null, resultId: made.id, items: [...made.found] };
}

/** Of a file that is gone, open meanwhile, or no longer wanted. */
function silence(uri: string): WorkspaceDocumentDiagnosticReport {
  return { kind: 'full', uri, version: null, items: [] };
}
