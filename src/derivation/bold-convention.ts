import type { Span } from '../base/span.ts';
import { ONE } from '../shape/dimension.ts';
import { type MatrixShape, matrix, SCALAR } from '../shape/shape.ts';
import { freshDim, type Unifier } from '../shape/unify.ts';
import type { Derivation, SymbolInfo } from './derivation.ts';

/**
 * What `convention bold` says of a symbol of which nothing else is said: a letter without a style is a number, a small bold one a
 * column, a bold capital a matrix. Null where the convention does not hold, or says nothing of such a name.
 */
export function conventionalForm(derivation: Derivation, unifier: Unifier, info: SymbolInfo): MatrixShape | null {
  const form = conventionFor(derivation, info);
  if (form === null) return null;
  return form === 'number' ? SCALAR : matrix(freshDim(unifier), form === 'column' ? ONE : freshDim(unifier));
}

/** The form by itself. */
export function conventionFor(derivation: Derivation, info: SymbolInfo): 'number' | 'column' | 'matrix' | null {
  if (info.role !== 'variable' || info.declared !== null || info.definition !== null || info.open !== null || info.family !== null)
    return null;
  if (!holdsAt(derivation, info.span)) return null;
  const name = info.id.slice(0, info.id.lastIndexOf('@'));
  const { styles = '', letter = '' } = /^(?<styles>(?:\p{L}+:)*)(?<letter>\p{L})(?!\p{L})/u.exec(name)?.groups ?? {};
  if (letter === '') return null;
  if (/\b(?:bold|vec):/.test(styles)) return isCapital(letter) ? 'matrix' : 'column';
  return STYLED.test(styles) ? null : 'number';
}

/** Styles that the convention does not speak of. */
const STYLED = /\b(?:cal|rm|sf|bb|frak|scr|tt):/;

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase();
}

function holdsAt({ sections }: Derivation, { start }: Span): boolean {
  return sections.findLast(({ span }) => span.start <= start && start <= span.end)?.settings.boldConvention ?? false;
}

/** A bold letter, or one with an arrow: nobody prints a number so. */
export function isBoldLetter({ id }: Pick<SymbolInfo, 'id'>): boolean {
  return /^(?:[a-z]+:)*(?:bold|vec):/u.test(id);
}
