import type { Span } from '../base/span.ts';
import type { OutlineNode } from './outline.ts';

/** Each section folds to its heading, without the blank lines at its end. */
export function sectionFolds(text: string, nodes: readonly OutlineNode[]): readonly Span[] {
  return nodes.flatMap((node) => {
    if (node.kind !== 'section') return [];
    const end = node.span.start + text.slice(node.span.start, node.span.end).trimEnd().length;
    return [{ start: node.span.start, end }, ...sectionFolds(text, node.children)];
  });
}
