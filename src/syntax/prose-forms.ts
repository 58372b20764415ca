import type { DeclarationStatement, Expr, Statement } from './ast.ts';
import { nameOfCount } from './count-names.ts';
import { namesAt, namesBefore } from './prose-names.ts';
import { anyOf, type ProseReader, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

export const FORMS: ProseReader = {
  telling: ['matrix', 'matrices', 'vector', 'vectors', 'sizes', 'shapes', 'dimensions'],
  read: formsIn,
};

/**
 * "measured through a matrix `$C$`", "a fixed vector `$q$`", "`$a$`, `$b$`, all of them feature vectors", "the sizes of `$W$` and `$b$` follow": what letters are
 * whose sizes nobody tells; each has axes of its own.
 */
function formsIn(words: readonly Word[], said: readonly Statement[]): DeclarationStatement[] {
  const known = new Set(said.flatMap((one) => (one.kind === 'declaration' ? one.names.map(symbolKey) : [])));
  return words.flatMap((_, at) => {
    const form = formAt(words, at);
    const listed = form === null ? [] : (namesAt(words, at + 1)?.names ?? allBefore(words, at));
    const told = listed.map((name) => ofForm(form as Form, name));
    const found = form === null ? sizesThatFollow(words, at).map((name) => ofForm(isCapital(name) ? 'matrix' : 'vector', name)) : told;
    return found.flatMap((one) => (one === null || known.has(symbolKey(one.names[0] as Expr)) ? [] : [one]));
  });
}

/** "anchor `$a$`, positive `$p$`, all of them feature vectors": the names of the list before. */
function allBefore(words: readonly Word[], noun: number): readonly Expr[] {
  const all = words.findLastIndex(({ text }, at) => at < noun && at >= noun - LONGEST_ALL && /^(?:all|both)$/u.test(text));
  if (all < 0 || words[all - 1]?.text !== ',' || words.slice(all, noun).some(({ kind }) => kind !== 'word')) return [];
  return namesBefore(words, all - 1, false);
}

const LONGEST_ALL = 5;

/** "The sizes of `$W$`, `$U$` and `$b$` follow from that". */
function sizesThatFollow(words: readonly Word[], at: number): readonly Expr[] {
  const isOf = /^(?:sizes|shapes|dimensions)$/u.test(words[at]?.text ?? '') && words[at + 1]?.text === 'of';
  const names = isOf ? namesAt(words, at + 2) : null;
  return names !== null && /^(?:follow|result)$/u.test(words[names.next]?.text ?? '') ? names.names : [];
}

type Form = 'matrix' | 'vector';

/** The noun before names. A vector of noise is none of its own: `y = X b + e` may be all that a text says of it. */
function formAt(words: readonly Word[], at: number): Form | null {
  const form = NOUNS.get(words[at]?.text ?? '');
  return form === undefined || isOther(words[at - 1]) ? null : form;
}

const NOUNS: ReadonlyMap<string, Form> = new Map([
  ['matrix', 'matrix'],
  ['matrices', 'matrix'],
  ['vector', 'vector'],
  ['vectors', 'vector'],
]);

const isOther = anyOf('noise error errors disturbance perturbation row identity zero unit covariance jacobian hessian of');

function isCapital(name: Expr): boolean {
  return /^(?:\w+:)*\p{Lu}/u.test(symbolKey(name) ?? '');
}

/** Null of what may be no letter of that form, or a member of several. */
function ofForm(form: Form, name: Expr): DeclarationStatement | null {
  const { span } = name;
  const key = name.kind === 'name' ? symbolKey(name) : null;
  if (key === null || isCapital(name) !== (form === 'matrix')) return null;
  const axes = form === 'matrix' ? ['rows', 'columns'] : ['entries'];
  const dims = axes.map((axis): Expr => ({ kind: 'name', name: nameOfCount(`${axis} of ${key}`), span }));
  return { kind: 'declaration', names: [name], shape: { dims, span }, properties: [], mild: true, span };
}
