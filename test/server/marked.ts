import type { Position, Range } from 'vscode-languageserver-protocol';
import { type ClientSetup, startClient, type TestClient } from './client.ts';

export interface Opened {
  readonly client: TestClient;
  readonly uri: string;
  readonly text: string;
  /** The document with the cursor. */
  readonly place: { readonly textDocument: { readonly uri: string }; readonly position: Position };
}

/** Opens texts in which `|` marks the cursor; `closeAll` belongs after each test. */
export function opener() {
  const clients: TestClient[] = [];
  return {
    closeAll: () => {
      for (const one of clients.splice(0)) one.close();
    },
    open: async (marked: string, ending = 'deriv', setup: ClientSetup = {}): Promise<Opened> => {
      const client = await startClient(setup);
      clients.push(client);
      const before = marked.includes('|') ? marked.slice(0, marked.indexOf('|')) : '';
      const text = marked.replace('|', '');
      const uri = `file:///notes/a.${ending}`;
      await client.open(uri, '', text);
      return { client, uri, text, place: { textDocument: { uri }, position: { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 } } };
    },
  };
}

/** The text with guillemets around ranges, none of which overlap. */
export function marked(text: string, ranges: readonly Range[]): string {
  const lines = text.split('\n');
  for (const { start, end } of [...ranges].sort((a, b) => b.start.line - a.start.line || b.start.character - a.start.character)) {
    const line = lines[start.line] as string;
    lines[start.line] = `${line.slice(0, start.character)}«${line.slice(start.character, end.character)}»${line.slice(end.character)}`;
  }
  return lines.join('\n');
}

/** What stands in a range. */
export function textIn(text: string, { start, end }: Range): string {
  const lines = text.split('\n');
  if (start.line === end.line) return (lines[start.line] ?? '').slice(start.character, end.character);
  return [(lines[start.line] ?? '').slice(start.character), ...lines.slice(start.line + 1, end.line), (lines[end.line] ?? '').slice(0, end.character)].join('\n');
}
