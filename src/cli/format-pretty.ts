import stringWidth from 'string-width';
import { MISFIT } from '../check/claims.ts';
import type {
  ClaimReport,
  Diagnostic,
  Position,
  Range,
  RelatedInformation,
  Severity,
  Status,
  StepReport,
  Summary,
} from '../protocol/report.ts';
import { shownError } from '../protocol/shown-error.ts';
import type { CheckedFile } from './check-file.ts';
import { placeOf } from './place.ts';
import { counted } from './summarize.ts';
import { claimsTold } from './told-claims.ts';

/** How text for a person is set. */
export interface PrettyOptions {
  readonly colours: boolean;
  /** Columns a source line may take. */
  readonly width: number;
}

/** What was found, for a person at a terminal. */
export function formatPretty(files: readonly CheckedFile[], summary: Summary, options: PrettyOptions): string {
  const blocks = files.flatMap((file) => formatFile(file, options));
  return `${[...blocks, formatSummary(summary, files, options)].join('\n\n')}\n`;
}

function formatFile(file: CheckedFile, options: PrettyOptions): string[] {
  const { path, diagnostics } = file.report;
  const grave = diagnostics.filter(({ severity }) => severity !== 'hint').map((one) => formatDiagnostic(file, one, options));
  const hints = formatHints(
    path,
    diagnostics.filter(({ severity }) => severity === 'hint'),
    options,
  );
  const lines = claimsTold(file.report).map((claim) => formatClaim(path, claim, options));
  return [...grave, hints, lines.join('\n')].filter((block) => block !== '');
}

// ---- diagnostics

/** Hints shown of one file. */
const MOST_HINTS = 20;

/** Hints are many in a text that was never written for a checker: one line each, and not all of them. */
function formatHints(path: string, hints: readonly Diagnostic[], options: PrettyOptions): string {
  const shown = hints.slice(0, MOST_HINTS).map((one) => formatHint(path, one, options));
  const left = hints.length - shown.length;
  const more = left === 0 ? [] : [paint('faint', `… and ${counted(left, 'hint')} more in ${path}; --format json has them all`, options)];
  return [...shown, ...more].join('\n');
}

function formatHint(path: string, { code, message, ...at }: Diagnostic, options: PrettyOptions): string {
  return `${paint('hint', `hint[${code}]`, options)}: ${message} ${paint('faint', `(${placeOf(path, at)})`, options)}`;
}

/** A title that stands alone, the place, the line with its range marked, where the sizes come from, what would help. */
export function formatDiagnostic({ report, lines }: CheckedFile, found: Diagnostic, options: PrettyOptions): string {
  const isNote = (at: RelatedInformation) => at.cell === found.cell && sameRange(at.range, found.range);
  const one = { ...found, related: found.related.filter((at) => !isNote(at)) };
  // What is said of the very range that is marked needs no line of its own.
  const notes = found.related.filter(isNote).map(({ message }) => `  ${paint('help', 'note', options)}: ${message}`);
  const title = `${paint(one.severity, `${one.severity}[${one.code}]`, options)}: ${one.message}`;
  const place = `  ${paint('faint', placeOf(report.path, one), options)}`;
  const quoted = [one, ...one.related].map((at) => lines(at.cell)[at.range.start.line] ?? '');
  const gutter = Math.max(4, ...[one, ...one.related].map(({ range }) => String(range.start.line + 1).length));
  const source = quoted[0] === '' ? [] : markedLine(quoted[0] as string, one, gutter, options);
  const related = relatedLines(one, quoted.slice(1), gutter, options);
  const help = one.fixes.length === 1 ? [`  ${paint('help', 'help', options)}: ${one.fixes[0]?.title}`] : [];
  return [title, place, ...source, ...related, ...notes, ...help].join('\n');
}

function sameRange(a: Range, b: Range): boolean {
  return samePosition(a.start, b.start) && samePosition(a.end, b.end);
}

function samePosition(a: Position, b: Position): boolean {
  return a.line === b.line && a.character === b.character;
}

function markedLine(line: string, { range, severity }: Diagnostic, gutter: number, options: PrettyOptions): string[] {
  const endsHere = range.end.line === range.start.line;
  const shown = windowOf(line, range.start.character, endsHere ? range.end.character : line.length, options.width - gutter - 5);
  const carets = '^'.repeat(Math.max(1, stringWidth(shown.marked)));
  const more = endsHere ? '' : ` … to line ${range.end.line + 1}`;
  return [
    `${numbered(range.start.line, gutter, options)}${shown.before}${shown.marked}${shown.after}`,
    `${' '.repeat(gutter + 1)}${paint('faint', '|', options)} ${' '.repeat(stringWidth(shown.before))}${paint(severity, carets + more, options)}`,
  ];
}

/** Source lines beside what they say; the notes stand below one another. */
function relatedLines({ related }: Diagnostic, quoted: readonly string[], gutter: number, options: PrettyOptions): string[] {
  const texts = quoted.map((line, at) => {
    const range = related[at]?.range;
    const { before, marked, after } = windowOf(
      line,
      range?.start.character ?? 0,
      range?.start.character ?? 0,
      Math.floor(options.width / 2),
    );
    return (before + marked + after).trimEnd();
  });
  const column = Math.max(0, ...texts.map((text) => stringWidth(text))) + 4;
  return related.map(({ message, range }, at) => {
    const text = texts[at] ?? '';
    return `${numbered(range.start.line, gutter, options)}${text}${' '.repeat(column - stringWidth(text))}${paint('faint', message, options)}`;
  });
}

function numbered(line: number, gutter: number, options: PrettyOptions): string {
  return paint('faint', `${String(line + 1).padStart(gutter)} | `, options);
}

