import type { Surface } from '../check/check-document.ts';

const BY_LANGUAGE: Readonly<Record<string, Surface>> = {
  derivation: 'plain',
  deriv: 'plain',
  chainrule: 'plain',
  markdown: 'markdown',
  quarto: 'markdown',
  rmd: 'markdown',
  rmarkdown: 'markdown',
  mdx: 'markdown',
  pandoc: 'markdown',
  latex: 'latex',
  tex: 'latex',
  plaintex: 'latex',
  'latex-expl3': 'latex',
};

const BY_ENDING: Readonly<Record<string, Surface>> = {
  deriv: 'plain',
  md: 'markdown',
  markdown: 'markdown',
  qmd: 'markdown',
  rmd: 'markdown',
  tex: 'latex',
  ltx: 'latex',
};

/** Whether a file is a notebook, told by its name. */
export function isNotebook(uri: string): boolean {
  return endingOf(uri) === 'ipynb';
}

/** How a document is read, told by its language, else by its name; null where it is none of ours. */
export function surfaceOf(uri: string, languageId: string): Surface | null {
  const language = languageId.toLowerCase();
  if (Object.hasOwn(BY_LANGUAGE, language)) return BY_LANGUAGE[language] ?? null;
  const ending = endingOf(uri);
  return Object.hasOwn(BY_ENDING, ending) ? (BY_ENDING[ending] ?? null) : null;
}

function endingOf(uri: string): string {
  return /\.([A-Za-z]+)$/.exec(uri.replace(/[?#].*$/, ''))?.[1]?.toLowerCase() ?? '';
}
