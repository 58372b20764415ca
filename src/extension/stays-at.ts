import type { ListedClaim } from '../protocol/lsp.ts';
import type { Position, Range } from '../protocol/report.ts';

/** Whether the cursor is still at the claim that is shown: within it, or on lines on which nothing else is claimed. */
export function staysAt(shown: Pick<ListedClaim, 'uri' | 'range'>, claims: readonly ListedClaim[], { line, character }: Position): boolean {
  const onLine = ({ start, end }: Range) => start.line <= line && line <= end.line;
  if (!onLine(shown.range)) return false;
  const isAlone = claims.filter(({ uri, range }) => uri === shown.uri && onLine(range)).length <= 1;
  return isAlone || within(shown.range, { line, character });
}

function within({ start, end }: Range, { line, character }: Position): boolean {
  const isAfterStart = line > start.line || (line === start.line && character >= start.character);
  return isAfterStart && (line < end.line || (line === end.line && character <= end.character));
}
