import type { DeclarationStatement, Expr } from './ast.ts';
import { axesOf, openAxis } from './prose-axes.ts';
import { namesAt, namesBefore } from './prose-names.ts';
import { ENTRIES, endsPhrase } from './prose-phrase.ts';
import { sizeAt } from './prose-size.ts';
import type { ProseReader, Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

export const MADE_OF: ProseReader = { telling: ['columns', 'rows'], read: madeOf };

/** "Take `$N$` patterns and write them as the columns of `$X$`, so each column has `$d$` entries": how many columns there are, and how long. */
function madeOf(words: readonly Word[]): DeclarationStatement[] {
  return words.flatMap(({ text, span }, at): DeclarationStatement[] => {
    const axis = /^(?:columns|rows)$/u.test(text) && words[at + 1]?.text === 'of' ? (text as 'columns' | 'rows') : null;
    const [name, ...others] = axis === null ? [] : (namesAt(words, at + 2)?.names ?? []);
    const number =
      axis !== null && words[at - 1]?.text === 'the' && /^(?:as|are|form|be|in|into)$/u.test(words[at - 2]?.text ?? '')
        ? numberBefore(words, at)
        : null;
    if (axis === null || name?.kind !== 'name' || others.length > 0 || number === null) return [];
    const length = lengthOfEach(words, axis, number.noun) ?? openAxis(axis === 'columns' ? 'rows' : 'columns', span);
    const dims = axesOf(axis === 'columns' ? [length, number.dim] : [number.dim, length], symbolKey(name) ?? '');
    const ofOne = axis === 'columns' ? dims[0] : dims[1];
    return [
      { kind: 'declaration', names: [name], shape: { dims, span }, properties: [], mild: 'here', span },
      ...inSameSpace(words, number.noun).map(
        (names): DeclarationStatement => ({
          kind: 'declaration',
          names,
          shape: { dims: [ofOne as Expr], span },
          properties: [],
          mild: 'here',
          span,
        }),
      ),
    ];
  });
}

/** The names of "a query `$q$` lives in the same space as the patterns": as long as each of these. */
function inSameSpace(words: readonly Word[], noun: string): readonly (readonly Expr[])[] {
  return words.flatMap(({ text }, at) => {
    const isSame = text === 'same' && words[at + 1]?.text === 'space' && words[at + 2]?.text === 'as';
    const of = words[at + 3]?.text === 'the' ? at + 4 : at + 3;
    const verb = words.findLastIndex(({ text: before }, place) => place < at && /^(?:lives?|is|are|lies?|belongs?)$/u.test(before));
    if (!isSame || words[of]?.text.replace(/s$/u, '') !== noun || at - verb > 3) return [];
    const names = namesBefore(words, verb, false);
    return names.length === 0 ? [] : [names];
  });
}

/** The `$N$` of "`$N$` stored patterns", before in the sentence, and their noun. */
function numberBefore(words: readonly Word[], end: number): { readonly dim: Expr; readonly noun: string } | null {
  for (let at = end - 1; at >= 0 && words[at]?.kind !== 'stop'; at--) {
    const size = words[at]?.kind === 'math' ? sizeAt(words, at) : null;
    const noun = nounBehind(words, at + 1);
    if (size?.dims.length === 1 && noun !== null) return { dim: size.dims[0] as Expr, noun };
  }
  return null;
}

const LONGEST_NOUN = 4;

/** "patterns", "stored patterns": null where no plural ends it. */
function nounBehind(words: readonly Word[], from: number): string | null {
  let at = from;
  while (
    at - from < LONGEST_NOUN &&
    words[at]?.kind === 'word' &&
    !/^(?:the|an?|our)$/u.test((words[at] as Word).text) &&
    !endsPhrase((words[at] as Word).text)
  )
    at++;
  const head = words[at - 1]?.text ?? '';
  return at > from && /[^s]s$/u.test(head) && !ENTRIES.has(head) ? head.slice(0, -1) : null;
}

/** "each column has `$d$` entries", "each pattern has `$d$` entries". */
function lengthOfEach(words: readonly Word[], axis: string, noun: string): Expr | null {
  const each = words.findIndex(
    ({ text }, at) =>
      /^(?:each|every)$/u.test(text) && [axis.slice(0, -1), noun].includes(words[at + 1]?.text ?? '') && words[at + 2]?.text === 'has',
  );
  const size = each < 0 ? null : sizeAt(words, each + 3);
  return size?.dims.length === 1 && ENTRIES.has(words[size.next]?.text ?? '') ? (size.dims[0] as Expr) : null;
}
