// How the two commands speak: one line when a step begins, one when it is done, and the remedy when it fails.
import { spawn } from 'node:child_process';

/** A step that could not be done, and what the person can do about it. */
export class StepFailed extends Error {
  constructor(step, reason, remedy) {
    super(`${step} failed: ${reason}`);
    this.remedy = remedy;
  }
}

/** Numbers the steps of a command: `[2/6] Linting …`. */
export function progress(total) {
  let at = 0;
  return async function step(title, work) {
    at += 1;
    const started = performance.now();
    console.log(`[${at}/${total}] ${title} …`);
    const result = await work();
    console.log(`[${at}/${total}] ${title}: done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return result;
  };
}

/** Says what went wrong and what would help, and lets the process end with status 1. */
export function reportFailure(error) {
  console.error(`\n${error instanceof StepFailed ? error.message : (error?.stack ?? error)}`);
  if (error?.remedy !== undefined) console.error(`What would help: ${error.remedy}`);
  process.exitCode = 1;
}

/**
 * Runs a program. With `quiet`, its output is held back and answered; otherwise it is shown.
 * Answers `{ status, output }`; a program that cannot be started has status 127.
 */
export function run(command, args, { cwd, env = process.env, quiet = false, onOutput } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    const parts = [];
    const take = (stream) => (chunk) => {
      parts.push(chunk);
      onOutput?.(chunk.toString());
      if (!quiet) stream.write(chunk);
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));
    child.on('error', (error) => resolve({ status: 127, output: String(error.message) }));
    child.on('close', (code) => resolve({ status: code ?? 1, output: Buffer.concat(parts).toString('utf8') }));
  });
}

/** The last lines of an output, for a message. */
export function lastLines(output, count = 15) {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}
