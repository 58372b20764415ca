import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CheckedDocument, CheckOptions } from '../check/check-document.ts';
import type { ClaimReport, Diagnostic, FileReport, Range } from '../protocol/report.ts';
import type { CheckedFile } from './check-file.ts';
import { checkPaths } from './check-paths.ts';
import { formatJson } from './format-json.ts';
import { formatVerification } from './format-verification.ts';
import { type Command, type ExitStatus, type Host, UsageError } from './host.ts';
import { oneOf, positiveNumber, readOptions, wholeNumber } from './read-options.ts';
import { summarize } from './summarize.ts';
import { reportTarget, writeReport } from './write-report.ts';

const FORMATS = ['pretty', 'json'] as const;

export const VERIFY: Command = {
  name: 'verify',
  usage: 'chainrule verify FILE[:LINE] [--seed S] [--size n=784]… [--tolerance T] [--format pretty|json] [--report FILE]',
  summary: 'check the gradients of a file, or the one on a line, step by step at random points',
  details: `  FILE[:LINE]        a file, or the claim on one of its lines, counted from 1;
                     in a notebook FILE:CELL:LINE; - reads standard input
  --seed S           other random points: a whole number
  --size n=784       the size of a dimension; may be given several times
  --tolerance T      the relative error up to which a step counts as right (default: 1e-6)
  --format F         ${FORMATS.join(', ')}
  --report FILE      write the verification as a page (.html) or as Markdown (.md), too
  --stdin-path NAME  what standard input is called; its ending tells how it is written`,
  run: verify,
};

async function verify(args: readonly string[], host: Host): Promise<ExitStatus> {
  const { values, positionals } = readOptions(args, {
    seed: { type: 'string' },
    size: { type: 'string', multiple: true },
    tolerance: { type: 'string' },
    format: { type: 'string', default: 'pretty' },
    report: { type: 'string' },
    'stdin-path': { type: 'string' },
  });
  const [operand, ...more] = positionals;
  if (operand === undefined || more.length > 0) throw new UsageError(operand === undefined ? 'Which file?' : 'One file at a time.');
  const format = oneOf('--format', values.format, FORMATS);
  const options: CheckOptions = {
    verify: true,
    prove: format === 'json',
    now: host.now,
    sizes: sizesOf(values.size ?? []),
    ...(values.seed === undefined ? {} : { seed: wholeNumber('--seed', values.seed, 0) }),
    ...(values.tolerance === undefined ? {} : { tolerance: positiveNumber('--tolerance', values.tolerance) }),
  };
  const report = values.report === undefined ? null : reportTarget(values.report);
  const target = targetOf(operand, host.cwd);
  const { files, summary, incomplete } = await checkPaths([target.path], values['stdin-path'] ?? '<stdin>', options, host);
  const [file] = files;
  if (file === undefined || incomplete) return 2;
  const chosen: CheckedFile = target.at === null ? file : { ...file, report: onlyAt(file.report, target.at) };
  const counts = target.at === null ? summary : summarize([chosen.report], summary.milliseconds);
  const problem =
    report === null || file.checked === undefined
      ? null
      : await writeReport(report, basename(file.report.path), onlyReported(file.checked, file, chosen), host.cwd);
  if (problem !== null) host.err(`chainrule: the report cannot be written: ${problem}.\n`);
  host.out(format === 'json' ? formatJson([chosen.report], counts) : formatVerification(chosen, counts, host));
  return problem !== null ? 2 : counts.errors > 0 ? 1 : 0;
}

/** The claims that were chosen, and what was found in them. */
function onlyReported(checked: CheckedDocument, { report: all }: CheckedFile, { report }: CheckedFile): CheckedDocument {
  if (report === all) return checked;
  const claims = (checked.claims ?? []).filter((_, at) => report.claims?.includes(all.claims?.[at] as ClaimReport));
  return {
    ...checked,
    claims,
    diagnostics: checked.diagnostics.filter((_, at) => report.diagnostics.includes(all.diagnostics[at] as Diagnostic)),
  };
}

/** `n=784` for each; the same name twice is a contradiction. */
function sizesOf(settings: readonly string[]): Readonly<Record<string, number>> {
  const sizes = new Map<string, number>();
  for (const setting of settings) {
    const { name, size } = /^(?<name>[^=\s]+)=(?<size>.*)$/.exec(setting)?.groups ?? {};
    if (name === undefined || size === undefined)
      throw new UsageError(`--size takes a dimension and a number, as in n=784, not \`${setting}\`.`);
    if (sizes.has(name)) throw new UsageError(`--size sets ${name} twice.`);
    sizes.set(name, wholeNumber(`--size ${name}`, size, 1));
  }
  return Object.fromEntries(sizes);
}

// ---- one line of the file

interface LineOf {
  readonly line: number;
  readonly cell?: number;
}

interface Target {
  readonly path: string;
  readonly at: LineOf | null;
}

/** `notes.md`, `notes.md:14`, `notes.md:14:5`; in a notebook `notes.ipynb:3:1` and `notes.ipynb:cell 3:1:5`. A file that has such a name is meant itself. */
function targetOf(operand: string, cwd: string): Target {
  const match = /^(?<path>.+?)(?<cell>:cell \d+)?:(?<first>\d+)(?::(?<second>\d+))?$/s.exec(operand)?.groups;
  if (match === undefined || existsSync(resolve(cwd, operand))) return { path: operand, at: null };
  const path = match['path'] as string;
  const first = wholeNumber('The line', match['first'] as string, 1) - 1;
  if (!/\.ipynb$/i.test(path)) return { path, at: { line: first } };
  if (match['cell'] !== undefined) return { path, at: { cell: Number(match['cell'].slice(6)) - 1, line: first } };
  if (match['second'] === undefined) throw new UsageError('The lines of a notebook count within a cell: FILE:CELL:LINE.');
  return { path, at: { cell: first, line: wholeNumber('The line', match['second'], 1) - 1 } };
}

/** The report of the claims on a line, and of what is wrong within them. */
function onlyAt(report: FileReport, at: LineOf): FileReport {
  const claims = (report.claims ?? []).filter((claim) => touches(claim, at));
  if (claims.length === 0) throw new UsageError(noClaim(report, at));
  const within = (one: { readonly range: Range; readonly cell?: number }) =>
    claims.some((claim) => claim.cell === one.cell && overlaps(claim.range, one.range));
  return { ...report, diagnostics: report.diagnostics.filter(within), equations: report.equations.filter(within), claims };
}

function touches({ range, cell }: ClaimReport, at: LineOf): boolean {
  return cell === at.cell && range.start.line <= at.line && at.line <= range.end.line;
}

function overlaps(a: Range, b: Range): boolean {
  return a.start.line <= b.end.line && b.start.line <= a.end.line;
}

function noClaim({ path, claims }: FileReport, at: LineOf): string {
  const lines = (claims ?? []).filter(({ cell }) => cell === at.cell).map(({ range }) => range.start.line + 1);
  const where =
    lines.length === 0 ? 'there is none' : `claims begin on ${lines.length === 1 ? 'line' : 'lines'} ${[...new Set(lines)].join(', ')}`;
  return `There is no claim on line ${at.line + 1} of \`${path}\`${at.cell === undefined ? '' : ` in cell ${at.cell + 1}`}: ${where}.`;
}
