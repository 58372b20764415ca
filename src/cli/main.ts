import { processHost } from './process-host.ts';
import { runCommand } from './run-command.ts';

runCommand(process.argv.slice(2), processHost()).then(
  // Not process.exit: what is still on its way into a pipe must arrive.
  (status) => {
    process.exitCode = status;
    linger();
  },
  (error: unknown) => {
    process.stderr.write(
      `chainrule: this should not have happened; please report it with what follows.\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);

/** The terminal of a task needs time to read what was printed before it hears that the program ended. */
function linger(): void {
  setTimeout(() => undefined, Number(process.env['CHAINRULE_LINGER'] ?? 0));
}
