import { cover, type Span } from '../base/span.ts';
import type { Expr, Property, ShapeExpr, Statement } from './ast.ts';
import { derivativesIn } from './prose-derivative.ts';
import { openFunctionAt } from './prose-function.ts';
import { type Names, namesAt } from './prose-names.ts';
import { namingsIn } from './prose-naming.ts';
import { onesIn } from './prose-ones.ts';
import { endsPhrase, MEASURES, measureAt, type Phrase, phraseAt, propertiesAt } from './prose-phrase.ts';
import { type Size, setAt, sizeAt } from './prose-size.ts';
import { stacksIn } from './prose-stack.ts';
import { type ProseMath, type Word, wordsIn } from './prose-words.ts';

export type { ProseMath } from './prose-words.ts';

/**
 * What the words of a paragraph declare of the mathematics among them: "let `$A$` be an `$m\times n$`
 * matrix", "a column vector `$x$` of length `$n$`", "`$X$` is `$n\times d$`". A sentence that is not
 * understood says nothing.
 */
export function readProse(words: string, span: Span, mathematics: readonly ProseMath[]): Statement[] {
  const all = wordsIn(words, span, mathematics);
  const statements: Statement[] = [];
  for (let at = 0; at < all.length; ) {
    const said = saidAt(all, at);
    statements.push(...said.statements);
    at = Math.max(at + 1, said.next);
  }
  return [...statements, ...namingsIn(all), ...derivativesIn(all), ...onesIn(all), ...stacksIn(all)];
}

/** What a sentence says at a word, and where it goes on. */
interface Said {
  readonly statements: readonly Statement[];
  readonly next: number;
}

/** Names with what follows them are tried before a phrase with the names that follow it. */
function saidAt(words: readonly Word[], at: number): Said {
  const subject = isMeasure(words, at) ? null : namesAt(words, at);
  const open = openFunctionAt(words, at, subject);
  if (open !== null) return open;
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
    const size: Size | null = words[one.next]?.text === '(' ? sizeAt(words, one.next + 1) : null;
    if (size?.dims.length !== 2 || words[size.next]?.text !== ')') return null;
    each.push({ names: one.names, size, span: one.span });
    next = afterJoint(words, size.next + 1);
    if (next === size.next + 1) break;
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
  const isPlural = all !== first && /^(?:are|were|have)$/.test(words[all.next]?.text ?? '');
  if (!isPlural || isObject(words, first.first)) return null;
  const statements = words[all.next]?.text === 'have' ? measuredOf(words, all) : saidByCopula(words, all);
  return statements === null ? null : { statements, next: all.next };
}

/** "an anchor `$a$`, a positive `$b$` and a negative `$c$`, all in `$\mathbb R^d$`". */
function allIn(words: readonly Word[], { names, next, span }: Names): Said | null {
  const at = words[next]?.text === ',' ? next + 1 : next;
  const set = /^(?:all|both)$/.test(words[at]?.text ?? '') && words[at + 1]?.text === 'in' ? setAt(words, at + 2) : null;
  return set === null ? null : { statements: declare(names, set, [], span), next: at + 3 };
}

/** Words of a noun, an article aside. */
const LONGEST_NOUN = 4;

