import { Position, Range, type TextDocumentContentChangeEvent } from 'vscode';
import type { Position as PlainPosition, Range as PlainRange } from '../protocol/report.ts';

export function toPosition({ line, character }: PlainPosition): Position {
  return new Position(line, character);
}

export function toRange({ start, end }: PlainRange): Range {
  return new Range(toPosition(start), toPosition(end));
}

export function fromPosition({ line, character }: Position): PlainPosition {
  return { line, character };
}

/** Where a position is after a change of the text before it. */
export function moved(position: PlainPosition, { range, text }: TextDocumentContentChangeEvent): PlainPosition {
  if (range.end.isAfter(toPosition(position))) return position;
  const lines = text.split('\n');
  const last = lines.at(-1)?.length ?? 0;
  const line = position.line - (range.end.line - range.start.line) + (lines.length - 1);
  if (position.line !== range.end.line) return { line, character: position.character };
  const before = lines.length === 1 ? range.start.character : 0;
  return { line, character: before + last + (position.character - range.end.character) };
}
