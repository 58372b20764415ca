/** Whether an offset of a text that is not plain stands among statements in plain notation: in a comment to Chainrule, or in a fence of `deriv`. */
export function isStatementAt(text: string, language: 'markdown' | 'latex', offset: number): boolean {
  if (language === 'latex') return /^[^\n]*%+\s*chainrule:[^\n]*$/.test(lineBefore(text, offset));
  return isInComment(text, offset) || isInFence(text, offset);
}

/** The line of an offset up to it. */
function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

/** The statement at an offset as far as it stands before it, without what a comment of Markdown or LaTeX puts before it. */
export function statementBefore(text: string, offset: number): string {
  return lineBefore(text, offset)
    .replace(/^.*chainrule:/, '')
    .replace(/^.*;/, '')
    .trimStart();
}

function isInComment(text: string, offset: number): boolean {
  const open = text.lastIndexOf('<!--', offset);
  return open >= 0 && text.lastIndexOf('-->', offset - 1) < open && /^<!--\s*chainrule:/.test(text.slice(open, offset));
}

function isInFence(text: string, offset: number): boolean {
  const fences = [...text.slice(0, offset).matchAll(/^[ \t]*(?:`{3,}|~{3,})(.*)$/gm)];
  return fences.length % 2 === 1 && /^\s*\{?\.?(?:deriv|chainrule)\b/.test(fences.at(-1)?.[1] ?? '');
}
