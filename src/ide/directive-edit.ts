import type { Surface } from '../check/check-document.ts';
import type { FoundEdit } from '../check/checked-document.ts';

/** A statement to Chainrule as a line of its own surface. */
export function directiveLine(statement: string, surface: Surface): string {
  switch (surface) {
    case 'plain':
      return statement;
    case 'markdown':
    case 'notebook':
      return `<!-- chainrule: ${statement} -->`;
    case 'latex':
      return `% chainrule: ${statement}`;
  }
}

/** The edit that puts a statement on the line before an offset's line. */
export function insertBefore(text: string, offset: number, statement: string, surface: Surface): FoundEdit {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { span: { start, end: start }, newText: directiveLine(statement, surface) + newline };
}

/** How long the front matter is that a Markdown text begins with: nothing else may stand above it. */
export function frontMatter(text: string): number {
  return /^\ufeff?---[ \t]*\r?\n[\s\S]*?\r?\n(?:---|\.\.\.)[ \t]*\r?\n/.exec(text)?.[0].length ?? 0;
}
