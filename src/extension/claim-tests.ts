import {
  type CancellationToken,
  Disposable,
  Location,
  l10n,
  MarkdownString,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  TestRunProfileKind,
  type TestRunRequest,
  type TextDocument,
  tests,
  Uri,
  workspace,
} from 'vscode';
import type { FileClaim } from '../protocol/lsp.ts';
import { shownError } from '../protocol/shown-error.ts';
import { FILES, fileName, fileOf, isCell, isOurs } from './documents.ts';
import { toRange } from './ranges.ts';
import type { Session } from './session.ts';

const ELSEWHERE = '**/{node_modules,.git}/**';
/** More files are not looked into. */
const MOST_FILES = 2000;
/** Milliseconds after which a file that changed is read again. */
const REST = 500;

const LANGUAGES: Readonly<Record<string, string>> = { deriv: 'derivation', tex: 'latex', ltx: 'latex', ipynb: 'json' };

/** Each claim of the workspace as a test: it passes when numbers verify it. */
export class ClaimTests implements Disposable {
  readonly #session: Session;
  readonly #controller: TestController;
  readonly #subscriptions: Disposable;
  /** What the claims of a file were read from. */
  readonly #contents = new WeakMap<TestItem, string>();
  readonly #places = new WeakMap<TestItem, FileClaim>();
  readonly #resting = new Map<string, ReturnType<typeof setTimeout>>();
  /** Whether someone looks at the tests: before that no file is read for them. */
  #isShown = false;

  constructor(session: Session) {
    this.#session = session;
    this.#controller = tests.createTestController('chainrule.claims', l10n.t('Gradient Claims'));
    this.#controller.resolveHandler = async (item) => {
      if (item === undefined) await this.#discover();
      else await this.#findCells(item);
    };
    this.#controller.refreshHandler = (token) => this.#discover(token);
    this.#controller.createRunProfile(l10n.t('Verify'), TestRunProfileKind.Run, (request, token) => this.#run(request, token), true);
    const watcher = workspace.createFileSystemWatcher(FILES);
    this.#subscriptions = Disposable.from(
      this.#controller,
      watcher,
      watcher.onDidCreate((uri) => this.#changed(uri)),
      watcher.onDidChange((uri) => this.#changed(uri)),
      watcher.onDidDelete((uri) => this.#controller.items.delete(uri.toString())),
      session.onDidCheck(({ uri }) => this.#changed(fileOf(Uri.parse(uri)))),
    );
  }

  dispose(): void {
    for (const timer of this.#resting.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  async #discover(token?: CancellationToken): Promise<void> {
    this.#isShown = true;
    const files = await workspace.findFiles(FILES, ELSEWHERE, MOST_FILES, token);
    const known = new Set(files.map(String));
    this.#controller.items.forEach(({ id }) => {
      if (!known.has(id)) this.#controller.items.delete(id);
    });
    for (const uri of files) {
      if (token?.isCancellationRequested === true) return;
      await this.#readFile(uri);
    }
  }

  /** Only of a notebook that is open it is known where its cells are; whoever unfolds it wants to go to them. */
  async #findCells(file: TestItem): Promise<void> {
    if (file.uri === undefined || !isNotebook(file.uri)) return;
    try {
      await workspace.openNotebookDocument(file.uri);
    } catch {
      // Where nothing opens notebooks its claims stay in the file.
      return;
    }
    await this.#readFile(file.uri);
  }

