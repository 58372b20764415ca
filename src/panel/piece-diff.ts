import type { FormulaPiece } from '../protocol/report.ts';
import { sequenceDiff } from './sequence-diff.ts';

export interface ChangedPieces {
  /** For each piece of the first formula whether the second lacks it. */
  readonly before: readonly boolean[];
  /** For each piece of the second formula whether the first lacks it. */
  readonly after: readonly boolean[];
}

/** Which factors one formula has and another has not. */
export function changedPieces(before: readonly FormulaPiece[], after: readonly FormulaPiece[]): ChangedPieces {
  const words = (pieces: readonly FormulaPiece[]) => pieces.map(({ latex }) => latex.replace(/\s+/g, ''));
  const runs = sequenceDiff(words(before), words(after));
  return {
    before: runs.filter(({ kind }) => kind !== 'added').map(({ kind }) => kind === 'removed'),
    after: runs.filter(({ kind }) => kind !== 'removed').map(({ kind }) => kind === 'added'),
  };
}
