/** A plain name as LaTeX: `W_1` has an index, a word stands upright, and so does a name of several words, for it has no index of an index. */
export function nameLatex(name: string): string {
  if (name.includes('\\')) return name;
  const parts = name.split('_').map((part) => part.replace(/[{}]/g, ''));
  const [base = '', index] = parts;
  if (parts.length > 2 || base === '' || index === '') return `\\mathrm{${parts.join('\\_')}}`;
  return index === undefined ? upright(base, 2) : `${upright(base, 2)}_{${upright(index, 3)}}`;
}

/** A word stands upright, a letter slants, and so do the two letters of an index such as `ij`. */
function upright(part: string, shortest: number): string {
  return [...part].length >= shortest && /^[\p{L}\p{N}]+$/u.test(part) ? `\\mathrm{${part}}` : part;
}
