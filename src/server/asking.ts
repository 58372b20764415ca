import type { CancellationToken } from 'vscode-languageserver';
import type { Position } from '../protocol/report.ts';
import type { Analysis } from './checking.ts';
import type { Point } from './navigation.ts';
import type { Views } from './views.ts';

/** What a question of the client is answered from. */
export interface Asking {
  /** What is known of a document; null where it is not open, or none of ours. Throws when the client gave up. */
  readonly known: (uri: string, token: CancellationToken) => Promise<Analysis | null>;
  /** What is known around a position; null outside of what is open. */
  readonly pointAt: (uri: string, position: Position, token: CancellationToken) => Promise<Point | null>;
  readonly views: Views;
}
