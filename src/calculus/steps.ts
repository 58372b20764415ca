import type { Derivation, ShapeTable, SymbolInfo } from '../derivation/derivation.ts';
import { dependenciesOf } from '../derivation/dependencies.ts';
import { derivativeShape } from '../derivation/layout-shapes.ts';
import { printTerm } from '../derivation/print-term.ts';
import { TooLarge, call, number, symbol } from '../ops/algebra/leaves.ts';
import { apply } from '../ops/algebra/apply.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { power } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { type Value, contains, isRow, mentions, partsOf } from '../ops/algebra/value.ts';
import type { DerivativeTerm, SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { showDim } from '../shape/dimension.ts';
import { type MatrixShape, isScalar, showShape } from '../shape/shape.ts';
import { isEntrywiseCall } from './entrywise-call.ts';
import { type Refusal, differentiateTerm, isRefusal } from './differentiate.ts';
import { type Lowering, closed, infoOf, lower, opaqueTerm, rangeTo, shapeOfSymbol } from './lower.ts';
import { type Tape, pullBack } from './pull-back.ts';
import { raise } from './raise.ts';
import { Refused } from './refusal.ts';
import { simplify } from './simplify.ts';

/** A derivation of a derivative, step by step, as Chainrule text that passes the checker. */
export interface Steps {
  readonly text: string;
}

/** One name for one step of the computation. */
interface Assignment {
  readonly id: SymbolId;
  readonly text: string;
  readonly value: Value;
}

const SPAN = { start: 0, end: 0 };

/**
 * Shows how the derivative of a number by a symbol comes about: every step of the computation gets a
 * name, and then every name its derivative, from the last one back to the variable.
 */
export function stepsOf(derivation: Derivation, shapes: ShapeTable, term: DerivativeTerm, layout: Layout): Steps | Refusal {
  const answer = differentiateTerm(derivation, shapes, term, layout);
  if (isRefusal(answer)) return answer;
  try {
    return { text: new StepWriter(derivation, shapes, layout).write(term, answer.term) };
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof TooLarge) return { reason: problem.message };
    throw problem;
  }
}

/** Lives as long as one derivation is written: names are given out as they are needed. */
class StepWriter {
  private readonly lowering: Lowering;
  private readonly names = new Map<SymbolId, string>();
  private readonly taken: Set<string>;
  private readonly assignments: Assignment[] = [];
  private readonly layout: Layout;

  constructor(derivation: Derivation, shapes: ShapeTable, layout: Layout) {
    this.layout = layout;
    this.lowering = {
      derivation, shapes, layout, bound: new Map(), depth: 0,
      derive: () => {
        throw new Refused('a derivative stands in it');
      },
    };
    this.taken = new Set([...derivation.symbols.values()].map(({ text }) => text));
  }

  write(term: DerivativeTerm, derived: Term): string {
    const wrt = term.wrt[0]?.term;
    if (wrt?.kind !== 'symbol' || term.wrt.length > 1 || term.form === 'direct') throw new Refused('steps are shown for first derivatives by a symbol');
    const { given, defined } = this.sources(term.of, wrt.id);
    for (const { id, definition } of defined) this.assign(id, lower(this.lowering, (definition as NonNullable<SymbolInfo['definition']>).body));
    const top = this.topOf(term.of);
    const values = this.assignments.map(({ value }) => value);
    const used = given.filter(({ id }) => id === wrt.id || values.some((value) => occurs(value, id)));
    return [
      `layout ${this.layout}`,
      ...this.sizes(),
      ...used.map((info) => this.declaration(info)),
      ...this.ranges(values),
      '',
      ...this.assignments.map(({ text, value }) => `${text} = ${this.print(value)}`),
      '',
      ...this.claims(top, wrt.id, derived),
      '',
    ].join('\n');
  }

  /** What is declared and what is defined among all that the term is made of, each after what it is made of. */
  private sources(of: Term, wrt: SymbolId): { readonly given: readonly SymbolInfo[]; readonly defined: readonly SymbolInfo[] } {
    const order: SymbolInfo[] = [];
    const seen = new Set<SymbolId>();
    const visit = (id: SymbolId) => {
      const info = this.lowering.derivation.symbols.get(id);
      if (seen.has(id) || info === undefined || info.role === 'dimension' || info.role === 'index') return;
      seen.add(id);
      if (info.open !== null && info.definition === null) throw new Refused(`${info.text} is left open`);
      const isCut = id === wrt || info.definition === null;
      for (const next of isCut ? [] : dependenciesOf(this.lowering.derivation, id)) visit(next);
      order.push(info);
    };
    for (const id of symbolsUnder(of)) visit(id);
    visit(wrt);
    const isDefined = (info: SymbolInfo) => info.definition !== null && info.id !== wrt && info.definition.params.length === 0;
    const isExpanded = (info: SymbolInfo) => info.definition !== null && info.definition.params.length > 0;
    return { given: order.filter((info) => !isDefined(info) && !isExpanded(info)), defined: order.filter(isDefined) };
  }

