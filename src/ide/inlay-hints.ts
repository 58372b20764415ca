import type { CheckedDocument } from '../check/checked-document.ts';
import type { Span } from '../base/span.ts';

export interface ShapeHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** After each defined symbol the shape that was inferred for it, where nobody wrote it down. */
export function shapeHints({ equations }: CheckedDocument, within: Span): readonly ShapeHint[] {
  const declared = new Set<string>();
  return equations.flatMap(({ kind, sides }) => {
    const [symbol] = sides;
    if (symbol === undefined) return [];
    if (kind === 'declaration') declared.add(symbol.text);
    // A definition takes the declaration above it; the next of that name, in a later section, is another symbol's.
    if (kind !== 'definition' || symbol.shape === '?' || declared.delete(symbol.text)) return [];
    const offset = symbol.span.end;
    if (offset < within.start || offset > within.end) return [];
    return [{ offset, label: `: ${symbol.shape}`, tooltip: `\`${symbol.text}\` is ${symbol.shape}, inferred from its definition.` }];
  });
}
