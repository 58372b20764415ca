import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lineIndex, positionAt } from '../../src/base/line-index.ts';
import { type CheckedDocument, checkDocument, type Found, type Surface } from '../../src/check/check-document.ts';

const PAGES = join(import.meta.dirname, '../../docs/rules');

/** The first example of each page, which shows the mistake. */
function examples(): { readonly rule: string; readonly text: string; readonly surface: 'plain' | 'markdown' }[] {
  const pages = readdirSync(PAGES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).sort();
  return pages.map((page) => {
    const fence = /^## Wrong\n[^]*?^(?<ticks>`{3,})(?<language>\w+)\n(?<text>[^]*?)^\k<ticks>$/m.exec(readFileSync(join(PAGES, page), 'utf8'));
    return { rule: page.replace(/\.md$/, ''), text: fence?.groups?.text ?? '', surface: fence?.groups?.language === 'markdown' ? 'markdown' : 'plain' };
  });
}

/** A diagnostic as a person reads it: place, words, where shapes come from, what would mend it. */
function shown({ text }: CheckedDocument, { code, severity, message, span, related, fixes }: Found): string {
  const index = lineIndex(text);
  const at = (offset: number) => positionAt(index, offset).line + 1;
  return [
    `${severity}[${code}] line ${at(span.start)}: ${message}`,
    `    \`${text.slice(span.start, span.end).replaceAll('\n', '⏎')}\``,
    ...related.map((one) => `    line ${at(one.span.start)}: ${one.message}`),
    ...fixes.map(({ title }) => `    fix: ${title}`),
  ].join('\n');
}

it('the messages of all rules read as they were last reviewed', async () => {
  const pages = examples().map(({ rule, text, surface }) => {
    const checked = checkDocument(text, surface, { verify: true });
    return `## ${rule}\n\n\`\`\`\n${text}\`\`\`\n\n${checked.diagnostics.map((found) => shown(checked, found)).join('\n')}\n`;
  });
  await expect(pages.join('\n')).toMatchFileSnapshot('messages.golden.md');
});

/** What people write wrongly, under a heading each. */
function situations(): { readonly title: string; readonly text: string; readonly surface: Surface }[] {
  const page = readFileSync(join(import.meta.dirname, 'situations.md'), 'utf8');
  return [...page.matchAll(/^## (?<title>.*)\n\n````(?<language>\w+)\n(?<text>[^]*?)^````$/gm)].map(({ groups = {} }) => {
    return { title: groups['title'] ?? '', text: groups['text'] ?? '', surface: groups['language'] === 'deriv' ? 'plain' : (groups['language'] as Surface) };
  });
}

it('the messages of many situations read as they were last reviewed', async () => {
  const pages = situations().map(({ title, text, surface }) => {
    const checked = checkDocument(text, surface, { verify: true });
    return `## ${title}\n\n\`\`\`\`\n${text}\`\`\`\`\n\n${checked.diagnostics.map((found) => shown(checked, found)).join('\n')}\n`;
  });
  await expect(pages.join('\n')).toMatchFileSnapshot('situations.golden.md');
});
