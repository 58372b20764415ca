import type { CodeLens } from 'vscode-languageserver';
import { type ClaimLens, claimLenses } from '../ide/code-lenses.ts';
import { type ClaimPlace, type ClientOptions, STEPS_COMMAND, VERIFY_COMMAND } from '../protocol/lsp.ts';
import type { Analysis } from './checking.ts';
import { type Feature, type Server, stopIfCancelled } from './server.ts';
import { locate } from './source.ts';

/** The verdicts above claims; while claims are examined they are waited for. */
export const codeLenses: Feature = {
  offers: () => ({ codeLensProvider: {} }),
  serve: (server) =>
    server.connection.onCodeLens(async ({ textDocument: { uri } }, token) => {
      const analysis = await latest(server, uri);
      stopIfCancelled(token);
      return analysis?.settings.codeLens ? lensesIn(analysis, uri, server) : [];
    }),
};

async function latest({ checking }: Server, uri: string): Promise<Analysis | null> {
  const known = await checking.known(uri);
  return known !== null && checking.isVerifying(uri) ? ((await checking.examined(uri, { verify: true, repair: false })) ?? known) : known;
}

function lensesIn({ source, checked }: Analysis, uri: string, { say, client: { options } }: Server): CodeLens[] {
  return claimLenses(checked, say).flatMap((lens) => {
    const at = locate(source, lens.span);
    const command = commandOf(lens, options);
    if (at?.uri !== uri || command === null) return [];
    const place: ClaimPlace = { uri, position: at.range.start };
    return [{ range: at.range, command: { title: lens.title, command, ...(command === '' ? {} : { arguments: [place] }) } }];
  });
}

/** A client without the command still shows a verdict; what only opens something is left out there. */
function commandOf({ opens }: ClaimLens, { verifyCommand, stepsCommand }: ClientOptions): string | null {
  if (opens === 'steps') return stepsCommand === true ? STEPS_COMMAND : null;
  return verifyCommand === true ? VERIFY_COMMAND : '';
}