/** The names of ", the stiffness matrix `$K$`". */
function describedBehind(words: readonly Word[], { next }: Names): Names | null {
  const joint = afterJoint(words, next);
  if (joint === next || !/^(?:the|an?|its|our|their)$/.test(words[joint]?.text ?? '')) return null;
  for (let at = joint + 1; at <= joint + 1 + LONGEST_NOUN; at++) {
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
  const cell = cellAfter(words, subject);
  if (cell !== null) return cell;
  const measured = measuredOf(words, subject);
  if (measured !== null) return measured;
  const held = heldBy(words, subject);
  if (held !== null) return held;
  const copula = COPULAS.has(words[subject.next]?.text ?? '');
  if (copula && isObject(words, subject.first)) return null;
  return copula ? saidByCopula(words, subject) : saidInApposition(words, subject);
}

/** "let `$Y$` hold one-hot labels", "`$Y$` contains the one-hot targets": what its rows are. */
function heldBy(words: readonly Word[], subject: Names): Statement[] | null {
  if (!/^(?:hold|holds|contain|contains|collect|collects|store|stores)$/.test(words[subject.next]?.text ?? '')) return null;
  const at = /^(?:the|our|all)$/.test(words[subject.next + 1]?.text ?? '') ? subject.next + 2 : subject.next + 1;
  const found = propertiesAt(words, at)?.found ?? [];
  return found.length === 1 && found[0] === 'onehot' ? declare(subject.names, null, ['onehot'], subject.span) : null;
}

/** `| $W$ | $k \times d$ |`: a row of a table of shapes. */
function cellAfter(words: readonly Word[], { names, first, next, span }: Names): Statement[] | null {
  const bar = (at: number) => words[at]?.text === '|';
  const size = bar(first - 1) && bar(next) ? sizeAt(words, next + 1) : null;
  if (size === null || size.dims.length !== 2 || !bar(size.next)) return null;
  return declare(names, { dims: size.dims, span: size.span }, [], span);
}

/** "`$X$` has shape `$(N, D)$`", "`$X$` (`$n\times p$`)", "`$\mathbf 1$`, which has `$N$` entries". */
function measuredOf(words: readonly Word[], subject: Names): Statement[] | null {
  const at = words[subject.next]?.text === ',' ? subject.next + 1 : subject.next;
  const now = words[at]?.text === 'now' ? sizeAt(words, at + 1) : null;
  if (now?.dims.length === 2) return declare(subject.names, { dims: now.dims, span: now.span }, afterSize(words, now.next), subject.span);
  const first = words[at]?.text ?? '';
  if (LYING.has(first)) return isObject(words, subject.first) ? null : lyingIn(words, subject, at + 1);
  if (at > subject.next && first !== 'which') return null;
  const which = first === 'which' && /^(?:is|are)$/.test(words[at + 1]?.text ?? '') ? sizeAt(words, at + 2) : null;
  if (which?.dims.length === 2)
    return declare(subject.names, { dims: which.dims, span: which.span }, afterSize(words, which.next), subject.span);
  if (!/^(?:\(|has|have|of|which|with)$/.test(first) || (first !== '(' && isObject(words, subject.first))) return null;
  const size = measureAt(words, at);
  if (size === null || (size.dims.length === 1 && isMatrixName(words, subject))) return null;
  return declare(subject.names, { dims: size.dims, span: size.span }, [], subject.span);
}

const LYING: ReadonlySet<string> = new Set('lies lie lives live belongs belong'.split(' '));

/** "`$x$` lies in `$\mathbb R^n$`", "`$W$` belongs to `$\mathbb R^{m\times n}$`". */
function lyingIn(words: readonly Word[], subject: Names, at: number): Statement[] | null {
  const set = /^(?:in|to)$/.test(words[at]?.text ?? '') ? setAt(words, at + 1) : null;
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
  return sayPhrase(subject, phraseAt(words, at), words);
}

/** "`$A$` is `$n\times n$` and symmetric". */
function afterSize(words: readonly Word[], at: number): readonly Property[] {
  const next = words[at]?.text === 'and' || words[at]?.text === ',' ? at + 1 : at;
  return propertiesAt(words, next)?.found ?? [];
}

/** "`$y$` a vector of length `$n$`", "`$A$`, an `$m\times n$` matrix," and "`$Q$` symmetric", "`$Q$` (symmetric)". */
function saidInApposition(words: readonly Word[], subject: Names): Statement[] | null {
  const sign = words[subject.next]?.text ?? '';
  const at = sign === ',' || sign === '(' ? subject.next + 1 : subject.next;
  const article = sign !== '(' && /^(?:an?|the|its|their|our|some|any|two|both|fixed|given)$/.test(words[at]?.text ?? '');
  const phrase = article || standsAlone(words, at, sign) ? phraseAt(words, at) : null;
  return sayPhrase(subject, phrase, words);
}

/** Whether properties at a word are said of what stands before them, and not of what follows. */
function standsAlone(words: readonly Word[], at: number, sign: string): boolean {
  const properties = propertiesAt(words, at);
  if (properties === null || (sign !== '(' && sign !== ',')) return properties !== null;
  const after = words[properties.next];
  return sign === '(' ? after?.text === ')' : after === undefined || after.kind === 'stop' || after.text === ',';
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
  const phrase = beginsPhrase(words, at) ? phraseAt(words, at) : null;
  if (phrase === null || (phrase.noun === null && (phrase.properties.length === 0 || isOwnLine(words[phrase.named])))) return null;
  const subject = namesAt(words, phrase.named);
  if (subject === null) return null;
  const open = phrase.noun === 'scalar' ? openFunctionAt(words, subject.first, subject) : null;
  if (open !== null) return open;
  const together = phrase.dims === null ? saidTogether(words, subject) : null;
  const further = together?.statements ?? (phrase.dims === null ? saidOf(words, subject) : propertiesBehind(words, subject));
  return {
    statements: [...declarePhrase(subject.names, phrase, subject.span), ...(further ?? [])],
    next: Math.max(phrase.next, together?.next ?? subject.next),
  };
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
  return before === undefined || before.kind !== 'word' || endsPhrase(before.text);
}

const PREPOSITIONS: ReadonlySet<string> = new Set('of by in to from on at than over per between'.split(' '));
const OPENERS: ReadonlySet<string> = new Set(
  'let where and then that if suppose assume with for when while is are be so thus here since because , ( | :'.split(' '),
);

/** "the columns of `$A$` are …", "the derivative by `$x$` is …": what is said is said of something else. */
function isObject(words: readonly Word[], first: number): boolean {
  for (let at = first - 1; at >= Math.max(0, first - 5); at--) {
    const word = words[at] as Word;
    if (word.kind === 'stop' || word.kind === 'math' || OPENERS.has(word.text)) return false;
    if (PREPOSITIONS.has(word.text)) return true;
  }
  return false;
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

function declare(names: readonly Expr[], shape: ShapeExpr | null, properties: readonly Property[], span: Span): Statement[] {
  const declared = names.filter((name) => !(name.kind === 'name' && CONSTANTS.has(name.name)));
  return declared.length === 0 ? [] : [{ kind: 'declaration', names: declared, shape, properties, span }];
}
