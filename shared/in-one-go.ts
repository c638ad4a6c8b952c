/** What the fold that is under way has made itself, and shown to nobody yet: it may be changed in place. */
let own: WeakSet<object> | null = null

/**
 * Runs a fold over many events at once. Within it `withItem` and `withEntry` copy a list or a record once, not once for
 * each event, so that a long history takes time in proportion to its length.
 */
export function inOneGo<T>(fold: () => T): T {
  own = new WeakSet()
  try {
    return fold()
  } finally {
    own = null
  }
}

/** A list with an item put at an index, or after its end. */
export function withItem<T>(list: readonly T[], index: number, item: T): readonly T[] {
  const changed = own?.has(list) ? (list as T[]) : [...list]
  changed[index] = item
  own?.add(changed)
  return changed
}

/** A record with an entry set. */
export function withEntry<T>(
  record: Readonly<Record<string, T>>,
  key: string,
  value: T,
): Readonly<Record<string, T>> {
  const changed = own?.has(record) ? (record as Record<string, T>) : { ...record }
  // An assignment would take this one name for something else.
  if (key === '__proto__')
    Object.defineProperty(changed, key, { value, enumerable: true, configurable: true, writable: true })
  else changed[key] = value
  own?.add(changed)
  return changed
}
