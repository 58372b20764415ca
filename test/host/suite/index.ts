import * as vscode from 'vscode';
import { type Case, expect, runCases, until } from './cases.ts';
import { closeAll, codeOf, diagnosed, diagnosticsOf, fileUri, openFile, openUnsaved, rangeOf, replace, silent } from './documents.ts';
import { renderWith } from './stand-in-preview.ts';

/** The suite that runs inside VS Code, in its desktop and in its web extension host. */
export async function run(): Promise<void> {
  await runCases([...EXTENSION, ...DIAGNOSTICS, ...FIXES, ...PANEL, ...PAGES, ...REPORTS, ...PREVIEW, ...BAD_INPUT, ...ANSWERS_OF_BOTH]);
}

const EXTENSION_ID = 'chainrule.chainrule';

/** Which extension host the suite was bundled for. */
declare const HOST: 'desktop' | 'web';

const EXTENSION: readonly Case[] = [
  {
    name: 'it runs in the extension host that is meant',
    act: async () => {
      const isWorker = 'WorkerGlobalScope' in globalThis;
      expect(isWorker === (HOST === 'web'), `this is ${isWorker ? 'a' : 'no'} web worker`);
    },
  },
  {
    name: 'no text is saved by itself, which the cases that write a wrong text rely on',
    act: async () => {
      const saving = vscode.workspace.getConfiguration('files', fileUri('lecture.deriv')).get<string>('autoSave');
      expect(saving === 'off', `files.autoSave is ${saving}`);
    },
  },
  {
    name: 'a .deriv file is a derivation and wakes the extension',
    act: async () => {
      const { document } = await openFile('lecture.deriv');
      expect(document.languageId === 'derivation', `the language is ${document.languageId}`);
      await until('the extension is active', () => vscode.extensions.getExtension(EXTENSION_ID)?.isActive);
    },
  },
  {
    name: 'it gives the Markdown preview its plugin',
    act: async () => {
      const given = await until('what the extension gives', () => vscode.extensions.getExtension(EXTENSION_ID)?.exports as { readonly extendMarkdownIt?: unknown } | undefined);
      expect(typeof given.extendMarkdownIt === 'function', `it gives ${Object.keys(given).join(', ')}`);
    },
  },
  {
    name: 'every command of the manifest is there',
    act: async () => {
      const manifest = vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON as { contributes?: { commands?: { command: string }[] } } | undefined;
      const promised = manifest?.contributes?.commands?.map(({ command }) => command) ?? [];
      const present = new Set(await vscode.commands.getCommands(true));
      expect(promised.includes('chainrule.verifyGradient'), 'the manifest offers no chainrule.verifyGradient');
      expect(promised.every((command) => present.has(command)), `missing: ${promised.filter((command) => !present.has(command)).join(', ')}`);
    },
  },
  {
    name: 'hovering tells the shape under the pointer',
    act: async () => {
      const { document } = await openFile('lecture.deriv');
      const at = rangeOf(document, "M' c").start;
      const text = await until('a hover', async () => hoverText(document.uri, at));
      expect(text.includes('n×m') || text.includes('m×n'), `the hover says ${text}`);
    },
  },
  {
    name: 'a hover draws its formula',
    act: async () => {
      const { document } = await openFile('lecture.deriv');
      await until('an image', async () => (await hoverText(document.uri, rangeOf(document, 'dz/dx').start)).includes('](data:image/svg+xml;base64,'));
    },
  },
  {
    name: 'a word behind a backslash becomes its sign, and Tab puts it in too',
    act: async () => {
      const document = await openUnsaved('x : n\n');
      const editor = vscode.window.activeTextEditor as vscode.TextEditor;
      editor.selection = new vscode.Selection(1, 0, 1, 0);
      for (const character of 'y = \\nabla x') await vscode.commands.executeCommand('type', { text: character });
      await until('the sign', () => document.lineAt(1).text === 'y = ∇ x', () => document.lineAt(1).text);
      for (const character of ' \\mu') await vscode.commands.executeCommand('type', { text: character });
      await vscode.commands.executeCommand('chainrule.expandAbbreviation');
      await until('the other', () => document.lineAt(1).text === 'y = ∇ x μ', () => document.lineAt(1).text);
      await closeAll();
    },
  },
  {
    name: 'what is asked while the server restarts, twice over, is answered',
    act: async () => {
      await openFile('lecture.deriv');
      const restarts = [vscode.commands.executeCommand('chainrule.restartServer'), vscode.commands.executeCommand('chainrule.restartServer')];
      await vscode.commands.executeCommand('chainrule.exportReport', fileUri('restarted.md'));
      await Promise.all(restarts);
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri('restarted.md')));
      expect(/\d+ verified/.test(text), `the report says ${text.slice(0, 500)}`);
      await vscode.workspace.fs.delete(fileUri('restarted.md'));
      await closeAll();
    },
  },
  {
    name: 'a diagnostic is switched off for the workspace by the light bulb',
    act: async () => {
      const { document } = await openFile('broken.deriv');
      const { range } = await diagnosed(document, 'shape/product', 'M c');
      const settings = () => vscode.workspace.getConfiguration('chainrule', document.uri);
      const action = await until('the action', async () => (await quickFixes(document.uri, range)).find(({ title }) => title === 'Switch off `shape/product` in this workspace'));
      await vscode.commands.executeCommand(action.command?.command ?? '', ...(action.command?.arguments ?? []));
      await silent(document, 'shape/product');
      expect(JSON.stringify(settings().inspect('severity')?.workspaceValue) === '{"shape/product":"off"}', `the settings say ${JSON.stringify(settings().inspect('severity'))}`);
      await settings().update('severity', undefined, vscode.ConfigurationTarget.Workspace);
      await diagnosed(document, 'shape/product', 'M c');
      await closeAll();
    },
  },
];

