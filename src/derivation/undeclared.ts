import { childrenOf, type SymbolId, type Term, walk } from '../ops/term.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';
import type { Built } from './build.ts';
import { reachOfSides, symbolsIn, termsBelow } from './dependencies.ts';
import type { Derivation, Equation, ShapeTable, SymbolInfo } from './derivation.ts';
import { isReached } from './read-equations.ts';
import { isTakenFrom, lettersOf } from './sayings.ts';

/**
 * The derivation with data taken as given: where a text declares `y` and says `y = h(x) + v` of a vector `v`, or `y_i = h(x_i) + v_i` of numbers, that
 * nothing introduces, or `y = h(x)` and then takes `h(x)` away from it, that is a model of what was measured, and no definition through which y would
 * move with x. So are `z = H x + v` of a z that nothing declares, where `z - H x` follows, and `y_i = x_i' β + v_i`, where `y_i - x_i' β` does.
 * And so is a declared `y = H x + v` of a declared v where `y - H x` stands in what is said of the claim's function in any section. Null where the claim rests on no such symbol.
 */
export function readingModels({ derivation, implicit }: Built, shapes: ShapeTable, claim: Equation): Derivation | null {
  const isNoise = (id: SymbolId) => implicit.has(id) && !isScalar(shapes.ofSymbol(id));
  const isModel = (body: Term) =>
    summandsOf(body).some((term) => endsInNoise(term, isNoise)) || (isStack(body) && memberIn(body, implicit, []) !== null);
  const reach = [...reachOfSides(derivation, claim)];
  const bodies = reach.flatMap((id) => derivation.symbols.get(id)?.definition?.body ?? []);
  const isTakenAway = (id: SymbolId, value: Term) => bodies.some((one) => takesAway(one, id, value));
  const isData = ({ id, declared }: SymbolInfo, body: Term) => {
    if (declared !== null) return isModel(body) || isTakenAway(id, body) || isModelled(id, body);
    const signal = isStack(body) ? withoutNoise(body.body, (one) => implicit.has(one)) : withoutNoise(body, isNoise);
    return signal !== null && isTakenAway(id, signal);
  };
  const spokenOf = new Set(claim.sides.flatMap(symbolsIn));
  const isError = (id: SymbolId) => !spokenOf.has(id) && isLeftOpen(derivation.symbols.get(id));
  const isModelled = (id: SymbolId, body: Term) => {
    const signal = withoutNoise(body, isError);
    return signal !== null && reach.some((of) => isTakenFrom(derivation.sayings(), of, id, signal));
  };
  const data = reach.flatMap((id) => {
    const info = derivation.symbols.get(id);
    return info != null && info.definition !== null && isData(info, info.definition.body) ? [info] : [];
  });
  if (data.length === 0) return null;
  const symbols = new Map(derivation.symbols);
  for (const info of data) symbols.set(info.id, { ...info, definition: null, declared: info.declared ?? memberShape(info, shapes) });
  return { ...derivation, symbols };
}

/** The ε of `y = X β + ε`, declared or not: a column of which nothing tells what it is. */
function isLeftOpen(info: SymbolInfo | undefined): boolean {
  return info?.definition === null && info.role === 'variable' && info.declared !== null && !isScalar(info.declared);
}

/** What each member of data is that are told one by one: a number, or what else `x_i' β` is. */
function memberShape({ definition }: SymbolInfo, shapes: ShapeTable): MatrixShape | null {
  const body = definition?.body;
  const shape = body !== undefined && isStack(body) ? shapes.ofTerm(body.body) : null;
  return shape?.kind === 'matrix' ? shape : null;
}

/** The terms of a sum; none of what is no sum. */
function summandsOf(body: Term): readonly Term[] {
  const isSum = body.kind === 'apply' && (body.op === 'add' || body.op === 'sub');
  return isSum ? body.args.flatMap((arg) => [arg, ...summandsOf(arg)]) : [];
}

