import type { Say } from '../base/say.ts';
import type { Surface } from '../check/check-document.ts';
import type { CheckedDocument, FoundEdit, FoundFix } from '../check/checked-document.ts';
import { frontMatter, insertBefore } from './directive-edit.ts';
import { stateInSection } from './set-layout.ts';

/** The edit after which one diagnostic is not shown of the block at an offset. `from` is where its cell or file begins. */
export function ignoreCode(say: Say, text: string, offset: number, code: string, surface: Surface, from = 0): FoundFix {
  return {
    title: say('Ignore `{0}` in this block', code),
    edits: [insertBefore(text, blockStart(text, offset, surface, from), `ignore ${code}`, surface)],
  };
}

/** The same of one row of a display of several, by a comment of LaTeX above it; null elsewhere. */
export function ignoreCodeInRow(say: Say, text: string, offset: number, code: string, surface: Surface): FoundFix | null {
  if (surface !== 'latex') return null;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const above = text.slice(0, start).trimEnd();
  const isRow = /\\\\(?:\[[^\]]*\])?$/.test(above) || (/\\begin\{\w+\*?\}$/.test(above) && ROW_GOES_ON.test(text.slice(offset)));
  if (!isRow) return null;
  return { title: say('Ignore `{0}` in this row', code), edits: [insertBefore(text, start, `ignore ${code}`, surface)] };
}

/** A row behind which another one comes before anything ends. */
const ROW_GOES_ON = /^(?:(?!\\end\b)[^])*?\\\\/;

/** The edit after which one diagnostic is not shown in the section around an offset. */
export function switchOffInSection(say: Say, checked: CheckedDocument, surface: Surface, offset: number, code: string): FoundFix {
  return { title: say('Switch off `{0}` in this section', code), edits: [stateInSection(checked, surface, offset, `off ${code}`)] };
}

/** The edit after which Chainrule does not read the block at an offset. `from` is where its cell or file begins. */
export function ignoreBlock(say: Say, text: string, offset: number, surface: Surface, from = 0): FoundFix {
  return { title: say('Ignore this block'), edits: [insertBefore(text, blockStart(text, offset, surface, from), 'ignore', surface)] };
}

/** The edit after which Chainrule does not read the document. */
export function ignoreFile(say: Say, text: string, surface: Surface, from = 0): FoundFix {
  const edit: FoundEdit = insertBefore(text, from + frontMatter(text.slice(from)), 'ignore file', surface);
  return { title: say('Ignore this file'), edits: [edit] };
}

const OPENS = /^\s*(?:\$\$|\\\[|\\\\\[|\\begin\{|```|~~~)/;

/** Where a statement about the block at an offset belongs: before its opening line, or the paragraph it is part of. */
export function blockStart(text: string, offset: number, surface: Surface, from: number): number {
  const lines = text.slice(from, offset).split('\n');
  if (surface === 'plain') return from + offsetOfLine(lines, continuedFrom(lines));
  let at = lines.length - 1;
  while (at > 0 && (lines[at - 1] as string).trim() !== '' && !OPENS.test(lines[at] as string)) at--;
  return from + offsetOfLine(lines, at);
}

/** In plain notation a line that begins with an operator goes on from the one above. */
function continuedFrom(lines: readonly string[]): number {
  let at = lines.length - 1;
  while (at > 0 && /^\s*[=+\-−*/·⊙⊗]/.test(`${lines[at]}`)) at--;
  return at;
}

function offsetOfLine(lines: readonly string[], line: number): number {
  return lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
}
