import type { CheckedDocument } from '../check/checked-document.ts';
import type { Span } from '../base/span.ts';

export interface ShapeHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** After each defined symbol the shape that was inferred for it, where nobody wrote it down. */
export function shapeHints({ equations }: CheckedDocument, within: Span): readonly ShapeHint[] {
  const declared = new Set(equations.flatMap(({ kind, sides }) => (kind === 'declaration' ? sides.map(({ text }) => text) : [])));
  return equations.flatMap(({ kind, sides }) => {
    const [defined] = sides;
    if (kind !== 'definition' || defined === undefined || defined.shape === '?' || declared.has(defined.text)) return [];
    const offset = defined.span.end;
    if (offset < within.start || offset > within.end) return [];
    return [{ offset, label: `: ${defined.shape}`, tooltip: `\`${defined.text}\` is ${defined.shape}, inferred from its definition.` }];
  });
}
