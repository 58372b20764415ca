/** The world around the command line: what it reads and writes, passed in so that a test can stand in for it. */
export interface Host {
  /** Where relative paths begin. */
  readonly cwd: string;
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  readonly readStdin: () => Promise<Uint8Array>;
  /** Whether standard output shows colours. */
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
}

/** What a process tells its caller: nothing at error level, something, or that it could not do what was asked. */
export type ExitStatus = 0 | 1 | 2;

/** One subcommand. */
export interface Command {
  readonly name: string;
  /** One line, without the word "usage". */
  readonly usage: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** Lines that explain each option. */
  readonly details: string;
  readonly run: (args: readonly string[], host: Host) => Promise<ExitStatus>;
}

/** The command was called in a way it does not understand. */
export class UsageError extends Error {}
