import type { Span } from '../../base/span.ts';
import { takesBrackets } from '../../derivation/derivation.ts';
import { bracketsAt, printTerm, writtenAt } from '../../derivation/print-term.ts';
import { type ApplyTerm, type EntryTerm, type Term, termKey, walk } from '../../ops/term.ts';
import type { NotationName } from '../../syntax/cursor.ts';
import { NOTATION, type OpName } from '../../syntax/notation.ts';
import type { RuleContext } from '../words.ts';
import { notationsAt } from './notations.ts';
import { spellingOf } from './spelling.ts';

/**
 * Texts that may stand in the place of a term, those first that keep most of what is written: spaces,
 * brackets and the spelling of every part that stays.
 */
export function respell(context: RuleContext, target: Term, replacement: Term): readonly string[] {
  const written = textAt(context, target.span);
  const notations = notationsAt(context, target.span.start);
  const kept = notations.flatMap((notation) => keepingGaps(context, notation, target, replacement) ?? []);
  const printed = notations.map((notation) => print(context, notation, target, replacement));
  const texts = [...kept, ...printed.flatMap((text) => [text, `(${text})`])].map((text) => withOneMark(context, target, text));
  return [...new Set(texts)].filter((text) => text !== written);
}

/** TeX refuses a second superscript: what ends in one is braced where another follows. */
function withOneMark({ text, notation }: RuleContext, { span }: Term, newText: string): string {
  const isFollowed = notation !== 'plain' && /^\s*[\^']/.test(text.slice(span.end, span.end + 8));
  return isFollowed && /(\^(\\?\w+|\{[^{}]*\})|')$/.test(newText) ? `{${newText}}` : newText;
}

function textAt({ text }: RuleContext, { start, end }: Span): string {
  return text.slice(start, end);
}

// ---- the same operands in another order, or under another operator

function keepingGaps(context: RuleContext, notation: NotationName, target: Term, replacement: Term): string | null {
  if (target.kind !== 'apply' || replacement.kind !== 'apply' || target.args.length !== replacement.args.length) return null;
  const places = replacement.args.map((arg) =>
    target.args.findIndex((one) => one.span.start === arg.span.start && termKey(one) === termKey(arg)),
  );
  if (places.includes(-1) || new Set(places).size !== places.length) return null;
  const written = [...target.args].sort((a, b) => a.span.start - b.span.start);
  if (written.some((arg, at) => arg !== target.args[at])) return null;
  const gaps = gapsOf(context, target).map((gap) => resigned(gap, notation, target.op, replacement.op));
  if (gaps.includes(null)) return null;
  const parts = places.map((from) => textAt(context, (target.args[from] as Term).span));
  return parts.reduce((text, part, at) => text + part + (gaps[at + 1] as string), gaps[0] as string);
}

/** What is written before, between and after the operands. */
function gapsOf(context: RuleContext, { args, span }: ApplyTerm): readonly string[] {
  const ends = [span.start, ...args.map((arg) => arg.span.end)];
  const starts = [...args.map((arg) => arg.span.start), span.end];
  return ends.map((end, at) => textAt(context, { start: end, end: starts[at] as number }));
}

/** A gap with the sign of the new operator in it; null where it is not known where that stands. */
function resigned(gap: string, notation: NotationName, from: OpName, to: OpName): string | null {
  if (from === to) return gap;
  const sign = NOTATION[from][notation][0] as string;
  if (sign.trim() === '') return null;
  return gap.replace(sign, NOTATION[to][notation][0] as string);
}

// ---- anything else

function print(context: RuleContext, notation: NotationName, target: Term, replacement: Term): string {
  return printTerm(replacement, {
    notation,
    marks: context.built.marks()[notation],
    symbol: (id) => spellingOf(context, id, notation),
    takesBrackets: takesBrackets(context.built.derivation.symbols),
    brackets: ({ span }) => bracketsAt(context.text, span),
    original: (term) => {
      if (term.span.end > term.span.start && isUnchanged(target, term)) return writtenAt(context.text, term.span);
      return term.kind === 'entry' ? writtenMember(context, term) : undefined;
    },
  });
}

/** The `y_n` of a text that puts its columns together as Y, where it writes that somewhere; undefined where it does not. */
function writtenMember(context: RuleContext, member: EntryTerm): string | undefined {
  const { equations, symbols } = context.built.derivation;
  const key = memberKey(context, member);
  const bodies = [...symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
  for (const side of [...bodies, ...equations.flatMap(({ sides }) => sides)])
    for (const term of walk(side))
      if (term.kind === 'entry' && term.span.end > term.span.start && memberKey(context, term) === key) return textAt(context, term.span);
  return undefined;
}

/** What an entry is of, and by which letters: the n of one sum and that of another are written alike. */
function memberKey({ built: { derivation } }: RuleContext, { base, selectors }: EntryTerm): string {
  const letters = selectors.map((one) =>
    one.kind === 'at' && one.index.kind === 'symbol' ? derivation.symbols.get(one.index.id)?.text : one.kind,
  );
  return `${termKey(base)} ${letters.join()}`;
}

/** Whether a copied term means the same as the text it was copied from. */
function isUnchanged(target: Term, term: Term): boolean {
  const key = termKey(term);
  return [...walk(target)].some((one) => one.span.start === term.span.start && one.span.end === term.span.end && termKey(one) === key);
}

// ---- how much changes

/** The characters that differ between two texts, apart from what they begin and end with alike. */
export function difference(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return before.length + after.length - 2 * (head + tail);
}
