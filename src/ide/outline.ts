import type { Span } from '../base/span.ts';
import type { CheckedDocument, CheckedEquation, Heading, ListedDocument } from '../check/checked-document.ts';

/** A heading with everything up to the next of its level or above. */
export interface OutlineSection {
  readonly kind: 'section';
  readonly title: string;
  readonly span: Span;
  readonly heading: Span;
  readonly level: number;
  readonly children: readonly OutlineNode[];
}

export interface OutlineItem {
  readonly kind: 'declaration' | 'definition' | 'claim';
  readonly title: string;
  /** The shape, or the status of a claim. */
  readonly detail: string;
  readonly span: Span;
  readonly name: Span;
}

export type OutlineNode = OutlineSection | OutlineItem;

/** What an outline is made from; the verdicts of claims where they are known. */
export type Outlined = ListedDocument & Pick<CheckedDocument, 'claims'>;

/** Sections, and in them what is declared, defined and claimed. */
export function outline(document: Outlined): readonly OutlineNode[] {
  const items = withoutRepetition(document.equations.flatMap((equation) => outlineItem(document, equation)));
  return nest(document.headings, items, { start: 0, end: document.text.length });
}

function outlineItem({ claims }: Outlined, { kind, sides, span }: CheckedEquation): readonly OutlineItem[] {
  const [first] = sides;
  if (first === undefined || kind === 'equation') return [];
  const title = first.text.replace(/\s+/g, ' ');
  if (kind === 'declaration' || kind === 'definition')
    return [{ kind, title, detail: first.shape === '?' ? '' : first.shape, span, name: first.span }];
  const status = claims?.find((claim) => claim.span.start === first.span.start)?.status;
  return [{ kind: 'claim', title, detail: status ?? '', span, name: first.span }];
}

/** A symbol that is declared and then defined, or a definition with several sides, is one entry at one place. */
function withoutRepetition(items: readonly OutlineItem[]): readonly OutlineItem[] {
  const seen = new Set<string>();
  return items.filter(({ title, name }) => {
    const key = `${title}:${name.start}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function nest(headings: readonly Heading[], items: readonly OutlineItem[], within: Span): readonly OutlineNode[] {
  const [first] = headings;
  const before = items.filter(({ name }) => first === undefined || name.start < first.span.start);
  const sections = topmost(headings).map(({ heading, inner, end }): OutlineSection => {
    const until = end ?? within.end;
    const own = items.filter(({ name }) => name.start >= heading.span.start && name.start < until);
    const span = { start: heading.span.start, end: until };
    return {
      kind: 'section',
      title: heading.title.trim() === '' ? '(untitled)' : heading.title,
      span,
      heading: heading.span,
      level: heading.level,
      children: nest(inner, own, span),
    };
  });
  return [...before, ...sections];
}

interface Topmost {
  readonly heading: Heading;
  readonly inner: readonly Heading[];
  /** Where the next of its level begins. */
  readonly end: number | undefined;
}

/** Headings that stand below no other, each with those below it. */
function topmost(headings: readonly Heading[]): readonly Topmost[] {
  const found: Topmost[] = [];
  for (let at = 0; at < headings.length; ) {
    const heading = headings[at] as Heading;
    let next = at + 1;
    while (next < headings.length && (headings[next] as Heading).level > heading.level) next++;
    found.push({ heading, inner: headings.slice(at + 1, next), end: headings[next]?.span.start });
    at = next;
  }
  return found;
}
