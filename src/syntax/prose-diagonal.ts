import { cover } from '../base/span.ts';
import type { EquationStatement, Expr, StackStatement } from './ast.ts';
import { membersIn } from './members.ts';
import { naming } from './prose-naming.ts';
import { namedBy, type ProseReader, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

export const DIAGONALS: ProseReader = { telling: ['diagonal'], read: diagonalsIn };

/**
 * "weights `$w_1, \dots, w_n$` on the diagonal of `$W$`, everything else is zero", "the diagonal matrix `$W$` with `$w_1, \dots, w_n$` on its diagonal": a
 * matrix of one column. A matrix of which no more is told may have other entries besides, as a covariance does beside variances.
 */
function diagonalsIn(words: readonly Word[]): readonly (EquationStatement | StackStatement)[] {
  return words.flatMap(({ text }, at) => {
    if (text !== 'diagonal' || !/^(?:the|its)$/u.test(words[at - 1]?.text ?? '') || !/^(?:on|along|down)$/u.test(words[at - 2]?.text ?? ''))
      return [];
    const entries = membersIn(namedBy(words[at - 3]));
    const column = entries?.counted === true && !entries.transposed && entries.last.kind === 'postfix' ? entries.last.base : null;
    const whole = words[at + 1]?.text === 'of' ? (isZeroElsewhere(words, at) ? nameAt(words, at + 2) : null) : diagonalBefore(words, at);
    if (entries === null || column === null || whole === null) return [];
    const span = cover((words[at - 3] as Word).span, whole.span);
    const call: Expr = { kind: 'call', head: { kind: 'name', name: 'diag', span }, args: [column], bracket: '(', argsSpan: span, span };
    return [
      { kind: 'stack' as const, whole: column, members: entries, axis: 'entries' as const, upright: true, span },
      naming(whole, call, span),
    ];
  });
}

/** The only name at a word, behind "the matrix" or without. */
function nameAt(words: readonly Word[], from: number): Expr | null {
  let at = from;
  while (/^(?:the|an?|matrix|diagonal)$/u.test(words[at]?.text ?? '')) at++;
  const [name, ...more] = namedBy(words[at]);
  return name !== undefined && more.length === 0 && symbolKey(name) !== null ? name : null;
}

const LONGEST = 12;

/** "…, everything else in `$W$` is zero", "and zeros elsewhere". */
function isZeroElsewhere(words: readonly Word[], at: number): boolean {
  const rest = words.slice(at, at + LONGEST);
  const end = rest.findIndex(({ kind }) => kind === 'stop');
  const said = (end < 0 ? rest : rest.slice(0, end)).map(({ text }) => text);
  return (
    said.some((text) => /^(?:else|elsewhere|other|others|rest|off-diagonal)$/u.test(text)) &&
    said.some((text) => /^(?:zeros?|0)$/u.test(text))
  );
}

/** The `$W$` of "the diagonal matrix `$W$` with" before the entries. */
function diagonalBefore(words: readonly Word[], at: number): Expr | null {
  const noun = words.findLastIndex(({ text }, before) => before < at - 3 && before >= at - LONGEST && text === 'diagonal');
  return noun >= 0 && words[noun + 1]?.text === 'matrix' ? nameAt(words, noun + 2) : null;
}