  /** A file changed on the disk, or in an editor. */
  #changed(uri: Uri): void {
    const isOpen = workspace.textDocuments.some((document) => fileOf(document.uri).toString() === uri.toString() && isOurs(document));
    if ((!this.#isShown && !isOpen) || workspace.getWorkspaceFolder(uri) === undefined) return;
    clearTimeout(this.#resting.get(uri.toString()));
    this.#resting.set(
      uri.toString(),
      setTimeout(() => void this.#readFile(uri), REST),
    );
  }

  /** Makes a file's items those of the claims in it; one without claims has none. */
  async #readFile(uri: Uri): Promise<void> {
    const text = await textOf(uri);
    const claims = text === null ? null : await this.#claims(uri, text, false);
    if (text === null || claims === null) return;
    if (claims.length === 0) {
      this.#controller.items.delete(uri.toString());
      return;
    }
    const known = this.#controller.items.get(uri.toString());
    const file = known ?? this.#controller.createTestItem(uri.toString(), fileName(uri), uri);
    if (known === undefined) this.#controller.items.add(file);
    // Files of one name are told apart by their folders.
    file.description = folderOf(uri);
    file.canResolveChildren = isNotebook(uri);
    this.#place(file, claims);
    // What was verified of another text is shown as out of date.
    const content = isNotebook(uri) ? cellsIn(text) : text;
    if (known !== undefined && this.#contents.get(file) !== content) this.#controller.invalidateTestResults(file);
    this.#contents.set(file, content);
  }

  #place(file: TestItem, claims: readonly FileClaim[]): void {
    const items = identified(claims).map(([id, claim], at) => {
      const known = file.children.get(id);
      const uri = Uri.parse(claim.uri);
      const stays = known?.uri?.toString() === uri.toString();
      const item = stays ? known : this.#controller.createTestItem(id, claim.text.replace(/\s+/g, ' '), uri);
      this.#places.set(item, claim);
      // VS Code puts the line of a range where the address of a cell says which cell it is.
      if (!isNotebook(uri) && !isCell(uri)) item.range = toRange(claim.range);
      item.description = claim.section;
      item.sortText = String(at).padStart(8, '0');
      return item;
    });
    file.children.replace(items);
  }

  async #claims(
    uri: Uri,
    text: string,
    verify: boolean,
    at?: readonly TestItem[],
    token?: CancellationToken,
  ): Promise<readonly FileClaim[] | null> {
    try {
      const ending = /\.(\w+)$/.exec(uri.path)?.[1] ?? '';
      const textDocument = { uri: uri.toString(), languageId: openDocument(uri)?.languageId ?? LANGUAGES[ending] ?? 'markdown' };
      const places = at?.flatMap((item) => {
        const place = this.#places.get(item);
        return place === undefined ? [] : [{ uri: place.uri, position: place.range.start }];
      });
      return (await this.#session.fileClaims({ textDocument, text, verify, ...(places === undefined ? {} : { at: places }) }, token))
        .claims;
    } catch {
      // The server is being restarted: the next change tells.
      return null;
    }
  }

  // ---- running

  async #run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    for (const [file, items] of this.#chosen(request)) {
      if (token.isCancellationRequested) break;
      for (const item of items) run.started(item);
      await this.#runFile(run, file, items, token);
    }
    run.end();
  }

  /** The claims to run, file by file. */
  #chosen({ include, exclude = [] }: TestRunRequest): ReadonlyMap<TestItem, readonly TestItem[]> {
    const chosen = new Map<TestItem, Set<TestItem>>();
    const add = (item: TestItem) => {
      if (exclude.includes(item)) return;
      if (item.parent === undefined) item.children.forEach(add);
      else chosen.set(item.parent, (chosen.get(item.parent) ?? new Set()).add(item));
    };
    if (include === undefined) this.#controller.items.forEach(add);
    else include.forEach(add);
    return new Map([...chosen].map(([file, items]) => [file, [...items]]));
  }

  async #runFile(run: TestRun, file: TestItem, items: readonly TestItem[], token: CancellationToken): Promise<void> {
    if (file.uri === undefined) return;
    const began = performance.now();
    const text = await textOf(file.uri);
    const claims = text === null ? null : await this.#claims(file.uri, text, true, items, token);
    const took = (performance.now() - began) / Math.max(1, items.length);
    const byId = new Map(identified(claims ?? []));
    for (const item of items) tell(run, item, byId.get(item.id), took);
  }
}

function openDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** The text of a file, as it is in an editor or on the disk; of an open notebook its cells. Null where it is gone. */
async function textOf(uri: Uri): Promise<string | null> {
  const notebook = workspace.notebookDocuments.find((one) => one.uri.toString() === uri.toString());
  if (notebook !== undefined) return JSON.stringify(notebook.getCells().map(({ document }) => document.getText()));
  try {
    return openDocument(uri)?.getText() ?? new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

/** A notebook as a whole, and none of its cells: no place in its file can be shown. */
function isNotebook(uri: Uri): boolean {
  return uri.path.endsWith('.ipynb') && !isCell(uri);
}

/** What stands in the cells of a notebook, as it is in its file or as it is open. */
function cellsIn(text: string): string {
  try {
    const { cells } = JSON.parse(text) as { readonly cells?: readonly { readonly source?: string | readonly string[] }[] };
    return cells === undefined
      ? text
      : JSON.stringify(cells.map(({ source = '' }) => (typeof source === 'string' ? source : source.join(''))));
  } catch {
    return text;
  }
}

function folderOf(uri: Uri): string {
  const path = workspace.asRelativePath(uri);
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A name that stays while the claim moves: its section and text, and which of those it is. */
function identified(claims: readonly FileClaim[]): readonly (readonly [string, FileClaim])[] {
  const seen = new Map<string, number>();
  return claims.map((claim) => {
    const name = `${claim.section}\n${claim.text}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return [`${name}\n${count}`, claim] as const;
  });
}

function tell(run: TestRun, item: TestItem, claim: FileClaim | undefined, took: number): void {
  switch (claim?.status) {
    case 'verified':
      run.appendOutput(
        `${item.label}: ${l10n.t('verified')}${claim.maxRelativeError === undefined ? '' : `, ${shownError(claim.maxRelativeError, (error) => error.toExponential(0))}`}\r\n`,
        undefined,
        item,
      );
      return run.passed(item, took);
    case 'refuted':
      return run.failed(item, failures(item, claim), took);
    case 'inconclusive':
      if (claim.problems.length > 0) return run.failed(item, failures(item, claim), took);
      run.appendOutput(
        `${item.label}: ${l10n.t('inconclusive')}${claim.reason === undefined ? '' : ` (${claim.reason})`}\r\n`,
        undefined,
        item,
      );
      return run.skipped(item);
    default:
      return run.skipped(item);
  }
}

/** What is wrong, where it stands, and what would be right. */
function failures(item: TestItem, { problems, repair, range }: FileClaim): TestMessage[] {
  const found = problems.length > 0 ? problems : [{ message: l10n.t('refuted'), range }];
  return found.map(({ message, range: at }) => {
    const text = new MarkdownString(message);
    if (repair !== undefined) text.appendMarkdown(`\n\n${l10n.t('Right would be')} \`${repair}\``);
    const told = new TestMessage(text);
    if (item.uri !== undefined && !isNotebook(item.uri)) told.location = new Location(item.uri, toRange(at));
    return told;
  });
}
