/** A pair of brackets as a text writes it, with its size and its blanks: `\left( `, ` \right)`. */
export interface Brackets {
  readonly opening: string;
  readonly closing: string;
}

const OPENING = /^(?:\\left|\\[bB]igg?l?)?\s*(?:[([{]|\\\{)\s*/;
const CLOSING = /\s*(?:\\right|\\[bB]igg?r?)?\s*(?:[)\]}]|\\\})$/;

/** The brackets around the whole of a text; null where there are none. */
export function bracketsAround(text: string): Brackets | null {
  const opening = OPENING.exec(text)?.[0];
  const closing = CLOSING.exec(text)?.[0];
  if (opening === undefined || closing === undefined || opening.length + closing.length > text.length) return null;
  return closesAtEnd(text) ? { opening, closing } : null;
}

/** Whether the first bracket of a text is closed by its last character. */
export function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if ('([{'.includes(text[i] as string)) depth++;
    if (')]}'.includes(text[i] as string) && --depth === 0) return i === text.length - 1;
  }
  return false;
}
