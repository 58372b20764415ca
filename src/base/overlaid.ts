/** A map with other values for some of its keys, as a view of it: copying a map of all symbols for one claim made checking quadratic. */
export function overlaid<K, V>(below: ReadonlyMap<K, V>, values: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  const valueOf = (key: K, value: V) => (values.has(key) ? (values.get(key) as V) : value);
  function* entries(): Generator<[K, V], undefined> {
    for (const [key, value] of below) yield [key, valueOf(key, value)];
    return undefined;
  }
  function* valuesOf(): Generator<V, undefined> {
    for (const [, value] of entries()) yield value;
    return undefined;
  }
  return {
    size: below.size,
    has: (key) => below.has(key),
    get: (key) => (values.has(key) && below.has(key) ? values.get(key) : below.get(key)),
    keys: () => below.keys(),
    values: valuesOf,
    entries,
    [Symbol.iterator]: entries,
    forEach: (call) => {
      for (const [key, value] of entries()) call(value, key, below);
    },
  };
}
