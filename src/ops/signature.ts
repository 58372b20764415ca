import type { Pattern, ShapeRule } from './op.ts';

/** Reads `n×n → 1×1` or `m×n, p×q → mp×nq` into a shape rule. */
export function signature(text: string): ShapeRule {
  const [params, result] = text.split(' → ');
  if (params === undefined || result === undefined) throw new Error(`no arrow in the signature ${text}`);
  return { kind: 'signature', params: params.split(', ').map(pattern), result: pattern(result) };
}

function pattern(text: string): Pattern {
  const [rows, cols] = text.split('×');
  if (rows === undefined || cols === undefined) throw new Error(`no × in the pattern ${text}`);
  return { rows, cols };
}

export const ENTRYWISE: ShapeRule = { kind: 'entrywise' };
export const SPECIAL: ShapeRule = { kind: 'special' };
