import type { CancellationToken } from 'vscode-languageserver';
import { claimAt } from '../ide/claims.ts';
import { CONVERGENCE, type ConvergenceResult, type VerifyClaimParams } from '../protocol/lsp.ts';
import type { Feature, Server } from './server.ts';
import { offsetOf, versionOf } from './source.ts';
import { stopWith } from './stop-with.ts';

/** How the error of a claim's numeric side depends on its step: computed when someone looks at it. */
export const convergence: Feature = {
  serve: (server) =>
    server.connection.onRequest(CONVERGENCE, (params: VerifyClaimParams, token: CancellationToken) =>
      answerConvergence(server, params, token),
    ),
};

async function answerConvergence(
  { checking }: Server,
  { textDocument: { uri }, position, options = {} }: VerifyClaimParams,
  token: CancellationToken,
): Promise<ConvergenceResult> {
  const analysis = await checking.claimWith(uri, position, { ...options, convergence: true }, stopWith(token));
  const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
  if (analysis === null || offset === null) return { version: 0, convergence: null, reason: 'there is no claim here' };
  const found = claimAt(analysis.checked, offset)?.verdict?.convergence ?? 'there is no claim here';
  const version = versionOf(analysis.source, uri);
  return typeof found === 'string' ? { version, convergence: null, reason: found } : { version, convergence: found, reason: '' };
}
