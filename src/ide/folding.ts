import type { Span } from '../base/span.ts';
import { environmentSpans } from './environments.ts';
import type { OutlineNode } from './outline.ts';

/** Each section folds to its heading, without the blank lines at its end. */
export function sectionFolds(text: string, nodes: readonly OutlineNode[]): readonly Span[] {
  return nodes.flatMap((node) => {
    if (node.kind !== 'section') return [];
    const end = node.span.start + text.slice(node.span.start, node.span.end).trimEnd().length;
    return [{ start: node.span.start, end }, ...sectionFolds(text, node.children)];
  });
}

/** Each environment and display folds to its first line, and its last one stays in sight. */
export function environmentFolds(text: string): readonly Span[] {
  return environmentSpans(text).flatMap(({ start, end }) => {
    const last = text.lastIndexOf('\n', end - 1);
    return text.slice(start, Math.max(start, last)).includes('\n') ? [{ start, end: last }] : [];
  });
}
