import type { Span } from '../base/span.ts';
import type { FoundEdit } from '../check/checked-document.ts';
import { walk } from '../ops/term.ts';
import { showShape } from '../shape/shape.ts';
import { GREEK } from '../syntax/name.ts';
import { type DerivationView, type Occurrence, occurrenceAt } from './derivation-view.ts';
import { isLatex } from './formula.ts';
import { occurrencesAt } from './navigate.ts';

/** The edits of a renaming, or why there can be none. */
export type Renaming =
  | { readonly kind: 'edits'; readonly edits: readonly FoundEdit[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** The name at an offset, if it can be renamed. */
export function renameable(view: DerivationView, offset: number): Span | null {
  return occurrenceAt(view, offset)?.span ?? null;
}

/**
 * Renames the symbol at an offset everywhere it stands. `reread` reads the edited text, so that a name
 * which would change what anything means is found out before it does.
 */
export function rename(
  view: DerivationView,
  offset: number,
  name: string,
  reread: (edits: readonly FoundEdit[]) => DerivationView,
): Renaming {
  const places = occurrencesAt(view, offset);
  const wanted = name.trim();
  if (places.length === 0) return refused(view.say('There is no symbol here.'));
  if (!isName(wanted))
    return refused(view.say('`{0}` is not a name: a name is a letter or a word, with a subscript, an accent or a style.', wanted));
  const edits = places.map(({ span }) => ({ span, newText: spaced(view.text, span, spelled(view, span, wanted)) }));
  return capture(view, places, edits, reread(edits), wanted) ?? { kind: 'edits', edits };
}

function refused(reason: string): Renaming {
  return { kind: 'refused', reason };
}

function isName(name: string): boolean {
  return /^(?:\\?\p{L}[\p{L}\p{N}]*)(?:\{[^{}\s]+\}|[ ]\p{L})?(?:_(?:\{[^{}]+\}|\p{L}+|\p{N}+))?(?:\^(?:\{[(*][^{}]*\}|\*|\(\w+\)))?$/u.test(
    name,
  );
}

/** A word in LaTeX is a product of its letters, unless it is a command or stands upright. */
function spelled(view: DerivationView, span: Span, name: string): string {
  const [, word = '', rest = ''] = /^(\p{L}{2,})(.*)$/u.exec(name) ?? [];
  if (word === '' || !isLatex(view, span)) return name;
  return `${Object.hasOwn(GREEK, word) ? `\\${word}` : `\\mathrm{${word}}`}${rest}`;
}

/** A command of LaTeX ends at the first character that is no letter. */
function spaced(text: string, { end }: Span, name: string): string {
  return /\\[A-Za-z]+$/.test(name) && /[A-Za-z]/.test(text[end] ?? ' ') ? `${name} ` : name;
}

/** After the renaming every place must still be the same symbol as before, and every other place another one. */
function capture(
  before: DerivationView,
  places: readonly Occurrence[],
  edits: readonly FoundEdit[],
  after: DerivationView,
  name: string,
): Renaming | null {
  const moved = new Map<number, string>();
  for (const { span, id } of before.occurrences) moved.set(shifted(span.start, edits), id);
  if (moved.size !== after.occurrences.length) return refused(before.say('`{0}` would be read differently here.', name));
  const meanings = new Map<string, string>();
  for (const { span, id } of after.occurrences) {
    const was = moved.get(span.start);
    if (was === undefined) return refused(before.say('`{0}` would be read differently here.', name));
    if ((meanings.get(id) ?? was) !== was) return refused(before.say('`{0}` is another symbol here already.', name));
    meanings.set(id, was);
  }
  const symbols = new Set(places.map(({ id }) => id)).size;
  if (new Set(meanings.values()).size !== meanings.size || symbols !== 1)
    return refused(before.say('`{0}` would mean something else in some places.', name));
  const isDimension = before.built.derivation.symbols.get(places[0]?.id ?? '')?.role === 'dimension';
  const hasOtherShape = [...meanings].some(([is, was]) => showShape(after.shapes.ofSymbol(is)) !== showShape(before.shapes.ofSymbol(was)));
  return structureOf(before) === structureOf(after) && (isDimension || !hasOtherShape)
    ? null
    : refused(before.say('`{0}` would be read differently here.', name));
}

/** What is said, whatever the names. */
function structureOf({ built }: DerivationView): string {
  return built.derivation.equations
    .map(
      ({ kind, sides }) =>
        `${kind} ${sides.map((side) => [...walk(side)].map((term) => (term.kind === 'apply' ? term.op : term.kind)).join(' ')).join(' = ')}`,
    )
    .join('\n');
}

function shifted(offset: number, edits: readonly FoundEdit[]): number {
  return edits.reduce((sum, { span, newText }) => (span.start < offset ? sum + newText.length - (span.end - span.start) : sum), offset);
}
