import type { Token } from './token.ts';

/**
 * Whether a cell, or what stands behind a wide space, only tells how large the formula before it is: `&& (q \times 1)`, `\quad [m \times n]`,
 * `\quad \mathbb R^q`.
 */
export function isSizeAlone(part: readonly Token[]): boolean {
  const isEnclosed = part[0]?.kind === 'open' && part.at(-1)?.kind === 'close' && /^[([]$/u.test(part[0].text);
  const inside = isEnclosed ? part.slice(1, -1) : part;
  return isProductOfSizes(inside) || isRealSpace(inside);
}

/** What says of the formula before it that it lies in what follows. */
export function lyingIn({ span }: Token): Token {
  return { kind: 'relation', text: '∈', span: { start: span.start, end: span.start }, spaced: false };
}

/** `q \times 1`, `(n - 1) \times d_k`: one `×` between letters and numbers. */
function isProductOfSizes(tokens: readonly Token[]): boolean {
  const at = tokens.findIndex(({ text }) => text === '×');
  const isOne = at > 0 && at < tokens.length - 1 && tokens.findLastIndex(({ text }) => text === '×') === at;
  return isOne && tokens.every(countsRows);
}

function countsRows({ kind, text }: Token): boolean {
  if (kind === 'operator') return text === '×' || text === '+' || text === '-';
  if (kind === 'name') return /^\p{L}$/u.test(text);
  return kind === 'number' || kind === 'sub' || kind === 'group' || kind === 'ungroup' || (/^[()]$/u.test(text) && kind !== 'unknown');
}

function isRealSpace(tokens: readonly Token[]): boolean {
  const set = tokens[0]?.text === '∈' ? tokens.slice(1) : tokens;
  return set[0]?.text === 'bb:R' && set[1]?.kind === 'sup';
}
