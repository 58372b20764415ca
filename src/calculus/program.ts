import { dependenciesOf, symbolsIn } from '../derivation/dependencies.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { contains, freeIndices, partsOf, type Value } from '../ops/algebra/value.ts';
import type { SymbolId } from '../ops/term.ts';
import type { MatrixShape } from '../shape/shape.ts';
import { afterWhatTheyAreMadeOf, isCompound, type NamedPart, nameCommonParts } from './common-parts.ts';
import type { DerivedText } from './derive-text.ts';
import { freshName, withOwnNames } from './formula.ts';
import { infoOf, type Lowering, lower, shapeOfSymbol } from './lower.ts';
import { Refused } from './refusal.ts';

/** A function that computes a value and its derivative, before it is written in any language. */
export interface Program {
  readonly parameters: readonly Parameter[];
  /** What the text defines, in an order in which it can be computed. */
  readonly locals: readonly { readonly name: string; readonly value: Value }[];
  readonly value: Value;
  readonly derivative: Value;
  readonly nameOf: (id: SymbolId) => string;
  /** The parameter or local that it is differentiated by. */
  readonly wrt: string | null;
  /** How often it is differentiated by that; null where by others too. */
  readonly order: number | null;
  /** Sizes that the text fixes. */
  readonly sizes: ReadonlyMap<string, number>;
}

export interface Parameter {
  readonly name: string;
  readonly shape: MatrixShape;
  readonly properties: SymbolInfo['properties'];
}

/** The program of a derivative. Throws `Refused` where a definition is left open. */
export function programOf(
  { built, shapes, asked, derived }: DerivedText,
  layout: Lowering['layout'],
  reserved: ReadonlySet<string>,
): Program {
  const lowering: Lowering = { derivation: built.derivation, shapes, layout, bound: new Map(), depth: 0, derive: () => refuse() };
  const value = lower(lowering, asked.of);
  const by = asked.wrt.flatMap(({ term }) => symbolsIn(term));
  // The variable is a parameter also where the value does not depend on it: it says which shape the zero has.
  const order = inOrder(lowering, [...symbolsIn(asked.of), ...symbolsOf(derived.value), ...by]);
  const nameOf = names(lowering, reserved);
  // Functions are expanded; one that stands for its value at its own parameters is computed like any other.
  const used = new Set([...symbolsOf(value), ...symbolsOf(derived.value)]);
  const variables = order
    .map((id) => infoOf(lowering, id))
    .filter(({ id, definition }) => (definition?.params.length ?? 0) === 0 || used.has(id));
  const wrt = asked.wrt[0]?.term;
  const isIndex = (id: SymbolId) => lowering.derivation.symbols.get(id)?.role === 'index';
  if ([value, derived.value].some((one) => freeIndices(one, isIndex).length > 0))
    throw new Refused('an index is free in it, and code needs a number');
  const parameters = variables
    .filter(isGiven)
    .map((info) => ({ name: nameOf(info.id), shape: shapeOfSymbol(lowering, info.id), properties: info.properties }));
  const defined = variables
    .filter((info) => !isGiven(info))
    .map((info) => ({ id: info.id, value: lower(lowering, (info.definition as NonNullable<SymbolInfo['definition']>).body) }));
  const computed = computedOnce(lowering, { value, derivative: derived.value, defined });
  const whole = computed.value.kind === 'symbol' && computed.names.has(computed.value.id) ? computed.value.id : null;
  const called = (id: SymbolId) => (id === whole ? 'value' : nameOf(id));
  return {
    parameters,
    locals: computed.defined.map((local) => ({ name: called(local.id), value: local.value })),
    value: computed.value,
    derivative: computed.derivative,
    nameOf: called,
    wrt: wrt?.kind === 'symbol' ? nameOf(wrt.id) : null,
    order: asked.wrt.every(({ term }) => term.kind === 'symbol' && wrt?.kind === 'symbol' && term.id === wrt.id) ? asked.wrt.length : null,
    sizes: new Map(built.derivation.equations.flatMap(({ settings }) => [...settings.sizes])),
  };
}

interface Computation {
  readonly value: Value;
  readonly derivative: Value;
  readonly defined: readonly NamedPart[];
}