  private declaration(info: SymbolInfo): string {
    if (isEntrywiseCall(info)) return `${info.text} : R -> R`;
    if (info.from !== null || info.family !== null) throw new Refused(`${info.text} is left open`);
    return [`${info.text} : ${showShape(shapeOfSymbol(this.lowering, info.id))}`, ...info.properties].join(' ');
  }

  /** The symbol that is differentiated; an expression gets a name. */
  private topOf(of: Term): SymbolId {
    if (of.kind === 'symbol' && this.assignments.some(({ id }) => id === of.id)) return of.id;
    const body = of.kind === 'symbol' ? this.lowering.derivation.symbols.get(of.id)?.definition?.body : undefined;
    return this.assign(this.fresh(['f', 'L', 'J', 'y', 'ell']), lower(this.lowering, body ?? of));
  }

  /** Sizes that the document fixes hold here too. */
  private sizes(): readonly string[] {
    const fixed = new Map(this.lowering.derivation.equations.flatMap(({ settings }) => [...settings.sizes]));
    return [...fixed].map(([name, size]) => `${name} = ${size}`);
  }

  /** The ranges of indices whose sum does not state them. */
  private ranges(values: readonly Value[]): readonly string[] {
    const isIndex = (id: SymbolId) => this.lowering.derivation.symbols.get(id)?.role === 'index';
    if (values.some((value) => freeIndices(value, isIndex).length > 0)) throw new Refused('an index is free in it');
    const open = new Set(values.flatMap((value) => [...indicesIn(value)]));
    return [...open].flatMap((id) => {
      const to = rangeTo(this.lowering, id);
      return to === null ? [] : [`${this.nameOf(id)} : 1..${showDim(to)}`];
    });
  }

  private assign(id: SymbolId, value: Value): SymbolId {
    const flat = this.flatten(value);
    this.assignments.push({ id, text: this.nameOf(id), value: flat });
    return id;
  }

  private fresh(candidates: readonly string[]): SymbolId {
    const name = candidates.find((one) => !this.taken.has(one)) ?? this.numbered();
    this.taken.add(name);
    const id = `$${name}`;
    this.names.set(id, name);
    return id;
  }

  private numbered(): string {
    for (let at = 1; ; at++) if (!this.taken.has(`u${at}`)) return `u${at}`;
  }

  private nameOf(id: SymbolId): string {
    return this.names.get(id) ?? this.lowering.derivation.symbols.get(id)?.text ?? id;
  }

  // ---- one operator in each step

  /** The value with a name for every part of it that is more than a linear expression. */
  private flatten(value: Value): Value {
    switch (value.kind) {
      case 'sum':
        return sum(...value.terms.map((one) => this.flatten(one)));
      case 'product':
        return product(number(value.coefficient), ...value.scalars.map((one) => this.named(one)), product(...value.factors.map((one) => this.named(one)), number(1)));
      case 'hadamard':
        return hadamard(...value.factors.map((one) => this.named(one)));
      case 'power':
        return power(this.named(value.base), value.exponent);
      case 'apply':
        return apply(value.op, value.args.map((one) => this.named(one)), value.shape);
      case 'call':
        return call(value.callee, value.order, value.args.map((one) => this.named(one)), value.shape);
      default:
        return value;
    }
  }

  /** A symbol for a part, unless it is one already or has no symbol in it that could move. */
  private named(value: Value): Value {
    if (value.kind === 'apply' && value.op === 'transpose') return transpose(this.named(value.args[0] as Value));
    if (!isCompound(value)) return value;
    const flat = this.flatten(value);
    const known = this.assignments.find((one) => one.value.key === flat.key);
    const id = known?.id ?? this.fresh(['u', 'v', 'w', 'z', 'h', 'r', 'p', 'q']);
    if (known === undefined) this.assignments.push({ id, text: this.nameOf(id), value: flat });
    return symbol(id, flat.shape);
  }

  // ---- the derivatives, from the last name back

