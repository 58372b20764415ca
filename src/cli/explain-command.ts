import { RULE_PAGES } from './built-in.ts';
import { type Command, type ExitStatus, type Host, UsageError } from './host.ts';
import { readOptions } from './read-options.ts';

export const EXPLAIN: Command = {
  name: 'explain',
  usage: 'chainrule explain CODE',
  summary: 'tell what a diagnostic means, with the mistake and its mending',
  details: '  CODE               the code of a diagnostic, as in shape/product',
  run: explain,
};

async function explain(args: readonly string[], host: Host): Promise<ExitStatus> {
  const { positionals } = readOptions(args, {});
  const [code, ...more] = positionals;
  if (code === undefined || more.length > 0) throw new UsageError(`Which code? There are ${codes()}.`);
  const page = Object.hasOwn(RULE_PAGES, code) ? RULE_PAGES[code] : undefined;
  if (page === undefined) throw new UsageError(`There is no diagnostic \`${code}\`. There are ${codes()}.`);
  host.out(`${page.trimEnd()}\n`);
  return 0;
}

function codes(): string {
  return Object.keys(RULE_PAGES).join(', ');
}
