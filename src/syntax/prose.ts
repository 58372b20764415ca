import { cover, type Span } from '../base/span.ts';
import type { Expr, Property, ShapeExpr, Statement } from './ast.ts';
import { withLetters } from './letters-in-words.ts';
import { countsIn } from './prose-counts.ts';
import { appliedAt } from './prose-dependence.ts';
import { eachInTurn } from './prose-each.ts';
import { openFunctionAt } from './prose-function.ts';
import { tabledLetters } from './prose-letters.ts';
import { type Names, namesAt } from './prose-names.ts';
import { isObject } from './prose-object.ts';
import { endsPhrase, INDEFINITE, MEASURES, measureAt, type Phrase, phraseAt, propertiesAt } from './prose-phrase.ts';
import { type Size, setAt, sizeAt, sizeInBrackets } from './prose-size.ts';
import { tabledIn } from './prose-table.ts';
import { saidByTellingWords } from './prose-telling-words.ts';
import { besideNames, isOneParameter, ONE_NUMBER } from './prose-verbless.ts';
import { anyOf, type ProseMath, type Word, wordsIn } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

export type { ProseMath } from './prose-words.ts';

/**
 * What the words of a paragraph declare of the mathematics among them: "let `$A$` be an `$m\times n$`
 * matrix", "a column vector `$x$` of length `$n$`", "`$X$` is `$n\times d$`". A sentence that is not
 * understood says nothing.
 */
export function readProse(
  words: string,
  span: Span,
  mathematics: readonly ProseMath[],
  letters: ReadonlySet<string>,
): readonly Statement[] {
  const written = wordsIn(words, span, mathematics);
  // Of a formula by itself nothing is said but what its own form tells.
  if (written.length === 1 && written[0]?.kind === 'math') return saidByTellingWords(written, []);
  const found = withLetters(written, words, span.start, letters);
  const { claims, others: all } = tabledIn(words, span.start, found);
  const statements: Statement[] = [];
  const speaks = speakingIn(all);
  for (let at = 0; at < all.length; ) {
    const said = speaks[at] === true ? saidAt(all, at) : null;
    if (said !== null) statements.push(...said.statements);
    at = Math.max(at + 1, said?.next ?? 0);
  }
  return [
    ...statements,
    ...countsIn(all, statements),
    ...claims,
    ...tabledLetters(words, span.start, all),
    ...saidByTellingWords(all, statements),
  ];
}

/** Of each word whether a formula, which is all that anything is said of, stands at it or behind it in its sentence. */
function speakingIn(words: readonly Word[]): readonly boolean[] {
  const speaking: boolean[] = new Array(words.length).fill(false);
  for (let at = words.length - 1, speaks = false; at >= 0; at--) {
    const { kind } = words[at] as Word;
    speaks = kind === 'math' || (speaks && kind !== 'stop');
    speaking[at] = speaks;
  }
  return speaking;
}

/** What a sentence says at a word, and where it goes on. */
interface Said {
  readonly statements: readonly Statement[];
  readonly next: number;
}

/** Names with what follows them are tried before a phrase with the names that follow it. */
function saidAt(words: readonly Word[], at: number): Said | null {
  if (words[at]?.kind !== 'math') return saidBefore(words, at);
  const subject = isMeasure(words, at) ? null : namesAt(words, at);
  const open = openFunctionAt(words, at, subject);
  if (open !== null) return open;
  const each = eachInTurn(words, at, subject);
  if (each !== null) return each;
  const measured = subject === null ? null : eachMeasured(words, subject);
  if (measured !== null) return measured;
  const together = subject === null ? null : saidTogether(words, subject);
  if (together !== null) return together;
  const statements = subject === null ? null : saidOf(words, subject);
  if (subject !== null && statements !== null) return { statements, next: subject.next };
  return saidBefore(words, at) ?? { statements: [], next: subject === null ? at + 1 : subject.next };
}

