import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '../../src/cli/run-command.ts';
import type { Report } from '../../src/protocol/report.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Cli {
  readonly run: (args: readonly string[], options?: { readonly cwd?: string; readonly stdin?: string | Uint8Array; readonly env?: Readonly<Record<string, string>> }) => Promise<Ended>;
  readonly path: string;
  readonly remove: () => void;
}

/** The command line as it is shipped, bundled anew for the tests that ask. */
export function builtCli(programs = 'cli'): Cli {
  const folder = temporaryFolder({});
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--only', programs, '--outdir', folder.path], { stdio: ['ignore', 'ignore', 'inherit'] });
  // What stands beside a package's dist/ tells Node how its files are written.
  writeFileSync(join(folder.path, 'package.json'), '{"type":"module"}');
  const path = join(folder.path, 'cli.js');
  return { path, remove: folder.remove, run: (args, options = {}) => run(path, args, options) };
}

function run(path: string, args: readonly string[], { cwd = ROOT, stdin = '', env = {} }: NonNullable<Parameters<Cli['run']>[1]>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, ...args], { cwd, env: { ...process.env, ...env } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
    child.stdin.on('error', () => {}); // A program that does not read its input closes it.
    child.stdin.end(stdin);
  });
}

/** The command line in this process: all of it but the process itself, in a fiftieth of the time. */
export async function runHere(args: readonly string[], { cwd = ROOT, stdin = '' }: { readonly cwd?: string; readonly stdin?: string | Uint8Array } = {}): Promise<Ended> {
  const ended = { out: '', err: '' };
  const say = (to: 'out' | 'err') => (text: string) => {
    ended[to] += text;
  };
  const readStdin = () => Promise.resolve(Buffer.from(stdin));
  const status = await runCommand(args, { cwd, out: say('out'), err: say('err'), readStdin, colours: false, width: 120, now: () => performance.now() });
  return { status, ...ended };
}

/** The report on standard output. */
export function reportOf({ out }: Ended): Report {
  return JSON.parse(out) as Report;
}

/** A folder with some files, by their paths in it. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>>): { readonly path: string; readonly remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'chainrule-cli-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const RIGHT = `M : m×n
c : m
x : n
z = c' M x
gradient as column
dz/dx = M' c
`;

/** The same with the transpose forgotten. */
export const WRONG = RIGHT.replace("M' c\n", 'M c\n');
