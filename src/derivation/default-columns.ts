import { type SymbolId, walk } from '../ops/term.ts';
import { isFlexible, isOpen, nameOf } from '../shape/dimension.ts';
import type { MatrixShape } from '../shape/shape.ts';
import type { Derivation, SymbolInfo } from './derivation.ts';
import { type Inference, checkpoint, known, rollback, settle, symbolShape, takeAsColumn } from './inference.ts';

/**
 * Small letters that nothing declares are columns, as x is in `x' A x`: those of which the uses say how many rows they have, and
 * those that are transposed, for nobody transposes a number. Where something would not fit then, they stay open.
 */
export function takeAsColumns(inference: Inference): void {
  const candidates = [...inference.derivation.symbols.values()].filter(
    (info) => isSmallLetter(info) && openColumns(inference, info) !== null,
  );
  if (candidates.length === 0) return;
  const transposed = transposedSymbols(inference.derivation);
  for (const info of candidates) {
    const shape = openColumns(inference, info);
    if (shape === null || (isOpen(shape.rows) && !transposed.has(info.id))) continue;
    const mark = checkpoint(inference);
    takeAsColumn(inference, info.id, shape);
    settle(inference);
    if (inference.problems.length > mark.problems) rollback(inference, mark);
  }
}

function isSmallLetter({ text, role, declared, definition, open, family }: SymbolInfo): boolean {
  const says = declared !== null || definition !== null || open !== null || family !== null;
  return role === 'variable' && !says && /^[^A-Z]*$/u.test(text.replace(/\\[A-Za-z]+|\^.*|_.*/gu, ''));
}

/** The shape of a symbol of which the number of columns is not known. */
function openColumns(inference: Inference, { id }: SymbolInfo): MatrixShape | null {
  const shape = known(inference, symbolShape(inference, id));
  return shape.kind === 'matrix' && isFlexible(nameOf(shape.cols) ?? '') ? shape : null;
}

function transposedSymbols({ equations, symbols }: Derivation): ReadonlySet<SymbolId> {
  const bodies = [...symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
  const found = new Set<SymbolId>();
  for (const root of [...equations.flatMap(({ sides }) => sides), ...bodies])
    for (const term of walk(root))
      if (term.kind === 'apply' && term.op === 'transpose' && term.args[0]?.kind === 'symbol') found.add(term.args[0].id);
  return found;
}
