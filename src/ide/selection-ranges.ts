import { contains, type Span } from '../base/span.ts';
import type { CheckedDocument } from '../check/checked-document.ts';
import { walk } from '../ops/term.ts';
import type { DerivationView } from './derivation-view.ts';
import { environmentSpans } from './environments.ts';
import { type OutlineNode, outline } from './outline.ts';

/** What a selection at an offset grows to: symbol, expression, side, equation, display, section, document; each contains the one before. */
export function selectionRanges(checked: CheckedDocument, view: DerivationView, offset: number): readonly Span[] {
  const { equations } = view.built.derivation;
  const spans = [
    ...view.occurrences.map(({ span }) => span),
    ...equations.flatMap(({ sides, ranges, span }) => [
      ...sides.flatMap((side) => [...walk(side)].map((term) => term.span)),
      ...ranges,
      span,
    ]),
    ...view.built.declarations.map(({ statement }) => statement),
    ...(view.surface === 'plain' ? [] : environmentSpans(view.text)),
    ...sectionSpans(outline(checked)),
    { start: 0, end: view.text.length },
  ];
  const around = spans
    .filter(({ start, end }) => start < end && start <= offset && offset <= end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  let last: Span | undefined;
  return around.filter((span) => {
    if (!grows(last, span)) return false;
    last = span;
    return true;
  });
}

function grows(inner: Span | undefined, outer: Span): boolean {
  return inner === undefined || (contains(outer, inner) && outer.end - outer.start > inner.end - inner.start);
}

function sectionSpans(nodes: readonly OutlineNode[]): readonly Span[] {
  return nodes.flatMap((node) => (node.kind === 'section' ? [node.span, ...sectionSpans(node.children)] : []));
}
