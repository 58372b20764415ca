import { number } from '../ops/algebra/leaves.ts';
import { product } from '../ops/algebra/product.ts';
import { rebuild } from '../ops/algebra/rebuild.ts';
import { splitCoefficient, sum, termsOf } from '../ops/algebra/sum.ts';
import { type BinderValue, contains, mentions, type SymbolValue, type Value } from '../ops/algebra/value.ts';
import type { SymbolId } from '../ops/term.ts';

/** One member of a family, `x_k`: the family, the index, and the symbol that stands for the member. */
export interface Member {
  readonly family: SymbolId;
  readonly index: Value;
  readonly symbol: SymbolValue;
}

/** The terms of a value that move with one member, with a symbol in its place: `\|x_k - c\|^2` of `Σ_i \|x_i - c\|^2`. Null where other members would move with it. */
export function termsOfMember(value: Value, member: Member): Value | null {
  const parts = termsOf(value)
    .filter((term) => mentions(term, member.family))
    .map((term) => termOfMember(term, member));
  return parts.some((part) => part === null) ? null : sum(...(parts as readonly Value[]));
}

function termOfMember(term: Value, member: Member): Value | null {
  const [coefficient, rest] = splitCoefficient(term);
  if (rest.kind === 'binder' && mentions(rest, member.family)) {
    const own = ofOneIndex(rest, member);
    return own === null ? null : product(number(coefficient), own);
  }
  if (rest.kind === 'product' && rest.factors.length === 0) {
    const [moving, ...more] = rest.scalars.filter((one) => mentions(one, member.family));
    const own = moving === undefined || more.length > 0 ? null : termOfMember(moving, member);
    return own === null ? null : product(number(coefficient), ...rest.scalars.map((one) => (one === moving ? own : one)));
  }
  return withMember(term, member);
}

/** Of a sum over i the term in which i is the index of the member. */
function ofOneIndex({ binder, indices, distinct, body }: BinderValue, member: Member): Value | null {
  const [index, ...more] = indices;
  if (binder !== 'sum' || index === undefined || more.length > 0 || distinct) return null;
  const others = contains(body, (part) => isMemberOf(part, member.family) && !isAt(part, index));
  return others
    ? null
    : withMember(
        rebuild(body, (part) => (part.kind === 'symbol' && part.id === index ? member.index : part)),
        member,
      );
}

/** The value with a symbol for the member; null where it has others of the family. */
export function withMember(value: Value, member: Member): Value | null {
  const isMember = (part: Value) => isMemberOf(part, member.family) && part.selectors.length === 1 && isAt(part, member.index.key);
  const own = rebuild(value, (part) => (isMember(part) ? member.symbol : part));
  return mentions(own, member.family) ? null : own;
}

function isMemberOf(part: Value, family: SymbolId): part is Value & { kind: 'entry' } {
  return part.kind === 'entry' && part.base.kind === 'symbol' && part.base.id === family;
}

/** Whether an entry has this index first: by the key of a value, or the symbol of an index. */
function isAt(part: Value, index: string): boolean {
  const first = part.kind === 'entry' ? part.selectors[0] : undefined;
  return first?.kind === 'at' && (first.index.key === index || (first.index.kind === 'symbol' && first.index.id === index));
}
