import type { CancellationToken } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import type { CheckedDocument } from '../check/checked-document.ts';
import { claimAt, claimsOf } from '../ide/claims.ts';
import { FILE_CLAIMS, type FileClaim, type FileClaimsParams, type FileClaimsResult } from '../protocol/lsp.ts';
import type { Position } from '../protocol/report.ts';
import type { Checking } from './checking.ts';
import { listClaims } from './claims.ts';
import type { StopSignal } from './host.ts';
import { openText } from './open-text.ts';
import type { Feature } from './server.ts';
import { documentSource, locate, offsetOf, type Source } from './source.ts';
import { stopWith } from './stop-with.ts';

/** Answers for the Testing view: the claims of any text, open or not, and their verdicts. */
export const fileClaims: Feature = {
  serve: ({ connection, checking }) =>
    connection.onRequest(FILE_CLAIMS, (params: FileClaimsParams, token: CancellationToken) =>
      claimsOfText(checking, params, stopWith(token)),
    ),
};

async function claimsOfText(
  checking: Checking,
  { textDocument: { uri, languageId }, text, verify, at }: FileClaimsParams,
  stop: StopSignal,
): Promise<FileClaimsResult> {
  const source = documentSource(openText(uri, languageId, 0, text), 0, 'utf-16');
  const shapes = source === null ? null : await checking.text(source, { verify: false, repair: false }, stop);
  if (source === null || shapes === null) return { claims: [] };
  const examine = onlyOne(source, shapes, at ?? []);
  const checked = verify
    ? await checking.text(source, { verify: true, repair: true, ...(examine === undefined ? {} : { examine }) }, stop)
    : shapes;
  return { claims: checked === null ? [] : claimsWithProblems(source, checked) };
}

/** Where one claim is asked for, only that is examined. */
function onlyOne(source: Source, checked: CheckedDocument, at: readonly Position[]): Span | undefined {
  const spans = at.flatMap((position) => claimAt(checked, offsetOf(source, source.uri, position) ?? 0)?.equation.span ?? []);
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
