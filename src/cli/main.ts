import { processHost } from './process-host.ts';
import { runCommand } from './run-command.ts';

runCommand(process.argv.slice(2), processHost()).then(
  // Not process.exit: what is still on its way into a pipe must arrive.
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(
      `chainrule: this should not have happened; please report it with what follows.\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);
