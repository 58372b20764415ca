import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Surface } from '../../src/check/check-document.ts';

/** A document of its own under a heading, in a fence of four backquotes. */
export interface Passage {
  readonly title: string;
  readonly surface: Surface;
  readonly text: string;
}

const SURFACES: Readonly<Record<string, Surface>> = { markdown: 'markdown', latex: 'latex', deriv: 'plain', notebook: 'notebook' };

/** What the text of a checked document is written in: of a notebook it is that of its cells. */
export function surfaceWithin(surface: Surface): Surface {
  return surface === 'notebook' ? 'markdown' : surface;
}

/** The passages of every page whose name begins so. */
export function passagesOf(beginning: string): readonly Passage[] {
  const names = readdirSync(import.meta.dirname).filter((name) => name.startsWith(beginning) && name.endsWith('.md'));
  return names.flatMap((name) => {
    const page = readFileSync(join(import.meta.dirname, name), 'utf8');
    return page.split(/^## /m).slice(1).map((section) => {
      const fence = /^````(?<surface>\w+)\n(?<text>[^]*?)^````$/m.exec(section);
      return { title: section.slice(0, section.indexOf('\n')), surface: SURFACES[fence?.groups?.surface ?? ''] ?? 'plain', text: fence?.groups?.text ?? '' };
    });
  });
}

const MARK = /⟦(?<printed>[^⇒⟧]*) ⇒ (?<meant>[^⟧]*)⟧/g;

/** With what is printed in the place of what is meant. */
export function printed({ text }: Passage): string {
  return text.replace(MARK, '$<printed>');
}

/** As it is meant. */
export function meant({ text }: Passage): string {
  return text.replace(MARK, '$<meant>');
}
