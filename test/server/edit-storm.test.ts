import { afterEach, describe, expect, it } from 'vitest';
import type { DocumentDiagnosticReport, MessageConnection } from 'vscode-languageserver-protocol';
import { random } from '../../src/base/random.ts';
import { startClient, type TestClient } from './client.ts';

// Two hundred edits in each surface, with questions of every kind between them that nobody waits for.

const clients: TestClient[] = [];

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
});

const MACROS = '\\newcommand{\\R}{\\mathbb{R}}\n\\newcommand{\\vx}{\\mathbf{x}}\n';
const FORMULAS = 'Let $W \\in \\R^{m\\times n}$, $\\vx \\in \\R^n$ and $t \\in \\R^m$.\n\n$$L = \\|W \\vx - t\\|^2$$\n\n$$\\frac{\\partial L}{\\partial \\vx} = 2 W^\\top (W \\vx - t)$$\n';
const PLAIN = "# A\nW : m×n; x : n; t : m\nL = ||W x - t||^2\ndL/dx = 2 W' (W x - t)\n\n# B\nu : n\nz = u' x\ndz/du = x\n";

interface Page {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
}

/** What is open, in the order of its cells where it is a notebook. */
const SURFACES: Readonly<Record<string, readonly Page[]>> = {
  'plain notation': [{ uri: 'file:///notes/a.deriv', languageId: 'derivation', text: PLAIN }],
  Markdown: [{ uri: 'file:///notes/a.md', languageId: 'markdown', text: `# A\n\n$$\n${MACROS}$$\n\n${FORMULAS}` }],
  'LaTeX that inputs its macros': [{ uri: 'file:///notes/a.tex', languageId: 'latex', text: `\\documentclass{article}\n\\input{macros}\n\\begin{document}\n${FORMULAS}\\end{document}\n` }],
  'a notebook': [`# A\n$$${MACROS}$$`, ...FORMULAS.split('\n\n')].map((text, at) => ({ uri: `vscode-notebook-cell:/notes/a.ipynb#${at}`, languageId: 'markdown', text })),
};

const TYPED = ['$', '$$', '\\', '{', '}', '(', "'", ' + ', '\n\n', '\n# C\n', 'x', '\\vx', '\\frac{', '= ', '<!-- ', '-->', '\\begin{aligned}', '\\input{macros}', '% ', 'é𝐱', '\nlayout numerator\n'];

const AT_A_PLACE = ['hover', 'definition', 'declaration', 'references', 'documentHighlight', 'completion', 'signatureHelp', 'prepareRename', 'linkedEditingRange', 'prepareCallHierarchy'];
const OF_A_DOCUMENT = ['codeLens', 'documentSymbol', 'foldingRange', 'semanticTokens/full', 'documentLink', 'diagnostic'];

function question(method: string, { uri }: Page, position: { line: number; character: number }): readonly [string, object] {
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: position };
  switch (method) {
    case 'references':
      return ['textDocument/references', { textDocument, position, context: { includeDeclaration: true } }];
    case 'rename':
      return ['textDocument/rename', { textDocument, position, newName: 'q' }];
    case 'selectionRange':
      return ['textDocument/selectionRange', { textDocument, positions: [position] }];
    case 'codeAction':
      return ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }];
    case 'inlayHint':
      return ['textDocument/inlayHint', { textDocument, range }];
    default:
      return [`textDocument/${method}`, AT_A_PLACE.includes(method) ? { textDocument, position } : { textDocument }];
  }
}

const QUESTIONS = [...AT_A_PLACE, ...OF_A_DOCUMENT, 'rename', 'selectionRange', 'codeAction', 'inlayHint'];

const place = (text: string, offset: number) => {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: (lines.at(-1) as string).length };
};

async function opened(pages: readonly Page[]): Promise<{ readonly connection: MessageConnection; readonly errors: string[] }> {
  const errors: string[] = [];
  const readInput = (_: string, path: string) => (path === 'macros' ? MACROS : undefined);
  const client = await startClient({ capabilities: { textDocument: { diagnostic: {} } }, initializationOptions: { chainrule: { verify: 'never' } }, host: { readInput } });
  clients.push(client);
  const { connection } = client;
  connection.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
    if (type === 1) errors.push(message);
  });
  if (pages.length === 1) for (const { uri, languageId, text } of pages) await client.open(uri, languageId, text);
  else
    await connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: { uri: 'file:///notes/a.ipynb', notebookType: 'jupyter-notebook', version: 1, cells: pages.map(({ uri }) => ({ kind: 1, document: uri })) },
      cellTextDocuments: pages.map((page) => ({ ...page, version: 1 })),
    });
  return { connection, errors };
}

function change(connection: MessageConnection, isNotebook: boolean, { uri }: Page, version: number, changes: readonly object[]): Promise<void> {
  const document = { uri, version };
  return isNotebook
    ? connection.sendNotification('notebookDocument/didChange', { notebookDocument: { uri: 'file:///notes/a.ipynb', version }, change: { cells: { textContent: [{ document, changes }] } } })
    : connection.sendNotification('textDocument/didChange', { textDocument: document, contentChanges: changes });
}

async function diagnostics(connection: MessageConnection, pages: readonly Page[]): Promise<readonly unknown[]> {
  const reports = await Promise.all(pages.map(({ uri }) => connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } })));
  return reports.map((report) => (report.kind === 'full' ? report.items : report.kind));
}

describe.each(Object.keys(SURFACES))('two hundred edits of %s', (name) => {
  it('leave no error in the log, no question unanswered, and the diagnostics of the text as it is then', async () => {
    const drawn = random(name.length);
    const below = (count: number) => Math.floor(drawn.uniform() * count);
    const pages = [...(SURFACES[name] as readonly Page[])];
    const original = pages.map(({ text }) => text);
    const { connection, errors } = await opened(pages);
    const answers: Promise<unknown>[] = [];
    for (let version = 2; version < 202; version++) {
      const at = below(pages.length);
      const page = pages[at] as Page;
      const start = below(page.text.length + 1);
      const end = Math.min(page.text.length, start + below(4));
      // Now and then a person takes all of it back.
      const isUndone = version % 20 === 0;
      const typed = isUndone ? (original[at] as string) : (TYPED[below(TYPED.length)] as string);
      const range = { start: place(page.text, start), end: place(page.text, end) };
      const text = isUndone ? typed : page.text.slice(0, start) + typed + page.text.slice(end);
      pages[at] = { ...page, text };
      await change(connection, pages.length > 1, page, version, [isUndone ? { text } : { range, text: typed }]);
      answers.push(connection.sendRequest(...question(QUESTIONS[version % QUESTIONS.length] as string, page, range.start)));
      // Most edits come while the one before is still looked at.
      if (version % 10 === 0) await Promise.allSettled(answers);
    }
    const refused = (await Promise.allSettled(answers)).flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    // A name that cannot be changed is refused with the reason, which is an answer.
    expect(refused.filter((reason) => /mistake|Internal|Cannot read|undefined/.test(reason))).toEqual([]);
    const found = await diagnostics(connection, pages);
    expect(errors).toEqual([]);
    expect(found).toEqual(await diagnostics((await opened(pages)).connection, pages));
  });
});
