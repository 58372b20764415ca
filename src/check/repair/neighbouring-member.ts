import type { Equation, Steps } from '../../derivation/derivation.ts';
import type { Term } from '../../ops/term.ts';
import type { FoundEdit } from '../checked-document.ts';
import { oneLine, type RuleContext } from '../words.ts';
import type { Recheck } from './recheck.ts';
import type { Repair } from './repair.ts';

/** Texts read again for one mistake. */
const MOST_TEXTS = 12;
/** How far from where a recursion is the members stand that it speaks of. */
const NEAR = [0, 1, -1];

/** One index or bound that is another, and what is shown of it. */
interface Shift {
  readonly edit: FoundEdit;
  readonly before: string;
  readonly after: string;
  readonly says: string;
}

/**
 * Where a text has a recursion, the member before or behind one that a side names: `\lambda_{t+1}` for `\lambda_t`, or a sum that begins or ends
 * one step further on. A member that no other claim names is no symbol yet, and in a sum over all steps it is as many as there are steps; the mended
 * text is therefore read at once.
 */
export function repairByMember({ text, built, say }: RuleContext, equation: Equation, side: Term, recheck: Recheck): Repair | null {
  const { steps } = built.derivation;
  if (steps === null) return null;
  const shifts = shiftsIn(text.slice(side.span.start, side.span.end), side.span.start, steps);
  const found = shifts.slice(0, MOST_TEXTS).find(({ edit }) => recheck([edit], equation));
  if (found === undefined) return null;
  const { edit, before, after, says } = found;
  return {
    fixes: [{ title: say('Replace `{0}` by `{1}`', before, after), edits: [edit], slip: 'member' }],
    hint: `${says}: \`${after}\` instead of \`${before}\` agrees.`,
    mended: text.slice(side.span.start, edit.span.start) + edit.newText + text.slice(edit.span.end, side.span.end),
  };
}

function shiftsIn(written: string, start: number, { letter, end }: Steps): readonly Shift[] {
  const shifts = [
    ...ofIndices(written, letter, MEMBER, 'A member has the wrong index'),
    ...ofIndices(written, end, LAST, 'A member has the wrong index'),
    ...ofIndices(written, end, BOUND, 'A sum has the wrong bounds'),
    ...ofFirst(written, letter),
  ];
  return shifts.map((shift) => ({ ...shift, edit: { ...shift.edit, span: moved(shift.edit.span, start) } }));
}

function moved({ start, end }: FoundEdit['span'], by: number): FoundEdit['span'] {
  return { start: start + by, end: end + by };
}

// ---- how indices are written

/** What stands before an index: `\lambda_`, `\mathbf{h}_`, `W^`. */
const BASE = String.raw`(?:\\[A-Za-z]+\s*(?:\{[^{}]*\})?|\p{L})`;
const MEMBER = String.raw`${BASE}\s*[_^]\s*`;
/** The last member stands below or in brackets; `A^T` is a transpose. */
const LAST = String.raw`${BASE}\s*(?:_|\^(?=\s*\{\s*[([]))\s*`;
const BOUND = String.raw`(?:\\sum|sum|Σ|∑)\s*_\s*\{[^{}]*\}\s*\^\s*`;

/** The letter as it stands in a text. */
function spelled(letter: string): string {
  return letter === 'ℓ' ? String.raw`(?:ℓ|\\ell\b)` : letter;
}

/** `t`, and within brackets `t`, `t+1`, `t-1`. */
function indexPattern(head: string, letter: string): RegExp {
  const name = `(?<bare>${spelled(letter)})`;
  const inside = `(?<letter>${spelled(letter)})${String.raw`(?:\s*(?<sign>[+-])\s*(?<by>\d+))?`}`;
  return new RegExp(String.raw`(?<head>${head})(?:${name}|(?<open>\{\s*[([]?|[([])\s*${inside}\s*(?<close>[)\]]?\s*\}|[)\]]))`, 'gu');
}

/** Every index with the letter, and in its place the two others that are near: of `t` the `t+1` and the `t-1`. */
function ofIndices(text: string, letter: string, head: string, says: string): readonly Shift[] {
  return [...text.matchAll(indexPattern(head, letter))].flatMap((match) => {
    const { open = '', sign, by = '0', close = '', bare, letter: inside } = match.groups ?? {};
    const offset = (sign === '-' ? -1 : 1) * Number(by);
    const others = NEAR.filter((one) => one !== offset);
    return others.map((one) => shiftOf(match, says, written((bare ?? inside) as string, one, open, close)));
  });
}

/** A sum that begins one step earlier or later. */
function ofFirst(text: string, letter: string): readonly Shift[] {
  const pattern = new RegExp(String.raw`(?<head>${spelled(letter)}\s*=\s*)(?<first>\d+)`, 'gu');
  return [...text.matchAll(pattern)].flatMap((match) => {
    const first = Number(match.groups?.first);
    return [first - 1, first + 1].filter((one) => one >= 0).map((one) => shiftOf(match, 'A sum has the wrong bounds', String(one)));
  });
}

function shiftOf(match: RegExpExecArray, says: string, newText: string): Shift {
  const [whole] = match;
  const head = match.groups?.head ?? '';
  const span = { start: match.index + head.length, end: match.index + whole.length };
  return { edit: { span, newText }, before: oneLine(whole), after: oneLine(head + newText), says };
}

/** As the text writes indices: in its brackets, and without braces where one letter needs none. */
function written(letter: string, offset: number, open: string, close: string): string {
  const index = `${letter}${offset === 0 ? '' : offset > 0 ? `+${offset}` : offset}`;
  const isBare = index.length === 1 && open.trim().length < 2 && !/[([]/.test(open);
  return isBare ? index : open === '' ? `{${index}}` : `${open}${index}${close}`;
}
