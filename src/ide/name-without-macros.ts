import { expandedText, type Macros } from '../syntax/macros.ts';

/** The name of a symbol as LaTeX that needs no macros of the document; absent where the name itself is that. */
export function withoutMacros(name: string, macros: Macros): { readonly latex?: string } {
  const latex = name.includes('\\') ? expandedText(name, { start: 0, end: name.length }, macros) : name;
  return latex === name ? {} : { latex };
}
