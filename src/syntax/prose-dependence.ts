import { cover, type Span } from '../base/span.ts';
import type { DeclarationStatement, Expr, OpenStatement, Statement } from './ast.ts';
import { letteredArguments } from './listed-arguments.ts';
import { type Names, namesAt, namesBefore } from './prose-names.ts';
import type { Phrase } from './prose-phrase.ts';
import { type ProseReader, soleStatement, type Word } from './prose-words.ts';

/**
 * "the matrix `$A$` changes with time `$t$`", "`$A \in \mathbb R^{n\times n}$` and `$Q \in \mathbb R^{n\times n}$` depend on a parameter `$\theta$`", "`$K$` is symmetric and
 * a function of `$\theta$`": what depends on what, and not how.
 */
function dependencesIn(words: readonly Word[], said: readonly Statement[]): readonly Statement[] {
  const opened = new Set(said.flatMap((one) => (one.kind === 'open' ? [one.name.span.start] : [])));
  return words.flatMap((word, at) => {
    const args = word.kind === 'word' && VERBS.has(word.text) ? argumentsBehind(words, at) : null;
    const all = args === null ? [] : word.text.startsWith('function') ? calledFunction(words, at) : dependingBefore(words, at);
    const names = all.filter(({ span }) => !opened.has(span.start));
    if (args === null || names.length === 0) return [];
    return [...declared(words, args), ...names.map((name) => open(name, args.names, cover(name.span, args.span)))];
  });
}

const VERBS: ReadonlySet<string> = new Set('depend depends depending change changes vary varies function functions'.split(' '));

export const DEPENDENCES: ProseReader = { telling: [...VERBS], read: dependencesIn };

const LINKS: Readonly<Record<string, RegExp>> = { d: /^(?:up)?on$/, c: /^with$/, v: /^with$/, f: /^of$/ };

function open(name: Expr, args: readonly Expr[], span: Span): OpenStatement {
  return { kind: 'open', name, args, shape: null, span };
}

/** Words between a verb and what something depends on. */
const LONGEST = 4;

/** "on a parameter vector `$\theta$`", "with time `$t$`", "smoothly on `$t$`": letters, of which nothing else is said there. */
function argumentsBehind(words: readonly Word[], verb: number): Names | null {
  const link = /^(?:only|smoothly|differentiably)$/.test(words[verb + 1]?.text ?? '') ? verb + 2 : verb + 1;
  if (LINKS[words[verb]?.text.charAt(0) ?? '']?.test(words[link]?.text ?? '') !== true) return null;
  let at = link + 1;
  while (at <= link + LONGEST && words[at]?.kind === 'word') at++;
  const names = namesAt(words, at);
  return names?.names.every((name) => name.kind === 'name') === true ? names : null;
}

/** "a parameter `$\theta$`" is a number; of "a parameter vector `$\theta$`" the length is open. */
function declared(words: readonly Word[], { names, first, span }: Names): readonly DeclarationStatement[] {
  const isNumber = /^(?:time|scalar|parameter)$/.test(words[first - 1]?.text ?? '') && words[first - 2]?.text !== 'the';
  if (!isNumber || names.length > 1) return [];
  return [{ kind: 'declaration', names, shape: { dims: [], span }, properties: [], mild: true, span }];
}

/** The K of "`$K$` is …, which is symmetric and a function of `$\theta$`". */
function calledFunction(words: readonly Word[], at: number): readonly Expr[] {
  const noun = /^(?:smooth|differentiable)$/.test(words[at - 1]?.text ?? '') ? at - 1 : at;
  if (!/^(?:an?|are)$/.test(words[noun - 1]?.text ?? '')) return [];
  for (let before = noun - 1; before > 0; before--) {
    const word = words[before] as Word;
    if (word.kind === 'stop' || (word.kind === 'math' && namesAt(words, before) !== null)) return [];
    const isCopula = /^(?:is|are|be)$/.test(word.text) && !/^(?:which|that)$/.test(words[before - 1]?.text ?? '');
    if (isCopula) return words[before - 1]?.kind === 'math' ? dependingBefore(words, before) : [];
  }
  return [];
}

/** The names before a verb: "the matrices `$A$`, `$H$` and the covariances `$Q$` and `$R$` all depend on". */
function dependingBefore(words: readonly Word[], verb: number): readonly Expr[] {
  const isAside = /^(?:all|both|smoothly|that|which|may|can|will)$/.test(words[verb - 1]?.text ?? '');
  return namesBefore(words, isAside ? verb - 1 : verb, SINGULAR.test(words[verb]?.text ?? ''));
}

const SINGULAR = /^(?:depends|changes|varies|is)$/;

/** "the `$m$` by `$n$` matrix `$B(t)$`": a matrix or a vector that depends on letters in a way that is left open. */
export function appliedAt(words: readonly Word[], { named, dims, dimsSpan }: Phrase): OpenStatement | null {
  const word = words[named];
  const statement = soleStatement(word);
  const [side, ...others] = statement?.kind === 'equation' && statement.membership === null ? statement.sides : [];
  if (dims === null || dims.length === 0 || others.length > 0 || side?.kind !== 'call' || side.bracket !== '(') return null;
  const args = side.head.kind === 'name' && !/^(?:\w+:)*[JHD]$/.test(side.head.name) ? letteredArguments(side) : null;
  return args === null ? null : { kind: 'open', name: side.head, args, shape: { dims, span: dimsSpan ?? side.span }, span: side.span };
}
