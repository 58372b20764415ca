import { expect, it } from 'vitest';
import { readMarkdown } from '../../src/syntax/read-markdown.ts';

const titles = (text: string) => readMarkdown(text).items.flatMap((item) => (item.kind === 'heading' ? [item.title] : []));

it.each([
  ['the title of a theorem of Quarto begins no section', '# One\n\n::: {#thm-a .theorem}\n## Score\n\n$x$\n:::\n\n# Two', ['One', 'Two']],
  ['nor does one in a division within another', '::::: {.columns}\n::: {.column}\n## In\n:::\n## Between\n:::::\n\n## Out', ['Out']],
  ['a division that nothing closes is none', '::: {.note}\n## Still\n\n## a section', ['Still', 'a section']],
])('%s', (_, text, expected) => {
  expect(titles(text)).toEqual(expected);
});
