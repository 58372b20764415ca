import type { DeclarationStatement, Expr } from './ast.ts';
import { namesBefore } from './prose-names.ts';
import { ENTRIES } from './prose-phrase.ts';
import { sizeAt } from './prose-size.ts';
import type { ProseReader, Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

export const ELLIPSES: ProseReader = { telling: ['entries', 'components', 'elements', 'coordinates'], read: ellipsesIn };

/** "`$a$` has `$m$` entries and `$b$` has `$n$`", "the input `$x$` has `$d$`, the output and the target `$y$` have `$q$`": what is counted was said before. */
function ellipsesIn(words: readonly Word[]): DeclarationStatement[] {
  let isCounted = false;
  return words.flatMap(({ kind, text, span }, at) => {
    isCounted = kind !== 'stop' && (isCounted || ENTRIES.has(text));
    const size = isCounted && /^(?:has|have)$/u.test(text) ? sizeAt(words, at + 1) : null;
    if (size?.dims.length !== 1 || !endsClause(words[size.next])) return [];
    const names = namesBefore(words, at, text === 'has').filter((name) => isColumn(name) && !isCount(words, name));
    const shape = { dims: size.dims, span: size.span };
    return names.length === 0 ? [] : [{ kind: 'declaration' as const, names, shape, properties: [], mild: 'here' as const, span }];
  });
}

function isColumn(name: Expr): boolean {
  return !/^(?:\w+:)*\p{Lu}/u.test(symbolKey(name) ?? '');
}

/** The `$d$` of "has `$d$`, the output `$y$` …", which is no name of the list that it stands before. */
function isCount(words: readonly Word[], { span }: Expr): boolean {
  const at = words.findIndex((word) => word.span.end >= span.end);
  return /^(?:has|have)$/u.test(words[at - 1]?.text ?? '');
}

function endsClause(word: Word | undefined): boolean {
  return word === undefined || word.kind === 'stop' || /^(?:,|\)|and|while|but)$/u.test(word.text);
}
