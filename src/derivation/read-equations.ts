import { replacedAlike } from '../ops/rewrite.ts';
import { type SymbolId, type Term, termKey, walk } from '../ops/term.ts';
import { pathBetween, reachOf, symbolsIn } from './dependencies.ts';
import type { Derivation, Equation } from './derivation.ts';

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
  const known = [...reach].filter((id) => !variables.includes(id) && isOpenEnd(derivation, id));
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
  const derivatives = claim.sides.flatMap((side) => [...walk(side)]).filter((term) => term.kind === 'derivative');
  const astray = derivatives
    .filter((term) => !isReached(derivation, { sides: [term] }))
    .flatMap(({ wrt }) => wrt.flatMap(({ term }) => symbolsIn(term)));
  if (astray.length === 0) return null;
  const stated = derivation.equations.filter(({ section, span }) => section === claim.section && span.start < claim.span.start);
  const said = [...reach].flatMap((id): readonly (readonly [SymbolId, Term])[] => {
    const body = statedIn(stated, id);
    const leads = body !== null && !symbolsIn(body).includes(id) && astray.some((variable) => leadsTo(derivation, body, variable));
    return leads ? [[id, body]] : [];
  });
  return said.length === 0 ? null : withDefinitions(derivation, said);
}

/**
 * "Replace the logistic curve by `p_i = 1 - \exp(-\exp η_i)`", in a section of its own: a claim there about the ℓ of an earlier section, which
 * is made of p, reads the p of its own section. So does one below "the same thing is `y = T x`".
 */
function saidAnew(derivation: Derivation, claim: Equation, reach: ReadonlySet<SymbolId>): Derivation | null {
  const own = derivation.equations.filter(({ section, span }) => section === claim.section && span.start < claim.span.start);
  const ofLetter = new Map(own.flatMap(({ defines }) => (defines === null || reach.has(defines) ? [] : [[letterOf(defines), defines]])));
  const isOwn = (id: SymbolId) => own.some(({ defines }) => defines === id);
  const said = [...reach].flatMap((id): readonly (readonly [SymbolId, Term])[] => {
    if (derivation.symbols.get(id)?.definition == null || isOwn(id)) return [];
    const anew = derivation.symbols.get(ofLetter.get(letterOf(id)) ?? '')?.definition;
    const body = anew != null && anew.params.length === 0 ? anew.body : statedIn(own, id);
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
  return first.wrt.every(({ term }) => symbolsIn(term).some((id) => reach.has(id)));
}

function isOpenEnd({ symbols }: Derivation, id: SymbolId): boolean {
  const info = symbols.get(id);
  return info !== undefined && info.role === 'variable' && info.definition === null && info.open === null && info.family === null;
}

/** What a symbol is said to equal before the claim: in an equation, or by the same letter's definition in a section within. */
function equationFor({ symbols, equations, sections }: Derivation, claim: Equation, id: SymbolId): Term | null {
  const around = new Set<number>();
  for (let at: number | null = claim.section; at !== null; at = sections[at]?.parent ?? null) around.add(at);
  const before = equations.filter(({ section, span }) => around.has(section) && span.start < claim.span.start);
  const stated = statedIn(before, id);
  if (stated !== null) return stated;
  const within = before.findLast(({ defines }) => defines !== null && defines !== id && letterOf(defines) === letterOf(id));
  if (within?.defines == null || (symbols.get(within.defines)?.definition?.params.length ?? 1) > 0) return null;
  return { kind: 'symbol', id: within.defines, span: within.span };
}

/** What the last equation that says it makes a symbol equal to. */
function statedIn(equations: readonly Equation[], id: SymbolId): Term | null {
  const stated = equations.findLast(
    ({ kind, sides, relations }) =>
      kind === 'equation' && sides.length === 2 && relations[0] === '=' && sides[0]?.kind === 'symbol' && sides[0].id === id,
  );
  return (stated?.sides[1] as Term | undefined) ?? null;
}

/** Versions of one letter in several sections differ in what follows `@`. */
function letterOf(id: SymbolId): string {
  return id.slice(0, id.lastIndexOf('@'));
}

function leadsTo(derivation: Derivation, body: Term, variable: SymbolId): boolean {
  return [...walk(body)].some(
    (term) =>
      term.kind === 'symbol' && (term.id === variable || pathBetween(derivation, term.id, variable, { without: new Set() }) !== null),
  );
}

/** The derivation with other definitions of some symbols, with the parameters that they have. */
export function withDefinitions(derivation: Derivation, bodies: readonly (readonly [SymbolId, Term])[]): Derivation {
  const symbols = new Map(derivation.symbols);
  for (const [id, body] of bodies) {
    const info = symbols.get(id);
    if (info !== undefined) symbols.set(id, { ...info, definition: { params: info.definition?.params ?? [], body, span: body.span } });
  }
  return { ...derivation, symbols };
}
