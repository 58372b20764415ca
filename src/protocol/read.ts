/**
 * Readers of values that crossed a process border. Each gives a fresh value of its type, or
 * `INVALID`; nothing that a reader did not name gets through.
 */

export const INVALID = Symbol('invalid');

export type Reader<T> = (value: unknown) => T | typeof INVALID;

/** A property that may be absent. */
export interface OptionalReader<T> {
  readonly optional: Reader<T>;
}

type FieldReaders<T> = { readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? OptionalReader<T[K]> : Reader<T[K]> };

export const string: Reader<string> = (value) => (typeof value === 'string' ? value : INVALID);

export const boolean: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : INVALID);

/** JSON has no word for NaN and the infinities and sends `null` for them. */
export const number: Reader<number> = (value) => (value === null ? Number.NaN : typeof value === 'number' ? value : INVALID);

export const finite: Reader<number> = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : INVALID);

/** Counts, lines, characters. */
export const natural: Reader<number> = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : INVALID);

export function oneOf<const T extends string | number>(...allowed: readonly T[]): Reader<T> {
  return (value) => ((allowed as readonly unknown[]).includes(value) ? (value as T) : INVALID);
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value) => (value === null ? null : reader(value));
}

export function optional<T>(reader: Reader<T>): OptionalReader<T> {
  return { optional: reader };
}

export function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return INVALID;
    const read: T[] = [];
    for (const given of value as readonly unknown[]) {
      const one = reader(given);
      if (one === INVALID) return INVALID;
      read.push(one);
    }
    return read;
  };
}

/** An object used as a map from any name to one type. */
export function record<T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value) => {
    if (!isObject(value)) return INVALID;
    const entries = Object.entries(value).map(([key, one]) => [key, reader(one)] as const);
    return entries.some(([, one]) => one === INVALID) ? INVALID : (Object.fromEntries(entries) as Record<string, T>);
  };
}

export function object<T extends object>(fields: FieldReaders<T>): Reader<T> {
  const readers = Object.entries(fields) as [string, Reader<unknown> | OptionalReader<unknown>][];
  return (value) => {
    if (!isObject(value)) return INVALID;
    const read: Record<string, unknown> = {};
    for (const [key, field] of readers) {
      const given = Object.hasOwn(value, key) ? value[key] : undefined;
      if (typeof field !== 'function' && given === undefined) continue;
      const one = typeof field === 'function' ? field(given) : field.optional(given);
      if (one === INVALID) return INVALID;
      read[key] = one;
    }
    return read as T;
  };
}

/** Members of a union, told apart by their `kind`. */
export function union<T extends { readonly kind: string }>(
  members: { readonly [K in T['kind']]: Reader<Extract<T, { readonly kind: K }>> },
): Reader<T> {
  return (value) => {
    if (!isObject(value) || typeof value.kind !== 'string' || !Object.hasOwn(members, value.kind)) return INVALID;
    return (members as Readonly<Record<string, Reader<T>>>)[value.kind]?.(value) ?? INVALID;
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
