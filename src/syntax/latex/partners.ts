import type { Raw } from '../tex-tokens.ts';

/** Pairs braces with braces and `\left` with `\right`, each pair within one level of braces. */
export function partnersOf(raws: readonly Raw[]): Map<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  raws.forEach((raw, at) => {
    if (raw.text === '{' || raw.text === '\\left') open.push(at);
    else if (raw.text === '}' || raw.text === '\\right') closePair(raws, open, partners, at);
  });
  return partners;
}

function closePair(raws: readonly Raw[], open: number[], partners: Map<number, number>, at: number): void {
  const opening = raws[at]?.text === '}' ? '{' : '\\left';
  let last = open.length - 1;
  if (opening === '{') while (last >= 0 && raws[open[last] as number]?.text !== '{') last--;
  const partner = open[last];
  if (partner === undefined || raws[partner]?.text !== opening) return;
  open.length = last;
  partners.set(partner, at);
  partners.set(at, partner);
}
