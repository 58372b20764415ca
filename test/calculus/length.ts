/**
 * How many factors a formula in plain notation has, over all its terms: letters, numbers, derivatives such as
 * `du/dx`, and what a function, a norm or a power makes a whole of. Signs, exponents, transposes and indices are none.
 */
export function lengthOf(formula: string): number {
  return count(formula.replace(/_\{[^}]*\}/g, '').replace(/d(?:\^2 )?[\p{L}\d_]+\/d[\p{L}\d_]+(?: d[\p{L}\d_]+)?/gu, ' D '));
}

const NAME = /^[\p{L}][\p{L}\d_]*|^\d+(?:\.\d+)?/u;

function count(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const name = NAME.exec(rest)?.[0];
    if (rest.startsWith('||')) {
      sum++;
      at += rest.indexOf('||', 2) + 2;
    } else if (name !== undefined) {
      sum++;
      at += name.length;
      if (text[at] === '(') at += groupAt(text, at).length + 2;
      at += exponentAt(text, at);
    } else if (rest.startsWith('(')) {
      const inside = groupAt(text, at);
      at += inside.length + 2;
      const power = exponentAt(text, at);
      sum += power > 0 ? 1 : count(inside);
      at += power;
    } else at++;
  }
  return sum;
}

/** What stands between the bracket at a place and the one that closes it. */
function groupAt(text: string, start: number): string {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return text.slice(start + 1, at);
  }
  return text.slice(start + 1);
}

function exponentAt(text: string, at: number): number {
  const power = /^\.?\^(?:-?[\w+*]+|\([^)]*\))?/.exec(text.slice(at));
  return power === null ? 0 : power[0].length;
}
