/** What GraphQL Yoga asks of a cache of parsed documents. */
interface Cache<Value> {
  get(source: string): Value | undefined
  set(source: string, value: Value): unknown
}

/**
 * Keeps what was used last, up to so many characters of source in all: a parsed document takes some 200 times its length, so a
 * cache that is bounded by its entries alone could be filled with a gigabyte by anybody. A source of more than a twentieth of that
 * is not kept.
 */
export function createDocumentCache<Value>(maxCharacters: number): Cache<Value> {
  // In the order of their last use.
  const entries = new Map<string, Value>()
  let characters = 0

  return {
    get(source) {
      const value = entries.get(source)
      if (value === undefined) return undefined
      entries.delete(source)
      entries.set(source, value)
      return value
    },
    set(source, value) {
      if (source.length > maxCharacters / 20) return
      if (!entries.delete(source)) characters += source.length
      entries.set(source, value)
      for (const [oldest] of entries) {
        if (characters <= maxCharacters) break
        entries.delete(oldest)
        characters -= oldest.length
      }
    },
  }
}

/** Keeps nothing: to find the fault of a document takes less than to parse all of it. */
export const NO_CACHE: Cache<never> = { get: () => undefined, set: () => undefined }
