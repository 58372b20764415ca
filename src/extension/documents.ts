import { type TextDocument, type Uri, workspace } from 'vscode';
import type { DocumentSelector } from 'vscode-languageclient';

const LANGUAGES = ['derivation', 'markdown', 'latex', 'tex', 'quarto', 'rmd'];

/** The files that Chainrule reads, as a pattern of VS Code. */
export const FILES = '**/*.{deriv,md,markdown,qmd,Rmd,tex,ltx,ipynb}';

/** Steps to a derivative, which are shown and kept nowhere. */
export const STEPS_SCHEME = 'chainrule-steps';

/** Where a person keeps files, and steps; not the other side of a comparison, a chat, or a terminal's output. */
const SCHEMES = ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-userdata', 'vscode-test-web', 'memfs', 'github', STEPS_SCHEME];

/** The documents that Chainrule reads. */
export const SELECTOR: DocumentSelector = [
  ...SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
  { notebook: 'jupyter-notebook', language: 'markdown' },
];

const CELL_SCHEME = 'vscode-notebook-cell';

export function isOurs({ languageId, uri }: TextDocument): boolean {
  return LANGUAGES.includes(languageId) && (SCHEMES.includes(uri.scheme) || uri.scheme === CELL_SCHEME);
}

export function isCell({ scheme }: Uri): boolean {
  return scheme === CELL_SCHEME;
}

/** The name of a document's file, of a cell its notebook's. */
export function fileName({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The file that a document is, or whose cell it is. */
export function fileOf(uri: Uri): Uri {
  if (uri.scheme !== CELL_SCHEME) return uri;
  const notebook = workspace.notebookDocuments.find((one) =>
    one.getCells().some(({ document }) => document.uri.toString() === uri.toString()),
  );
  return notebook?.uri ?? uri;
}

/** Where a document is after a file or a folder was renamed; undefined where it is neither. A cell moves with its notebook. */
export function renamedUri(uri: Uri, from: Uri, to: Uri): Uri | undefined {
  return isWithin(uri, from) ? uri.with({ path: `${to.path}${uri.path.slice(from.path.length)}` }) : undefined;
}

/** Whether a document is a file, a cell of it, or in a folder. */
export function isWithin({ path, scheme }: Uri, place: Uri): boolean {
  return (path === place.path || path.startsWith(`${place.path}/`)) && (scheme === place.scheme || scheme === CELL_SCHEME);
}
