import { extname } from 'node:path';
import type { Surface } from '../../src/check/check-document.ts';

const SURFACES: Readonly<Record<string, Surface>> = { '.md': 'markdown', '.qmd': 'markdown', '.tex': 'latex', '.deriv': 'plain', '.ipynb': 'notebook' };

/** The surface of a document by its name; null for what is no document. */
export function surfaceOf(name: string): Surface | null {
  return SURFACES[extname(name)] ?? null;
}

/** The line of an offset, the first one being 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
