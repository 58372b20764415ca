import { isAbsolute, relative } from 'node:path';
import {
  type Disposable,
  l10n,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskScope,
  tasks,
  type WorkspaceFolder,
  workspace,
} from 'vscode';

/** What `tasks.json` may say of a task. */
interface CheckDefinition extends TaskDefinition {
  readonly type: 'chainrule';
  /** Files and folders, seen from the folder of the workspace; all of it where none are named. */
  readonly paths?: readonly string[];
  readonly verify?: boolean;
  readonly maxWarnings?: number;
}

/**
 * VS Code stops reading what a program printed a tenth of a second after its end, while its terminal may still be
 * drawing the lines: those that came last would be missing among the problems.
 */
const LINGERING = '1000';

/** Offers `chainrule check` as a task. `cli` is the program of the command line that comes with the extension. */
export function registerTasks(cli: string): Disposable {
  return tasks.registerTaskProvider('chainrule', {
    provideTasks: () =>
      (workspace.workspaceFolders ?? []).flatMap((folder) => [
        checkTask(cli, { type: 'chainrule' }, folder),
        checkTask(cli, { type: 'chainrule', verify: true }, folder),
      ]),
    resolveTask: ({ definition, scope }) => checkTask(cli, definition as CheckDefinition, isFolder(scope) ? scope : undefined),
  });
}

function isFolder(scope: Task['scope']): scope is WorkspaceFolder {
  return typeof scope === 'object';
}

/** The program runs in the Node that runs the extension, which in the desktop application is asked to be one. */
function checkTask(cli: string, definition: CheckDefinition, folder: WorkspaceFolder | undefined): Task {
  const { paths = ['.'], verify = false, maxWarnings } = definition;
  const args = [
    cli,
    'check',
    ...paths.map((path) => (isAbsolute(path) && folder !== undefined ? relative(folder.uri.fsPath, path) || '.' : path)),
    ...(verify ? ['--verify'] : []),
    ...(maxWarnings === undefined ? [] : ['--max-warnings', String(maxWarnings)]),
  ];
  const execution = new ProcessExecution(process.execPath, args, {
    env: { ELECTRON_RUN_AS_NODE: '1', CHAINRULE_LINGER: LINGERING },
    ...(folder === undefined ? {} : { cwd: folder.uri.fsPath }),
  });
  const name = verify ? l10n.t('check and verify') : l10n.t('check');
  const task = new Task(definition, folder ?? TaskScope.Workspace, name, 'chainrule', execution, '$chainrule-task');
  task.group = TaskGroup.Test;
  return task;
}
