import type { CheckedDocument } from '../checked-document.ts';
import { reportHtml } from './report-html.ts';
import { reportMarkdown } from './report-markdown.ts';

export type ReportFormat = 'html' | 'markdown';

/** The verification of a document as a text that stands alone; `name` is what the report calls the document. */
export function verificationReport(format: ReportFormat, name: string, checked: CheckedDocument): string {
  return format === 'html' ? reportHtml(name, checked) : reportMarkdown(name, checked);
}
