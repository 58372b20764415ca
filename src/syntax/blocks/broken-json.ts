/** A bracket, a sign between values, or a value that is neither list nor object. */
export const JSON_TOKEN =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
const BLANKS = /[ \t\r\n]*/y;

/** What may come next: a value, a name or its colon in an object, or what goes on or closes; `first` and `firstKey` may close, too. */
type Expected = 'value' | 'first' | 'key' | 'firstKey' | 'colon' | 'more';

/** Where a text stops being JSON; its length where it ends too soon. What engines say of that differs, and often tells no place. */
export function brokenAt(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = behind(BLANKS, text, 0); at < text.length; ) {
    const end = behind(JSON_TOKEN, text, at);
    const next: Expected | null = end === at ? null : after(text[at] as string, expected, open);
    if (next === null) return at;
    expected = next;
    at = behind(BLANKS, text, end);
  }
  return text.length;
}

function behind(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** What is expected behind a token that begins so; null where the token cannot stand there. */
function after(sign: string, expected: Expected, open: string[]): Expected | null {
  const isValue = expected === 'value' || expected === 'first';
  switch (sign) {
    case '{':
    case '[':
      open.push(sign);
      return isValue ? (sign === '{' ? 'firstKey' : 'first') : null;
    case '}':
      return open.pop() === '{' && (expected === 'more' || expected === 'firstKey') ? 'more' : null;
    case ']':
      return open.pop() === '[' && (expected === 'more' || expected === 'first') ? 'more' : null;
    case ',':
      return expected === 'more' && open.length > 0 ? (open.at(-1) === '{' ? 'key' : 'value') : null;
    case ':':
      return expected === 'colon' ? 'value' : null;
    case '"':
      if (expected === 'key' || expected === 'firstKey') return 'colon';
      return isValue ? 'more' : null;
    default:
      return isValue ? 'more' : null;
  }
}
