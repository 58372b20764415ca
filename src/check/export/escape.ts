/** Text as it stands in HTML, in an element and in a quoted attribute alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text as Markdown code on one line, whatever backquotes it has. */
export function markdownCode(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat === '') return '';
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${flat}\`` : `${fence} ${flat} ${fence}`;
}

/** The same in a cell of a table, which a bar would end; elsewhere its escape would be shown. */
export function codeInTable(text: string): string {
  return markdownCode(text).replaceAll('|', '\\|');
}

/** Text in a sentence of Markdown: what would be markup there is escaped. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~$&#!]/g, (character) => `\\${character}`);
}

/** A message, in which code stands between backquotes, as Markdown. */
export function messageMarkdown(message: string): string {
  return message
    .split(/(`[^`]*`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1)) : escapeMarkdown(part)))
    .join('');
}

/** The same as HTML. */
export function messageHtml(message: string): string {
  return message
    .split(/(`[^`]*`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? `<code>${escapeHtml(part.slice(1, -1))}</code>` : escapeHtml(part)))
    .join('');
}