  private claims(top: SymbolId, wrt: SymbolId, derived: Term): readonly string[] {
    const end = this.assignments.find(({ id }) => id === top);
    if (end === undefined || !isScalar(end.value.shape)) throw new Refused('steps are shown for derivatives of numbers');
    const moving = this.movingSymbols(wrt);
    const back = [...this.assignments].reverse().filter(({ id }) => id !== top && moving.has(id));
    const lines = back.flatMap(({ id, text, value }) => this.claim(end, id, text, value.shape, moving));
    const shape = shapeOfSymbol(this.lowering, wrt);
    const [last] = this.claim(end, wrt, this.nameOf(wrt), shape, moving);
    const whole = printTerm(derived, { notation: 'plain', symbol: (id) => this.nameOf(id) });
    return [...lines, last === undefined || last.endsWith(`= ${whole}`) ? (last ?? `d${end.text}/d${this.nameOf(wrt)} = ${whole}`) : `${last} = ${whole}`];
  }

  private movingSymbols(wrt: SymbolId): ReadonlySet<SymbolId> {
    const moving = new Set([wrt]);
    for (const { id, value } of this.assignments) if ([...moving].some((one) => mentions(value, one))) moving.add(id);
    return moving;
  }

  /** `df/du = …` from the derivatives by everything that u goes into. */
  private claim(end: Assignment, id: SymbolId, text: string, shape: MatrixShape, moving: ReadonlySet<SymbolId>): readonly string[] {
    const found: Value[] = [];
    for (const user of this.assignments) {
      if (user.id === id || !mentions(user.value, id) || !moving.has(user.id)) continue;
      pullBack(this.tape(id, found), user.value, user.id === end.id ? number(1) : this.slope(end, user));
    }
    if (found.length === 0) return [];
    const value = simplify(sum(...found), { named: new Map(), propertiesOf: (one) => this.lowering.derivation.symbols.get(one)?.properties ?? [] });
    const laid = this.layout === 'numerator' && !isRow({ ...value, shape }) ? transpose(value) : value;
    return [`d${end.text}/d${text} = ${this.print(laid)}`];
  }

  /** The derivative by a name that comes later, of that name's own shape. */
  private slope(end: Assignment, user: Assignment): Value {
    const shape = closed(this.lowering, derivativeShape(end.value.shape, user.value.shape, this.layout, false), user.text);
    const term: Term = { kind: 'derivative', form: 'derivative', of: { kind: 'symbol', id: end.id, span: SPAN }, wrt: [{ term: { kind: 'symbol', id: user.id, span: SPAN }, transposed: false }], span: SPAN };
    const slope = opaqueTerm(term, shape);
    return this.layout === 'numerator' && !isRow(user.value) ? transpose(slope) : slope;
  }

  private tape(id: SymbolId, found: Value[]): Tape {
    return {
      moves: (one) => one === id,
      add: (_, cotangent) => found.push(cotangent),
      range: (one) => rangeTo(this.lowering, one),
      note: () => {},
      isEntrywise: (callee) => callee.kind === 'op' || isEntrywiseCall(infoOf(this.lowering, callee.id)),
      moving: new Map(),
    };
  }

  private print(value: Value): string {
    return printTerm(raise({ derivation: this.lowering.derivation }, value), { notation: 'plain', symbol: (id) => this.nameOf(id) });
  }
}

/** Whether a symbol occurs, as a value or as a function. */
function occurs(value: Value, id: SymbolId): boolean {
  return contains(value, (part) => (part.kind === 'symbol' && part.id === id) || (part.kind === 'call' && part.callee.kind === 'symbol' && part.callee.id === id));
}

function* indicesIn(value: Value): Generator<SymbolId> {
  if (value.kind === 'binder' && value.to === null) yield* value.indices;
  for (const part of partsOf(value)) yield* indicesIn(part);
}

/** The indices that no sum in the value binds. */
function freeIndices(value: Value, isIndex: (id: SymbolId) => boolean): readonly SymbolId[] {
  if (value.kind === 'symbol') return isIndex(value.id) ? [value.id] : [];
  const below = partsOf(value).flatMap((part) => freeIndices(part, isIndex));
  return value.kind === 'binder' ? below.filter((id) => !value.indices.includes(id)) : below;
}

function isCompound({ kind }: Value): boolean {
  return kind !== 'symbol' && kind !== 'number' && kind !== 'dimension' && kind !== 'constant' && kind !== 'entry';
}

function* symbolsUnder(term: Term): Generator<SymbolId> {
  const stack: Term[] = [term];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.kind === 'symbol') yield top.id;
    if (top.kind === 'call' && top.callee.kind === 'symbol') yield top.callee.id;
    if (top.kind === 'apply' || top.kind === 'call') stack.push(...top.args);
    if (top.kind === 'entry') stack.push(top.base);
    if (top.kind === 'binder') stack.push(top.body);
    if (top.kind === 'matrix') stack.push(...top.rows.flat());
  }
}
