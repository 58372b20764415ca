import type { Expr, FunctionStatement } from './ast.ts';
import { functionNamed } from './notation.ts';
import { type Names, namesAt } from './prose-names.ts';
import type { ProseReader, Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/** "`$\phi$` applied elementwise", "`$\phi$` and `$\psi$` act entry by entry", "an activation function `$\phi$`": functions of one number. */
function entrywiseIn(words: readonly Word[]): readonly FunctionStatement[] {
  const found: FunctionStatement[] = [];
  for (let at = 0; at < words.length; at++) {
    const names = words[at]?.kind === 'math' ? namesAt(words, at) : null;
    if (names === null) continue;
    if (names.names.every(mayBeFunction) && isSaidOf(words, names)) found.push(ofOneNumber(names));
    at = names.next - 1;
  }
  return found;
}

function ofOneNumber({ names, span }: Names): FunctionStatement {
  const number = { dims: [], span };
  return { kind: 'function', names, from: [number], to: number, span };
}

/** A small letter that no function is called by anyway. */
function mayBeFunction(name: Expr): boolean {
  return name.kind === 'name' && /(?:^|:)\p{Ll}$/u.test(name.name) && functionNamed(symbolKey(name) ?? '') === undefined;
}

function isSaidOf(words: readonly Word[], names: Names): boolean {
  const before = words[names.first - 1]?.text ?? '';
  if (PREPOSITIONS.has(before)) return false;
  const isValue = before === 'activations' && !names.names.every(isFunctionLetter);
  return (isActivation(words, names.first) && !isValue) || isApplied(words, names.next);
}

/** "activations `$x$`" are values of a layer, unless their letter is one of functions. */
function isFunctionLetter(name: Expr): boolean {
  return name.kind === 'name' && /^[σφψρςϕfgτη]$/u.test(name.name);
}

/** "the product by `$s$` is applied elementwise" says nothing of s as a function. */
const PREPOSITIONS: ReadonlySet<string> = new Set(['of', 'by', 'to']);

/** "an activation `$\phi$`", "an elementwise function `$g$`", "the nonlinearity `$\phi$`"; what the last layer has may be a softmax. */
function isActivation(words: readonly Word[], first: number): boolean {
  const noun = /^functions?$/.test(words[first - 1]?.text ?? '') ? first - 2 : first - 1;
  if (noun < first - 1 && ENTRYWISE.has(words[noun]?.text ?? '')) return true;
  return ACTIVATIONS.has(words[noun]?.text ?? '') && !/^(?:output|final|last)$/.test(words[noun - 1]?.text ?? '');
}

/** Words between a function and how it is applied. */
const LONGEST = 4;

function isApplied(words: readonly Word[], next: number): boolean {
  for (let at = next, applied = false; at <= next + LONGEST; at++) {
    const { kind, text } = words[at] ?? { kind: 'stop', text: '' };
    if (applied && (ENTRYWISE.has(text) || isByEach(words, at))) return true;
    applied ||= APPLIED.test(text);
    if (kind !== 'word' && text !== ',' && text !== '(') return false;
    if (!applied && !/^(?:is|are|being|be|always|which|that|and|,|\()$/.test(text)) return false;
  }
  return false;
}

const APPLIED = /^(?:applied|appl(?:y|ies)|act(?:s|ing)?|operat(?:es?|ing)|works?)$/;
const PARTS: ReadonlySet<string> = new Set('entry element component coordinate'.split(' '));
const ENTRYWISE: ReadonlySet<string> = new Set([...PARTS, 'point'].flatMap((part) => [`${part}wise`, `${part}-wise`]));
const ACTIVATIONS: ReadonlySet<string> = new Set(
  'activation activations nonlinearity nonlinearities non-linearity non-linearities'.split(' '),
);

export const ENTRYWISE_FUNCTIONS: ProseReader = { telling: [...PARTS, ...ENTRYWISE, ...ACTIVATIONS], read: entrywiseIn };

/** "entry by entry", "to each component", "separately to every entry". */
function isByEach(words: readonly Word[], at: number): boolean {
  const [one, two, three] = [at, at + 1, at + 2].map((place) => words[place]?.text ?? '') as [string, string, string];
  return (PARTS.has(one) && two === 'by' && three === one) || (/^(?:to|on)$/.test(one) && /^(?:each|every)$/.test(two) && PARTS.has(three));
}
