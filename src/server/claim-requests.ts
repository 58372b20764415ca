import type { CancellationToken } from 'vscode-languageserver';
import { claimAt } from '../ide/claims.ts';
import {
  CLAIMS,
  type ClaimsParams,
  type ClaimsResult,
  VERIFY_CLAIM,
  type VerifyClaimParams,
  type VerifyClaimResult,
  type VerifyOptions,
} from '../protocol/lsp.ts';
import type { Position } from '../protocol/report.ts';
import type { Analysis } from './checking.ts';
import { listClaims, showClaim } from './claims.ts';
import { type Feature, type Server, stopIfCancelled } from './server.ts';
import { offsetOf, versionOf } from './source.ts';
import { stopWith } from './stop-with.ts';

/** Answers with the claims of a document, and with one of them examined, with options of its own where it has some. */
export const claimRequests: Feature = {
  serve: (server) => {
    server.connection.onRequest(CLAIMS, (params: ClaimsParams, token: CancellationToken) => claims(server, params, token));
    server.connection.onRequest(VERIFY_CLAIM, (params: VerifyClaimParams, token: CancellationToken) => verifyClaim(server, params, token));
  },
};

async function claims(
  { publisher, checking }: Server,
  { textDocument: { uri }, verify }: ClaimsParams,
  token: CancellationToken,
): Promise<ClaimsResult> {
  const analysis = verify === true ? await publisher.claims(uri) : await checking.known(uri);
  stopIfCancelled(token);
  return analysis === null ? { version: 0, claims: [] } : { version: versionOf(analysis.source, uri), claims: listClaims(analysis) };
}

async function verifyClaim(server: Server, params: VerifyClaimParams, token: CancellationToken): Promise<VerifyClaimResult> {
  const { checking, views } = server;
  const {
    textDocument: { uri },
    position,
  } = params;
  const { analysis, options, isStopped } = await asked(server, params, token);
  stopIfCancelled(token);
  const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
  if (analysis === null || offset === null) return { version: 0, claim: null };
  const repairs = isUsual(options) || options.layout !== undefined ? analysis : ((await checking.known(uri)) ?? analysis);
  return {
    version: versionOf(analysis.source, uri),
    claim: showClaim(views.of(analysis), analysis, offset, options, repairs),
    ...(isStopped ? { isStopped } : {}),
  };
}

interface Answer {
  readonly analysis: Analysis | null;
  /** The options that it was examined with. */
  readonly options: VerifyOptions;
  readonly isStopped: boolean;
}

/** The claim examined as it is asked for; where a person stopped that, and nobody asked again, what is known. */
async function asked(server: Server, params: VerifyClaimParams, token: CancellationToken): Promise<Answer> {
  const { checking, publisher } = server;
  const {
    textDocument: { uri },
    position,
    options = {},
  } = params;
  if (params.unasked === true && publisher.isStopped(uri)) return { analysis: await checking.known(uri), options: {}, isStopped: true };
  return {
    analysis: isUsual(options) ? await usual(server, uri, position) : await checking.claimWith(uri, position, options, stopWith(token)),
    options,
    isStopped: false,
  };
}

function isUsual(options: VerifyOptions): boolean {
  return Object.keys(options).length === 0;
}

/** What the check of the whole document says; repairs are waited for only where something is wrong. */
async function usual({ publisher }: Server, uri: string, position: Position): Promise<Analysis | null> {
  const analysis = await publisher.claims(uri);
  const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
  const claim = analysis === null || offset === null ? null : claimAt(analysis.checked, offset);
  return claim === null || claim.verdict?.status === 'verified' ? analysis : publisher.examine(uri, true);
}