/** `v`, `\sigma v`, `B v`, and not the `A h` of a known h. */
function endsInNoise(term: Term, isNoise: (id: SymbolId) => boolean): boolean {
  if (term.kind === 'symbol') return isNoise(term.id);
  const last = term.kind === 'apply' && PRODUCTS.has(term.op) ? term.args.at(-1) : undefined;
  return last !== undefined && endsInNoise(last, isNoise);
}

const PRODUCTS: ReadonlySet<OpName> = new Set(['mul', 'hadamard', 'neg']);

/** The `H x` of `H x + v`. */
function withoutNoise(body: Term, isNoise: (id: SymbolId) => boolean): Term | null {
  if (body.kind !== 'apply' || body.op !== 'add' || body.args.length !== 2) return null;
  const [signal, noise] = body.args as readonly [Term, Term];
  return noise.kind === 'symbol' && isNoise(noise.id) ? signal : null;
}

/** Whether somewhere in a term what defines a symbol is taken away from it, which would be zero: `y - \Phi\theta` after `y = \Phi\theta`. */
function takesAway(term: Term, id: SymbolId, body: Term): boolean {
  const [left, right] = term.kind === 'apply' && term.op === 'sub' ? term.args : [];
  const isOf = (one: Term | undefined) => one?.kind === 'symbol' && one.id === id;
  const isResidual = (one: Term | undefined, other: Term | undefined) =>
    isOf(one?.kind === 'entry' ? one.base : one) && other !== undefined && lettersOf(other) === lettersOf(body);
  return isResidual(left, right) || isResidual(right, left) || childrenOf(term).some((child) => takesAway(child, id, body));
}

function isStack(body: Term): body is Term & { readonly kind: 'binder' } {
  return body.kind === 'binder' && body.binder === 'stack';
}

/**
 * A symbol that nobody declared or defined, and that a claim brings along though what is differentiated knows nothing of it: the r of
 * `∇f = A' r` that only the words call `A x - b`. Or it is what hides the variable, as in `f(x) = ‖r‖²`. Null where there is none.
 */
export function stranger({ derivation, implicit }: Built, claim: Equation): SymbolId | null {
  const known = reachOfSides(derivation, { sides: claim.sides.slice(0, 1) });
  const isTold = (id: SymbolId) => derivation.symbols.get(id)?.definition != null;
  const isStrange = (id: SymbolId) =>
    implicit.has(id) && !isTold(id) && (!known.has(id) || (!isReached(derivation, claim) && !isVariable(claim, id)));
  return [...reachOfSides(derivation, claim)].find(isStrange) ?? null;
}

/** What a claim differentiates by and nobody declared: the plain `h_i` of a text that says all else of `\mathbf h`. */
export function undeclaredVariable({ implicit }: Built, { sides: [first] }: Equation): SymbolId | null {
  const variables = first?.kind === 'derivative' ? first.wrt.flatMap(({ term }) => symbolsIn(term)) : [];
  return variables.find((id) => implicit.has(id)) ?? null;
}

function isVariable({ sides: [first] }: Equation, id: SymbolId): boolean {
  return first?.kind === 'derivative' && first.wrt.some(({ term }) => symbolsIn(term).includes(id));
}

/**
 * A symbol that a claim rests on, that nobody declared, and that counts with a sum around it, as `q_{k,t}` below `Σ_k`:
 * no one value can stand for it. Null where there is none.
 */
export function undeclaredMember({ derivation, implicit }: Built, claim: Equation): SymbolId | null {
  for (const term of termsBelow(derivation, claim)) {
    const found = memberIn(term, implicit, []);
    if (found !== null) return found;
  }
  return null;
}

/** A symbol that nobody declared, that a claim rests on, and that an equation would define by itself: `f = f + a`. Null where there is none. */
export function definedByItself({ derivation, implicit }: Built, claim: Equation): SymbolId | null {
  const reached = reachOfSides(derivation, claim);
  const circular = derivation.equations.flatMap(({ sides: [first, ...others] }) =>
    first?.kind === 'symbol' && others.some((side) => symbolsIn(side).includes(first.id)) ? [first.id] : [],
  );
  return circular.find((id) => implicit.has(id) && reached.has(id) && derivation.symbols.get(id)?.definition === null) ?? null;
}