/** Gives a name to whatever is computed more than once, and puts all in an order in which it can be computed. */
function computedOnce(
  { derivation }: Lowering,
  { value, derivative, defined }: Computation,
): Computation & { readonly names: ReadonlySet<SymbolId> } {
  const taken = new Set([...derivation.symbols.values()].map(({ text }) => text));
  const known = (one: Value, by: readonly NamedPart[]) =>
    withOwnNames(
      one,
      by.filter((part) => isCompound(part.value)),
    );
  // What is defined is known by its name where it is spelled out, but not in its own definition.
  const bodies = defined.map((local, at) => known(local.value, defined.slice(0, at)));
  // The derivative comes first: what is known of its symbols tells that a row in it is the transpose of a column, for which one system is solved.
  const { values, parts } = nameCommonParts([known(derivative, defined), known(value, defined), ...bodies], {
    helps: (_, count) => count > 1,
    nameFor: (part) => freshName(part, taken),
    isIndex: (id) => derivation.symbols.get(id)?.role === 'index',
  });
  const [ownDerivative, ownValue, ...rest] = values as readonly [Value, Value, ...Value[]];
  const locals = [...defined.map(({ id }, at) => ({ id, value: rest[at] as Value })), ...parts];
  return { value: ownValue, derivative: ownDerivative, defined: afterWhatTheyAreMadeOf(locals), names: new Set(parts.map(({ id }) => id)) };
}

function refuse(): never {
  throw new Refused('a derivative that is left open stands in it');
}

function isGiven({ definition }: SymbolInfo): boolean {
  return definition === null;
}

/** Everything the symbols are made of, each after what it is made of. */
function inOrder(lowering: Lowering, roots: readonly SymbolId[]): readonly SymbolId[] {
  const done = new Set<SymbolId>();
  const visit = (id: SymbolId) => {
    const info = lowering.derivation.symbols.get(id);
    if (info === undefined || info.role !== 'variable' || done.has(id)) {
      if (info?.role === 'function' && info.definition === null)
        throw new Refused(`${info.text} is left open, and code needs to know what it computes`);
      return;
    }
    if (info.family !== null) throw new Refused(`${info.text} is a family, and code would take its members as the rows of a matrix`);
    if (info.open !== null && info.definition === null)
      throw new Refused(`${info.text} is left open, and code needs to know what it computes`);
    if (info.definition === null || info.definition.params.length === 0)
      for (const next of dependenciesOf(lowering.derivation, id)) visit(next);
    done.add(id);
  };
  for (const id of roots) visit(id);
  return [...done];
}

function symbolsOf(value: Value): readonly SymbolId[] {
  const own = value.kind === 'symbol' ? [value.id] : value.kind === 'call' && value.callee.kind === 'symbol' ? [value.callee.id] : [];
  return [...own, ...partsOf(value).flatMap(symbolsOf)];
}

/** A line of the function: a name and what it is set to. */
export interface Assignment {
  readonly name: string;
  readonly text: string;
}

/** What is computed, line by line: the parts that have a name, the value unless it is one of them, the derivative. */
export function assignmentsOf({ locals, value, derivative, nameOf }: Program, emit: (value: Value) => string): readonly Assignment[] {
  const isNamed = value.kind === 'symbol' && nameOf(value.id) === 'value';
  const all = [...locals, ...(isNamed ? [] : [{ name: 'value', value }]), { name: 'derivative', value: derivative }];
  return all.map((one) => ({ name: one.name, text: emit(one.value) }));
}

/** Whether a name of a size is written in a line. */
export function isWritten(letter: string, lines: readonly Assignment[]): boolean {
  const word = new RegExp(`(?<![\\p{L}\\p{N}_.])${letter}(?![\\p{L}\\p{N}_])`, 'u');
  return lines.some(({ text }) => word.test(text));
}

/** "its derivative by x", "its second derivative by x and x'". */
export function derivativeBy(wrt: string): string {
  const variables = wrt.split(/,(?![^{]*\})/).map((one) => one.trim());
  return variables.length > 1 ? `its second derivative by ${variables.join(' and ')}` : `its derivative by ${wrt}`;
}

/** Whether an operator occurs in it. */
export function uses(program: Program, op: string): boolean {
  return usesWhere(program, (part) => part.kind === 'apply' && part.op === op);
}

/** Whether anything in it is as \`test\` says. */
export function usesWhere({ locals, value, derivative }: Program, test: (part: Value) => boolean): boolean {
  return [value, derivative, ...locals.map((local) => local.value)].some((one) => contains(one, test));
}

// ---- names

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  κ: 'kappa',
  λ: 'lam',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi_',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Σ: 'Sigma',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
};

/** A name that every target language takes, another one for every symbol. */
function names(lowering: Lowering, reserved: ReadonlySet<string>): (id: SymbolId) => string {
  const given = new Map<SymbolId, string>();
  const taken = new Set(reserved);
  return (id) => {
    const known = given.get(id);
    if (known !== undefined) return known;
    let name = identifier(lowering.derivation.symbols.get(id)?.text ?? id);
    while (taken.has(name)) name += '_';
    taken.add(name);
    given.set(id, name);
    return name;
  };
}

function identifier(text: string): string {
  const spelled = [...text]
    .map((letter) => GREEK[letter] ?? letter)
    .join('')
    .replace(/\\([a-z]+)/gi, '$1');
  const plain = spelled.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z]/.test(plain) ? plain : `x_${plain}`;
}
