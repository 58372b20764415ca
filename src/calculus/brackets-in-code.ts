const WORD = /^(?:[\p{L}_][\p{L}\p{N}_.]*'?|\d+(?:\.\d+)?)$/u;
const CALL = /^[\p{L}_][\p{L}\p{N}_.]*(?=[([])/u;

/** The text as an operand of anything: in brackets, unless it is a word, a number or a call. */
export function grouped(text = ''): string {
  const head = CALL.exec(text)?.[0];
  return WORD.test(text) || isEnclosed(text) || (head !== undefined && isEnclosed(text.slice(head.length))) ? text : `(${text})`;
}

/** Whether the bracket that a text begins with is closed by its last character. */
export function isEnclosed(text: string): boolean {
  if (!/^[([].*[)\]]$/s.test(text)) return false;
  let depth = 0;
  for (let at = 0; at < text.length - 1; at++) {
    if ('(['.includes(text[at] as string)) depth++;
    if (')]'.includes(text[at] as string)) depth--;
    if (depth === 0) return false;
  }
  return true;
}
