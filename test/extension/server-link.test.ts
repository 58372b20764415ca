import { describe, expect, it } from 'vitest';
import { type LinkedClient, ServerLink } from '../../src/extension/server-link.ts';

type State = 'stopped' | 'starting' | 'running' | 'stopping' | 'failed';

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A client that is as strict as that of `vscode-languageclient`: what it refuses there it refuses here, with the same words. */
class StrictClient implements LinkedClient {
  readonly said: string[] = [];
  startsFail = false;
  stopsTimeOut = false;
  #state: State = 'stopped';
  readonly #cutOff = new Set<(error: Error) => void>();

  start = async (): Promise<void> => {
    if (this.#state === 'stopping') throw new Error('Client is currently stopping. Can only restart a full stopped client');
    this.#state = 'starting';
    await pause(5);
    this.#state = this.startsFail ? 'failed' : 'running';
    this.said.push(this.#state);
    if (this.startsFail) throw new Error('Starting server failed');
  };

  stop = async (): Promise<void> => {
    if (this.#state !== 'running') throw new Error("Client is not running and can't be stopped.");
    this.#state = 'stopping';
    for (const cutOff of this.#cutOff) cutOff(new Error('Pending response rejected since connection got disposed'));
    await pause(5);
    this.#state = 'stopped';
    this.said.push('stopped');
    if (this.stopsTimeOut) throw new Error('Stopping the server timed out');
  };

  needsStop = () => this.#state === 'starting' || this.#state === 'running';
  isRunning = () => this.#state === 'running';

  sendRequest = async <R>(method: string, params: unknown): Promise<R> => {
    if (this.#state !== 'running') throw new Error('Client is not running');
    if (method === 'refused') throw new Error('refused');
    await new Promise<void>((resolve, reject) => {
      this.#cutOff.add(reject);
      setTimeout(resolve, 5);
    });
    return params as R;
  };

  sendNotification = async (method: string): Promise<void> => {
    if (this.#state !== 'running') throw new Error('Client is not running');
    this.said.push(method);
  };
}

function linked(): { readonly client: StrictClient; readonly link: ServerLink } {
  const client = new StrictClient();
  return { client, link: new ServerLink(client, () => new Error('There is no server.')) };
}

describe('a question to the server', () => {
  it('waits for a server that starts', async () => {
    const { link } = linked();
    void link.start();
    expect(await link.ask('shape', 1)).toBe(1);
  });

  it('waits for one that is restarted, however often', async () => {
    const { client, link } = linked();
    await link.start();
    void link.restart();
    void link.restart();
    expect(await link.ask('shape', 2)).toBe(2);
    expect(client.said).toEqual(['running', 'stopped', 'running', 'stopped', 'running']);
  });

  it('is asked again when a restart cuts it off', async () => {
    const { link } = linked();
    await link.start();
    const answer = link.ask('shape', 3);
    await pause(1);
    await link.restart();
    expect(await answer).toBe(3);
  });

  it('has the answer of a server that refuses it', async () => {
    const { link } = linked();
    await link.start();
    await expect(link.ask('refused', 0)).rejects.toThrow('refused');
  });

  it('ends in silence when the extension does, before, while and after it is asked', async () => {
    const { link } = linked();
    await link.start();
    const asked = link.ask('shape', 4);
    await pause(1);
    const stopped = link.stop();
    for (const question of [asked, link.ask('shape', 5)]) await expect(question).rejects.toMatchObject({ name: 'Canceled', message: 'Canceled' });
    await stopped;
    await expect(link.ask('shape', 6)).rejects.toMatchObject({ name: 'Canceled' });
  });

  it('says that there is no server where none starts, until one does', async () => {
    const { client, link } = linked();
    client.startsFail = true;
    await expect(link.start()).rejects.toThrow('Starting server failed');
    await expect(link.ask('shape', 7)).rejects.toThrow('There is no server.');
    client.startsFail = false;
    await link.restart();
    expect(await link.ask('shape', 8)).toBe(8);
  });
});

describe('a server', () => {
  it('is stopped after it has started, when the extension ends meanwhile', async () => {
    const { client, link } = linked();
    const [started, stopped] = [link.start(), link.stop()];
    await expect(Promise.all([started, stopped])).resolves.toBeDefined();
    expect(client.needsStop()).toBe(false);
    expect(client.isRunning()).toBe(false);
  });

  it('that takes too long to stop does not keep the next one from starting', async () => {
    const { client, link } = linked();
    await link.start();
    client.stopsTimeOut = true;
    await link.restart();
    expect(await link.ask('shape', 9)).toBe(9);
  });

  it('is told nothing while it is not there', async () => {
    const { client, link } = linked();
    await link.tell('early', {});
    await link.start();
    await link.tell('now', {});
    await link.stop();
    await link.tell('late', {});
    expect(client.said).toEqual(['running', 'now', 'stopped']);
  });

  it('under any order of starts, restarts, questions and stops never has a question refused for the client', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { link } = linked();
      const next = sequence(seed);
      void link.start();
      const questions: Promise<unknown>[] = [];
      for (let step = 0; step < 12; step++) {
        const choice = next() % 4;
        if (choice === 0) void link.restart();
        else if (choice === 1) await pause(next() % 7);
        else questions.push(link.ask('shape', step).catch((error: Error) => `refused: ${error.message}`));
      }
      expect((await Promise.all(questions)).filter((answer) => typeof answer === 'string')).toEqual([]);
      await link.stop();
    }
  });
});

/** Numbers that look random, the same for a seed. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) >>> 3;
}
