import { overlaid } from '../base/overlaid.ts';
import { replacedAlike } from '../ops/rewrite.ts';
import { type DerivativeTerm, type SymbolId, type Term, termKey, walk } from '../ops/term.ts';
import { isOpenEnd, pathBetween, reachOf, symbolsIn } from './dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from './derivation.ts';
import { lastDefining, lastStated, letterOf } from './sayings.ts';

/**
 * The derivation as a claim reads it. A text may differentiate by `a` first and say `a = W x` afterwards,
 * which is then an equation and no definition of all that stands above; a claim about `dL/dW` reads it as one.
 * Or it names afterwards what a definition spells out. Null where nothing stands between the claim's function and its variable that
 * an equation would join.
 */
export function readingEquations(derivation: Derivation, claim: Equation): Derivation | null {
  const [first] = claim.sides;
  if (first?.kind !== 'derivative') return null;
  const variables = first.wrt.flatMap(({ term }) => symbolsIn(term));
  const reach = reachOf(derivation, symbolsIn(first.of));
  const isEnd = (info: SymbolInfo | undefined) => info !== undefined && isOpenEnd(info);
  const known = [...reach].filter((id) => !variables.includes(id) && isEnd(derivation.symbols.get(id)));
  const joined = known.flatMap((id): readonly (readonly [SymbolId, Term])[] => {
    const body = equationFor(derivation, claim, id);
    const leads = body !== null && !symbolsIn(body).includes(id) && variables.some((variable) => leadsTo(derivation, body, variable));
    return leads ? [[id, body]] : [];
  });
  if (joined.length > 0) return withDefinitions(derivation, joined);
  return (
    restated(derivation, claim, reach, variables) ??
    spelledOut(derivation, reach, variables) ??
    anotherWay(derivation, claim, reach) ??
    saidAnew(derivation, claim, reach)
  );
}

/** `ℓ = \log|\Lambda| - …`, where ℓ is defined by Σ and `Λ = Σ^{-1}`: a claim about `dℓ/dΛ` reads what was said last, which speaks of its variable. */
function restated(
  derivation: Derivation,
  claim: Equation,
  reach: ReadonlySet<SymbolId>,
  variables: readonly SymbolId[],
): Derivation | null {
  const of = claim.sides[0]?.kind === 'derivative' && claim.sides[0].of.kind === 'symbol' ? claim.sides[0].of.id : null;
  if (of === null || variables.some((id) => reach.has(id))) return null;
  const body = equationFor(derivation, claim, of);
  return body !== null && body.kind !== 'symbol' && variables.every((id) => symbolsIn(body).includes(id)) && !symbolsIn(body).includes(of)
    ? withDefinitions(derivation, [[of, body]])
    : null;
}

/**
 * Below "now let `W = W_0 + A B` be free, with `Y = X W`" a claim with `∂L/∂W` in it reads the Y that L is made of as its own section has
 * it, whatever another defines: the W would lead nowhere.
 */
function anotherWay(derivation: Derivation, claim: Equation, reach: ReadonlySet<SymbolId>): Derivation | null {
  const astray = astrayIn(derivation, claim).flatMap(variablesOf);
  if (astray.length === 0) return null;
  const said = [...reach].flatMap((id): readonly (readonly [SymbolId, Term])[] => {
    const stated = bodyOf(lastStated(derivation.sayings(), [claim.section], claim, id));
    const leads = (body: Term) => !symbolsIn(body).includes(id) && astray.some((variable) => leadsTo(derivation, body, variable));
    const body = [...(stated === null ? [] : [stated]), ...furtherSides(derivation, id)].find(leads);
    return body === undefined ? [] : [[id, body]];
  });
  return said.length === 0 ? null : withDefinitions(derivation, said);
}

/** The `P k` of `y = T x = P k`: what is said of y when it is defined, and leads to another letter. */
function furtherSides({ sayings }: Derivation, id: SymbolId): readonly Term[] {
  const sides = sayings().severally.get(id)?.sides.slice(2) ?? [];
  return sides.filter(({ kind }) => kind !== 'symbol');
}

/** The derivatives in a claim whose functions lead nowhere to what they are by. */
function astrayIn(derivation: Derivation, { sides }: Equation): readonly DerivativeTerm[] {
  const derivatives = sides.flatMap((side) => [...walk(side)]).filter((term) => term.kind === 'derivative');
  return derivatives.filter((term) => !isReached(derivation, { sides: [term] }));
}

function variablesOf({ wrt }: DerivativeTerm): readonly SymbolId[] {
  return wrt.flatMap(({ term }) => symbolsIn(term));
}

/**
 * After `f = \|X w\|^2` and then `z = X w`, `∂f/∂w = X' ∂f/∂z` reads f as made of z. Null where no derivative behind
 * the first side is by what a definition spells out.
 */
export function readingBehind(derivation: Derivation, claim: Equation): Derivation | null {
  const astray = astrayIn(derivation, { ...claim, sides: claim.sides.slice(1) });
  if (astray.length === 0) return null;
  const reach = reachOf(
    derivation,
    astray.flatMap(({ of }) => symbolsIn(of)),
  );
  return spelledOut(derivation, reach, astray.flatMap(variablesOf));
}

