import type { Derivation, SymbolInfo } from '../derivation/derivation.ts';

/** The innermost section in which a symbol is declared or defined. */
export function homeOf({ sections }: Derivation, { span }: SymbolInfo): number {
  return Math.max(
    sections.findLastIndex((one) => one.span.start <= span.start && span.start < one.span.end),
    0,
  );
}
