import { cover } from '../base/span.ts';
import type { Expr, FunctionStatement, ShapeExpr } from './ast.ts';
import { namesBefore } from './prose-names.ts';
import { setAt } from './prose-size.ts';
import type { ProseReader, Word } from './prose-words.ts';

/**
 * "`$g$` maps `$\mathbb R^m$` to `$\mathbb R^k$`", "each `$r_j$` is a smooth function from `$\mathbb R^n$` to `$\mathbb R$`", "a map `$f$` from `$\mathbb R^n$` into
 * `$\mathbb R^m$`": functions between the sets that the sentence names.
 */
function mappingsIn(words: readonly Word[]): readonly FunctionStatement[] {
  return words.flatMap((word, at) => {
    const sets = word.kind === 'word' && GOES.has(word.text) ? setsAt(words, at) : null;
    const [first, ...more] = sets === null ? [] : mappedBefore(words, at);
    if (sets === null || first === undefined) return [];
    return [{ kind: 'function', names: [first, ...more], from: [sets.from], to: sets.to, span: cover(first.span, sets.to.span) }];
  });
}

/** Words behind which the two sets stand. */
const GOES: ReadonlySet<string> = new Set(['map', 'maps', 'mapping', 'from']);

export const MAPPINGS: ProseReader = { telling: [...GOES], read: mappingsIn };

const NOUN = /^(?:functions?|maps?|mappings?|transformations?|operators?)$/;
const DESCRIBES =
  /^(?:an?|the|some|any|smooth|differentiable|continuous|continuously|twice|given|arbitrary|linear|nonlinear|known|fixed|deterministic)$/;

function setsAt(words: readonly Word[], at: number): { readonly from: ShapeExpr; readonly to: ShapeExpr } | null {
  const first = words[at]?.text !== 'from' && words[at + 1]?.text === 'from' ? at + 2 : at + 1;
  const from = setAt(words, first);
  const to = from !== null && /^(?:in)?to$/.test(words[first + 1]?.text ?? '') ? setAt(words, first + 2) : null;
  return from === null || to === null ? null : { from, to };
}

/** The names that go from the one set to the other: right before "maps", or before or behind the noun that they are called. */
function mappedBefore(words: readonly Word[], at: number): readonly Expr[] {
  if (words[at]?.text !== 'from') return namesBefore(words, at, words[at]?.text === 'maps');
  if (words[at - 1]?.kind === 'math') {
    const noun = words.findLastIndex(({ kind }, before) => before < at && kind === 'word');
    return NOUN.test(words[noun]?.text ?? '') ? namesBefore(words, at, false) : [];
  }
  if (!NOUN.test(words[at - 1]?.text ?? '')) return [];
  let first = at - 1;
  while (DESCRIBES.test(words[first - 1]?.text ?? '')) first--;
  const isSaid = /^(?:is|are|be|denotes?|,)$/.test(words[first - 1]?.text ?? '');
  return isSaid ? namesBefore(words, first - 1, !words[at - 1]?.text.endsWith('s')) : [];
}
