import type { Surface } from '../check/check-document.ts';
import type { CheckedDocument, FoundEdit } from '../check/checked-document.ts';
import { isStatementAt, statementBefore } from '../check/statement-places.ts';
import type { Layout } from '../protocol/report.ts';
import { frontMatter, insertBefore } from './directive-edit.ts';
import { type OutlineNode, type OutlineSection, outline } from './outline.ts';

const STATEMENT = /\b(?:layout[ \t]+(?:denominator|numerator|mixed|auto)|gradient[ \t]+as[ \t]+(?:column|row))\b/g;

/** The edit that gives the section around an offset a layout: its own directive changed, or one put below its heading. */
export function setLayout(checked: CheckedDocument, surface: Surface, offset: number, layout: Layout | 'auto'): FoundEdit {
  const section = innermost(outline(checked), offset);
  const from = section === null ? 0 : section.heading.end;
  const until = ownEnd(checked, section);
  const old = directiveIn(checked.text, from, until, surface);
  if (old === null) return stateInSection(checked, surface, offset, `layout ${layout}${keptReading(checked)}`);
  return { span: old, newText: inWordsOf(checked.text.slice(old.start, old.end), layout) };
}

const GRADIENT_AS: Readonly<Record<string, string>> = { denominator: 'gradient as column', numerator: 'gradient as row' };

/** A layout as the directive says it that it takes the place of. */
function inWordsOf(directive: string, layout: Layout | 'auto'): string {
  return (directive.startsWith('gradient') ? GRADIENT_AS[layout] : undefined) ?? `layout ${layout}`;
}

/** What a text without statements adds entry by entry would be a mistake in one that has some. */
function keptReading({ diagnostics }: CheckedDocument): string {
  return diagnostics.some(({ code }) => code === 'shape/broadcast') ? '; broadcast on' : '';
}

/** The edit that puts a statement at the top of the section around an offset. */
export function stateInSection(checked: CheckedDocument, surface: Surface, offset: number, statement: string): FoundEdit {
  const section = innermost(outline(checked), offset);
  const line = section === null ? frontMatter(checked.text) : nextLine(checked.text, section.heading.end);
  return insertBelow(checked.text, line, statement, surface);
}

function innermost(nodes: readonly OutlineNode[], offset: number): OutlineSection | null {
  for (const node of nodes) {
    if (node.kind === 'section' && node.span.start <= offset && offset < Math.max(node.span.end, node.heading.end + 1))
      return innermost(node.children, offset) ?? node;
  }
  return null;
}

/** Where the section's own text ends: at the first heading below it. */
function ownEnd(checked: CheckedDocument, section: OutlineSection | null): number {
  const nodes = section === null ? outline(checked) : section.children;
  const below = nodes.find((node) => node.kind === 'section');
  return below?.span.start ?? section?.span.end ?? checked.text.length;
}

/** The last directive holds, so that one is changed. */
function directiveIn(text: string, from: number, until: number, surface: Surface): FoundEdit['span'] | null {
  const spans = [...text.slice(from, until).matchAll(STATEMENT)].map((match) => ({
    start: from + match.index,
    end: from + match.index + match[0].length,
  }));
  return spans.filter(({ start }) => isStatement(text, start, surface)).at(-1) ?? null;
}

/** In prose and in a comment the words `layout numerator` say nothing to Chainrule. */
function isStatement(text: string, at: number, surface: Surface): boolean {
  const isPlain = surface === 'plain' || isStatementAt(text, surface === 'latex' ? 'latex' : 'markdown', at);
  return isPlain && statementBefore(text, at) === '';
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', Math.max(0, offset - 1));
  return end < 0 ? text.length : end + 1;
}

/** Below a heading without a line end of its own one is put between. */
function insertBelow(text: string, offset: number, statement: string, surface: Surface): FoundEdit {
  const edit = insertBefore(text, offset, statement, surface);
  if (offset === 0 || text[offset - 1] === '\n') return edit;
  return { span: { start: offset, end: offset }, newText: `\n${edit.newText.trimEnd()}` };
}
