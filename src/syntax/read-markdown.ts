import { splitMarkdown } from './blocks/markdown.ts';
import type { SourceDocument } from './document.ts';
import { documentOf, newReading, readPieces } from './read-pieces.ts';

/** A Markdown document: mathematics in every delimiter, statements in comments and fences, words. */
export function readMarkdown(text: string): SourceDocument {
  const reading = newReading(new Map(), () => null);
  readPieces(reading, splitMarkdown(text));
  return documentOf(reading);
}
