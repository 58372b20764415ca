import { cover } from '../base/span.ts';
import type { OpName } from '../syntax/notation.ts';
import { type ApplyTerm, childrenOf, type Term, termKey, walk } from './term.ts';

/** A term made of others; it covers the text of all of them. */
export function made(op: OpName, ...args: readonly Term[]): ApplyTerm {
  const spans = args.map((arg) => arg.span);
  return { kind: 'apply', op, args, span: spans.length === 0 ? { start: 0, end: 0 } : spans.reduce(cover) };
}

export function numeral(value: number, at: Term): Term {
  return { kind: 'number', value, span: { start: at.span.start, end: at.span.start } };
}

/** Factors as one product: one factor is itself, and a factor one is left out. */
export function productOf(factors: readonly Term[]): Term {
  const kept = factors.filter((factor) => !(factor.kind === 'number' && factor.value === 1));
  const [first = numeral(1, factors[0] as Term)] = kept;
  return kept.length > 1 ? made('mul', ...kept) : first;
}

/** A copy with nodes of its own, as no node may stand twice in a derivation. */
export function copyOf(term: Term): Term {
  return withChildren(term, childrenOf(term).map(copyOf));
}

/** The term with one of the nodes in it replaced; everything else stays as it is. */
export function replaced(term: Term, target: Term, replacement: Term): Term {
  if (term === target) return replacement;
  const children = childrenOf(term);
  const changed = children.map((child) => replaced(child, target, replacement));
  return changed.every((child, at) => child === children[at]) ? term : withChildren(term, changed);
}

/** The term with every node that is alike one, by its key, replaced. */
export function replacedAlike(term: Term, key: string, by: (found: Term) => Term): Term {
  if (termKey(term) === key) return by(term);
  const children = childrenOf(term);
  const changed = children.map((child) => replacedAlike(child, key, by));
  return changed.every((child, at) => child === children[at]) ? term : withChildren(term, changed);
}

/** The node of the same kind over other children, given in the order of `childrenOf`. */
export function withChildren(term: Term, children: readonly Term[]): Term {
  const [first, ...rest] = children as readonly [Term, ...Term[]];
  switch (term.kind) {
    case 'number':
    case 'symbol':
      return { ...term };
    case 'apply':
    case 'call':
      return { ...term, args: children };
    case 'differential':
      return term.along === undefined
        ? { ...term, of: first }
        : { ...term, of: first, along: { ...term.along, direction: rest[0] as Term } };
    case 'derivative':
      return { ...term, of: first, wrt: term.wrt.map((wrt, at) => ({ ...wrt, term: rest[at] as Term })) };
    case 'entry':
      return { ...term, base: first, selectors: withIndices(term.selectors, rest) };
    case 'binder':
      return {
        ...term,
        body: children.at(-1) as Term,
        from: term.from && (children[0] as Term),
        to: term.to && (children[term.from ? 1 : 0] as Term),
        comparison: term.comparison && { ...term.comparison, left: children.at(-3) as Term, right: children.at(-2) as Term },
      };
    case 'matrix':
      return { ...term, rows: inRows(term.rows, children) };
    case 'hole':
      return { ...term, parts: children };
  }
}

type Selectors = (Term & { kind: 'entry' })['selectors'];

function withIndices(selectors: Selectors, indices: readonly Term[]): Selectors {
  let next = 0;
  return selectors.map((selector) => (selector.kind === 'at' ? { kind: 'at', index: indices[next++] as Term } : selector));
}

function inRows(rows: readonly (readonly Term[])[], entries: readonly Term[]): readonly (readonly Term[])[] {
  let next = 0;
  return rows.map((row) => row.map(() => entries[next++] as Term));
}

/** The node whose child a term is, within another term. */
export function parentIn(root: Term, child: Term): Term | null {
  return [...walk(root)].find((term) => childrenOf(term).includes(child)) ?? null;
}
