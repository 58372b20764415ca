import type { CheckedDocument, CheckedEquation } from '../check/checked-document.ts';

const LETTER = /[\p{L}\p{N}_]/u;

/** Whether a symbol stands in an expression as a word of its own. */
export function mentions(expression: string, symbol: string): boolean {
  if (symbol === '') return false;
  for (let at = expression.indexOf(symbol); at >= 0; at = expression.indexOf(symbol, at + 1)) {
    const [before, after] = [expression[at - 1] ?? ' ', expression[at + symbol.length] ?? ' '];
    if (!LETTER.test(before) && before !== '\\' && !LETTER.test(after)) return true;
  }
  return false;
}

/** The declarations and definitions that expressions rest on: of the symbols in them, of those in their definitions, and so on. */
export function foundations({ equations }: CheckedDocument, expressions: readonly string[], before: number): readonly CheckedEquation[] {
  const stated = lastBefore(
    equations.filter(({ kind }) => kind === 'declaration' || kind === 'definition'),
    before,
  );
  const found = new Set<CheckedEquation>();
  const open = [...expressions];
  for (let expression = open.pop(); expression !== undefined; expression = open.pop()) {
    for (const one of stated) {
      if (found.has(one) || !mentions(expression, nameIn(one))) continue;
      found.add(one);
      open.push(...one.sides.slice(1).map(({ text }) => text));
    }
  }
  return [...found];
}

/** The symbol a declaration or definition is about; of `f(x) = …` it is `f`. */
function nameIn({ sides }: CheckedEquation): string {
  const text = sides[0]?.text ?? '';
  return /^([^\s()]+)\(/.exec(text)?.[1] ?? text;
}

/** Of what is said of one name several times, what was said last before an offset, or else first after it. */
function lastBefore(equations: readonly CheckedEquation[], offset: number): readonly CheckedEquation[] {
  const known = new Map<string, CheckedEquation>();
  for (const one of equations) {
    const key = `${one.kind} ${nameIn(one)}`;
    if (one.span.start <= offset || !known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}
