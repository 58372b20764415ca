import type { HostMessage, PageMessage } from '../protocol/panel.ts';

/** The documents that a message tells the page of. */
export function documentsIn(message: HostMessage): readonly string[] {
  switch (message.kind) {
    case 'show':
      return [message.document.uri, ...message.claims.map(({ uri }) => uri), ...(message.selected === null ? [] : [message.selected.uri])];
    case 'graph':
      return message.graph?.nodes.map(({ uri }) => uri) ?? [];
    default:
      return [];
  }
}

/** Whether what the page asks for lies in documents that it was told of: no page opens any other file. */
export function isAboutTold(message: PageMessage, told: ReadonlySet<string>): boolean {
  return !('uri' in message) || told.has(message.uri);
}
