import type { Span } from '../base/span.ts';
import type { Surface } from '../check/check-document.ts';
import type { CheckedDocument, CheckedEquation } from '../check/checked-document.ts';
import type { SourceDocument } from '../syntax/document.ts';
import { readLatex } from '../syntax/read-latex.ts';
import { readMarkdown } from '../syntax/read-markdown.ts';
import { readCells } from '../syntax/read-notebook.ts';
import { readPlain } from '../syntax/read-plain.ts';

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

interface Heading {
  readonly level: number;
  readonly title: string;
  readonly span: Span;
}

/** Sections, and in them what is declared, defined and claimed. */
export function outline(checked: CheckedDocument, surface: Surface): readonly OutlineNode[] {
  const headings = readSource(checked, surface).items.flatMap((item) =>
    item.kind === 'heading' ? [{ level: item.level, title: item.title, span: item.span }] : [],
  );
  const items = withoutRepetition(checked.equations.flatMap((equation) => outlineItem(checked, equation)));
  return nest(headings, items, { start: 0, end: checked.text.length });
}

function readSource({ text, notebook }: CheckedDocument, surface: Surface): SourceDocument {
  if (notebook !== undefined) return readCells(notebook);
  if (surface === 'latex') return readLatex(text, {});
  return surface === 'markdown' ? readMarkdown(text) : readPlain(text);
}

function outlineItem({ claims }: CheckedDocument, { kind, sides, span }: CheckedEquation): readonly OutlineItem[] {
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
