import { checkDocument } from '../../src/check/check-document.ts';

/** What numbers say of the claims of a Markdown text, one word each. */
export function verdictsOn(text: string): string {
  return (checkDocument(text, 'markdown', { verify: true }).claims ?? []).map(({ status }) => status).join(' ');
}
