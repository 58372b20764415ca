import type { LineIndex } from '../base/line-index.ts';
import { positionAt } from '../base/line-index.ts';
import type { Position } from '../protocol/report.ts';

/** What characters of a position count: bytes, UTF-16 units, or code points. */
export type PositionEncoding = 'utf-8' | 'utf-16' | 'utf-32';

const KNOWN: readonly string[] = ['utf-8', 'utf-16', 'utf-32'] satisfies readonly PositionEncoding[];

/** The first encoding the client offers that is known; UTF-16 is what everyone speaks. */
export function negotiate(offered: unknown): PositionEncoding {
  const found = Array.isArray(offered) ? offered.find((one) => KNOWN.includes(one)) : undefined;
  return (found as PositionEncoding | undefined) ?? 'utf-16';
}

/** The position of an offset, its character counted in the encoding. */
export function encodePosition(text: string, lines: LineIndex, encoding: PositionEncoding, offset: number): Position {
  const { line, character } = positionAt(lines, offset);
  if (encoding === 'utf-16') return { line, character };
  const start = lines.starts[line] as number;
  return { line, character: units(text.slice(start, start + character), encoding) };
}

/** The offset of a position; past the end of its line it is that end, past the last line the end of the text. */
export function decodePosition(text: string, lines: LineIndex, encoding: PositionEncoding, { line, character }: Position): number {
  const start = line < 0 ? 0 : lines.starts[line];
  if (start === undefined) return text.length;
  const content = text.slice(start, lines.starts[line + 1] ?? text.length).replace(/[\r\n]+$/, '');
  return start + (encoding === 'utf-16' ? Math.min(Math.max(0, character), content.length) : lengthOf(content, encoding, character));
}

function units(text: string, encoding: PositionEncoding): number {
  let count = 0;
  for (const letter of text) count += unitsOf(letter, encoding);
  return count;
}

/** How many UTF-16 units of a line the first `wanted` units of another encoding are; never half a letter. */
function lengthOf(line: string, encoding: PositionEncoding, wanted: number): number {
  let count = 0;
  let length = 0;
  for (const letter of line) {
    count += unitsOf(letter, encoding);
    if (count > wanted) break;
    length += letter.length;
  }
  return length;
}

function unitsOf(letter: string, encoding: PositionEncoding): number {
  if (encoding === 'utf-16') return letter.length;
  if (encoding === 'utf-32') return 1;
  const code = letter.codePointAt(0) as number;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
