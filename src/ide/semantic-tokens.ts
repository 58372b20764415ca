import type { Span } from '../base/span.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { childrenOf, type Term, walk } from '../ops/term.ts';
import { constantOf, isOpen } from '../shape/dimension.ts';
import { isScalar, type Shape } from '../shape/shape.ts';
import { NOTATION, type Notation } from '../syntax/notation.ts';
import type { DerivationView, Occurrence } from './derivation-view.ts';

/** What a word of a derivation is, for its colour. */
export type TokenKind = 'scalar' | 'vector' | 'matrix' | 'dimension' | 'index' | 'function' | 'derivative' | 'variable';

export interface SemanticToken {
  readonly span: Span;
  readonly kind: TokenKind;
  readonly role: Occurrence['role'];
}

/** Every word that means something, in the order of the text; no two overlap and none goes over a line. */
export function semanticTokens(view: DerivationView): readonly SemanticToken[] {
  const symbols = view.occurrences.map(
    ({ id, span, role }): SemanticToken => ({ span, role, kind: kindOf(view, view.built.derivation.symbols.get(id)) }),
  );
  const operators = view.built.derivation.equations
    .flatMap(({ sides }) => sides.flatMap((side) => [...walk(side)]))
    .flatMap((term) => operatorTokens(view.text, term));
  return apart(view.text, [...symbols, ...operators, ...declaredIndices(view)]);
}

/** Each equation has its own index of a letter, so that the one which is declared stands nowhere else. */
function declaredIndices({ document }: DerivationView): readonly SemanticToken[] {
  return document.items.flatMap((item) => {
    const names = item.kind === 'statement' && item.statement.kind === 'index' ? item.statement.names : [];
    return names.map(({ span }): SemanticToken => ({ span, kind: 'index', role: 'declaration' }));
  });
}

function kindOf({ shapes }: DerivationView, info: SymbolInfo | undefined): TokenKind {
  if (info === undefined) return 'variable';
  if (info.role === 'index' || info.role === 'dimension' || info.role === 'function') return info.role;
  if ((info.definition?.params.length ?? 0) > 0) return 'function';
  return kindOfShape(info.family !== null && info.declared !== null ? info.declared : shapes.ofSymbol(info.id));
}

function kindOfShape(shape: Shape): TokenKind {
  if (shape.kind === 'tensor') return 'matrix';
  if (isScalar(shape)) return 'scalar';
  if (constantOf(shape.cols) === 1 || constantOf(shape.rows) === 1) return 'vector';
  return isOpen(shape.rows) || isOpen(shape.cols) ? 'variable' : 'matrix';
}

// ---- functions and derivatives

/** The words of an operator that stand between its operands: `tr`, `\softmax`, the `d` of `dz/dx`. */
function operatorTokens(text: string, term: Term): readonly SemanticToken[] {
  if (term.kind === 'derivative' || term.kind === 'differential') {
    return gapsOf(term)
      .flatMap((gap) => wordsIn(text, gap))
      .map((span) => ({ span, kind: 'derivative', role: 'use' }));
  }
  const isNamed =
    (term.kind === 'apply' && (NOTATION[term.op] as Notation).form === 'function') || (term.kind === 'call' && term.callee.kind === 'op');
  const [gap] = isNamed ? gapsOf(term) : [];
  return gap === undefined
    ? []
    : wordsIn(text, gap)
        .slice(0, 1)
        .map((span) => ({ span, kind: 'function', role: 'use' }));
}

/** The stretches of a term that are none of its parts. */
function gapsOf(term: Term): readonly Span[] {
  const parts = childrenOf(term)
    .map(({ span }) => span)
    .sort((a, b) => a.start - b.start);
  const ends = [term.span.start, ...parts.map(({ end }) => end)];
  const starts = [...parts.map(({ start }) => start), term.span.end];
  return ends.map((start, at) => ({ start, end: starts[at] as number })).filter(({ start, end }) => start < end);
}

const WORD = /\\[A-Za-z]+|[\p{L}∂∇]+/gu;

/** Commands that only arrange what stands in them. */
const ARRANGING = /^\\(?:[dt]?frac|left|right|[bB]igg?[lr]?|mathrm|mathbf|mathsf|operatorname|text|rm|bf|limits|nolimits|displaystyle)$/;

function wordsIn(text: string, { start, end }: Span): readonly Span[] {
  const found = [...text.slice(start, end).matchAll(WORD)].filter(([word]) => !ARRANGING.test(word));
  return found.map(({ 0: word, index }) => ({ start: start + index, end: start + index + word.length }));
}

/** What stands in another, or goes over the end of a line, is left out. */
function apart(text: string, tokens: readonly SemanticToken[]): readonly SemanticToken[] {
  let end = 0;
  return [...tokens]
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)
    .filter(({ span }) => {
      if (span.start < end || span.end <= span.start || text.slice(span.start, span.end).includes('\n')) return false;
      end = span.end;
      return true;
    });
}
