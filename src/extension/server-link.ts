import type { CancellationToken } from 'vscode-languageclient';

/** What a link needs of a language client. */
export interface LinkedClient {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly needsStop: () => boolean;
  readonly isRunning: () => boolean;
  readonly sendRequest: <R>(method: string, params: unknown, token?: CancellationToken) => Promise<R>;
  readonly sendNotification: (method: string, params: unknown) => Promise<void>;
}

/** Why a question stays without an answer: the extension ends. VS Code keeps silent about errors of this name and message. */
class Ended extends Error {
  override readonly name = 'Canceled';

  constructor() {
    super('Canceled');
  }
}

/**
 * The line to a language server that is started, restarted and stopped. A client forbids to stop what starts, to start what stops, and to ask
 * while it does either; so each turn waits for the one before, and questions wait for the turns.
 */
export class ServerLink {
  readonly #client: LinkedClient;
  /** The error of a question where no server is, and nobody is about to start one. */
  readonly #notRunning: () => Error;
  #turn: Promise<void> = Promise.resolve();
  #turns = 0;
  #isOver = false;

  constructor(client: LinkedClient, notRunning: () => Error) {
    this.#client = client;
    this.#notRunning = notRunning;
  }

  start(): Promise<void> {
    return this.#next(() => this.#begin());
  }

  restart(): Promise<void> {
    return this.#next(async () => {
      await this.#halt();
      await this.#begin();
    });
  }

  /** Stops the server for good. */
  stop(): Promise<void> {
    this.#isOver = true;
    return this.#next(() => this.#halt());
  }

  /** Asks the server; a question that a restart cut off is asked again. */
  async ask<R>(method: string, params: unknown, token?: CancellationToken): Promise<R> {
    for (;;) {
      await this.#settled();
      const turns = this.#turns;
      if (this.#isOver) throw new Ended();
      try {
        return await (token === undefined
          ? this.#client.sendRequest<R>(method, params)
          : this.#client.sendRequest<R>(method, params, token));
      } catch (error) {
        if (turns === this.#turns) throw this.#client.isRunning() ? error : this.#notRunning();
        if (token?.isCancellationRequested === true) throw error;
      }
    }
  }

  /** Tells the server something that it need not know: where there is none, nobody is told. */
  async tell(method: string, params: unknown): Promise<void> {
    await this.#settled();
    if (!this.#isOver && this.#client.isRunning()) await this.#client.sendNotification(method, params).catch(() => {});
  }

  /** Waits until no turn is under way; how it ended is the business of those who asked for it. */
  async #settled(): Promise<void> {
    for (let turns = -1; turns !== this.#turns; ) {
      turns = this.#turns;
      await this.#turn.catch(() => {});
    }
  }

  #next(turn: () => Promise<void>): Promise<void> {
    this.#turns++;
    this.#turn = this.#turn.catch(() => {}).then(turn);
    return this.#turn;
  }

  async #begin(): Promise<void> {
    if (!this.#isOver) await this.#client.start();
  }

  /** A server that takes too long to say goodbye is left behind: the client counts it as stopped, and has written so into its log. */
  async #halt(): Promise<void> {
    if (this.#client.needsStop()) await this.#client.stop().catch(() => {});
  }
}
