import type { Expr, ShapeExpr, Statement } from './ast.ts';
import { namesAt } from './prose-names.ts';
import { phraseAt, propertiesAt } from './prose-phrase.ts';
import type { ProseReader, Word } from './prose-words.ts';

export const BOTH: ProseReader = { telling: ['are'], read: bothIn };

/** "… prior covariance `$P$` and noise covariance `$R$`; both covariances are symmetric positive definite": what is said of things by their common noun. */
function bothIn(words: readonly Word[]): Statement[] {
  return words.flatMap((word, at): readonly Statement[] => {
    const noun = /^(?:both|all|these|the)$/.test(word.text) ? singularOf(words[at + 1]?.text ?? '') : null;
    const properties = noun !== null && words[at + 2]?.text === 'are' ? propertiesAt(words, at + 3) : null;
    const after = properties === null ? undefined : words[properties.next];
    const isWhole = after === undefined || after.kind === 'stop' || /^(?:,|\)|and)$/.test(after.text);
    const names = properties === null || !isWhole ? [] : calledSo(words.slice(0, at), noun as string);
    return names.length < 2
      ? bothOf(words, at)
      : [{ kind: 'declaration', names, shape: null, properties: properties?.found ?? [], span: word.span }];
  });
}

/** "`$u$` and `$v$` live in the same space; both are `$n$`-vectors": the two that were named last. */
function bothOf(words: readonly Word[], at: number): readonly Statement[] {
  const phrase = words[at]?.text === 'both' && words[at + 1]?.text === 'are' ? phraseAt(words, at + 2) : null;
  if (phrase?.dims == null || phrase.dims.length === 0) return [];
  const last = words.findLastIndex((_, before) => before < at && namesAt(words, before)?.names.length === 2);
  const names = last < 0 || at - last > LONGEST_CLAUSE ? [] : (namesAt(words, last)?.names ?? []);
  const shape: ShapeExpr = { dims: phrase.dims, span: phrase.dimsSpan ?? (words[at] as Word).span };
  return names.length === 0
    ? []
    : [{ kind: 'declaration', names, shape, properties: phrase.properties, mild: 'here', span: (words[at] as Word).span }];
}

const LONGEST_CLAUSE = 16;

/** `covariance` of `covariances`; null of what is no plural. */
function singularOf(text: string): string | null {
  if (text === 'matrices') return 'matrix';
  return /^\p{Ll}{4,}[^s]s$/u.test(text) ? text.slice(0, -1) : null;
}

/** The names that stand behind a noun. */
function calledSo(words: readonly Word[], noun: string): readonly Expr[] {
  return words.flatMap(({ text }, at) => (text === noun ? (namesAt(words, at + 1)?.names ?? []) : []));
}
