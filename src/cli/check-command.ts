import type { CheckOptions } from '../check/check-document.ts';
import { checkPaths, type Run } from './check-paths.ts';
import { formatGithub } from './format-github.ts';
import { formatJson } from './format-json.ts';
import { formatPretty } from './format-pretty.ts';
import { formatSarif } from './format-sarif.ts';
import { type Command, type ExitStatus, type Host, UsageError } from './host.ts';
import { oneOf, readOptions, wholeNumber } from './read-options.ts';

const FORMATS = ['pretty', 'json', 'sarif', 'github'] as const;

const LAYOUTS = ['auto', 'denominator', 'numerator', 'mixed'] as const;

export const CHECK: Command = {
  name: 'check',
  usage: 'chainrule check [PATH…] [--verify] [--layout L] [--format pretty|json|sarif|github] [--max-warnings N]',
  summary: 'check shapes, layouts and chain rules; with --verify every gradient by numbers too',
  details: `  PATH               files and folders (default: .); a folder means every derivation file below it
                     that git does not ignore: ${'.deriv .md .markdown .qmd .Rmd .tex .ltx .ipynb'};
                     - reads standard input
  --verify           check every claim numerically
  --layout L         ${LAYOUTS.join(', ')}: for sections that set none
  --format F         ${FORMATS.join(', ')}
  --max-warnings N   more than N warnings count as an error
  --stdin-path NAME  what standard input is called; its ending tells how it is written`,
  run: check,
};

async function check(args: readonly string[], host: Host): Promise<ExitStatus> {
  const { values, positionals } = readOptions(args, {
    verify: { type: 'boolean' },
    layout: { type: 'string', default: 'auto' },
    format: { type: 'string', default: 'pretty' },
    'max-warnings': { type: 'string' },
    'stdin-path': { type: 'string' },
  });
  const format = oneOf('--format', values.format, FORMATS);
  const most = values['max-warnings'] === undefined ? Number.POSITIVE_INFINITY : wholeNumber('--max-warnings', values['max-warnings'], 0);
  const options: CheckOptions = {
    verify: values.verify === true,
    prove: format === 'json',
    typeset: format === 'json',
    layout: oneOf('--layout', values.layout, LAYOUTS),
    now: host.now,
  };
  const paths = positionals.length === 0 ? ['.'] : positionals;
  if (values['stdin-path'] !== undefined && !paths.includes('-'))
    throw new UsageError('--stdin-path names what `-` reads, and `-` is not among the paths.');
  const run = await checkPaths(paths, values['stdin-path'] ?? '<stdin>', options, host);
  host.out(formatted(format, run, host));
  return exitStatus(run, most);
}

function formatted(format: (typeof FORMATS)[number], { files, summary }: Run, host: Host): string {
  const reports = files.map(({ report }) => report);
  switch (format) {
    case 'pretty':
      return formatPretty(files, summary, host);
    case 'json':
      return formatJson(reports, summary);
    case 'sarif':
      return formatSarif(reports, host.cwd);
    case 'github':
      return formatGithub(reports);
  }
}

function exitStatus({ summary, incomplete }: Run, mostWarnings: number): ExitStatus {
  if (incomplete) return 2;
  return summary.errors > 0 || summary.warnings > mostWarnings ? 1 : 0;
}
