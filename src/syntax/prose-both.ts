import type { Expr, Statement } from './ast.ts';
import { namesAt } from './prose-names.ts';
import { propertiesAt } from './prose-phrase.ts';
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
    return names.length < 2 ? [] : [{ kind: 'declaration', names, shape: null, properties: properties?.found ?? [], span: word.span }];
  });
}

/** `covariance` of `covariances`; null of what is no plural. */
function singularOf(text: string): string | null {
  if (text === 'matrices') return 'matrix';
  return /^\p{Ll}{4,}[^s]s$/u.test(text) ? text.slice(0, -1) : null;
}

/** The names that stand behind a noun. */
function calledSo(words: readonly Word[], noun: string): readonly Expr[] {
  return words.flatMap(({ text }, at) => (text === noun ? (namesAt(words, at + 1)?.names ?? []) : []));
}
