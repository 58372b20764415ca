import type { Token } from './token.ts';

/**
 * The angles of `2 <x, y>` as the brackets that they are. Where a product goes on, `<` alone would compare: it is a bracket where it stands close to
 * what follows, and the `>` behind one comma close to what it ends. Those within others are found first.
 */
export function withAngleBrackets(tokens: Token[]): Token[] {
  for (let at = tokens.length - 1; at >= 0; at--) {
    const end = isAngle(tokens, at) ? closingAngle(tokens, at) : null;
    if (end === null) continue;
    tokens[at] = { ...(tokens[at] as Token), kind: 'open', text: '⟨' } as Token;
    tokens[end] = { ...(tokens[end] as Token), kind: 'close', text: '⟩' } as Token;
  }
  return tokens;
}

/** Behind a space, an operator or a bracket, and close to what follows. */
function isAngle(tokens: readonly Token[], at: number): boolean {
  const [token, before, next] = [tokens[at], tokens[at - 1], tokens[at + 1]];
  if (token?.kind !== 'relation' || token.text !== '<' || next === undefined || next.spaced) return false;
  return before === undefined || token.spaced || !OPERANDS.has(before.kind);
}

const OPERANDS: ReadonlySet<Token['kind']> = new Set(['name', 'number', 'close', 'ungroup', 'prime']);

/** Where the angle that stands at a place ends; null where nothing says that it is one. */
function closingAngle(tokens: readonly Token[], start: number): number | null {
  let [depth, commas] = [0, 0];
  for (let at = start + 1; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    else if (token.kind === 'close' || token.kind === 'ungroup') depth--;
    if (depth < 0 || token.kind === 'newline') return null;
    if (depth > 0 || (token.kind !== 'relation' && token.kind !== 'separator')) continue;
    if (token.kind === 'relation') return token.text === '>' && !token.spaced && commas === 1 ? at : null;
    if (token.text !== ',') return null;
    commas++;
  }
  return null;
}