interface Window {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** A tab would put the carets elsewhere than the range. */
function plainText(text: string): string {
  return text.replaceAll('\t', '  ').replace(/\p{Cc}/gu, '�');
}

/** The part of a line around a range that fits into `width` characters; `…` stands for what is left out. */
export function windowOf(line: string, start: number, end: number, width: number): Window {
  const room = Math.max(20, width);
  const whole = { before: plainText(line.slice(0, start)), marked: plainText(line.slice(start, end)), after: plainText(line.slice(end)) };
  if (whole.before.length + whole.marked.length + whole.after.length <= room) return whole;
  const marked = cutEnd(whole.marked, Math.floor(room * 0.7));
  const side = Math.floor((room - marked.length) / 2);
  const before = cutStart(whole.before, Math.max(side, room - marked.length - whole.after.length));
  return { before, marked, after: cutEnd(whole.after, room - marked.length - before.length) };
}

function cutEnd(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}

function cutStart(text: string, length: number): string {
  return text.length <= length ? text : `…${text.slice(text.length - Math.max(0, length - 1)).replace(/^[\udc00-\udfff]/, '')}`;
}

// ---- claims

const MARKS: Readonly<Record<Status, string>> = { verified: '✓', refuted: '✗', inconclusive: '?' };

/** Characters of a claim that are shown; the place says where the rest is. */
const MOST_OF_A_CLAIM = 100;

/** One line a claim: `✓ dz/dx = M' c   verified, 1.2e-10   notes.md:9:1`. */
function formatClaim(path: string, claim: ClaimReport, options: PrettyOptions): string {
  return `${markOf(claim, options)} ${onOneLine(claim.text)}  ${verdict(claim, options)}  ${paint('faint', placeOf(path, claim), options)}`;
}

/** A claim with a line for each of its steps, what is said of them, and what would be right. */
export function formatClaimSteps(path: string, claim: ClaimReport, said: readonly string[], options: PrettyOptions): string {
  // One step says what the claim says already.
  const told = claim.steps.length > 1 ? claim.steps : [];
  const width = Math.max(0, ...told.map(({ text }) => stringWidth(onOneLine(text))));
  const steps = told.map((step) => formatStep(step.reason === claim.reason ? withoutReason(step) : step, width, options));
  const repair = claim.repair === undefined ? [] : [`  ${paint('help', 'help', options)}: \`${claim.repair}\` would be right`];
  const notes = [...said, ...(claim.note === undefined ? [] : [claim.note])].map((note) => `  ${paint('help', 'note', options)}: ${note}`);
  return [formatClaim(path, claim, options), ...steps, ...notes, ...repair].join('\n');
}

/** A claim whose shapes do not fit is wrong before any number is asked, and marked as that; an error below says where. */
function markOf({ status, reason }: ClaimReport, options: PrettyOptions): string {
  return reason === MISFIT ? paint('error', MARKS.refuted, options) : paint(status, MARKS[status], options);
}

function withoutReason({ reason: _, ...step }: StepReport): StepReport {
  return step;
}

/** A claim may go over several lines of its document. */
function onOneLine(text: string): string {
  return cutEnd(plainText(text.replace(/\s+/g, ' ')), MOST_OF_A_CLAIM);
}

function formatStep(step: StepReport, width: number, options: PrettyOptions): string {
  const text = onOneLine(step.text);
  const padding = ' '.repeat(width - stringWidth(text));
  return `    ${paint(step.status, MARKS[step.status], options)} = ${text}${padding}  ${verdict(step, options)}`;
}

function verdict(
  { status, maxRelativeError, reason }: Pick<StepReport, 'status' | 'maxRelativeError' | 'reason'>,
  options: PrettyOptions,
): string {
  const error = maxRelativeError === undefined ? '' : `, relative error ${inFigures(maxRelativeError)}`;
  if (reason === MISFIT) return paint('error', reason, options);
  const because = reason === undefined || status === 'verified' ? '' : `: ${reason}`;
  return paint(status, `${status}${error}${because}`, options);
}

function inFigures(error: number): string {
  return shownError(error, (one) => one.toPrecision(2));
}

// ---- the last line

/** One line of counts. */
export function formatSummary(summary: Summary, files: readonly CheckedFile[], options: PrettyOptions): string {
  const hints = files.flatMap(({ report }) => report.diagnostics).filter(({ severity }) => severity === 'hint').length;
  const counts = [counted(summary.errors, 'error'), counted(summary.warnings, 'warning'), ...(hints === 0 ? [] : [counted(hints, 'hint')])];
  const found = `${counted(summary.files, 'file')}: ${counts.join(', ')}`;
  return paint(summary.errors > 0 ? 'error' : 'verified', `${found}${claimCounts(summary, files)} (${summary.milliseconds} ms)`, options);
}

function claimCounts(summary: Summary, files: readonly CheckedFile[]): string {
  if (files.every(({ report }) => report.claims === undefined)) return '';
  const misfits = files.flatMap(({ report }) => claimsTold(report)).filter(({ reason }) => reason === MISFIT).length;
  const unfit = misfits === 0 ? '' : `, ${misfits} with shapes that do not fit`;
  return `; ${counted(summary.claims, 'claim')}: ${summary.verified} verified, ${summary.refuted} refuted${unfit}, ${summary.inconclusive - misfits} inconclusive`;
}

// ---- colours

type Role = Severity | Status | 'faint' | 'help';

const COLOURS: Readonly<Record<Role, number>> = {
  error: 31,
  warning: 33,
  information: 36,
  hint: 36,
  verified: 32,
  refuted: 31,
  inconclusive: 33,
  faint: 2,
  help: 36,
};

function paint(role: Role, text: string, { colours }: PrettyOptions): string {
  return colours && text !== '' ? `\x1b[${COLOURS[role]}m${text}\x1b[0m` : text;
}
