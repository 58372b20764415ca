import { cover } from '../base/span.ts';
import { isApplied } from './announced.ts';
import type { EquationStatement, Expr, Wrt } from './ast.ts';
import { NOUNS } from './prose-derivative.ts';
import { naming } from './prose-naming.ts';
import { type ProseReader, soleStatement, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/** "write `$J(x) \in \mathbb R^{m\times n}$` for the Jacobian of `$r$`", "`$H$` denotes the Hessian matrix of `$f$`": what a Jacobian or a Hessian is called. */
function derivativeNamesIn(words: readonly Word[]): readonly EquationStatement[] {
  return words.flatMap((word, at) => {
    const noun = MATRICES.includes(word.text) ? NOUNS.get(word.text) : undefined;
    const name =
      noun !== undefined && words[at - 1]?.text === 'the' && LINKS.test(words[at - 2]?.text ?? '') ? nameAt(words[at - 3]) : null;
    const of = name === null ? null : functionBehind(words, at + 1);
    if (noun === undefined || name === null || of === null) return [];
    const args = name.kind === 'call' ? name.args : of.kind === 'call' ? of.args : [];
    const [by, ...others] = args;
    if (by === undefined || others.length > 0) return [];
    const wrt: readonly Wrt[] = Array.from({ length: noun.order }, (_, at) => ({ expr: by, transposed: at > 0 }));
    const derivative: Expr = { kind: 'derivative', form: noun.form, order: noun.order, of, wrt, span: cover(word.span, of.span) };
    return [naming(name, derivative, cover(name.span, of.span))];
  });
}

const MATRICES: readonly string[] = ['jacobian', 'hessian'];

export const DERIVATIVE_NAMES: ProseReader = { telling: MATRICES, read: derivativeNamesIn };

/** Between a name and "the Jacobian". */
const LINKS = /^(?:for|is|be|as|denotes?)$/;

/** `J`, `J(x)`, with or without the set that it is in. */
function nameAt(word: Word | undefined): Expr | null {
  const statement = soleStatement(word);
  if (statement === undefined) return null;
  const [only, ...others] =
    statement.kind === 'declaration' ? statement.names : statement.kind === 'equation' ? statement.sides : ([] as readonly Expr[]);
  return only !== undefined && others.length === 0 && (symbolKey(only) !== null || isApplied(only)) ? only : null;
}

/** The r of "of `$r$`", "matrix of the residual `$r(x)$`". */
function functionBehind(words: readonly Word[], from: number): Expr | null {
  const of = words[from]?.text === 'matrix' ? from + 1 : from;
  if (words[of]?.text !== 'of') return null;
  const at = words.findIndex((word, next) => next > of && word.kind !== 'word');
  return at <= of + LONGEST_NOUN ? nameAt(words[at]) : null;
}

const LONGEST_NOUN = 3;
