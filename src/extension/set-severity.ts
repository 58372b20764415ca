import { ConfigurationTarget, Uri, workspace } from 'vscode';
import type { SeverityChange } from '../protocol/lsp.ts';
import { INVALID, object, oneOf, type Reader, string } from '../protocol/read.ts';

const severityChange: Reader<SeverityChange> = object<SeverityChange>({ uri: string, code: string, severity: oneOf('off') });

/** Writes the severity of a diagnostic into the settings of the folder it was shown in; where no folder is open, of the person. */
export async function setSeverity(argument: unknown): Promise<void> {
  const change = severityChange(argument);
  if (change === INVALID) return;
  const uri = Uri.parse(change.uri);
  const settings = workspace.getConfiguration('chainrule', uri);
  const target = targetOf(uri);
  const inspected = settings.inspect<Readonly<Record<string, string>>>('severity');
  const known =
    target === ConfigurationTarget.Global
      ? inspected?.globalValue
      : target === ConfigurationTarget.Workspace
        ? inspected?.workspaceValue
        : inspected?.workspaceFolderValue;
  await settings.update('severity', { ...known, [change.code]: change.severity }, target);
}

function targetOf(uri: Uri): ConfigurationTarget {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return ConfigurationTarget.Global;
  return folders.length > 1 && workspace.getWorkspaceFolder(uri) !== undefined
    ? ConfigurationTarget.WorkspaceFolder
    : ConfigurationTarget.Workspace;
}
