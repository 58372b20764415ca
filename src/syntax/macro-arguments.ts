import type { Raw } from './tex-tokens.ts';

/**
 * What a macro takes behind its name:
 * - `one`: what stands in braces, or one token
 * - `optional`: what stands in square brackets, else `standard`
 * - `star`: a `*` or nothing
 * - `upTo`: everything up to a delimiter, as `#1` in `\def\x#1;{…}`
 * - `literal`: tokens that stand there and bring nothing, as `(` in `\def\x(#1){…}`
 * - `size`: a `*` or a size in square brackets, which bring nothing
 */
export type Parameter =
  | { readonly kind: 'one' | 'star' | 'size' }
  | { readonly kind: 'optional'; readonly standard: readonly Raw[] }
  | { readonly kind: 'upTo' | 'literal'; readonly tokens: readonly Raw[] };

/** One token waiting to be read, and how many expansions it came out of. */
export interface Waiting {
  readonly raw: Raw;
  readonly depth: number;
}

/** What `#1`, `#2`, … stand for in one call, and where the last of it ends. */
export interface Arguments {
  readonly values: readonly (readonly Raw[])[];
  readonly end: number;
}

/** Brackets and delimiters of an argument are looked for in so many tokens. */
const LONGEST_ARGUMENT = 400;

const ONE: Parameter = { kind: 'one' };

export function mandatory(count: number): readonly Parameter[] {
  return Array.from({ length: count }, () => ONE);
}

/** Takes the arguments of a call from what is waiting, the next token of which stands last. */
export function takeArguments(waiting: Waiting[], parameters: readonly Parameter[], call: Raw): Arguments {
  const values: (readonly Raw[])[] = [];
  let end = call.end;
  for (const parameter of parameters) {
    const taken = take(waiting, parameter, call);
    end = Math.max(end, ...taken.map((raw) => raw.end));
    if (parameter.kind !== 'literal' && parameter.kind !== 'size') values.push(valueOf(taken, parameter));
  }
  return { values, end };
}

/** The tokens of one argument, with the brackets or the delimiter that belong to it. */
function take(waiting: Waiting[], parameter: Parameter, call: Raw): readonly Raw[] {
  switch (parameter.kind) {
    case 'one':
      return takeOne(waiting);
    case 'optional':
      return takeBracketed(waiting) ?? parameter.standard.map(({ text }) => ({ text, start: call.start, end: call.end }));
    case 'star':
      return takeStar(waiting);
    case 'size':
      return [...takeStar(waiting), ...(takeBracketed(waiting) ?? [])];
    case 'literal':
      return startsWith(waiting, waiting.length, parameter.tokens) ? taken(waiting, parameter.tokens.length) : [];
    case 'upTo':
      return takeUpTo(waiting, parameter.tokens);
  }
}

/** An argument without the brackets around it, or the delimiter behind it. */
function valueOf(raws: readonly Raw[], parameter: Parameter): readonly Raw[] {
  if (parameter.kind === 'upTo') return withoutBraces(endsWith(raws, parameter.tokens) ? raws.slice(0, -parameter.tokens.length) : raws);
  if (parameter.kind === 'optional') return raws[0]?.text === '[' && raws.at(-1)?.text === ']' ? raws.slice(1, -1) : raws;
  return withoutBraces(raws);
}

/** `{x}` is `x`; `{a}{b}` stays as it is. */
function withoutBraces(raws: readonly Raw[]): readonly Raw[] {
  if (raws[0]?.text !== '{') return raws;
  let depth = 0;
  const close = raws.findIndex(({ text }) => (text === '{' && ++depth === 0) || (text === '}' && --depth === 0));
  if (close < 0) return raws.slice(1);
  return close === raws.length - 1 ? raws.slice(1, -1) : raws;
}

/** The next tokens, in the order of the text. */
function taken(waiting: Waiting[], count: number): readonly Raw[] {
  if (count <= 0) return [];
  return waiting
    .splice(Math.max(0, waiting.length - count))
    .reverse()
    .map(({ raw }) => raw);
}

function takeStar(waiting: Waiting[]): readonly Raw[] {
  return waiting.at(-1)?.raw.text === '*' ? taken(waiting, 1) : [];
}

/** What stands in square brackets right here; null where there are none, or they are not closed soon. */
function takeBracketed(waiting: Waiting[]): readonly Raw[] | null {
  if (waiting.at(-1)?.raw.text !== '[') return null;
  for (let count = 1, depth = 0; count <= Math.min(waiting.length, LONGEST_ARGUMENT); count++) {
    const text = waiting[waiting.length - count]?.raw.text;
    if (text === '{') depth++;
    if (text === '}') depth--;
    if (text === ']' && depth <= 0) return taken(waiting, count);
  }
  return null;
}

/** The braced tokens that are next, with their braces, or the one token that is next. */
function takeOne(waiting: Waiting[]): readonly Raw[] {
  while (waiting.at(-1)?.raw.text === ' ') waiting.pop();
  if (waiting.at(-1)?.raw.text !== '{') return taken(waiting, Math.min(1, waiting.length));
  let count = 0;
  for (let depth = 0; count < waiting.length; ) {
    const text = waiting[waiting.length - ++count]?.raw.text;
    if (text === '{') depth++;
    if (text === '}' && --depth === 0) break;
  }
  return taken(waiting, count);
}

/** Everything up to a delimiter outside braces, with it; where none comes, one argument. */
function takeUpTo(waiting: Waiting[], delimiter: readonly Raw[]): readonly Raw[] {
  for (let count = 0, depth = 0; count < Math.min(waiting.length, LONGEST_ARGUMENT); count++) {
    const left = waiting.length - count;
    if (depth === 0 && startsWith(waiting, left, delimiter)) return taken(waiting, count + delimiter.length);
    const text = waiting[left - 1]?.raw.text;
    if (text === '{') depth++;
    if (text === '}') depth--;
    if (depth < 0) break;
  }
  return takeOne(waiting);
}

/** Whether those tokens are next, when so many are left. */
function startsWith(waiting: readonly Waiting[], left: number, tokens: readonly Raw[]): boolean {
  return tokens.every(({ text }, at) => waiting[left - 1 - at]?.raw.text === text);
}

function endsWith(raws: readonly Raw[], tokens: readonly Raw[]): boolean {
  return raws.length >= tokens.length && tokens.every(({ text }, at) => raws[raws.length - tokens.length + at]?.text === text);
}