/**
 * "Replace the logistic curve by `p_i = 1 - \exp(-\exp η_i)`", in a section of its own: a claim there about the ℓ of an earlier section, which
 * is made of p, reads the p of its own section. So does one below "the same thing is `y = T x`".
 */
function saidAnew(derivation: Derivation, claim: Equation, reach: ReadonlySet<SymbolId>): Derivation | null {
  const definedHere = (id: SymbolId, fits: (defined: SymbolId) => boolean) =>
    lastDefining(derivation.sayings(), [claim.section], claim, letterOf(id), fits)?.defines ?? null;
  const isOwn = (id: SymbolId) => definedHere(id, (defined) => defined === id) !== null;
  const said = [...reach].flatMap((id): readonly (readonly [SymbolId, Term])[] => {
    if (derivation.symbols.get(id)?.definition == null || isOwn(id)) return [];
    const anew = derivation.symbols.get(definedHere(id, (defined) => !reach.has(defined)) ?? '')?.definition;
    const stated = bodyOf(lastStated(derivation.sayings(), [claim.section], claim, id));
    const body = anew != null && anew.params.length === 0 ? anew.body : stated;
    return body === null || symbolsIn(body).includes(id) ? [] : [[id, body]];
  });
  return said.length === 0 ? null : withDefinitions(derivation, said);
}

/** `g = softmax(W x)`, and later `a = W x`: a claim about `dg/da` reads the first as `softmax(a)`. */
function spelledOut(derivation: Derivation, reach: ReadonlySet<SymbolId>, variables: readonly SymbolId[]): Derivation | null {
  const named = variables.flatMap((id) => {
    const definition = derivation.symbols.get(id)?.definition;
    return definition == null || definition.params.length > 0 || definition.body.kind === 'symbol' || reach.has(id)
      ? []
      : [{ id, key: termKey(definition.body) }];
  });
  const changed = [...reach].flatMap((id): readonly (readonly [SymbolId, Term])[] => {
    const body = derivation.symbols.get(id)?.definition?.body;
    if (body === undefined) return [];
    const read = named.reduce((term, one) => replacedAlike(term, one.key, ({ span }) => ({ kind: 'symbol', id: one.id, span })), body);
    return read === body ? [] : [[id, read]];
  });
  return changed.length === 0 ? null : withDefinitions(derivation, changed);
}

/** Whether the variable of a claim is reached from its function by definitions alone. */
export function isReached(derivation: Derivation, { sides: [first] }: Pick<Equation, 'sides'>): boolean {
  if (first?.kind !== 'derivative') return true;
  const reach = reachOf(derivation, symbolsIn(first.of));
  // The i of `∂z_i/∂h_i` leads nowhere.
  const isVariable = (id: SymbolId) => derivation.symbols.get(id)?.role !== 'index';
  return first.wrt.every(({ term }) => symbolsIn(term).some((id) => isVariable(id) && reach.has(id)));
}

/** What a symbol is said to equal before the claim: in an equation, or by the same letter's definition in a section within. */
function equationFor({ symbols, sayings, sections }: Derivation, claim: Equation, id: SymbolId): Term | null {
  const around: number[] = [];
  for (let at: number | null = claim.section; at !== null; at = sections[at]?.parent ?? null) around.push(at);
  const stated = bodyOf(lastStated(sayings(), around, claim, id));
  if (stated !== null) return stated;
  const within = lastDefining(sayings(), around, claim, letterOf(id), (defined) => defined !== id);
  const params = symbols.get(within?.defines ?? '')?.definition?.params;
  const [first] = claim.sides;
  const variables = first?.kind === 'derivative' ? first.wrt.flatMap(({ term }) => symbolsIn(term)) : [];
  // An `A(t)` is what A is in a derivative by that t.
  if (within?.defines == null || params === undefined || !params.every((id) => variables.includes(id))) return null;
  return { kind: 'symbol', id: within.defines, span: within.span };
}

/** What an equation makes the symbol on its left equal to. */
function bodyOf(stated: Equation | null): Term | null {
  return stated?.sides[1] ?? null;
}

function leadsTo(derivation: Derivation, body: Term, variable: SymbolId): boolean {
  return [...walk(body)].some(
    (term) =>
      term.kind === 'symbol' && (term.id === variable || pathBetween(derivation, term.id, variable, { without: new Set() }) !== null),
  );
}

/** The derivation with other definitions of some symbols, with the parameters that they have. */
export function withDefinitions(derivation: Derivation, bodies: readonly (readonly [SymbolId, Term])[]): Derivation {
  const changed = bodies.flatMap(([id, body]): (readonly [SymbolId, SymbolInfo])[] => {
    const info = derivation.symbols.get(id);
    return info === undefined ? [] : [[id, { ...info, definition: { params: info.definition?.params ?? [], body, span: body.span } }]];
  });
  return { ...derivation, symbols: overlaid(derivation.symbols, new Map(changed)) };
}
