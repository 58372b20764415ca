/** Lines of a text, for turning offsets into lines and characters and back. A line ends with `\n`, `\r\n` or `\r`. */
export interface LineIndex {
  /** Where each line starts. */
  readonly starts: readonly number[];
  /** Length of the whole text. */
  readonly length: number;
}

/** Both count from 0; characters in UTF-16 units. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return { starts, length: text.length };
}

/** The position of an offset; one past the end of the text is the end. */
export function positionAt({ starts, length }: LineIndex, offset: number): LinePosition {
  const within = Math.max(0, Math.min(offset, length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] as number) <= within) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: within - (starts[low] as number) };
}

/** The offset of a position; a character past the end of its line is the start of the next. */
export function offsetAt({ starts, length }: LineIndex, { line, character }: LinePosition): number {
  if (line < 0) return 0;
  const start = starts[line];
  return start === undefined ? length : Math.min(start + Math.max(0, character), starts[line + 1] ?? length);
}
