import type { Raw } from '../tex-tokens.ts';

/** For the number of each brace, `\left` and `\right` that of its partner. */
export type Partners = readonly (number | undefined)[];

/** Pairs braces with braces and `\left` with `\right`, each pair within one level of braces. */
export function partnersOf(raws: readonly Raw[]): Partners {
  if (!raws.some(({ text }) => text === '{' || text === '\\left')) return NONE;
  const partners = new Array<number | undefined>(raws.length);
  const open: number[] = [];
  for (let at = 0; at < raws.length; at++) {
    const { text } = raws[at] as Raw;
    if (text === '{' || text === '\\left') open.push(at);
    else if (text === '}' || text === '\\right') closePair(raws, open, partners, at);
  }
  return partners;
}

const NONE: Partners = [];

function closePair(raws: readonly Raw[], open: number[], partners: (number | undefined)[], at: number): void {
  const opening = raws[at]?.text === '}' ? '{' : '\\left';
  let last = open.length - 1;
  if (opening === '{') while (last >= 0 && raws[open[last] as number]?.text !== '{') last--;
  const partner = open[last];
  if (partner === undefined || raws[partner]?.text !== opening) return;
  open.length = last;
  partners[partner] = at;
  partners[at] = partner;
}
