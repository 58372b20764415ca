import { verificationReport } from '../check/export/report.ts';
import { EXPORT, type ExportParams, type ExportResult } from '../protocol/lsp.ts';
import type { Feature, Server } from './server.ts';

/** The verification of a document as a text that stands alone. */
export const exportReport: Feature = {
  serve: (server) => server.connection.onRequest(EXPORT, (params: ExportParams) => answerExport(server, params)),
};

/** Every claim is examined before the report is written. */
async function answerExport({ checking }: Server, { textDocument: { uri }, format, name }: ExportParams): Promise<ExportResult> {
  const analysis = (await checking.examined(uri, { verify: true, repair: true })) ?? (await checking.known(uri));
  return { text: analysis === null ? '' : verificationReport(format, name, analysis.checked) };
}
