import type { Span } from '../../base/span.ts';
import { skipBlanks } from '../tex-tokens.ts';
import type { Token } from '../token.ts';
import { argumentTokens, optionalEnd } from './arguments.ts';
import { emit, type Lexer, spanOf, textAt } from './lexer.ts';
import { lexNested, pushGroup } from './nested.ts';

/** `\pdv{f}{x}`, `\pdv[2]{f}{x}`, `\pdv{f}{x}{y}`, `\dv{x}`: the fraction they print as. */
export function lexPhysicsDerivative(lexer: Lexer, at: number, to: number): number {
  const { args, order, next } = derivativeArguments(lexer, at, to);
  const [first, ...rest] = args;
  if (first === undefined) {
    emit(lexer, 'name', textAt(lexer, at) as string, spanOf(lexer, at, at + 1));
    return at + 1;
  }
  const span = spanOf(lexer, at, next);
  const sign: Token = { ...derivativeSign(textAt(lexer, at) as string), span: { start: span.start, end: span.start + 1 }, spaced: false };
  const raised = rest.length > 1 ? numberScript(String(rest.length), sign.span) : order.length > 0 ? scriptOf(order, sign.span) : [];
  emit(lexer, 'command', 'frac', sign.span);
  pushGroup(lexer, [sign, ...raised, ...(rest.length > 0 ? first : [])], span);
  const variables = rest.length > 0 ? rest : [first];
  pushGroup(
    lexer,
    variables.flatMap((one) => [sign, ...one, ...(rest.length > 1 ? [] : order.length > 0 ? scriptOf(order, sign.span) : [])]),
    span,
  );
  return next;
}

function derivativeSign(command: string): { readonly kind: 'operator' | 'name'; readonly text: string } {
  return /^\\(?:dv|od|odv|derivative|deriv)$/.test(command) ? { kind: 'name', text: 'rm:d' } : { kind: 'operator', text: '∂' };
}

function derivativeArguments(
  lexer: Lexer,
  at: number,
  to: number,
): { readonly args: Token[][]; readonly order: Token[]; readonly next: number } {
  const star = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  let next = optionalEnd(lexer, star, to);
  const kept = lexer.tokens.length;
  if (next > star) lexNested(lexer, skipBlanks(lexer.raws, star) + 1, next - 1);
  const order = lexer.tokens.splice(kept);
  const args: Token[][] = [];
  while (args.length < 3 && textAt(lexer, skipBlanks(lexer.raws, next)) === '{') {
    const arg = argumentTokens(lexer, next, to);
    args.push(arg.tokens);
    next = arg.next;
  }
  return { args, order, next };
}

function scriptOf(tokens: readonly Token[], span: Span): Token[] {
  const at = { span, spaced: false };
  return [{ kind: 'sup', text: '^', ...at }, { kind: 'group', text: '{', ...at }, ...tokens, { kind: 'ungroup', text: '}', ...at }];
}

function numberScript(digits: string, span: Span): Token[] {
  return scriptOf([{ kind: 'number', value: Number(digits), text: digits, span, spaced: false }], span);
}
