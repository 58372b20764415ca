import { cover } from '../base/span.ts';
import type { CalledStatement, EquationStatement, Expr } from './ast.ts';
import { type Names, namesAt } from './prose-names.ts';
import { naming } from './prose-naming.ts';
import { sizeAt } from './prose-size.ts';
import { type ProseReader, soleStatement, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/**
 * "Call this `$2\times 3$` matrix `$J$`", ", which we call `$\delta$`", "write `$J$` for the Jacobian just found": a name for what stands before. Where that is
 * an expression of the sentence, "the loss is `$N + R$`; call it `$F$`", it is known here, and else it is what the last display ends in.
 */
function calledIn(words: readonly Word[]): (CalledStatement | EquationStatement)[] {
  return words.flatMap((word, at): readonly (CalledStatement | EquationStatement)[] => {
    const name = word.kind === 'word' ? (nameBehind(words, at) ?? nameBefore(words, at)) : null;
    const [called, ...more] = name?.names ?? [];
    if (name === null || called === undefined || more.length > 0) return [];
    const value = isPronoun(words, at) || isWhichWe(words, at) ? expressionBefore(words, at) : null;
    if (value !== null) return [naming(called, value, cover(value.span, called.span))];
    return saysWhat(words, at) ? [{ kind: 'called', name: called, span: cover(word.span, name.span) }] : [];
  });
}

const VERBS: ReadonlySet<string> = new Set('call calling name naming denote denoting abbreviate abbreviating'.split(' '));
const PASSIVES: ReadonlySet<string> = new Set(['called', 'named', 'denoted', 'abbreviated']);
const WRITING: ReadonlySet<string> = new Set(['write', 'writing', 'with']);
const POINTING: ReadonlySet<string> = new Set(['this', 'it', 'that', 'these']);

export const CALLED: ProseReader = { telling: [...VERBS, ...PASSIVES, ...WRITING], read: calledIn };

/** "call this vector `$\delta$`", "which we denote by `$\delta$`", "this matrix is called `$J$`". */
function nameBehind(words: readonly Word[], at: number): Names | null {
  const text = words[at]?.text ?? '';
  if (VERBS.has(text)) {
    const pointed = behindPointing(words, at + 1);
    return pointed === null
      ? isWhichWe(words, at)
        ? namesAt(words, behindLink(words, behindNoun(words, at + 1)))
        : null
      : namesAt(words, behindLink(words, pointed));
  }
  if (text !== 'this') return null;
  const copula = behindNoun(words, at + 1);
  if (!/^(?:is|will)$/.test(words[copula]?.text ?? '')) return null;
  const verb = words[copula + 1]?.text === 'be' ? copula + 2 : copula + 1;
  return PASSIVES.has(words[verb]?.text ?? '') ? namesAt(words, behindLink(words, verb + 1)) : null;
}

/** "write `$J$` for this matrix", "with `$J$` for the Jacobian above". */
function nameBefore(words: readonly Word[], at: number): Names | null {
  if (!WRITING.has(words[at]?.text ?? '')) return null;
  const name = namesAt(words, at + 1);
  if (name === null || words[name.next]?.text !== 'for') return null;
  const behind = behindPointing(words, name.next + 1) ?? behindBackward(words, name.next + 1);
  return behind === null ? null : name;
}

function isWhichWe(words: readonly Word[], verb: number): boolean {
  return /^(?:we|i)$/.test(words[verb - 1]?.text ?? '') && words[verb - 2]?.text === 'which';
}

/** Behind "this", "this `$2\times3$` matrix", "it", "the latter", "the result", "the right-hand side". */
function behindPointing(words: readonly Word[], at: number): number | null {
  const text = words[at]?.text ?? '';
  if (POINTING.has(text)) return behindNoun(words, at + 1);
  if (text !== 'the') return null;
  const [first = '', second = ''] = [words[at + 1]?.text, words[at + 2]?.text];
  if (/^(?:latter|result)$/.test(first)) return behindNoun(words, at + 2);
  if (first === 'right-hand' && second === 'side') return at + 3;
  return first === 'right' && second === 'hand' && words[at + 3]?.text === 'side' ? at + 4 : null;
}

/** Behind "the Jacobian just found", "the gradient above". */
function behindBackward(words: readonly Word[], at: number): number | null {
  if (words[at]?.text !== 'the') return null;
  const behind = behindNoun(words, at + 1);
  return words.slice(at + 1, behind).some(({ text }) => /^(?:above|found|obtained|computed|derived|last|previous|preceding)$/.test(text))
    ? behind
    : null;
}

const LONGEST_NOUN = 4;
const ENDS: ReadonlySet<string> = new Set([
  'by',
  'as',
  'with',
  'is',
  'will',
  'of',
  'in',
  'for',
  'and',
  'or',
  'if',
  'when',
  'that',
  'which',
]);

/** Behind words that say what it is, and its size. */
function behindNoun(words: readonly Word[], from: number): number {
  let at = from;
  for (let word = words[at]; at < from + LONGEST_NOUN && word !== undefined; word = words[at]) {
    if (word.kind === 'word' ? ENDS.has(word.text) : sizeAt(words, at)?.dims.length !== 2) break;
    at = word.kind === 'word' ? at + 1 : (sizeAt(words, at)?.next ?? at + 1);
  }
  return at;
}

function behindLink(words: readonly Word[], at: number): number {
  return /^(?:by|as)$/.test(words[at]?.text ?? '') ? at + 1 : at;
}

/** Words before "call it" that speak of nothing that "it" could be instead. */
const OPENERS: ReadonlySet<string> = new Set([
  'we',
  'i',
  'let',
  'us',
  'and',
  'shall',
  'will',
  'then',
  'now',
  'again',
  'also',
  ',',
  ':',
  '(',
]);

/** "call it", "denote this by", and not "call this vector". */
function isPronoun(words: readonly Word[], verb: number): boolean {
  return POINTING.has(words[verb + 1]?.text ?? '') && behindNoun(words, verb + 2) === verb + 2;
}

/** "take a small step, call it `$\eta$`" speaks of the step; "call it `$\delta$`" at the beginning, and "this vector", of the display. */
function saysWhat(words: readonly Word[], verb: number): boolean {
  if (isWhichWe(words, verb)) return words[words[verb - 3]?.text === ',' ? verb - 4 : verb - 3]?.kind === 'math';
  if (!isPronoun(words, verb)) return true;
  const start = words.findLastIndex(({ kind }, at) => at < verb && (kind === 'stop' || kind === 'math'));
  const before = words[words[start]?.kind === 'stop' ? start - 1 : start];
  return (before === undefined || before.kind === 'math') && words.slice(start + 1, verb).every(({ text }) => OPENERS.has(text));
}

/** So many words may stand between an expression and what it is called. */
const NEAR = 8;

/** The `$c \in \mathbb R^n$` of "is `$E + c^\top x$` with `$c \in \mathbb R^n$`". */
function isDeclaration({ math }: Word & { readonly kind: 'math' }): boolean {
  return math.statements.length > 0 && math.statements.every(({ kind }) => kind === 'declaration');
}

/** "is `$N + R$`; call it": the expression before, or the last side of the equation. */
function expressionBefore(words: readonly Word[], verb: number): Expr | null {
  const at = words.findLastIndex(
    (word, place) => place < verb && word.kind === 'math' && !isDeclaration(word) && sizeAt(words, place)?.dims.length !== 2,
  );
  const word = words[at];
  if (word?.kind !== 'math' || word.math.displayed || verb - at > NEAR) return null;
  const statement = soleStatement(word);
  if (statement?.kind !== 'equation' || statement.membership !== null) return null;
  const value = statement.relations.every((relation) => relation === '=') ? statement.sides.at(-1) : undefined;
  return value === undefined || value.kind === 'hole' || value.kind === 'number' || symbolKey(value) !== null ? null : value;
}
