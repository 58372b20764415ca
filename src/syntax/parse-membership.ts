import { cover } from '../base/span.ts';
import type { Expr, Property, ShapeExpr } from './ast.ts';
import { atEnd, type Cursor } from './cursor.ts';
import { splitOutside } from './parse-environment.ts';
import { cursorWithin, parseWhole } from './parse-group.ts';
import { parseSet } from './parse-shape.ts';
import type { Token } from './token.ts';

/** What membership in a set says: a shape, properties, or that the member counts. */
export interface Membership {
  readonly shape: ShapeExpr | null;
  readonly properties: readonly Property[];
  readonly range: { readonly from: Expr; readonly to: Expr } | null;
}

/** What a set fixes of its members; null for a set that fixes nothing we know. */
export function membershipOf(cursor: Cursor, tokens: readonly Token[]): Membership | null {
  const set = withoutRemoved(tokens);
  if (set.length === 0) return null;
  return numberSet(cursor, set) ?? literalSet(cursor, set) ?? matrixGroup(cursor, set);
}

/** `\mathbb R^n \setminus \{0\}`, `\mathbb R^n, …`: what is taken away changes no shape. */
function withoutRemoved(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  const end = tokens.findIndex((token) => {
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if (token.kind === 'close' || token.kind === 'ungroup') depth--;
    return depth === 0 && (token.text === '∖' || token.kind === 'relation' || token.kind === 'separator');
  });
  return end < 0 ? tokens : tokens.slice(0, end);
}

function quiet(cursor: Cursor, tokens: readonly Token[]): Cursor {
  return { ...cursorWithin(cursor, tokens), problems: [] };
}

/** `\mathbb R^{m\times n}`, `\mathbb S^n_{++}`, `\Delta^{n-1}`. */
function numberSet(cursor: Cursor, tokens: readonly Token[]): Membership | null {
  const exponent = exponentOf(tokens.slice(1));
  if (exponent === null) return null;
  const dims = dimsOf(cursor, exponent);
  const inner = quiet(cursor, tokens);
  const set = parseSet(inner);
  if (set === null || dims === null || dims.length > 2) return null;
  const readable = atEnd(inner) && inner.problems.length === 0 && (exponent.length === 0 || set.shape.dims.length > 0);
  const shape = readable ? set.shape : { ...set.shape, dims };
  return dims.every(isDimension) ? { shape, properties: set.properties, range: null } : null;
}

/** The tokens raised after a set, empty where there are none; null where more than marks follows. */
function exponentOf(tokens: readonly Token[]): readonly Token[] | null {
  let exponent: readonly Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const mark = tokens[at] as Token;
    if (mark.kind !== 'sup' && mark.kind !== 'sub') return null;
    const end = groupEnd(tokens, at + 1);
    if (mark.kind === 'sup') exponent = tokens.slice(at + 2, end);
    at = end + 1;
  }
  return exponent;
}

function groupEnd(tokens: readonly Token[], from: number): number {
  let depth = 0;
  const end = tokens.findIndex(
    (token, at) => at >= from && ((token.kind === 'group' && ++depth === 0) || (token.kind === 'ungroup' && --depth === 0)),
  );
  return end < 0 ? tokens.length : end;
}

/** The dimensions between `×`; null where one of them cannot be read. */
function dimsOf(cursor: Cursor, tokens: readonly Token[]): Expr[] | null {
  if (tokens.length === 0) return [];
  const inside = tokens[0]?.kind === 'open' && tokens.at(-1)?.kind === 'close' ? tokens.slice(1, -1) : tokens;
  const parts = splitOutside(inside, (token) => token.text === '×' || token.text === ',');
  const inner = quiet(cursor, inside);
  const dims = parts
    .filter((part) => part.length > 0)
    .map((part) => parseWhole({ ...cursorWithin(inner, part), problems: inner.problems }));
  return dims.length === 0 || inner.problems.length > 0 ? null : dims;
}

/** Whether an expression may count rows: a polynomial over names and numbers. */
function isDimension(expr: Expr): boolean {
  switch (expr.kind) {
    case 'number':
      return Number.isInteger(expr.value);
    case 'name':
      return expr.name !== 'inf';
    case 'postfix':
      return isDimension(expr.base) && (expr.mark.kind !== 'power' || isDimension(expr.mark.exponent)) && expr.mark.kind !== 'inverse';
    case 'apply':
      return (
        (expr.op === 'add' || expr.op === 'sub' || expr.op === 'mul' || expr.op === 'dot' || expr.op === 'times') &&
        expr.args.every(isDimension)
      );
    case 'call':
      return isDimension(expr.head) && expr.args.every(isDimension);
    default:
      return false;
  }
}

