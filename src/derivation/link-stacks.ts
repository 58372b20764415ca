import type { Span } from '../base/span.ts';
import type { Selector, SymbolId, Term } from '../ops/term.ts';
import { type Dim, ONE } from '../shape/dimension.ts';
import { isScalar } from '../shape/shape.ts';
import type { KnownStack, MadeStack } from './collected.ts';
import { bindIndex, type Context, symbolTerm } from './context.ts';
import { countIn, familyNamed, lettersKey } from './declare-stacks.ts';
import { roughShape } from './rough-shape.ts';
import type { Draft, Stacked } from './scope.ts';
import { wholeShape } from './stack-shape.ts';

/**
 * Members are parts of the matrix, so that what is said of one holds of the other. Only where the text defines the members,
 * and not the matrix, it is the matrix that is made of them.
 */
export function linkStacks(stacks: readonly KnownStack[], context: Omit<Context, 'section' | 'item' | 'origin'>): void {
  for (const stack of stacks) {
    const { members, whole, axis, turned } = stack;
    if (members === whole) continue;
    if (members.definedAt === null || whole.definedAt !== null) members.stacked = { whole: whole.id, axis, turned };
    else define(stack, { ...context, section: whole.section, item: whole.since, origin: 'plain' });
  }
}

/** `Z = [z_1, …, z_n]` where `z_i = W x_i`. */
export function makeStacks(made: readonly MadeStack[], context: Omit<Context, 'section' | 'item' | 'origin'>): void {
  const { scope } = context;
  for (const { draft: whole, ...placed } of made) {
    const members = familyNamed(scope, lettersKey(placed.members.last) as string, placed);
    const body = members?.definition?.body;
    const member = body?.kind === 'binder' ? roughShape(scope, body.body) : null;
    if (members === undefined || member === null) continue;
    const axis = isScalar(member) ? 'entries' : placed.axis;
    const count = countIn(placed.members) ?? members.family?.count ?? null;
    const shape = count === null ? null : wholeShape(axis, member, count);
    if (shape === null || whole.definedAt !== null) continue;
    whole.declared ??= shape;
    define(
      { members, whole, axis, turned: false, item: placed.item },
      { ...context, section: whole.section, item: whole.since, origin: 'plain' },
    );
  }
}

/** `Z_{ij}` is the j-th entry of `z_i`. */
function define({ members, whole, axis }: KnownStack, context: Context): void {
  const { span, declared } = whole;
  if (declared === null) return;
  const rows = countingTo(declared.rows, 'i', span, context);
  const cols = axis === 'entries' ? null : countingTo(declared.cols, 'j', span, context);
  const selectors = cols === null ? [rows] : axis === 'rows' ? [rows, cols] : [cols, rows];
  const body: Term = {
    kind: 'entry',
    base: symbolTerm(members.id, span),
    selectors: selectors.map((id) => ({ kind: 'at', index: symbolTerm(id, span) })),
    span,
  };
  const indices = cols === null ? [rows] : [rows, cols];
  const stack: Term = { kind: 'binder', binder: 'stack', indices, from: null, to: null, comparison: null, body, span };
  whole.definition = { params: [], body: stack, span };
  whole.definedAt = span;
}

function countingTo(to: Dim, letter: string, span: Span, context: Context): SymbolId {
  const { id } = bindIndex(context, letter, span);
  (context.scope.drafts.get(id) as Draft).range = { from: ONE, to };
  return id;
}

/** `x_i` as a part of the matrix whose row, column or entry it is. */
export function partOf({ whole, axis, turned }: Stacked, selectors: readonly Selector[], base: Span, span: Span): Term {
  const [member, ...within] = selectors;
  const entry = (chosen: readonly (Selector | undefined)[]): Term => ({
    kind: 'entry',
    base: symbolTerm(whole, base),
    selectors: chosen.filter((one) => one !== undefined),
    span,
  });
  const all: Selector = { kind: 'all' };
  if (axis === 'entries') return entry(selectors);
  if (within.length > 0) return entry(axis === 'rows' ? [member, ...within] : [...within, member]);
  const part = entry(axis === 'columns' ? [all, member] : [member, all]);
  return turned ? { kind: 'apply', op: 'transpose', args: [part], span } : part;
}
