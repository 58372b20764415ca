import { afterEach, describe, expect, it } from 'vitest';
import { connect } from './client.ts';

const URI = 'file:///notes/lecture.deriv';
const TEXT = "M : m×n\nc : m\nx : n\nz = c' M x\ndz/dx = M' c\ny = M c\n";

interface Logged {
  readonly message: string;
  readonly verbose?: string;
}

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

/** What a client hears in its log and its trace while a document is checked to its end. */
async function heard(trace: 'off' | 'messages' | 'verbose'): Promise<{ readonly logged: readonly Logged[]; readonly traced: readonly Logged[] }> {
  const { connection } = connect();
  open.push(connection);
  const logged: Logged[] = [];
  const traced: Logged[] = [];
  connection.onNotification('window/logMessage', (params: Logged) => void logged.push(params));
  connection.onNotification('$/logTrace', (params: Logged) => void traced.push(params));
  const examined = new Promise<void>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', ({ diagnostics }: { diagnostics: readonly { message: string }[] }) => {
      if (diagnostics.some(({ message }) => message.includes('instead of'))) resolve();
    });
  });
  connection.listen();
  await connection.sendRequest('initialize', { processId: null, rootUri: 'file:///notes', capabilities: {}, trace });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'derivation', version: 3, text: TEXT } });
  await examined;
  return { logged, traced };
}

const lines = (all: readonly Logged[]) => all.map(({ message }) => message.replace(/\d+ ms/, 'N ms'));

describe('the log of a client', () => {
  it('tells who serves it, and no more', async () => {
    const { logged, traced } = await heard('off');
    expect(lines(logged)).toEqual(['Chainrule 0.0.0-test in file:///notes; positions are counted in utf-16.']);
    expect(traced).toEqual([]);
  });

  it('tells what was checked where the client traces the server', async () => {
    const { traced } = await heard('messages');
    expect(lines(traced)).toEqual([
      'lecture.deriv, version 3: shapes checked in N ms; 1 problem',
      'lecture.deriv, version 3: claims examined in N ms: 1 verified; 1 problem',
      'lecture.deriv, version 3: repairs looked for in N ms: 1 verified; 1 problem',
    ]);
    expect(traced.every(({ verbose }) => verbose === undefined)).toBe(true);
  });

  it('tells what was found where the client wants to know all', async () => {
    const { traced } = await heard('verbose');
    expect(traced[0]?.verbose).toMatch(/^6:5 shape\/product: `M` times `c` does not fit: [^\n]*$/);
  });
});
