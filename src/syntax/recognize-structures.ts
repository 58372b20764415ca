import { type Contents, hasSign } from './contents.ts';
import type { Token } from './token.ts';

const ONES: ReadonlySet<string> = new Set(['bb:1', 'bold:1', 'bb:I', 'rm:1', 'I', 'bold:I', 'rm:I', 'cal:I']);
const EXPECTATIONS: ReadonlySet<string> = new Set(['E', 'bb:E', 'rm:E', 'bold:E', 'cal:E']);
const SCANNED = 200;

/**
 * Tells what only the neighbourhood of a name decides: an indicator (`\mathbb 1[z > 0]`), an
 * expectation (`\mathbb E[x]`), an extreme eigenvalue (`\lambda_{\max}(A)`).
 */
export function recognizeStructures(written: readonly Token[], contents: Contents): readonly Token[] {
  const turned = hasSign(contents, '[') || hasSign(contents, ']') ? turnBrackets(written) : written;
  const tokens = hasSign(contents, '|') || hasSign(contents, '‖') ? pairBars(turned) : turned;
  if (!tokens.some(mayBeStructure)) return tokens;
  const result: Token[] = [];
  for (let at = 0; at < tokens.length; ) at = recognize(tokens, at, result);
  return result;
}

const TELLING: ReadonlySet<string> = new Set([...ONES, ...EXPECTATIONS, 'λ']);

function mayBeStructure({ kind, text }: Token): boolean {
  return kind === 'name' && TELLING.has(text);
}

/** Passes on the token at `at`, or what it begins; answers where to go on. */
function recognize(tokens: readonly Token[], at: number, result: Token[]): number {
  const token = tokens[at] as Token;
  const extreme = token.kind === 'name' && token.text === 'λ' ? extremeEigenvalue(tokens, at) : null;
  if (extreme !== null) {
    result.push(extreme);
    return at + 5;
  }
  result.push(structured(tokens, at, token));
  return at + 1;
}

function structured(tokens: readonly Token[], at: number, token: Token): Token {
  if (token.kind !== 'name') return token;
  if (ONES.has(token.text) && holdsCondition(tokens, at)) return command(token, 'indicator');
  return EXPECTATIONS.has(token.text) && takesExpectation(tokens, at) ? command(token, 'expectation') : token;
}

function command(token: Token, text: string): Token {
  return { kind: 'command', text, span: token.span, spaced: token.spaced };
}

/** `_{z > 0}` or `[z > 0]` after it; a letter needs the brackets. */
function holdsCondition(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  const one = tokens[at]?.text.endsWith(':1') === true;
  if (next?.kind === 'sub' && one) return tokens[at + 2]?.kind === 'group' && holdsRelation(tokens, at + 2);
  return next?.kind === 'open' && '([{'.includes(next.text) && (holdsRelation(tokens, at + 1) || (one && next.text === '{'));
}

/** Whether a relation or a set stands between the bracket at `at` and its partner. */
function holdsRelation(tokens: readonly Token[], at: number): boolean {
  for (let next = at, depth = 0; next < Math.min(tokens.length, at + SCANNED); next++) {
    const token = tokens[next] as Token;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if ((token.kind === 'close' || token.kind === 'ungroup') && --depth === 0) return false;
    if (token.kind === 'relation' && token.text !== ':') return true;
  }
  return false;
}

function takesExpectation(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  // An `\mathcal E(\theta)` is an energy or evidence.
  const styled = tokens[at]?.text !== 'E' && tokens[at]?.text !== 'cal:E';
  if (next?.kind === 'open') return next.text === '[' || (styled && (next.text === '(' || next.text === '{'));
  return styled && tokens[at]?.text !== 'bold:E' && next?.kind === 'sub';
}

/** `λ _ { max }` before brackets. */
function extremeEigenvalue(tokens: readonly Token[], at: number): Token | null {
  const [sub, group, word, ungroup, open] = tokens.slice(at + 1, at + 6);
  const extreme =
    sub?.kind === 'sub' && group?.kind === 'group' && (word?.text === 'max' || word?.text === 'min') && ungroup?.kind === 'ungroup';
  if (!extreme || open?.kind !== 'open') return null;
  const first = tokens[at] as Token;
  return {
    kind: 'name',
    text: word.text === 'max' ? 'lambdamax' : 'lambdamin',
    span: { start: first.span.start, end: ungroup.span.end },
    spaced: first.spaced,
  };
}

/**
 * `]0, T[`, `[0, \infty[`: an interval's brackets that are turned away from what they hold stand for the round ones. A `]` opens
 * where nothing is left to close, a `[` closes where no operand follows, and either parts two bounds from what is around.
 */