/** "`$P$` (`$n\times n$`) and `$R$` (`$m\times m$`) are symmetric": each has its size, and all what is said behind the last. */
function eachMeasured(words: readonly Word[], first: Names): Said | null {
  const each: { readonly names: readonly Expr[]; readonly size: Size; readonly span: Span }[] = [];
  let next = first.first;
  for (let one: Names | null = first; one !== null; one = namesAt(words, next)) {
    const size = sizeInBrackets(words, one.next);
    if (size === null) return null;
    each.push({ names: one.names, size, span: one.span });
    next = afterJoint(words, size.next);
    if (next === size.next) break;
  }
  if (each.length < 2 || !COPULAS.has(words[next]?.text ?? '')) return null;
  const properties = propertiesAt(words, next + 1)?.found ?? [];
  const statements = each.flatMap(({ names, size, span }) => declare(names, { dims: size.dims, span: size.span }, properties, span));
  return { statements, next: next + 1 };
}

/** "the mass matrix `$M$` and the stiffness matrix `$K$` are symmetric": what is said of several things, each with its noun. */
function saidTogether(words: readonly Word[], first: Names): Said | null {
  let all = first;
  for (let more = describedBehind(words, first); more !== null; more = describedBehind(words, more))
    all = { ...more, names: [...all.names, ...more.names], span: cover(all.span, more.span) };
  const within = all === first ? null : allIn(words, all);
  if (within !== null && !isObject(words, first.first)) return within;
  const verb = /^(?:all|both|each)$/.test(words[all.next]?.text ?? '') ? all.next + 1 : all.next;
  const isPlural = all !== first && isPluralVerb(words[verb]);
  if (!isPlural || isObject(words, first.first)) return null;
  const subject = { ...all, next: verb };
  const statements = words[verb]?.text === 'have' ? measuredOf(words, subject) : saidByCopula(words, subject);
  return statements === null ? null : { statements, next: verb };
}

/** "an anchor `$a$`, a positive `$b$` and a negative `$c$`, all in `$\mathbb R^d$`", "amplitude `$A$` and phase `$\varphi$`, both scalars". */
function allIn(words: readonly Word[], { names, next, span }: Names): Said | null {
  const at = words[next]?.text === ',' ? next + 1 : next;
  if (!isAllOrBoth(words[at])) return null;
  if (/^scalars?$/.test(words[at + 1]?.text ?? '')) return { statements: declare(names, { dims: [], span }, [], span), next: at + 2 };
  const set = words[at + 1]?.text === 'in' ? setAt(words, at + 2) : null;
  return set === null ? null : { statements: declare(names, set, [], span), next: at + 3 };
}

/** Words of a noun, an article aside. */
const LONGEST_NOUN = 4;

/** The names of ", the stiffness matrix `$K$`". */
function describedBehind(words: readonly Word[], { next }: Names): Names | null {
  const joint = afterJoint(words, next);
  const hasArticle = isArticle(words[joint]);
  if (joint === next) return null;
  for (let at = hasArticle ? joint + 1 : joint; at <= joint + 1 + LONGEST_NOUN; at++) {
    const names = namesAt(words, at);
    if (names !== null) return names;
    const word = words[at];
    if (word?.kind !== 'word' || endsPhrase(word.text)) return null;
  }
  return null;
}

function afterJoint(words: readonly Word[], at: number): number {
  const next = words[at]?.text === ',' ? at + 1 : at;
  return words[next]?.text === 'and' ? next + 1 : next;
}

/** "of length `$n$`, and `$b$` is …": what measures is no name of the list that it seems to begin. */
function isMeasure(words: readonly Word[], at: number): boolean {
  return MEASURES.has(words[at - 1]?.text ?? '');
}

// ---- sentences

const COPULAS: ReadonlySet<string> = new Set(
  'is are be being form forms denote denotes represents represent as becomes was were'.split(' '),
);
const ADVERBS: ReadonlySet<string> = new Set(
  'also always now both then all still simply here just again again, each therefore thus hence our usually'.split(' '),
);

