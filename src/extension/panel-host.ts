import { Disposable, env, l10n, Uri, ViewColumn, type Webview, type WebviewPanel, window, workspace } from 'vscode';
import { type PanelState, readPanelState } from '../protocol/panel.ts';
import type { Position } from '../protocol/report.ts';
import { currentPlace } from './current-place.ts';
import { FILES } from './documents.ts';
import { Panel } from './panel.ts';
import { type PageLanguage, panelPage } from './panel-page.ts';
import { fromPosition } from './ranges.ts';
import type { Session } from './session.ts';

/** What VS Code calls the panel; it finds it again under this name after a reload. */
const VIEW_TYPE = 'chainrule.gradient';

/** Milliseconds that the cursor has to rest before panels follow it. */
const REST = 120;

/** Opens panels, revives them, and tells them what happens in the editors. */
export class PanelHost implements Disposable {
  readonly #extensionUri: Uri;
  readonly #session: Session;
  readonly #panels = new Set<Panel>();
  readonly #subscriptions: Disposable;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(extensionUri: Uri, session: Session) {
    this.#extensionUri = extensionUri;
    this.#session = session;
    const watcher = workspace.createFileSystemWatcher(FILES, true, true);
    this.#subscriptions = Disposable.from(
      watcher,
      watcher.onDidDelete((uri) => this.#each((panel) => panel.deleted(uri))),
      workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) this.#each((panel) => panel.deleted(uri));
      }),
      window.registerWebviewPanelSerializer(VIEW_TYPE, { deserializeWebviewPanel: async (panel, state) => this.#revive(panel, state) }),
      window.onDidChangeTextEditorSelection(() => this.#follow()),
      window.onDidChangeActiveTextEditor(() => this.#follow()),
      window.onDidChangeNotebookEditorSelection(() => this.#follow()),
      window.onDidChangeActiveNotebookEditor(() => this.#follow()),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
        this.#each((panel) => panel.changed(document.uri.toString(), [...contentChanges])),
      ),
      workspace.onDidCloseTextDocument(({ uri, isUntitled }) => {
        if (isUntitled) this.#each((panel) => panel.discarded(uri));
      }),
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.#each((panel) => panel.renamed(oldUri, newUri));
      }),
      session.onDidProgress((progress) => this.#each((panel) => panel.progressed(progress))),
      session.onDidCheck(({ uri }) => this.#each((panel) => panel.checked(uri))),
    );
  }

  /** Shows a claim in the panel that is not pinned, or in a new one beside the editor. */
  show(uri: string, position: Position): void {
    const free = [...this.#panels].find((panel) => !panel.isPinned);
    if (free !== undefined) {
      free.show(uri, position);
      return;
    }
    const panel = window.createWebviewPanel(
      VIEW_TYPE,
      l10n.t('Gradient'),
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableFindWidget: true },
    );
    this.#adopt(panel, { uri, position, pinned: false, options: {} });
  }

  dispose(): void {
    clearTimeout(this.#resting);
    this.#subscriptions.dispose();
    this.#each((panel) => panel.dispose());
  }

  #revive(panel: WebviewPanel, state: unknown): void {
    const read = readPanelState(state);
    if (read === null) panel.dispose();
    else this.#adopt(panel, read);
  }

  #adopt(webviewPanel: WebviewPanel, state: PanelState): void {
    webviewPanel.iconPath = {
      light: Uri.joinPath(this.#extensionUri, 'media', 'panel-light.svg'),
      dark: Uri.joinPath(this.#extensionUri, 'media', 'panel-dark.svg'),
    };
    const panel = new Panel(webviewPanel, this.#session, state);
    this.#panels.add(panel);
    panel.onDidDispose(() => this.#panels.delete(panel));
    this.#load(webviewPanel.webview);
  }

  #load(webview: Webview): void {
    webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(this.#extensionUri, 'dist')] };
    webview.html = panelPage(webview, this.#extensionUri, languageOfReader());
  }

  /** Panels go where the cursor has come to rest. What only has the focus beside an editor, such as a panel, leads nowhere, nor does a notebook without a chosen cell. */
  #follow(): void {
    if (this.#panels.size === 0) return;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      const { activeTextEditor, activeNotebookEditor } = window;
      const isSomewhere = activeTextEditor !== undefined || activeNotebookEditor?.selection.isEmpty === false;
      const place = isSomewhere ? currentPlace() : null;
      if (place !== null) this.#each((panel) => panel.follow(place.document.uri.toString(), fromPosition(place.position)));
    }, REST);
  }

  #each(tell: (panel: Panel) => void): void {
    for (const panel of this.#panels) tell(panel);
  }
}

/** English where there is no bundle for the language of VS Code. */
function languageOfReader(): PageLanguage {
  return l10n.bundle === undefined ? { code: 'en', texts: {} } : { code: env.language, texts: l10n.bundle };
}
