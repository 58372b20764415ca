import { reachOfSides } from '../derivation/dependencies.ts';
import type { Equation, SymbolInfo } from '../derivation/derivation.ts';
import { stranger } from '../derivation/undeclared.ts';
import { variable } from '../shape/dimension.ts';
import { matrix, SCALAR } from '../shape/shape.ts';
import { strayVariable } from './claims.ts';
import { type Built, isUndeclared, WEIGHT } from './undeclared-sizes.ts';

/** The size of the matrices; no text writes it. */
const SIZE = variable('·rule');

/**
 * A text with the capital letters of a claim as square matrices of one size, and what terms are weighed with as numbers: `d(XY) = (dX) Y + X dY`,
 * `∇_W \|XW - Y\|_F^2 = 2 X^\top (XW - Y)`, of which nothing is declared. What holds for all of those is a rule of matrices, with the same factors in the
 * same order, and so holds wherever its products exist. Null where other letters are in the claim, or none but numbers could be meant.
 */
export function withSquareMatrices(built: Built, claim: Equation): Built | null {
  const { derivation } = built;
  const reached = [...reachOfSides(derivation, claim)].flatMap((id) => derivation.symbols.get(id) ?? []);
  const letters = reached.filter(({ role, definition }) => role === 'variable' && definition === null);
  const isKnown = letters.every((info) => isUndeclared(info) && (isMatrixLetter(info) || WEIGHT.test(info.text)));
  if (!isKnown || !letters.some(isMatrixLetter) || strayVariable(built, claim) !== null || stranger(built, claim) !== null) return null;
  const symbols = new Map(derivation.symbols);
  for (const info of letters) symbols.set(info.id, { ...info, declared: isMatrixLetter(info) ? matrix(SIZE, SIZE) : SCALAR });
  const implicit = new Set([...built.implicit, ...letters.map(({ id }) => id)]);
  return { ...built, implicit, derivation: { ...derivation, symbols } };
}

function isMatrixLetter({ id }: SymbolInfo): boolean {
  return /^(?:(?:bold|rm|sf):)*\p{Lu}(?!\p{L})/u.test(id);
}
