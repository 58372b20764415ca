/**
 * The sides of a chain `a = b = c` in LaTeX, or null where there are not `count` of them. An equals sign
 * within braces, brackets or an environment belongs to a side.
 */
export function splitSides(latex: string, count: number): readonly string[] | null {
  const sides: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of latex.matchAll(TOKENS)) {
    depth += nesting(token);
    if (depth !== 0 || !EQUALS.has(token)) continue;
    sides.push(latex.slice(start, index));
    start = index + token.length;
  }
  sides.push(latex.slice(start));
  const trimmed = sides.map(trimSide);
  return depth === 0 && trimmed.length === count && trimmed.every((side) => side !== '') ? trimmed : null;
}

const TOKENS = /\\[a-zA-Z]+|\\.|[{}()[\]=]/gs;

const EQUALS = new Set(['=']);

const OPENING = new Set(['{', '(', '[', '\\begin', '\\{']);

const CLOSING = new Set(['}', ')', ']', '\\end', '\\}']);

function nesting(token: string): number {
  return OPENING.has(token) ? 1 : CLOSING.has(token) ? -1 : 0;
}

/** Marks of alignment and the ends of lines belong to the display, not to the side. */
function trimSide(side: string): string {
  return side.replace(/^(?:\s|&)+|(?:\s|&|\\\\)+$/g, '');
}
