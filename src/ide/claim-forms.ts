import type { Span } from '../base/span.ts';
import { spellingOf } from '../check/repair/spelling.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { type SymbolId, walk } from '../ops/term.ts';
import { isScalar } from '../shape/shape.ts';
import { symbolOf } from './dependencies.ts';
import type { DerivationView } from './derivation-view.ts';
import { derivativeText, type ReadAfter } from './derive.ts';
import { readable } from './readable.ts';
import type { Region } from './region.ts';

/** A claim that may be made: a derivative of what is defined, with the right side that Chainrule finds. */
export interface ClaimForm {
  readonly derivative: string;
  readonly rightSide: string;
  /** The right side as it is read at a glance: in plain notation. */
  readonly glance: string;
}

/** More are not derived while a person waits. */
export const MOST_FORMS = 12;

/** Characters that a list of suggestions shows of a row. */
const ROW = 40;

/** Whether a list of suggestions shows a text to its end. */
export function fitsIntoRow(text: string): boolean {
  return text.length <= ROW;
}

/** A claim as far as it is typed. */
export interface BegunClaim {
  readonly typed: string;
  /** What a claim takes the place of: what is typed, and brackets behind it that an editor closed. */
  readonly replaces: Span;
}

/** The claims that nobody has made yet about what stands before a place, and that begin with what is typed there. */
export function claimForms(
  view: DerivationView,
  { typed, replaces }: BegunClaim,
  region: Region,
  readAfter: ReadAfter,
): readonly ClaimForm[] {
  const notation = region === 'statement' ? 'plain' : 'latex';
  const asGradient = /^(?:\\n|∇)/.test(typed);
  const write = asGradient ? gradientWriter(region) : writerOf(typed, region);
  const derivatives = unclaimed(view, replaces.start)
    .filter(({ of }) => !asGradient || isScalar(view.shapes.ofSymbol(of)))
    .map(({ of, by }) => write(spellingOf(view, of, notation), spellingOf(view, by, notation)))
    .filter((one) => withoutBlanks(one).startsWith(withoutBlanks(typed)))
    .slice(0, MOST_FORMS);
  const separator = region === 'statement' ? '\n' : ', \\quad ';
  const text = derivatives.map((one) => `${one} = 0`).join(separator);
  const read = text === '' ? null : readAfter([{ span: replaces, newText: text }]);
  if (read === null) return [];
  return derivatives.flatMap((derivative, at) => {
    const start = replaces.start + derivatives.slice(0, at).reduce((sum, one) => sum + one.length + ' = 0'.length + separator.length, 0);
    const equation = read.built.derivation.equations.find(({ span, sides }) => span.start === start && sides.length === 2);
    const [claimed] = equation?.sides ?? [];
    if (equation === undefined || claimed?.kind !== 'derivative') return [];
    const written = { term: claimed, equation };
    const rightSide = derivativeText(read, written, region);
    if (rightSide === null) return [];
    const isShort = region === 'statement' || fitsIntoRow(`${derivative} = ${rightSide}`);
    return [{ derivative, rightSide, glance: isShort ? rightSide : readable(derivativeText(read, written, 'statement') ?? rightSide) }];
  });
}

type Writer = (of: string, by: string) => string;

/** A derivative with the sign and the fraction that a person began to write. */
function writerOf(typed: string, region: Region): Writer {
  if (region === 'statement') {
    const sign = typed.startsWith('∂') ? '∂' : 'd';
    return (of, by) => `${sign}${of}/${sign}${by}`;
  }
  const [, fraction = '\\frac', sign = '\\partial '] =
    /^(\\[dt]?frac)(?:\s*\{(d|\\mathrm\s*\{d\}|\\mathrm d )(?![a-z]))?/.exec(typed) ?? [];
  return (of, by) => `${fraction}{${sign}${of}}{${sign}${by}}`;
}

/** A gradient, for those who begin with a nabla. */
function gradientWriter(region: Region): Writer {
  if (region === 'statement') return (of, by) => `∇_${/^[\p{L}\p{N}]+$/u.test(by) ? by : `{${by}}`} ${of}`;
  return (of, by) => `\\nabla_${/^.$/su.test(by) ? by : `{${by}}`} ${of}`;
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

interface Pair {
  readonly of: SymbolId;
  readonly by: SymbolId;
}

/** What is defined, the last first, by all that it depends on; without what is claimed already. */
function unclaimed(view: DerivationView, before: number): readonly Pair[] {
  const { symbols, equations } = view.built.derivation;
  const claimed = new Set(
    equations.flatMap(({ sides: [first, second] }) =>
      first?.kind === 'derivative' && second !== undefined
        ? [`${symbolOf(first.of) ?? ''}/${first.wrt.map(({ term }) => symbolOf(term) ?? '').join()}`]
        : [],
    ),
  );
  const dependent = [...symbols.values()]
    .filter((info) => info.span.start < before && dependenciesOf(info).length > 0 && (info.definition?.params.length ?? 0) === 0)
    .reverse();
  const pairs = dependent.flatMap(({ id }) => reachedFrom(symbols, id).map((by): Pair => ({ of: id, by })));
  return pairs.filter(({ of, by }) => !claimed.has(`${of}/${by}`));
}

function dependenciesOf({ definition, open }: SymbolInfo): readonly SymbolId[] {
  return [...(open ?? []), ...(definition === null ? [] : [...walk(definition.body)].flatMap((term) => symbolOf(term) ?? []))];
}

/** The symbols that a symbol is made of, the nearest first, that are neither dimensions nor indices. */
function reachedFrom(symbols: ReadonlyMap<SymbolId, SymbolInfo>, id: SymbolId): readonly SymbolId[] {
  const found = new Set<SymbolId>();
  const open = [id];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    const info = symbols.get(at);
    for (const next of info === undefined ? [] : dependenciesOf(info)) {
      const isVariable = symbols.get(next)?.role === 'variable';
      if (!isVariable || next === id || found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return [...found];
}