/** What is said of the names behind them: "… is an `$m\times n$` matrix", "… (`$m\times n$`)", "… has shape `$(N, D)$`". */
function saidOf(words: readonly Word[], subject: Names): Statement[] | null {
  if (COPULAS.has(words[subject.next]?.text ?? ''))
    return isObject(words, subject.first) || isSupposed(words, subject.next) ? null : saidByCopula(words, subject);
  const known = measuredOf(words, subject) ?? heldBy(words, subject);
  if (known !== null) return known;
  const written = isWrittenFor(words, subject) ? bothBehind(words, subject, subject.next + 1) : null;
  if (written !== null) return written;
  if (isAside(words, subject)) return isObject(words, subject.first) ? null : saidByCopula(words, { ...subject, next: subject.next + 1 });
  const behindColon = words[subject.next]?.text === ':' ? bothBehind(words, subject, subject.next + 1) : null;
  return behindColon ?? saidWithoutVerb(words, subject) ?? saidInApposition(words, subject);
}

/** "we write `$S$` for the covariance of the noise, …", and behind it "and `$T$` for that of the signal, …". */
function isWrittenFor(words: readonly Word[], { first, next }: Names): boolean {
  if (words[next]?.text !== 'for') return false;
  return /^(?:write|writes|writing)$/.test(words[first - 1]?.text ?? '') || words[next + 1]?.text === 'that';
}

/** Whether names end what stands between commas before a verb: "whose inverse, the precision matrix `$P$`, is an `$n\times n$` matrix". */
function isAside(words: readonly Word[], { first, next }: Names): boolean {
  if (words[next]?.text !== ',' || !isCopula(words[next + 1])) return false;
  let at = first - 1;
  while (at > first - 1 - LONGEST_NOUN && words[at]?.kind === 'word' && !isOwnArticle(words[at])) at--;
  const comma = words[at]?.kind === 'word' ? at - 1 : at;
  return words[comma]?.text === ',' && words[comma - 1]?.kind === 'word';
}

function isSmall(name: Expr): boolean {
  return /^(?:\p{Ll}|\p{Script=Greek})/u.test(symbolKey(name) ?? '');
}

/** "`$A$` real symmetric `$n\times n$`", "t real". */
function saidWithoutVerb(words: readonly Word[], { names, first, next, span }: Names): Statement[] | null {
  const beside = isOneParameter(words, first) ? ONE_NUMBER : isObject(words, first) ? null : besideNames(words, next);
  if (beside === null || (beside.dims?.length === 0 && !names.every(isSmall))) return null;
  const shape = beside.dims === null ? null : { dims: beside.dims, span: beside.span ?? span };
  const said = declare(names, shape, beside.properties, span);
  // What is declared elsewhere is no number for being real.
  return beside.dims?.length !== 0 ? said : said.map((one) => (one.kind === 'declaration' ? { ...one, mild: true } : one));
}

/** "let `$Y$` hold one-hot labels", "`$Y$` contains the one-hot targets": what its rows are. */
function heldBy(words: readonly Word[], subject: Names): Statement[] | null {
  if (!isHolding(words[subject.next])) return null;
  const at = isOfAll(words[subject.next + 1]) ? subject.next + 2 : subject.next + 1;
  const found = propertiesAt(words, at)?.found ?? [];
  return found.length === 1 && found[0] === 'onehot' ? declare(subject.names, null, ['onehot'], subject.span) : null;
}

/** "`$X$` has shape `$(N, D)$`", "`$X$` (`$n\times p$`)", "`$\mathbf 1$`, which has `$N$` entries". */
function measuredOf(words: readonly Word[], subject: Names): Statement[] | null {
  const at = words[subject.next]?.text === ',' ? subject.next + 1 : subject.next;
  const beside = words[subject.next]?.kind === 'math' ? sizeInBrackets(words, subject.next) : null;
  if (beside !== null) return declare(subject.names, { dims: beside.dims, span: beside.span }, [], subject.span);
  const now = isAdding(words[at]) ? sizeAt(words, at + 1) : null;
  if (now?.dims.length === 2) return declare(subject.names, { dims: now.dims, span: now.span }, afterSize(words, now.next), subject.span);
  const first = words[at]?.text ?? '';
  if (LYING.has(first)) return isObject(words, subject.first) ? null : lyingIn(words, subject, at + 1);
  if (first === 'in' && at === subject.next && !isObject(words, subject.first)) return lyingIn(words, subject, at);
  if (at > subject.next && first !== 'which') return null;
  if (first === '(' && isOwner(words, subject)) return null;
  const which = first === 'which' && isCopula(words[at + 1]) ? sizeAt(words, at + 2) : null;
  if (which?.dims.length === 2)
    return declare(subject.names, { dims: which.dims, span: which.span }, afterSize(words, which.next), subject.span);
  if (!isMeasuring(words[at]) || (first !== '(' && isObject(words, subject.first))) return null;
  const size = measureAt(words, at);
  if (size === null) return null;
  const dims = size.isOrder === true && isMatrixLike(words, subject) ? [...size.dims, ...size.dims] : size.dims;
  if (dims.length === 1 && isMatrixName(words, subject)) return null;
  const aside = first === '(' ? besideSize(words, at, size) : (size.properties ?? []);
  return declare(subject.names, { dims, span: size.span }, aside, subject.span);
}