async function hoverText(uri: vscode.Uri, at: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
  return hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
}

const DIAGNOSTICS: readonly Case[] = [
  {
    name: 'a dropped transpose is told in a .deriv file, and no more when it is mended',
    act: async () => {
      const { document } = await openFile('lecture.deriv');
      await replace(document, "= M' c", '= M c');
      const { severity } = await diagnosed(document, 'shape/product', 'M c');
      expect(severity === vscode.DiagnosticSeverity.Error, 'it is no error');
      await replace(document, '= M c', "= M' c");
      await silent(document);
    },
  },
  {
    name: 'a dropped transpose is told in a Markdown file, and no more when it is mended',
    act: async () => {
      const { document } = await openFile('notes.md');
      await replace(document, '2 A^\\top (A', '2 A (A');
      await diagnosed(document, 'shape/product', 'A (A x - b)');
      await replace(document, '2 A (A', '2 A^\\top (A');
      await silent(document);
    },
  },
  {
    name: 'a wrong factor, whose shapes fit, is told by the numbers',
    act: async () => {
      const { document } = await openFile('lecture.deriv');
      await replace(document, "= W' dL/dz", "= 2 W' dL/dz");
      await diagnosed(document, 'verify/refuted', "2 W' dL/dz");
      await replace(document, "= 2 W' dL/dz", "= W' dL/dz");
      await silent(document);
    },
  },
  {
    name: 'a file that was closed and opened again is told of once',
    act: async () => {
      const first = (await openFile('broken.deriv')).document;
      await diagnosed(first, 'shape/product', 'M c');
      await closeAll();
      const { document } = await openFile('broken.deriv');
      await diagnosed(document, 'shape/product', 'M c');
      const count = diagnosticsOf(document).filter((one) => codeOf(one) === 'shape/product').length;
      expect(count === 1, `it is told ${count} times`);
    },
  },
  {
    name: 'a document that was never saved is checked',
    act: async () => {
      const document = await openUnsaved('x : n\nM : m×n\nc : m\nz = M c\n');
      await diagnosed(document, 'shape/product', 'M c');
      await closeAll();
    },
  },
  {
    name: 'many edits in a row leave what the last text deserves',
    act: async () => {
      const { document } = await openFile('lecture.deriv');
      for (let round = 0; round < 10; round += 1) {
        await replace(document, "= M' c", '= M c');
        await replace(document, '= M c', "= M' c");
      }
      await replace(document, "= M' c", '= M c');
      await diagnosed(document, 'shape/product', 'M c');
      await replace(document, '= M c', "= M' c");
      await silent(document);
    },
  },
];

