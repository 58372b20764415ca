import { VERSION } from '../base/version.ts';
import type { Analysis } from './checking.ts';
import type { Feature, Server } from './server.ts';
import { locate, versionOf } from './source.ts';

/** Tells in the client's log who serves it, and, where the client traces the server, what was checked and how long it took. */
export const log: Feature = {
  serve: ({ checking, connection: { tracer } }) => {
    checking.onChecked = (analysis, milliseconds) => tracer.log(whatWasChecked(analysis, milliseconds), whatWasFound(analysis));
  },
  begin: (server) => server.connection.console.info(greeting(server)),
};

function greeting({ client: { encoding }, folders }: Server): string {
  const where = folders.length === 0 ? 'without a folder' : `in ${folders.join(', ')}`;
  return `Chainrule ${VERSION} ${where}; positions are counted in ${encoding}.`;
}

/** `lecture.deriv, version 3: claims examined in 140 ms: 5 verified, 1 refuted; 1 problem` */
function whatWasChecked({ source, checked, depth }: Analysis, milliseconds: number): string {
  const name = `${source.uri.slice(source.uri.lastIndexOf('/') + 1)}, version ${versionOf(source, source.uri)}`;
  const what = depth.repair ? 'repairs looked for' : depth.verify ? 'claims examined' : 'shapes checked';
  const problems = `${checked.diagnostics.length} ${checked.diagnostics.length === 1 ? 'problem' : 'problems'}`;
  return `${name}: ${what} in ${Math.round(milliseconds)} ms${verdicts(checked)}; ${problems}`;
}

function verdicts({ claims = [] }: Analysis['checked']): string {
  const counts = (['verified', 'refuted', 'inconclusive'] as const).flatMap((status) => {
    const count = claims.filter((claim) => claim.status === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  return counts.length === 0 ? '' : `: ${counts.join(', ')}`;
}

/** A line a problem: where it stands, its code, and the first line of its message. */
function whatWasFound({ source, checked }: Analysis): string {
  return checked.diagnostics
    .map(({ span, code, message }) => {
      const start = locate(source, span)?.range.start;
      return `${start === undefined ? '' : `${start.line + 1}:${start.character + 1} `}${code}: ${message.split('\n')[0]}`;
    })
    .join('\n');
}
