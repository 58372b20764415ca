import { product } from '../ops/algebra/product.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { contains, isColumn, isNumber, isRow, mentions, partsOf, type Value } from '../ops/algebra/value.ts';
import type { SymbolId } from '../ops/term.ts';
import { isScalar } from '../shape/shape.ts';
import { fold } from './fold.ts';

/** A name for a part that occurs several times. */
export interface NamedPart {
  readonly id: SymbolId;
  readonly value: Value;
}

/** Values with names for what occurs in them several times; each part comes after those that it is made of. */
export interface WithNames {
  readonly values: readonly Value[];
  readonly parts: readonly NamedPart[];
}

/** What decides over names. */
export interface Naming {
  /** Whether a part that occurs so often deserves a name. */
  readonly helps: (part: Value, count: number) => boolean;
  /** A name that is not in use; null where there is none left. */
  readonly nameFor: (part: Value) => SymbolId | null;
  readonly isIndex: (id: SymbolId) => boolean;
}

/** More names than these nobody reads. */
const MOST_NAMES = 12;

/** Names what occurs several times in one or several values, what saves most first. */
export function nameCommonParts(values: readonly Value[], naming: Naming): WithNames {
  let current: WithNames = { values, parts: [] };
  while (current.parts.length < MOST_NAMES) {
    const next = nameOne(current, naming);
    if (next === null) break;
    current = next;
  }
  return { values: current.values, parts: afterWhatTheyAreMadeOf(current.parts) };
}

function nameOne({ values, parts }: WithNames, naming: Naming): WithNames | null {
  const roots = [...values, ...parts.map(({ value }) => value)];
  for (const part of candidates(roots, naming.isIndex)) {
    const folded = roots.map((root) => fold(root, part, PLACEHOLDER));
    if (
      !naming.helps(
        part,
        folded.reduce((sum, one) => sum + one.count, 0),
      )
    )
      continue;
    const id = naming.nameFor(part);
    if (id === null) continue;
    const named = roots.map((root) => fold(root, part, id).value);
    return {
      values: named.slice(0, values.length),
      parts: [...parts.map((one, at) => ({ ...one, value: named[values.length + at] as Value })), { id, value: part }],
    };
  }
  return null;
}

const PLACEHOLDER = '$part';

/** Parts that occur more than once, those first of which there is most to read. */
function candidates(roots: readonly Value[], isIndex: (id: SymbolId) => boolean): readonly Value[] {
  const found = new Map<string, { readonly value: Value; count: number }>();
  const note = (part: Value) => {
    const known = found.get(part.key) ?? found.get(isScalar(part.shape) ? part.key : transpose(part).key);
    if (known !== undefined) known.count++;
    else if (canBeNamed(part, isIndex)) found.set(part.key, { value: upright(part), count: 1 });
  };
  for (const root of roots) for (const part of partsBelow(root)) note(part);
  return [...found.values()]
    .filter(({ count }) => count > 1)
    .sort((a, b) => (b.count - 1) * (lengthToRead(b.value) - 1) - (a.count - 1) * (lengthToRead(a.value) - 1))
    .map(({ value }) => value);
}

/** The part as a column, where it is a row; of a matrix and its transpose the one with fewer marks. */
function upright(part: Value): Value {
  if (isScalar(part.shape) || isColumn(part)) return part;
  const turned = transpose(part);
  return isRow(part) || turned.size < part.size ? turned : part;
}

/** A name has no index of its own, and a derivative that is left open is one already. */
function canBeNamed(part: Value, isIndex: (id: SymbolId) => boolean): boolean {
  return isCompound(part) && !contains(part, (one) => one.kind === 'opaque' || (one.kind === 'symbol' && isIndex(one.id)));
}

/** More than a letter, its transpose, its inverse or a multiple of one of these. */
export function isCompound(part: Value): boolean {
  let only = part;
  while (only.kind === 'apply' && (only.op === 'transpose' || only.op === 'inverse')) only = only.args[0] as Value;
  if (only.kind === 'product') return only.scalars.length + only.factors.length > 1 || only.coefficient === 1;
  return !LEAVES.has(only.kind) && !(only.kind === 'power' && isLetter(only.base) && isNumber(only.exponent));
}

const LEAVES: ReadonlySet<Value['kind']> = new Set(['number', 'symbol', 'dimension', 'constant', 'entry', 'opaque', 'blocks']);

function isLetter({ kind }: Value): boolean {
  return LEAVES.has(kind);
}

/** Everything in a value, and the runs of neighbouring factors of its products. */
function* partsBelow(value: Value): Generator<Value> {
  yield value;
  if (value.kind === 'product' && value.factors.length > 1) yield* runsOf(value);
  for (const part of partsOf(value)) yield* partsBelow(part);
}

function* runsOf({ coefficient, scalars, factors }: Value & { kind: 'product' }): Generator<Value> {
  const isWhole = coefficient === 1 && scalars.length === 0;
  for (let length = factors.length - (isWhole ? 1 : 0); length > 1; length--)
    for (let from = 0; from + length <= factors.length; from++) yield product(...factors.slice(from, from + length));
}

/** How many letters and functions there are to read in it. */
export function lengthToRead(value: Value): number {
  const own =
    value.kind === 'number' || value.kind === 'sum' || value.kind === 'product' || value.kind === 'hadamard' || value.kind === 'power';
  const isSilent = own || (value.kind === 'apply' && value.op === 'transpose');
  return partsOf(value).reduce((sum, part) => sum + lengthToRead(part), isSilent ? 0 : 1);
}

/** Each part after those that it is made of. */
export function afterWhatTheyAreMadeOf<T extends NamedPart>(parts: readonly T[]): readonly T[] {
  const done = new Set<T>();
  const visit = (part: T) => {
    if (done.has(part)) return;
    for (const other of parts) if (other !== part && mentions(part.value, other.id)) visit(other);
    done.add(part);
  };
  for (const part of parts) visit(part);
  return [...done];
}
