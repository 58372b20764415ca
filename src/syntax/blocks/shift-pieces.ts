import type { Span } from '../../base/span.ts';
import type { Piece } from './piece.ts';

/** The pieces of a part of a text, by offsets of the whole text. */
export function shifted(pieces: readonly Piece[], by: number): Piece[] {
  const moved = (span: Span): Span => ({ start: span.start + by, end: span.end + by });
  return pieces.map((piece) =>
    piece.kind === 'math' ? { ...piece, span: moved(piece.span), outer: moved(piece.outer) } : { ...piece, span: moved(piece.span) },
  );
}
