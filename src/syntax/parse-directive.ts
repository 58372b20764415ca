import { DIAGNOSTIC_CODES } from '../protocol/report.ts';
import type { DirectiveName, DirectiveStatement } from './ast.ts';
import { type Cursor, peek, report, spanSince } from './cursor.ts';
import type { Token } from './token.ts';

/** The codes of diagnostics, as the words of a line. */
const CODES = DIAGNOSTIC_CODES.map((code) => code.replace('/', ' / ')).join('|');

/** What may follow each directive's word, as a pattern over the words of the line; and how to say it. */
const DIRECTIVES: Readonly<Record<string, { readonly rest: RegExp; readonly usage: string }>> = {
  layout: {
    rest: /^(?:denominator|numerator|mixed|auto)$/,
    usage: '`layout` is followed by `denominator`, `numerator`, `mixed` or `auto`',
  },
  convention: { rest: /^(?:bold|off)$/, usage: '`convention` is followed by `bold` or `off`' },
  verify: { rest: /^(?:on|off)$/, usage: '`verify` is followed by `on` or `off`' },
  broadcast: { rest: /^(?:on|off)$/, usage: '`broadcast` is followed by `on` or `off`' },
  tolerance: { rest: /^[\d.]+(?:e-?\d+)?$/i, usage: '`tolerance` is followed by a number, as in `tolerance 1e-6`' },
  seed: { rest: /^\d+$/, usage: '`seed` is followed by a whole number, as in `seed 7`' },
  size: { rest: /^\S+ = [1-9]\d*$/, usage: '`size` gives a dimension a positive whole number, as in `size n = 784`' },
  identity: { rest: /^$/, usage: '`identity` stands alone, before the equation' },
  ignore: {
    rest: new RegExp(`^(?:file|${CODES})?$`),
    usage: '`ignore` stands alone, or is followed by `file` or the code of a diagnostic, as in `ignore shape/product`',
  },
  off: {
    rest: new RegExp(`^(?:${CODES})?$`),
    usage: '`off` stands alone, or is followed by the code of a diagnostic, as in `off shape/product`',
  },
  on: {
    rest: new RegExp(`^(?:${CODES})?$`),
    usage: '`on` stands alone, or is followed by the code of a diagnostic, as in `on shape/product`',
  },
  expect: { rest: /^[a-z]+(?: \/ [a-z-]+)?$/, usage: '`expect` is followed by a code, as in `expect shape/product`' },
};

/** Every word that begins a directive. */
export const DIRECTIVE_WORDS: readonly string[] = Object.keys(DIRECTIVES);

/** A word that begins a directive and, without what must follow, may also be a symbol's name. */
const ALSO_NAMES: ReadonlySet<string> = new Set(['size', 'seed', 'tolerance', 'off', 'on', 'identity', 'layout']);

/** `layout denominator`, `size n = 784`, … ; null, and nothing consumed, where the line is no directive. */
export function parseDirective(cursor: Cursor): DirectiveStatement | null {
  const first = cursor.at;
  const word = peek(cursor);
  if (word?.kind !== 'name') return null;
  if (word.text === 'gradient') return parseGradientAs(cursor, first);
  const directive = Object.hasOwn(DIRECTIVES, word.text) ? DIRECTIVES[word.text] : undefined;
  if (directive === undefined) return null;
  const args = argumentsOf(cursor);
  if (!directive.rest.test(joined(args))) return refuse(cursor, first, word, args, directive.usage);
  cursor.at = word.text === 'identity' ? first + 1 : cursor.tokens.indexOf(args.at(-1) ?? word) + 1;
  return { kind: 'directive', name: word.text as DirectiveName, args: meaningful(word.text, args), span: spanSince(cursor, first) };
}

/** Directives whose value is a word, so that a colon before it declares nothing. */
const KEYWORDED: ReadonlySet<string> = new Set(['layout', 'convention', 'verify', 'broadcast']);

/** The words up to the end of the line, or to the next directive on it: `tolerance 1e-6   seed 7`. */
function argumentsOf(cursor: Cursor): readonly Token[] {
  const rest = restOfLine(cursor);
  const next = rest.findIndex(
    ({ kind, text, spaced }, at) => at > 0 && kind === 'name' && spaced && text.length > 3 && Object.hasOwn(DIRECTIVES, text),
  );
  const own = next < 0 ? rest : rest.slice(0, next);
  const hasColon = own[0]?.kind === 'relation' && own[0].text === ':' && KEYWORDED.has((peek(cursor) as Token).text);
  return hasColon ? own.slice(1) : own;
}

function restOfLine(cursor: Cursor): readonly Token[] {
  return cursor.tokens.slice(cursor.at + 1);
}

/** The words with one blank between them, except where nothing parts them in the text. */
function joined(tokens: readonly Token[]): string {
  return tokens
    .map((token) => token.text)
    .join(' ')
    .replace(/ - /g, '-')
    .replace(/(\d) e -? ?(\d)/, '$1e$2');
}

function meaningful(word: string, tokens: readonly Token[]): readonly string[] {
  const text = joined(tokens);
  if (word === 'size') return text.split(' = ');
  return text === '' ? [] : [text.replace(' / ', '/')];
}

/** A directive with wrong words is one problem; a line such as `size = 3 x` is an equation. */
function refuse(cursor: Cursor, first: number, word: Token, args: readonly Token[], usage: string): null {
  const isEquation = args.some((token) => token.kind === 'relation') || args.length === 0;
  if (isEquation && ALSO_NAMES.has(word.text) && word.text !== 'size') return null;
  if (word.text === 'size' && args[0]?.kind === 'relation') return null;
  cursor.at = cursor.tokens.length;
  report(cursor, `${usage}.`, spanSince(cursor, first));
  return null;
}

/** `gradient as column` is `layout denominator`, `gradient as row` is `layout numerator`. */
function parseGradientAs(cursor: Cursor, first: number): DirectiveStatement | null {
  const words = joined(restOfLine(cursor));
  if (words !== 'as column' && words !== 'as row') return null;
  cursor.at = cursor.tokens.length;
  const layout = words === 'as column' ? 'denominator' : 'numerator';
  return { kind: 'directive', name: 'layout', args: [layout], span: spanSince(cursor, first) };
}
