import { cover } from '../base/span.ts';
import type { EquationStatement, Expr } from './ast.ts';
import { functionNamed, type OpName } from './notation.ts';
import { naming } from './prose-naming.ts';
import { type ProseReader, soleStatement, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/**
 * "the logistic function `$g$`", "with the sigmoid `$\sigma(\cdot)$`", "`$\sigma$` is the logistic function": the letter is a function that everyone knows,
 * also where it was a number before. "`$A$` is the row-wise softmax of `$S$`" says what A is.
 */
function knownFunctionsIn(words: readonly Word[]): EquationStatement[] {
  return words.flatMap((word, at): readonly EquationStatement[] => {
    const value = word.kind === 'word' ? VALUES.get(word.text) : undefined;
    const valued = value === undefined ? null : valueCalled(words, at, value);
    if (valued !== null) return [valued];
    const op = word.kind === 'word' ? KNOWN.get(word.text) : undefined;
    if (op === undefined) return [];
    const noun = behindNoun(words, at + 1);
    const name = nameBehind(words, noun, noun > at + 1) ?? nameBefore(words, at, noun);
    return name === null ? [] : [functionCalled(name, op, word)];
  });
}

const KNOWN = functionsCalled(['logistic', 'sigmoid', 'softplus', 'tanh', 'relu']);
const VALUES = functionsCalled(['softmax', 'sigmoid', 'softplus', 'tanh', 'relu']);

export const KNOWN_FUNCTIONS: ProseReader = { telling: [...KNOWN.keys(), ...VALUES.keys()], read: knownFunctionsIn };

function functionsCalled(texts: readonly string[]): ReadonlyMap<string, OpName> {
  return new Map(
    texts.flatMap((text) => {
      const op = functionNamed(text);
      return op === undefined ? [] : [[text, op] as const];
    }),
  );
}

/** "`$A$` is the row-wise softmax of `$S$`", "let `$p$` be the softmax of the scores `$z$`": what a function makes of something else. */
function valueCalled(words: readonly Word[], at: number, op: OpName): EquationStatement | null {
  const adjective = ADVERBIAL.test(words[at - 1]?.text ?? '') ? at - 1 : at;
  const isSaid = /^(?:the|an?)$/.test(words[adjective - 1]?.text ?? '') && /^(?:is|be|denotes)$/.test(words[adjective - 2]?.text ?? '');
  const name = isSaid ? letter(sideOf(words[adjective - 3])) : null;
  if (name === null || words[at + 1]?.text !== 'of') return null;
  const of = words.findIndex(({ kind }, next) => next > at + 1 && kind !== 'word');
  const value = of <= at + 1 + LONGEST_NOUN ? sideOf(words[of]) : null;
  const after = words[of + 1];
  const isWhole = after === undefined || after.kind !== 'word' || /^(?:and|with|so|where)$/.test(after.text);
  if (value === null || value.kind === 'hole' || !isWhole || after?.kind === 'math') return null;
  return naming(name, { kind: 'apply', op, args: [value], span: value.span }, cover(name.span, value.span));
}

const LONGEST_NOUN = 4;
const ADVERBIAL = /^(?:row-?wise|element-?wise|entry-?wise|component-?wise|usual)$/;

/** Behind "sigmoid function", "function". */
function behindNoun(words: readonly Word[], from: number): number {
  const noun = words[from]?.text === 'sigmoid' ? from + 1 : from;
  return /^(?:functions?|activations?|curve|nonlinearity|non-linearity)$/.test(words[noun]?.text ?? '') ? noun + 1 : noun;
}

/** The letter behind "the logistic function"; behind "the logistic" only one that is written as a function, as `$p$` is its value. */
function nameBehind(words: readonly Word[], at: number, isFunction: boolean): Expr | null {
  const side = sideOf(words[at]);
  const head = side?.kind === 'call' && side.args.every(({ kind }) => kind === 'hole') ? side.head : null;
  return letter(head) ?? (isFunction ? letter(side) : null);
}

/** "`$\sigma$` is the logistic function", "`$\sigma(\cdot)$` denotes the logistic". */
function nameBefore(words: readonly Word[], known: number, behind: number): Expr | null {
  const article = /^(?:the|an?)$/.test(words[known - 1]?.text ?? '') ? known - 1 : known;
  const copula = article === known || !/^(?:is|be|denotes?|for|now)$/.test(words[article - 1]?.text ?? '') ? article : article - 1;
  const after = words[behind];
  const isWhole = after === undefined || after.kind !== 'word' || /^(?:and|applied|with|so)$/.test(after.text);
  return copula === article || !isWhole || after?.kind === 'math' ? null : nameBehind(words, copula - 1, behind > known + 1);
}

function sideOf(word: Word | undefined): Expr | null {
  const statement = word?.kind === 'math' && !word.math.displayed ? soleStatement(word) : undefined;
  if (statement?.kind !== 'equation' || statement.membership !== null) return null;
  return statement.sides.length === 1 ? (statement.sides[0] as Expr) : null;
}

function letter(expr: Expr | null): Expr | null {
  return expr?.kind === 'name' && symbolKey(expr) !== null ? expr : null;
}

/** `g(z) := \sigma(z)`. */
function functionCalled(name: Expr, op: OpName, { span }: Word): EquationStatement {
  const argument: Expr = { kind: 'name', name: 'z', span };
  const left: Expr = { kind: 'call', head: name, args: [argument], bracket: '(', argsSpan: span, span: name.span };
  return naming(left, { kind: 'apply', op, args: [argument], span }, cover(name.span, span));
}
