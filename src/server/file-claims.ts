import type { CancellationToken } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import type { CheckedDocument } from '../check/checked-document.ts';
import { claimsOf } from '../ide/claims.ts';
import { FILE_CLAIMS, type FileClaim, type FileClaimsParams, type FileClaimsResult } from '../protocol/lsp.ts';
import type { Checking } from './checking.ts';
import { listClaims } from './claims.ts';
import type { StopSignal } from './host.ts';
import { openText } from './open-text.ts';
import type { Feature } from './server.ts';
import { fileSource, type Location, locate, type Source } from './source.ts';
import type { Sources } from './sources.ts';
import { stopWith } from './stop-with.ts';
import { isNotebook } from './surface.ts';

/** Answers for the Testing view: the claims of any text, open or not, and their verdicts. */
export const fileClaims: Feature = {
  serve: ({ connection, checking, sources }) =>
    connection.onRequest(FILE_CLAIMS, (params: FileClaimsParams, token: CancellationToken) =>
      claimsOfText(checking, sourceOf(sources, params), params, stopWith(token)),
    ),
};

/** A notebook that is open is read from its cells, which the client knows by their own addresses. */
function sourceOf(sources: Sources, { textDocument: { uri, languageId }, text }: FileClaimsParams): Source | null {
  const open = isNotebook(uri) ? sources.get(uri) : null;
  return open === null ? fileSource(openText(uri, languageId, 0, text), 0, 'utf-16') : { ...open, encoding: 'utf-16' };
}

async function claimsOfText(
  checking: Checking,
  source: Source | null,
  { verify, at }: FileClaimsParams,
  stop: StopSignal,
): Promise<FileClaimsResult> {
  const shapes = source === null ? null : await checking.text(source, { verify: false, repair: false }, stop);
  if (source === null || shapes === null) return { claims: [] };
  const examine = onlyOne(source, shapes, at ?? []);
  const checked = verify
    ? await checking.text(source, { verify: true, repair: true, ...(examine === undefined ? {} : { examine }) }, stop)
    : shapes;
  return { claims: checked === null ? [] : claimsWithProblems(source, checked) };
}

/** Where one claim is asked for, only that is examined. */
function onlyOne(source: Source, checked: CheckedDocument, at: NonNullable<FileClaimsParams['at']>): Span | undefined {
  const begins = (claim: Location | null, { uri, position: { line, character } }: (typeof at)[number]) =>
    claim?.uri === uri && claim.range.start.line === line && claim.range.start.character === character;
  const isAsked = (claim: Location | null) => at.some((place) => begins(claim, place));
  const spans = claimsOf(checked).flatMap(({ span, equation }) => (isAsked(locate(source, span)) ? [equation.span] : []));
  return spans.length === 1 ? spans[0] : undefined;
}

function claimsWithProblems(source: Source, checked: CheckedDocument): readonly FileClaim[] {
  const spans = claimsOf(checked);
  return listClaims({ source, checked }).map((claim, at): FileClaim => {
    const own = spans[at];
    const found = checked.diagnostics.filter(
      ({ severity, span }) => own !== undefined && severity !== 'hint' && own.span.start <= span.start && span.end <= own.span.end,
    );
    const problems = found.flatMap(({ message, span }) => {
      const range = locate(source, span)?.range;
      return range === undefined ? [] : [{ message, range }];
    });
    const repair = own?.verdict?.repair;
    return { ...claim, problems, ...(repair === undefined ? {} : { repair }) };
  });
}
