import type { Connection } from 'vscode-languageserver';
import type { CheckedDocument } from '../check/checked-document.ts';
import { claimAt, claimsOf } from '../ide/claims.ts';
import { FILE_CLAIMS, type FileClaim, type FileClaimsParams, type FileClaimsResult } from '../protocol/lsp.ts';
import type { Checking } from './checking.ts';
import { listClaims } from './claims.ts';
import { openText } from './open-text.ts';
import { type Source, documentSource, locate, offsetOf } from './source.ts';
import { stopWith } from './stop-with.ts';

/** Answers for the Testing view: the claims of any text, open or not, and their verdicts. */
export function serveFileClaims(connection: Connection, checking: Checking): void {
  connection.onRequest(
    FILE_CLAIMS,
    async ({ textDocument: { uri, languageId }, text, verify, at }: FileClaimsParams, token): Promise<FileClaimsResult> => {
      const source = documentSource(openText(uri, languageId, 0, text), 0, 'utf-16');
      if (source === null) return { claims: [] };
      const shapes = await checking.text(source, { verify: false, repair: false }, stopWith(token));
      const only =
        at === undefined || shapes === null
          ? null
          : at.flatMap((position) => claimAt(shapes, offsetOf(source, uri, position) ?? 0)?.equation.span ?? []);
      const [single] = only ?? [];
      const examine = only?.length === 1 ? single : undefined;
      const checked = verify
        ? await checking.text(source, { verify: true, repair: true, ...(examine === undefined ? {} : { examine }) }, stopWith(token))
        : shapes;
      return { claims: checked === null ? [] : claimsWithProblems(source, checked) };
    },
  );
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
