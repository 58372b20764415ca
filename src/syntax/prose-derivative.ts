import { cover } from '../base/span.ts';
import type { DerivativeForm, EquationStatement, Expr, Wrt } from './ast.ts';
import type { Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/**
 * What sentences say a derivative is: "the gradient of `$f$` is `$g(x) = 2 A x$`", "its Jacobian is `$$J = …$$`", "the derivative of
 * `$z$` with respect to `$x$` is `$M^\top c$`". Where the sentence does not say of what, it is of the only function that the paragraph has
 * defined before.
 */
export function derivativesIn(words: readonly Word[]): EquationStatement[] {
  return words.flatMap((_, at) => saidAt(words, at) ?? []);
}

const NOUNS: ReadonlyMap<string, { readonly form: DerivativeForm; readonly order: number }> = new Map([
  ['gradient', { form: 'gradient', order: 1 }],
  ['jacobian', { form: 'jacobian', order: 1 }],
  ['hessian', { form: 'hessian', order: 2 }],
  ['derivative', { form: 'partial', order: 1 }],
]);

/** What a sentence has said of a derivative so far, and the number of the word behind it. */
interface Phrase {
  readonly of: Expr | null;
  readonly by: Expr | null;
  readonly next: number;
}

function saidAt(words: readonly Word[], at: number): EquationStatement | null {
  const noun = words[at]?.kind === 'word' ? NOUNS.get(words[at]?.text ?? '') : undefined;
  if (noun === undefined || !beginsSentence(words, at)) return null;
  const phrase = objectsAt(words, behindKind(words, at));
  const of = phrase === null ? null : (phrase.of ?? onlyFunctionBefore(words, at));
  if (of === null || phrase === null || (words[at]?.text === 'derivative' && phrase.by === null)) return null;
  const steps = stepsOf(words, phrase);
  if (steps === null) return null;
  const wrt: readonly Wrt[] =
    phrase.by === null ? [] : Array.from({ length: noun.order }, (_, at) => ({ expr: phrase.by as Expr, transposed: at > 0 }));
  const said = cover((words[at] as Word).span, (words[phrase.next - 1] as Word).span);
  return equation([{ kind: 'derivative', ...noun, of, wrt, span: said }, ...steps]);
}

/** It stands where its steps are: the words before them are no part of the mathematics. */
function equation(sides: readonly [Expr, ...Expr[]]): EquationStatement {
  const [, ...steps] = sides;
  const span = cover((steps[0] as Expr).span, (steps.at(-1) as Expr).span);
  const relations = steps.map(() => '=' as const);
  return { kind: 'equation', sides, relations, demanded: false, membership: null, displayed: true, continues: false, span };
}

// ---- the words around the noun

const ARTICLES: ReadonlySet<string> = new Set('the its whose their'.split(' '));
const KINDS: ReadonlySet<string> = new Set('partial full corresponding resulting exact analytic total'.split(' '));
const PREPOSITIONS: ReadonlySet<string> = new Set(
  'of by in to from for on at than over per between into with along via using under minus negative norm'.split(' '),
);

/** Of "the norm of the gradient is …" and "the projected gradient is …" something else is said. */
function beginsSentence(words: readonly Word[], at: number): boolean {
  const article = KINDS.has(words[at - 1]?.text ?? '') ? at - 2 : at - 1;
  const word = words[article];
  if (word?.kind !== 'word' || !ARTICLES.has(word.text)) return word === undefined || word.kind === 'stop';
  const before = words[article - 1];
  return before === undefined || before.kind !== 'word' || !PREPOSITIONS.has(before.text);
}

/** "Jacobian matrix", "gradient vector". */
function behindKind(words: readonly Word[], noun: number): number {
  return /^(?:matrix|vector)$/.test(words[noun + 1]?.text ?? '') ? noun + 2 : noun + 1;
}

/** "of `$f$`", "of the loss `$L$` with respect to `$W$`", in either order; nothing at all. */
function objectsAt(words: readonly Word[], from: number): Phrase | null {
  let phrase: Phrase = { of: null, by: null, next: from };
  for (;;) {
    const { next } = phrase;
    const by = byAt(words, next);
    const of = words[next]?.text === 'of' ? next + 1 : null;
    if (by === null && of === null) return phrase;
    const math = nounWithName(words, by ?? (of as number));
    const name = math === null ? null : subjectOf(words[math] as Word);
    if (math === null || name === null || (by === null ? phrase.of : phrase.by) !== null) return null;
    phrase = { ...phrase, ...(by === null ? { of: name } : { by: name }), next: math + 1 };
  }
}

/** Where the variable stands: behind "with respect to", "w.r.t.", "by", "in". */
function byAt(words: readonly Word[], at: number): number | null {
  const text = (ahead: number) => words[at + ahead]?.text ?? '';
  if (text(0) === 'with' && text(1) === 'respect' && text(2) === 'to') return at + 3;
  if (text(0) === 'w' && text(2) === 'r' && text(4) === 't') return text(5) === '.' ? at + 6 : at + 5;
  return /^(?:wrt|by|in)$/.test(text(0)) ? at + 1 : null;
}

const LONGEST_NOUN = 3;

/** "the loss `$L$`", "`$W$`". */
function nounWithName(words: readonly Word[], from: number): number | null {
  for (let at = from; at <= from + LONGEST_NOUN; at++) {
    const word = words[at];
    if (word?.kind === 'math') return at;
    if (word?.kind !== 'word' || PREPOSITIONS.has(word.text)) return null;
  }
  return null;
}

/** The only expression of a formula, or the function that it defines. */
function subjectOf(word: Word): Expr | null {
  const [statement, ...others] = word.kind === 'math' ? word.math.statements : [];
  if (statement?.kind !== 'equation' || others.length > 0 || statement.membership !== null) return null;
  const [side] = statement.sides;
  if (side === undefined || side.kind === 'hole' || side.kind === 'matrix') return null;
  return statement.sides.length === 1 || isFunction(side) ? side : null;
}

const LINKS: ReadonlySet<string> = new Set(
  'then therefore thus hence simply just now also again given by the matrix vector column'.split(' '),
);

/** The number of the formula behind "is", "is given by", "equals", "becomes", "reads", ":", or of the one that follows at once. */
function behindCopula(words: readonly Word[], from: number): number | null {
  if (words[from]?.kind === 'math') return from;
  if (!/^(?:is|equals|becomes|reads|:)$/.test(words[from]?.text ?? '')) return null;
  let at = from + 1;
  while (LINKS.has(words[at]?.text ?? '') || words[at]?.text === ':') at++;
  return words[at]?.kind === 'math' ? at : null;
}

/** What the derivative is said to equal: an expression, or what a name or a function is made equal to. */
function stepsOf(words: readonly Word[], { of, by, next }: Phrase): readonly Expr[] | null {
  const at = behindCopula(words, next);
  const word = at === null ? undefined : words[at];
  const [statement] = word?.kind === 'math' ? word.math.statements : [];
  if (statement?.kind !== 'equation' || statement.membership !== null || statement.continues) return null;
  const named = statement.relations.at(-1) === '=:' ? 1 : 0;
  const sides = statement.sides.slice(0, statement.sides.length - named);
  if (!statement.relations.slice(0, sides.length - 1).every((relation) => relation === '=' || relation === ':=')) return null;
  const [first, ...more] = sides;
  if (first === undefined || sides.some(({ kind }) => kind === 'hole')) return null;
  if (more.length > 0) return isName(first) || isFunction(first) ? (isNamed(more) ? null : more) : null;
  return of !== null && by !== null && at !== next && isExpression(first) && endsClause(words, (at as number) + 1) ? [first] : null;
}

/** `\nabla f = …` behind the name is a claim by itself. */
function isNamed([first]: readonly Expr[]): boolean {
  return first?.kind === 'derivative';
}

function isName(expr: Expr): boolean {
  return symbolKey(expr) !== null;
}

function isFunction(expr: Expr): boolean {
  return expr.kind === 'call' && expr.bracket === '(' && isName(expr.head) && expr.args.every(isName);
}

function isExpression(expr: Expr): boolean {
  return !isName(expr) && expr.kind !== 'number' && !(expr.kind === 'apply' && expr.op === 'times') && !isFunction(expr);
}

/** "is `$L$`-Lipschitz" and "is `$2 A x$` times …" go on. */
function endsClause(words: readonly Word[], at: number): boolean {
  const word = words[at];
  return word === undefined || word.kind === 'stop' || /^(?:,|\)|and|but|so|which|where|with|for)$/.test(word.text);
}

/** `f(x)`, where no other function is defined between the beginning of the paragraph and a word, derivatives aside. */
function onlyFunctionBefore(words: readonly Word[], before: number): Expr | null {
  const derivatives = new Set(words.map((word, at) => (NOUNS.has(word.text) ? placeOfSteps(words, at) : null)));
  const defined = words.slice(0, before).flatMap((word, at) => {
    const statements = word.kind === 'math' && !derivatives.has(at) ? word.math.statements : [];
    return statements.flatMap((one) => (one.kind === 'equation' && one.sides.length > 1 ? one.sides.slice(0, 1) : []));
  });
  const functions = defined.filter(isFunction);
  return functions.length === 1 && defined.every((side) => side.kind !== 'derivative') ? (functions[0] as Expr) : null;
}

/** The number of the formula that says what a derivative is. */
function placeOfSteps(words: readonly Word[], noun: number): number | null {
  const phrase = objectsAt(words, behindKind(words, noun));
  return phrase === null ? null : behindCopula(words, phrase.next);
}