/** What is called a matrix, or written as one, has as many columns as its order says. */
function isMatrixLike(words: readonly Word[], subject: Names): boolean {
  return isMatrixName(words, subject) || subject.names.every((name) => /^(?:\w+:)*\p{Lu}/u.test(symbolKey(name) ?? ''));
}

/** "(diagonal, `$n\times n$`)", "(`$n\times n$`, symmetric)": what stands before a size in its brackets, and behind it. */
function besideSize(words: readonly Word[], open: number, size: Size): readonly Property[] {
  const before = propertiesAt(words, open + 1)?.found ?? [];
  return words[size.next - 1]?.text === ',' ? [...before, ...(propertiesAt(words, size.next)?.found ?? [])] : before;
}

/** "the covariance matrix of `$u$` (`$q\times q$`)": what stands in brackets is said of the matrix. */
function isOwner(words: readonly Word[], { first }: Names): boolean {
  return words[first - 1]?.text === 'of' && words[first - 2]?.text === 'matrix';
}

const LYING: ReadonlySet<string> = new Set('lies lie lives live belongs belong given taken chosen'.split(' '));

/** "`$x$` lies in `$\mathbb R^n$`", "`$W$` belongs to `$\mathbb R^{m\times n}$`". */
function lyingIn(words: readonly Word[], subject: Names, at: number): Statement[] | null {
  const set = isInto(words[at]) ? setAt(words, at + 1) : null;
  return set === null ? null : declare(subject.names, set, [], subject.span);
}

/** "the matrix `$A$` of size `$n$`": one number leaves open which. */
function isMatrixName(words: readonly Word[], subject: Names): boolean {
  return /^matri/.test(words[subject.first - 1]?.text ?? '');
}

function saidByCopula(words: readonly Word[], subject: Names): Statement[] | null {
  let at = subject.next + 1;
  while (ADVERBS.has(words[at]?.text ?? '')) at++;
  if (words[at]?.text === 'not') return null;
  const size = sizeAt(words, at);
  if (size?.dims.length === 2)
    return declare(subject.names, { dims: size.dims, span: size.span }, afterSize(words, size.next), subject.span);
  const together = phraseAt(words, at) === null ? (bothBehind(words, subject, at) ?? numberBehind(words, subject, at)) : null;
  return together ?? sayPhrase(subject, phraseAt(words, at), words);
}

/** Words that say what things are, before what they all are. */
const LONGEST_OBJECT = 9;

/**
 * "`$A$`, `$B$` be the covariances of target and interference, both symmetric and positive definite", "`$R$` denotes the covariance of the noise, which is
 * symmetric", "`$p$` is the old policy, a fixed probability vector".
 */
function bothBehind(words: readonly Word[], subject: Names, from: number): Statement[] | null {
  const end = words.findIndex((word, at) => at >= from && (word.kind !== 'word' || COPULAS.has(word.text)));
  const at = behindLink(words, end + 1);
  if (words[end]?.text !== ',' || end - from > LONGEST_OBJECT || (at === end + 1 && subject.names.length > 1)) return null;
  const properties = propertiesAt(words, at);
  const next = properties !== null && isNoun(words[properties.next]) ? properties.next + 1 : properties?.next;
  const after = next === undefined ? undefined : words[next];
  const isWhole = after === undefined || after.kind === 'stop' || isJoint(after);
  if (properties !== null && isWhole) return declare(subject.names, null, properties.found, subject.span);
  return INDEFINITE.has(words[end + 1]?.text ?? '') ? sayMeasured(subject, phraseAt(words, end + 1), words) : null;
}

