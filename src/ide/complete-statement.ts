import { type Say, told } from '../base/say.ts';
import type { Span } from '../base/span.ts';
import { statementBefore } from '../check/statement-places.ts';
import { OPS } from '../ops/table.ts';
import { DIAGNOSTIC_CODES } from '../protocol/report.ts';
import { showWritable } from '../shape/shape.ts';
import { isCount } from '../syntax/count-names.ts';
import { NOTATION, type Notation, OP_NAMES } from '../syntax/notation.ts';
import { PROPERTIES } from '../syntax/parse-shape.ts';
import { ABBREVIATIONS } from './abbreviations.ts';
import { type Completion, claimsAt, symbolsBefore } from './completion.ts';
import type { DerivationView } from './derivation-view.ts';
import type { ReadAfter } from './derive.ts';

/** What may be written in plain notation: what states something where a statement begins, behind a directive its values, else an expression. */
export function completeStatement(view: DerivationView, word: Span, readAfter: ReadAfter): readonly Completion[] {
  const typed = view.text.slice(word.start, word.end);
  if (typed.startsWith('\\')) return [...signs(word), ...symbolsBefore(view, word)];
  const before = statementBefore(view.text, word.start);
  const claims = claimsBegun(view, word.end, readAfter);
  if (before === '') return [...claims, ...directives(view.say, word), ...symbolsBefore(view, word)];
  return valuesBehind(view, before, word) ?? [...claims, ...symbolsBefore(view, word), ...functions(view.say, word)];
}

/** The claims that a statement may become, of which nothing or the beginning of a derivative is written. */
function claimsBegun(view: DerivationView, end: number, readAfter: ReadAfter): readonly Completion[] {
  const written = statementBefore(view.text, end);
  const isOne = /^(?:[d∂∇][^\s=:]*)?$/u.test(written);
  const replaces = { start: end - written.length, end };
  return isOne ? claimsAt(view, { typed: written, replaces }, 'statement', readAfter) : [];
}

/** Whether a value is what a person types next: behind the blank after a directive, the colon of a declaration, or its shape. */
export function awaitsValue(text: string, offset: number): boolean {
  const before = statementBefore(text, offset);
  return Object.hasOwn(VALUES, before.trim()) || before.trim() === 'size' || /^[^\s:=][^:=]*:\s[^=:]*$/.test(before);
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  layout: ['denominator', 'numerator', 'mixed', 'auto'],
  convention: ['bold', 'off'],
  verify: ['on', 'off'],
  broadcast: ['on', 'off'],
  gradient: ['as column', 'as row'],
  'gradient as': ['column', 'row'],
  ignore: ['file', ...DIAGNOSTIC_CODES],
  off: DIAGNOSTIC_CODES,
  on: DIAGNOSTIC_CODES,
  expect: DIAGNOSTIC_CODES,
};

/** What may follow a directive, or the colon of a declaration; null where an expression is written. */
function valuesBehind(view: DerivationView, before: string, replaces: Span): readonly Completion[] | null {
  const value = (label: string, detail = ''): Completion => ({ label, kind: 'value', detail, replaces });
  const directive = before.trim();
  if (Object.hasOwn(VALUES, directive)) return (VALUES[directive] ?? []).map((label) => value(label));
  const dimensions = [...view.built.derivation.symbols.values()].flatMap(({ role, text }) =>
    role === 'dimension' && !isCount(text) ? [text] : [],
  );
  if (directive === 'size') return dimensions.map((name) => value(name, view.say('dimension')));
  const shape = /^[^:=]+:\s*(?<shape>[^=:]*)$/.exec(before)?.groups?.shape;
  if (shape === undefined) return null;
  if (/[\p{L}\p{N})]\s+$/u.test(shape)) return [...PROPERTIES].map((label) => value(label, view.say('property')));
  const shapes = shape === '' ? [...declaredShapes(view), 'scalar'] : [];
  return [
    ...shapes.map((label) => value(label, view.say('shape'))),
    ...dimensions.filter((name) => !shapes.includes(name)).map((name) => value(name, view.say('dimension'))),
  ];
}

/** The shapes that the document declares, as a person writes them. */
function declaredShapes({ built }: DerivationView): readonly string[] {
  const shapes = [...built.derivation.symbols.values()].flatMap(({ declared }) =>
    declared === null ? [] : [showWritable(declared).replace(/×1$/, '')],
  );
  return [...new Set(shapes)].filter((shape) => shape !== '1' && !shape.includes('?'));
}

const DIRECTIVES: Readonly<Record<string, string>> = {
  layout: told('how derivatives are laid out in this section'),
  'gradient as column': told('denominator layout'),
  'gradient as row': told('numerator layout'),
  'convention bold': told('bold small letters are columns, bold capitals matrices'),
  verify: told('whether claims of this section are checked numerically'),
  broadcast: told('whether scalar + matrix and row + matrix are meant'),
  tolerance: told('the largest relative error of a verified claim'),
  seed: told('the seed of the points at which claims are checked'),
  size: told('the size of a dimension in the numeric check'),
  identity: told('the next equation is verified too'),
  ignore: told('the next block is not read, or one diagnostic of it not shown'),
  'ignore file': told('the whole document is not read'),
  off: told('what follows is not read, or one diagnostic of it not shown'),
  on: told('ends what off began'),
  expect: told('the next block must show this diagnostic'),
};

function directives(say: Say, replaces: Span): readonly Completion[] {
  return Object.entries(DIRECTIVES).map(([label, detail]) => ({ label, kind: 'directive', detail: say(detail), replaces }));
}

function signs(replaces: Span): readonly Completion[] {
  return [...ABBREVIATIONS].map(([word, sign]) => ({ label: `\\${word}`, kind: 'sign', detail: sign, insert: sign, replaces }));
}

function functions(say: Say, replaces: Span): readonly Completion[] {
  return OP_NAMES.flatMap((op): Completion[] => {
    const {
      form,
      plain: [label],
    }: Notation = NOTATION[op];
    return form === 'function' && label !== undefined
      ? [{ label, kind: 'function', detail: say('function'), documentation: OPS[op].doc, replaces }]
      : [];
  });
}
