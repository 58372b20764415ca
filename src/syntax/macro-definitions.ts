import type { Macro, Macros } from './macros.ts';
import { type Raw, closingBrace, isControlWord, rawText, skipBlanks } from './tex-tokens.ts';

/** Reads a definition from the tokens after its command; answers how many tokens belong to it. */
type Definer = (raws: readonly Raw[], macros: Macros) => number;

const DEFINERS: ReadonlyMap<string, Definer> = new Map(
  Object.entries<Definer>({
    '\\newcommand': (raws, macros) => newCommand(raws, macros, true),
    '\\renewcommand': (raws, macros) => newCommand(raws, macros, true),
    '\\DeclareRobustCommand': (raws, macros) => newCommand(raws, macros, true),
    '\\providecommand': (raws, macros) => newCommand(raws, macros, false),
    '\\def': def,
    '\\gdef': def,
    '\\edef': def,
    '\\let': letCommand,
    '\\DeclareMathOperator': mathOperator,
    '\\NewDocumentCommand': documentCommand,
    '\\RenewDocumentCommand': documentCommand,
    '\\DeclareDocumentCommand': documentCommand,
    '\\ProvideDocumentCommand': documentCommand,
    '\\DeclarePairedDelimiter': pairedDelimiter,
  }),
);

export function definesCommand(command: string): boolean {
  return DEFINERS.has(command);
}

/** Takes the definition into `macros`; answers the number of tokens after the command that it spans. */
export function defineCommand(command: string, raws: readonly Raw[], macros: Macros): number {
  return (DEFINERS.get(command) as Definer)(raws, macros);
}

interface Part {
  readonly raws: readonly Raw[];
  readonly next: number;
}

/** The next argument: what stands in braces, or one token. */
function braced(raws: readonly Raw[], at: number): Part {
  const first = skipBlanks(raws, at);
  if (raws[first]?.text !== '{') return { raws: raws.slice(first, first + 1), next: Math.min(first + 1, raws.length) };
  const close = closingBrace(raws, first);
  return { raws: raws.slice(first + 1, close), next: Math.min(close + 1, raws.length) };
}

/** The next argument in square brackets, or null where there is none. */
function bracketed(raws: readonly Raw[], at: number): Part | null {
  const first = skipBlanks(raws, at);
  if (raws[first]?.text !== '[') return null;
  const close = raws.findIndex((raw, number) => number > first && raw.text === ']');
  return close < 0 ? null : { raws: raws.slice(first + 1, close), next: close + 1 };
}

function skipStar(raws: readonly Raw[]): number {
  const first = skipBlanks(raws, 0);
  return raws[first]?.text === '*' ? first + 1 : 0;
}

function commandOf(part: Part): string | null {
  const raw = part.raws.find((one) => one.text !== ' ');
  return raw?.text.startsWith('\\') ? raw.text : null;
}

function newCommand(raws: readonly Raw[], macros: Macros, overrides: boolean): number {
  const name = braced(raws, skipStar(raws));
  const count = bracketed(raws, name.next);
  const standard = count === null ? null : bracketed(raws, count.next);
  const body = braced(raws, standard?.next ?? count?.next ?? name.next);
  const command = commandOf(name);
  const parameters = count === null ? 0 : Number(rawText(count.raws)) || 0;
  if (command !== null && (overrides || !macros.has(command))) {
    put(macros, command, { parameters: Math.min(parameters, 9), optional: standard?.raws ?? null, body: body.raws });
  }
  return body.next;
}

/** A body that is only its own name would expand for ever; such a definition says nothing. */
function put(macros: Macros, command: string, macro: Macro): void {
  if (rawText(macro.body).trim() !== command) macros.set(command, macro);
}

/** `\def\x#1#2{…}`; parameters with delimiters between them are beyond us and left out. */
function def(raws: readonly Raw[], macros: Macros): number {
  const first = skipBlanks(raws, 0);
  const command = raws[first];
  const open = raws.findIndex((raw, number) => number > first && raw.text === '{');
  if (command === undefined || open < 0 || !command.text.startsWith('\\')) return first;
  const parameters = raws.slice(first + 1, open).filter((raw) => raw.text !== ' ');
  const body = braced(raws, open);
  const plain = parameters.every((raw, number) => raw.text === `#${number + 1}`);
  if (plain) put(macros, command.text, { parameters: parameters.length, optional: null, body: body.raws });
  return body.next;
}

function letCommand(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, 0);
  const equals = skipBlanks(raws, name.next);
  const value = braced(raws, raws[equals]?.text === '=' ? equals + 1 : name.next);
  const command = commandOf(name);
  const target = value.raws[0];
  if (command === null || target === undefined) return value.next;
  put(macros, command, macros.get(target.text) ?? { parameters: 0, optional: null, body: [target] });
  return value.next;
}

function mathOperator(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, skipStar(raws));
  const words = braced(raws, name.next);
  const command = commandOf(name);
  const at = { start: 0, end: 0 };
  const body = [{ text: '\\operatorname', ...at }, { text: '{', ...at }, ...words.raws, { text: '}', ...at }];
  if (command !== null) macros.set(command, { parameters: 0, optional: null, body });
  return words.next;
}

/** `\NewDocumentCommand{\x}{O{2} m m}{…}`: mandatory arguments, and an optional one before them. */
function documentCommand(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, 0);
  const specification = braced(raws, name.next);
  const body = braced(raws, specification.next);
  const command = commandOf(name);
  const text = rawText(specification.raws).replace(/\s+/g, '');
  const form = /^(?:(O)\{([^{}]*)\}|(o))?(m*)$/.exec(text);
  if (command === null || form === null) return body.next;
  const hasOptional = form[1] !== undefined || form[3] !== undefined;
  const standard = hasOptional ? specification.raws.slice(...optionalRange(specification.raws)) : null;
  put(macros, command, { parameters: (form[4] as string).length + (hasOptional ? 1 : 0), optional: standard, body: body.raws });
  return body.next;
}

/** Where the default of an optional argument stands in a specification. */
function optionalRange(raws: readonly Raw[]): [number, number] {
  const open = raws.findIndex((raw) => raw.text === '{');
  return open < 0 ? [0, 0] : [open + 1, closingBrace(raws, open)];
}

/** `\DeclarePairedDelimiter{\norm}{\lVert}{\rVert}`: one argument between two delimiters. */
function pairedDelimiter(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, 0);
  const open = braced(raws, name.next);
  const close = braced(raws, open.next);
  const command = commandOf(name);
  const at = { start: 0, end: 0 };
  const body = [{ text: '\\left', ...at }, ...open.raws, { text: '#1', ...at }, { text: '\\right', ...at }, ...close.raws];
  if (command !== null && open.raws.some(isDelimiter)) macros.set(command, { parameters: 1, optional: null, body });
  return close.next;
}

function isDelimiter(raw: Raw): boolean {
  return isControlWord(raw) || /^(?:\\?[|{}]|[()[\]|])$/.test(raw.text);
}
