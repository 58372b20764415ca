import type { Span } from '../base/span.ts';

const MARKER = /^[ \t]*(?:[-*+]|\d+[.)]|\\item\b)(?=[\s[]|$)/;

/** The item of a list, in Markdown or LaTeX, that an offset stands in: from its marker to what begins the next one or ends the list. Null outside of lists. */
export function listItemAt(text: string, offset: number): Span | null {
  for (let end = lineEnd(text, offset), start = lineStart(text, offset); ; end = start - 1, start = lineStart(text, end)) {
    const line = text.slice(start, end);
    if (MARKER.test(line)) return { start, end: endOfItem(text, end) };
    if (start === 0 || endsList(text, start, line)) return null;
  }
}

function endOfItem(text: string, from: number): number {
  for (let start = from + 1; start < text.length; start = lineEnd(text, start) + 1) {
    const line = text.slice(start, lineEnd(text, start));
    if (MARKER.test(line) || endsList(text, start, line)) return start;
  }
  return text.length;
}

/** A heading, the end of an environment, or a paragraph that is not indented. */
function endsList(text: string, start: number, line: string): boolean {
  if (/^(?:#{1,6}\s|\\(?:end\{(?:enumerate|itemize)|(?:sub)*section))/.test(line)) return true;
  // In LaTeX a list ends where it says so, and its paragraphs are not indented.
  return /^[^\s\\]/.test(line) && /\n[ \t]*\r?\n$/.test(text.slice(Math.max(0, start - 200), start)) && !text.includes('\\item');
}

function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