/**
 * A member that a claim rests on beside its family, where no index says which it is: the `x_n` of a definition that holds
 * for every n, and that was not read as one. Null where there is none.
 */
export function strayMember({ derivation }: Built, claim: Equation): SymbolId | null {
  const reached = [...reachOfSides(derivation, claim)].flatMap((id) => derivation.symbols.get(id) ?? []);
  const families = new Set(reached.flatMap(({ id, family }) => (family === null ? [] : [letterUnder(id)])));
  return reached.find(({ id, namedAfter }) => namedAfter && families.has(letterUnder(id)))?.id ?? null;
}

/**
 * A member under a sum that a claim rests on, where an equation tells each by another one, as `x_{k+1} = A x_k`: members are not drawn
 * one by one. Null where there is none.
 */
export function recursiveMember({ derivation }: Built, claim: Equation): SymbolId | null {
  const recursive = new Set(derivation.equations.flatMap(recursiveLetter));
  if (recursive.size === 0) return null;
  const summed = termsBelow(derivation, claim)
    .flatMap((side) => [...walk(side)])
    .filter(({ kind }) => kind === 'binder');
  const isRecursive = (term: Term) => recursive.has(memberLetter(term) ?? '') && !isNumbered(term);
  const found = summed.flatMap((sum) => [...walk(sum)]).find(isRecursive);
  return found === undefined
    ? null
    : found.kind === 'entry' && found.base.kind === 'symbol'
      ? found.base.id
      : found.kind === 'symbol'
        ? found.id
        : null;
}

function recursiveLetter({ kind, sides: [first, ...others], relations }: Equation): readonly string[] {
  // `x_i \leftrightarrow x_i'` are two things that belong together.
  if (relations[0] === '→') return [];
  const letter = first === undefined || (kind !== 'equation' && kind !== 'definition') ? null : memberLetter(first);
  return letter !== null && others.some((side) => [...walk(side)].some((term) => memberLetter(term) === letter)) ? [letter] : [];
}

/** The `x_0` that a recursion begins with is one value, wherever it stands. */
function isNumbered(term: Term): boolean {
  return term.kind === 'symbol' && /_\d+@/u.test(term.id);
}

/** The x of `x_{k+1}`, a symbol or the member of a family. */
function memberLetter(term: Term): string | null {
  if (term.kind === 'entry' && term.base.kind === 'symbol') return letterUnder(term.base.id);
  return term.kind === 'symbol' && /_[^_]*@/u.test(term.id) ? letterUnder(term.id) : null;
}

/** `x` of `x_n`, and of the family `x[]`. */
export function letterUnder(id: SymbolId): string {
  return id.slice(0, id.lastIndexOf('@')).replace(/_[^_]*$|\[\]$/u, '');
}

function memberIn(term: Term, implicit: ReadonlySet<SymbolId>, letters: readonly string[]): SymbolId | null {
  if (term.kind === 'symbol')
    return implicit.has(term.id) && lettersBelow(term.id).some((letter) => letters.includes(letter)) ? term.id : null;
  const within = term.kind === 'binder' ? [...letters, ...term.indices.map(letterOf)] : letters;
  for (const child of childrenOf(term)) {
    const found = memberIn(child, implicit, within);
    if (found !== null) return found;
  }
  return null;
}

/** Bound indices are their letter and a number. */
function letterOf(index: SymbolId): string {
  return index.slice(0, index.lastIndexOf('#'));
}

/** What stands in the subscripts of a symbol's key. */
function lettersBelow(id: SymbolId): readonly string[] {
  return id.slice(0, id.lastIndexOf('@')).split(/[_,]/u).slice(1);
}
