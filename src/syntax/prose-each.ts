import type { Expr, Property, ShapeExpr, Statement } from './ast.ts';
import { type Names, namesAt } from './prose-names.ts';
import { propertiesAt } from './prose-phrase.ts';
import { type Size, sizeAt } from './prose-size.ts';
import { anyOf, type Word } from './prose-words.ts';

/** What is said of several names at once, each in its turn, and the number of the word behind it. */
export interface Each {
  readonly statements: readonly Statement[];
  readonly next: number;
}

/**
 * "`$A$` and `$B$` are `$m\times n$` and `$n\times k$` matrices, respectively", "the `$m\times n$` and `$n\times k$` matrices `$A$` and `$B$`",
 * "`$u$` and `$v$` are vectors of length `$m$` and `$k$`", "`$P$` and `$R$` are symmetric of size `$n\times n$` and `$m\times m$`": as many sizes as names.
 */
export function eachInTurn(words: readonly Word[], at: number, subject: Names | null): Each | null {
  const ahead = subject === null ? sizesAt(words, at) : null;
  const subjects = ahead === null ? subject : namesAt(words, nounBehind(words, ahead.next));
  if (subjects === null || subjects.names.length < 2) return null;
  const sizes = ahead ?? sizesOf(words, subjects);
  if (sizes === null || sizes.found.length !== subjects.names.length) return null;
  const next = ahead === null ? sizes.next : subjects.next;
  const properties = ahead === null ? (propertiesAt(words, subjects.next + 1)?.found ?? []) : [];
  return { statements: subjects.names.map((name, place) => declared(name, sizes.found[place] as Size, properties)), next };
}

function declared(name: Expr, { dims, span }: Size, properties: readonly Property[]): Statement {
  const shape: ShapeExpr = { dims, span };
  return { kind: 'declaration', names: [name], shape, properties, span: name.span };
}

interface Sizes {
  readonly found: readonly Size[];
  readonly next: number;
}

/** The sizes behind "are", of matrices or of vectors. */
function sizesOf(words: readonly Word[], { next }: Names): Sizes | null {
  if (!isCopula(words[next])) return null;
  const described = propertiesAt(words, next + 1)?.next ?? next + 1;
  const isMeasure = described > next + 1 && words[described]?.text === 'of' && isMeasureNoun(words[described + 1]);
  if (isMeasure) return listed(words, described + 2, 2);
  const sizes = sizesAt(words, next + 1);
  if (sizes !== null) return /^matri/.test(words[nounBehind(words, sizes.next) - 1]?.text ?? '') ? sizes : null;
  const noun = isDescribing(words[next + 1]) ? next + 2 : next + 1;
  const dimensions = words[noun]?.text === 'vectors' ? 1 : words[noun]?.text === 'matrices' ? 2 : null;
  const isMeasured = words[noun + 1]?.text === 'of' && isMeasureOfEach(words[noun + 2]);
  const measured = isMeasured && dimensions !== null ? listed(words, noun + 3, dimensions) : null;
  return measured !== null && (dimensions === 2 || endsList(words[measured.next])) ? measured : null;
}

/** "of length `$m$`, and `$k$` is …" is no list. */
function endsList(word: Word | undefined): boolean {
  return word === undefined || word.kind === 'stop' || word.text === ',' || word.text === 'respectively';
}

function sizesAt(words: readonly Word[], at: number): Sizes | null {
  return listed(words, at, 2);
}

/** Two sizes or more of so many dimensions, behind one another. */
function listed(words: readonly Word[], at: number, dimensions: number): Sizes | null {
  const found: Size[] = [];
  let next = at;
  for (let size = sizeAt(words, next); size?.dims.length === dimensions; size = sizeAt(words, next)) {
    found.push(size);
    next = behindJoint(words, size.next);
    if (next === size.next) break;
  }
  if (found.length < 2) return null;
  while (words[next - 1]?.text === ',' || words[next - 1]?.text === 'and') next--;
  return { found, next };
}

function behindJoint(words: readonly Word[], at: number): number {
  const comma = words[at]?.text === ',' ? at + 1 : at;
  return words[comma]?.text === 'and' ? comma + 1 : comma;
}

/** Behind "matrices", "weight matrices". */
function nounBehind(words: readonly Word[], at: number): number {
  const noun = words.findIndex((word, place) => place >= at && /^matri/.test(word.text));
  return noun >= at && noun <= at + 2 && words.slice(at, noun).every(({ kind }) => kind === 'word') ? noun + 1 : at;
}

// ---- words

const isCopula = anyOf('are be denote');
const isMeasureNoun = anyOf('size sizes order orders dimension dimensions');
const isDescribing = anyOf('column real');
const isMeasureOfEach = anyOf('length lengths size sizes shape shapes dimension dimensions');
