import { type Say, told } from '../base/say.ts';
import type { Span } from '../base/span.ts';
import type { Surface } from '../check/check-document.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { OPS } from '../ops/table.ts';
import { DIAGNOSTIC_CODES } from '../protocol/report.ts';
import { showShape } from '../shape/shape.ts';
import { NOTATION, type Notation, OP_NAMES } from '../syntax/notation.ts';
import { PROPERTIES } from '../syntax/parse-shape.ts';
import { ABBREVIATIONS } from './abbreviations.ts';
import { claimForms } from './claim-forms.ts';
import type { DerivationView } from './derivation-view.ts';
import type { ReadAfter } from './derive.ts';
import { LATEX_COMMANDS } from './latex-commands.ts';
import { lineBefore, type Region, regionAt } from './region.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'symbol' | 'function' | 'directive' | 'value' | 'claim' | 'sign';
  /** The shape of a symbol, the use of a directive. */
  readonly detail: string;
  readonly documentation?: string;
  /** What is written; the label where this is absent. A snippet has `$1`, `$2` where something is to be filled in. */
  readonly insert?: string;
  readonly isSnippet?: boolean;
  /** What a person types to find it, where that is not the label. */
  readonly typed?: string;
  /** What it takes the place of. */
  readonly replaces: Span;
}

/** What may be written at an offset: in a statement what fits there, in LaTeX mathematics symbols and commands, in prose nothing. */
export function complete(view: DerivationView, surface: Surface, offset: number, readAfter: ReadAfter): readonly Completion[] {
  const region = regionAt(view.text, surface, offset);
  if (region === null) return [];
  const word = wordBefore(view.text, offset);
  return region === 'mathematics' ? inMathematics(view, word, readAfter) : inStatement(view, word, readAfter);
}

function wordBefore(text: string, offset: number): Span {
  const word = /\\?(?:\p{L}[\p{L}\p{N}_]*)?$/u.exec(text.slice(Math.max(0, offset - 100), offset))?.[0] ?? '';
  return { start: offset - word.length, end: offset };
}

// ---- in LaTeX

/** A backslash begins a command; where a formula begins, so may a claim. */
function inMathematics(view: DerivationView, word: Span, readAfter: ReadAfter): readonly Completion[] {
  const typed = view.text.slice(word.start, word.end);
  const isBeginning = /(?:\$|\\\[|\\\(|\\begin\{[^}]*\})\s*$/.test(view.text.slice(Math.max(0, word.start - 40), word.start));
  const claims = isBeginning && (typed === '' || typed.startsWith('\\')) ? claimsAt(view, word, 'mathematics', readAfter) : [];
  return [...claims, ...symbolsBefore(view, word), ...(typed.startsWith('\\') ? commands(word) : [])];
}

function commands(replaces: Span): readonly Completion[] {
  return LATEX_COMMANDS.map(({ label, insert, detail, documentation }) => ({
    label,
    kind: 'function',
    detail,
    documentation,
    replaces,
    ...(insert === label ? {} : { insert, isSnippet: insert.includes('$') }),
  }));
}

// ---- in statements

function inStatement(view: DerivationView, word: Span, readAfter: ReadAfter): readonly Completion[] {
  const typed = view.text.slice(word.start, word.end);
  if (typed.startsWith('\\')) return [...signs(word), ...symbolsBefore(view, word)];
  const before = statementBefore(view.text, word.start);
  if (before === '')
    return [
      ...(typed === '' || typed.startsWith('d') ? claimsAt(view, word, 'statement', readAfter) : []),
      ...directives(view.say, word),
      ...symbolsBefore(view, word),
    ];
  const values = valuesBehind(view, before, word);
  return values ?? [...symbolsBefore(view, word), ...functions(view.say, word)];
}

/** The statement so far, without what a comment of Markdown or LaTeX puts before it. */
function statementBefore(text: string, offset: number): string {
  return lineBefore(text, offset)
    .replace(/^.*chainrule:/, '')
    .replace(/^.*;/, '')
    .trimStart();
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  layout: ['denominator', 'numerator', 'mixed', 'auto'],
  convention: ['bold', 'off'],
  verify: ['on', 'off'],
  broadcast: ['on', 'off'],
  gradient: ['as column', 'as row'],
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
  const dimensions = [...view.built.derivation.symbols.values()].filter(({ role }) => role === 'dimension').map(({ text }) => text);
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
    declared === null ? [] : [showShape(declared).replace(/×1$/, '')],
  );
  return [...new Set(shapes)].filter((shape) => shape !== '1');
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

// ---- in both

/** The last version of each symbol before an offset. */
function symbolsBefore({ built, shapes, say }: DerivationView, replaces: Span): readonly Completion[] {
  const known = new Map<string, SymbolInfo>();
  for (const info of built.derivation.symbols.values()) {
    if (info.role === 'dimension' || info.span.start >= replaces.start || built.implicit.has(info.id)) continue;
    known.set(info.text, info);
  }
  return [...known.values()].map(({ text, id, role }) => ({
    label: text,
    kind: 'symbol',
    detail: role === 'index' ? say('index') : showShape(shapes.ofSymbol(id)),
    replaces,
  }));
}

function claimsAt(view: DerivationView, replaces: Span, region: Region, readAfter: ReadAfter): readonly Completion[] {
  return claimForms(view, replaces, region, readAfter).map(({ derivative, rightSide }) => ({
    label: `${derivative} = ${rightSide}`,
    kind: 'claim',
    detail: view.say('the derivative'),
    typed: derivative,
    replaces,
  }));
}
