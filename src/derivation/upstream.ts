import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { isScalar, SCALAR } from '../shape/shape.ts';
import { dependenciesOf, pathBetween, symbolsIn } from './dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from './derivation.ts';
import { isReached } from './read-equations.ts';

/**
 * The derivation in which a loss that nothing defines is some function of what comes last before it: where a text has `y = W x` and speaks
 * of `∂L/∂y` and `∂L/∂W`, L is left open and depends on y. So does one of which an earlier section said only that it depends on values of its own,
 * which lead to no variable of the claim. Null where a claim is of no such letter.
 */
export function withUpstreamLoss(derivation: Derivation, claim: Equation): Derivation | null {
  const [first] = claim.sides;
  const loss = first?.kind === 'derivative' && first.of.kind === 'symbol' ? derivation.symbols.get(first.of.id) : undefined;
  if (loss === undefined || !(isUnknown(loss) || isOpenElsewhere(derivation, loss, claim))) return null;
  const values = [...differentiatedBy(derivation, loss.id), ...(loss.open ?? [])];
  const last = values.filter((id) => !values.some((other) => other !== id && isMadeOf(derivation, other, id)));
  if (last.length === 0) return null;
  const symbols = new Map(derivation.symbols).set(loss.id, { ...loss, role: 'function', open: last, declared: SCALAR });
  return { ...derivation, symbols };
}

/**
 * The same where the text hands on the derivative by that last value under a name, `δ = ∂L/∂y`, or by itself, "given `∂L/∂y`": what follows from it is right or wrong. Null where it
 * names no derivative, or where the variable may move L in other ways, too.
 */
export function withHandedLoss(derivation: Derivation, equation: Equation): Derivation | null {
  const upstream = withUpstreamLoss(derivation, equation);
  const [first] = equation.sides;
  const loss = first?.kind === 'derivative' && first.of.kind === 'symbol' ? first.of.id : null;
  if (upstream === null || loss === null || first?.kind !== 'derivative') return null;
  const variables = first.wrt.flatMap(({ term }) => symbolsIn(term));
  const open = upstream.symbols.get(loss)?.open ?? [];
  const [last, ...others] = open.filter((id) => variables.some((to) => id === to || isMadeOf(upstream, id, to)));
  return last !== undefined && others.length === 0 && isHanded(derivation, loss, last) ? upstream : null;
}

/** Whether a symbol is defined as the derivative of one by the other, or a text speaks of that derivative by itself, as of what is given. */
function isHanded({ symbols, equations }: Derivation, loss: SymbolId, last: SymbolId): boolean {
  const isByLast = (term: Term | undefined) => {
    const [by, ...more] = term?.kind === 'derivative' && term.of.kind === 'symbol' && term.of.id === loss ? term.wrt : [];
    return by?.term.kind === 'symbol' && by.term.id === last && more.length === 0;
  };
  const isNamed = [...symbols.values()].some(({ definition }) => isByLast(definition?.body));
  return isNamed || equations.some(({ sides: [only, ...others] }) => others.length === 0 && isByLast(only));
}

function isUnknown({ role, declared, definition, open, family }: SymbolInfo): boolean {
  const isNumber = declared === null || isScalar(declared);
  return role === 'variable' && isNumber && definition === null && open === null && family === null;
}

/** "A loss `L` which depends on `S`", above a section whose claims are of what has nothing to do with S. */
function isOpenElsewhere(derivation: Derivation, { open, declared, definition, family }: SymbolInfo, claim: Equation): boolean {
  const isNumber = declared === null || isScalar(declared);
  return open !== null && isNumber && definition === null && family === null && !isReached(derivation, claim);
}

/** The defined symbols by which a text differentiates a letter. */
function differentiatedBy({ equations, symbols }: Derivation, loss: SymbolId): readonly SymbolId[] {
  const bodies = [...symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
  const found = new Set<SymbolId>();
  for (const root of [...equations.flatMap(({ sides }) => sides), ...bodies])
    for (const term of walk(root))
      if (term.kind === 'derivative' && term.of.kind === 'symbol' && term.of.id === loss)
        for (const { term: by } of term.wrt) if (by.kind === 'symbol' && symbols.get(by.id)?.definition != null) found.add(by.id);
  return [...found];
}

function isMadeOf(derivation: Derivation, whole: SymbolId, part: SymbolId): boolean {
  return dependenciesOf(derivation, whole).includes(part) || pathBetween(derivation, whole, part, { without: new Set() }) !== null;
}
