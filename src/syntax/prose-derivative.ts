import { cover } from '../base/span.ts';
import { announcedEquation, isApplied, nameAlone, type Steps, stepsIn } from './announced.ts';
import type { AnnouncedStatement, DerivativeForm, EquationStatement, Expr } from './ast.ts';
import { type ProseReader, soleStatement, type Word } from './prose-words.ts';

/**
 * What sentences say a derivative is: "the gradient of `$f$` is `$g(x) = 2 A x$`", "its Jacobian is `$$J = …$$`", "the derivative of
 * `$z$` with respect to `$x$` is `$M^\top c$`". Where the sentence does not say of what, it is of the only function that the paragraph has
 * defined before.
 */
function derivativesIn(words: readonly Word[]): (EquationStatement | AnnouncedStatement)[] {
  const found: (EquationStatement | AnnouncedStatement)[] = [];
  for (let at = 0; at < words.length; at++) {
    const said = NOUNS.has((words[at] as Word).text) ? saidAt(words, at) : null;
    if (said !== null) found.push(said);
  }
  return found;
}

/** Characters of words that announce a display; what is longer is prose. */
const LONGEST_ANNOUNCEMENT = 200;

/** Whether words without mathematics may speak of what stands in the display behind them. */
export function announcesDerivative(words: string): boolean {
  return words.length < LONGEST_ANNOUNCEMENT && /\b(?:gradient|jacobian|hessian)\b[^.;!?]*$/iu.test(words);
}

/** What nouns name a derivative, and which. */
export const NOUNS: ReadonlyMap<string, { readonly form: DerivativeForm; readonly order: number }> = new Map([
  ['gradient', { form: 'gradient', order: 1 }],
  ['jacobian', { form: 'jacobian', order: 1 }],
  ['hessian', { form: 'hessian', order: 2 }],
  ['derivative', { form: 'partial', order: 1 }],
]);

export const DERIVATIVES: ProseReader = { telling: [...NOUNS.keys()], read: derivativesIn };

/** What a sentence has said of a derivative so far, and the number of the word behind it. */
interface Phrase {
  readonly of: Expr | null;
  readonly by: Expr | null;
  readonly next: number;
}

function saidAt(words: readonly Word[], at: number): EquationStatement | AnnouncedStatement | null {
  const noun = words[at]?.kind === 'word' ? NOUNS.get(words[at]?.text ?? '') : undefined;
  if (noun === undefined || !beginsSentence(words, at)) return null;
  const phrase = objectsAt(words, behindKind(words, at));
  if (phrase === null || (words[at]?.text === 'derivative' && phrase.by === null)) return null;
  const span = cover((words[at] as Word).span, (words[phrase.next - 1] as Word).span);
  const steps = stepsSaid(words, phrase);
  const called = steps === null ? nameSaid(words, phrase) : null;
  if (steps === null && called === null && !endsOpen(words, phrase.next)) return null;
  const of = phrase.of ?? onlyFunctionBefore(words, at);
  const announced: AnnouncedStatement = { kind: 'announced', ...noun, of, by: phrase.by, ...(steps ?? called ?? NOTHING), span };
  return steps === null || of === null ? announced : announcedEquation(announced, of, steps);
}

const NOTHING: Steps = { name: null, values: [] };

/** "The gradient of `$f$` is" at the end of a paragraph: what it is stands in the display that follows. */
function endsOpen(words: readonly Word[], next: number): boolean {
  const at = linked(words, next);
  return at !== null && at > next && words[at] === undefined;
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
    const described = of !== null && phrase.of === null ? behindNoun(words, of) : null;
    if (described !== null) return { ...phrase, next: described };
    const math = nounWithName(words, by ?? (of as number));
    const name = math === null ? null : subjectOf(words[math] as Word);
    if (math === null || name === null || (by === null ? phrase.of : phrase.by) !== null) return null;
    phrase = { ...phrase, ...(by === null ? { of: name } : { by: name }), next: math + 1 };
  }
}

/** Where the variable stands: behind "with respect to", "w.r.t.", "by", "in". */
export function byAt(words: readonly Word[], at: number): number | null {
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

/** Behind "the residual" in "the Jacobian of the residual is": it is the function that was defined before. */
function behindNoun(words: readonly Word[], from: number): number | null {
  if (words[from]?.text !== 'the') return null;
  const end = words.findIndex((word, at) => at > from && (word.kind !== 'word' || COPULAS.has(word.text)));
  return end > from + 1 && end <= from + LONGEST_NOUN && COPULAS.has(words[end]?.text ?? '') ? end : null;
}

const COPULAS: ReadonlySet<string> = new Set('is equals becomes reads'.split(' '));

/** The only expression of a formula, or the function that it defines. */
function subjectOf(word: Word): Expr | null {
  const statement = soleStatement(word);
  if (statement?.kind !== 'equation' || statement.membership !== null) return null;
  const [side] = statement.sides;
  if (side === undefined || side.kind === 'hole' || side.kind === 'matrix') return null;
  return statement.sides.length === 1 || isApplied(side) ? side : null;
}

const LINKS: ReadonlySet<string> = new Set(
  'then therefore thus hence simply just now also again given by the matrix vector column'.split(' '),
);

/** Behind "is", "is given by", "equals", "becomes", "reads" and ":", or behind nothing at all. */
function linked(words: readonly Word[], from: number): number | null {
  if (words[from]?.kind === 'math') return from;
  if (!COPULAS.has(words[from]?.text ?? '') && words[from]?.text !== ':') return null;
  let at = from + 1;
  while (LINKS.has(words[at]?.text ?? '') || words[at]?.text === ':') at++;
  return at;
}

/** The number of the formula that says what it is. */
function behindCopula(words: readonly Word[], from: number): number | null {
  const at = linked(words, from);
  return at !== null && words[at]?.kind === 'math' ? at : null;
}

/** What the derivative is said to equal within the sentence. */
function stepsSaid(words: readonly Word[], { of, next }: Phrase): Steps | null {
  const at = behindCopula(words, next);
  const word = at === null ? undefined : words[at];
  const [statement] = word?.kind === 'math' ? word.math.statements : [];
  if (at === null || statement?.kind !== 'equation') return null;
  const steps = stepsIn(statement);
  const isBare = steps !== null && steps.name === null && statement.sides.length === 1;
  return isBare && (of === null || at === next || !endsClause(words, at + 1)) ? null : steps;
}

/** "is the vector `$p$`": where the function is made of p its value, else the name it gets. */
function nameSaid(words: readonly Word[], { next }: Phrase): Steps | null {
  const at = behindCopula(words, next);
  const word = at === null ? undefined : words[at];
  const [statement] = word?.kind === 'math' ? word.math.statements : [];
  if (at === null || at === next || statement?.kind !== 'equation' || !endsClause(words, at + 1)) return null;
  const name = nameAlone(statement);
  return name === null ? null : { name: null, values: [name] };
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
  const functions = defined.filter(isApplied);
  return functions.length === 1 && defined.every((side) => side.kind !== 'derivative') ? (functions[0] as Expr) : null;
}

/** The number of the formula that says what a derivative is. */
function placeOfSteps(words: readonly Word[], noun: number): number | null {
  const phrase = objectsAt(words, behindKind(words, noun));
  return phrase === null ? null : behindCopula(words, phrase.next);
}