const FIXES: readonly Case[] = [
  {
    name: 'the quick fix puts the transpose back',
    act: async () => {
      const { document } = await openFile('lecture.deriv');
      await replace(document, "= M' c", '= M c');
      const { range } = await diagnosed(document, 'shape/product', 'M c');
      const fix = await until('a quick fix', async () => (await quickFixes(document.uri, range)).find(({ edit }) => edit !== undefined));
      expect(await vscode.workspace.applyEdit(fix.edit as vscode.WorkspaceEdit), 'the fix could not be applied');
      expect(document.getText().includes("dy/dx dz/dy = M' c"), `the line is now ${document.lineAt(range.start.line).text}`);
      await silent(document);
    },
  },
];

/** An action may come without its edit until it is asked for; the last argument asks for it. */
function quickFixes(uri: vscode.Uri, range: vscode.Range): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, vscode.CodeActionKind.QuickFix.value, 5);
}

const PANEL: readonly Case[] = [
  {
    name: 'Verify Gradient opens one panel, however often it is asked',
    act: async () => {
      const editor = await openFile('lecture.deriv');
      const at = rangeOf(editor.document, 'dL/db = dL/dz').start;
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand('chainrule.verifyGradient');
      await until('a panel', () => panels().length === 1, tabNames);
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand('chainrule.verifyGradient');
      await until('the same panel', () => panels().length === 1, tabNames);
      await closeAll();
      await until('no panel', () => panels().length === 0, tabNames);
    },
  },
  {
    name: 'the title of a panel tells no verdict on a text that was thrown away',
    act: async () => {
      const document = await openUnsaved("x : n\nL = x' x\ndL/dx = 3 x\n");
      const editor = await vscode.window.showTextDocument(document);
      const at = rangeOf(document, 'dL/dx').start;
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand('chainrule.verifyGradient');
      await until('a verdict', () => panels()[0]?.label === '✗ dL/dx', tabNames);
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await until('a title without one', () => panels()[0]?.label === 'Gradient', tabNames);
      await closeAll();
    },
  },
];

const PAGES: readonly Case[] = [
  {
    name: 'a command given on a page acts on the document behind it',
    act: async () => {
      const { document } = await openFile('lecture.deriv');
      await vscode.commands.executeCommand('workbench.action.openSettings2');
      await until('no text editor', () => vscode.window.activeTextEditor === undefined && vscode.window.visibleTextEditors.length === 0, tabNames);
      await vscode.commands.executeCommand('chainrule.verifyGradient');
      await until('a panel', () => panels().length === 1, tabNames);
      expect(vscode.window.visibleTextEditors.some((editor) => editor.document === document), `in sight are ${tabNames()}`);
      await closeAll();
    },
  },
];

const REPORTS: readonly Case[] = [
  {
    name: 'the report of a document is written where it was asked for',
    act: async () => {
      await openFile('lecture.deriv');
      for (const [name, start] of [['report.html', '<!DOCTYPE html>'], ['report.md', '# Verification of lecture']] as const) {
        await vscode.commands.executeCommand('chainrule.exportReport', fileUri(name));
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri(name)));
        expect(text.startsWith(start), `${name} begins with ${text.slice(0, 80)}`);
        expect(/\d+ verified/.test(text), `${name} tells of nothing verified: ${text.slice(0, 2000)}`);
        await vscode.workspace.fs.delete(fileUri(name));
      }
    },
  },
];

/** Documents with the reports that the command line wrote of them, before the suite was bundled. */
declare const ANSWERS: readonly { readonly name: string; readonly text: string; readonly report: string }[];

const ANSWERS_OF_BOTH: readonly Case[] = ANSWERS.map(({ name, text, report }) => ({
  name: `claims of ${name} have the verdicts, errors and points of the command line, digit for digit`,
  act: async () => {
    const [file, written] = [fileUri(name), fileUri('answers-report.md')];
    const isOfWorkspace = await vscode.workspace.fs.stat(file).then(() => true, () => false);
    if (!isOfWorkspace) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const { document } = await openFile(name);
    expect(document.getText() === text, `${name} is another text than the command line was given`);
    await vscode.commands.executeCommand('chainrule.exportReport', written);
    const lines = new TextDecoder().decode(await vscode.workspace.fs.readFile(written)).split('\n');
    const expected = report.split('\n');
    const at = expected.findIndex((line, k) => line !== lines[k]);
    expect(at < 0 && lines.length === expected.length, `line ${at + 1} is ${lines[at]}, and on the command line ${expected[at]}`);
    await vscode.workspace.fs.delete(written);
    await closeAll();
    if (!isOfWorkspace) await vscode.workspace.fs.delete(file);
  },
}));

