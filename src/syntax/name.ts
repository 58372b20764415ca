/**
 * The canonical key of a symbol: its letter with its decorations, `hat:bold:x`. However a text spells
 * a letter (`mu`, `μ`, `\mu`), the key is one; `\mathbf x` and `x` have two.
 */

/** Greek letters by their words. */
export const GREEK: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ϵ',
  varepsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  vartheta: 'ϑ',
  iota: 'ι',
  kappa: 'κ',
  varkappa: 'ϰ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  omicron: 'ο',
  pi: 'π',
  varpi: 'ϖ',
  rho: 'ρ',
  varrho: 'ϱ',
  sigma: 'σ',
  varsigma: 'ς',
  tau: 'τ',
  upsilon: 'υ',
  phi: 'ϕ',
  varphi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Gamma: 'Γ',
  Delta: 'Δ',
  Theta: 'Θ',
  Lambda: 'Λ',
  Xi: 'Ξ',
  Pi: 'Π',
  Sigma: 'Σ',
  Upsilon: 'Υ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
  ell: 'ℓ',
};

const LATEX_OF: ReadonlyMap<string, string> = new Map(Object.entries(GREEK).map(([word, letter]) => [letter, `\\${word}`]));

const STYLE_COMMANDS: Readonly<Record<string, string>> = {
  bold: '\\mathbf',
  cal: '\\mathcal',
  rm: '\\mathrm',
  sf: '\\mathsf',
  bb: '\\mathbb',
  frak: '\\mathfrak',
  scr: '\\mathscr',
  tt: '\\mathtt',
  vec: '\\vec',
  hat: '\\hat',
  tilde: '\\tilde',
  bar: '\\bar',
  dot: '\\dot',
  ddot: '\\ddot',
  check: '\\check',
  breve: '\\breve',
  ring: '\\mathring',
  underline: '\\underline',
  acute: '\\acute',
  grave: '\\grave',
};

/** The Greek letter a word names (`mu` → `μ`), or the word itself. */
export function letterOf(word: string): string {
  return Object.hasOwn(GREEK, word) ? (GREEK[word] as string) : word;
}

/** The decorations of a key, outermost first, and the bare letter or word. */
export function undecorated(key: string): { readonly decorations: readonly string[]; readonly letter: string } {
  const parts = key.split(':');
  return { decorations: parts.slice(0, -1), letter: parts.at(-1) as string };
}

/** The key without its style, accents kept: `hat:bold:x` → `hat:x`. */
export function unstyled(key: string): string {
  if (!key.includes(':')) return key;
  const { decorations, letter } = undecorated(key);
  return [...decorations.filter((one) => !STYLES.has(one)), letter].join(':');
}

/** The key as LaTeX, `\hat{\mathbf{x}}`; a Greek letter also by its name, `mu`. */
export function nameToLatex(key: string): string {
  const { base, number } = /^(?<base>.+)_(?<number>\d+)$/u.exec(key)?.groups ?? {};
  if (base !== undefined && number !== undefined) return `${nameToLatex(base)}_${number.length > 1 ? `{${number}}` : number}`;
  const { decorations, letter } = undecorated(key);
  const isWord = letter.length > 1 && !decorations.includes('rm');
  const inner = LATEX_OF.get(letter) ?? (isWord ? (Object.hasOwn(GREEK, letter) ? `\\${letter}` : `\\mathrm{${letter}}`) : letter);
  return decorations.reduceRight((text, one) => `${STYLE_COMMANDS[one] ?? ''}{${text}}`, inner);
}

const STYLES: ReadonlySet<string> = new Set(['bold', 'cal', 'rm', 'sf', 'bb', 'frak', 'scr', 'tt', 'vec']);
