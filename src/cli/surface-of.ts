import { extname } from 'node:path';
import type { Surface } from '../check/check-document.ts';

const SURFACES: ReadonlyMap<string, Surface> = new Map<string, Surface>([
  ['.deriv', 'plain'],
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.qmd', 'markdown'],
  ['.rmd', 'markdown'],
  ['.tex', 'latex'],
  ['.ltx', 'latex'],
  ['.ipynb', 'notebook'],
]);

/** Whether a folder that is checked means this file too. */
export function isDerivationFile(path: string): boolean {
  return SURFACES.has(extname(path).toLowerCase());
}

/** What a file is written in; a name that tells nothing is plain notation. */
export function surfaceOf(path: string): Surface {
  return SURFACES.get(extname(path).toLowerCase()) ?? 'plain';
}