const PREVIEW: readonly Case[] = [
  {
    name: 'the Markdown preview marks what is verified, and what is wrong once it is',
    act: async () => {
      const { document } = await openFile('notes.md');
      await until('a verified mark', async () => (await preview(document)).includes('chainrule-verified'), () => lastPreview);
      await replace(document, '2 A^\\top (A', '3 A^\\top (A');
      await until('a mark of what is wrong', async () => (await preview(document)).includes('✗ wrong'), () => lastPreview);
      await replace(document, '3 A^\\top (A', '2 A^\\top (A');
      await until('no mark of what is wrong', async () => !(await preview(document)).includes('✗ wrong'), () => lastPreview);
    },
  },
  {
    name: 'the Markdown preview shows shapes below factors where that is set, and no marks where they are not wanted',
    act: async () => {
      const settings = () => vscode.workspace.getConfiguration('chainrule.preview');
      const { document } = await openFile('notes.md');
      await settings().update('shapes', true, vscode.ConfigurationTarget.Workspace);
      const below = '\\underset{\\:\\textsf{n}{\\times}\\textsf{1}\\:}{\\nabla_x f';
      await until('shapes', async () => (await preview(document)).includes(below), () => lastPreview);
      await settings().update('shapes', undefined, vscode.ConfigurationTarget.Workspace);
      await settings().update('marks', false, vscode.ConfigurationTarget.Workspace);
      await until('no marks', async () => !(await preview(document)).includes('chainrule-'), () => lastPreview);
      await settings().update('marks', undefined, vscode.ConfigurationTarget.Workspace);
    },
  },
];

let lastPreview = '';

/** The page of the built-in Markdown preview; this VS Code has none for the extension host in the browser. */
async function preview(document: vscode.TextDocument): Promise<string> {
  lastPreview = HOST === 'desktop' ? await vscode.commands.executeCommand<string>('markdown.api.render', document) : renderWith(await plugin(), document);
  return lastPreview;
}

async function plugin(): Promise<(md: object) => unknown> {
  const given = (await vscode.extensions.getExtension(EXTENSION_ID)?.activate()) as { readonly extendMarkdownIt: (md: object) => unknown } | undefined;
  if (given === undefined) throw new Error('the extension is not there');
  return given.extendMarkdownIt;
}

function panels(): readonly vscode.Tab[] {
  return allTabs().filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.toLowerCase().includes('chainrule'));
}

function allTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

function tabNames(): string {
  return `Tabs: ${allTabs().map(({ label, input }) => `${label} (${(input as object | undefined)?.constructor.name})`).join(', ')}`;
}

const BAD_INPUT: readonly Case[] = [
  {
    name: 'after ten thousand nested brackets the server still answers',
    act: async () => {
      const nested = await openUnsaved(`x : n\ny = ${'('.repeat(10_000)}x${')'.repeat(10_000)}\n`);
      await until('the brackets are told of', () => diagnosticsOf(nested).length > 0, () => 'Nothing was said of them.');
      await stillAnswers();
    },
  },
  {
    name: 'brackets that never close leave the server answering',
    act: async () => {
      await openUnsaved(`y = ${'[('.repeat(5_000)}\n`);
      await stillAnswers();
    },
  },
  {
    name: 'a dimension n/0 and a line that states nothing are told of at their place',
    act: async () => {
      const document = await openUnsaved('y : m\nx : n/0\nlayuot numerator\n');
      for (const line of [1, 2]) {
        await until(`something on line ${line + 1}`, () => diagnosticsOf(document).some(({ range }) => range.start.line === line), () => JSON.stringify(diagnosticsOf(document)));
      }
      await closeAll();
    },
  },
  {
    name: 'an empty file is silent',
    act: async () => {
      const { document } = await openFile('empty.deriv');
      await stillAnswers();
      expect(diagnosticsOf(document).length === 0, 'something is said of an empty file');
      expect(document.uri.toString() === fileUri('empty.deriv').toString(), 'another file was opened');
    },
  },
];

/** Another document is checked to its end. */
async function stillAnswers(): Promise<void> {
  const document = await openUnsaved('M : m×n\nc : m\nz = M c\n');
  await diagnosed(document, 'shape/product', 'M c');
  await closeAll();
}
