import { MarkupKind, type SignatureHelp } from 'vscode-languageserver';
import { type SignatureText, signatureAt } from '../ide/signature-help.ts';
import type { Feature } from './server.ts';

/** Answers with what the function around the cursor takes. */
export const signatureHelp: Feature = {
  offers: () => ({ signatureHelpProvider: { triggerCharacters: ['(', ','] } }),
  serve: (server) =>
    server.connection.onSignatureHelp(async ({ textDocument: { uri }, position }, token) => {
      const point = await server.pointAt(uri, position, token);
      const found = point === null ? null : signatureAt(server.views.of(point.analysis), point.offset);
      return found === null ? null : help(found);
    }),
};

/** A parameter is named by its place in the label, because two may read alike. */
function help({ name, parameters, result, documentation, active }: SignatureText): SignatureHelp {
  let label = `${name}(`;
  const ranges = parameters.map((parameter, at): [number, number] => {
    if (at > 0) label += ', ';
    const start = label.length;
    label += parameter;
    return [start, label.length];
  });
  label += result === '' ? ')' : `) : ${result}`;
  const signature = {
    label,
    parameters: ranges.map((range) => ({ label: range })),
    ...(documentation === '' ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
  };
  return { signatures: [signature], activeSignature: 0, activeParameter: Math.min(active, Math.max(0, parameters.length - 1)) };
}
