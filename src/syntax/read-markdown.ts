import { splitMarkdown } from './blocks/markdown.ts';
import type { SourceDocument } from './document.ts';
import type { Kept } from './kept.ts';
import { documentOf, newReading, readPieces } from './read-pieces.ts';

/** A Markdown document: mathematics in every delimiter, statements in comments and fences, words. What an earlier reading kept is not read again. */
export function readMarkdown(text: string, before: Kept | null = null): SourceDocument {
  const reading = newReading(new Map(), () => null, before);
  const split = splitMarkdown(text, before?.structure ?? null);
  readPieces(reading, split);
  return documentOf(reading, split.structure);
}