/** `\{0,1\}^{n\times n}`, `[0,1]^n`, `\{1, \dots, K\}`, `(0, \infty)`. */
function literalSet(cursor: Cursor, tokens: readonly Token[]): Membership | null {
  const [open] = tokens;
  if (open?.kind !== 'open' || !'{[('.includes(open.text)) return null;
  const close = tokens.findIndex((token) => token.kind === 'close');
  const exponent = close < 0 ? null : exponentOf(tokens.slice(close + 1));
  if (exponent === null) return null;
  const inside = splitOutside(tokens.slice(1, close), (token) => token.kind === 'separator' && token.text === ',');
  const range = exponent.length === 0 ? rangeOf(cursor, open, inside) : null;
  if (range !== null) return { shape: null, properties: [], range };
  if (!inside.every(isNumeric)) return null;
  const dims = dimsOf(cursor, exponent);
  if (dims === null || dims.length > 2 || !dims.every(isDimension)) return null;
  return { shape: { dims, span: tokens.map((token) => token.span).reduce(cover) }, properties: propertiesOf(open, inside), range: null };
}

/** Of `\{0,1\}` and `\{-1,1\}` what their members are. */
function propertiesOf(open: Token, inside: readonly (readonly Token[])[]): readonly Property[] {
  if (open.text !== '{') return [];
  const members = inside.map((tokens) => tokens.map(({ text }) => text).join('')).sort();
  if (members.join() === '0,1') return ['binary'];
  return /^(?:[+]1,-1|-1,1|±1)$/.test(members.join()) ? ['sign'] : [];
}

/** `\{1, 2, \dots, K\}`, `[n]`: what is in it counts. */
function rangeOf(cursor: Cursor, open: Token, inside: readonly (readonly Token[])[]): { readonly from: Expr; readonly to: Expr } | null {
  const last = inside.at(-1) ?? [];
  const first = inside[0] ?? [];
  const inner = quiet(cursor, last);
  if (open.text === '[' && inside.length === 1 && first.length === 1 && first[0]?.kind === 'name') {
    return { from: { kind: 'number', value: 1, span: open.span }, to: parseWhole(inner) };
  }
  const dotted = inside.length > 2 && inside.at(-2)?.[0]?.kind === 'dots';
  return open.text === '{' && dotted && last.length > 0 ? { from: parseWhole(quiet(cursor, first)), to: parseWhole(inner) } : null;
}

function isNumeric(tokens: readonly Token[]): boolean {
  return (
    tokens.length > 0 &&
    tokens.every(
      (token) =>
        token.kind === 'number' ||
        token.text === '-' ||
        token.text === '+' ||
        token.text === '±' ||
        token.text === 'inf' ||
        token.text === 'π' ||
        token.kind === 'dots',
    )
  );
}

const GROUPS: Readonly<Record<string, readonly Property[]>> = { SO: ['orthogonal'], 'orthogonal O': ['orthogonal'], GL: ['invertible'] };

/** `\mathrm{SO}(3)`, `\mathrm O(n)`, `\mathrm{GL}(n)`; an unstyled `O(n)` is a cost. */
function matrixGroup(cursor: Cursor, tokens: readonly Token[]): Membership | null {
  const [head, open] = tokens;
  const letters = head?.text === 'S' && open?.text === 'O' ? 'SO' : (head?.text.replace(/^(?:rm|sf|bb):(?=O$)/, 'orthogonal ') ?? '');
  const from = head?.text === 'S' && open?.text === 'O' ? 2 : 1;
  const properties = Object.hasOwn(GROUPS, letters) ? GROUPS[letters] : undefined;
  if (properties === undefined || tokens[from]?.text !== '(' || tokens.at(-1)?.text !== ')') return null;
  const dims = dimsOf(cursor, tokens.slice(from));
  const [size] = dims ?? [];
  if (size === undefined || dims?.length !== 1 || !isDimension(size)) return null;
  return { shape: { dims: [size, size], span: tokens.map((token) => token.span).reduce(cover) }, properties, range: null };
}
