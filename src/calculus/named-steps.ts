import type { Spell } from '../derivation/spell.ts';
import { apply } from '../ops/algebra/apply.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { call, number, symbol } from '../ops/algebra/leaves.ts';
import { power } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { freeIndices, isNumber, mentions, type PowerValue, type Value } from '../ops/algebra/value.ts';
import type { SymbolId } from '../ops/term.ts';
import type { Assignment } from './step-claims.ts';

/** A computation as steps of one operator each, every one under a name. Lives as long as one derivation is written: names are given out as they are needed. */
export class NamedSteps {
  readonly all: Assignment[] = [];
  private readonly names = new Map<SymbolId, string>();
  private readonly taken: Set<string>;
  private readonly spell: Spell;
  private readonly isIndex: (id: SymbolId) => boolean;
  /** The indices that are free in a step, which its name has below it. */
  private readonly indices = new Map<SymbolId, readonly SymbolId[]>();

  /** `taken` are symbols whose names no step may have. */
  constructor(spell: Spell, taken: Iterable<SymbolId>, isIndex: (id: SymbolId) => boolean) {
    this.spell = spell;
    this.isIndex = isIndex;
    this.taken = new Set([...taken].map(spell));
  }

  /** Writes a value down under a name, with names for its parts where `isWhole` does not keep it in one piece. */
  assign(id: SymbolId, value: Value, isWhole: boolean): SymbolId {
    const flat = isWhole ? value : this.flatten(value);
    return this.keep(id, flat);
  }

  /** Writes down a symbol that the text leaves open, and what it depends on. */
  assignOpen(id: SymbolId, value: Value, open: readonly SymbolId[]): void {
    this.all.push({ id, text: this.nameOf(id), value, open });
  }

  /** Calls a part of the text by what is written there, as if it were a letter: a member of a family. */
  call(id: SymbolId, text: string, value: Value): void {
    this.names.set(id, text);
    this.indices.set(id, this.indicesIn(value));
  }

  /** The indices that nothing binds in a value or in the steps that it is made of. */
  indicesIn(value: Value): readonly SymbolId[] {
    const below = [...this.indices].flatMap(([id, indices]) => (mentions(value, id) ? indices : []));
    return [...new Set([...freeIndices(value, this.isIndex), ...below])];
  }

  private keep(id: SymbolId, value: Value): SymbolId {
    const indices = this.indicesIn(value);
    this.indices.set(id, indices);
    if (indices.length > 0) this.names.set(id, `${this.nameOf(id)}_${subscript(indices.map((one) => this.spell(one)))}`);
    this.all.push({ id, text: this.nameOf(id), value });
    return id;
  }

  /** A symbol of its own, called by the first of these names that is free. */
  fresh(candidates: readonly string[]): SymbolId {
    const name = candidates.find((one) => !this.taken.has(one)) ?? this.numbered();
    this.taken.add(name);
    const id = `$${name}`;
    this.names.set(id, name);
    return id;
  }

  private numbered(): string {
    for (let at = 1; ; at++) if (!this.taken.has(`u${at}`)) return `u${at}`;
  }

  nameOf(id: SymbolId): string {
    return this.names.get(id) ?? this.spell(id);
  }

  /** The value with a name for every part of it that is more than a linear expression. */
  private flatten(value: Value): Value {
    switch (value.kind) {
      case 'sum':
        return sum(...value.terms.map((one) => this.flatten(one)));
      case 'product':
        return product(
          number(value.coefficient),
          ...value.scalars.map((one) => this.partOf(one)),
          product(...value.factors.map((one) => this.partOf(one)), number(1)),
        );
      case 'hadamard':
        return hadamard(...value.factors.map((one) => this.partOf(one)));
      case 'power':
        return power(isSquaredNorm(value) ? this.flatten(value.base) : this.partOf(value.base), value.exponent);
      case 'apply':
        return apply(
          value.op,
          value.args.map((one) => this.partOf(one)),
          value.shape,
        );
      case 'call':
        return call(
          value.callee,
          value.order,
          value.args.map((one) => this.partOf(one)),
          value.shape,
        );
      default:
        return value;
    }
  }

  /** A symbol for a part, unless it is one already or has no symbol in it that could move. */
  private partOf(value: Value): Value {
    if (value.kind === 'apply' && value.op === 'transpose') return transpose(this.partOf(value.args[0] as Value));
    if (!isMoreThanALetter(value)) return value;
    if (value.kind === 'power' && isSquaredNorm(value)) return this.flatten(value);
    const flat = this.flatten(value);
    const known = this.all.find((one) => one.value.key === flat.key);
    return symbol(known?.id ?? this.keep(this.fresh(['u', 'v', 'w', 'z', 'h', 'r', 'p', 'q']), flat), flat.shape);
  }
}

/** `i`, `{ij}`, `{i1,j}`. */
function subscript(names: readonly string[]): string {
  const [only, ...more] = names;
  if (more.length === 0) return only as string;
  return `{${names.join(names.every((name) => name.length === 1) ? '' : ',')}}`;
}

/** ||v||^2, of which everybody knows the derivative. */
function isSquaredNorm({ base, exponent }: PowerValue): boolean {
  return base.kind === 'apply' && (base.op === 'norm' || base.op === 'normF') && isNumber(exponent, 2);
}

function isMoreThanALetter({ kind }: Value): boolean {
  return kind !== 'symbol' && kind !== 'number' && kind !== 'dimension' && kind !== 'constant' && kind !== 'entry';
}