/** "`$S$` is the covariance of the first set, a `$p\times p$` symmetric matrix". */
function sayMeasured(subject: Names, phrase: Phrase | null, words: readonly Word[]): Statement[] | null {
  return phrase === null || phrase.dims === null || phrase.noun === null ? null : sayPhrase(subject, phrase, words);
}

/** Behind "both", "which is also", "a fixed". */
function behindLink(words: readonly Word[], from: number): number {
  if (isEach(words[from])) return from + 1;
  let at = from;
  if (isRelative(words[at]) && COPULAS.has(words[at + 1]?.text ?? '')) {
    at += 2;
    while (ADVERBS.has(words[at]?.text ?? '')) at++;
  }
  return /^(?:an?)$/.test(words[at]?.text ?? '') ? (isGiven(words[at + 1]) ? at + 2 : at + 1) : at;
}

/** The `$e$` of "the stiffness of bar `$e$`": which one it is. */
function isOfOne(words: readonly Word[], at: number): boolean {
  return words[at]?.kind === 'math' && words[at - 1]?.kind === 'word' && words[at - 2]?.text === 'of' && !isNoun(words[at - 1]);
}

/** "`$g$` is a global offset (a number)", "`$\tau$` is the time constant, a scalar", "`$k_e$` is the stiffness of bar `$e$`, a plain number". */
function numberBehind(words: readonly Word[], { names, span }: Names, from: number): Statement[] | null {
  const end = words.findIndex((word, at) => at >= from && !isOfOne(words, at) && (word.kind !== 'word' || COPULAS.has(word.text)));
  const one = isOneOrEach(words[end + 1]) ? end + 2 : end + 1;
  const at = one > end + 1 && isMere(words[one]) ? one + 1 : one;
  if (!/^[(,]$/.test(words[end]?.text ?? '') || end - from > LONGEST_OBJECT || !/^(?:number|scalar)s?$/.test(words[at]?.text ?? ''))
    return null;
  const after = words[at + 1];
  const isWhole = words[end]?.text === '(' ? after?.text === ')' : after === undefined || after.kind === 'stop' || after.text === ',';
  return isWhole ? declare(names, { dims: [], span }, [], span) : null;
}

/** "`$A$` is `$n\times n$` and symmetric", "`$M$` and `$K$` are `$n\times n$`, both symmetric". */
function afterSize(words: readonly Word[], at: number): readonly Property[] {
  const joined = words[at]?.text === 'and' || words[at]?.text === ',' ? at + 1 : at;
  const next = joined > at && isEach(words[joined]) ? joined + 1 : joined;
  return propertiesAt(words, next)?.found ?? [];
}

/** "`$y$` a vector of length `$n$`", "`$A$`, an `$m\times n$` matrix," and "`$Q$` symmetric", "`$Q$` (symmetric)". */
function saidInApposition(words: readonly Word[], subject: Names): Statement[] | null {
  const sign = words[subject.next]?.text ?? '';
  const at = sign === ',' || sign === '(' ? subject.next + 1 : subject.next;
  const size = sign === ',' ? sizeBetweenCommas(words, at) : null;
  if (size !== null) return declare(subject.names, { dims: size.dims, span: size.span }, afterSize(words, size.next), subject.span);
  const which = saidByWhich(words, subject.next);
  if (which !== null) return sayPhrase(subject, which, words);
  const article = sign !== '(' && isIntroducing(words[at]);
  const isOfOwner = sign === '(' && isOwner(words, subject);
  const phrase =
    article || (!isOfOwner && standsAlone(words, at, sign)) ? phraseAt(words, at) : sign === '(' ? phraseInBrackets(words, at) : null;
  return sayPhrase(subject, phrase, words);
}

/** "`$Y$`, `$n\times n$` and invertible", "`$A$`, `$m\times n$`, …". */
function sizeBetweenCommas(words: readonly Word[], at: number): Size | null {
  const word = words[at];
  const size = word?.kind === 'math' && word.math.tokens.some(({ text }) => text === '×') ? sizeAt(words, at) : null;
  const after = size === null ? undefined : words[size.next];
  const isWhole = after === undefined || after.kind === 'stop' || after.text === ',' || after.text === ')';
  return size?.dims.length === 2 && (isWhole || (after.text === 'and' && afterSize(words, size.next).length > 0)) ? size : null;
}

/** "`$\Sigma$`, which is symmetric positive definite": what a clause says of the names before it, and nothing else. */
function saidByWhich(words: readonly Word[], from: number): Phrase | null {
  const which = words[from]?.text === ',' ? from + 1 : from;
  if (!isRelative(words[which]) || !COPULAS.has(words[which + 1]?.text ?? '')) return null;
  let at = which + 2;
  while (ADVERBS.has(words[at]?.text ?? '')) at++;
  const properties = propertiesAt(words, at);
  const after = properties === null ? undefined : words[properties.next];
  const isWhole = after === undefined || after.kind === 'stop' || isEnding(after);
  return properties !== null && isWhole ? phraseAt(words, at) : null;
}

/** "`$w_0$` (also an `$n\times 1$` vector)", "`$a$`, `$b$` (scalars)". */
function phraseInBrackets(words: readonly Word[], from: number): Phrase | null {
  const at = ADVERBS.has(words[from]?.text ?? '') ? from + 1 : from;
  const phrase = isDescribing(words[at]) ? phraseAt(words, at) : null;
  return phrase !== null && words[phrase.next]?.text === ')' ? phrase : null;
}

/** Whether properties at a word are said of what stands before them, and not of what follows. */
function standsAlone(words: readonly Word[], at: number, sign: string): boolean {
  const properties = propertiesAt(words, at);
  if (properties === null || (sign !== '(' && sign !== ',')) return properties !== null;
  const after = words[properties.next];
  return sign === '(' ? after?.text === ')' || after?.text === ',' : after === undefined || after.kind === 'stop' || after.text === ',';
}

function sayPhrase({ names, span }: Names, phrase: Phrase | null, words: readonly Word[]): Statement[] | null {
  if (phrase === null || (namesAt(words, phrase.named) !== null && !isOwnLine(words[phrase.named]))) return null;
  return declarePhrase(names, phrase, span);
}

/** "For symmetric `$S$`" is about S; in "with `$S$` symmetric" the display below it begins something else. */
function isOwnLine(word: Word | undefined): boolean {
  return word?.kind === 'math' && word.math.displayed;
}

/** "an `$m\times n$` matrix `$A$`": the phrase stands before its names. */
function saidBefore(words: readonly Word[], at: number): Said | null {
  const phrase = beginsPhrase(words, at) ? besideOwnShape(words, phraseAt(words, at)) : null;
  if (phrase === null || (phrase.noun === null && (phrase.properties.length === 0 || isOwnLine(words[phrase.named])))) return null;
  const subject = namesAt(words, isCounted(words, at, phrase.named) ? phrase.named + 1 : phrase.named);
  const applied = subject === null ? appliedAt(words, phrase) : null;
  if (applied !== null) return { statements: [applied], next: phrase.named + 1 };
  if (subject === null) return null;
  const open = phrase.noun === 'scalar' ? openFunctionAt(words, subject.first, subject) : null;
  if (open !== null) return open;
  const together = phrase.dims === null ? (eachMeasured(words, subject) ?? saidTogether(words, subject)) : null;
  const further = together?.statements ?? (phrase.dims === null ? saidOf(words, subject) : propertiesBehind(words, subject));
  return {
    statements: [...declarePhrase(subject.names, phrase, subject.span), ...(further ?? [])],
    next: Math.max(phrase.next, together?.next ?? subject.next),
  };
}

/** "two symmetric matrices, `$M$` and `$K$`": a number of them stands before, and a comma between. */
function isCounted(words: readonly Word[], from: number, named: number): boolean {
  const isPlural = isPluralNoun(words[named - 1]);
  return (
    isPlural && words[named]?.text === ',' && words.slice(from, named).some(({ text }) => /^(?:two|three|four|both|several)$/u.test(text))
  );
}

/** "a constant `$C \in \mathbb R^{n\times n}$" is no number: of what tells its own shape the words say the rest. */
function besideOwnShape(words: readonly Word[], phrase: Phrase | null): Phrase | null {
  const named = phrase?.noun === 'scalar' ? words[phrase.named] : undefined;
  const isOwn =
    named?.kind === 'math' && named.math.statements.some((one) => one.kind === 'declaration' && (one.shape?.dims.length ?? 0) > 0);
  return isOwn && phrase !== null ? { ...phrase, dims: null, dimsSpan: null } : phrase;
}

/** "the `$n\times n$` matrix `$R$`, symmetric and positive definite, …". */
function propertiesBehind(words: readonly Word[], { names, next, span }: Names): Statement[] | null {
  if (words[next]?.text !== ',' || !standsAlone(words, next + 1, ',')) return null;
  return declare(names, null, propertiesAt(words, next + 1)?.found ?? [], span);
}

/** A phrase begins where no word of the same phrase stands before. */
function beginsPhrase(words: readonly Word[], at: number): boolean {
  const word = words[at];
  const before = words[at - 1];
  if (word === undefined || word.kind === 'stop' || word.kind === 'sign' || endsPhrase(word.text)) return false;
  return before === undefined || before.kind !== 'word' || endsPhrase(before.text) || INDEFINITE.has(word.text);
}

/** "Treating `$C$` as a free symmetric matrix": how it is looked at for a moment, and not what it is. */
function isSupposed(words: readonly Word[], copula: number): boolean {
  return (
    words[copula]?.text === 'as' &&
    words.slice(copula + 1, copula + 4).some(({ text }) => /^(?:free|fixed|constants?|independent)$/u.test(text))
  );
}

// ---- declarations

/** Of "where `$z$` is positive" nothing is kept: without a noun or a size the word only describes a case. */
function declarePhrase(names: readonly Expr[], { noun, dims, dimsSpan, properties }: Phrase, span: Span): Statement[] {
  const kept = noun === null && dims === null ? properties.filter((property) => property !== 'positive') : properties;
  if (dims === null && kept.length === 0) return [];
  return declare(names, dims === null ? null : { dims, span: dimsSpan ?? span }, kept, span);
}

/** "the vector of `$N$` ones `$\mathbf 1$`": a constant stays one, and its length follows from its uses. */
const CONSTANTS: ReadonlySet<string> = new Set(['bold:1', 'bold:0', 'bb:1', 'vec:1', 'vec:0']);

/** "mean zero and covariance `$I$`" says nothing of I but that it is one. */
const IDENTITIES: ReadonlySet<string> = new Set(['I', 'bold:I', 'rm:I', 'bb:I']);

function declare(names: readonly Expr[], shape: ShapeExpr | null, properties: readonly Property[], span: Span): Statement[] {
  const isConstant = (name: string) => CONSTANTS.has(name) || (shape === null && IDENTITIES.has(name));
  const declared = names.filter((name) => !(name.kind === 'name' && isConstant(name.name)));
  return declared.length === 0 ? [] : [{ kind: 'declaration', names: declared, shape, properties, span }];
}

// ---- words

const isPluralVerb = anyOf('are were have');
const isAllOrBoth = anyOf('all both');
const isArticle = anyOf('the a an its our their');
const isCopula = anyOf('is are');
const isOwnArticle = anyOf('the a an its our');
const isHolding = anyOf('hold holds contain contains collect collects store stores');
const isOfAll = anyOf('the our all');
const isAdding = anyOf('now also again all both');
const isMeasuring = anyOf('( has have of which with');
const isInto = anyOf('in to');
const isMere = anyOf('plain mere single real simple positive');
const isNoun = anyOf('vector vectors matrix matrices');
const isJoint = anyOf(', and');
const isEach = anyOf('both all each');
const isRelative = anyOf('which that');
const isGiven = anyOf('fixed given constant known');
const isOneOrEach = anyOf('a an both all each');
const isIntroducing = anyOf('a an the its their our some any two both fixed given');
const isEnding = anyOf(', ) and with for');
const isDescribing = anyOf('a an the both scalar scalars');
const isPluralNoun = anyOf('matrices vectors columns scalars numbers');
