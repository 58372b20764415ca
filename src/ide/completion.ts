import type { Span } from '../base/span.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { showShape } from '../shape/shape.ts';
import { type BegunClaim, claimForms, fitsIntoRow } from './claim-forms.ts';
import type { DerivationView } from './derivation-view.ts';
import type { ReadAfter } from './derive.ts';
import type { Region } from './region.ts';

/** Something that may be written at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: 'symbol' | 'function' | 'directive' | 'value' | 'claim' | 'sign' | 'snippet';
  /** For a list that shows something behind a label: a formula of which it would cut off the end, by what finds it and what is read at a glance. */
  readonly short?: { readonly label: string; readonly glance: string };
  /** The shape of a symbol, the use of a directive. */
  readonly detail: string;
  readonly documentation?: string;
  /** What is written; the label where this is absent. A snippet has `$1`, `${2:x}` where something is to be filled in. */
  readonly insert?: string;
  readonly isSnippet?: boolean;
  /** What a person types to find it, where that is not the label. */
  readonly typed?: string;
  /** What it takes the place of. */
  readonly replaces: Span;
}

/** A formula to be read to its end beside the list. */
export function writtenOut(formula: string, language: 'latex' | 'derivation'): { readonly documentation: string } {
  return { documentation: `\`\`\`${language}\n${formula}\n\`\`\`` };
}

/** The last version of each symbol before an offset. */
export function symbolsBefore({ built, shapes, say }: DerivationView, replaces: Span): readonly Completion[] {
  const known = new Map<string, SymbolInfo>();
  for (const info of built.derivation.symbols.values()) {
    if (info.role === 'dimension' || info.span.start >= replaces.start || built.implicit.has(info.id)) continue;
    known.set(info.text, info);
  }
  return [...known.values()].map(({ text, id, role }) => ({
    label: text,
    kind: 'symbol',
    detail: role === 'index' ? say('index') : showShape(shapes.ofSymbol(id)),
    replaces,
  }));
}

/** The claims that a statement or a formula may become, as far as it is written. */
export function claimsAt(view: DerivationView, begun: BegunClaim, region: Region, readAfter: ReadAfter): readonly Completion[] {
  return claimForms(view, begun, region, readAfter).map(({ derivative, rightSide, glance }) => {
    const whole = `${derivative} = ${rightSide}`;
    const isPlain = region === 'statement';
    return {
      label: whole,
      kind: 'claim',
      detail: view.say('the derivative'),
      typed: derivative,
      replaces: begun.replaces,
      ...(fitsIntoRow(whole) ? {} : writtenOut(whole, isPlain ? 'derivation' : 'latex')),
      ...(isPlain || fitsIntoRow(whole) ? {} : { short: { label: derivative, glance: ` = ${glance}` } }),
    };
  });
}
