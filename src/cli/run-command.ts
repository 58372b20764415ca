import { VERSION } from '../base/version.ts';
import { CHECK } from './check-command.ts';
import { DERIVE } from './derive.ts';
import { EXPLAIN } from './explain-command.ts';
import { type Command, type ExitStatus, type Host, UsageError } from './host.ts';
import { LSP } from './lsp-command.ts';
import { VERIFY } from './verify-command.ts';

const COMMANDS: readonly Command[] = [CHECK, VERIFY, DERIVE, EXPLAIN, LSP];

const HELP = `chainrule ${VERSION}: a type checker for matrix calculus

${COMMANDS.map(({ usage, summary }) => `  ${usage}\n      ${summary}`).join('\n')}

  chainrule COMMAND --help tells the options of a command; --version the version.
  Exit status: 0 nothing at error level, 1 something, 2 wrong usage or a file that cannot be read.
`;

/** Runs the command that the arguments name, in the world that it is given. */
export async function runCommand(args: readonly string[], host: Host): Promise<ExitStatus> {
  const [first, ...rest] = args;
  if (first === '--help' || first === '-h' || first === 'help') return say(host, HELP);
  if (first === '--version' || first === '-v') return say(host, `${VERSION}\n`);
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) return refuse(host, first);
  if (asksForHelp(rest)) return say(host, `usage: ${command.usage}\n\n${command.details}\n`);
  try {
    return await command.run(rest, host);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    host.err(`chainrule ${command.name}: ${error.message}\nusage: ${command.usage}\n`);
    return 2;
  }
}

function say(host: Host, text: string): ExitStatus {
  host.out(text);
  return 0;
}

function refuse(host: Host, first: string | undefined): ExitStatus {
  const names = COMMANDS.map(({ name }) => name).join(', ');
  host.err(
    first === undefined
      ? HELP
      : `chainrule: there is no command \`${first}\`; there are ${names}.\nusage: chainrule COMMAND …, as in chainrule check notes.md\n`,
  );
  return 2;
}

/** Before `--`, after which everything is a path. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((one) => one === '--help' || one === '-h');
}
