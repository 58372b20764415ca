import { type LineIndex, lineIndex } from '../base/line-index.ts';
import type { Position } from '../protocol/report.ts';
import { decodePosition, encodePosition, type PositionEncoding } from './encoding.ts';

/** A document, or a cell of a notebook, as the client holds it. */
export interface OpenText {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
}

/** A change as the protocol sends it: a range and what stands there now, or the whole text. */
export type Change =
  | { readonly text: string }
  | { readonly range: { readonly start: Position; readonly end: Position }; readonly text: string };

export function openText(uri: string, languageId: string, version: number, text: string): OpenText {
  return { uri, languageId, version, text, lines: lineIndex(text) };
}

/** Changes are applied one after another, each to what the one before made. */
export function changed(before: OpenText, changes: readonly Change[], version: number, encoding: PositionEncoding): OpenText {
  const text = changes.reduce((one, change) => applied(one, change, encoding), before.text);
  return openText(before.uri, before.languageId, version, text);
}

function applied(text: string, change: Change, encoding: PositionEncoding): string {
  if (!('range' in change) || change.range === undefined) return change.text;
  const lines = lineIndex(text);
  const from = decodePosition(text, lines, encoding, change.range.start);
  const to = decodePosition(text, lines, encoding, change.range.end);
  return text.slice(0, Math.min(from, to)) + change.text + text.slice(Math.max(from, to));
}

export function positionIn({ text, lines }: OpenText, encoding: PositionEncoding, offset: number): Position {
  return encodePosition(text, lines, encoding, offset);
}

export function offsetIn({ text, lines }: OpenText, encoding: PositionEncoding, position: Position): number {
  return decodePosition(text, lines, encoding, position);
}