function turnBrackets(tokens: readonly Token[]): readonly Token[] {
  const turned = new Map<number, 'open' | 'close'>();
  const open: number[] = [];
  tokens.forEach((token, at) => {
    const from = open.at(-1);
    if (token.kind === 'open' && token.text === '[' && from !== undefined && isBound(tokens, from, at) && !startsOperand(tokens[at + 1])) {
      turned.set(at, 'close');
      open.pop();
    } else if (token.kind === 'open' || token.kind === 'group') open.push(at);
    else if (token.kind === 'close' && token.text === ']' && opensHere(tokens, from, at)) {
      turned.set(at, 'open');
      open.push(at);
    } else if (token.kind === 'close' || token.kind === 'ungroup') open.pop();
  });
  return turned.size === 0 ? tokens : tokens.map((token, at) => turn(token, turned.get(at)));
}

/** Nothing is left that it would close, and no operand stands before it. */
function opensHere(tokens: readonly Token[], from: number | undefined, at: number): boolean {
  const closes = from !== undefined && tokens[from]?.text === '[';
  return !closes && !endsOperand(tokens[at - 1]) && opensInterval(tokens, at);
}

function turn(token: Token, kind: 'open' | 'close' | undefined): Token {
  return kind === undefined ? token : { kind, text: kind === 'open' ? '[' : ']', span: token.span, spaced: token.spaced };
}

/** Whether the bracket at `at` comes after a `[`, two bounds and the comma between them. */
function isBound(tokens: readonly Token[], from: number, at: number): boolean {
  return (tokens[from] as Token).text.length === 1 && ']['.includes((tokens[from] as Token).text) && commasBetween(tokens, from, at) === 1;
}

function opensInterval(tokens: readonly Token[], at: number): boolean {
  const most = Math.min(tokens.length, at + SCANNED);
  for (let next = at + 1, depth = 0; next < most; next++) {
    const { kind, text } = tokens[next] as Token;
    if (depth === 0 && (text === '[' || text === ']') && (kind === 'open' || kind === 'close'))
      return commasBetween(tokens, at, next) === 1;
    if (kind === 'open' || kind === 'group') depth++;
    if ((kind === 'close' || kind === 'ungroup') && depth-- === 0) return false;
  }
  return false;
}

function commasBetween(tokens: readonly Token[], from: number, to: number): number {
  let depth = 0;
  let commas = 0;
  for (const { kind, text } of tokens.slice(from + 1, to)) {
    if (kind === 'open' || kind === 'group') depth++;
    if (kind === 'close' || kind === 'ungroup') depth--;
    if (depth === 0 && kind === 'separator' && (text === ',' || text === ';')) commas++;
  }
  return commas;
}

function endsOperand(token: Token | undefined): boolean {
  return token !== undefined && (OPERANDS.has(token.kind) || token.kind === 'close' || token.kind === 'ungroup' || token.text === '⊤');
}

function startsOperand(token: Token | undefined): boolean {
  return token !== undefined && (OPERANDS.has(token.kind) || token.kind === 'open' || token.kind === 'group' || token.kind === 'command');
}

const OPERANDS: ReadonlySet<Token['kind']> = new Set(['name', 'number', 'text', 'dots', 'prime', 'unknown', 'bar']);

/**
 * A bar without a partner between the brackets it stands in is no absolute value: with a subscript it
 * evaluates (`f|_{x=0}`), otherwise it parts as `\mid` does (`p(x|y)`).
 */
function pairBars(tokens: readonly Token[]): readonly Token[] {
  const lone = loneBars(tokens);
  return lone.size === 0 ? tokens : tokens.map((token, at) => (lone.has(at) ? loneBar(token, tokens[at + 1]) : token));
}

function loneBar(bar: Token, next: Token | undefined): Token {
  const evaluates = next?.kind === 'sub' && bar.text === '|';
  return { kind: evaluates ? 'command' : 'relation', text: evaluates ? 'at' : '|', span: bar.span, spaced: bar.spaced };
}

function loneBars(tokens: readonly Token[]): ReadonlySet<number> {
  const lone = new Set<number>();
  const levels: Map<string, number>[] = [new Map()];
  const flush = (level: Map<string, number>) => {
    for (const at of level.values()) lone.add(at);
    level.clear();
  };
  const close = () => {
    flush(levels.pop() as Map<string, number>);
    if (levels.length === 0) levels.push(new Map());
  };
  tokens.forEach((token, at) => {
    const level = levels.at(-1) as Map<string, number>;
    if (token.kind === 'open' || token.kind === 'group') levels.push(new Map());
    else if (token.kind === 'close' || token.kind === 'ungroup') close();
    else if (token.kind === 'separator' && token.text !== '.') flush(level);
    else if (token.kind === 'bar') {
      if (!level.delete(token.text)) level.set(token.text, at);
    }
  });
  while (levels.length > 1) close();
  close();
  return lone;
}
