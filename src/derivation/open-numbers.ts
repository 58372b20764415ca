import { childrenOf, type SymbolId, type Term, walk } from '../ops/term.ts';
import { isOpen } from '../shape/dimension.ts';
import { isScalar, SCALAR } from '../shape/shape.ts';
import { isNumberOp } from './among-numbers.ts';
import type { Built } from './build.ts';
import { addedSymbols } from './customary-shapes.ts';
import type { ShapeTable, SymbolInfo } from './derivation.ts';

/**
 * The document with the small letters as numbers that it never declares and uses as numbers only: the `λ` of `λ x`, those of `x^2 y`.
 * Null where there are none.
 */
export function withOpenNumbers(built: Built, shapes: ShapeTable): Built | null {
  const { derivation } = built;
  const letters = [...derivation.symbols.values()].filter((info) => isPlainSmall(info) && isFree(shapes, info));
  if (letters.length === 0) return null;
  const others = unlikeNumbers(derivation);
  const numbers = letters.filter(({ id }) => !others.has(id));
  if (numbers.length === 0) return null;
  const symbols = new Map(derivation.symbols);
  for (const info of numbers) symbols.set(info.id, { ...info, declared: SCALAR });
  return { ...built, derivation: { ...derivation, symbols } };
}

/**
 * Tells what is a number only where small letters are taken for numbers, though the text asks of it what nobody asks of one, as the r and the y of
 * `\|r - y\|` and the M of `M^\top`: there they are something else.
 */
export function madeNumber(
  { derivation: { equations, symbols } }: Built,
  before: ShapeTable,
  numbers: ShapeTable,
): (id: SymbolId) => boolean {
  const bodies = [...symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
  const terms = [...equations.flatMap(({ sides }) => sides), ...bodies].flatMap((root) => [...walk(root)]);
  const asked = new Set(terms.flatMap((term) => (term.kind === 'apply' && !isOfNumbers(term) ? term.args.flatMap(addedSymbols) : [])));
  return (id) => asked.has(id) && isScalar(numbers.ofSymbol(id)) && !isScalar(before.ofSymbol(id));
}

/** `x`, `\lambda_1`, the speed `\dot\theta` of an angle; a bold letter or one with an arrow is no number. */
function isPlainSmall({ text, role, declared, definition, open, family }: SymbolInfo): boolean {
  const isUnknown = role === 'variable' && declared === null && definition === null && open === null && family === null;
  return isUnknown && /^(?:\\d{1,2}ot *\{?)?(?:\p{Ll}|\\[a-z]+)\}?$/u.test(text.replace(/[\^_].*/su, ''));
}

function isFree(shapes: ShapeTable, { id }: SymbolInfo): boolean {
  const shape = shapes.ofSymbol(id);
  return shape.kind === 'matrix' && isOpen(shape.rows) && isOpen(shape.cols);
}

/** The letters of which a text asks somewhere what one asks of vectors and matrices only. */
function unlikeNumbers({ equations, symbols }: Built['derivation']): ReadonlySet<SymbolId> {
  const bodies = [...symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
  const found = new Set<SymbolId>();
  for (const root of [...equations.flatMap(({ sides }) => sides), ...bodies])
    for (const term of walk(root))
      if (!isOfNumbers(term)) for (const child of childrenOf(term)) if (child.kind === 'symbol') found.add(child.id);
  return found;
}

function isOfNumbers(term: Term): boolean {
  if (term.kind === 'derivative') return term.form === 'derivative' || term.form === 'direct';
  if (term.kind === 'apply') return isNumberOp(term.op) || term.op === 'inverse';
  return term.kind === 'call' || term.kind === 'binder';
}
