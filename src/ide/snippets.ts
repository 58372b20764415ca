import type { Span } from '../base/span.ts';
import type { Surface } from '../check/check-document.ts';
import type { Completion } from './completion.ts';
import type { Region } from './region.ts';
import derivation from './snippets/derivation.json' with { type: 'json' };
import latex from './snippets/latex.json' with { type: 'json' };
import markdown from './snippets/markdown.json' with { type: 'json' };

/** A piece of text with places to fill in, as VS Code writes them. */
interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
  readonly description: string;
}

const OF_TEXTS: Readonly<Record<Surface, Readonly<Record<string, Snippet>>>> = { plain: derivation, markdown, notebook: markdown, latex };

/** The usual derivations, where a line begins: a snippet is whole lines, and none stands within a formula. */
export function snippetsAt(text: string, surface: Surface, region: Region | null, word: Span): readonly Completion[] {
  const line = text.slice(text.lastIndexOf('\n', word.start - 1) + 1, word.start);
  if (region === 'mathematics' || line.trim() !== '' || text[word.start] === '\\') return [];
  const snippets: readonly Snippet[] = Object.values(region === 'statement' ? derivation : OF_TEXTS[surface]);
  return snippets.map(({ prefix, body, description }) => ({
    label: prefix,
    kind: 'snippet',
    detail: description,
    insert: body.join('\n'),
    isSnippet: true,
    replaces: word,
  }));
}
