import type { CheckedDocument, FoundEdit } from '../check/checked-document.ts';

/** A change that a person may want, and that is offered only where the text is as right after it as before. */
export interface Refactoring {
  readonly title: string;
  readonly edits: readonly FoundEdit[];
  /** What has to be asked of the changed text: whether its shapes fit, or whether its claims hold too. */
  readonly proof: 'shapes' | 'numbers';
}

/** Whether nothing is wrong after a change that was not before, and every claim that held still holds. */
export function isAsRight(before: CheckedDocument, after: CheckedDocument): boolean {
  const mistakes = ({ diagnostics }: CheckedDocument) =>
    diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
  const verified = ({ claims = [] }: CheckedDocument) => claims.filter(({ status }) => status === 'verified').length;
  const unread = ({ coverage: { partlyRead, unread } }: CheckedDocument) => partlyRead + unread;
  const claimed = ({ equations }: CheckedDocument) => equations.filter(({ kind }) => kind !== 'declaration').length;
  return (
    mistakes(after) <= mistakes(before) &&
    verified(after) >= verified(before) &&
    unread(after) <= unread(before) &&
    claimed(after) === claimed(before)
  );
}

/** Whether every claim that a change touches holds before it. */
export function areVerified({ claims = [] }: CheckedDocument, edits: readonly FoundEdit[]): boolean {
  const touched = claims.filter(({ span }) => edits.some((edit) => span.start < edit.span.end && edit.span.start < span.end));
  return touched.every(({ status }) => status === 'verified');
}
