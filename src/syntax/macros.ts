import type { Span } from '../base/span.ts';
import type { SyntaxProblem } from './ast.ts';
import { type Arguments, type Parameter, takeArguments, type Waiting } from './macro-arguments.ts';
import { defineCommand, definesCommand } from './macro-definitions.ts';
import { commandsIn, isControlWord, type Raw, type TexTokens, texTokens } from './tex-tokens.ts';

/** What a macro takes, and what it stands for. */
export interface Macro {
  readonly parameters: readonly Parameter[];
  readonly body: readonly Raw[];
}

/** The macros known at a place of a document, by control sequence. A document's reader owns and extends it. */
export type Macros = Map<string, Macro>;

/** Expansions within expansions deeper than this, or longer than this, are no person's intention. */
const DEEPEST_EXPANSION = 60;
const LONGEST_EXPANSION = 20_000;

export interface Expanded extends TexTokens {
  readonly problems: readonly SyntaxProblem[];
  /** Whether the range defined macros itself. */
  readonly defines: boolean;
}

interface Expansion {
  readonly macros: Macros;
  /** What is still to be read, the next token last. */
  readonly waiting: Waiting[];
  readonly output: Raw[];
  readonly problems: SyntaxProblem[];
  defines: boolean;
  /** Tokens that expansions have brought so far. */
  brought: number;
  /** How much was put out when the call that is being expanded began. */
  begun: number;
}

/**
 * The TeX tokens of a range with macros expanded and definitions taken in. A token that came out of
 * a body or a default has the span of the call; one that came out of an argument keeps its own.
 */
export function expandMacros(text: string, span: Span, macros: Macros): Expanded {
  const { raws, commands } = texTokens(text, span);
  if (!expands(commands, macros)) return { raws, commands, problems: [], defines: false };
  const waiting = raws.map((raw) => ({ raw, depth: 0 })).reverse();
  const expansion: Expansion = { macros, waiting, output: [], problems: [], defines: false, brought: 0, begun: 0 };
  while (expansion.waiting.length > 0) step(expansion);
  const { output, problems, defines } = expansion;
  return { raws: output, commands: commandsIn(output), problems, defines };
}

/** Whether anything among the commands stands for more, or defines. */
function expands(commands: readonly string[], macros: Macros): boolean {
  return commands.some((command) => macros.has(command) || definesCommand(command));
}

/** A range as LaTeX that needs no macros of the document. */
export function expandedText(text: string, span: Span, macros: Macros): string {
  const { raws } = expandMacros(text, span, new Map(macros));
  return raws.map((raw, at) => (isControlWord(raw) && /^[A-Za-z]/.test(raws[at + 1]?.text ?? '') ? `${raw.text} ` : raw.text)).join('');
}

function step(expansion: Expansion): void {
  const { raw, depth } = expansion.waiting.pop() as Waiting;
  const macro = expansion.macros.get(raw.text);
  if (macro !== undefined) expand(expansion, raw, macro, depth);
  else if (definesCommand(raw.text)) define(expansion, raw);
  else expansion.output.push(raw);
}

function expand(expansion: Expansion, call: Raw, macro: Macro, depth: number): void {
  if (depth >= DEEPEST_EXPANSION || expansion.brought > LONGEST_EXPANSION) return endless(expansion, call, depth);
  if (depth === 0) expansion.begun = expansion.output.length;
  const args = takeArguments(expansion.waiting, macro.parameters, call);
  const bare = macro.body.length > 0 && macro.parameters.length === 0;
  const inserted = macro.body.flatMap((raw) => substituted(raw, args, { start: call.start, end: args.end }));
  expansion.brought += inserted.length;
  for (let at = inserted.length - 1; at >= 0; at--) expansion.waiting.push({ raw: inserted[at] as Raw, depth: depth + 1 });
  if (bare) swallowBlank(expansion);
}

/** A control word takes the blank after it along. */
function swallowBlank(expansion: Expansion): void {
  if (expansion.waiting.at(-1)?.raw.text === ' ') expansion.waiting.pop();
}

/** A call without end is one name of which nothing is known, and nothing that it brought is read. */
function endless(expansion: Expansion, call: Raw, depth: number): void {
  if (depth > 0) expansion.output.length = expansion.begun;
  while ((expansion.waiting.at(-1)?.depth ?? 0) > 0) expansion.waiting.pop();

  const said = expansion.problems.length > 0;
  if (!said)
    expansion.problems.push({ message: `The macro \`${call.text}\` expands without end.`, span: { start: call.start, end: call.end } });
  expansion.output.push({ text: '\\undefined', start: call.start, end: call.end });
}

function substituted(raw: Raw, args: Arguments, call: Span): readonly Raw[] {
  if (raw.text.length !== 2 || !raw.text.startsWith('#')) return [{ text: raw.text, ...call }];
  return args.values[Number(raw.text[1]) - 1] ?? [];
}

/** Takes in the definition that `\newcommand` and its like begin, and removes it from what is read. */
function define(expansion: Expansion, command: Raw): void {
  const { waiting } = expansion;
  expansion.defines = true;
  const ahead = waiting
    .slice(-DEFINITION_LENGTH)
    .reverse()
    .map((one) => one.raw);
  const length = defineCommand(command.text, ahead, expansion.macros);
  waiting.length -= Math.min(length, waiting.length);
}

/** A definition is looked for in so many tokens. */
const DEFINITION_LENGTH = 2000;

/** Takes in the definition that begins at an offset of a document's text, and answers where it ends. */
export function readDefinition(text: string, at: number, macros: Macros): number {
  const limit = Math.min(text.length, at + DEFINITION_LENGTH * 2);
  const blank = text.slice(at, limit).search(/\n[ \t\r]*\n/);
  const { raws } = texTokens(text, { start: at, end: definitionLimit(text, at, limit) });
  const command = raws[0];
  if (command === undefined || !definesCommand(command.text)) return at + 1;
  if (blank >= 0 && isOpenAt(raws, at + blank)) return at + text.slice(at).search(/\n/);
  const length = defineCommand(command.text, raws.slice(1), macros);
  return raws[length]?.end ?? command.end;
}

/** Where no definition that begins at `at` goes on: the end of a line at which no brace is open and after which no argument may follow. */
function definitionLimit(text: string, at: number, limit: number): number {
  for (let next = at, depth = 0; next < limit; next++) {
    const character = text.charAt(next);
    if (character === '\\') next++;
    else if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === '%') next = lineEnd(text, next, limit);
    if (depth <= 0 && text.charAt(next) === '\n' && !mayBeArgument(text.slice(next, next + 80))) return next;
  }
  return limit;
}

function lineEnd(text: string, at: number, limit: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? limit : end;
}

/** Whether what follows a line may belong to a definition in it; another definition does not. */
function mayBeArgument(following: string): boolean {
  const [, command] = /^\s*(\\[A-Za-z@]+)/.exec(following) ?? [];
  return command === undefined ? /^\s*(?:[[{#%*=(\\]|$)/.test(following) : !definesCommand(command);
}

/** Whether braces are open where a paragraph ends: a definition that is still being typed. */
function isOpenAt(raws: readonly Raw[], offset: number): boolean {
  let depth = 0;
  for (const { text, start } of raws) {
    if (start >= offset) break;
    if (text === '{') depth++;
    if (text === '}' && --depth < 0) break;
  }
  return depth > 0;
}
