import { mandatory, type Parameter } from './macro-arguments.ts';
import type { Macro, Macros } from './macros.ts';
import { closingBrace, isControlWord, type Raw, rawText, skipBlanks } from './tex-tokens.ts';

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
    '\\xdef': def,
    '\\let': letCommand,
    '\\DeclareMathOperator': mathOperator,
    '\\NewDocumentCommand': documentCommand,
    '\\RenewDocumentCommand': documentCommand,
    '\\DeclareDocumentCommand': documentCommand,
    '\\ProvideDocumentCommand': documentCommand,
    '\\DeclarePairedDelimiter': pairedDelimiter,
    '\\DeclarePairedDelimiterX': pairedDelimiterX,
    '\\DeclarePairedDelimiterXPP': pairedDelimiterXPP,
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
    const all = mandatory(Math.min(parameters, 9));
    put(macros, command, {
      parameters: standard === null ? all : [{ kind: 'optional', standard: standard.raws }, ...all.slice(1)],
      body: body.raws,
    });
  }
  return body.next;
}

/** A body that is only its own name would expand for ever; such a definition says nothing. */
function put(macros: Macros, command: string, macro: Macro): void {
  if (rawText(macro.body).trim() !== command) macros.set(command, macro);
}

/** `\def\x#1#2{…}`, `\def\x(#1;#2){…}`: what stands between the parameters stands there in a call, too. */
function def(raws: readonly Raw[], macros: Macros): number {
  const first = skipBlanks(raws, 0);
  const command = raws[first];
  const open = raws.findIndex((raw, number) => number > first && raw.text === '{');
  if (command === undefined || open < 0 || !command.text.startsWith('\\')) return first;
  const body = braced(raws, open);
  const parameters = parametersOf(raws.slice(first + 1, open));
  if (parameters !== null) put(macros, command.text, { parameters, body: body.raws });
  return body.next;
}

/** The parameters of a `\def` with their delimiters; null where their numbers are out of order. */
function parametersOf(raws: readonly Raw[]): readonly Parameter[] | null {
  const written = raws.filter((raw) => raw.text !== ' ');
  const places = written.flatMap((raw, at) => (/^#[1-9]$/.test(raw.text) ? [at] : []));
  if (places.some((at, number) => written[at]?.text !== `#${number + 1}`)) return null;
  const literal = written.slice(0, places[0] ?? written.length);
  const parameters = places.map((at, number): Parameter => {
    const tokens = written.slice(at + 1, places[number + 1] ?? written.length);
    return tokens.length === 0 ? { kind: 'one' } : { kind: 'upTo', tokens };
  });
  return literal.length === 0 ? parameters : [{ kind: 'literal', tokens: literal }, ...parameters];
}

function letCommand(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, 0);
  const equals = skipBlanks(raws, name.next);
  const value = braced(raws, raws[equals]?.text === '=' ? equals + 1 : name.next);
  const command = commandOf(name);
  const target = value.raws[0];
  if (command === null || target === undefined) return value.next;
  put(macros, command, macros.get(target.text) ?? { parameters: [], body: [target] });
  return value.next;
}

function mathOperator(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, skipStar(raws));
  const words = braced(raws, name.next);
  const command = commandOf(name);
  const body = [{ text: '\\operatorname', ...NOWHERE }, { text: '{', ...NOWHERE }, ...words.raws, { text: '}', ...NOWHERE }];
  if (command !== null) macros.set(command, { parameters: [], body });
  return words.next;
}

/** `\NewDocumentCommand{\x}{s O{2} m}{…}`: mandatory and optional arguments, and a star. */
function documentCommand(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, 0);
  const specification = braced(raws, name.next);
  const body = braced(raws, specification.next);
  const command = commandOf(name);
  const parameters = specifiedParameters(specification.raws);
  if (command !== null && parameters !== null) put(macros, command, { parameters, body: body.raws });
  return body.next;
}

/** `m`, `o`, `O{…}` and `s`; null where there is any other letter. */
function specifiedParameters(raws: readonly Raw[]): readonly Parameter[] | null {
  const parameters: Parameter[] = [];
  for (let at = 0; at < raws.length; at++) {
    const { text } = raws[at] as Raw;
    if (text === 'm') parameters.push({ kind: 'one' });
    else if (text === 's') parameters.push({ kind: 'star' });
    else if (text === 'o') parameters.push({ kind: 'optional', standard: [] });
    else if (text === 'O') {
      const standard = braced(raws, at + 1);
      parameters.push({ kind: 'optional', standard: standard.raws });
      at = standard.next - 1;
    } else if (text !== ' ' && text !== '+') return null;
  }
  return parameters;
}

const NOWHERE = { start: 0, end: 0 };

/** `\DeclarePairedDelimiter{\norm}{\lVert}{\rVert}`: one argument between two delimiters, called with a star or a size or without. */
function pairedDelimiter(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, 0);
  const open = braced(raws, name.next);
  const close = braced(raws, open.next);
  definePaired(macros, name, { open, close, parameters: mandatory(1), body: [{ text: '#1', ...NOWHERE }] });
  return close.next;
}

/** `\DeclarePairedDelimiterX{\inner}[2]{\langle}{\rangle}{#1, #2}`. */
function pairedDelimiterX(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, 0);
  const count = bracketed(raws, name.next);
  const open = braced(raws, count?.next ?? name.next);
  const close = braced(raws, open.next);
  const body = braced(raws, close.next);
  definePaired(macros, name, { open, close, parameters: countedParameters(count), body: body.raws });
  return body.next;
}

/** `\DeclarePairedDelimiterXPP{\Pr}[1]{before}{(}{)}{after}{#1}`. */
function pairedDelimiterXPP(raws: readonly Raw[], macros: Macros): number {
  const name = braced(raws, 0);
  const count = bracketed(raws, name.next);
  const before = braced(raws, count?.next ?? name.next);
  const open = braced(raws, before.next);
  const close = braced(raws, open.next);
  const after = braced(raws, close.next);
  const body = braced(raws, after.next);
  definePaired(macros, name, {
    open,
    close,
    parameters: countedParameters(count),
    body: body.raws,
    before: before.raws,
    after: after.raws,
  });
  return body.next;
}

function countedParameters(count: Part | null): readonly Parameter[] {
  return mandatory(Math.min(Number(rawText(count?.raws ?? [])) || 1, 9));
}

interface Paired {
  readonly open: Part;
  readonly close: Part;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Raw[];
  readonly before?: readonly Raw[];
  readonly after?: readonly Raw[];
}

function definePaired(macros: Macros, name: Part, { open, close, parameters, body, before = [], after = [] }: Paired): void {
  const command = commandOf(name);
  if (command === null || !open.raws.some(isDelimiter)) return;
  const left = { text: '\\left', ...NOWHERE };
  const right = { text: '\\right', ...NOWHERE };
  const inside = body.filter(({ text }) => text !== '\\delimsize');
  macros.set(command, {
    parameters: [{ kind: 'size' }, ...parameters],
    body: [...before, left, ...open.raws, ...inside, right, ...close.raws, ...after],
  });
}

function isDelimiter(raw: Raw): boolean {
  return isControlWord(raw) || /^(?:\\?[|{}]|[()[\]|])$/.test(raw.text);
}
